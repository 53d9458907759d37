package optimise_test

import "hubreach/internal/optimise"

// street is a street of five places, a to e, with a site at a, b, d and e. Each
// site reaches its own place and the next ones on the street, one minute a step:
//
//	people   40   30   20   30   10
//	place     a    b    c    d    e
//	site      A    B         D    E
//
// A reaches a, b; B reaches a, b, c; D reaches c, d, e; E reaches d, e.
// A and B stand in the west, D and E in the east.
func street(m optimise.Model) *optimise.Problem {
	const a, b, d, e = 0, 1, 2, 3
	at := func(site int32, minutes float64) optimise.Reach { return optimise.Reach{Site: site, Time: minutes} }
	return &optimise.Problem{
		Model:   m,
		Longest: 10,
		Theta:   0.5,
		Sites: []optimise.Site{
			{ID: "A", District: 0, Cost: 10, Costed: true}, {ID: "B", District: 0, Cost: 30, Costed: true},
			{ID: "D", District: 1, Cost: 30, Costed: true}, {ID: "E", District: 1, Cost: 10, Costed: true},
		},
		Demands: []optimise.Demand{
			{Weight: 40, Reach: []optimise.Reach{at(a, 0), at(b, 1)}},
			{Weight: 30, Reach: []optimise.Reach{at(a, 1), at(b, 0)}},
			{Weight: 20, Reach: []optimise.Reach{at(b, 1), at(d, 1)}},
			{Weight: 30, Reach: []optimise.Reach{at(d, 0), at(e, 1)}},
			{Weight: 10, Reach: []optimise.Reach{at(d, 1), at(e, 0)}},
		},
		Rules: optimise.Rules{Districts: []optimise.District{{Name: "west"}, {Name: "east"}}},
	}
}

// keep returns the street with a number of sites to keep and more rules.
func keep(m optimise.Model, n int, more func(r *optimise.Rules)) *optimise.Problem {
	p := street(m)
	p.Rules.Keep = n
	if more != nil {
		more(&p.Rules)
	}
	return p
}
