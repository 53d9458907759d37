package outreach

import (
	"math"

	"hubreach/internal/county"
)

// Again is Classify for an input that differs little from an earlier one, whose
// result old is: an area keeps its old words when nothing that its rules look at
// has changed. The answer is that of Classify, word for word; slices of old may
// be part of it and are not changed.
//
// Both inputs have the same areas, settlements, need and parameters. Sites may
// have opened, closed, moved, changed their names or been added.
func Again(in Input, p Params, was Input, old *Result) *Result {
	if (in.Transit == nil) != (was.Transit == nil) || (in.Youth == nil) != (was.Youth == nil) {
		return Classify(in, p)
	}
	c := newClassifier(in, p)
	c.prepare()
	c.r.Towns = c.towns
	before := newClassifier(was, p)
	before.hubTowns()
	shifted := map[county.SettlementID]bool{} // settlements whose rules may say something else
	for i := range c.r.Areas {
		c.r.Areas[i].Uncovered = uncovered(in.Covered[i], p.UncoveredShare)
		if s := in.County.Areas[i].Settlement; in.Covered[i] != was.Covered[i] || c.hubs[s] != before.hubs[s] {
			shifted[s] = true
		}
	}
	for i := range c.r.Areas {
		s := in.County.Areas[i].Settlement
		if s != "" && shifted[s] || !sameArea(in, was, i) {
			c.area(i)
		} else {
			c.r.Areas[i] = old.Areas[i]
		}
	}
	c.notAssessed()
	c.targets()
	return c.r
}

// sameArea reports whether two inputs say the same of one area, its settlement
// aside.
func sameArea(a, b Input, i int) bool {
	number := func(x, y []float64) bool {
		return x == nil || x[i] == y[i] || math.IsNaN(x[i]) && math.IsNaN(y[i])
	}
	return number(a.Covered, b.Covered) && number(a.WalkMin, b.WalkMin) && number(a.Youth, b.Youth) && number(a.Transit, b.Transit) &&
		a.Nearest[i] == b.Nearest[i] && (a.Nearest[i] < 0 || a.County.Sites[a.Nearest[i]].Name == b.County.Sites[b.Nearest[i]].Name)
}
