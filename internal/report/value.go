package report

import (
	"hubreach/internal/study"
	"math"
	"strconv"
	"strings"
)

// value is one cell of any of our files. The zero value is what is not known.
type value struct {
	kind   kind
	text   string // of a text, and of a number as it is written
	number float64
}

type kind uint8

const (
	unknown kind = iota
	isText
	isWhole
	isReal
	isFlag
)

// text is unknown when s is empty.
func text[S ~string](s S) value {
	if s == "" {
		return value{}
	}
	return value{kind: isText, text: string(s)}
}

// joined puts several texts into one cell.
func joined[S ~string](parts []S) value {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = strings.ReplaceAll(string(p), ";", ",")
	}
	return text(strings.Join(texts, ";"))
}

// count is a whole number.
func count(n int) value {
	return value{kind: isWhole, text: strconv.Itoa(n), number: float64(n)}
}

// flag is a yes or a no.
func flag(b bool) value {
	return value{kind: isFlag, text: strconv.FormatBool(b), number: map[bool]float64{true: 1}[b]}
}

// ratio is a share, a rate, an index or a score.
func ratio(f float64) value { return real(f, 6, false) }

// people is a number of residents.
func people(f float64) value { return real(f, 1, false) }

// metres is a length, a coordinate or, squared, an area.
func metres(f float64) value { return real(f, 1, false) }

// minutes is a time.
func minutes(f float64) value { return real(f, 1, true) }

// pounds is an amount of money.
func pounds(f float64) value { return real(f, 2, false) }

// real rounds f to a number of decimals. Fixed keeps the zeros at the end. What
// is not a finite number is unknown.
func real(f float64, decimals int, fixed bool) value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return value{}
	}
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	if !fixed && strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	number, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return value{}
	}
	return value{kind: isReal, text: s, number: number}
}

// when returns v if it is known, else the unknown value.
func (v value) when(known bool) value {
	if !known {
		return value{}
	}
	return v
}

// cell returns v as a field of a CSV file.
func (v value) cell() string {
	if v.kind != isText {
		return v.text
	}
	parts := strings.Split(v.text, ";") // a spreadsheet may split there too
	for i, p := range parts {
		if p != "" && strings.ContainsRune("=+-@\t\r", rune(p[0])) {
			parts[i] = "'" + p
		}
	}
	return strings.Join(parts, ";")
}

// column returns v as a value of a database.
func (v value) column() any {
	switch v.kind {
	case isText:
		return v.text
	case isWhole, isFlag:
		return int64(v.number)
	case isReal:
		return v.number
	}
	return nil
}

// MarshalJSON returns v as JSON, null when it is not known.
func (v value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case isText:
		return quoted(v.text)
	case unknown:
		return []byte("null"), nil
	}
	return []byte(v.text), nil
}

// walkBasis is "streets" for walks along streets and "approximate" for any other
// method; summary.json says which. Every table carries it, so that a file that
// is passed on alone does not lose it.
func walkBasis(r *study.Results) string {
	if r.Walk.Approximate() {
		return "approximate"
	}
	return "streets"
}
