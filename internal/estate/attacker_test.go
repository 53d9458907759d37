package estate_test

import (
	"math"
	"math/rand/v2"

	"hubreach/internal/estate"
)

// attacker holds what somebody can know of numbers of people: bounds, and
// equations between them, each of which is a sum that comes to nothing.
type attacker struct {
	lo, hi    []float64
	equations [][]term
}

type term struct {
	number int
	sign   float64
}

// number adds one of which the bounds are known.
func (a *attacker) number(lo, hi float64) int {
	a.lo, a.hi = append(a.lo, lo), append(a.hi, hi)
	return len(a.lo) - 1
}

// sum adds the equation that the parts add up to the whole.
func (a *attacker) sum(whole int, parts ...int) {
	e := []term{{whole, -1}}
	for _, p := range parts {
		e = append(e, term{p, 1})
	}
	a.equations = append(a.equations, e)
}

// row adds the five numbers of a row, kept, lost, gained, neither and people, and
// returns the first; of each shown gives the bounds.
func (a *attacker) row(shown func(k int) (lo, hi float64)) int {
	at := len(a.lo)
	for k := range 5 {
		a.number(shown(k))
	}
	a.sum(at+4, at, at+1, at+2, at+3)
	return at
}

// table adds rows of Publish and all that is known of how they add up, and
// returns the first number of each; of each row and number shown gives the bounds.
func (a *attacker) table(public []estate.PublicRow, shown func(i, k int) (lo, hi float64)) []int {
	var rows []int
	by := map[string][]int{}
	for i, p := range public {
		rows = append(rows, a.row(func(k int) (lo, hi float64) { return shown(i, k) }))
		by[p.Dimension] = append(by[p.Dimension], rows[i])
	}
	county := by["county"][0]
	for _, dimension := range []string{"age", "decile", "district", "rural_urban"} {
		a.rows(county, by[dimension])
	}
	notInNeed, older := a.row(unknown), a.row(unknown)
	a.rows(county, []int{by["need"][0], notInNeed})
	a.rows(by["age"][0], []int{by[estate.Infants][0], older})
	return rows
}

func unknown(int) (lo, hi float64) { return 0, math.Inf(1) }

// rows adds that rows add up to another, number by number.
func (a *attacker) rows(whole int, parts []int) {
	for k := range 5 {
		var numbers []int
		for _, p := range parts {
			numbers = append(numbers, p+k)
		}
		a.sum(whole+k, numbers...)
	}
}

// subtract narrows every number by every equation, again and again.
func (a *attacker) subtract() {
	const rounding = 1e-6 // of sums of floats
	for moved, rounds := true, 0; moved && rounds < 60; rounds++ {
		moved = false
		for _, e := range a.equations {
			for _, x := range e {
				lo, hi := a.others(e, x)
				if lo-rounding > a.lo[x.number]+rounding {
					a.lo[x.number], moved = lo-rounding, true
				}
				if hi+rounding < a.hi[x.number]-rounding {
					a.hi[x.number], moved = hi+rounding, true
				}
			}
		}
	}
}

// others bounds one number of an equation by the others.
func (a *attacker) others(e []term, x term) (lo, hi float64) {
	for _, y := range e {
		switch {
		case y == x:
		case y.sign == x.sign:
			lo, hi = lo-a.hi[y.number], hi-a.lo[y.number]
		default:
			lo, hi = lo+a.lo[y.number], hi+a.hi[y.number]
		}
	}
	return lo, hi
}

// numbersOf are the five numbers of a row, as they were counted.
func numbersOf(r estate.LoserRow) [5]float64 {
	kept := r.Before - r.Lost
	return [5]float64{kept, r.Lost, r.Gained, r.People - kept - r.Lost - r.Gained, r.People}
}

// cellsOf are the five numbers of a row, as they are published.
func cellsOf(p estate.PublicRow) [5]estate.Cell {
	return [5]estate.Cell{p.Kept, p.Lost, p.Gained, p.Neither, p.People}
}

// isSmall reports whether a number is over 0 and under five.
func isSmall(v float64) bool { return v > 1e-6 && v < estate.SmallNumber }

// fewPeople draws a county of few people, infants among them, so that small
// numbers are common.
func fewPeople(seed uint64) (estate.Input, *rand.Rand) {
	in, r := random(seed)
	for i := range in.County.Areas {
		in.County.Areas[i].Residents = [91]float64{}
		for range 6 {
			in.County.Areas[i].Residents[r.IntN(20)] += float64(r.IntN(8))
		}
		in.Need.Areas[i].InNeed = in.County.Areas[i].Residents.Between(0, 19) * in.Need.Areas[i].Rate
		in.County.Areas[i].RuralUrban, in.County.Areas[i].Rural = "X", r.IntN(2) == 0
	}
	return in, r
}
