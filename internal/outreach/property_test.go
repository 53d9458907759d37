package outreach_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
)

// Every question of every rule is asked of every uncovered area, and a category
// is given exactly when all of its answers hold.
func TestTraceIsComplete(t *testing.T) {
	asked := map[outreach.Category]int{outreach.EdgeOfTown: 2, outreach.WholeTown: 2, outreach.Rural: 3, outreach.DetachedYouth: 2}
	for seed := range uint64(seeds) {
		in, _ := random(seed)
		for i, a := range outreach.Classify(in, params()).Areas {
			if a.Reason == "" {
				t.Fatalf("seed %d: area %d has no reason", seed, i)
			}
			if !a.Uncovered {
				continue
			}
			count, holds := map[outreach.Category]int{}, map[outreach.Category]bool{}
			for _, s := range a.Trace {
				if s.Question == "" || s.Found == "" {
					t.Fatalf("seed %d: area %d: step %+v says nothing", seed, i, s)
				}
				if count[s.Category] == 0 {
					holds[s.Category] = true
				}
				count[s.Category]++
				holds[s.Category] = holds[s.Category] && s.Holds
			}
			if diff := cmp.Diff(asked, count); diff != "" {
				t.Fatalf("seed %d: area %d: questions asked (-want +got):\n%s", seed, i, diff)
			}
			var want []outreach.Category
			for _, c := range outreach.Categories {
				if holds[c] {
					want = append(want, c)
				}
			}
			if !slices.Equal(a.Categories, want) {
				t.Fatalf("seed %d: area %d is %v, and its answers say %v", seed, i, a.Categories, want)
			}
			if len(want) > 0 && a.Primary != want[0] || len(want) == 0 && a.Primary != "" {
				t.Fatalf("seed %d: area %d: primary %q of %v", seed, i, a.Primary, want)
			}
		}
	}
}

// Raising B moves towns from a building to outreach, never back.
func TestRaisingBTurnsBuildingsIntoTowns(t *testing.T) {
	moved := 0
	for seed := range uint64(seeds) {
		in, _ := random(seed)
		low, high := params(), params()
		high.BuildingThreshold = 400
		a, b := outreach.Classify(in, low), outreach.Classify(in, high)
		for k, town := range a.Towns {
			now := b.Towns[k]
			if now.Warrants && !town.Warrants {
				t.Fatalf("seed %d: %s warrants a building at 400 and not at 100", seed, town.Name)
			}
			for i, area := range a.Areas {
				if in.County.Areas[i].Settlement != town.Settlement {
					continue
				}
				if has(area, outreach.WholeTown) && !has(b.Areas[i], outreach.WholeTown) {
					t.Fatalf("seed %d: area %d is whole town at 100 and not at 400", seed, i)
				}
				if town.Warrants && !now.Warrants && area.Uncovered {
					moved++
					if !has(b.Areas[i], outreach.WholeTown) {
						t.Fatalf("seed %d: area %d of %s gets neither building nor outreach at 400", seed, i, town.Name)
					}
				}
			}
		}
	}
	if moved == 0 {
		t.Error("no town moved: the test asked nothing")
	}
}

// More coverage, as an opened site gives, never makes a covered area uncovered
// and never puts a person in need of a town out of reach.
func TestMoreCoverageNeverUncovers(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		a := outreach.Classify(in, params())
		more := in
		more.Covered = slices.Clone(in.Covered)
		for i := range more.Covered {
			more.Covered[i] += (1 - more.Covered[i]) * r.Float64()
		}
		b := outreach.Classify(more, params())
		for i := range a.Areas {
			if b.Areas[i].Uncovered && !a.Areas[i].Uncovered {
				t.Fatalf("seed %d: area %d became uncovered", seed, i)
			}
		}
		for _, town := range b.Towns {
			k := slices.IndexFunc(a.Towns, func(x outreach.Town) bool { return x.Settlement == town.Settlement })
			if k < 0 || town.InNeedOutside > a.Towns[k].InNeedOutside+tol {
				t.Fatalf("seed %d: %s has more people in need out of reach, or is new", seed, town.Name)
			}
		}
	}
}

