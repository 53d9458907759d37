package study

import (
	"context"
	"fmt"
	"math"

	"hubreach/internal/estate"
	"hubreach/internal/outreach"
)

// gather adds the draws up, in their order.
func (x *robust) gather(records []record) *Robustness {
	r := x.r
	out := &Robustness{Params: x.p, InBest: make([]float64, len(r.County.Sites))}
	scores := make([]estate.Score, len(r.Options))
	ids := make([]estate.OptionID, len(r.Options))
	for k, o := range r.Options {
		scores[k], ids[k] = o.Score, o.Option.ID
	}
	for _, s := range r.Scales {
		out.Criteria = append(out.Criteria, s.Criterion)
	}
	out.Flips = estate.FlipWeights(r.Scales, scores)
	draws := make([]estate.Draw, len(records))
	for d := range records {
		draws[d] = records[d].Draw
		x.best(out.InBest, records[d].Scores)
	}
	for i := range out.InBest {
		out.InBest[i] /= float64(len(records))
	}
	rankings, wins := estate.Rankings(ids, draws)
	out.Wins = wins
	for k := range r.Options {
		out.Options = append(out.Options, x.option(k, rankings[k], records))
	}
	out.Notes = x.notes()
	return out
}

// best counts the open sites of the option, or options, that come first.
func (x *robust) best(in []float64, scores []float64) {
	top, level := math.Inf(-1), 0.0
	for _, s := range scores {
		switch {
		case s > top:
			top, level = s, 1
		case s == top:
			level++
		}
	}
	for k, s := range scores {
		if s == top {
			for _, i := range x.r.Options[k].Option.OpenSites() {
				in[i] += 1 / level
			}
		}
	}
}

// option gathers what was drawn of one option.
func (x *robust) option(k int, ranking estate.OptionRanking, records []record) OptionRobustness {
	o := OptionRobustness{OptionRanking: ranking, Required: make([]float64, len(x.r.County.Sites))}
	covered, inNeed := make([]float64, len(records)), make([]float64, len(records))
	own := bitsOf(x.r.Options[k].Outreach)
	sorted := 0
	for d := range records {
		rec := &records[d]
		covered[d], inNeed[d] = rec.covered[k], rec.inNeed[k]
		for i, yes := range rec.required[k] {
			if yes {
				o.Required[i]++
			}
		}
		if rec.categories == nil {
			continue
		}
		if sorted++; o.Categories == nil {
			o.Categories, o.Same = make([][len(outreach.Categories)]float64, len(own)), make([]float64, len(own))
		}
		for i, set := range rec.categories[k] {
			for c := range outreach.Categories {
				o.Categories[i][c] += float64(set >> c & 1)
			}
			if set == own[i] {
				o.Same[i]++
			}
		}
	}
	for i := range o.Required {
		o.Required[i] /= float64(len(records))
	}
	for i := range o.Categories {
		for c := range o.Categories[i] {
			o.Categories[i][c] /= float64(sorted)
		}
		o.Same[i] /= float64(sorted)
	}
	o.CoveredShare, o.CoveredInNeedShare = rangeOf(covered), rangeOf(inNeed)
	return o
}

// notes says what the draws leave out.
func (x *robust) notes() []string {
	r := x.r
	notes := []string{
		"people in need keep the rates of the study in every draw; weights and normalisation of need reorder the areas, which moves the equity index and the deciles that outreach goes by, as many areas in each decile as before",
		fmt.Sprintf("areas are sorted into the outreach categories in the first %d of %d draws", min(x.p.OutreachDraws, x.p.Draws), x.p.Draws),
	}
	if x.moving {
		notes = append(notes, fmt.Sprintf("walks over %g minutes were not looked for; at a quicker pace they count as %g minutes in the mean walk", r.Spec.Walk.LimitMinutes, r.Spec.Walk.LimitMinutes),
			"a pace quickens or slows all of a walk alike; which walk is the shortest does not change")
	} else {
		notes = append(notes, "walks are read off ready-made catchments, so neither speed nor minutes are drawn")
	}
	if r.Transit != nil {
		notes = append(notes, "journeys by public transport are those of the study in every draw")
	}
	if len(x.index.IDs) == 0 {
		notes = append(notes, "need is told from population alone, so neither its weights nor its normalisation are drawn")
	}
	if len(r.Scales) == 0 {
		notes = append(notes, "no criterion can be assessed, so options are not scored and all rank the same")
	}
	return notes
}

