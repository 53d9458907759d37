package study

import "hubreach/internal/estate"

// Districts adds an option of the study up by district, in the county's order.
func (r *Results) Districts(o *OptionResult) []estate.DistrictReach {
	return estate.Districts(r.input, o.Assessment)
}
