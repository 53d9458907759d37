package outreach

import (
	"cmp"
	"math"
	"slices"

	"hubreach/geo"
	"hubreach/internal/reach"
)

// Plan is what an outreach lead needs beyond the targets of a Result: who lives
// in each, where they could go instead, what the districts can staff, and which
// areas a small change of a threshold would move. It is made from a Result and
// never changed.
type Plan struct {
	Details   []Detail       // one for each of the result's targets, in their order
	Districts []DistrictPlan // in the county's order
	Totals    Totals         // of the county
	Flips     []Flip         // one for each area: the nearest change of its category
	Moves     []Move         // by threshold, a tenth down and a tenth up
}

// Bands are the age bands of a target's people: the first and the last age,
// both included. They are the bands of estate.Losers.
var Bands = [...]struct {
	Name     string
	From, To int
}{{"0-4", 0, 4}, {"5-10", 5, 10}, {"11-15", 11, 15}, {"16-19", 16, 19}}

// Detail is what a plan adds to one target.
type Detail struct {
	Ages [len(Bands)]float64 // of the target's People, by age band
	Hubs []Hub               // the two open hubs nearest to its people, nearest first
	// Wanted is the frequency that the people in need call for; that of the
	// target is lower where the district's sessions do not reach.
	Wanted Frequency
	Places
	// Near is the area of the target that is nearest to a change, -1 when none
	// is near; what would change is in Plan.Flips.
	Near int
}

// Hub is an open hub and the way to it from a target.
type Hub struct {
	Site int // position in the county's sites
	// WalkMin is the walk that just more than half of the target's people do not
	// exceed; NaN when for half of them or more none was found within the longest
	// walk that is looked for.
	WalkMin float64
	// TransitMin is the same by public transport or on foot; NaN too where that
	// was not assessed.
	TransitMin float64
	// Line is the straight line from the middle of the target's people.
	Line geo.Metres
}

// MakePlan makes the plan of a result of Classify, of the same in and p.
func MakePlan(in Input, p Params, r *Result) *Plan {
	c := newClassifier(in, p)
	c.r, c.planning = r, true
	c.prepare()
	plan := &Plan{Flips: c.flips(), Details: make([]Detail, len(r.Targets))}
	for k := range r.Targets {
		plan.Details[k] = c.detail(&r.Targets[k], plan.Flips)
	}
	plan.Districts, plan.Totals = c.districts(plan.Details)
	plan.Moves = moves(in, p, r)
	return plan
}

// detail describes one target further.
func (c *classifier) detail(t *Target, flips []Flip) Detail {
	d := Detail{Wanted: c.wanted(t.InNeed), Near: -1, Hubs: c.hubsOf(t), Places: c.places(t)}
	for _, i := range t.Areas {
		for b, band := range Bands {
			d.Ages[b] += c.in.County.Areas[i].Residents.Between(band.From, band.To) * c.outsideShare(t.Category, i)
		}
		if f := flips[i]; f.Close() && (d.Near < 0 || f.Margin < flips[d.Near].Margin) {
			d.Near = i
		}
	}
	return d
}

// outsideShare returns the share of an area's people that a category counts.
func (c *classifier) outsideShare(category Category, i int) float64 {
	if category == DetachedYouth {
		return 1
	}
	return 1 - c.in.Covered[i]
}

// counts reports whether a category counts the people of point p.
func (c *classifier) counts(category Category, p int32) bool {
	return category == DetachedYouth || c.in.Inside == nil || !c.in.Inside[p]
}

// hubsOf returns the two open hubs nearest to the people of a target: by the
// typical walk, then, beyond the longest walk, by public transport, then by the
// straight line. There are none where walks or population points are not known.
func (c *classifier) hubsOf(t *Target) []Hub {
	if c.in.Walks == nil {
		return nil
	}
	walks, journeys := map[int][]reach.Weighted{}, map[int][]reach.Weighted{}
	var all float64
	var middle geo.Grid
	for _, i := range t.Areas {
		for _, p := range c.points[i] {
			if !c.counts(t.Category, p) {
				continue
			}
			point := &c.in.County.Points[p]
			people := c.young[i] * point.Share
			if people <= 0 {
				continue
			}
			all += people
			middle[0] += point.At[0] * people
			middle[1] += point.At[1] * people
			c.timesFrom(c.in.Walks, p, people, walks)
			c.timesFrom(c.in.Journeys, p, people, journeys)
		}
	}
	if all == 0 {
		return nil
	}
	middle[0], middle[1] = middle[0]/all, middle[1]/all
	var hubs []Hub
	for s := range c.in.County.Sites {
		if c.in.Open[s] {
			hubs = append(hubs, Hub{Site: s, WalkMin: reach.MedianMinutes(walks[s], all), TransitMin: reach.MedianMinutes(journeys[s], all), Line: middle.Distance(c.in.County.Sites[s].At)})
		}
	}
	slices.SortFunc(hubs, func(a, b Hub) int {
		return cmp.Or(sooner(a.WalkMin, b.WalkMin), sooner(a.TransitMin, b.TransitMin), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Site, b.Site))
	})
	return hubs[:min(2, len(hubs))]
}

// sooner compares minutes, those that are not known last.
func sooner(a, b float64) int {
	switch x, y := math.IsNaN(a), math.IsNaN(b); {
	case x && y:
		return 0
	case x:
		return 1
	case y:
		return -1
	}
	return cmp.Compare(a, b)
}

// timesFrom gathers the times from point p to the open sites, by site.
func (c *classifier) timesFrom(m *reach.Matrix, p int32, people float64, to map[int][]reach.Weighted) {
	if m == nil {
		return
	}
	for _, w := range m.At(int(p)) {
		if c.in.Open[w.Place] {
			to[int(w.Place)] = append(to[int(w.Place)], reach.Weighted{Millis: w.Millis, Weight: people})
		}
	}
}
