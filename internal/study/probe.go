package study

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
	"hubreach/geo/shape"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// Probe answers about single places of a study that was run: the walks from one
// doorstep to every site, and catchments that the run did not draw. Any number
// of goroutines may ask.
type Probe struct {
	r      *Results
	doors  []sync.Pool // of doorTimer, by profile
	timers []sync.Pool // of timer, by profile
	points *index.Index[int]
	coded  map[string]int // postcodes, without spaces, to population points
}

// ErrNoPostcode means that none of the study's population points has a postcode.
var ErrNoPostcode = errors.New("no such postcode")

// ErrNoCatchment means that nobody has drawn a catchment of those minutes.
var ErrNoCatchment = errors.New("no such catchment")

// ErrNoProfile means that the study has no such walking profile.
var ErrNoProfile = errors.New("no such profile")

// ErrNoWalks means results of Load alone, which have no walks to ask for.
var ErrNoWalks = errors.New("no walks: the study has not been run")

// NewProbe prepares a run for questions. The error wraps ErrNoWalks.
func NewProbe(r *Results) (*Probe, error) {
	if r.walker == nil || r.measured == nil {
		return nil, fmt.Errorf("ask about places: %w", ErrNoWalks)
	}
	p := &Probe{r: r, doors: make([]sync.Pool, len(r.Spec.Walk.Profiles)), timers: make([]sync.Pool, len(r.Spec.Walk.Profiles)), coded: map[string]int{}}
	all := make([]int, len(r.County.Points))
	for i, point := range r.County.Points {
		all[i] = i
		if point.ID != "" {
			p.coded[postcodeKey(point.ID)] = i
		}
	}
	p.points = index.New(all, func(i int) orb.Bound { return orb.Point(r.County.Points[i].At).Bound() })
	for i := range p.doors {
		timer, err := doorsOf(r, i)
		if err != nil {
			return nil, err
		}
		p.doors[i].New = func() any { return timer() }
	}
	return p, nil
}

func postcodeKey(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}

// Walks returns the walks from a doorstep to the sites within the study's
// longest walk, for each profile by ascending site: Time.Point is the site's
// position. From a population point they are the run's own, to the millisecond.
// The error is a *walk.SnapError when no street is near enough; a profile
// other than the first that cannot be joined has no walks.
func (p *Probe) Walks(at geo.Grid) ([][]reach.Time, error) {
	all := make([][]reach.Time, len(p.doors))
	for i := range p.doors {
		t := p.doors[i].Get().(doorTimer)
		times, err := t.times(at)
		p.doors[i].Put(t)
		var snap *walk.SnapError
		switch {
		case errors.As(err, &snap) && i > 0:
		case err != nil:
			return nil, err
		default:
			all[i] = times
		}
	}
	return all, nil
}

// Postcode returns the population point with a postcode, in any case, with or
// without spaces. The error wraps ErrNoPostcode.
func (p *Probe) Postcode(code string) (int, error) {
	i, ok := p.coded[postcodeKey(code)]
	switch {
	case ok:
		return i, nil
	case len(p.coded) == 0:
		return 0, fmt.Errorf("postcode %.20q: %w: the study's people are not put at postcodes; ask by lon and lat", code, ErrNoPostcode)
	}
	return 0, fmt.Errorf("postcode %.20q: %w among the %d of the study's population points: want one in the county, or ask by lon and lat", code, ErrNoPostcode, len(p.coded))
}

// NearestPoint returns the population point nearest to a place as the crow
// flies, and how far it is; -1 when the study has none.
func (p *Probe) NearestPoint(at geo.Grid) (int, geo.Metres) {
	nearest, far := -1, geo.Unreachable
	p.points.Nearest(at, func(i int) geo.Metres { return at.Distance(p.r.County.Points[i].At) }, func(i int, d geo.Metres) bool {
		nearest, far = i, d
		return false
	})
	return nearest, far
}

// Catchment returns the ground from which a site is reached on foot within some
// minutes, and its people. One that the run drew is not drawn again. site is a
// position in the county's sites. The error wraps ErrNoProfile, reach.ErrMinutes,
// ErrNoCatchment or, for a site that cannot be joined to the streets, a
// *walk.SnapError.
func (p *Probe) Catchment(site int, profile string, minutes float64) (Catchment, error) {
	for _, c := range p.r.Catchments {
		if c.Site == site && c.Profile == profile && c.Minutes == minutes {
			return c, nil
		}
	}
	number := -1
	for i, known := range p.r.Spec.Walk.Profiles {
		if known.Name == profile {
			number = i
		}
	}
	if number < 0 {
		return Catchment{}, fmt.Errorf("profile %.40q: %w: want one of %s", profile, ErrNoProfile, p.profiles())
	}
	if !(minutes > 0 && minutes <= p.r.Spec.Walk.LimitMinutes) {
		return Catchment{}, fmt.Errorf("%g minutes: %w: want more than 0 and at most %g, the longest walk of the study", minutes, reach.ErrMinutes, p.r.Spec.Walk.LimitMinutes)
	}
	return p.draw(site, number, minutes)
}

// draw searches and outlines.
func (p *Probe) draw(site, profile int, minutes float64) (Catchment, error) {
	t, ok := p.timers[profile].Get().(timer)
	if !ok {
		var err error
		if t, err = p.r.walker.worker(profile); err != nil {
			return Catchment{}, err
		}
	}
	defer p.timers[profile].Put(t)
	at := p.r.County.Sites[site].At
	times, err := t.times(at, site)
	if err != nil {
		return Catchment{}, err
	}
	outlines, err := t.outlines(at, site, []float64{minutes})
	if err != nil {
		return Catchment{}, err
	}
	if outlines[0] == nil && p.r.Walk.Method == "catchments" {
		return Catchment{}, fmt.Errorf("%g minutes: %w among the study's ready-made catchments of site %s", minutes, ErrNoCatchment, p.r.County.Sites[site].ID)
	}
	c := Catchment{Site: site, Profile: p.r.Spec.Walk.Profiles[profile].Name, Minutes: minutes, Shape: outlines[0], AreaM2: shape.Area(outlines[0])}
	c.People = p.r.peopleWithin(times, minutes)
	return c, nil
}

func (p *Probe) profiles() string {
	var names []string
	for _, known := range p.r.Spec.Walk.Profiles {
		names = append(names, known.Name)
	}
	return strings.Join(names, ", ")
}
