package study

import (
	"math"

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
	var times []reach.Weighted
	for from := 0; from < len(c.Points); {
		times = times[:0]
		area, to := c.Points[from].Area, from
		for ; to < len(c.Points) && c.Points[to].Area == area; to++ {
			times = append(times, reach.Weighted{Millis: w.nearest(to, open), Weight: c.Points[to].Share})
		}
		out[area] = reach.MedianMinutes(times, 1)
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
