package county

import (
	"fmt"
	"math"

	"hubreach/internal/source"
)

// residents gives every area its people. The first population table counts
// them; when it is keyed to older areas it is carried over, and the splits are
// weighted by the first table that is keyed to the areas themselves.
func (b *builder) residents() error {
	if len(b.in.Population) == 0 {
		return fmt.Errorf("no population table: add an input with role \"population\"")
	}
	ages := make([]map[AreaCode]Ages, len(b.in.Population))
	for i, t := range b.in.Population {
		if len(t.Data.Bands) == 0 {
			if i == 0 {
				return &source.RowError{File: t.File, Field: "age columns", Want: "single years of age or age bands", Do: "map the columns of ages, or put a table with ages first"}
			}
			continue
		}
		ages[i] = make(map[AreaCode]Ages, len(t.Data.Rows))
		for _, r := range t.Data.Rows {
			code := AreaCode(r.Code)
			if _, twice := ages[i][code]; twice {
				return &source.RowError{File: t.File, Line: r.Line, Field: "code", Found: r.Code, Want: "each area once", Do: "remove the second row"}
			}
			ages[i][code] = agesOf(t.Data.Bands, r.Counts)
		}
		for _, note := range t.Data.Notes {
			b.checks.add(false, fmt.Sprintf("The ages of every row of %s add up to its total", t.Name), "%s", note)
		}
	}
	for i, t := range b.in.Population {
		if i > 0 && !t.Older && ages[i] != nil {
			b.weights = ages[i]
			break
		}
	}
	first := b.in.Population[0]
	counted := ages[0]
	basis := Measured
	if first.Older {
		if b.links == nil {
			return fmt.Errorf("%s is keyed to older areas, and there is no look-up: add an input with role \"lookup\"", first.File)
		}
		b.older = map[AreaCode]Ages{}
		for code, a := range counted {
			if len(b.links.Children(code)) > 0 {
				b.older[code] = a
			}
		}
		carried, err := b.links.Counts(b.older, b.weights)
		if err != nil {
			return fmt.Errorf("%s: %w", first.File, err)
		}
		b.conserved(first.Name, b.older, carried)
		counted, basis = carried, Carried
		b.use(first.Head, first.Data.Read, len(b.older), len(first.Data.Rows)-len(b.older))
	} else {
		used := 0
		for code := range counted {
			if _, ok := b.at[code]; ok {
				used++
			}
		}
		b.use(first.Head, first.Data.Read, used, len(first.Data.Rows)-used)
	}
	for i, t := range b.in.Population[1:] { // weights only
		b.use(t.Head, t.Data.Read, b.known(ages[i+1]), len(t.Data.Rows)-b.known(ages[i+1]))
	}
	return b.people(counted, basis, single(first.Data.Bands, 25))
}

func (b *builder) known(rows map[AreaCode]Ages) int {
	n := 0
	for code := range rows {
		if _, ok := b.at[code]; ok {
			n++
		}
	}
	return n
}

// people puts the counted residents into the areas.
func (b *builder) people(counted map[AreaCode]Ages, basis Basis, single bool) error {
	var without []AreaCode
	measured, carried := 0, 0
	for i := range b.county.Areas {
		a := &b.county.Areas[i]
		ages, ok := counted[a.Code]
		if !ok {
			without = append(without, a.Code)
			continue
		}
		a.Residents, a.People = ages, basis
		switch {
		case basis == Carried && b.unchanged(a.Code):
			a.People = Measured
		case !single:
			a.People = Estimated
		}
		if a.People == Carried {
			carried++
		} else {
			measured++
		}
	}
	b.checks.add(len(without) == 0, "Every area has a population", "%d areas with people, %d of them carried from areas of an older edition; without: %s", measured+carried, carried, list(without))
	b.checks.add(single, "Ages are published by single year up to 25", "%s", map[bool]string{
		true:  "every age band is a sum of published years",
		false: "the table has bands of ages; people of a band are spread evenly over its years, so 0-19 is an estimate",
	}[single])
	if b.county.People(0, LastAge) == 0 {
		return fmt.Errorf("%s: nobody lives in the areas of the boundaries: check the area codes of both files", b.in.Population[0].File)
	}
	return nil
}

// unchanged reports whether the area is one older area, whole.
func (b *builder) unchanged(code AreaCode) bool {
	parents := b.links.Parents(code)
	return len(parents) == 1 && len(b.links.Children(parents[0])) == 1
}

func (b *builder) conserved(name string, before, after map[AreaCode]Ages) {
	sum := func(m map[AreaCode]Ages, to int) float64 {
		total := 0.0
		for _, code := range sortedCodes(m) {
			a := m[code]
			total += a.Between(0, to)
		}
		return total
	}
	all, young := sum(before, LastAge), sum(before, 19)
	allAfter, youngAfter := sum(after, LastAge), sum(after, 19)
	const tolerance = 1e-6 // people: rounding of the last bits over a county
	ok := math.Abs(all-allAfter) < tolerance*max(1, all) && math.Abs(young-youngAfter) < tolerance*max(1, young)
	b.checks.add(ok, fmt.Sprintf("Carrying %s over conserves its people", name), "%s people before and %s after; aged 0-19 %s before and %s after",
		people(all), people(allAfter), people(young), people(youngAfter))
}
