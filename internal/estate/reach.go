package estate

import (
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
	adult, push   walks
	a             *Assessment
	young         []float64 // residents aged 0-19, by area
	open, youth   []bool    // by site
	near          []float64 // by site: share of the area's people it is nearest to
	touched       []int32   // the sites of near that are not zero
	within        []int32   // open sites within the limit of one point
	times, pushes []reach.Weighted
	// sum adds what each site reaches up; pushed, when there is one, takes the
	// least walk of each point with a pushchair.
	sum    bool
	pushed []uint32
}

// newSurveyor returns a surveyor of the option of a, whose slices it fills in.
func newSurveyor(in Input, a *Assessment, young []float64) surveyor {
	s := surveyor{in: in, adult: walks{base: in.Walks}, push: walks{base: in.Pushchair}, a: a, young: young,
		near: make([]float64, len(a.Sites)), open: make([]bool, len(a.Sites)), youth: make([]bool, len(a.Sites))}
	for i := range a.Sites {
		s.open[i] = a.Option.Status[i].Open()
		s.youth[i] = in.County.Sites[i].YouthSpace == county.Yes
	}
	return s
}

// reach judges every area and site.
func (a *Assessment) reach(in Input, young []float64) {
	s := newSurveyor(in, a, young)
	s.sum = true
	for i := range a.Areas {
		a.Areas[i] = nowhere()
	}
	for _, span := range spans(in.County.Points) {
		s.area(span[0], span[1])
	}
}

// nowhere is the reach of an area from which no walk was found.
func nowhere() AreaReach {
	return AreaReach{Nearest: -1, WalkMin: math.NaN(), PushchairMin: math.NaN()}
}

// spans returns the first point of each area that has points, and the one
// after its last.
func spans(points []county.Point) [][2]int {
	var all [][2]int
	for from := 0; from < len(points); {
		to := from + 1
		for to < len(points) && points[to].Area == points[from].Area {
			to++
		}
		all = append(all, [2]int{from, to})
		from = to
	}
	return all
}

// area judges the points from to to, which are those of one area.
func (s *surveyor) area(from, to int) {
	i := s.in.County.Points[from].Area
	r := &s.a.Areas[i]
	rate := s.in.Need.Areas[i].Rate
	s.times, s.pushes = s.times[:0], s.pushes[:0]
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
		if s.sum {
			for _, site := range s.within {
				s.a.Sites[site].add(s.young[i]*share, rate, len(s.within) == 1)
			}
		}
	}
	r.CoveredShare, r.YouthShare = full(r.CoveredShare, covered == to-from), full(r.YouthShare, youth == to-from)
	r.Covered = s.young[i] * r.CoveredShare
	r.WalkMin, r.PushchairMin = reach.MedianMinutes(s.times, 1), reach.MedianMinutes(s.pushes, 1)
	r.Nearest = s.nearest()
}

// add counts people within the limit of the site, rate of them in need; alone
// when no other open site reaches them. Sites are added up point by point in the
// order of the county, here and in Live, so that the last bits agree.
func (s *SiteReach) add(people, rate float64, alone bool) {
	s.Reached += people
	s.ReachedInNeed += people * rate
	if alone {
		s.OnlyHere += people
		s.OnlyHereInNeed += people * rate
	}
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
	for _, t := range s.adult.at(p) {
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
	s.times = append(s.times, reach.Weighted{Millis: least, Weight: share})
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
	for _, t := range s.push.at(p) {
		if s.open[t.Place] {
			push = min(push, t.Millis)
		}
	}
	s.pushes = append(s.pushes, reach.Weighted{Millis: push, Weight: share})
	if s.pushed != nil {
		s.pushed[p] = push
	}
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
