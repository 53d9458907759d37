package estate

import "math"

// Round gives the rows of answers that can be had without end, such as what-ifs:
// every number to the nearest multiple of base, halves up, and none over 0 and
// under base. A base of 0 changes nothing.
//
// Why not Suppress: it protects one table from itself. Two what-ifs that differ by
// a few doors can be subtracted from each other, and their exact numbers would
// tell what the tables of the study hide. Rounded ones leave a difference open by
// base either way, and a number that is hidden is not told by the others of its
// row, since each of them is rounded by itself. What stays exact in a what-if
// are the people of all ages 0-19 and those in need: they follow from the shares of
// each area, which are published, and from open data. Groups of people by
// ethnicity, disability and the like are in no what-if.
//
// Source for the rule: as for local figures of the Hospital Episode Statistics of
// NHS England, small counts are hidden and the others rounded to the nearest five.
func Round(rows []LoserRow, base float64) []PublicRow {
	public := make([]PublicRow, len(rows))
	for i, r := range rows {
		kept := r.Before - r.Lost
		p := PublicRow{
			Dimension: r.Dimension, Group: r.Group, ExtraMin: r.ExtraMin,
			People: rounded(r.People, base), Kept: rounded(kept, base), Lost: rounded(r.Lost, base), Gained: rounded(r.Gained, base),
			Neither: rounded(r.People-kept-r.Lost-r.Gained, base),
		}
		if p.Lost.Suppressed {
			p.ExtraMin = 0
		}
		public[i] = p
	}
	return public
}

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
