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
