package estate

import "math"

// Cell is a number of people as it may be published.
type Cell struct {
	People     float64
	Suppressed bool // People is then 0 and says nothing
}

// PublicRow is a LoserRow as it may be published: Kept + Lost + Gained + Neither
// are People, but for rounding; Kept + Lost were covered before, Kept + Gained are
// after.
type PublicRow struct {
	Dimension, Group                    string
	People, Kept, Lost, Gained, Neither Cell
	// ExtraMin is the mean extra walk of those who lose, in whole minutes, halves
	// up; not said, and 0, where Lost is suppressed.
	ExtraMin float64
}

// Before is how many of the group were covered.
func (p *PublicRow) Before() Cell { return p.Kept.plus(p.Lost) }

// After is how many of the group are covered.
func (p *PublicRow) After() Cell { return p.Kept.plus(p.Gained) }

// Hidden names the numbers that are suppressed, in the order of the fields: people,
// kept, lost, gained, neither. It is never nil.
func (p *PublicRow) Hidden() []string {
	names := []string{}
	for _, c := range []struct {
		name string
		cell Cell
	}{{"people", p.People}, {"kept", p.Kept}, {"lost", p.Lost}, {"gained", p.Gained}, {"neither", p.Neither}} {
		if c.cell.Suppressed {
			names = append(names, c.name)
		}
	}
	return names
}

// plus adds two numbers up, suppressed where one of them is.
func (c Cell) plus(other Cell) Cell {
	if c.Suppressed || other.Suppressed {
		return Cell{Suppressed: true}
	}
	return Cell{People: c.People + other.People}
}

// SmallNumber is the default threshold of Publish: numbers over 0 and under 5
// are not published.
const SmallNumber = 5

// Publish gives a table of who loses as it may be published. Numbers over 0 and
// under threshold are hidden, and as many others as it takes that none of them
// can be told from the rest of the table (see suppressor); what is left is
// rounded, each number by itself, to the nearest multiple of threshold, halves up.
// Zeros are published: that nobody loses is no secret. A threshold of 0 changes
// nothing.
//
// The rows are those of Losers or LosersByGroup.
//
// Why both: hiding protects a table from itself, and no table from another. Two
// options that differ in one site differ by a few people in a group, and exact
// numbers, subtracted, would tell what the table between the two hides. To hide
// the same cells everywhere instead would need all the tables at once, and
// options are saved and changed for as long as a study lives. Rounded, two
// numbers differ by nothing or by threshold at least, and what they show as
// nothing may be as much as threshold either way. The mean extra walk is in whole
// minutes for the same reason: times those who lose it is a sum, and two exact
// sums subtract.
//
// Before + gained - lost = after holds to the unit within a row, since both sides
// are kept + gained. A row may miss its People, and the groups of a dimension the
// row of the county, by half of threshold for each number added; to mend that by
// nudging numbers would tell which way each was rounded.
//
// Source for the rule: NHS Digital, "Disclosure control methodology for Hospital
// Episode Statistics (HES) and Emergency Care Data Set (ECDS)", September 2018:
// small counts of local figures are hidden, zeros shown, and the others rounded to
// the nearest five. The Office for National Statistics does likewise, see its
// "Comparison of post-tabular statistical disclosure control methods".
func Publish(rows []LoserRow, threshold float64) []PublicRow {
	s := newSuppressor(rows, threshold)
	s.protect()
	public := make([]PublicRow, len(rows))
	for i, r := range rows {
		p := PublicRow{Dimension: r.Dimension, Group: r.Group}
		for k, to := range []*Cell{&p.Kept, &p.Lost, &p.Gained, &p.Neither, &p.People} {
			if c := s.cells[i*columns+k]; c.hidden {
				*to = Cell{Suppressed: true}
			} else {
				*to = rounded(c.value, threshold)
			}
		}
		public[i] = p.withExtra(r, threshold)
	}
	return public
}

// Round gives the rows of answers that can be had without end, such as what-ifs:
// as Publish, but that each number stands by itself, and none is hidden for the
// sake of another.
//
// Why not Publish: to find what can be told takes longer than the what-if. A number
// under base is not told by the others of its row, since each of them is
// rounded by itself. What stays exact in a what-if are the people of all ages 0-19
// and those in need: they follow from the shares of each area, which are published,
// and from open data. Groups of people by ethnicity, disability and the like are in
// no what-if.
func Round(rows []LoserRow, base float64) []PublicRow {
	public := make([]PublicRow, len(rows))
	for i, r := range rows {
		kept := r.Before - r.Lost
		p := PublicRow{
			Dimension: r.Dimension, Group: r.Group,
			People: rounded(r.People, base), Kept: rounded(kept, base), Lost: rounded(r.Lost, base), Gained: rounded(r.Gained, base),
			Neither: rounded(r.People-kept-r.Lost-r.Gained, base),
		}
		public[i] = p.withExtra(r, base)
	}
	return public
}

// withExtra adds the mean extra walk of the row that p comes from.
func (p PublicRow) withExtra(r LoserRow, base float64) PublicRow {
	switch {
	case p.Lost.Suppressed:
	case base <= 0:
		p.ExtraMin = r.ExtraMin
	default:
		p.ExtraMin = math.Floor(r.ExtraMin + 0.5)
	}
	return p
}

// rounded is v to the nearest multiple of base, hidden when over 0 and under base.
func rounded(v, base float64) Cell {
	switch {
	case v < dust:
		return Cell{}
	case base <= 0:
		return Cell{People: v}
	case v < base:
		return Cell{Suppressed: true}
	}
	return Cell{People: base * math.Floor(v/base+0.5)}
}
