package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// The media types of answers.
const (
	mediaJSON    = "application/json"
	mediaCSV     = "text/csv"
	mediaGeoJSON = "application/geo+json"
)

// negotiate returns the offer that an Accept header likes best, the first of
// equals; "" when it likes none. No header likes everything. What cannot be read
// of the header is passed over (RFC 9110, section 12.5.1).
func negotiate(accept string, offers []string) string {
	if strings.TrimSpace(accept) == "" {
		return offers[0]
	}
	best, most := "", 0.0
	for _, offer := range offers {
		if q := quality(accept, offer); q > most {
			best, most = offer, q
		}
	}
	return best
}

// quality returns how much an Accept header likes a media type, 0 to 1: what its
// most exact range says.
func quality(accept, offer string) float64 {
	kind, _, _ := strings.Cut(offer, "/")
	q, exact := 0.0, 0
	for _, part := range strings.Split(accept, ",") {
		media, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		level := map[string]int{"*/*": 1, kind + "/*": 2, offer: 3}[media]
		if level <= exact {
			continue
		}
		exact, q = level, 1
		if text, ok := parameters["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil || !(q >= 0 && q <= 1) {
				q = 0
			}
		}
	}
	return q
}

// plainContext hides the Accept header from huma, which knows JSON alone here
// and takes some malformed headers for a reason to panic.
type plainContext struct{ beneath }

// beneath is huma's own context; embedded by its own name it would hide the
// method of that name.
type beneath = huma.Context

// Header returns a header of the request.
func (c plainContext) Header(name string) string {
	if name == "Accept" {
		return ""
	}
	return c.beneath.Header(name)
}

// Unwrap returns the context beneath, for the adapter.
func (c plainContext) Unwrap() huma.Context { return c.beneath }

// likes keeps what a request accepts for those who ask acceptOf.
func likes(hc huma.Context, next func(huma.Context)) {
	next(huma.WithValue(plainContext{hc}, acceptKey, hc.Header("Accept")))
}

// acceptOf returns the Accept header of a request.
func acceptOf(ctx context.Context) string {
	accept, _ := ctx.Value(acceptKey).(string)
	return accept
}

// formats are those of huma's own answers: JSON alone, also where a problem
// quotes a number that JSON does not have.
var formats = map[string]huma.Format{
	mediaJSON: {Marshal: marshal, Unmarshal: json.Unmarshal},
	"json":    {Marshal: marshal, Unmarshal: json.Unmarshal},
}

func marshal(w io.Writer, v any) error {
	body, err := plainJSON(v)
	if p, ok := v.(*huma.ErrorModel); err != nil && ok {
		for _, detail := range p.Errors {
			detail.Value = fmt.Sprint(detail.Value)
		}
		body, err = plainJSON(p)
	}
	if err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}
