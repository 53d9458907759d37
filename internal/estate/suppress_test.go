package estate_test

import (
	"math"
	"slices"
	"testing"

	"hubreach/internal/estate"
)

// row makes a row of 1,000 people with the numbers kept, lost and gained.
func row(dimension, group string, kept, lost, gained float64) estate.LoserRow {
	return estate.LoserRow{Dimension: dimension, Group: group, People: 1000, Before: kept + lost, After: kept + gained, Lost: lost, Gained: gained, ExtraMin: 7}
}

func TestSuppress(t *testing.T) {
	for _, tt := range []struct {
		name      string
		rows      []estate.LoserRow
		threshold float64
		lost      []bool // whether each row's Lost is hidden
	}{
		{"nothing small", []estate.LoserRow{row("no_car", "a", 100, 5, 0)}, 5, []bool{false}},
		{"small", []estate.LoserRow{row("no_car", "a", 100, 4.99, 0)}, 5, []bool{true}},
		{"nobody loses", []estate.LoserRow{row("no_car", "a", 100, 0, 0)}, 5, []bool{false}},
		{"no threshold", []estate.LoserRow{row("no_car", "a", 100, 1, 0)}, 0, []bool{false}},
		// The county loses 53: with one district hidden the other would give it away.
		{"two districts", []estate.LoserRow{
			{Dimension: "county", Group: "all", People: 2000, Before: 253, After: 200, Lost: 53},
			row("district", "a", 100, 3, 0), row("district", "b", 100, 50, 0),
		}, 5, []bool{false, true, true}},
		// 3 and 1 are hidden together, but 4 more than the rest is a small number too.
		{"small together", []estate.LoserRow{
			{Dimension: "county", Group: "all", People: 3000, Before: 354, After: 300, Lost: 54},
			row("district", "a", 100, 3, 0), row("district", "b", 100, 1, 0), row("district", "c", 100, 50, 0),
		}, 5, []bool{false, true, true, true}},
		// 52 of 54 losers in need leave 2 who are not.
		{"told by the rest", []estate.LoserRow{
			{Dimension: "county", Group: "all", People: 3000, Before: 354, After: 300, Lost: 54},
			row("need", "in need", 100, 52, 0),
		}, 5, []bool{true, false}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := estate.Publish(tt.rows, tt.threshold)
			hidden := 0
			for i, p := range got {
				if p.Lost.Suppressed {
					hidden++
					if p.Lost.People != 0 || p.ExtraMin != 0 {
						t.Errorf("row %d: %+v says what it hides", i, p)
					}
				} else if math.Abs(p.Lost.People-tt.rows[i].Lost) > tt.threshold/2 || p.ExtraMin != 7 && tt.rows[i].ExtraMin == 7 {
					t.Errorf("row %d: %+v, want what was counted, to the nearest %g", i, p, tt.threshold)
				}
				// Of the two ways to protect the rest, hiding either will do.
				if tt.name != "told by the rest" && p.Lost.Suppressed != tt.lost[i] {
					t.Errorf("row %d: hidden %v, want %v", i, p.Lost.Suppressed, tt.lost[i])
				}
			}
			if tt.name == "told by the rest" && hidden == 0 {
				t.Error("52 and 54 are both published, which gives 2 away")
			}
		})
	}
}

// No small number can be told, or even narrowed down to the width of a person,
// by adding up and subtracting what is left of a table, even by somebody who knows
// every published number as it was before it was rounded, starting from nothing
// less than that people are not negative.
func TestSuppressionCannotBeUndone(t *testing.T) {
	hidden, small := 0, 0
	for seed := range uint64(400) {
		in, r := fewPeople(seed)
		sites := len(in.County.Sites)
		rows := estate.LosersByGroup(in, open(in, subset(r, sites)...), open(in, subset(r, sites)...), nil)
		public := estate.Publish(rows, estate.SmallNumber)
		a := &attacker{}
		at := a.table(public, func(i, k int) (lo, hi float64) {
			if cellsOf(public[i])[k].Suppressed {
				return unknown(k)
			}
			v := numbersOf(rows[i])[k]
			return v, v
		})
		a.subtract()
		for i, p := range public {
			for k, c := range cellsOf(p) {
				if c.Suppressed {
					hidden++
				}
				v := numbersOf(rows[i])[k]
				if !isSmall(v) {
					continue
				}
				small++
				if !c.Suppressed {
					t.Fatalf("seed %d: %s %s, number %d: %v is published", seed, p.Dimension, p.Group, k, v)
				}
				if lo, hi := a.lo[at[i]+k], a.hi[at[i]+k]; hi-lo < 1 {
					t.Fatalf("seed %d: %s %s, number %d: %v is told to lie from %v to %v", seed, p.Dimension, p.Group, k, v, lo, hi)
				}
			}
		}
	}
	if small < 1000 || hidden < small {
		t.Errorf("%d small numbers and %d hidden ones, want a thousand and more", small, hidden)
	}
	t.Logf("%d small numbers, %d hidden", small, hidden)
}

// 60 kept and 20 lost were 80 covered before; with the lost hidden, neither they
// nor the sum that they are in is said.
func TestPublicRowSums(t *testing.T) {
	open := estate.PublicRow{People: estate.Cell{People: 100}, Kept: estate.Cell{People: 60}, Lost: estate.Cell{People: 20}, Gained: estate.Cell{People: 5}, Neither: estate.Cell{People: 15}}
	closed := open
	closed.Lost, closed.Neither = estate.Cell{Suppressed: true}, estate.Cell{Suppressed: true}
	for _, tt := range []struct {
		name          string
		row           estate.PublicRow
		before, after estate.Cell
		hidden        []string
	}{
		{"all said", open, estate.Cell{People: 80}, estate.Cell{People: 65}, []string{}},
		{"losers hidden", closed, estate.Cell{Suppressed: true}, estate.Cell{People: 65}, []string{"lost", "neither"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.row.Before(); got != tt.before {
				t.Errorf("Before() = %v, want %v", got, tt.before)
			}
			if got := tt.row.After(); got != tt.after {
				t.Errorf("After() = %v, want %v", got, tt.after)
			}
			if got := tt.row.Hidden(); !slices.Equal(got, tt.hidden) {
				t.Errorf("Hidden() = %q, want %q", got, tt.hidden)
			}
		})
	}
}
