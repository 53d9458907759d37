package county

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"hubreach/internal/source"
)

// count gives every area its people. The first population table counts them;
// when it is keyed to older areas it is carried over, and the splits are
// weighted by the first table that is keyed to the areas themselves.
func (b *builder) count() error {
	if len(b.in.Population) == 0 {
		return fmt.Errorf("%w: add an input with role \"population\"", ErrNoPeople)
	}
	first := b.in.Population[0]
	if err := agesPublished(first); err != nil {
		return err
	}
	if err := b.linked(first.Head); err != nil {
		return err
	}
	counted, err := b.countRows(first)
	if err != nil {
		return err
	}
	var weights map[AreaCode]Ages
	for _, t := range b.in.Population[1:] {
		rows, err := b.countRows(t)
		if err != nil {
			return err
		}
		if weights == nil && !t.Older {
			weights = rows
		}
	}
	basis := Measured
	if first.Older {
		if counted, err = b.carryPeople(first.Name, counted, weights); err != nil {
			return fmt.Errorf("%s: %w", first.File, err)
		}
		basis = Carried
	}
	b.residents = counted
	return b.people(counted, basis)
}

// agesPublished returns an error unless the table has every age up to 19: what
// the table leaves out would be read as nobody.
func agesPublished(t Table[source.Population]) error {
	next := 0
	for _, band := range t.Data.Bands {
		if band.From > next {
			break
		}
		next = band.To + 1
	}
	if next > 19 {
		return nil
	}
	return &source.RowError{File: t.File, Field: "age columns", Want: fmt.Sprintf("every age from 0 to 19, in single years or bands; age %d is in none", next),
		Do: "map the columns of ages, or put a table with ages first"}
}

// countRows reads the rows of a population table and says how many belong to
// the county. The others are kept: an area outside it may share a parent with
// one inside. A table with totals only has its people spread over all ages,
// which is enough for a weight.
func (b *builder) countRows(t Table[source.Population]) (map[AreaCode]Ages, error) {
	rows := make(map[AreaCode]Ages, len(t.Data.Rows))
	var dropped []string
	for _, r := range t.Data.Rows {
		code := AreaCode(r.Code)
		if _, again := rows[code]; again {
			return nil, twice(t.File, r.Line, "code", r.Code, "each area once")
		}
		bands, counts := t.Data.Bands, r.Counts
		if len(bands) == 0 {
			bands, counts = []source.AgeBand{{From: 0, To: source.OpenAge}}, []float64{r.Total.Number}
		}
		for k, n := range counts {
			if !(n >= 0) || math.IsInf(n, 1) {
				return nil, &source.RowError{File: t.File, Line: r.Line, Field: fmt.Sprintf("residents aged %d", bands[k].From), Found: fmt.Sprint(n), Want: "a number of people, zero or more", Do: "correct the value"}
			}
		}
		rows[code] = agesOf(bands, counts)
		if !b.ours(t.Head, code) {
			dropped = append(dropped, r.Code)
		}
	}
	for _, note := range t.Data.Notes {
		b.checks.add(false, fmt.Sprintf("The ages of every row of %s add up to its total", t.Name), "%s", note)
	}
	b.use(t.Head, t.Data.Read, len(t.Data.Rows)-len(dropped), dropped)
	return rows, nil
}

// carryPeople carries residents of older areas to the areas of the county, and
// to those outside it that share a parent with one.
func (b *builder) carryPeople(name string, rows, weights map[AreaCode]Ages) (map[AreaCode]Ages, error) {
	b.older = map[AreaCode]Ages{}
	var equally []AreaCode
	for code, a := range rows {
		children := b.links.Children(code)
		if len(children) == 0 {
			continue
		}
		b.older[code] = a
		if len(children) > 1 && !weighted(children, weights) {
			equally = append(equally, code)
		}
	}
	carried, err := b.links.Counts(b.older, weights)
	if err != nil {
		return nil, err
	}
	b.conserved(name, carried)
	b.checks.add(len(equally) == 0, "Every split area is shared by the residents of its parts", "shared equally, since no table counts all of the parts: %s", list(equally))
	return carried, nil
}

// people puts the counted residents into the areas.
func (b *builder) people(counted map[AreaCode]Ages, basis Basis) error {
	first := b.in.Population[0]
	oneYear := single(first.Data.Bands, 25)
	var without []AreaCode
	carried := 0
	for i := range b.county.Areas {
		a := &b.county.Areas[i]
		ages, ok := counted[a.Code]
		if !ok {
			without = append(without, a.Code)
			continue
		}
		a.Residents, a.People = ages, Measured
		if basis == Carried && !b.links.Unchanged(a.Code) {
			a.People = Carried
			carried++
		}
		if !oneYear {
			a.People = Estimated
		}
	}
	b.checks.add(len(without) == 0, "Every area has a population", "%s with people, %d of them carried from areas of an older edition; without: %s",
		plural(len(b.county.Areas)-len(without), "area"), carried, list(without))
	b.checkBands(first.Data.Bands, oneYear)
	if b.county.People(0, LastAge) == 0 {
		return &source.RowError{File: first.File, Field: "code", Want: "codes of the areas of the boundaries; nobody lives in any of those", Do: "check the area codes of both files", Err: ErrNoPeople}
	}
	return nil
}

// checkBands says what bands of ages cost.
func (b *builder) checkBands(bands []source.AgeBand, oneYear bool) {
	detail := "every age band is a sum of published years"
	switch {
	case !oneYear && cutAt(bands, 20):
		detail = "the table has bands of ages; 0-19 is a sum of published bands, but within a band people are spread evenly over its years, so narrower groups are estimates"
	case !oneYear:
		detail = "the table has bands of ages; people of a band are spread evenly over its years, so 0-19 is an estimate"
	}
	b.checks.add(oneYear, "Ages are published by single year up to 25", "%s", detail)
	next := 0
	for _, band := range bands {
		if band.From > next {
			break
		}
		next = band.To + 1
	}
	if next <= LastAge {
		b.checks.add(false, "Residents of every age are counted", "no column counts age %d and over, so the size of towns is not the whole of it", next)
	}
}

// conserved checks that carrying loses nobody.
func (b *builder) conserved(name string, carried map[AreaCode]Ages) {
	sum := func(m map[AreaCode]Ages, to int, counts func(AreaCode) bool) float64 {
		total := 0.0
		for _, code := range slices.Sorted(maps.Keys(m)) {
			if a := m[code]; counts(code) {
				total += a.Between(0, to)
			}
		}
		return total
	}
	everywhere := func(AreaCode) bool { return true }
	outside := func(code AreaCode) bool { return !b.ours(Head{}, code) }
	const tolerance = 1e-6 // of the people: rounding of the last bits over a county
	ok := true
	var before, after, beyond [2]float64
	for k, to := range [2]int{LastAge, 19} {
		before[k], after[k], beyond[k] = sum(b.older, to, everywhere), sum(carried, to, everywhere), sum(carried, to, outside)
		ok = ok && math.Abs(before[k]-after[k]) <= tolerance*max(1, before[k])
	}
	detail := fmt.Sprintf("%s people before and %s after; aged 0-19 %s before and %s after", people(before[0]), people(after[0]), people(before[1]), people(after[1]))
	if beyond[0] > 0 {
		detail += fmt.Sprintf("; %s of them, %s aged 0-19, live in parts of older areas that lie outside the county", people(beyond[0]), people(beyond[1]))
	}
	b.checks.add(ok, fmt.Sprintf("Carrying %s over conserves its people", name), "%s", detail)
}
