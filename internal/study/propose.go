package study

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
)

// propose puts the places that documents propose behind the county's sites: new
// sites, and where others are moved to. Documents that propose one id at one
// place share the site. What a document says of its rooms and costs is not the
// county's but the option's, see estate.Option.Sites.
func (r *Results) propose(docs []OptionDocument) error {
	own := *r.County
	own.Sites = slices.Clone(own.Sites)
	for _, d := range docs {
		for _, s := range d.Sites {
			if err := r.proposeSite(&own, d.ID, s); err != nil {
				return fmt.Errorf("option %s: site %.80q: %w", d.ID, s.ID, err)
			}
		}
	}
	if len(own.Sites) > len(r.County.Sites) {
		r.County = &own
	}
	return nil
}

// proposeSite adds the place of one entry to c, unless it is there.
func (r *Results) proposeSite(c *county.County, option estate.OptionID, s OptionSite) error {
	k := slices.IndexFunc(c.Sites, func(x county.Site) bool { return x.ID == s.ID && !x.Proposed() })
	if s.Lon == nil {
		if k < 0 && !slices.ContainsFunc(c.Sites, func(x county.Site) bool { return x.StandsFor == s.ID }) {
			return fmt.Errorf("%w: want the id of a site, or lon and lat for a new one; %s", ErrBadDocument, nearestIDs(string(s.ID), c))
		}
		return nil
	}
	at, err := r.projection.ToGrid(geo.LonLat{*s.Lon, *s.Lat})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBadDocument, err)
	}
	if placeOf(c, s.ID, at) >= 0 {
		return nil
	}
	site := county.Site{ID: s.ID, Name: s.Name, At: at, StandsFor: s.ID}
	if k >= 0 {
		site = c.Sites[k]
		site.At, site.StandsFor, site.Postcode = at, s.ID, ""
		site.Name = movedName(site.Name)
	} else if s.Name == "" {
		return fmt.Errorf("%w: name: want one for a new site", ErrBadDocument)
	}
	r.stand(&site)
	if site.Outside() && !r.Spec.Walk.OutsideSites {
		return fmt.Errorf("%w: lon %g, lat %g: want a place in the county, or walk.outside_sites = true in the study file", ErrBadDocument, *s.Lon, *s.Lat)
	}
	if slices.ContainsFunc(c.Sites, func(x county.Site) bool { return x.ID == site.ID }) {
		site.ID = county.SiteID(fmt.Sprintf("%s@%s", s.ID, option))
	}
	if slices.ContainsFunc(c.Sites, func(x county.Site) bool { return x.ID == site.ID }) {
		return fmt.Errorf("%w: id: another site is called %q; give one of them another id", ErrBadDocument, site.ID)
	}
	c.Sites = append(c.Sites, site)
	return nil
}

func movedName(name string) string { return name + " (moved)" }

// placeOf returns the site of c that an entry with this id and place means, -1
// when there is none yet.
func placeOf(c *county.County, id county.SiteID, at geo.Grid) int {
	return slices.IndexFunc(c.Sites, func(x county.Site) bool {
		return x.At == at && (x.StandsFor == id || x.ID == id && !x.Proposed())
	})
}

// documentOption makes the option of a document whose places are proposed. among
// are the options before it.
func (r *Results) documentOption(d OptionDocument, among []estate.Option) (estate.Option, error) {
	o := estate.Option{ID: d.ID, Name: d.Name, About: d.About, Status: make([]estate.Status, len(r.County.Sites))}
	if d.BasedOn != "" {
		k := slices.IndexFunc(among, func(b estate.Option) bool { return b.ID == d.BasedOn })
		if k < 0 {
			return o, fmt.Errorf("based_on: %w", unknownOption(d.BasedOn, among))
		}
		copy(o.Status, among[k].Status)
		o.Sites = slices.Clone(among[k].Sites)
	}
	if o.Sites != nil {
		o.Sites = append(o.Sites, r.County.Sites[len(o.Sites):]...)
	}
	for _, s := range d.Sites {
		if err := r.applySite(&o, s); err != nil {
			return o, fmt.Errorf("site %.80q: %w", s.ID, err)
		}
	}
	if len(o.OpenSites()) == 0 {
		return o, fmt.Errorf("%w: no site is open: an option keeps at least one", ErrBadDocument)
	}
	return o, nil
}

