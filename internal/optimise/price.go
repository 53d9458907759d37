package optimise

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Price is what a building costs the rest of the county: the value of the best
// set less that of the best set with the building forced the other way. Of a
// site that the best set opens it is the price of closing it; of one that it
// closes, the price of keeping it. The price of leaving a site as it is, is zero.
type Price struct {
	Site   int
	Chosen bool // the best set opens it
	// Price is in the unit of the model's value, zero or more. With a Tier under
	// Proven it is an estimate.
	Price float64
	// Forced says whether there is such a set at all. Impossible: the rules leave
	// no choice, and Price is NaN.
	Forced Verdict
	Tier   Tier
	// Opens and Closes are the other sites that change, ascending.
	Opens, Closes []int
}

// PriceOf prices one site of a problem whose best set is best. Prices of
// different sites may be found at the same time. The error is that of Solve.
func PriceOf(ctx context.Context, p *Problem, best Answer, site int, tier Tier, env Env) (Price, error) {
	if best.Verdict != Found {
		return Price{}, fmt.Errorf("price of site %d: %w", site, badf("there is no best set to compare with"))
	}
	start := make([]bool, len(p.Sites))
	for _, s := range best.Open {
		start[s] = true
	}
	out := Price{Site: site, Chosen: start[site], Price: math.NaN()}
	q := *p
	if out.Chosen {
		q.Rules.Out = append(slices.Clone(p.Rules.Out), int32(site))
	} else {
		q.Rules.In = append(slices.Clone(p.Rules.In), int32(site))
	}
	start[site] = !start[site]
	e := efforts[tier]
	if tier == Proven {
		e = effort{restarts: 10, bound: 40} // the start is good, and the solver does the rest
	}
	a, err := solveFrom(ctx, &q, tier, env, e, start)
	if err != nil {
		return Price{}, fmt.Errorf("price of %s: %w", p.Sites[site].ID, err)
	}
	out.Forced, out.Tier = a.Verdict, a.Tier
	if best.Tier != Proven && out.Tier == Proven {
		out.Tier = best.Tier
	}
	if a.Verdict != Found {
		return out, nil
	}
	out.Price = max(0, best.Value-a.Value)
	if !p.Model.covers() {
		out.Price = max(0, a.Value-best.Value)
	}
	out.Opens, out.Closes = changes(best.Open, a.Open, site)
	return out, nil
}

// changes are the sites that differ between two sets, one site left out.
func changes(from, to []int, but int) (opens, closes []int) {
	for _, s := range to {
		if s != but && !slices.Contains(from, s) {
			opens = append(opens, s)
		}
	}
	for _, s := range from {
		if s != but && !slices.Contains(to, s) {
			closes = append(closes, s)
		}
	}
	return opens, closes
}
