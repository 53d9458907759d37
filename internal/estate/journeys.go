package estate

import (
	"slices"

	"hubreach/geo"
	"hubreach/internal/county"
)

// Journeys says which sites can be reached by public transport or on foot from
// each population point within JourneyLimit of an Input. It is never changed
// once made.
//
// It knows the sites where they stood when it was made: one that was moved since,
// or added, counts by its walks alone until With says how it is reached.
type Journeys struct {
	points int
	at     []geo.Grid // of the sites
	words  int        // of 64 sites, by point
	bits   []uint64
}

func newJourneys(points int, at []geo.Grid) *Journeys {
	words := (len(at) + 63) / 64
	return &Journeys{points, at, words, make([]uint64, points*words)}
}

// NewJourneys returns the journeys from so many points to sites. to lists, for a
// point, the positions of the sites within the limit.
func NewJourneys(points int, sites []county.Site, to func(point int) []int32) *Journeys {
	at := make([]geo.Grid, len(sites))
	for i, s := range sites {
		at[i] = s.At
	}
	j := newJourneys(points, at)
	for p := range points {
		for _, site := range to(p) {
			j.bits[p*j.words+int(site)/64] |= 1 << (site % 64)
		}
	}
	return j
}

// With returns the journeys with others to one site, by its position: where it
// stands now, and whether each point reaches it. The position may be the one
// behind the last, of a site that was added; a later one panics.
func (j *Journeys) With(site int, at geo.Grid, reached func(point int) bool) *Journeys {
	sites := slices.Clone(j.at)
	if site == len(sites) {
		sites = append(sites, at)
	}
	sites[site] = at
	own := newJourneys(j.points, sites)
	word, bit := site/64, uint64(1)<<(site%64)
	for p := range j.points {
		row := own.bits[p*own.words : (p+1)*own.words]
		copy(row, j.bits[p*j.words:(p+1)*j.words])
		row[word] &^= bit
		if reached(p) {
			row[word] |= bit
		}
	}
	return own
}

// open returns the set of the sites that an option opens and that stand where
// they did.
func (j *Journeys) open(o Option, sites []county.Site) []uint64 {
	set := make([]uint64, j.words)
	for i, at := range j.at {
		if i < len(sites) && o.Status[i].Open() && sites[i].At == at {
			set[i/64] |= 1 << (i % 64)
		}
	}
	return set
}

// reaches reports whether one of a set of sites is reached from point p.
func (j *Journeys) reaches(p int, set []uint64) bool {
	for w, bits := range j.bits[p*j.words : (p+1)*j.words] {
		if bits&set[w] != 0 {
			return true
		}
	}
	return false
}

// journeys adds up who reaches an open site by public transport or on foot.
func (a *Assessment) journeys(in Input, young []float64) {
	if in.Journeys == nil {
		return
	}
	open := in.Journeys.open(a.Option, in.County.Sites)
	for p, point := range in.County.Points {
		if a.Millis[p] <= in.JourneyLimit || in.Journeys.reaches(p, open) {
			here := young[point.Area] * point.Share
			a.ByTransit += here
			a.ByTransitInNeed += here * in.Need.Areas[point.Area].Rate
		}
	}
}
