package optimise

import (
	"context"
	"fmt"
)

// FrontPoint is the best that a budget buys.
type FrontPoint struct {
	Budget float64 // pounds a year
	Cost   float64 // of the open sites
	Answer Answer
}

// Front answers a problem under each of the budgets, in their order: the points
// of the front of cost and value that nothing lies beyond. A point whose verdict
// is Impossible says that the other rules cost more than its budget. The error
// is that of Solve; a site that is not costed is one.
func Front(ctx context.Context, p *Problem, budgets []float64, tier Tier, env Env) ([]FrontPoint, error) {
	var front []FrontPoint
	for _, b := range budgets {
		if !(b > 0) {
			return nil, badf("budget %g: want more than 0 pounds a year", b)
		}
		q := *p
		q.Rules.Budget = b
		a, err := Solve(ctx, &q, tier, env)
		if err != nil {
			return nil, fmt.Errorf("budget of %.0f pounds: %w", b, err)
		}
		f := FrontPoint{Budget: b, Answer: a}
		for _, s := range a.Open {
			f.Cost += p.Sites[s].Cost
		}
		front = append(front, f)
	}
	return front, nil
}
