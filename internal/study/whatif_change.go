package study

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/walk"
)

// Change is one edit of an option, made by SetStatus, MoveSite, AddSite or
// RemoveSite. It says what is wanted and belongs to no WhatIf; an undo, which
// holds what was, belongs to the one that gave it. The zero value changes
// nothing and is refused.
type Change struct {
	do func(*WhatIf) (Change, error)
}

// SetStatus opens, closes or otherwise uses a site.
func SetStatus(site county.SiteID, to estate.Status) Change {
	return Change{func(w *WhatIf) (Change, error) {
		i, err := w.Position(site)
		if err != nil {
			return Change{}, err
		}
		was := w.live.Status(i)
		w.live.SetStatus(i, to)
		return SetStatus(site, was), nil
	}}
}

// MoveSite puts a site at another place, its status kept. walks are the walks
// to that place; nil has them searched for, which a study with ready-made
// catchments cannot do.
func MoveSite(site county.SiteID, to geo.Grid, walks *SiteWalks) Change {
	return Change{func(w *WhatIf) (Change, error) {
		i, err := w.Position(site)
		if err != nil {
			return Change{}, err
		}
		found, err := w.walks(to, walks)
		if err != nil {
			return Change{}, fmt.Errorf("move site %s: %w", site, err)
		}
		there, err := w.ride(i, to, found.Adult)
		if err != nil {
			return Change{}, fmt.Errorf("move site %s: public transport: %w", site, err)
		}
		as := w.live.County().Sites[i]
		as.At = to
		w.study.stand(&as)
		return w.set(i, as, *found, there), nil
	}}
}

// AddSite opens a site that the study does not have: its ID, Name, At,
// YouthSpace and Cost are used, and where it lies is found. An id that is taken
// is refused. walks are as in MoveSite.
func AddSite(site county.Site, walks *SiteWalks) Change {
	return Change{func(w *WhatIf) (Change, error) {
		if _, err := w.Position(site.ID); err == nil || site.ID == "" {
			return Change{}, fmt.Errorf("add site %q: %w: want an id that no site has", site.ID, ErrBadChange)
		}
		found, err := w.walks(site.At, walks)
		if err != nil {
			return Change{}, fmt.Errorf("add site %s: %w", site.ID, err)
		}
		there, err := w.ride(len(w.live.County().Sites), site.At, found.Adult)
		if err != nil {
			return Change{}, fmt.Errorf("add site %s: public transport: %w", site.ID, err)
		}
		as := site
		w.study.stand(&as)
		w.add(as, *found, there, estate.New)
		return RemoveSite(site.ID), nil
	}}
}

// RemoveSite takes away the site that was added last. Any other site can be
// closed, and is refused.
func RemoveSite(site county.SiteID) Change {
	return Change{func(w *WhatIf) (Change, error) {
		i, err := w.Position(site)
		if err != nil {
			return Change{}, err
		}
		sites := w.live.County().Sites
		if i < len(w.study.County.Sites) || i < len(sites)-1 {
			return Change{}, fmt.Errorf("remove site %s: %w: only the site added last can be taken away; close it instead", site, ErrBadChange)
		}
		was, status := sites[i], w.live.Status(i)
		adult, push := w.live.Times(i)
		there := w.rides[i]
		w.live.RemoveLast()
		delete(w.rides, i)
		return Change{func(w *WhatIf) (Change, error) {
			w.add(was, SiteWalks{adult, push}, there, status)
			return RemoveSite(site), nil
		}}, nil
	}}
}

// add appends a site.
func (w *WhatIf) add(as county.Site, walks SiteWalks, there *ride, status estate.Status) {
	i := w.live.Add(as, walks.Adult, walks.Pushchair)
	w.stands(i, there)
	w.live.SetStatus(i, status)
}

// stands keeps the journeys to a site where it now stands.
func (w *WhatIf) stands(i int, there *ride) {
	if there == nil {
		delete(w.rides, i)
		return
	}
	w.rides[i] = there
}

// set replaces a site and returns the change that brings it back.
func (w *WhatIf) set(i int, as county.Site, walks SiteWalks, there *ride) Change {
	was, before := w.live.County().Sites[i], w.rides[i]
	adult, push := w.live.Times(i)
	w.live.SetSite(i, as, walks.Adult, walks.Pushchair)
	w.stands(i, there)
	return Change{func(w *WhatIf) (Change, error) {
		if w.live.County().Sites[i].ID != was.ID {
			return Change{}, fmt.Errorf("undo of site %s: %w: it is not where it was among the sites", was.ID, ErrBadChange)
		}
		return w.set(i, was, SiteWalks{adult, push}, before), nil
	}}
}

// walks returns given, or searches.
func (w *WhatIf) walks(to geo.Grid, given *SiteWalks) (*SiteWalks, error) {
	r := w.study
	if given != nil {
		return given, nil
	}
	if r.Walk.Method == "catchments" {
		return nil, fmt.Errorf("%w: walks are read off ready-made catchments, and nobody has drawn one around the new place", ErrBadChange)
	}
	found := &SiteWalks{}
	for i, p := range r.Spec.Walk.Profiles {
		if i > 0 && p.Name != "pushchair" {
			continue
		}
		times, err := w.gauges.walks(i, to)
		var snap *walk.SnapError
		switch {
		case errors.As(err, &snap) && i > 0: // as in a run: nobody gets there with a pushchair
		case err != nil:
			return nil, fmt.Errorf("profile %s: %w", p.Name, err)
		}
		if i == 0 {
			found.Adult = times
		}
		if p.Name == "pushchair" {
			found.Pushchair = times
		}
	}
	return found, nil
}

// stand finds the area, district and settlement that a site stands in: the
// first area that holds it, else the nearest within county.Tolerance. Outside
// the county it keeps the district that it names.
func (r *Results) stand(s *county.Site) {
	s.Area = -1
	at, near := orb.Point(s.At), float64(county.Tolerance)
	for i := range r.County.Areas {
		m := r.County.Areas[i].Shape
		if !m.Bound().Pad(near).Contains(at) {
			continue
		}
		if planar.MultiPolygonContains(m, at) {
			s.Area = i
			break
		}
		if d := planar.DistanceFrom(m, at); d <= near {
			s.Area, near = i, d
		}
	}
	s.Settlement = ""
	if s.Area >= 0 {
		s.District, s.Settlement = r.County.Areas[s.Area].District, r.County.Areas[s.Area].Settlement
	}
}
