package main

import "sort"

// pyramid is the share of residents at each age, roughly that of England in
// mid-2024, given at the ages between which it is straight.
var pyramid = []struct{ age, weight float64 }{
	{0, 1.00}, {5, 1.12}, {12, 1.24}, {18, 1.20}, {22, 1.24}, {30, 1.36}, {36, 1.38}, {42, 1.30}, {50, 1.28},
	{58, 1.36}, {64, 1.20}, {70, 1.00}, {76, 0.94}, {80, 0.68}, {85, 0.46}, {89, 0.24}, {90, 0.90},
}

// addPeople gives every area its residents by age and sex. Deprived and newly
// built areas have more children, villages and the coast more older people,
// town centres more people in their twenties.
func (c *country) addPeople(areas []area21, homes []home) {
	for k := range areas {
		a := &areas[k]
		d := newDice(c.seed, "people "+a.code)
		var centre, coast, grown, families float64
		for _, i := range a.homes {
			h := homes[i]
			if h.settlement >= 0 && c.settlements[h.settlement].at.distance(h.at) < 700 && c.settlements[h.settlement].people > 9000 {
				centre += 1 / float64(len(a.homes))
			}
			if !c.inland(h.at, 1200) {
				coast += 1 / float64(len(a.homes))
			}
		}
		if a.settlement < 0 || c.settlements[a.settlement].style == village {
			grown = 1
		} else if c.settlements[a.settlement].style == newTown {
			families = 1
		}
		families += 0.5 * d.bell()
		weights := make([]float64, 182)
		for age := range 91 {
			x := float64(age)
			w := between(pyramid, x)
			switch {
			case x < 18:
				w *= 1 + 0.17*a.need + 0.16*families - 0.10*grown - 0.12*centre
			case x >= 20 && x < 34:
				w *= 1 + 0.06*a.need + 0.75*centre - 0.30*grown
			case x >= 65:
				w *= 1 - 0.16*a.need + 0.32*grown + 0.28*coast - 0.2*families - 0.25*centre
			}
			w = max(0.05, w)
			men := 0.497 - max(0, (x-70)*0.004)
			if age == 90 {
				men = 0.35
			}
			weights[age] = w * (1 - men) * d.between(0.72, 1.28)
			weights[91+age] = w * men * d.between(0.72, 1.28)
		}
		for i, n := range share(a.residents, weights) {
			a.ages[i/91][i%91] = n
		}
		a.dependent, a.working, a.older = a.aged(0, 15), a.aged(18, 66), a.aged(60, 90)
	}
}

// aged returns the residents from one age to another, both included.
func (a *area21) aged(from, to int) int {
	sum := 0
	for age := from; age <= to; age++ {
		sum += a.ages[0][age] + a.ages[1][age]
	}
	return sum
}

// between reads a table of points at x, straight between them.
func between(table []struct{ age, weight float64 }, x float64) float64 {
	i := sort.Search(len(table), func(i int) bool { return table[i].age >= x })
	if i == 0 || table[i].age == x {
		return table[i].weight
	}
	p, q := table[i-1], table[i]
	return p.weight + (q.weight-p.weight)*(x-p.age)/(q.age-p.age)
}

// share splits a whole number in proportion to the weights, by largest
// remainders, so that the parts add up; ties go to the earlier part.
func share(whole int, weights []float64) []int {
	var total float64
	for _, w := range weights {
		total += w
	}
	out := make([]int, len(weights))
	order := make([]int, len(weights))
	rest := make([]float64, len(weights))
	left := whole
	for i, w := range weights {
		exact := float64(whole) * w / total
		out[i] = int(exact)
		rest[i], order[i] = exact-float64(out[i]), i
		left -= out[i]
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]] > rest[order[b]] })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}
