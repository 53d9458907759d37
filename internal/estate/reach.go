package estate

import (
	"cmp"
	"math"
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/reach"
)

// surveyor judges the areas of one option, one after another. Its slices are
// used again for every area, so that an assessment allocates for its results
// and little else.
type surveyor struct {
	in            Input
	a             *Assessment
	young         []float64 // residents aged 0-19, by area
	open, youth   []bool    // by site
	near          []float64 // by site: share of the area's people it is nearest to
	touched       []int32   // the sites of near that are not zero
	within        []int32   // open sites within the limit of one point
	walks, pushes []weighted
}

// weighted is a walk and the share of an area's people who have it.
type weighted struct {
	millis uint32
	share  float64
}

// reach judges every area and site.
func (a *Assessment) reach(in Input, young []float64) {
	s := surveyor{in: in, a: a, young: young, near: make([]float64, len(a.Sites)), open: make([]bool, len(a.Sites)), youth: make([]bool, len(a.Sites))}
	for i := range a.Sites {
		s.open[i] = a.Option.Status[i].Open()
		s.youth[i] = in.County.Sites[i].YouthSpace == county.Yes
	}
	for i := range a.Areas {
		a.Areas[i] = AreaReach{Nearest: -1, WalkMin: math.NaN(), PushchairMin: math.NaN()}
	}
	points := in.County.Points
	for from := 0; from < len(points); {
		to := from + 1
		for to < len(points) && points[to].Area == points[from].Area {
			to++
		}
		s.area(from, to)
		from = to
	}
}

// area judges the points from to to, which are those of one area.
func (s *surveyor) area(from, to int) {
	i := s.in.County.Points[from].Area
	r := &s.a.Areas[i]
	rate := s.in.Need.Areas[i].Rate
	s.walks, s.pushes = s.walks[:0], s.pushes[:0]
	covered, youth := 0, 0
	for p := from; p < to; p++ {
		share := s.in.County.Points[p].Share
		s.point(p, share)
		if len(s.within) > 0 {
			r.CoveredShare += share
			covered++
		}
		if slices.ContainsFunc(s.within, func(site int32) bool { return s.youth[site] }) {
			r.YouthShare += share
			youth++
		}
		people := s.young[i] * share
		for _, site := range s.within {
			hub := &s.a.Sites[site]
			hub.Reached += people
			hub.ReachedInNeed += people * rate
			if len(s.within) == 1 {
				hub.OnlyHere += people
				hub.OnlyHereInNeed += people * rate
			}
		}
	}
	r.CoveredShare, r.YouthShare = full(r.CoveredShare, covered == to-from), full(r.YouthShare, youth == to-from)
	r.Covered = s.young[i] * r.CoveredShare
	r.WalkMin, r.PushchairMin = median(s.walks), median(s.pushes)
	r.Nearest = s.nearest()
}

// full returns a share that was added up point by point: exactly 1 when all
// points were, and never more.
func full(share float64, all bool) float64 {
	if all {
		return 1
	}
	return min(share, 1)
}

// point finds the open sites within the limit of point p, and the nearest.
func (s *surveyor) point(p int, share float64) {
	s.within = s.within[:0]
	best, least := int32(-1), uint32(reach.NoWalk)
	for _, t := range s.in.Walks.At(p) {
		if !s.open[t.Place] {
			continue
		}
		if best < 0 || t.Millis < least || t.Millis == least && t.Place < best {
			best, least = t.Place, t.Millis
		}
		if t.Millis <= s.in.Limit {
			s.within = append(s.within, t.Place)
		}
	}
	s.a.Millis[p] = least
	s.walks = append(s.walks, weighted{least, share})
	if best >= 0 {
		if s.near[best] == 0 {
			s.touched = append(s.touched, best)
		}
		s.near[best] += share
	}
	if s.in.Pushchair == nil {
		return
	}
	push := uint32(reach.NoWalk)
	for _, t := range s.in.Pushchair.At(p) {
		if s.open[t.Place] {
			push = min(push, t.Millis)
		}
	}
	s.pushes = append(s.pushes, weighted{push, share})
}

// nearest returns the site that is nearest to most of the area's people, the
// lowest of equals, -1 for none, and forgets the area.
func (s *surveyor) nearest() int {
	best := int32(-1)
	for _, site := range s.touched {
		if best < 0 || s.near[site] > s.near[best] || s.near[site] == s.near[best] && site < best {
			best = site
		}
	}
	for _, site := range s.touched {
		s.near[site] = 0
	}
	s.touched = s.touched[:0]
	return int(best)
}

// median returns the least walk, in minutes, that more than half of the people
// do not exceed; NaN when that is no walk at all, or for nobody. With it, an
// area is outside by its median exactly when half or more of its people are.
// It reorders ws.
func median(ws []weighted) float64 {
	slices.SortFunc(ws, func(a, b weighted) int { return cmp.Compare(a.millis, b.millis) })
	const half = 0.5 + 1e-9 // shares that were added up point by point
	sum := 0.0
	for _, w := range ws {
		if w.millis == reach.NoWalk {
			break
		}
		if sum += w.share; sum > half {
			return Minutes(w.millis)
		}
	}
	return math.NaN()
}
