package study

import "hubreach/internal/estate"

// Districts adds an option of the study up by district, in the county's order.
func (r *Results) Districts(o *OptionResult) []estate.DistrictReach {
	return estate.Districts(r.input, o.Assessment)
}

// Published hides the small numbers of a table of losers, as the study's files
// do: see estate.Suppress.
func (r *Results) Published(rows []estate.LoserRow) []estate.PublicRow {
	return estate.Suppress(rows, r.SmallNumber())
}

// Rounded is the table of losers of a what-if: see estate.Round, here to the
// study's threshold of small numbers.
func (r *Results) Rounded(rows []estate.LoserRow) []estate.PublicRow {
	return estate.Round(rows, r.SmallNumber())
}
