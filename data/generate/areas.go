package main

import (
	"fmt"
	"math"
	"slices"
	"sort"
)

// residentsWanted is what an area is aimed at; the national mean of a lower
// layer super output area is about 1,650 and the range 1,000 to 3,000.
const residentsWanted = 1500.0

// area21 is a small area in the shape of a lower layer super output area of 2021.
type area21 struct {
	code, name         string
	middle             string // the middle layer area: code
	middleName         string
	district           int
	rings              [][]point // the outline of each piece, then holes, as traced
	homes              []int
	residents          int
	ages               [2][91]int // female, male; 90 holds 90 and over
	settlement         int        // -1 in open country
	rural              string     // rural-urban code
	need               float64
	measures           [16]measure
	dependent, working int
	older              int
}

// districtCode returns the code of district d.
func districtCode(d int) string { return fmt.Sprintf("E07900%03d", d+1) }

// newAreas divides the county into districts and those into areas of about
// 1,500 residents, as cells; areaOf is the area of each cell, or -1.
func newAreas(c *country, homes []home) (areas []area21, areaOf []int) {
	people := make([]float64, c.count())
	byCell := make([][]int, c.count())
	for i, h := range homes {
		k := c.at(h.at)
		people[k] += h.people
		byCell[k] = append(byCell[k], i)
	}
	district := c.growDistricts()
	areaOf = make([]int, c.count())
	for i := range areaOf {
		areaOf[i] = -1
	}
	group := c.grouped(district, people)
	for g := range len(districts) * groupsPerDistrict {
		for _, piece := range c.pieces(func(i int) bool { return group[i] == g }) {
			var inside []int
			var total float64
			for _, i := range piece {
				inside = append(inside, byCell[i]...)
				total += people[i]
			}
			part := c.divide(piece, inside, homes, people, max(1, int(math.Round(total/residentsWanted))))
			for k, i := range piece {
				areaOf[i] = len(areas) + part[k]
			}
			for range slices.Max(part) + 1 {
				areas = append(areas, area21{district: g / groupsPerDistrict})
			}
		}
	}
	return areas, areaOf
}

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

// rounds is how often divide grows the parts of a district.
const rounds = 40

// divide splits a piece of a district into n parts of about equal residents and
// returns the part of each cell of the piece. Each part grows from a seed; seeds
// that end up with too many residents start later in the next round.
func (c *country) divide(piece, inside []int, homes []home, people []float64, n int) []int {
	at := make([]int, c.count()) // position in the piece, or -1
	for i := range at {
		at[i] = -1
	}
	for k, i := range piece {
		at[i] = k
	}
	groups := halve(slices.Clone(inside), homes, n)
	seeds := make([]int, n)
	late := make([]float64, n)
	var total float64
	for k, g := range groups {
		seeds[k] = c.at(homes[nearestHome(g, homes, balance(g, homes))].at)
		for _, h := range g {
			total += homes[h].people
		}
	}
	want := total / float64(n)
	part := make([]int, len(piece))
	best, bestBad := part, math.Inf(1)
	for round := range rounds {
		low := slices.Min(late)
		start := make([]seedCost, n)
		for k := range start {
			start[k] = seedCost{seeds[k], late[k] - low}
		}
		part = make([]int, len(piece))
		got := make([]float64, n)
		size := make([]float64, n)
		sum := make([]point, n)
		c.growth(start, func(i int) bool { return at[i] >= 0 }, func(to, by int) {
			k := -1 - by
			if by >= 0 {
				k = part[at[by]]
			}
			part[at[to]] = k
			got[k] += people[to]
			sum[k] = sum[k].plus(c.centre(to).times(people[to]))
			size[k]++
		})
		var bad float64
		for k := range got {
			off := got[k]/want - 1
			bad += off * off
			if off < -0.3 { // too small to publish
				bad += 8 * (off + 0.3) * (off + 0.3)
			}
			if size[k] == 0 {
				bad += 1000
			}
			late[k] += 0.3 * (1 - 0.7*float64(round)/rounds) * cellSpan * math.Sqrt(size[k]+1) * max(-0.6, min(0.6, off))
		}
		if bad < bestBad {
			best, bestBad = part, bad
		}
		for k := range seeds { // the seed follows its people, at first
			if got[k] > 0 && round < rounds/2 {
				goal := sum[k].times(1 / got[k])
				here := seeds[k]
				for _, i := range append(neighboursOf(c, here), here) {
					if m := at[i]; m >= 0 && part[m] == k && c.centre(i).distance(goal) < c.centre(here).distance(goal) {
						here = i
					}
				}
				if !slices.Contains(seeds, here) {
					seeds[k] = here
				}
			}
		}
	}
	c.evenOut(piece, at, best, people, n)
	return best
}

// evenOut moves cells from parts with many residents to neighbours with fewer,
// where both stay in one piece and the line between them stays short.
func (c *country) evenOut(piece []int, at, part []int, people []float64, n int) {
	const (
		passes = 40
		gap    = 220.0 // residents: parts nearer to each other than this are let be
	)
	got := make([]float64, n)
	size := make([]int, n)
	for k, i := range piece {
		got[part[k]] += people[i]
		size[part[k]]++
	}
	for range passes {
		moved := false
		for k, i := range piece {
			a := part[k]
			around := [6]int{} // the part of each neighbour, -1 outside the piece
			for m, nb := range c.neighbours(i) {
				around[m] = -1
				if o := at[nb]; o >= 0 {
					around[m] = part[o]
				}
			}
			turns, b, touching := 0, -1, 0
			for m, o := range around {
				if (o == a) != (around[(m+1)%6] == a) {
					turns++
				}
				if o >= 0 && o != a && (b < 0 || got[o] < got[b]) {
					b = o
				}
			}
			for _, o := range around {
				if o == b {
					touching++
				}
			}
			if b < 0 || turns != 2 || touching < 2 || size[a] < 4 || got[a]-got[b]-people[i] < gap {
				continue
			}
			part[k] = b
			got[a], got[b] = got[a]-people[i], got[b]+people[i]
			size[a], size[b] = size[a]-1, size[b]+1
			moved = true
		}
		if !moved {
			return
		}
	}
}

