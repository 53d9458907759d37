package county

import (
	"fmt"
	"math"
	"sort"
	"strconv"

	"hubreach/internal/source"
)

// measures gives every area its indicators.
func (b *builder) measures() error {
	for _, t := range b.in.Indicators {
		for _, c := range t.Columns {
			b.county.Indicators = append(b.county.Indicators, c.Indicator)
		}
	}
	for i := range b.county.Areas {
		b.county.Areas[i].Measures = make([]Measure, len(b.county.Indicators))
	}
	first := 0
	for _, t := range b.in.Indicators {
		rows := map[AreaCode]source.ValueRow{}
		for _, r := range t.Data.Rows {
			code := AreaCode(r.Code)
			if _, twice := rows[code]; twice {
				return &source.RowError{File: t.File, Line: r.Line, Field: "code", Found: r.Code, Want: "each area once", Do: "remove the second row"}
			}
			rows[code] = r
		}
		if t.Older && b.links == nil {
			return fmt.Errorf("%s is keyed to older areas, and there is no look-up: add an input with role \"lookup\"", t.File)
		}
		used := 0
		for code := range rows {
			_, here := b.at[code]
			if here && !t.Older || t.Older && len(b.links.Children(code)) > 0 {
				used++
			}
		}
		b.use(t.Head, t.Data.Read, used, len(t.Data.Rows)-used)
		for k, c := range t.Columns {
			if err := b.measure(t.Head, rows, c, first+k); err != nil {
				return err
			}
		}
		first += len(t.Columns)
	}
	return nil
}

// measure fills in one indicator.
func (b *builder) measure(h Head, rows map[AreaCode]source.ValueRow, c IndicatorColumns, at int) error {
	column := func(k int, lo, hi float64, what string) (map[AreaCode]Value, error) {
		if k == NoColumn {
			return nil, nil
		}
		old := map[AreaCode]float64{}
		for code, r := range rows {
			v := r.Values[k]
			if !v.Known {
				continue
			}
			if v.Number < lo || v.Number > hi || math.IsNaN(v.Number) {
				return nil, &source.RowError{File: h.File, Line: r.Line, Field: c.ID + " " + what, Found: strconv.FormatFloat(v.Number, 'g', -1, 64),
					Want: fmt.Sprintf("%g to %g", lo, hi), Do: "correct the value, or map another column"}
			}
			old[code] = v.Number
		}
		return b.carry(h, old), nil
	}
	inf := math.Inf(1)
	of := inf
	if c.Of > 0 {
		of = float64(c.Of)
	}
	top := 1.0
	if c.Percent {
		top = 100
	}
	ranks, err := column(c.Rank, 1, of, "rank")
	if err != nil {
		return err
	}
	deciles, err := column(c.Decile, 1, 10, "decile")
	if err != nil {
		return err
	}
	scores, err := column(c.Score, -inf, inf, "score")
	if err != nil {
		return err
	}
	rates, err := column(c.Rate, 0, top, "rate")
	if err != nil {
		return err
	}
	numerators, err := column(c.Numerator, 0, inf, "number")
	if err != nil {
		return err
	}
	values, err := column(c.Value, -inf, inf, "value")
	if err != nil {
		return err
	}
	var blank []AreaCode
	capped := 0
	for i := range b.county.Areas {
		a := &b.county.Areas[i]
		m := &a.Measures[at]
		m.Rank, m.Decile, m.Score, m.Rate = ranks[a.Code], deciles[a.Code], scores[a.Code], rates[a.Code]
		if c.Percent {
			m.Rate.Number /= 100
		}
		if n := numerators[a.Code]; n.Known() && !m.Rate.Known() {
			if people := a.Residents.Between(c.Ages[0], c.Ages[1]); people > 0 {
				rate := n.Number / people
				if rate > 1 {
					rate, capped = 1, capped+1
				}
				m.Rate = Value{rate, Estimated}
			}
		}
		if c.Value != NoColumn {
			m.Score = values[a.Code]
		}
		if m.Decile.Basis == Unknown && m.Rank.Known() && c.Of > 0 {
			m.Decile = Value{math.Ceil(m.Rank.Number * 10 / float64(c.Of)), m.Rank.Basis}
		}
		if !m.Rank.Known() && !m.Rate.Known() && !m.Score.Known() {
			blank = append(blank, a.Code)
		}
	}
	if c.Value != NoColumn {
		b.rankWithin(at, c.LowIsBad)
	}
	detail := fmt.Sprintf("%d of %d areas; not published for: %s", len(b.county.Areas)-len(blank), len(b.county.Areas), list(blank))
	if capped > 0 {
		detail += fmt.Sprintf("; %d rates over one (a rounded number of people over an estimate) were taken as one", capped)
	}
	b.checks.add(len(blank)*2 < len(b.county.Areas), fmt.Sprintf("Most areas have a value of the indicator %s", c.ID), "%s", detail)
	return nil
}

