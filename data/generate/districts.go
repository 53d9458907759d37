package main

// groupsPerDistrict leaves a number for the country and one for each town.
var groupsPerDistrict = len(towns) + 1

// grouped splits each district into its towns, each with the fields around it,
// and the country between, so that few areas are half town and half country.
func (c *country) grouped(district []int, people []float64) []int {
	const (
		leastTown   = 4000   // people: a smaller place is country
		townFields  = 330.0  // metres of fields that go with a town
		leastPeople = 1050.0 // a piece with fewer goes with its neighbour
	)
	group := make([]int, c.count())
	var seeds []seedCost
	for i := range group {
		group[i] = -1
		if district[i] >= 0 {
			group[i] = district[i] * groupsPerDistrict
		}
		if k := c.built[i]; k >= 0 && k < len(towns) && towns[k].people >= leastTown && group[i] >= 0 {
			group[i] += k + 1
			seeds = append(seeds, seedCost{i, 0})
		}
	}
	spread(c.count(), seeds, func(i int, step func(to, by int, metres float64)) {
		for _, n := range c.neighbours(i) {
			if c.dry[n] && c.built[n] < 0 && district[n] == district[i] {
				step(n, i, cellSpan)
			}
		}
	}, func(to, by int, cost float64) bool {
		if by >= 0 && cost <= townFields {
			group[to] = group[by]
		}
		return cost <= townFields
	})
	for range 3 {
		for g := range len(districts) * groupsPerDistrict {
			for _, piece := range c.pieces(func(i int) bool { return group[i] == g }) {
				var total float64
				beside := map[int]int{} // group to how many sides are shared
				most := -1
				for _, i := range piece {
					total += people[i]
					for _, n := range c.neighbours(i) {
						if o := group[n]; o >= 0 && o != g && district[n] == district[i] {
							if beside[o]++; most < 0 || beside[o] > beside[most] {
								most = o
							}
						}
					}
				}
				if total < leastPeople && most >= 0 {
					for _, i := range piece {
						group[i] = most
					}
				}
			}
		}
	}
	return group
}

// growDistricts gives every dry cell to the district whose town is nearest,
// rivers and motorways counting as distance.
func (c *country) growDistricts() []int {
	out := make([]int, c.count())
	for i := range out {
		out[i] = -1
	}
	var seeds []seedCost
	var of []int
	for k, s := range c.settlements[:len(towns)] {
		for i := range c.count() {
			if c.built[i] == k {
				seeds, of = append(seeds, seedCost{i, 0}), append(of, s.district)
			}
		}
	}
	c.growth(seeds, func(i int) bool { return c.dry[i] }, func(to, by int) {
		if by < 0 {
			out[to] = of[-1-by]
		} else {
			out[to] = out[by]
		}
	})
	// A piece cut off from its district joins the one around it.
	for d := range districts {
		for k, piece := range c.pieces(func(i int) bool { return out[i] == d && !c.isle[i] }) {
			if k == 0 {
				continue
			}
			for _, i := range piece {
				for _, n := range c.neighbours(i) {
					if out[n] >= 0 && out[n] != d {
						for _, m := range piece {
							out[m] = out[n]
						}
					}
				}
			}
		}
	}
	return out
}

// growth spreads from the seeds over the cells that are allowed.
func (c *country) growth(seeds []seedCost, allowed func(int) bool, reached func(to, by int)) {
	spread(c.count(), seeds, func(i int, step func(to, by int, metres float64)) {
		for k, n := range c.neighbours(i) {
			if !allowed(n) {
				continue
			}
			cost := cellSpan * c.draw[n]
			switch {
			case c.built[i] >= 0 && c.built[n] >= 0:
				cost *= 0.5
			case c.built[i] >= 0:
				cost += 260
			}
			x := c.cuts[c.sideOf(i, k)]
			if x[overRiver] {
				cost += 900
			}
			if x[overMotorway] {
				cost += 900
			}
			if x[overRail] {
				cost += 350
			}
			step(n, i, cost)
		}
	}, func(to, by int, _ float64) bool { reached(to, by); return true })
}
