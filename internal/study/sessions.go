package study

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hubreach/internal/county"
)

// districtSessions are the sessions that single districts staff in a week; nil
// when the study states none.
func (r *Results) districtSessions() map[county.DistrictCode]float64 {
	var staffed map[county.DistrictCode]float64
	for code, n := range r.Spec.Outreach.DistrictSessions {
		if staffed == nil {
			staffed = map[county.DistrictCode]float64{}
		}
		staffed[county.DistrictCode(code)] = n
	}
	return staffed
}

// staffedDistricts refuses sessions of a district that the county does not have:
// a mistyped code would leave the real one without its staff in silence.
func (r *Results) staffedDistricts() error {
	var codes []string
	for _, d := range r.County.Districts {
		codes = append(codes, string(d.Code))
	}
	for _, code := range slices.Sorted(maps.Keys(r.Spec.Outreach.DistrictSessions)) {
		if !slices.Contains(codes, code) {
			return fmt.Errorf("outreach.district_sessions: district %q: want one of %s: %w", code, strings.Join(codes, ", "), ErrBadSpec)
		}
	}
	return nil
}
