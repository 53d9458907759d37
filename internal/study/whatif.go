package study

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
)

// WhatIf is one option of a study while somebody tries changes on it. Nothing
// is searched but the walks and journeys to a site that is moved or added, and only the areas
// that a change touches are judged again; the answer is that of a run of the
// changed option all the same, to the last bit.
//
// The study's anchors of the score, its thresholds and its baseline stand, so
// that what is tried can be compared with its options. A site put where none was
// can therefore score over 1.
//
// A WhatIf belongs to one goroutine. Any number may stand on one Results.
type WhatIf struct {
	study  *Results // the study's own, never changed
	start  int      // position of the option it began as
	live   *estate.Live
	begun  *outreach.Input // what the outreach rules saw of it; not changed
	gauges *gauges         // shared with forks
	rides  map[int]*ride   // of the sites that stand elsewhere than in the study
	ridden *rideMemory     // shared with forks
}

// NewWhatIf begins with an option of the study; an empty id is its baseline. The
// error wraps estate.ErrNoOption and lists the options.
func NewWhatIf(r *Results, option estate.OptionID) (*WhatIf, error) {
	at, ok := r.Baseline, len(r.Options) > 0 // Load alone assesses none
	if option != "" {
		_, at, ok = r.Option(option)
	}
	if !ok {
		return nil, r.noOption(option)
	}
	begun := r.outreachInput(r.Options[at].Assessment, r.measured)
	return &WhatIf{study: r, start: at, live: estate.NewLive(r.input, r.Options[at].Option), begun: &begun, gauges: newGauges(r), rides: map[int]*ride{}, ridden: &rideMemory{}}, nil
}

// Fork returns a WhatIf that starts from where w stands and changes by itself.
// It is much cheaper than NewWhatIf.
func (w *WhatIf) Fork() *WhatIf {
	return &WhatIf{study: w.study, start: w.start, live: w.live.Fork(), begun: w.begun, gauges: w.gauges, rides: maps.Clone(w.rides), ridden: w.ridden}
}

// Picture is what a changed option does: what a study says of an option, and
// what is asked while it is changed. It is not changed by later changes; what it
// points to may be shared, and is only to be read.
type Picture struct {
	// OptionResult is as in Results. Score.Rank is the rank beside the other
	// options of the study, the one it began as left out. Losers are against the
	// study's baseline.
	OptionResult
	// Sites are the sites that Option.Status and OptionResult.Sites are of: the
	// county's, with those that were moved, and those that were added at the end.
	Sites []county.Site
	// Since counts losers against the option that the what-if began as.
	Since     []estate.LoserRow
	Districts []estate.DistrictReach // in the county's order
	// Changed lists the areas whose reach or outreach categories are not those
	// of the option that the what-if began as, ascending.
	Changed []int
}

// Picture returns the whole answer for the option as it now is.
func (w *WhatIf) Picture() *Picture {
	sort := func(see outreach.Input) *outreach.Result {
		return outreach.Again(see, w.study.Thresholds, *w.begun, w.study.Options[w.start].Outreach)
	}
	w.live.SetJourneys(w.study.ridden(w.rides))
	return w.study.picture(w.live.Input(), w.live.Assessment(), w.start, w.rides, sort)
}

// picture gathers what is said of an assessment that began as option number
// begun of the study. rides are the journeys to sites that stand elsewhere than in
// the study; sort sorts the areas into the outreach categories.
func (r *Results) picture(in estate.Input, a *estate.Assessment, begun int, rides map[int]*ride, sort func(outreach.Input) *outreach.Result) *Picture {
	own := *r
	own.County = in.County
	start := &r.Options[begun]
	p := &Picture{OptionResult: OptionResult{Assessment: a}, Sites: in.County.Sites}
	p.Score = r.scoreOf(in, a, begun)
	p.Required = estate.Required(in, a, r.Thresholds.BuildingThreshold)
	p.Losers = estate.Losers(in, r.Options[r.Baseline].Assessment, a)
	p.Since = p.Losers
	if begun != r.Baseline {
		p.Since = estate.Losers(in, start.Assessment, a)
	}
	see := own.seen(a, r, rides)
	p.TransitMin = see.Transit
	p.Outreach = sort(see)
	p.Districts = estate.Districts(in, a)
	for i := range a.Areas {
		if !sameReach(a.Areas[i], start.Areas[i]) || !slices.Equal(p.Outreach.Areas[i].Categories, start.Outreach.Areas[i].Categories) {
			p.Changed = append(p.Changed, i)
		}
	}
	return p
}

// scoreOf scores a changed option and ranks it beside those of the study, less
// the one it began as.
func (r *Results) scoreOf(in estate.Input, a *estate.Assessment, start int) estate.Score {
	s := estate.Rank(in, r.Scales, []*estate.Assessment{a})[0]
	for i, o := range r.Options {
		if i != start && o.Score.Score > s.Score {
			s.Rank++
		}
	}
	return s
}

// sameReach reports whether two options do the same for an area. Minutes that
// are not known are the same.
func sameReach(a, b estate.AreaReach) bool {
	same := func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }
	return a.CoveredShare == b.CoveredShare && a.YouthShare == b.YouthShare && a.Nearest == b.Nearest &&
		same(a.WalkMin, b.WalkMin) && same(a.PushchairMin, b.PushchairMin)
}

// ErrNoSite means that a change names a site that is not there.
var ErrNoSite = errors.New("no such site")

// ErrBadChange means that a change cannot be made. The message says why.
var ErrBadChange = errors.New("cannot change that")

// SiteWalks are the walks from the population points to a place, by ascending
// point: on foot with the study's first profile, and with its pushchair.
type SiteWalks struct{ Adult, Pushchair []reach.Time }

// Apply makes a change and returns the one that undoes it: applied next, it
// brings back the very option, bit for bit. A change that cannot be made leaves
// everything as it was; the error wraps ErrNoSite, ErrBadChange or, for a place
// that cannot be joined to the streets, a *walk.SnapError.
func (w *WhatIf) Apply(c Change) (undo Change, err error) {
	if c.do == nil {
		return Change{}, fmt.Errorf("%w: an empty change", ErrBadChange)
	}
	return c.do(w)
}

// Position returns where a site stands among Picture.Sites.
func (w *WhatIf) Position(id county.SiteID) (int, error) {
	i := slices.IndexFunc(w.live.Input().County.Sites, func(s county.Site) bool { return s.ID == id })
	if i < 0 {
		return -1, fmt.Errorf("site %q: %w", id, ErrNoSite)
	}
	return i, nil
}
