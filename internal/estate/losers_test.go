package estate_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/estate"
)

func TestLosers(t *testing.T) {
	// The county of two(), S1 for S0. Area 0 (100 aged 7, 50 in need, decile 1,
	// district A, rural): the place at 5 minutes of S0 loses, 30 to S1, 25 more;
	// the one at 20 from both keeps; the one at 20.001 gains; the fourth has none
	// either way. Area 1 (200, 20 in need, decile 9, B, class not known) gains.
	in := two()
	in.County.Areas[0].RuralUrban, in.County.Areas[0].Rural = "D1", true
	got := estate.Losers(in, open(in, 0), open(in, 1))
	want := []estate.LoserRow{
		{Dimension: "county", Group: "aged 0-19", People: 300, Before: 50, After: 250, Lost: 25, Gained: 225, ExtraMin: 25},
		{Dimension: "age", Group: "0-4"},
		{Dimension: "age", Group: "5-10", People: 300, Before: 50, After: 250, Lost: 25, Gained: 225, ExtraMin: 25},
		{Dimension: "age", Group: "11-15"},
		{Dimension: "age", Group: "16-19"},
		{Dimension: "need", Group: "in need", People: 70, Before: 25, After: 45, Lost: 12.5, Gained: 32.5, ExtraMin: 25},
		{Dimension: "decile", Group: "1", People: 100, Before: 50, After: 50, Lost: 25, Gained: 25, ExtraMin: 25},
		{Dimension: "decile", Group: "9", People: 200, After: 200, Gained: 200},
		{Dimension: "district", Group: "A", People: 100, Before: 50, After: 50, Lost: 25, Gained: 25, ExtraMin: 25},
		{Dimension: "district", Group: "B", People: 200, After: 200, Gained: 200},
		{Dimension: "rural_urban", Group: "rural", People: 100, Before: 50, After: 50, Lost: 25, Gained: 25, ExtraMin: 25},
		{Dimension: "rural_urban", Group: "not known", People: 200, After: 200, Gained: 200},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(near)); diff != "" {
		t.Errorf("Losers (-want +got):\n%s", diff)
	}
}

// A walk that was not found counts as the longest: 60 - 5 minutes.
func TestLosersOfEveryWalk(t *testing.T) {
	in := two()
	rows := estate.Losers(in, open(in, 0), open(in))
	// 25 people lose 55 minutes and 25 lose 40.
	check(t, "ExtraMin of the county", rows[0].ExtraMin, 47.5)
	check(t, "Lost in the county", rows[0].Lost, 50)
}

func TestLosersAddUp(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		n := len(in.County.Sites)
		a, b := open(in, subset(r, n)...), open(in, subset(r, n)...)
		sums := map[string]estate.LoserRow{}
		rows := estate.Losers(in, a, b)
		for _, row := range rows {
			if math.Abs(row.Before+row.Gained-row.Lost-row.After) > 1e-6 {
				t.Fatalf("seed %d: %+v: want before + gained - lost = after", seed, row)
			}
			s := sums[row.Dimension]
			s.People, s.Before, s.After, s.Lost, s.Gained = s.People+row.People, s.Before+row.Before, s.After+row.After, s.Lost+row.Lost, s.Gained+row.Gained
			sums[row.Dimension] = s
		}
		for _, dimension := range []string{"age", "decile", "district", "rural_urban"} {
			for what, pair := range map[string][2]float64{
				"people": {sums[dimension].People, rows[0].People}, "before": {sums[dimension].Before, rows[0].Before}, "after": {sums[dimension].After, rows[0].After},
				"lost": {sums[dimension].Lost, rows[0].Lost}, "gained": {sums[dimension].Gained, rows[0].Gained},
			} {
				if math.Abs(pair[0]-pair[1]) > 1e-6 {
					t.Fatalf("seed %d: the rows by %s add up to %v %s, and the county has %v", seed, dimension, pair[0], what, pair[1])
				}
			}
		}
		if math.Abs(rows[0].Before-a.Covered) > 1e-6 || math.Abs(rows[0].After-b.Covered) > 1e-6 {
			t.Fatalf("seed %d: %v before and %v after, want what is covered, %v and %v", seed, rows[0].Before, rows[0].After, a.Covered, b.Covered)
		}
		for _, row := range estate.Losers(in, a, a) {
			if row.Lost != 0 || row.Gained != 0 || row.ExtraMin != 0 {
				t.Fatalf("seed %d: an option against itself has %+v, want no losers", seed, row)
			}
		}
	}
}
