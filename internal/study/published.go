package study

import "hubreach/internal/estate"

// Districts adds an option of the study up by district, in the county's order.
func (r *Results) Districts(o *OptionResult) []estate.DistrictReach {
	return estate.Districts(r.input, o.Assessment)
}

// Published is a table of losers as it may be published, with small numbers hidden
// and others rounded, as in the study's files: see estate.Publish.
func (r *Results) Published(rows []estate.LoserRow) []estate.PublicRow {
	return estate.Publish(rows, r.SmallNumber())
}

// Rounded is the table of losers of a what-if: see estate.Round, here to the
// study's threshold of small numbers.
func (r *Results) Rounded(rows []estate.LoserRow) []estate.PublicRow {
	return estate.Round(rows, r.SmallNumber())
}
