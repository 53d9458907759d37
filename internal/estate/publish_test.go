package estate_test

import (
	"math"
	"slices"
	"testing"

	"hubreach/internal/estate"
)

// Each number to the nearest five, and none over 0 and under five.
func TestRound(t *testing.T) {
	for _, tt := range []struct {
		name               string
		lost, base, people float64
		hidden             bool
	}{
		{"nobody", 0, 5, 0, false},
		{"the rounding of sums", 1e-9, 5, 0, false},
		{"small", 4.99, 5, 0, true},
		{"exactly the base", 5, 5, 5, false},
		{"down", 7.49, 5, 5, false},
		{"a half goes up", 7.5, 5, 10, false},
		{"to ten", 14, 10, 10, false},
		{"as it is", 4.99, 0, 4.99, false},
	} {
		p := estate.Round([]estate.LoserRow{row("district", "a", 100, tt.lost, 0)}, tt.base)[0]
		if p.Lost.People != tt.people || p.Lost.Suppressed != tt.hidden || (p.ExtraMin == 0) != tt.hidden {
			t.Errorf("%s: %+v, want %g lost, hidden %t, and the extra walk with it", tt.name, p, tt.people, tt.hidden)
		}
	}
}

// Subtracting two answers tells no small number: whatever is shown of both, the
// true difference may be off by the base either way, so that a difference of 1 to
// 4 people is never told from none.
func TestRoundedAnswersCannotBeSubtracted(t *testing.T) {
	const base = 5
	shown := map[float64][2]float64{} // difference shown: the least and the most that it is true of
	for first := 5.0; first < 60; first += 0.25 {
		for more := 0.0; more < base; more += 0.25 {
			a := estate.Round([]estate.LoserRow{row("age", "0-4", 100, first, 0)}, base)[0].Lost.People
			b := estate.Round([]estate.LoserRow{row("age", "0-4", 100, first+more, 0)}, base)[0].Lost.People
			span, ok := shown[b-a]
			if !ok {
				span = [2]float64{math.Inf(1), 0}
			}
			shown[b-a] = [2]float64{min(span[0], more), max(span[1], more)}
		}
	}
	for difference, span := range shown {
		if room := span[1] - span[0]; room < base-0.5 {
			t.Errorf("a difference of %g shown: it is %g to %g, want room for almost %d people", difference, span[0], span[1], base)
		}
	}
}

// apart are two options of a county against one baseline, as published, with all
// that an attacker knows of both: that their people and those covered before are
// the same, and of each number how far it is apart.
type apart struct {
	attacker
	a, b    []estate.LoserRow
	publicA []estate.PublicRow
	publicB []estate.PublicRow
	by      [][5]int // row and number: the attacker's number of b less a
}

func newApart(a, b []estate.LoserRow) *apart {
	x := &apart{a: a, b: b, publicA: estate.Publish(a, estate.SmallNumber), publicB: estate.Publish(b, estate.SmallNumber)}
	first, second := x.table(x.publicA, shownBy(x.publicA)), x.table(x.publicB, shownBy(x.publicB))
	groups := map[string][]int{}
	for i := range a {
		before := x.number(unknown(0))
		x.sum(before, first[i], first[i]+1)
		x.sum(before, second[i], second[i]+1)
		x.sum(first[i]+4, second[i]+4)
		var by [5]int
		for k := range by {
			by[k] = x.number(math.Inf(-1), math.Inf(1))
			x.sum(second[i]+k, first[i]+k, by[k])
		}
		x.by = append(x.by, by)
		groups[a[i].Dimension] = append(groups[a[i].Dimension], by[0])
	}
	for _, dimension := range []string{"age", "decile", "district", "rural_urban"} {
		x.rows(groups["county"][0], groups[dimension])
	}
	x.subtract()
	return x
}

// shownBy bounds the numbers of published rows: rounded to the nearest five, but
// for zeros, and not under five.
func shownBy(public []estate.PublicRow) func(i, k int) (lo, hi float64) {
	return func(i, k int) (lo, hi float64) {
		switch c := cellsOf(public[i])[k]; {
		case c.Suppressed:
			return unknown(k)
		case c.People == 0:
			return 0, 0
		default:
			const half = estate.SmallNumber / 2.0
			return max(c.People-half, estate.SmallNumber), c.People + half
		}
	}
}

// Two options laid side by side tell no small number by which they differ: no two
// published numbers are under five apart, and from both whole tables together
// nobody can tell that such a difference is a small number, let alone which.
func TestOptionsCannotBeSubtracted(t *testing.T) {
	small := 0
	for seed := range uint64(400) {
		in, r := fewPeople(seed)
		sites := len(in.County.Sites)
		one := subset(r, sites)
		other := append(slices.Clone(one), r.IntN(sites)) // one site more, or the same
		baseline := open(in, subset(r, sites)...)
		x := newApart(estate.LosersByGroup(in, baseline, open(in, one...), nil), estate.LosersByGroup(in, baseline, open(in, other...), nil))
		for i, p := range x.publicA {
			for k, c := range cellsOf(p) {
				d := cellsOf(x.publicB[i])[k]
				if gap := math.Abs(c.People - d.People); !c.Suppressed && !d.Suppressed && isSmall(gap) {
					t.Fatalf("seed %d: %s %s, number %d: %v and %v published", seed, p.Dimension, p.Group, k, c, d)
				}
				v := math.Abs(numbersOf(x.b[i])[k] - numbersOf(x.a[i])[k])
				if !isSmall(v) {
					continue
				}
				small++
				lo, hi := x.lo[x.by[i][k]], x.hi[x.by[i][k]]
				if hi-lo < 1 || isSmall(max(lo, -hi)) && isSmall(max(hi, -lo)) {
					t.Fatalf("seed %d: %s %s, number %d: a difference of %v is told to lie from %v to %v", seed, p.Dimension, p.Group, k, v, lo, hi)
				}
			}
		}
	}
	if small < 1000 {
		t.Errorf("%d small differences, want a thousand and more", small)
	}
}
