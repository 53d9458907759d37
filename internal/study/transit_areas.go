package study

import (
	"math"
	"slices"
	"time"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/reach"
)

// AreaMinutes returns for each area the minutes to the nearest open site by
// public transport or on foot, in the deciding window: the least that more than
// half of the area's people do not exceed, each by the median over departures.
// NaN means that there is none within the limit. open is by site. The result is
// nil when public transport was not assessed.
func (t *TransitTimes) AreaMinutes(c *county.County, open []bool) []float64 {
	if t == nil || len(t.Windows) == 0 {
		return nil
	}
	return t.Windows[0].AreaMinutes(c, open)
}

// AreaMinutes is that of TransitTimes for one window and profile.
func (w *TransitWindow) AreaMinutes(c *county.County, open []bool) []float64 {
	out := make([]float64, len(c.Areas))
	for i := range out {
		out[i] = math.NaN()
	}
	var times []weighted
	for from := 0; from < len(c.Points); {
		times = times[:0]
		area, to := c.Points[from].Area, from
		for ; to < len(c.Points) && c.Points[to].Area == area; to++ {
			times = append(times, weighted{w.nearest(to, open), c.Points[to].Share})
		}
		out[area] = medianMinutes(times)
		from = to
	}
	return out
}

// journeys returns who reaches which site within minutes by the median of the
// deciding window; nil when public transport was not assessed.
func (t *TransitTimes) journeys(c *county.County, minutes float64) *estate.Journeys {
	if t == nil || len(t.Windows) == 0 {
		return nil
	}
	w, limit := &t.Windows[0], millis(minutes)
	var near []int32
	return estate.NewJourneys(len(c.Points), c.Sites, func(p int) []int32 {
		near = near[:0]
		for _, j := range w.At(p) {
			if j.Median <= limit {
				near = append(near, j.Site)
			}
		}
		return near
	})
}

// nearest returns the least median from a point to an open site.
func (w *TransitWindow) nearest(p int, open []bool) uint32 {
	least := uint32(reach.NoWalk)
	for _, j := range w.At(p) {
		if open[j.Site] {
			least = min(least, j.Median)
		}
	}
	return least
}

// weighted is a time and the share of an area's people who have it.
type weighted struct {
	millis uint32
	share  float64
}

// medianMinutes returns the least time, in minutes, that more than half of the
// people do not exceed; NaN when that is none. It is the median of walks in
// package estate.
func medianMinutes(ws []weighted) float64 {
	slices.SortFunc(ws, func(a, b weighted) int { return int(int64(a.millis) - int64(b.millis)) })
	const half = 0.5 + 1e-9 // shares that were added up point by point
	sum := 0.0
	for _, w := range ws {
		if w.millis == reach.NoWalk {
			break
		}
		if sum += w.share; sum > half {
			return (time.Duration(w.millis) * time.Millisecond).Minutes()
		}
	}
	return math.NaN()
}

// Within is what the people of a county reach within some minutes.
type Within struct {
	// Sites is the mean number of open sites that a resident aged 0-19 reaches,
	// Share the share of those residents who reach one at least.
	Sites, Share float64
}

// Within returns who reaches how many open sites within minutes by the median
// of the window; exactly as many minutes are within.
func (w *TransitWindow) Within(c *county.County, open []bool, minutes float64) Within {
	return within(c, func(p int) (n int) {
		for _, j := range w.At(p) {
			if open[j.Site] && j.Median <= millis(minutes) {
				n++
			}
		}
		return n
	})
}

// OnFoot is Within for walks.
func OnFoot(c *county.County, m *reach.Matrix, open []bool, minutes float64) Within {
	return within(c, func(p int) (n int) {
		for _, t := range m.At(p) {
			if open[t.Place] && t.Millis <= millis(minutes) {
				n++
			}
		}
		return n
	})
}

func within(c *county.County, sites func(point int) int) Within {
	var out Within
	people := 0.0
	for p, at := range c.Points {
		here := c.Areas[at.Area].Residents.Between(0, 19) * at.Share
		people += here
		if n := sites(p); n > 0 {
			out.Sites += here * float64(n)
			out.Share += here
		}
	}
	if people > 0 {
		out.Sites /= people
		out.Share /= people
	}
	return out
}
