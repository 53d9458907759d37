package main

import "strconv"

// census is what a census would have found in an area: residents by sex, ethnic
// group and disability, and households by their cars and with lone parents. The
// residents of each split add up to those of the population table.
type census struct {
	female, male int
	ethnic       [5]int // in the order of ethnicGroups
	disability   [3]int // limited a lot, limited a little, not disabled
	households   int
	cars         [4]int // none, one, two, three or more
	composition  [4]int // one person, couple family, lone parent family, other
}

// ethnicGroups are the five high-level groups of Census 2021, in the order in
// which it prints them.
var ethnicGroups = [...]string{
	"Asian, Asian British or Asian Welsh",
	"Black, Black British, Black Welsh, Caribbean or African",
	"Mixed or Multiple ethnic groups",
	"White",
	"Other ethnic group",
}

// census makes up the census of an area. Deprived areas have fewer cars, more
// lone parents and more disabled people; towns are more mixed than villages.
func (c *County) census(a area21) census {
	d := newDice(c.seed, "census "+a.code)
	var s census
	for age := range 91 {
		s.female += a.ages[0][age]
		s.male += a.ages[1][age]
	}
	town := 1.0
	if a.rural[0] != 'U' {
		town = 0.3
	}
	part := func(mean float64) float64 { return max(0.002, mean*(1+0.35*d.bell())) }
	asian, black, mixed, other := part(0.05*town), part(0.025*town), part(0.025*town), part(0.012*town)
	copy(s.ethnic[:], share(a.residents, []float64{asian, black, mixed, max(0.2, 1-asian-black-mixed-other), other}))
	old := float64(a.older) / float64(a.residents)
	lot := max(0.02, 0.03+0.08*old+0.025*a.need+0.006*d.bell())
	little := max(0.03, 0.05+0.11*old+0.015*a.need+0.008*d.bell())
	copy(s.disability[:], share(a.residents, []float64{lot, little, 1 - lot - little}))

	s.households = max(1, int(float64(a.residents)/d.between(2.2, 2.5)))
	none := min(0.6, max(0.02, 0.08+0.10*town+0.09*a.need+0.02*d.bell()))
	three := max(0.01, 0.13-0.05*town-0.04*a.need)
	two := max(0.05, 0.30-0.08*a.need-0.05*town)
	copy(s.cars[:], share(s.households, []float64{none, max(0.1, 1-none-two-three), two, three}))
	lone := min(0.3, max(0.02, 0.10+0.035*a.need+0.012*d.bell()))
	one := min(0.5, max(0.1, 0.28+0.1*old+0.02*d.bell()))
	copy(s.composition[:], share(s.households, []float64{one, max(0.1, 0.93-one-lone), lone, 0.07}))
	return s
}

// censusTable writes one table of the census in the layout of its bulk files.
func (c *County) censusTable(head []string, row func(census) []int) []byte {
	rows := [][]string{append([]string{"date", "geography", "geography code"}, head...)}
	for _, a := range c.areas {
		cells := []string{"2021", a.name, a.code}
		for _, n := range row(c.census(a)) {
			cells = append(cells, strconv.Itoa(n))
		}
		rows = append(rows, cells)
	}
	return table(rows)
}

// prefixed puts the variable's name before each of its categories.
func prefixed(variable string, categories ...string) []string {
	head := make([]string, len(categories))
	for i, category := range categories {
		head[i] = variable + ": " + category
	}
	return head
}

// bySex is in the layout of Census 2021 TS008.
func (c *County) bySex() []byte {
	return c.censusTable(prefixed("Sex", "All persons", "Female", "Male"), func(s census) []int {
		return []int{s.female + s.male, s.female, s.male}
	})
}

// byEthnicGroup is in the layout of the high-level groups of Census 2021 TS021.
func (c *County) byEthnicGroup() []byte {
	head := prefixed("Ethnic group", append([]string{"Total: All usual residents"}, ethnicGroups[:]...)...)
	return c.censusTable(head, func(s census) []int { return append([]int{s.female + s.male}, s.ethnic[:]...) })
}

// byDisability is in the layout of Census 2021 TS038.
func (c *County) byDisability() []byte {
	head := prefixed("Disability", "Total: All usual residents", "Disabled under the Equality Act: Day-to-day activities limited a lot",
		"Disabled under the Equality Act: Day-to-day activities limited a little", "Not disabled under the Equality Act")
	return c.censusTable(head, func(s census) []int { return append([]int{s.female + s.male}, s.disability[:]...) })
}

// byHousehold is in the layout of Census 2021 TS003, the kinds of household that
// nobody is looked for in put together.
func (c *County) byHousehold() []byte {
	head := prefixed("Household composition", "Total", "One-person household", "Single family household: Couple family", "Single family household: Lone parent family", "Other household types")
	return c.censusTable(head, func(s census) []int { return append([]int{s.households}, s.composition[:]...) })
}

// byCars is in the layout of Census 2021 TS045.
func (c *County) byCars() []byte {
	head := prefixed("Number of cars or vans", "Total: All households", "No cars or vans in household", "1 car or van in household", "2 cars or vans in household", "3 or more cars or vans in household")
	return c.censusTable(head, func(s census) []int { return append([]int{s.households}, s.cars[:]...) })
}