// carry turns values of the table's areas into values of the county's.
func (b *builder) carry(h Head, old map[AreaCode]float64) map[AreaCode]Value {
	out := make(map[AreaCode]Value, len(old))
	if !h.Older {
		for code, v := range old {
			out[code] = Value{v, Measured}
		}
		return out
	}
	for code, v := range b.links.Rates(old, b.older) {
		basis := Carried
		if b.unchanged(code) {
			basis = Measured
		}
		out[code] = Value{v, basis}
	}
	return out
}

// rankWithin ranks the areas by an indicator that has no national rank: 1 is
// the most deprived, equal values share the better rank.
func (b *builder) rankWithin(at int, lowIsBad bool) {
	var order []int
	for i := range b.county.Areas {
		if b.county.Areas[i].Measures[at].Score.Known() {
			order = append(order, i)
		}
	}
	value := func(i int) float64 {
		v := b.county.Areas[i].Measures[at].Score.Number
		if lowIsBad {
			return -v
		}
		return v
	}
	sort.SliceStable(order, func(i, j int) bool { return value(order[i]) > value(order[j]) })
	rank := 0
	for k, i := range order {
		if k == 0 || value(i) != value(order[k-1]) {
			rank = k + 1
		}
		m := &b.county.Areas[i].Measures[at]
		m.Rank = Value{float64(rank), m.Score.Basis}
		m.Decile = Value{math.Ceil(float64(rank) * 10 / float64(len(order))), m.Score.Basis}
	}
	b.county.Indicators[at].Of = len(order)
}

// ruralUrban gives every area its class and whether it is rural: classes that
// begin with R (2021) or with D, E or F (2011).
//
// Source: ONS, 2021 Rural Urban Classification; Defra and ONS, 2011 RUC.
func (b *builder) ruralUrban() error {
	const title = "Every area has a rural-urban class"
	if len(b.in.RuralUrban) == 0 {
		b.checks.notRun(title, "no rural-urban table; the rural rule is not assessed")
		return nil
	}
	classes := map[AreaCode]string{}
	for _, t := range b.in.RuralUrban {
		rows := map[AreaCode]string{}
		for _, r := range t.Data.Rows {
			rows[AreaCode(r.Texts[0])] = r.Texts[1]
		}
		if t.Older {
			if b.links == nil {
				return fmt.Errorf("%s is keyed to older areas, and there is no look-up: add an input with role \"lookup\"", t.File)
			}
			rows = b.links.Texts(rows)
		}
		used := 0
		for code, class := range rows {
			if _, ok := b.at[code]; ok {
				used++
				if classes[code] == "" {
					classes[code] = class
				}
			}
		}
		b.use(t.Head, t.Data.Read, used, max(0, len(t.Data.Rows)-used))
	}
	count := map[string]int{}
	var without []AreaCode
	for i := range b.county.Areas {
		a := &b.county.Areas[i]
		a.RuralUrban = classes[a.Code]
		if a.RuralUrban == "" {
			without = append(without, a.Code)
			continue
		}
		count[a.RuralUrban]++
		switch a.RuralUrban[0] {
		case 'R', 'D', 'E', 'F':
			a.Rural = true
		}
	}
	kinds := make([]string, 0, len(count))
	for k, n := range count {
		kinds = append(kinds, fmt.Sprintf("%s %d", k, n))
	}
	b.checks.add(len(without) == 0, title, "%s; without: %s", list(kinds), list(without))
	return nil
}
