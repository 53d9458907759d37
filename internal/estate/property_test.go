package estate_test

import (
	"math"
	"slices"
	"testing"

	"hubreach/internal/estate"
	"hubreach/internal/reach"
)

// seeds is how many random counties each property is tried on.
const seeds = 300

func TestOpeningASiteNeverLowersCoverage(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		few := subset(r, len(in.County.Sites))
		more := append(slices.Clone(few), r.IntN(len(in.County.Sites)))
		a, b := open(in, few...), open(in, more...)
		if b.Covered < a.Covered || b.CoveredInNeed < a.CoveredInNeed || b.CoveredDecile1 < a.CoveredDecile1 {
			t.Fatalf("seed %d: opening %v on %v lowered coverage from %v to %v", seed, more, few, a.Covered, b.Covered)
		}
		if b.MeanWalkMin > a.MeanWalkMin+tol {
			t.Fatalf("seed %d: opening %v on %v lengthened the mean walk from %v to %v", seed, more, few, a.MeanWalkMin, b.MeanWalkMin)
		}
		for i := range a.Areas {
			if b.Areas[i].CoveredShare < a.Areas[i].CoveredShare || b.Areas[i].WalkMin > a.Areas[i].WalkMin {
				t.Fatalf("seed %d: area %d went from %+v to %+v", seed, i, a.Areas[i], b.Areas[i])
			}
		}
		for p := range a.Millis {
			if b.Millis[p] > a.Millis[p] {
				t.Fatalf("seed %d: point %d walks longer, %d after %d", seed, p, b.Millis[p], a.Millis[p])
			}
		}
	}
}

func TestTotalsAddUp(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		a := open(in, subset(r, len(in.County.Sites))...)
		reached, only := 0.0, 0.0
		for _, s := range a.Sites {
			reached += s.Reached
			only += s.OnlyHere
		}
		if only > a.Covered+tol*max(1, a.People) || reached < a.Covered-tol*max(1, a.People) || a.Covered > a.People {
			t.Fatalf("seed %d: want only here %v <= covered %v <= reached %v, and covered <= people %v", seed, only, a.Covered, reached, a.People)
		}
		// Closing a site loses exactly those it alone reaches.
		if sites := a.Option.OpenSites(); len(sites) > 0 {
			drop := r.IntN(len(sites))
			b := open(in, slices.Delete(slices.Clone(sites), drop, drop+1)...)
			if lost, alone := a.Covered-b.Covered, a.Sites[sites[drop]].OnlyHere; math.Abs(lost-alone) > 1e-6 {
				t.Fatalf("seed %d: closing site %d loses %v, want those it alone reaches, %v", seed, sites[drop], lost, alone)
			}
		}
	}
}

// An area is outside by its median walk exactly when half or more of it is.
func TestMedianIsOutsideWhenHalfIs(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		a := open(in, subset(r, len(in.County.Sites))...)
		for i, got := range a.Areas {
			outside := math.IsNaN(got.WalkMin) || got.WalkMin > 20
			if half := 1-got.CoveredShare >= 0.5-tol; outside != half {
				t.Fatalf("seed %d: area %d: median %v min with %v covered", seed, i, got.WalkMin, got.CoveredShare)
			}
		}
	}
}

// Points and sites in another order give the same answers for the same places.
func TestOrderNeverMatters(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		sites := subset(r, len(in.County.Sites))
		a := open(in, sites...)

		other := in
		c := *in.County
		other.County = &c
		c.Points, c.Sites = slices.Clone(c.Points), slices.Clone(c.Sites)
		points := r.Perm(len(c.Points))
		slices.SortStableFunc(points, func(x, y int) int { return in.County.Points[x].Area - in.County.Points[y].Area }) // shuffled within their area
		order := r.Perm(len(c.Sites))
		perSite := make([][]reach.Time, len(c.Sites))
		at := make([]int, len(c.Sites)) // where a site went
		for k, s := range order {
			c.Sites[k], at[s] = in.County.Sites[s], k
		}
		for k, p := range points {
			c.Points[k] = in.County.Points[p]
			for _, w := range in.Walks.At(p) {
				perSite[at[w.Place]] = append(perSite[at[w.Place]], reach.Time{Point: int32(k), Millis: w.Millis})
			}
		}
		other.Walks = reach.NewMatrix(len(c.Points), perSite)
		moved := make([]int, len(sites))
		for i, s := range sites {
			moved[i] = at[s]
		}
		b := open(other, moved...)
		for what, pair := range map[string][2]float64{
			"Covered": {a.Covered, b.Covered}, "CoveredInNeed": {a.CoveredInNeed, b.CoveredInNeed},
			"Equity": {a.Equity, b.Equity}, "MeanWalkMin": {a.MeanWalkMin, b.MeanWalkMin},
		} {
			if math.Abs(pair[0]-pair[1]) > 1e-6 {
				t.Fatalf("seed %d: %s = %v in one order and %v in another", seed, what, pair[0], pair[1])
			}
		}
		for s, k := range at {
			if x, y := a.Sites[s], b.Sites[k]; math.Abs(x.Reached-y.Reached) > 1e-6 || math.Abs(x.OnlyHereInNeed-y.OnlyHereInNeed) > 1e-6 {
				t.Fatalf("seed %d: site %d does %+v in one order and %+v in another", seed, s, x, y)
			}
		}
		for i := range a.Areas {
			if !near(a.Areas[i].WalkMin, b.Areas[i].WalkMin) || !near(a.Areas[i].CoveredShare, b.Areas[i].CoveredShare) {
				t.Fatalf("seed %d: area %d is %+v in one order and %+v in another", seed, i, a.Areas[i], b.Areas[i])
			}
		}
	}
}

func TestNoPointFurtherThanTheLimitIsCovered(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		a := open(in, subset(r, len(in.County.Sites))...)
		covered := 0.0
		for p, point := range in.County.Points {
			if a.Millis[p] <= in.Limit {
				covered += in.County.Areas[point.Area].Residents.Between(0, 19) * point.Share
			}
		}
		if math.Abs(covered-a.Covered) > 1e-6 {
			t.Fatalf("seed %d: %v people have a walk within the limit, and %v are covered", seed, covered, a.Covered)
		}
	}
}

// More minutes never lower coverage.
func TestWideningTheLimitNeverLowersCoverage(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		sites := subset(r, len(in.County.Sites))
		before := -1.0
		for minutes := range uint32(41) {
			in.Limit = minutes * 60_000
			a := estate.Assess(in, estate.Keep(in.County, "o", "", sites))
			if a.Covered < before {
				t.Fatalf("seed %d: %d minutes cover %v, fewer than %v at one less", seed, minutes, a.Covered, before)
			}
			before = a.Covered
		}
	}
}
