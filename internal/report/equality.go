package report

import (
	"strings"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// equalityRow is one group of one characteristic under one option. row is nil
// where the characteristic was not assessed.
type equalityRow struct {
	r      *study.Results
	impact *study.EqualityImpact
	what   *study.Characteristic
	row    *estate.PublicRow
}

// equalityTable is equality.csv, the table of an equality impact assessment: for
// every option but the baseline, each protected characteristic and what else the
// study has tables of, group by group, and a row with the gap in words where there
// is none. Small numbers are hidden and others rounded, see "Small numbers" in the package's text.
func equalityTable(r *study.Results) table[equalityRow] {
	cell := func(of func(*estate.PublicRow) estate.Cell) func(equalityRow) value {
		return func(e equalityRow) value {
			if e.row == nil {
				return value{}
			}
			return publicPeople(of(e.row))
		}
	}
	return table[equalityRow]{
		name: "equality", about: "What each option does to groups of people with protected characteristics; small numbers hidden, others rounded",
		rows: func(yield func(equalityRow) bool) {
			for k := range r.Options {
				if k != r.Baseline && !equalityRows(r, r.EqualityImpact(k), yield) {
					return
				}
			}
		},
		columns: []column[equalityRow]{
			{"option_id", sqlText, func(e equalityRow) value { return text(e.impact.Option) }},
			{"characteristic", sqlText, func(e equalityRow) value { return text(e.what.Name) }},
			{"protected", sqlFlag, func(e equalityRow) value { return flag(e.what.Protected) }},
			{"group", sqlText, func(e equalityRow) value {
				if e.row == nil {
					return value{}
				}
				return text(e.row.Group)
			}},
			{"people", sqlReal, cell(func(p *estate.PublicRow) estate.Cell { return p.People })},
			{"kept", sqlReal, cell(func(p *estate.PublicRow) estate.Cell { return p.Kept })},
			{"lost", sqlReal, cell(func(p *estate.PublicRow) estate.Cell { return p.Lost })},
			{"gained", sqlReal, cell(func(p *estate.PublicRow) estate.Cell { return p.Gained })},
			{"neither", sqlReal, cell(func(p *estate.PublicRow) estate.Cell { return p.Neither })},
			{"mean_extra_walk_min", sqlReal, func(e equalityRow) value { return extraWalk(e.row) }},
			{"hidden", sqlText, func(e equalityRow) value { return hiddenCells(e.row) }},
			{"source", sqlText, func(e equalityRow) value { return text(e.what.Source) }},
			{"gap", sqlText, func(e equalityRow) value { return text(e.what.Gap) }},
			{"walk", sqlText, func(e equalityRow) value { return text(walkBasis(e.r)) }},
		},
	}
}

// equalityRows yields the rows of one option, and reports whether more are wanted.
func equalityRows(r *study.Results, e *study.EqualityImpact, yield func(equalityRow) bool) bool {
	for i := range e.Characteristics {
		c, rows := &e.Characteristics[i], 0
		for k := range e.Rows {
			for _, d := range c.Dimensions {
				if e.Rows[k].Dimension == d {
					rows++
					if !yield(equalityRow{r, e, c, &e.Rows[k]}) {
						return false
					}
				}
			}
		}
		if rows == 0 && !yield(equalityRow{r, e, c, nil}) {
			return false
		}
	}
	return true
}

// publicPeople is a number of people, unknown where it is hidden.
func publicPeople(c estate.Cell) value { return people(c.People).when(!c.Suppressed) }

// extraWalk is the mean extra walk of those who lose, unknown where that is
// nobody, or hidden.
func extraWalk(p *estate.PublicRow) value {
	if p == nil {
		return value{}
	}
	return minutes(p.ExtraMin).when(!p.Lost.Suppressed && p.Lost.People > 0)
}

// hiddenCells names the numbers of a row that are hidden.
func hiddenCells(p *estate.PublicRow) value {
	if p == nil {
		return value{}
	}
	return text(strings.Join(p.Hidden(), ";"))
}

// closureGroupRow is what one group loses by the closure of one site.
type closureGroupRow struct {
	r       *study.Results
	option  estate.OptionID
	closure *study.PublicClosure
	group   *estate.PublicRow
}

// closureGroupsTable is closure_groups.csv: for every closure of closures.csv, who
// loses by age, need, decile and group of people. A closure that so few lose by
// that nothing more may be said has no rows.
func closureGroupsTable(r *study.Results) table[closureGroupRow] {
	return table[closureGroupRow]{
		name: "closure_groups", about: "Who loses by each closure, by group; small numbers hidden, others rounded",
		rows: func(yield func(closureGroupRow) bool) {
			for k := range r.Options {
				closures := r.Closures(k)
				for i := range closures {
					for g := range closures[i].Groups {
						if !yield(closureGroupRow{r, r.Options[k].Option.ID, &closures[i], &closures[i].Groups[g]}) {
							return
						}
					}
				}
			}
		},
		columns: []column[closureGroupRow]{
			{"option_id", sqlText, func(c closureGroupRow) value { return text(c.option) }},
			{"site_id", sqlText, func(c closureGroupRow) value { return siteID(c.r.County, c.closure.Site) }},
			{"site_name", sqlText, func(c closureGroupRow) value { return siteName(c.r.County, c.closure.Site) }},
			{"dimension", sqlText, func(c closureGroupRow) value { return text(c.group.Dimension) }},
			{"group", sqlText, func(c closureGroupRow) value { return text(c.group.Group) }},
			{"lost", sqlReal, func(c closureGroupRow) value { return publicPeople(c.group.Lost) }},
			{"mean_extra_walk_min", sqlReal, func(c closureGroupRow) value { return extraWalk(c.group) }},
			{"walk", sqlText, func(c closureGroupRow) value { return text(walkBasis(c.r)) }},
		},
	}
}

// equalityPart is what summary.json says of the equality tables.
type equalityPart struct {
	SmallNumber     value                `json:"small_number"`
	Rule            string               `json:"rule"`
	Characteristics []characteristicPart `json:"characteristics"`
}

type characteristicPart struct {
	Name      string `json:"name"`
	Protected bool   `json:"protected"`
	Assessed  bool   `json:"assessed"`
	Source    value  `json:"source"`
	Gap       value  `json:"gap"`
}

// smallNumberRule is the rule of the tables of groups in one sentence.
const smallNumberRule = "Tables of groups hide numbers over 0 and under small_number, and as many others as it takes that none can be told by adding up or subtracting, and round the rest to the nearest multiple of small_number; " +
	"figures by area hold no group and are modelled: published residents times the share of an area's points."

func equalityPartOf(r *study.Results) equalityPart {
	e := r.EqualityImpact(r.Baseline)
	p := equalityPart{SmallNumber: people(e.Threshold), Rule: smallNumberRule, Characteristics: []characteristicPart{}}
	for _, c := range e.Characteristics {
		p.Characteristics = append(p.Characteristics, characteristicPart{c.Name, c.Protected, len(c.Dimensions) > 0, text(c.Source), text(c.Gap)})
	}
	return p
}
