package api

import (
	"mime"
	"strconv"
	"strings"
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
