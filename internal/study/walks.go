package study

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/county"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// walker measures walks in one of the three ways.
type walker interface {
	// worker returns what one goroutine measures with, for one profile.
	worker(profile int) (timer, error)
}

// timer gives the times between one place and the population points. Position
// is that of the place among the sites, or -1 for a venue.
type timer interface {
	times(at geo.Grid, position int) ([]reach.Time, error)
	// outlines gives the catchment of the place for each of the minutes.
	outlines(at geo.Grid, position int, minutes []float64) ([]orb.MultiPolygon, error)
}

// measure finds the walks from every population point to every site, for every
// profile, and to every venue for the first, with the outlines of the sites.
func measure(ctx context.Context, r *Results, l *loaded, env Env) (*walks, error) {
	m, err := r.method(ctx, l, env)
	if err != nil {
		return nil, err
	}
	r.walker = m
	count := len(r.County.Points) // the areal method has points of its own
	w := &walks{}
	r.walks = map[string]*reach.Matrix{}
	sites := make([]geo.Grid, len(r.County.Sites))
	for i, s := range r.County.Sites {
		sites[i] = s.At
	}
	for p, profile := range r.Spec.Walk.Profiles {
		stage := fmt.Sprintf("walk to %d sites, %s", len(sites), profile.Name)
		found, err := each(ctx, m, p, sites, true, r.Spec.Walk.Outlines, env, stage)
		if err != nil {
			return nil, err
		}
		if err := r.joined(p, 0, found.refused); err != nil {
			return nil, err
		}
		matrix := reach.NewMatrix(count, found.times)
		w.sites = append(w.sites, matrix)
		r.walks[profile.Name] = matrix
		r.Catchments = append(r.Catchments, r.catch(profile.Name, 0, found)...)
		r.refuse(found.refused, "site", profile.Name, func(i int) string { return string(r.County.Sites[i].ID) })
	}
	if len(r.County.Venues) > 0 {
		venues := make([]geo.Grid, len(r.County.Venues))
		for i, v := range r.County.Venues {
			venues[i] = v.At
		}
		found, err := each(ctx, m, 0, venues, false, nil, env, fmt.Sprintf("walk to %d venues", len(venues)))
		if err != nil {
			return nil, err
		}
		w.venues = reach.NewMatrix(count, found.times)
		r.refuse(found.refused, "venue", r.Spec.Walk.Profiles[0].Name, func(i int) string { return string(r.County.Venues[i].ID) })
	}
	r.refusalCheck()
	return w, nil
}

// method builds the walker that the study asks for, or the best that the inputs
// allow: streets, then ready-made catchments, then straight lines.
func (r *Results) method(ctx context.Context, l *loaded, env Env) (walker, error) {
	points := make([]geo.Grid, len(r.County.Points))
	for i, p := range r.County.Points {
		points[i] = p.At
	}
	method := r.Spec.Walk.Method
	if method == "" {
		switch {
		case l.streets != nil:
			method = "streets"
		case len(l.catchments) > 0:
			method = "catchments"
		default:
			method = "straight_line"
		}
	}
	if r.Spec.Points.Method == "areal" && method != "catchments" {
		return nil, errors.New("points.method \"areal\" needs walk.method \"catchments\": shares of ground are told from ready-made catchments")
	}
	r.Walk = WalkMethod{Method: method, PointsFrom: r.County.PointsFrom}
	switch method {
	case "streets":
		if l.streets == nil {
			return nil, errors.New("walk.method \"streets\" needs an input with role \"streets\"")
		}
		return r.streets(ctx, l, points, env)
	case "catchments":
		if len(l.catchments) == 0 {
			return nil, errors.New("walk.method \"catchments\" needs an input with role \"catchments\"")
		}
		return r.readyMade(ctx, l, points, env)
	}
	r.Walk.Note = fmt.Sprintf("walk: approximate: no street network; straight line x %.2f", r.Spec.Walk.DetourFactor)
	return newStraight(points, r.Spec.Walk)
}

// found is what a round over places gave, each slice in the order of the places.
type found struct {
	times    [][]reach.Time
	outlines [][]orb.MultiPolygon
	refused  []error // *walk.SnapError, or nil
}

// each measures all places for one profile, shared out among the workers. Each
// worker writes to the place's own position, so the answer does not depend on
// who came first.
func each(ctx context.Context, m walker, profile int, places []geo.Grid, sites bool, minutes []float64, env Env, stage string) (*found, error) {
	f := &found{times: make([][]reach.Time, len(places)), outlines: make([][]orb.MultiPolygon, len(places)), refused: make([]error, len(places))}
	err := share(ctx, env, stage, len(places), func() func(int) error {
		t, err := m.worker(profile)
		return func(i int) error {
			if err != nil {
				return err
			}
			return f.place(t, i, places[i], sites, minutes)
		}
	})
	return f, err
}

