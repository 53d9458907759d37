package api

import (
	"math"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// The numbers of the answers, each with its unit and its decimals: those of the
// files that a run writes. What is not a finite number is not known, and is null
// in JSON and empty in CSV, never zero.
type (
	// People is a number of residents, to a tenth.
	People float64
	// Ratio is a share, a rate, an index or a score, to a millionth.
	Ratio float64
	// Minutes is a time, always with one decimal.
	Minutes float64
	// Metres is a length, or square metres of ground, to a tenth.
	Metres float64
	// Kilometres is a length, to a tenth.
	Kilometres float64
	// Pounds is an amount of money, to the penny.
	Pounds float64
	// Hourly is a number an hour, to a hundredth.
	Hourly float64
	// Degrees is a longitude or a latitude, to about a centimetre.
	Degrees float64
)

// Text is a text that is not known when it is empty.
type Text string

// NotKnown is the number that is not known.
var NotKnown = math.NaN()

// known returns v if it is known, else NotKnown.
func known[N ~float64](v float64, is bool) N {
	if !is {
		return N(NotKnown)
	}
	return N(v)
}

// cell is one value as a field of a CSV file.
type cell interface{ cell() string }

func (n People) cell() string     { return number(float64(n), 1, false) }
func (n Ratio) cell() string      { return number(float64(n), 6, false) }
func (n Minutes) cell() string    { return number(float64(n), 1, true) }
func (n Metres) cell() string     { return number(float64(n), 1, false) }
func (n Pounds) cell() string     { return number(float64(n), 2, false) }
func (n Kilometres) cell() string { return number(float64(n), 1, false) }
func (n Hourly) cell() string     { return number(float64(n), 2, false) }
func (n Degrees) cell() string    { return number(float64(n), 7, false) }
func (s Text) cell() string       { return string(s) }

// MarshalJSON writes a number of people, or null.
func (n People) MarshalJSON() ([]byte, error) { return orNull(n) }

// MarshalJSON writes a ratio, or null.
func (n Ratio) MarshalJSON() ([]byte, error) { return orNull(n) }

// MarshalJSON writes minutes, or null.
func (n Minutes) MarshalJSON() ([]byte, error) { return orNull(n) }

// MarshalJSON writes metres, or null.
func (n Metres) MarshalJSON() ([]byte, error) { return orNull(n) }

// MarshalJSON writes pounds, or null.
func (n Pounds) MarshalJSON() ([]byte, error) { return orNull(n) }

// MarshalJSON writes kilometres, or null.
func (n Kilometres) MarshalJSON() ([]byte, error) { return orNull(n) }

// MarshalJSON writes a number an hour, or null.
func (n Hourly) MarshalJSON() ([]byte, error) { return orNull(n) }

// MarshalJSON writes degrees, or null.
func (n Degrees) MarshalJSON() ([]byte, error) { return orNull(n) }

// MarshalJSON writes a text, or null.
func (s Text) MarshalJSON() ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return plainJSON(string(s))
}

// Schema describes a number of people in OpenAPI.
func (People) Schema(huma.Registry) *huma.Schema { return numeric("residents, to a tenth") }

// Schema describes a ratio in OpenAPI.
func (Ratio) Schema(huma.Registry) *huma.Schema {
	return numeric("a ratio, 0 to 1 where it is a share")
}

// Schema describes minutes in OpenAPI.
func (Minutes) Schema(huma.Registry) *huma.Schema { return numeric("minutes, to a tenth") }

// Schema describes metres in OpenAPI.
func (Metres) Schema(huma.Registry) *huma.Schema { return numeric("metres, or square metres") }

// Schema describes pounds in OpenAPI.
func (Pounds) Schema(huma.Registry) *huma.Schema { return numeric("pounds") }

// Schema describes kilometres in OpenAPI.
func (Kilometres) Schema(huma.Registry) *huma.Schema { return numeric("kilometres, to a tenth") }

// Schema describes a number an hour in OpenAPI.
func (Hourly) Schema(huma.Registry) *huma.Schema { return numeric("an hour") }

// Schema describes degrees in OpenAPI.
func (Degrees) Schema(huma.Registry) *huma.Schema { return numeric("degrees, WGS 84") }

// Schema describes a text that may be unknown in OpenAPI.
func (Text) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

func numeric(what string) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Nullable: true, Description: what + "; null when not known"}
}

func orNull(n cell) ([]byte, error) {
	if s := n.cell(); s != "" {
		return []byte(s), nil
	}
	return []byte("null"), nil
}

// number rounds f to a number of decimals. Fixed keeps the zeros at the end. What
// is not a finite number is empty, and there is no minus zero.
func number(f float64, decimals int, fixed bool) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return ""
	}
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	if !fixed && strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
