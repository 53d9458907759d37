package draft

import (
	"cmp"
	"maps"
	"slices"

	"hubreach/internal/study"
)

// choosePopulation takes single years of age before bands, and areas of the
// study's edition before older ones. When the best is keyed to older areas, the
// finest table of the study's own areas goes with it, to share split areas out.
func (c *chooser) choosePopulation() {
	all := c.of("population")
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(c.older(a), c.older(b)), -cmp.Compare(a.year, b.year))
	})
	var first, weights *offer
	for _, o := range all {
		const total, denominators = 2, 3
		switch {
		case first == nil && o.level < total:
			first, o.taken = o, true
		case first != nil && weights == nil && c.older(first) == 1 && c.older(o) == 0 && o.level < denominators:
			weights, o.taken = o, true
			o.remarks = append(o.remarks, "It shares out the people of areas that were split since: "+first.label()+" counts them.")
		case o.level == denominators:
			o.refuse("the denominators of the Indices count no child by age")
		case o.level == total:
			o.refuse("it has no ages: a study needs every age from 0 to 19")
		default:
			o.refuse("%s is taken", first.label())
		}
	}
	if weights != nil { // the first of a study counts the people
		c.moveAfter(weights, first)
	}
}

// moveAfter puts an offer behind another in the draft.
func (c *chooser) moveAfter(o, first *offer) {
	c.offers = slices.DeleteFunc(c.offers, func(x *offer) bool { return x == o })
	at := slices.Index(c.offers, first)
	c.offers = slices.Insert(c.offers, at+1, o)
}

// chooseDistricts takes a table only for what the boundaries lack: the district
// of each area, or the districts' names.
func (c *chooser) chooseDistricts() {
	all := c.of("districts")
	for _, o := range c.offers { // the county's name, wherever it stands
		if o.role == "districts" && !o.out && c.county == "" {
			c.county = o.countyName()
		}
	}
	named := func(o *offer) bool { return o.named(o.columnsOf("district")[0]) >= 0 }
	assigned := c.boundaries != nil && c.boundaries.has("district")
	slices.SortStableFunc(all, func(a, b *offer) int {
		names := 0
		if assigned { // a short list of names says it all
			names = -cmp.Compare(a.level, b.level)
		}
		return cmp.Or(names, cmp.Compare(a.level, b.level), boolOrder(!named(a), !named(b)))
	})
	haveArea, haveNames := assigned, false
	for _, o := range all {
		isArea := o.level == 0
		switch {
		case !haveArea && isArea, !haveNames && named(o) && (haveArea || isArea || c.boundaries == nil):
			o.taken = true
			haveArea = haveArea || isArea
			haveNames = haveNames || named(o)
		default:
			o.refuse("the district of each area, and its name, are known without it")
			continue
		}
		c.nameDistricts(o)
	}
	if !haveArea && c.boundaries != nil && !c.lookup {
		c.decide("the district of each area: %s has no column of districts; add a look-up from LSOA to local authority district with role = \"districts\"", c.boundaries.file)
	}
}

// nameDistricts learns codes and names of the districts from a table.
func (c *chooser) nameDistricts(o *offer) {
	column := o.columnsOf("district")[0]
	name := o.named(column)
	for _, row := range o.rows {
		if o.key >= 0 && c.codes != nil && !c.codes[row[o.key]] {
			continue
		}
		if _, known := c.districts[row[column]]; row[column] == "" || !known && o.key < 0 && len(c.districts) > 0 {
			continue
		}
		c.districts[row[column]] = cmp.Or(c.districts[row[column]], "")
		if name >= 0 && c.districts[row[column]] == "" {
			c.districts[row[column]] = row[name]
		}
	}
}

// countyName returns the name of the one county that a table names, or nothing.
func (o *offer) countyName() string {
	for _, code := range o.columnsOf("county") {
		name := o.named(code)
		if name < 0 {
			continue
		}
		names := map[string]bool{}
		for _, row := range o.rows {
			names[row[name]] = true
		}
		if len(names) == 1 {
			return slices.Collect(maps.Keys(names))[0]
		}
	}
	return ""
}

// chooseIndicators takes the tables of one edition of the Indices: those of the
// areas' own edition, else the newest that can be carried.
func (c *chooser) chooseIndicators() {
	all := c.of("indicators")
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(cmp.Compare(c.older(a), c.older(b)), -cmp.Compare(a.year, b.year), -cmp.Compare(len(a.input.Indicators), len(b.input.Indicators)))
	})
	var newest *offer
	for _, o := range all {
		switch {
		case o.level == spoilt:
			o.refuse("it is not clear what its ranks count")
			c.decide("how many areas the ranks of %s count: see its block", o.label())
		case newest != nil && o.areas != newest.areas:
			o.refuse("an older edition of the Indices than %s, which is taken", newest.label())
		case !c.addIndicators(o):
			o.refuse("its indicators are in other tables that are taken")
		default:
			o.taken = true
			if newest == nil {
				newest = o
			}
		}
	}
	for _, id := range []string{"idaci", "idaci_rate", "income", "income_rate"} {
		if ind, ok := c.indicators[id]; ok && (ind.Rate != "" || ind.Numerator != "") {
			c.inNeed = append(c.inNeed, id)
		}
	}
}

// addIndicators takes from a table the indicators that the study does not have,
// and the shares of people of those that it has by rank only.
func (c *chooser) addIndicators(o *offer) bool {
	var take []study.Indicator
	for _, ind := range o.input.Indicators {
		old, have := c.indicators[ind.ID]
		_, haveRate := c.indicators[ind.ID+"_rate"]
		switch {
		case ind.ID == "education" && c.hasChildrensEducation(o.areas):
			continue
		case !have:
		case !haveRate && old.Rate == "" && old.Numerator == "" && (ind.Rate != "" || ind.Numerator != ""):
			ind = study.Indicator{ID: ind.ID + "_rate", Title: ind.Title + ", share of people", Rate: ind.Rate, Percent: ind.Percent, Numerator: ind.Numerator, Ages: ind.Ages}
		default:
			continue
		}
		c.indicators[ind.ID] = ind
		take = append(take, ind)
	}
	if len(take) > 0 {
		o.input.Indicators = take
	}
	return len(take) > 0
}

// hasChildrensEducation tells whether a table of the edition offers the
// children's part of the education domain, which is nearer to the question than the whole.
func (c *chooser) hasChildrensEducation(areas string) bool {
	return slices.ContainsFunc(c.of("indicators"), func(o *offer) bool {
		return o.areas == areas && slices.ContainsFunc(o.input.Indicators, func(ind study.Indicator) bool { return ind.ID == "children_education" && ind.Rank != "" })
	})
}
