package study

import (
	"slices"

	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
)

// Recomputed judges the option as it now is from the walks up, with nothing
// carried over from what was before.
func (w *WhatIf) Recomputed() *Picture {
	r := *w.study
	in := r.input
	in.County = w.live.County()
	r.County = in.County
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
	a := estate.Assess(in, o)
	p := &Picture{OptionResult: OptionResult{Assessment: a}, Sites: in.County.Sites, Districts: estate.Districts(in, a)}
	p.Score = estate.Rank(in, r.Scales, []*estate.Assessment{a})[0]
	for i, other := range r.Options {
		if i != w.start && other.Score.Score > p.Score.Score {
			p.Score.Rank++
		}
	}
	p.Required = estate.Required(in, a, r.Thresholds.BuildingThreshold)
	p.Losers = estate.Losers(in, r.Options[r.Baseline].Assessment, a)
	p.Since = estate.Losers(in, r.Options[w.start].Assessment, a)
	p.Outreach = outreach.Classify(r.outreachInput(a, r.measured), r.Thresholds)
	for i := range a.Areas {
		if !sameReach(a.Areas[i], r.Options[w.start].Areas[i]) || !slices.Equal(p.Outreach.Areas[i].Categories, r.Options[w.start].Outreach.Areas[i].Categories) {
			p.Changed = append(p.Changed, i)
		}
	}
	return p
}
