package study

import "hubreach/internal/outreach"

// Plan makes the outreach plan of an option, by its position in Options. It is
// made anew at each call: a caller that asks twice keeps it. An unknown position
// is a bug in the caller and panics.
func (r *Results) Plan(option int) *outreach.Plan {
	o := &r.Options[option]
	w := r.measured
	if w == nil {
		w = &walks{} // results that Run did not make: no walks, so no hubs and no venues
	}
	in := r.outreachInput(o.Assessment, w)
	if len(in.Inside) != len(r.County.Points) {
		in.Inside = nil
	}
	if len(w.sites) > 0 && w.sites[0].Points() == len(r.County.Points) {
		in.Walks = w.sites[0]
	}
	return outreach.MakePlan(in, r.Thresholds, o.Outreach)
}
