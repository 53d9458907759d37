package estate

import (
	"cmp"
	"math"
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/reach"
)

// World is a way of walking that an option is judged in: how many minutes count
// and how long a walk takes.
type World struct {
	Minutes float64 // the longest walk that counts, itself included
	Pace    float64 // times that a walk takes as long as measured; 1: as measured
}

// limit returns the longest measured walk that counts. Times are whole
// milliseconds, and one of exactly Minutes counts.
func (w World) limit() uint32 {
	const hair = 1e-6 // milliseconds: the rounding of minutes and pace
	return uint32(math.Floor(w.Minutes*60_000/w.Pace + hair))
}

// Curves are what an option does at every limit at once: they turn a judgement
// in another World from a round over the points into a few look-ups per area.
// They are exact to the millisecond. The only thing not in them is a walk that
// was not looked for: one over Input.Longest stays unknown at a quicker pace,
// and counts as Longest.
//
// Curves are never changed once made.
type Curves struct {
	option Option
	areas  []areaCurves
	sites  []siteCurves
}

type areaCurves struct {
	near, youth curve // walks to the nearest open site, and open youth space
	points      bool  // the area has points at all
}

// siteCurves add people in need up: those whose walk to the site, whose walk to
// it as their nearest, and whose walk to their second nearest after it.
type siteCurves struct{ reached, first, second curve }

// curve is a sum that grows with the limit: steps by ascending walk.
type curve struct {
	millis  []uint32
	sum     []float64 // of the weights of walks up to this one
	minutes []float64 // of weight x minutes of walks up to this one
}

// at returns the sums over the walks of limit and less.
func (c *curve) at(limit uint32) (sum, minutes float64) {
	k, found := slices.BinarySearch(c.millis, limit)
	if found {
		k++
	}
	if k == 0 {
		return 0, 0
	}
	return c.sum[k-1], c.minutes[k-1]
}

// all reports whether every walk of the curve is within the limit.
func (c *curve) all(limit uint32) bool {
	return len(c.millis) == 0 || c.millis[len(c.millis)-1] <= limit
}

// newCurve adds up weights by ascending walk. It reorders ws.
func newCurve(ws []reach.Weighted) curve {
	slices.SortStableFunc(ws, func(a, b reach.Weighted) int { return cmp.Compare(a.Millis, b.Millis) })
	var c curve
	sum, minutes := 0.0, 0.0
	for k, w := range ws {
		sum += w.Weight
		if w.Millis != reach.NoWalk {
			minutes += w.Weight * Minutes(w.Millis)
		}
		if k+1 < len(ws) && ws[k+1].Millis == w.Millis {
			continue
		}
		c.millis, c.sum, c.minutes = append(c.millis, w.Millis), append(c.sum, sum), append(c.minutes, minutes)
	}
	return c
}

// NewCurves measures an option with its people shared out by by.
func NewCurves(in Input, o Option, by Allocation) *Curves {
	in.County = o.In(in.County)
	c := &Curves{option: o, areas: make([]areaCurves, len(in.County.Areas)), sites: make([]siteCurves, len(in.County.Sites))}
	var near, youth []reach.Weighted
	reached := make([][]reach.Weighted, len(c.sites))
	first, second := make([][]reach.Weighted, len(c.sites)), make([][]reach.Weighted, len(c.sites))
	for _, span := range spans(in.County.Points) {
		i := in.County.Points[span[0]].Area
		near, youth = near[:0], youth[:0]
		for p := span[0]; p < span[1]; p++ {
			share := by.Shares[p]
			inNeed := in.Need.Areas[i].InNeed * share
			site, best, next, young := -1, uint32(reach.NoWalk), uint32(reach.NoWalk), uint32(reach.NoWalk)
			for _, t := range in.Walks.At(p) {
				if !o.Status[t.Place].Open() {
					continue
				}
				reached[t.Place] = append(reached[t.Place], reach.Weighted{Millis: t.Millis, Weight: inNeed})
				switch {
				case site < 0 || t.Millis < best:
					site, best, next = int(t.Place), t.Millis, best
				default:
					next = min(next, t.Millis)
				}
				if in.County.Sites[t.Place].YouthSpace == county.Yes {
					young = min(young, t.Millis)
				}
			}
			near, youth = append(near, reach.Weighted{Millis: best, Weight: share}), append(youth, reach.Weighted{Millis: young, Weight: share})
			if site >= 0 {
				first[site] = append(first[site], reach.Weighted{Millis: best, Weight: inNeed})
				second[site] = append(second[site], reach.Weighted{Millis: next, Weight: inNeed})
			}
		}
		c.areas[i] = areaCurves{newCurve(near), newCurve(youth), true}
	}
	for i := range c.sites {
		c.sites[i] = siteCurves{newCurve(reached[i]), newCurve(first[i]), newCurve(second[i])}
	}
	return c
}

// Assess says what the option does in another world. The need of in may be
// another, its people are those that NewCurves was given. Of the assessment,
// these are filled in: of the areas CoveredShare, Covered and YouthShare; the
// totals, the equity index, the costs and the youth spaces; of the sites
// ReachedInNeed and OnlyHereInNeed.
func (c *Curves) Assess(in Input, w World) *Assessment {
	a := &Assessment{Option: c.option, Areas: make([]AreaReach, len(c.areas)), Sites: make([]SiteReach, len(c.sites))}
	young := youngResidents(in.County)
	limit, longest := w.limit(), World{Minutes(in.Longest), w.Pace}.limit()
	walked := 0.0
	for i := range c.areas {
		curves, r, n := &c.areas[i], &a.Areas[i], &in.Need.Areas[i]
		*r = nowhere()
		if !curves.points {
			continue
		}
		share, _ := curves.near.at(limit)
		r.CoveredShare = full(share, curves.near.all(limit))
		share, _ = curves.youth.at(limit)
		r.YouthShare = full(share, curves.youth.all(limit))
		r.Covered = young[i] * r.CoveredShare
		found, minutes := curves.near.at(min(longest, in.Longest))
		walked += young[i] * (minutes*w.Pace + max(0, 1-found)*Minutes(in.Longest))
		a.Covered += r.Covered
		a.CoveredInNeed += n.InNeed * r.CoveredShare
		if n.DeprivationDecile == 1 {
			a.CoveredDecile1 += r.Covered
		}
	}
	for i := range young {
		a.People += young[i]
		a.InNeed += in.Need.Areas[i].InNeed
		if in.Need.Areas[i].DeprivationDecile == 1 {
			a.PeopleDecile1 += young[i]
		}
	}
	a.MeanWalkMin = ratio(walked, a.People)
	a.Equity = Erreygers(equityRows(in, a.Areas, young))
	planned := c.option.In(in.County)
	a.money(planned)
	a.youthSpaces(planned)
	for i := range c.sites {
		if c.option.Status[i].Open() {
			s := &c.sites[i]
			reached, _ := s.reached.at(limit)
			first, _ := s.first.at(limit)
			second, _ := s.second.at(limit)
			a.Sites[i] = SiteReach{ReachedInNeed: reached, OnlyHereInNeed: max(0, first-second)}
		}
	}
	return a
}
