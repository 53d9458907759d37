package report

import (
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// closureRow is what one area, or all of them, loses by the closure of one site.
type closureRow struct {
	r      *study.Results
	option *study.OptionResult
	study.PublicClosure
	area *study.PublicClosureArea // nil: the row of the whole closure
}

// closuresTable is closures.csv: for every site that is open under the baseline
// and not under an option, who had no other within the walk, and where they can
// go now. The first row of a site, without an area, is its total. lost_0_19 is
// rounded as in losers.csv, and empty where a number is too small to be published,
// or would give one away; the
// areas of a site that only few lose by are left out, and withheld says so.
// next_site_id is the open site now nearest to most of those who lose on foot, or
// in a straight line where no walk was found; the minutes
// by public transport, or on foot where that is quicker, are those of the deciding
// window, empty where there is no journey within the limit or none was assessed.
func closuresTable(r *study.Results) table[closureRow] {
	next := func(of func(closureRow) value) func(closureRow) value {
		return func(c closureRow) value {
			if c.area == nil || c.area.Next < 0 {
				return value{}
			}
			return of(c)
		}
	}
	return table[closureRow]{
		name: "closures", about: "Who loses by each closure, and the nearest open site now, on foot and by public transport",
		rows: func(yield func(closureRow) bool) {
			for k := range r.Options {
				for _, closure := range r.Closures(k) {
					c := closureRow{r, &r.Options[k], closure, nil}
					if !yield(c) {
						return
					}
					for n := range closure.Areas {
						if c.area = &closure.Areas[n]; !yield(c) {
							return
						}
					}
				}
			}
		},
		columns: []column[closureRow]{
			{"option_id", sqlText, func(c closureRow) value { return text(c.option.Option.ID) }},
			{"site_id", sqlText, func(c closureRow) value { return siteID(c.r.County, c.Site) }},
			{"site_name", sqlText, func(c closureRow) value { return siteName(c.r.County, c.Site) }},
			{"district_code", sqlText, func(c closureRow) value { return text(c.r.County.Sites[c.Site].District) }},
			{"area_code", sqlText, func(c closureRow) value { return text(c.where().Code) }},
			{"area_name", sqlText, func(c closureRow) value { return text(c.where().Name) }},
			{"lost_0_19", sqlReal, func(c closureRow) value { return people(c.lost().People).when(!c.lost().Suppressed) }},
			{"withheld", sqlFlag, func(c closureRow) value { return flag(c.Withheld) }},
			{"next_site_id", sqlText, next(func(c closureRow) value { return siteID(c.r.County, c.area.Next) })},
			{"next_site_name", sqlText, next(func(c closureRow) value { return siteName(c.r.County, c.area.Next) })},
			{"next_walk_min", sqlReal, next(func(c closureRow) value { return minutes(c.area.WalkMin) })},
			{"next_transit_min", sqlReal, next(func(c closureRow) value { return minutes(c.area.NextTransitMin).when(c.area.Transit) })},
			{"next_line_km", sqlReal, next(func(c closureRow) value { return real(float64(c.area.NextLine)/1000, 1, false) })},
			{"walk_found_share", sqlReal, func(c closureRow) value { return c.ofArea(func() value { return ratio(c.area.Found) }) }},
			{"transit_min", sqlReal, func(c closureRow) value {
				return c.ofArea(func() value { return minutes(c.area.TransitMin).when(c.area.Transit) })
			}},
			{"walk", sqlText, func(c closureRow) value { return text(walkBasis(c.r)) }},
		},
	}
}

// where returns the area, an empty one in the row of the whole closure.
func (c closureRow) where() county.Area {
	if c.area == nil {
		return county.Area{}
	}
	return c.r.County.Areas[c.area.Area]
}

// lost returns the people who lose.
func (c closureRow) lost() estate.Cell {
	if c.area == nil {
		return c.People
	}
	return c.area.People
}

// ofArea returns a value of an area, unknown in the row of the whole closure.
func (c closureRow) ofArea(of func() value) value {
	if c.area == nil {
		return value{}
	}
	return of()
}
