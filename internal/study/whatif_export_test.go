package study

import (
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
)

// Recomputed judges the option as it now is from the walks up, with nothing
// carried over from what was before.
func (w *WhatIf) Recomputed() *Picture {
	r := w.study
	in := r.input
	in.County = w.live.County()
	n := len(in.County.Sites)
	adult, push := make([][]reach.Time, n), make([][]reach.Time, n)
	o := r.Options[w.start].Option
	o.Status = make([]estate.Status, n)
	for i := range n {
		adult[i], push[i] = w.live.Times(i)
		o.Status[i] = w.live.Status(i)
	}
	in.Walks = reach.NewMatrix(len(in.County.Points), adult)
	if in.Pushchair != nil {
		in.Pushchair = reach.NewMatrix(len(in.County.Points), push)
	}
	rides := map[int]*ride{}
	fresh := &WhatIf{study: r, gauges: newGauges(r), ridden: &rideMemory{}}
	for i, s := range in.County.Sites {
		there, err := fresh.ride(i, s.At, adult[i])
		if err != nil {
			panic(err)
		}
		if there != nil {
			rides[i] = there
		}
	}
	in.Journeys = r.ridden(rides)
	return r.picture(in, estate.Assess(in, o), w.start, rides, func(see outreach.Input) *outreach.Result {
		return outreach.Classify(see, r.Thresholds)
	})
}
