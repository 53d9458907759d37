package estate

import (
	"slices"

	"hubreach/internal/reach"
)

// walks are the walks from every point to the sites: those of a matrix, and
// over them those of sites that were added or have moved.
type walks struct {
	base    *reach.Matrix // nil: none were measured
	moved   []bool        // by site of base: no longer as base has it; nil: none has moved
	sites   int           // of base
	over    []layer
	scratch []reach.PlaceTime
}

// layer is the walk from every point to one site.
type layer struct {
	site   int32
	millis []uint32 // reach.NoWalk where none was found
}

// at returns the walks of point p, in no particular order. The slice is good
// until the next call.
func (w *walks) at(p int) []reach.PlaceTime {
	base := w.base.At(p)
	if w.moved == nil && len(w.over) == 0 {
		return base
	}
	w.scratch = w.scratch[:0]
	for _, t := range base {
		if !w.moved[t.Place] {
			w.scratch = append(w.scratch, t)
		}
	}
	for _, l := range w.over {
		if t := l.millis[p]; t != reach.NoWalk {
			w.scratch = append(w.scratch, reach.PlaceTime{Place: l.site, Millis: t})
		}
	}
	return w.scratch
}

// set replaces the walks of a site, or adds those of a new one.
func (w *walks) set(site int, times []reach.Time) {
	w.drop(site)
	l := layer{site: int32(site), millis: make([]uint32, w.base.Points())}
	for p := range l.millis {
		l.millis[p] = reach.NoWalk
	}
	for _, t := range times {
		l.millis[t.Point] = t.Millis
	}
	w.over = append(w.over, l)
}

// drop forgets the walks of a site.
func (w *walks) drop(site int) {
	if w.moved == nil {
		w.moved = make([]bool, w.sites)
	}
	if site < w.sites {
		w.moved[site] = true
	}
	for k, l := range w.over {
		if int(l.site) == site {
			w.over = append(w.over[:k], w.over[k+1:]...)
			return
		}
	}
}

// clone returns a copy that changes by itself. Layers are never changed, so
// they are shared.
func (w *walks) clone() walks {
	return walks{base: w.base, moved: slices.Clone(w.moved), sites: w.sites, over: slices.Clone(w.over)}
}

// bySite turns a matrix round: the walks to each site, by ascending point. They
// share one array, each list full, so that appending to one copies it.
func bySite(m *reach.Matrix, sites int) [][]reach.Time {
	lists := make([][]reach.Time, sites)
	if m == nil {
		return lists
	}
	counts := make([]int, sites)
	for p := range m.Points() {
		for _, t := range m.At(p) {
			counts[t.Place]++
		}
	}
	all := make([]reach.Time, m.Len())
	for i, n := range counts {
		lists[i], all = all[:0:n], all[n:]
	}
	for p := range m.Points() {
		for _, t := range m.At(p) {
			lists[t.Place] = append(lists[t.Place], reach.Time{Point: int32(p), Millis: t.Millis})
		}
	}
	return lists
}
