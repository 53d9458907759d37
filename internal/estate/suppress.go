package estate

import "slices"

// dust is less than the people of any sum over a county: what rounding leaves of
// none.
const dust = 1e-6

// columns of a row: kept, lost, gained, neither, and people, their sum.
const columns = 5

// suppressor hides every number over 0 and under threshold, and as many others as
// it takes that none of them can be told by adding up and subtracting what is
// left: across a row, and down the groups of a dimension to the row of the
// county. What is hidden in one row or column adds up to threshold at least, so
// that the sum that remains is no small number either.
//
// The dimensions age, decile, district and rural_urban each add up to the county.
// The people who are not in need, and the children under five who are not infants,
// could be told by subtraction and are protected too. Other dimensions have no
// published total.
//
// Source for the idea: L. H. Cox, "Suppression methodology and statistical
// disclosure control", Journal of the American Statistical Association 75 (1980),
// 377-385. Which numbers can be told is found by elimination.
type suppressor struct {
	threshold float64
	cells     []cell
	sums      []sum
	in        [][]int // the sums that each cell is in
}

type cell struct {
	value  float64
	small  bool // over 0 and under the threshold
	hidden bool
	total  bool // of the county, or all the people of a row
}

// sum says that the cells of parts add up to the cell whole.
type sum struct {
	parts []int
	whole int
}

func (s sum) all() []int { return append(slices.Clip(s.parts), s.whole) }

func newSuppressor(rows []LoserRow, threshold float64) *suppressor {
	s := &suppressor{threshold: threshold}
	county, infants, youngest := -1, -1, -1
	groups := map[string][]int{}
	for i, r := range rows {
		s.row(r, false)
		groups[r.Dimension] = append(groups[r.Dimension], i)
		switch {
		case r.Dimension == "county":
			county = i
		case r.Dimension == Infants:
			infants = i
		case r.Dimension == "age" && r.Group == ageBands[0].name:
			youngest = i
		}
	}
	if county >= 0 {
		for _, dimension := range []string{"age", "decile", "district", "rural_urban"} {
			s.total(county, groups[dimension])
		}
		for _, i := range groups["need"] {
			s.total(county, []int{i, s.row(less(rows[county], rows[i]), true)})
		}
	}
	if infants >= 0 && youngest >= 0 { // who are in the youngest band, and not under one
		s.total(youngest, []int{infants, s.row(less(rows[youngest], rows[infants]), true)})
	}
	s.in = make([][]int, len(s.cells))
	for n, sum := range s.sums {
		for _, c := range sum.all() {
			s.in[c] = append(s.in[c], n)
		}
	}
	return s
}

// row adds the cells of one row, which nobody publishes when it is secret, and
// their sum, and returns its number.
func (s *suppressor) row(r LoserRow, secret bool) int {
	at := len(s.cells)
	kept := r.Before - r.Lost
	for k, v := range [columns]float64{kept, r.Lost, r.Gained, r.People - kept - r.Lost - r.Gained, r.People} {
		if v < dust {
			v = 0
		}
		small := v > 0 && v < s.threshold
		s.cells = append(s.cells, cell{value: v, small: small, hidden: small || secret, total: r.Dimension == "county" || k == columns-1})
	}
	s.sums = append(s.sums, sum{parts: []int{at, at + 1, at + 2, at + 3}, whole: at + 4})
	return at / columns
}

// total says that some rows add up to another, column by column.
func (s *suppressor) total(whole int, of []int) {
	for k := range columns {
		total := sum{whole: whole*columns + k}
		for _, i := range of {
			total.parts = append(total.parts, i*columns+k)
		}
		if len(of) > 0 {
			s.sums = append(s.sums, total)
		}
	}
}

// less takes one row away from another.
func less(a, b LoserRow) LoserRow {
	a.People -= b.People
	a.Before -= b.Before
	a.Lost -= b.Lost
	a.Gained -= b.Gained
	return a
}

// protect hides cells until no small one can be told. It ends, because every
// turn hides one more, and with all hidden nothing is told.
func (s *suppressor) protect() {
	for {
		if parts := s.smallSum(); parts != nil {
			s.cells[s.cheapest(parts)].hidden = true
			continue
		}
		told := s.told()
		exposed := s.firstSmall(told)
		if exposed < 0 {
			return
		}
		next := s.remedy(exposed, told)
		if next < 0 {
			return // nothing is left to hide
		}
		s.cells[next].hidden = true
	}
}

// smallSum returns the parts of a published sum whose hidden parts, a small one
// among them, come to less than the threshold, and some of which can be hidden;
// nil when there is none.
func (s *suppressor) smallSum() []int {
	for _, sum := range s.sums {
		small, total := false, 0.0
		for _, c := range sum.parts {
			if s.cells[c].hidden {
				total += s.cells[c].value
				small = small || s.cells[c].small
			}
		}
		if small && total < s.threshold && !s.cells[sum.whole].hidden && s.cheapest(sum.parts) >= 0 {
			return sum.parts
		}
	}
	return nil
}

func (s *suppressor) firstSmall(cells []int) int {
	for _, c := range cells {
		if s.cells[c].small {
			return c
		}
	}
	return -1
}

// remedy returns the cheapest cell that, hidden, keeps an exposed one from being
// told: of the sums of all that is told with it, since one told cell gives the
// next away. When no single cell does, it returns the cheapest; when all of
// those are hidden, any other; -1 when nothing is left.
func (s *suppressor) remedy(exposed int, told []int) int {
	var near []int
	for _, c := range told {
		for _, n := range s.in[c] {
			near = append(near, s.open(s.sums[n].all())...)
		}
	}
	if len(near) == 0 {
		for _, sum := range s.sums {
			near = append(near, s.open(sum.all())...)
		}
	}
	slices.SortFunc(near, func(a, b int) int {
		switch {
		case a == b:
			return 0
		case s.cheaper(a, b):
			return -1
		}
		return 1
	})
	near = slices.Compact(near)
	for _, c := range near {
		s.cells[c].hidden = true
		helps := !slices.Contains(s.told(), exposed)
		s.cells[c].hidden = false
		if helps {
			return c
		}
	}
	if len(near) == 0 {
		return -1
	}
	return near[0]
}

// open returns the cells that are published.
func (s *suppressor) open(cells []int) []int {
	var open []int
	for _, c := range cells {
		if !s.cells[c].hidden {
			open = append(open, c)
		}
	}
	return open
}

// cheapest returns the published cell whose loss hurts least: one over 0, no
// total, the least of these, the first of equals; -1 when all are hidden.
func (s *suppressor) cheapest(cells []int) int {
	best := -1
	for _, c := range cells {
		if !s.cells[c].hidden && (best < 0 || s.cheaper(c, best)) {
			best = c
		}
	}
	return best
}

func (s *suppressor) cheaper(a, b int) bool {
	x, y := &s.cells[a], &s.cells[b]
	switch {
	case (x.value == 0) != (y.value == 0):
		return y.value == 0
	case x.total != y.total:
		return y.total
	case x.value != y.value:
		return x.value < y.value
	}
	return a < b
}
