package tile

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
)

// settlementsOf draws a point for the name of each town and village: not one for
// each of its areas, and none for a settlement that has no name.
func settlementsOf(c *county.County, words *dictionary) (layer, []*feature) {
	counted := residents(c)
	ranks := ranked(counted)
	named := make([]*feature, len(c.Settlements)) // nil: no name
	for i, s := range c.Settlements {
		if s.Name == "" {
			continue
		}
		p := props{"settlement_id": string(s.ID), "settlement": s.Name, "rank": ranks[i], "crosses_county": s.Crosses}
		p.set("residents", counted[i], 0)
		named[i] = &feature{layer: "settlements", id: identity("settlement", string(s.ID)), tags: words.tags(p)}
	}
	return layer{
		name: "settlements", about: "A point in each town and village, where people live, for its name",
		fields: []field{
			{"settlement_id", "code of the settlement"}, {"settlement", "its name"},
			{"residents", "residents of all ages in its areas of this county; none: not known"},
			{"rank", "1 for the settlement with most residents: draw lower ones first"},
			{"crosses_county", "part of it lies outside the county and is not counted"},
		},
	}, named
}

// residents counts the people of each settlement, all ages; NaN where an area
// of it has no population.
func residents(c *county.County) []float64 {
	counts := make([]float64, len(c.Settlements))
	for i, s := range c.Settlements {
		for k := range c.Areas {
			if a := &c.Areas[k]; a.Settlement == s.ID {
				counts[i] += people(a)
			}
		}
	}
	return counts
}

// people are the residents of an area, NaN where nobody says.
func people(a *county.Area) float64 {
	if a.People == county.Unknown {
		return math.NaN()
	}
	return a.Residents.Between(0, county.LastAge)
}

// ranked returns the place of each count, 1 for the greatest; those not known
// come last, and equals in their order.
func ranked(counts []float64) []int {
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	known := func(i int) float64 {
		if math.IsNaN(counts[i]) {
			return -1
		}
		return counts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(known(b), known(a)) })
	ranks := make([]int, len(counts))
	for place, i := range order {
		ranks[i] = place + 1
	}
	return ranks
}

// dwelling is a place where people live, and how many.
type dwelling struct {
	at     geo.Grid
	people float64
}

// heart returns where to write a settlement's name: the dwelling nearest the mean
// of all its people. The mean itself of a town around a bay lies in the water.
// Without dwellings it is false.
func heart(dwellings []dwelling) (geo.Grid, bool) {
	var x, y, sum float64
	for _, d := range dwellings {
		x, y, sum = x+d.at[0]*d.people, y+d.at[1]*d.people, sum+d.people
	}
	if !(sum > 0) {
		return geo.Grid{}, false
	}
	from := func(d dwelling) float64 { return math.Hypot(d.at[0]-x/sum, d.at[1]-y/sum) }
	return slices.MinFunc(dwellings, func(a, b dwelling) int { return cmp.Compare(from(a), from(b)) }).at, true
}

// hearts places the settlements of a county on the world. One that has neither
// points nor residents is written where its first area is.
func hearts(c *county.County, labels []orb.Point, p *geo.Projection) ([]orb.Point, error) {
	at := make(map[county.SettlementID]int, len(c.Settlements))
	for i, s := range c.Settlements {
		at[s.ID] = i
	}
	dwellings := make([][]dwelling, len(c.Settlements))
	for _, point := range c.Points {
		a := &c.Areas[point.Area]
		if i, ok := at[a.Settlement]; ok {
			n := people(a)
			if math.IsNaN(n) {
				n = 1
			}
			dwellings[i] = append(dwellings[i], dwelling{point.At, n * point.Share})
		}
	}
	places := make([]orb.Point, len(c.Settlements))
	for k := len(c.Areas) - 1; k >= 0; k-- {
		if i, ok := at[c.Areas[k].Settlement]; ok {
			places[i] = labels[k]
		}
	}
	for i := range places {
		if g, ok := heart(dwellings[i]); ok {
			lonLat, err := p.ToLonLat(g)
			if err != nil {
				return nil, err
			}
			places[i] = world(orb.Point(lonLat))
		}
	}
	return places, nil
}