// unknownOption says which options there are.
func unknownOption(id estate.OptionID, among []estate.Option) error {
	ids := make([]string, len(among))
	for i, o := range among {
		ids[i] = string(o.ID)
	}
	return fmt.Errorf("option %q: %w: want one of %s", id, estate.ErrNoOption, strings.Join(ids, ", "))
}

// applySite does in o what one entry says.
func (r *Results) applySite(o *estate.Option, s OptionSite) error {
	was := r.meant(*o, s.ID)
	to := was
	if s.Lon != nil {
		at, err := r.projection.ToGrid(geo.LonLat{*s.Lon, *s.Lat})
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBadDocument, err)
		}
		to = placeOf(r.County, s.ID, at)
	}
	if to < 0 {
		return fmt.Errorf("%w: neither the study nor the option that this one is based on has it; give lon and lat", ErrBadDocument)
	}
	status := estate.New
	if was >= 0 {
		status = o.Status[was]
		o.Status[was] = estate.Closed
	}
	if s.Status != "" {
		status, _ = estate.ParseStatus(s.Status) // validated
	}
	o.Status[to] = status
	if o.Sites != nil && was >= 0 && to != was { // a moved site takes along what is planned for it
		from, at := &o.Sites[was], &o.Sites[to]
		at.YouthSpace, at.Cost, at.Attributes, at.Services = from.YouthSpace, from.Cost, from.Attributes, from.Services
	}
	if s.plans() {
		if o.Sites == nil {
			o.Sites = slices.Clone(r.County.Sites)
		}
		s.apply(&o.Sites[to])
	}
	return nil
}

// meant returns the site that an id means in an option: where the option has put
// or moved it, else the study's own; -1 when there is none.
func (r *Results) meant(o estate.Option, id county.SiteID) int {
	own := -1
	for i, s := range r.County.Sites {
		if s.StandsFor == id && o.Status[i] != estate.Closed {
			return i
		}
		if s.ID == id && !s.Proposed() {
			own = i
		}
	}
	return own
}

// plans reports whether the entry says anything of the building itself.
func (s OptionSite) plans() bool {
	for _, text := range s.attributes() {
		if text != "" {
			return true
		}
	}
	return s.Name != "" || len(s.Services) > 0 || s.Running != nil || s.Staffing != nil || s.Backlog != nil || s.OneOff != nil
}

// apply changes a site to what is planned for it.
func (s OptionSite) apply(to *county.Site) {
	if s.Name != "" {
		to.Name = s.Name
	}
	switch s.YouthSpace {
	case "yes":
		to.YouthSpace = county.Yes
	case "no":
		to.YouthSpace = county.No
	}
	if len(s.Services) > 0 {
		to.Services = slices.Clone(s.Services)
	}
	to.Attributes = maps.Clone(to.Attributes)
	for name, text := range s.attributes() {
		if text == "" {
			continue
		}
		if to.Attributes == nil {
			to.Attributes = map[string]string{}
		}
		to.Attributes[name] = text
	}
	for _, c := range []struct {
		to *county.Value
		n  *float64
	}{{&to.Cost.Running, s.Running}, {&to.Cost.Staffing, s.Staffing}, {&to.Cost.Backlog, s.Backlog}, {&to.Cost.OneOff, s.OneOff}} {
		if c.n != nil {
			*c.to = county.Value{Number: *c.n, Basis: county.Estimated}
		}
	}
}

// attributes are the parts that a site keeps as it was read, by their columns.
func (s OptionSite) attributes() map[string]string {
	number := func(n *float64) string {
		if n == nil {
			return ""
		}
		return strconv.FormatFloat(*n, 'f', -1, 64)
	}
	return map[string]string{
		"youth_space": s.YouthSpace, "under_fives": s.UnderFives, "private_room": s.PrivateRoom,
		"school_site": s.SchoolSite, "school_limits": s.SchoolLimits, "opening_hours": s.OpeningHours,
		"capacity": number(s.Capacity), "annual_hours": number(s.AnnualHours),
	}
}

var errNoCatchment = errors.New("walks are read off ready-made catchments, and nobody has drawn one around the new place")

// placesMeasurable refuses proposed places in a study that cannot measure walks
// to them.
func (r *Results) placesMeasurable() error {
	k := slices.IndexFunc(r.County.Sites, county.Site.Proposed)
	if r.Walk.Method != "catchments" || k < 0 {
		return nil
	}
	return fmt.Errorf("site %.80q: %w: %w", r.County.Sites[k].ID, ErrBadDocument, errNoCatchment)
}
