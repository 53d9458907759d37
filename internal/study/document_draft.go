package study

import (
	"fmt"
	"slices"
	"strconv"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
)

// DraftOption returns a document that does what an option of the study does, under
// an id and a name of its own, for somebody to change. It stands by itself: every
// site of the study's tables is listed with its status, and what the option plans
// for it otherwise than the tables have it. The error wraps estate.ErrNoOption.
func (r *Results) DraftOption(of, id estate.OptionID, name string) (OptionDocument, error) {
	found, _, ok := r.Option(of)
	if !ok {
		return OptionDocument{}, r.noOption(of)
	}
	o := found.Option
	if name == "" {
		name = o.Name
	}
	d := OptionDocument{ID: id, Name: name, About: o.About, Sites: []OptionSite{}}
	planned := o.In(r.County).Sites
	moved := map[county.SiteID]bool{}
	for i, s := range planned {
		if s.Proposed() && o.Status[i] != estate.Closed {
			moved[s.StandsFor] = true
		}
	}
	for i, s := range planned {
		switch {
		case s.Proposed() && o.Status[i] == estate.Closed, !s.Proposed() && moved[s.ID]:
			continue
		case !s.Proposed():
			d.Sites = append(d.Sites, planOf(s, r.County.Sites[i], o.Status[i]))
			continue
		}
		lon, lat, err := r.placeGiven(s)
		if err != nil {
			return OptionDocument{}, fmt.Errorf("option %s: site %s: %w", of, s.ID, err)
		}
		from, k := county.Site{ID: s.StandsFor}, r.own(s.StandsFor)
		if k >= 0 {
			from = r.County.Sites[k]
			from.Name = movedName(from.Name)
		}
		entry := planOf(s, from, o.Status[i])
		entry.ID = s.StandsFor
		entry.Lon, entry.Lat = &lon, &lat
		d.Sites = append(d.Sites, entry)
	}
	return d, d.Validate()
}

// own returns the position of a site of the study's tables, -1 for none.
func (r *Results) own(id county.SiteID) int {
	for i, s := range r.County.Sites {
		if s.ID == id && !s.Proposed() {
			return i
		}
	}
	return -1
}

// placeGiven returns the place of a proposed site as the document that proposed it
// gave it, to the last bit.
func (r *Results) placeGiven(s county.Site) (lon, lat float64, err error) {
	for _, d := range documents(r.Spec.Options) {
		e := entryOf(d, s.StandsFor)
		if e == nil || e.Lon == nil {
			continue
		}
		if at, err := r.projection.ToGrid(geo.LonLat{*e.Lon, *e.Lat}); err == nil && at == s.At {
			return *e.Lon, *e.Lat, nil
		}
	}
	at, err := r.projection.ToLonLat(s.At)
	return at[0], at[1], err
}

// planOf says what a site is as planned, where it differs from what it was.
func planOf(planned, was county.Site, status estate.Status) OptionSite {
	s := OptionSite{ID: was.ID, Status: status.String()}
	if planned.Name != was.Name {
		s.Name = planned.Name
	}
	text := func(to *string, column string) {
		if v := planned.Attributes[column]; v != was.Attributes[column] {
			*to = v
		}
	}
	text(&s.YouthSpace, "youth_space")
	text(&s.UnderFives, "under_fives")
	text(&s.PrivateRoom, "private_room")
	text(&s.SchoolSite, "school_site")
	text(&s.SchoolLimits, "school_limits")
	text(&s.OpeningHours, "opening_hours")
	if !slices.Equal(planned.Services, was.Services) {
		s.Services = slices.Clone(planned.Services)
	}
	number := func(to **float64, column string) {
		t := ""
		if text(&t, column); t == "" {
			return
		}
		if v, err := strconv.ParseFloat(t, 64); err == nil {
			*to = &v
		}
	}
	number(&s.Capacity, "capacity")
	number(&s.AnnualHours, "annual_hours")
	for _, c := range []struct {
		to       **float64
		now, was county.Value
	}{
		{&s.Running, planned.Cost.Running, was.Cost.Running}, {&s.Staffing, planned.Cost.Staffing, was.Cost.Staffing},
		{&s.Backlog, planned.Cost.Backlog, was.Cost.Backlog}, {&s.OneOff, planned.Cost.OneOff, was.Cost.OneOff},
	} {
		if c.now.Known() && (!c.was.Known() || c.now.Number != c.was.Number) {
			v := c.now.Number
			*c.to = &v
		}
	}
	return s
}