// ThresholdMove says how many areas change their outreach categories when one
// threshold is moved by itself and all else stays.
type ThresholdMove struct {
	Threshold      string // as the study file names it
	Option         int    // position in Results.Options
	Value          float64
	DownTo, UpTo   float64
	Down, Up       []int // the areas that change, ascending
	DownIn, UpIn   int   // of those, how many were in no category and come into one
	DownOut, UpOut int   // and how many leave all
}

// threshold is one number of the outreach rules.
type threshold struct {
	name  string
	value func(p *outreach.Params) *float64
}

// movable are the thresholds that decide a category; those of sessions do not.
var movable = []threshold{
	{"building_threshold", func(p *outreach.Params) *float64 { return &p.BuildingThreshold }},
	{"outreach_threshold", func(p *outreach.Params) *float64 { return &p.OutreachThreshold }},
	{"uncovered_share", func(p *outreach.Params) *float64 { return &p.UncoveredShare }},
	{"town_residents", func(p *outreach.Params) *float64 { return &p.TownResidents }},
	{"youth_share", func(p *outreach.Params) *float64 { return &p.YouthShare }},
	{"minutes", func(p *outreach.Params) *float64 { return &p.Minutes }},
	{"transit_minutes", func(p *outreach.Params) *float64 { return &p.TransitMinutes }}, // last: only where it is assessed
}

// thresholdMoves moves every threshold down and up by a share of itself, and the
// need decile, which is whole, by one.
func (r *Results) thresholdMoves(ctx context.Context, by float64, env Env) ([]ThresholdMove, error) {
	asked := movable
	if r.outreachInput(r.Options[r.Baseline].Assessment, r.measured).Transit == nil {
		asked = asked[:len(asked)-1]
	}
	n := len(asked) + 1
	moves := make([]ThresholdMove, n*len(r.Options))
	err := shareOut(ctx, env, "move the thresholds", len(moves), func(k int) error {
		m := &moves[k]
		m.Option = k / n
		if t := k % n; t < len(asked) {
			*m = r.move(m.Option, asked[t], by)
			return nil
		}
		*m = ThresholdMove{Threshold: "need_decile", Option: m.Option, Value: float64(r.Thresholds.NeedDecile)}
		for _, step := range []int{-1, 1} {
			p := r.Thresholds
			p.NeedDecile = max(0, min(10, p.NeedDecile+step))
			m.set(step, float64(p.NeedDecile), r.Options[m.Option].Outreach, r.resorted(m.Option, p))
		}
		return nil
	})
	return moves, err
}

// move moves one threshold both ways.
func (r *Results) move(option int, t threshold, by float64) ThresholdMove {
	p := r.Thresholds
	m := ThresholdMove{Threshold: t.name, Option: option, Value: *t.value(&p)}
	for _, step := range []int{-1, 1} {
		p := r.Thresholds
		v := t.value(&p)
		*v *= 1 + float64(step)*by
		if t.name == "uncovered_share" || t.name == "youth_share" {
			*v = min(1, *v)
		}
		m.set(step, *v, r.Options[option].Outreach, r.resorted(option, p))
	}
	return m
}

// resorted sorts the areas of an option again under other thresholds.
func (r *Results) resorted(option int, p outreach.Params) *outreach.Result {
	in, a := r.input, r.Options[option].Assessment
	if p.Minutes != r.Thresholds.Minutes && r.Walk.Method != "catchments" {
		in.Limit = millis(p.Minutes)
		a = estate.Assess(in, a.Option)
	}
	return r.sorted(in, a, p)
}

// set notes what one way of moving does.
func (m *ThresholdMove) set(step int, to float64, before, after *outreach.Result) {
	old, now := bitsOf(before), bitsOf(after)
	var changed []int
	in, out := 0, 0
	for i := range old {
		if old[i] == now[i] {
			continue
		}
		changed = append(changed, i)
		if old[i] == 0 {
			in++
		}
		if now[i] == 0 {
			out++
		}
	}
	if step < 0 {
		m.DownTo, m.Down, m.DownIn, m.DownOut = to, changed, in, out
	} else {
		m.UpTo, m.Up, m.UpIn, m.UpOut = to, changed, in, out
	}
}
