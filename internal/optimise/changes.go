package optimise

import (
	"context"
	"fmt"
	"math"
)

// Changes is a set that is nearly the best and near to today's.
type Changes struct {
	Open          []int
	Value         float64
	Opens, Closes []int // what changes from today, ascending
	// Fewest is a number of changes that no such set is below; with Tier Proven it
	// is their number.
	Fewest int
	Tier   Tier
	Says   string // the solver's own words
}

// FewestChanges finds, of the allowed sets whose value is within the share
// of best's, exactly the share included, one that opens and closes the fewest
// sites from today; of these, one of the best value. The value lost is a share
// of best's, so 0.01 allows 1%.
//
// Source: methods.md 3.5, stage 2. The error is that of Solve; only the covering
// models and PMedian have this question.
func FewestChanges(ctx context.Context, p *Problem, best Answer, today []int, share float64, tier Tier, env Env) (Changes, error) {
	if err := p.Validate(); err != nil {
		return Changes{}, err
	}
	if !p.Model.covers() && p.Model != PMedian {
		return Changes{}, badf("fewest changes need model %s, %s or %s, not %s", MaximalCovering, BackupCover, PMedian, p.Model)
	}
	if best.Verdict != Found || !(share >= 0 && share < 1) {
		return Changes{}, badf("fewest changes: want a best set and a share of 0 to 1, not %g", share)
	}
	w := &stay{in: reduce(p), today: make([]bool, len(p.Sites))}
	for _, s := range today {
		w.today[s] = true
	}
	w.worst = w.in.value(best.Value*(1-share)) + 1e-9*w.in.base()
	if !p.Model.covers() {
		w.worst = best.Value*(1+share) + 1e-9*best.Value
	}
	open := make([]bool, len(p.Sites))
	for _, s := range best.Open {
		open[s] = true
	}
	open = w.approach(open)
	out := Changes{Tier: Certified, Fewest: w.least()}
	if tier == Proven {
		if err := w.prove(ctx, &open, &out, env); err != nil {
			return Changes{}, fmt.Errorf("fewest changes: %w", err)
		}
	}
	out.Open = positions(open)
	out.Value = w.in.value(w.in.costOf(open))
	out.Opens, out.Closes = changes(positions(w.today), out.Open, -1)
	return out, nil
}

// stay is the question how near to today a set can be.
type stay struct {
	in    *instance
	today []bool
	worst float64 // the highest cost that is still good enough
}

func (w *stay) changes(open []bool) int {
	n := 0
	for s := range open {
		if open[s] != w.today[s] {
			n++
		}
	}
	return n
}

// least is a number of changes that counting alone gives.
func (w *stay) least() int {
	n := 0
	for s, f := range w.in.fixed {
		if f > 0 && !w.today[s] || f < 0 && w.today[s] {
			n++
		}
	}
	if keep, now := w.in.Rules.Keep, countOpen(w.today); keep > 0 {
		if over := now - keep; over > 0 || !w.in.Rules.AtMost {
			n = max(n, int(math.Abs(float64(over))))
		}
	}
	return n
}

// approach undoes changes, one exchange or one step at a time, the one that
// keeps the best value first, while the set stays allowed and good enough.
func (w *stay) approach(open []bool) []bool {
	s := newSearch(w.in)
	s.restart(open)
	flip := func(site int) {
		if s.open[site] {
			s.drop(site)
		} else {
			s.add(site)
		}
	}
	good := func() bool { return s.violation() <= brokenEps && s.cost <= w.worst }
	for {
		bestA, bestB, least := -1, -1, math.Inf(1)
		try := func(a, b int) {
			if good() && s.cost < least-s.eps {
				bestA, bestB, least = a, b, s.cost
			}
		}
		for a := range s.open {
			if s.open[a] == w.today[a] || w.in.fixed[a] != 0 {
				continue
			}
			flip(a)
			try(a, -1)
			// A second site goes back the other way, so that their number stays.
			for b := range s.open {
				if s.open[b] != w.today[b] && s.open[b] == s.open[a] && w.in.fixed[b] == 0 {
					flip(b)
					try(a, b)
					flip(b)
				}
			}
			flip(a)
		}
		if bestA < 0 {
			return append([]bool(nil), s.open...)
		}
		flip(bestA)
		if bestB >= 0 {
			flip(bestB)
		}
	}
}

// prove asks the exact solver: the number of changes first, the cost as a
// fraction of one change second.
func (w *stay) prove(ctx context.Context, open *[]bool, out *Changes, env Env) error {
	g, constant := newProgram(w.in.Problem)
	enough := constraint{name: "enough", sense: 'L', limit: w.worst - constant}
	fraction := 0.5 / max(w.worst-constant, 1)
	for k := range g.columns {
		c := &g.columns[k]
		if c.cost != 0 {
			enough.terms = append(enough.terms, term{k, c.cost})
			c.cost *= fraction
		}
	}
	g.rows = append(g.rows, enough)
	for s, on := range w.today {
		g.columns[s].cost++
		if on {
			g.columns[s].cost -= 2
		}
	}
	already := float64(countOpen(w.today))
	said, found, err := env.solve(ctx, g, len(w.today), *open)
	if err != nil {
		return err
	}
	out.Says = said.Says
	if !math.IsInf(said.Bound, 0) {
		// A cost takes half a change at most, so the whole part is the changes.
		out.Fewest = max(out.Fewest, int(math.Ceil(said.Bound+already-0.5-proofEps)))
	}
	slack := proofEps * (1 + w.in.base())
	if found != nil && w.in.violationOf(found) <= brokenEps && w.in.costOf(found) <= w.worst+slack {
		if n, before := w.changes(found), w.changes(*open); n < before || n == before && w.in.costOf(found) < w.in.costOf(*open) {
			*open = found
		}
	}
	if said.Status == Optimal && w.changes(*open) == out.Fewest {
		out.Tier = Proven
	}
	return nil
}
