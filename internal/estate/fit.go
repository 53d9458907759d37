package estate

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"hubreach/internal/county"
)

// SiteFit says how an open site fits those who would come to it.
type SiteFit struct {
	Site int // position in the county's sites
	// InNeed are the people in need aged 0-19 within the limit whose nearest open
	// site is this one.
	InNeed float64
	// Places is how many people the site holds at a time, its "capacity"; NaN when
	// it does not say.
	Places float64
	// Flags say what does not fit, a few words each.
	Flags []string
}

// Crowding returns the people in need for each place, NaN when places are not
// stated or none.
func (s SiteFit) Crowding() float64 {
	if !(s.Places > 0) {
		return math.NaN()
	}
	return s.InNeed / s.Places
}

// Fit says how the open sites of an option fit, by position. A site with more
// people in need a place than crowded is flagged; exactly as many is not. A
// crowded of 0 flags none. Sites on the ground of a school are flagged when they
// have a space for adolescents, or limits; so are sites that say that they have no
// private room.
func Fit(in Input, a *Assessment, crowded float64) []SiteFit {
	sites := a.Option.In(in.County).Sites
	at := make([]int, len(sites))
	var fits []SiteFit
	for i := range sites {
		at[i] = -1
		if a.Option.Status[i].Open() {
			at[i] = len(fits)
			fits = append(fits, SiteFit{Site: i, Places: places(&sites[i])})
		}
	}
	for p, point := range in.County.Points {
		if a.Millis[p] > in.Limit {
			continue
		}
		if k := nearestOpen(in, a.Option, p); k >= 0 && at[k] >= 0 {
			fits[at[k]].InNeed += in.Need.Areas[point.Area].InNeed * point.Share
		}
	}
	for k := range fits {
		fits[k].Flags = flags(&sites[fits[k].Site], fits[k].Crowding(), crowded)
	}
	return fits
}

// places reads how many people a site holds, NaN when it does not say.
func places(s *county.Site) float64 {
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s.Attributes["capacity"]), ",", ""), 64)
	if err != nil || !(n >= 0) || math.IsInf(n, 1) {
		return math.NaN()
	}
	return n
}

// flags says what does not fit at a site.
func flags(s *county.Site, crowding, crowded float64) []string {
	var found []string
	if crowded > 0 && crowding > crowded {
		found = append(found, "crowded")
	}
	limits := s.Attributes["school_limits"]
	switch {
	case yes(s.Attributes["school_site"]) && limits != "":
		found = append(found, "on a school's ground: "+limits)
	case yes(s.Attributes["school_site"]) && s.YouthSpace == county.Yes:
		found = append(found, "youth space on a school's ground")
	}
	if has(s, PrivateRoom) == county.No {
		found = append(found, "no private room")
	}
	return found
}

func yes(s string) bool {
	return slices.Contains([]string{"yes", "y", "true", "1"}, strings.ToLower(strings.TrimSpace(s)))
}

// CrowdingThreshold is the people in need a place over which a site counts as
// crowded when the study does not say: the upper quartile over fits, those of the
// baseline, which is a fact about today and not a standard. 0 when no site says
// how many places it has.
func CrowdingThreshold(fits []SiteFit) float64 {
	var known []float64
	for _, f := range fits {
		if c := f.Crowding(); !math.IsNaN(c) {
			known = append(known, c)
		}
	}
	if len(known) == 0 {
		return 0
	}
	slices.Sort(known)
	return known[(3*len(known)-1)/4]
}
