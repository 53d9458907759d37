package source

import "strings"

// Locate gives each place without coordinates those of its postcode, taken
// from points, and returns how many it found. Postcodes are compared without
// blanks and case: "CT14 6BB" and "ct146bb" are one. The coordinates are in the
// points' reference system, so that the places that have their own have to be
// in it too.
func Locate(places []Place, points []Place) int {
	at := make(map[string]*Place, len(points))
	for i := range points {
		if points[i].Located {
			at[NormalPostcode(points[i].Postcode)] = &points[i]
		}
	}
	found := 0
	for i := range places {
		p := &places[i]
		if p.Located || p.Postcode == "" {
			continue
		}
		if here, ok := at[NormalPostcode(p.Postcode)]; ok {
			p.At, p.Located = here.At, true
			found++
		}
	}
	return found
}

// NormalPostcode returns a postcode in capitals without blanks.
func NormalPostcode(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}