// halve splits the homes in two by residents, across the longer way, until
// there are n groups.
func halve(of []int, homes []home, n int) [][]int {
	if n == 1 {
		return [][]int{of}
	}
	lo, hi := homes[of[0]].at, homes[of[0]].at
	var total float64
	for _, i := range of {
		p := homes[i].at
		lo, hi = point{min(lo.X, p.X), min(lo.Y, p.Y)}, point{max(hi.X, p.X), max(hi.Y, p.Y)}
		total += homes[i].people
	}
	sort.SliceStable(of, func(a, b int) bool {
		p, q := homes[of[a]].at, homes[of[b]].at
		if hi.X-lo.X > hi.Y-lo.Y {
			return p.X < q.X
		}
		return p.Y < q.Y
	})
	left := n / 2
	goal := total * float64(left) / float64(n)
	cut := 0
	for passed := 0.0; passed < goal && cut < len(of)-(n-left); cut++ {
		passed += homes[of[cut]].people
	}
	cut = max(cut, left)
	return append(halve(of[:cut], homes, left), halve(of[cut:], homes, n-left)...)
}

// balance returns the middle of the residents of some homes.
func balance(of []int, homes []home) point {
	var sum point
	var people float64
	for _, i := range of {
		sum = sum.plus(homes[i].at.times(homes[i].people))
		people += homes[i].people
	}
	return sum.times(1 / people)
}

func nearestHome(of []int, homes []home, p point) int {
	best := of[0]
	for _, i := range of {
		if homes[i].at.distance(p) < homes[best].at.distance(p) {
			best = i
		}
	}
	return best
}

// fillAreas draws the areas' outlines, finds the homes in each, and names them:
// groups of about five areas make a middle layer area, numbered from the north
// of the district; the areas of a group have letters.
func fillAreas(c *country, areas []area21, areaOf []int, homes []home) []home {
	rings := outline(c.cells, areaOf, len(areas), 12, 46)
	for k := range areas {
		areas[k].rings = rings[k]
	}
	kept := homes[:0]
	for _, h := range homes {
		h.area = -1
		i := c.at(h.at)
		for _, m := range append(neighboursOf(c, i), i) {
			if k := areaOf[m]; k >= 0 && h.area != k && covers(areas[k].rings, h.at) {
				h.area = k
			}
		}
		if h.area >= 0 && c.awayFromSea(areaOf, areas, h.at) {
			areas[h.area].homes = append(areas[h.area].homes, len(kept))
			kept = append(kept, h)
		}
	}
	for k := range areas {
		a := &areas[k]
		var people, need float64
		in := map[int]float64{}
		for _, i := range a.homes {
			people += kept[i].people
			need += kept[i].people * kept[i].need
			in[kept[i].settlement] += kept[i].people
		}
		a.residents, a.need, a.settlement = int(math.Round(people)), need/people, -1
		for s := range c.settlements {
			if in[s] > people/2 {
				a.settlement = s
			}
		}
	}
	return kept
}

// awayFromSea reports whether p is at least 12 m inside the county's outline.
func (c *country) awayFromSea(areaOf []int, areas []area21, p point) bool {
	for _, way := range compass {
		q := p.plus(way.times(12))
		i := c.at(q)
		if !slices.ContainsFunc(append(neighboursOf(c, i), i), func(m int) bool {
			return areaOf[m] >= 0 && covers(areas[areaOf[m]].rings, q)
		}) {
			return false
		}
	}
	return true
}

// nameAreas orders the areas as published and gives them codes and names.
// It returns them with the new order applied to areaOf and homes.
func nameAreas(areas []area21, areaOf []int, homes []home) []area21 {
	order := make([]int, 0, len(areas))
	middle := 0
	for d, name := range districts {
		var of []int
		for k := range areas {
			if areas[k].district == d {
				of = append(of, k)
			}
		}
		places := make([]home, len(areas))
		for _, k := range of {
			places[k] = home{at: balance(areas[k].homes, homes), people: 1}
		}
		groups := halve(of, places, max(1, (len(of)+2)/5))
		sort.SliceStable(groups, func(a, b int) bool { return balance(groups[a], places).Y > balance(groups[b], places).Y })
		for g, group := range groups {
			middle++
			sort.SliceStable(group, func(a, b int) bool { return places[group[a]].at.X < places[group[b]].at.X })
			for l, k := range group {
				a := &areas[k]
				a.middle, a.middleName = fmt.Sprintf("E02900%03d", middle), fmt.Sprintf("%s %03d", name, g+1)
				a.name = fmt.Sprintf("%s%c", a.middleName, 'A'+l)
				order = append(order, k)
			}
		}
	}
	rank := make([]int, len(areas))
	out := make([]area21, len(areas))
	for at, k := range order {
		rank[k] = at
		out[at] = areas[k]
		out[at].code = fmt.Sprintf("E01900%03d", at+1)
	}
	for i, k := range areaOf {
		if k >= 0 {
			areaOf[i] = rank[k]
		}
	}
	for i := range homes {
		homes[i].area = rank[homes[i].area]
	}
	return out
}