// The targets of the first three categories share out the areas by primary
// category; those of detached youth the areas in it. Each hangs together in one
// settlement, and touching areas are in one target.
func TestTargetsPartitionTheAreas(t *testing.T) {
	for seed := range uint64(seeds) {
		in, _ := random(seed)
		r := outreach.Classify(in, params())
		primary, youth := map[int]outreach.Category{}, map[int]bool{}
		targetOf := map[[2]any]int{}
		ids := map[string]bool{}
		for k, x := range r.Targets {
			if ids[x.ID] {
				t.Fatalf("seed %d: two targets have the id %s", seed, x.ID)
			}
			ids[x.ID] = true
			if !slices.IsSorted(x.Areas) || len(x.Areas) == 0 {
				t.Fatalf("seed %d: target %s has the areas %v, want them ascending", seed, x.ID, x.Areas)
			}
			for _, i := range x.Areas {
				if in.County.Areas[i].Settlement != in.County.Areas[x.Areas[0]].Settlement {
					t.Fatalf("seed %d: target %s lies in two settlements", seed, x.ID)
				}
				if x.Category == outreach.DetachedYouth {
					youth[i] = true
				} else if primary[i] != "" {
					t.Fatalf("seed %d: area %d is in two targets", seed, i)
				} else {
					primary[i] = x.Category
				}
				targetOf[[2]any{x.Category, i}] = k
			}
		}
		for i, a := range r.Areas {
			want := a.Primary
			if want == outreach.DetachedYouth {
				want = ""
			}
			if primary[i] != want || youth[i] != has(a, outreach.DetachedYouth) {
				t.Fatalf("seed %d: area %d is %v, and its targets are %q and detached youth %v", seed, i, a.Categories, primary[i], youth[i])
			}
			for _, j := range in.County.Neighbours[i] {
				same := in.County.Areas[i].Settlement != "" && in.County.Areas[i].Settlement == in.County.Areas[j].Settlement
				if same && want != "" && primary[j] == want && targetOf[[2]any{want, i}] != targetOf[[2]any{want, j}] {
					t.Fatalf("seed %d: areas %d and %d touch and are in two targets", seed, i, j)
				}
			}
		}
	}
}

// The order of points, neighbours, settlements and sites never matters.
func TestOrderNeverMatters(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		want := outreach.Classify(in, params())

		c := *in.County
		other := in
		other.County = &c
		c.Neighbours = nil
		for _, ns := range in.County.Neighbours {
			ns = slices.Clone(ns)
			r.Shuffle(len(ns), func(i, j int) { ns[i], ns[j] = ns[j], ns[i] })
			c.Neighbours = append(c.Neighbours, ns)
		}
		c.Settlements = slices.Clone(c.Settlements)
		r.Shuffle(len(c.Settlements), func(i, j int) { c.Settlements[i], c.Settlements[j] = c.Settlements[j], c.Settlements[i] })
		points := r.Perm(len(c.Points))
		c.Points = nil
		perVenue := make([][]reach.Time, len(c.Venues))
		for k, p := range points {
			c.Points = append(c.Points, in.County.Points[p])
			for _, v := range in.Venues.At(p) {
				perVenue[v.Place] = append(perVenue[v.Place], reach.Time{Point: int32(k), Millis: v.Millis})
			}
		}
		other.Venues = reach.NewMatrix(len(points), perVenue)
		order := r.Perm(len(c.Sites))
		c.Sites = make([]county.Site, len(order))
		other.Open, other.Nearest = make([]bool, len(order)), slices.Clone(in.Nearest)
		for k, s := range order {
			c.Sites[k], other.Open[k] = in.County.Sites[s], in.Open[s]
			for i, n := range in.Nearest {
				if n == s {
					other.Nearest[i] = k
				}
			}
		}
		got := outreach.Classify(other, params())
		slices.SortFunc(got.Towns, func(a, b outreach.Town) int {
			return slices.IndexFunc(want.Towns, func(x outreach.Town) bool { return x == a }) - slices.IndexFunc(want.Towns, func(x outreach.Town) bool { return x == b })
		})
		for k := range got.Targets { // positions of sites differ, their names in the reasons do not
			got.Targets[k].Nearest, want.Targets[k].Nearest = 0, 0
		}
		same := cmp.Comparer(func(a, b float64) bool {
			return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) || math.IsNaN(a) && math.IsNaN(b)
		})
		if diff := cmp.Diff(want, got, same); diff != "" {
			t.Fatalf("seed %d: another order (-want +got):\n%s", seed, diff)
		}
	}
}