// place measures one place. That it cannot be joined to the streets is kept,
// not returned.
func (f *found) place(t timer, i int, at geo.Grid, site bool, minutes []float64) error {
	position := -1
	if site {
		position = i
	}
	times, err := t.times(at, position)
	var snap *walk.SnapError
	if errors.As(err, &snap) {
		f.refused[i] = snap
		return nil
	}
	if err != nil {
		return err
	}
	f.times[i] = times
	if len(minutes) == 0 {
		return nil
	}
	f.outlines[i], err = t.outlines(at, position, minutes)
	return err
}

// catch returns the outlines of one profile, of the sites from first on, with
// their people counted at the points.
func (r *Results) catch(profile string, first int, f *found) []Catchment {
	var all []Catchment
	for site := range f.outlines {
		for k, s := range f.outlines[site] {
			minutes := r.Spec.Walk.Outlines[k]
			c := Catchment{Site: first + site, Profile: profile, Minutes: minutes, Shape: s, AreaM2: shape.Area(s)}
			c.People = r.peopleWithin(f.times[site], minutes)
			all = append(all, c)
		}
	}
	return all
}

// joined refuses a proposed place that cannot be joined to the streets by the
// profile that decides: nobody would be told that it serves no one. refused are
// those of the sites from first on.
func (r *Results) joined(profile, first int, refused []error) error {
	for i, err := range refused {
		if s := &r.County.Sites[first+i]; err != nil && profile == 0 && s.Proposed() {
			return fmt.Errorf("site %.80q: %w: %w", s.ID, ErrBadDocument, err)
		}
	}
	return nil
}

// peopleWithin counts residents aged 0-19 whose walk is within some minutes.
func (r *Results) peopleWithin(times []reach.Time, minutes float64) (people float64) {
	for _, t := range times {
		if t.Millis <= millis(minutes) {
			p := r.County.Points[t.Point]
			people += r.County.Areas[p.Area].Residents.Between(0, 19) * p.Share
		}
	}
	return people
}

// refuse keeps the places that could not be joined to the streets.
func (r *Results) refuse(errs []error, kind, profile string, id func(int) string) {
	for i, err := range errs {
		var snap *walk.SnapError
		if errors.As(err, &snap) {
			r.Refused = append(r.Refused, Refused{Kind: kind, ID: id(i), Metres: snap.Metres, Reason: profile + ": " + snap.Reason.String()})
		}
	}
}

// refusalCheck turns the refusals into checks.
func (r *Results) refusalCheck() {
	if r.Walk.Method != "streets" {
		return
	}
	lists := map[string][]string{}
	people := 0.0
	for _, f := range r.Refused {
		lists[f.Kind] = append(lists[f.Kind], fmt.Sprintf("%s (%s)", f.ID, f.Reason))
	}
	refused := r.refusedPoints
	for _, p := range refused {
		people += r.County.Areas[r.County.Points[p].Area].Residents.Between(0, 19) * r.County.Points[p].Share
	}
	for _, kind := range []string{"site", "venue"} {
		r.Checks = append(r.Checks, county.Check{Title: fmt.Sprintf("Every %s can be joined to the streets", kind), Ran: true,
			Passed: len(lists[kind]) == 0, Detail: fmt.Sprintf("%d refused%s", len(lists[kind]), firstFew(lists[kind]))})
	}
	r.Checks = append(r.Checks, county.Check{Title: "Nearly all people live where the streets can be joined", Ran: true,
		Passed: people <= 0.01*r.County.People(0, 19),
		Detail: fmt.Sprintf("%d of %d population points are more than %g m from a street or on an island of the network; %.0f residents aged 0-19 there count as outside",
			len(refused), len(r.County.Points), r.Spec.Walk.SnapLimitM, people)})
}

func firstFew(items []string) string {
	const most = 10
	switch {
	case len(items) == 0:
		return ""
	case len(items) > most:
		return fmt.Sprintf(": %s and %d more", strings.Join(items[:most], ", "), len(items)-most)
	}
	return ": " + strings.Join(items, ", ")
}

func defaultProfiles() []Profile {
	var ps []Profile
	for _, p := range walk.Profiles() {
		ps = append(ps, Profile(p))
	}
	return ps
}
