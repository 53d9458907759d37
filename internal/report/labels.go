package report

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/study"
)

// town is a settlement to be named on the map.
type town struct {
	name      string
	residents float64 // all ages, the county's part
	at        orb.Point
	warrants  bool // a building
	yields    bool // its name may hide no mark
}

// townsOf lists the settlements that have the residents of a town, or warrant a
// building, the largest first. A town is where its people live: the mean of
// their points, or of its areas' boxes when nobody is known to live there.
func townsOf(r *study.Results, o *study.OptionResult) []town {
	type sum struct{ weight, x, y float64 }
	sums := map[county.SettlementID]*sum{}
	residents := map[county.SettlementID]float64{}
	add := func(id county.SettlementID, at orb.Point, weight float64) {
		s := sums[id]
		if s == nil {
			s = &sum{}
			sums[id] = s
		}
		// Products rounded by themselves: the same on every processor.
		s.weight += weight
		s.x += float64(at[0] * weight)
		s.y += float64(at[1] * weight)
	}
	for _, a := range r.County.Areas {
		residents[a.Settlement] += a.Residents.Total()
		const hardly = 1e-9 // outweighed by a single resident
		add(a.Settlement, a.Shape.Bound().Center(), hardly)
	}
	for _, p := range r.County.Points {
		a := &r.County.Areas[p.Area]
		add(a.Settlement, orb.Point(p.At), float64(p.Share*a.Residents.Total()))
	}
	warrants := warrantedIn(o)
	var towns []town
	for _, s := range r.County.Settlements {
		t := sums[s.ID]
		if t == nil || residents[s.ID] < r.Thresholds.TownResidents && !warrants[s.ID] {
			continue
		}
		towns = append(towns, town{
			name: r.County.SettlementName(s.ID), residents: residents[s.ID],
			at: orb.Point{t.x / t.weight, t.y / t.weight}, warrants: warrants[s.ID],
		})
	}
	slices.SortStableFunc(towns, func(a, b town) int { return cmp.Compare(b.residents, a.residents) })
	return towns
}

// openSites lists the open sites, to be named where no town is.
func openSites(r *study.Results, o *study.OptionResult) []town {
	var sites []town
	for _, i := range o.Option.OpenSites() {
		sites = append(sites, town{name: r.County.Sites[i].Name, at: orb.Point(r.County.Sites[i].At), yields: true})
	}
	return sites
}

// warrantedIn is the set of settlements whose people in need out of reach
// warrant a building.
func warrantedIn(o *study.OptionResult) map[county.SettlementID]bool {
	found := map[county.SettlementID]bool{}
	for _, t := range o.Outreach.Towns {
		if t.Warrants {
			found[t.Settlement] = true
		}
	}
	return found
}

// label is a name on the map, in the middle of its box.
type label struct {
	text string
	size int
	bold bool
	box  box
}

// x and y are where the middle of the baseline is.
func (l label) x() int { return (l.box.x0 + l.box.x1) / 2 }
func (l label) y() int { return l.box.y1 - l.size/5 - 1 }

// labelled places the names of towns: those that warrant a building first, then
// the largest. Each stands where it hides the fewest of marks, near its town and
// clear of the names before it; one for which there is no such place is left
// out.
func labelled(towns []town, f frame, marks []box) []label {
	towns = slices.Clone(towns)
	slices.SortStableFunc(towns, func(a, b town) int {
		switch {
		case a.warrants == b.warrants:
			return 0
		case a.warrants:
			return -1
		}
		return 1
	})
	var placed []label
	for _, t := range towns {
		l := label{text: t.name, size: sizeOf(t.residents), bold: t.warrants}
		at := f.spot(t.at)
		best := math.MaxInt
		for _, c := range around(at.X/10, at.Y/10, widthOfText(l.text, l.size), l.size+2) {
			if !f.box.holds(c.box) || slices.ContainsFunc(placed, func(p label) bool { return p.box.overlaps(c.box) }) {
				continue
			}
			hidden := 0
			for _, m := range marks {
				if m.overlaps(c.box) {
					hidden++
				}
			}
			const each = 12 // pixels that a name goes aside rather than hide a mark
			if cost := c.away + each*hidden; cost < best && !(t.yields && hidden > 0) {
				best, l.box = cost, c.box
			}
		}
		if best < math.MaxInt {
			placed = append(placed, l)
		}
	}
	return placed
}

// sizeOf returns the font size of a town's name.
func sizeOf(residents float64) int {
	switch {
	case residents >= 60_000:
		return 19
	case residents >= 20_000:
		return 17
	}
	return 14
}

// candidate is a place for a name, and how far from its town that is.
type candidate struct {
	box  box
	away int
}

// around returns places for a name of a width and height: over (x, y), then
// beside it, nearest first.
func around(x, y, width, height int) []candidate {
	w, h := width/2, height/2
	at := func(cx, cy, away int) candidate {
		return candidate{box{cx - w, cy - h, cx - w + width, cy - h + height}, away}
	}
	places := []candidate{at(x, y, 0)}
	for _, gap := range [...]int{4, 10, 18, 28} {
		dx, dy := w+gap, h+gap
		places = append(places,
			at(x, y-dy, gap), at(x, y+dy, gap), at(x+dx, y, gap), at(x-dx, y, gap),
			at(x+dx, y-dy, gap+2), at(x+dx, y+dy, gap+2), at(x-dx, y-dy, gap+2), at(x-dx, y+dy, gap+2))
	}
	return places
}
