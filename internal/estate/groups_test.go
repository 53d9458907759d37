package estate_test

import (
	"math"
	"slices"
	"testing"

	"hubreach/internal/estate"
)

func TestLosersByGroup(t *testing.T) {
	// Two areas of 100 people aged 7: the first has site 0 at 5 minutes and site 1
	// at 25, the second site 1 at 5. 40 and 10 people have no car; in the second
	// area nobody counted lone parents.
	in := build(
		patch{"D", 100, 0.5, 1, 1, []place{{0.5, []float64{5, 25}}, {0.5, []float64{5, 10}}}},
		patch{"D", 100, 0.5, 1, 2, []place{{1, []float64{none, 5}}}},
	)
	rows := estate.LosersByGroup(in, open(in, 0, 1), open(in, 1), []estate.Group{
		{Dimension: "no_car", Name: "no car", Counts: []float64{40, 10}},
		{Dimension: "lone_parents", Name: "lone parents", Counts: []float64{20, math.NaN()}},
	})
	find := func(dimension string) estate.LoserRow {
		k := slices.IndexFunc(rows, func(r estate.LoserRow) bool { return r.Dimension == dimension })
		if k < 0 {
			t.Fatalf("no rows by %s in %+v", dimension, rows)
		}
		return rows[k]
	}
	if r := find("no_car"); r.People != 50 || r.Before != 50 || r.Lost != 20 || r.ExtraMin != 20 {
		t.Errorf("no car: %+v, want half of the first area's 40 to lose, 20 minutes each", r)
	}
	if r := find("lone_parents"); r.People != 20 || r.Lost != 10 {
		t.Errorf("lone parents: %+v, want those of the first area", r)
	}
	if r := find(estate.Infants); r.People != 0 {
		t.Errorf("infants: %+v, want nobody", r)
	}
}

func TestClosures(t *testing.T) {
	// Site 0 closes. Half of A is left with site 1 at 25 minutes and a quarter
	// with site 2 at 30; a quarter still has site 1 at 10. B is left with nothing.
	in := build(
		patch{"D", 100, 0.5, 1, 1, []place{{0.5, []float64{5, 25, none}}, {0.25, []float64{5, none, 30}}, {0.25, []float64{5, 10, none}}}},
		patch{"D", 40, 0.25, 1, 2, []place{{1, []float64{10, none, none}}}},
	)
	got := estate.Closures(in, open(in, 0, 1, 2), open(in, 1, 2), []estate.Group{{Dimension: "no_car", Name: "no car", Counts: []float64{20, 8}}})
	if len(got) != 1 || got[0].Site != 0 || len(got[0].Areas) != 2 {
		t.Fatalf("closures %+v, want one, of site 0, felt in two areas", got)
	}
	check(t, "people", got[0].People, 75+40)
	check(t, "in need", got[0].InNeed, 37.5+10)
	a, b := got[0].Areas[0], got[0].Areas[1]
	if a.Next != 1 || a.WalkMin != 25 || a.Found != 1 || a.People != 75 {
		t.Errorf("area A: %+v, want 75 people who now walk to site 1 in 25 minutes", a)
	}
	if b.Next != -1 || !math.IsNaN(b.WalkMin) || b.Found != 0 {
		t.Errorf("area B: %+v, want no site left", b)
	}
	for _, r := range got[0].Groups {
		if r.Dimension == "no_car" {
			check(t, "no car", r.Lost, 15+8)
		}
		if r.Dimension == "age" && r.Group == "5-10" {
			check(t, "aged 5-10", r.Lost, 115) // everybody here is 7
		}
	}
}

// The closures share the losers out, and no area loses more than its people.
func TestClosuresAddUpToLosers(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		many := subset(r, len(in.County.Sites))
		var few []int
		for _, s := range many {
			if r.IntN(2) == 0 {
				few = append(few, s)
			}
		}
		before, after := open(in, many...), open(in, few...)
		sum := 0.0
		closures := estate.Closures(in, before, after, nil)
		for _, c := range closures {
			sum += c.People
			for _, a := range c.Areas {
				if a.Next >= 0 && (!after.Option.Status[a.Next].Open() || a.WalkMin <= 20) {
					t.Fatalf("seed %d: %+v: want an open site over 20 minutes away", seed, a)
				}
			}
		}
		if lost := estate.Losers(in, before, after)[0].Lost; math.Abs(lost-sum) > 1e-6 {
			t.Fatalf("seed %d: closures lose %v, the option %v", seed, sum, lost)
		}
		if len(closures) != len(many)-len(few) {
			t.Fatalf("seed %d: %d closures, want %d", seed, len(closures), len(many)-len(few))
		}
	}
}
