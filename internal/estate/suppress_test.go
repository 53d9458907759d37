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
			got := estate.Suppress(tt.rows, tt.threshold)
			hidden := 0
			for i, p := range got {
				if p.Lost.Suppressed {
					hidden++
					if p.Lost.People != 0 || p.ExtraMin != 0 {
						t.Errorf("row %d: %+v says what it hides", i, p)
					}
				} else if p.Lost.People != tt.rows[i].Lost || p.ExtraMin != 7 && tt.rows[i].ExtraMin == 7 {
					t.Errorf("row %d: %+v, want what was counted", i, p)
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

// attacker knows what is published and how the numbers add up.
type attacker struct {
	lo, hi []float64
	sums   [][]int // the last is the whole
}

// line adds the five numbers of a row; nil for a row that nobody publishes.
func (a *attacker) line(p *estate.PublicRow) int {
	at := len(a.lo)
	for k := range 5 {
		lo, hi := 0.0, math.Inf(1)
		if p != nil {
			if c := [5]estate.Cell{p.Kept, p.Lost, p.Gained, p.Neither, p.People}[k]; !c.Suppressed {
				lo, hi = c.People, c.People
			}
		}
		a.lo, a.hi = append(a.lo, lo), append(a.hi, hi)
	}
	a.sums = append(a.sums, []int{at, at + 1, at + 2, at + 3, at + 4})
	return at
}

// subtract narrows every number by every sum, again and again.
func (a *attacker) subtract() {
	for range 60 {
		for _, s := range a.sums {
			parts, whole := s[:len(s)-1], s[len(s)-1]
			lo, hi := 0.0, 0.0
			for _, c := range parts {
				lo, hi = lo+a.lo[c], hi+a.hi[c]
			}
			a.narrow(whole, lo, hi)
			for _, c := range parts {
				others := hi - a.hi[c]
				if math.IsInf(a.hi[c], 1) { // infinity less infinity
					others = 0
					for _, d := range parts {
						if d != c {
							others += a.hi[d]
						}
					}
				}
				a.narrow(c, a.lo[whole]-others, a.hi[whole]-(lo-a.lo[c]))
			}
		}
	}
}

// narrow takes in a bound, less the rounding of sums of floats.
func (a *attacker) narrow(c int, lo, hi float64) {
	const rounding = 1e-6
	if lo-rounding > a.lo[c] {
		a.lo[c] = lo - rounding
	}
	if hi+rounding < a.hi[c] {
		a.hi[c] = hi + rounding
	}
}

// No small number can be told, or even narrowed down to the width of a person,
// by adding up and subtracting what is published, starting from nothing less
// than that people are not negative.
func TestSuppressionCannotBeUndone(t *testing.T) {
	hidden, small := 0, 0
	for seed := range uint64(400) {
		in, r := random(seed)
		for i := range in.County.Areas { // few people, and infants among them
			in.County.Areas[i].Residents = [91]float64{}
			for range 6 {
				in.County.Areas[i].Residents[r.IntN(20)] += float64(r.IntN(8))
			}
			in.Need.Areas[i].InNeed = in.County.Areas[i].Residents.Between(0, 19) * in.Need.Areas[i].Rate
			in.County.Areas[i].RuralUrban, in.County.Areas[i].Rural = "X", r.IntN(2) == 0
		}
		sites := len(in.County.Sites)
		rows := estate.LosersByGroup(in, open(in, subset(r, sites)...), open(in, subset(r, sites)...), nil)
		public := estate.Suppress(rows, 5)
		a := &attacker{}
		by := map[string][]int{}
		for i := range public {
			by[public[i].Dimension] = append(by[public[i].Dimension], a.line(&public[i]))
		}
		county := by["county"][0]
		join := func(whole int, parts []int) {
			for k := range 5 {
				var s []int
				for _, p := range parts {
					s = append(s, p+k)
				}
				a.sums = append(a.sums, append(s, whole+k))
			}
		}
		for _, dimension := range []string{"age", "decile", "district", "rural_urban"} {
			join(county, by[dimension])
		}
		need := a.line(nil)
		join(county, []int{by["need"][0], need})
		older := a.line(nil)
		join(by["age"][0], []int{by[estate.Infants][0], older})
		a.subtract()

		at := 0
		for i, p := range public {
			kept := rows[i].Before - rows[i].Lost
			truth := [5]float64{kept, rows[i].Lost, rows[i].Gained, rows[i].People - kept - rows[i].Lost - rows[i].Gained, rows[i].People}
			for k, c := range [5]estate.Cell{p.Kept, p.Lost, p.Gained, p.Neither, p.People} {
				v := truth[k]
				if c.Suppressed {
					hidden++
				}
				if v > 1e-6 && v < 5 {
					small++
					if !c.Suppressed {
						t.Fatalf("seed %d: %s %s, number %d: %v is published", seed, p.Dimension, p.Group, k, v)
					}
					if width := a.hi[at] - a.lo[at]; width < 1 {
						t.Fatalf("seed %d: %s %s, number %d: %v is told to lie from %v to %v", seed, p.Dimension, p.Group, k, v, a.lo[at], a.hi[at])
					}
				}
				at++
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
