package study

import (
	"sync"

	"hubreach/internal/outreach"
)

// plans keeps the plans of a run's options once they are made.
type plans struct {
	mu   sync.Mutex
	made map[int]*outreach.Plan
}

// Plan returns the outreach plan of an option, by its position in Options. It
// is made at the first call, and belongs to the results. Any number of
// goroutines may call. An unknown position is a bug in the caller and panics.
func (r *Results) Plan(option int) *outreach.Plan {
	if r.plans == nil {
		return r.plan(option) // results that Run did not make
	}
	r.plans.mu.Lock()
	defer r.plans.mu.Unlock()
	p := r.plans.made[option]
	if p == nil {
		p = r.plan(option)
		r.plans.made[option] = p
	}
	return p
}

// plan makes a plan.
func (r *Results) plan(option int) *outreach.Plan {
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
		in.Journeys = r.Transit.decidingMinutes()
	}
	return outreach.MakePlan(in, r.Thresholds, o.Outreach)
}
