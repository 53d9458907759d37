package county

import (
	"cmp"
	"fmt"
	"math"
	"slices"
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
	at := 0
	for _, t := range b.in.Indicators {
		rows, err := b.indicatorRows(t)
		if err != nil {
			return err
		}
		for _, c := range t.Columns {
			if err := b.measure(t.Head, rows, c, at); err != nil {
				return err
			}
			at++
		}
	}
	return nil
}

// indicatorRows returns the rows that belong to the county.
func (b *builder) indicatorRows(t IndicatorTable) ([]source.ValueRow, error) {
	if err := b.linked(t.Head); err != nil {
		return nil, err
	}
	seen := make(map[string]bool, len(t.Data.Rows))
	var rows []source.ValueRow
	var dropped []string
	for _, r := range t.Data.Rows {
		if seen[r.Code] {
			return nil, twice(t.File, r.Line, "code", r.Code, "each area once")
		}
		seen[r.Code] = true
		if b.ours(t.Head, AreaCode(r.Code)) {
			rows = append(rows, r)
		} else {
			dropped = append(dropped, r.Code)
		}
	}
	b.use(t.Head, t.Data.Read, len(rows), dropped)
	return rows, nil
}

// column reads one column of a table of indicators by area of the table.
type column struct {
	head Head
	id   string // of the indicator
	rows []source.ValueRow
	err  error // the first value out of range
}

// read returns the known values of column k, nil when the table has none. what
// names them in an error, which is kept.
func (c *column) read(k int, lo, hi float64, what string) map[AreaCode]float64 {
	if k == NoColumn || c.err != nil {
		return nil
	}
	values := make(map[AreaCode]float64, len(c.rows))
	for _, r := range c.rows {
		v := r.Values[k]
		if !v.Known {
			continue
		}
		if !(v.Number >= lo && v.Number <= hi) {
			c.err = &source.RowError{File: c.head.File, Line: r.Line, Field: c.id + " " + what, Found: strconv.FormatFloat(v.Number, 'g', -1, 64),
				Want: within(lo, hi), Do: "correct the value, or map another column"}
			return nil
		}
		values[AreaCode(r.Code)] = v.Number
	}
	return values
}

// within writes a range for a message.
func within(lo, hi float64) string {
	switch {
	case hi < math.MaxFloat64:
		return fmt.Sprintf("%g to %.0f", lo, hi)
	case lo > -math.MaxFloat64:
		return fmt.Sprintf("%g or more", lo)
	}
	return "a finite number"
}

// measure fills in one indicator.
func (b *builder) measure(h Head, rows []source.ValueRow, c IndicatorColumns, at int) error {
	of, top := math.MaxFloat64, 1.0
	if c.Of > 0 {
		of = float64(c.Of)
	}
	if c.Percent {
		top = 100
	}
	col := column{head: h, id: c.ID, rows: rows}
	ranks := b.carry(h, col.read(c.Rank, 1, of, "rank"))
	deciles := b.carry(h, col.read(c.Decile, 1, 10, "decile"))
	scores := b.carry(h, col.read(c.Score, -math.MaxFloat64, math.MaxFloat64, "score"))
	rates := b.carry(h, col.read(c.Rate, 0, top, "rate"))
	numbers := b.carryNumber(h, col.read(c.Numerator, 0, math.MaxFloat64, "number of people"), c.Ages)
	values := b.carry(h, col.read(c.Value, -math.MaxFloat64, math.MaxFloat64, "value"))
	if col.err != nil {
		return col.err
	}
	var blank []AreaCode
	capped := 0
	for i := range b.county.Areas {
		a := &b.county.Areas[i]
		m := &a.Measures[at]
		*m = Measure{Rank: ranks[a.Code], Decile: deciles[a.Code], Score: scores[a.Code], Rate: rates[a.Code]}
		m.Rate.Number /= top
		if n, ok := numbers[a.Code]; ok && !m.Rate.Known() {
			if m.Rate = rateOf(n, a.Residents.Between(c.Ages[0], c.Ages[1])); m.Rate.Number > 1 {
				m.Rate.Number = 1
				capped++
			}
		}
		if c.Value != NoColumn {
			m.Score = values[a.Code]
		}
		m.Decile = tenth(m.Decile, m.Rank, c.Of)
		if *m == (Measure{}) {
			blank = append(blank, a.Code)
		}
	}
	if c.Value != NoColumn && c.Rank == NoColumn {
		b.rankWithin(at, c.LowIsBad)
	}
	detail := fmt.Sprintf("%d of %d areas; not published for: %s", len(b.county.Areas)-len(blank), len(b.county.Areas), list(blank))
	if capped > 0 {
		detail += fmt.Sprintf("; %s over one (a rounded number of people over an estimate) taken as one", plural(capped, "rate"))
	}
	b.checks.add(len(blank)*2 < len(b.county.Areas), fmt.Sprintf("Most areas have a value of the indicator %s", c.ID), "%s", detail)
	return nil
}

// rateOf returns the share that number is of the residents, estimated because
// the two come from different tables; Unknown when nobody lives there.
func rateOf(number, residents float64) Value {
	if residents == 0 {
		return Value{}
	}
	return Value{number / residents, Estimated}
}

// tenth returns the decile of an area. A published one stands; one that was
// carried is told anew from the rank, since the mean of two deciles is none, or
// rounded when there is no rank; without one it is told from the rank.
func tenth(decile, rank Value, of int) Value {
	switch {
	case decile.Basis == Measured:
		return decile
	case rank.Known() && of > 0:
		return Value{math.Ceil(rank.Number * 10 / float64(of)), rank.Basis}
	}
	decile.Number = math.Round(decile.Number)
	return decile
}

// carry turns values of the table's areas into values of the county's.
func (b *builder) carry(h Head, old map[AreaCode]float64) map[AreaCode]Value {
	out := make(map[AreaCode]Value, len(old))
	switch {
	case old == nil:
	case h.Older:
		for code, v := range b.links.Rates(old, b.older) {
			basis := Carried
			if b.links.Unchanged(code) {
				basis = Measured
			}
			out[code] = Value{v, basis}
		}
	default:
		for code, v := range old {
			out[code] = Value{v, Measured}
		}
	}
	return out
}

// carryNumber turns numbers of people aged ages[0] to ages[1] into numbers for
// the county's areas, nobody lost.
func (b *builder) carryNumber(h Head, old map[AreaCode]float64, ages [2]int) map[AreaCode]float64 {
	if old == nil || !h.Older {
		return old
	}
	return b.links.Numbers(old, b.residents, ages)
}

// rankWithin ranks the areas by an indicator that has no national rank: 1 is
// the most deprived, equal values share the better rank.
func (b *builder) rankWithin(at int, lowIsBad bool) {
	var order []*Measure
	for i := range b.county.Areas {
		if m := &b.county.Areas[i].Measures[at]; m.Score.Known() {
			order = append(order, m)
		}
	}
	slices.SortStableFunc(order, func(x, y *Measure) int {
		if lowIsBad {
			x, y = y, x
		}
		return cmp.Compare(y.Score.Number, x.Score.Number)
	})
	rank := 0
	for k, m := range order {
		if k == 0 || m.Score.Number != order[k-1].Score.Number {
			rank = k + 1
		}
		m.Rank = Value{float64(rank), m.Score.Basis}
		m.Decile = Value{math.Ceil(float64(rank) * 10 / float64(len(order))), m.Score.Basis}
	}
	b.county.Indicators[at].Of, b.county.Indicators[at].Local = len(order), true
}
