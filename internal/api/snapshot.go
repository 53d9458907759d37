package api

import (
	"fmt"
	"strings"
	"sync"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/store"
	"hubreach/internal/study"
	"hubreach/internal/tile"
)

// Snapshot is what is served at one moment: a version of a study, with the
// options that planners have edited. It is never changed, and any number of
// requests may read it.
type Snapshot struct {
	Version store.Version
	Results *study.Results                 // with the edited options
	edits   map[estate.OptionID]store.Edit // in force
	faults  []fault                        // edited options that the study cannot mean
	etag    string

	projection *geo.Projection
	probe      func() (*study.Probe, error) // made when somebody first asks about a place
	views      []func() *areaView           // of the areas, by option
	sites      map[county.SiteID]int
	areas      map[county.AreaCode]int

	tileOnce   sync.Once
	tileSets   *tile.Sets // once anybody asks for them
	tileErr    error
	tileParams tile.Params
	before     *tile.Sets // of the snapshot before, whose borders may be these

	ogcOnce sync.Once
	ogcAll  []*ogcCollection // once anybody asks for them
	ogcErr  error

	drawOnce sync.Once
	drawn    []orb.Geometry // the areas in degrees, once anybody asks for them
	drawErr  error

	mu   sync.Mutex
	warm map[estate.OptionID]*study.WhatIf // begun and never changed: forked for each what-if
}

// newSnapshot prepares a study with its edited options to be served.
func newSnapshot(v store.Version, c chain) (*Snapshot, error) {
	r := c.results()
	s := &Snapshot{Version: v, Results: r, edits: map[estate.OptionID]store.Edit{}, faults: c.faults, sites: map[county.SiteID]int{}, areas: r.County.AreaIndex(), warm: map[estate.OptionID]*study.WhatIf{}}
	var err error
	if s.projection, err = geo.NewProjection(); err != nil {
		return nil, err
	}
	s.probe = sync.OnceValues(func() (*study.Probe, error) { return study.NewProbe(r) })
	for k := range r.Options {
		s.views = append(s.views, sync.OnceValue(func() *areaView { return viewOf(r, k) }))
	}
	for i, site := range r.County.Sites {
		s.sites[site.ID] = i
	}
	last := int64(0)
	for _, e := range c.edits() {
		s.edits[e.Option] = e
		last = max(last, e.ID)
	}
	// Weak: the same answer comes as JSON, CSV or GeoJSON, squeezed or not. A
	// deleted option changes the fingerprint, not the last edit.
	s.etag = fmt.Sprintf(`W/"%.16s-%d-%d"`, r.Fingerprint, v.ID, last)
	return s, nil
}

// option finds an option; empty is the baseline. The error wraps
// estate.ErrBadOptionID or estate.ErrNoOption.
func (s *Snapshot) option(id string) (*study.OptionResult, int, error) {
	if id == "" {
		return &s.Results.Options[s.Results.Baseline], s.Results.Baseline, nil
	}
	parsed, err := estate.ParseOptionID(id)
	if err != nil {
		return nil, 0, err
	}
	o, i, ok := s.Results.Option(parsed)
	if !ok {
		return nil, 0, fmt.Errorf("option %q: %w: want one of %s", id, estate.ErrNoOption, s.optionIDs())
	}
	return o, i, nil
}

func (s *Snapshot) optionIDs() string {
	var ids []string
	for _, o := range s.Results.Options {
		ids = append(ids, string(o.Option.ID))
	}
	return strings.Join(ids, ", ")
}

// mostOptions bounds the options of one question.
const mostOptions = 50

// options finds the options that a question names, each by itself or several
// separated by commas, in the order named; none: the baseline.
func (s *Snapshot) options(named []string) ([]int, error) {
	ids := strings.Split(strings.Join(named, ","), ",")
	if len(ids) > mostOptions {
		return nil, fmt.Errorf("%w: %d options: want at most %d", errBad, len(ids), mostOptions)
	}
	at := make([]int, len(ids))
	for i, id := range ids {
		if id == "" && len(ids) > 1 {
			return nil, fmt.Errorf("%w: options %.80q: want ids with one comma between", errBad, strings.Join(named, ","))
		}
		var err error
		if _, at[i], err = s.option(id); err != nil {
			return nil, err
		}
	}
	return at, nil
}

// site finds a site. The error wraps study.ErrNoSite.
func (s *Snapshot) site(id string) (int, error) {
	if i, ok := s.sites[county.SiteID(id)]; ok {
		return i, nil
	}
	return 0, fmt.Errorf("site %.80q: %w", id, study.ErrNoSite)
}

// degrees returns a geometry of the grid in degrees, wound as RFC 7946 asks.
func (s *Snapshot) degrees(g orb.Geometry) (orb.Geometry, error) {
	out, err := s.projection.LonLatOf(g)
	if err != nil {
		return nil, err
	}
	if m, ok := out.(orb.MultiPolygon); ok {
		return shape.Wind(m), nil
	}
	return out, nil
}

// ground returns the areas in degrees, in the county's order.
func (s *Snapshot) ground() ([]orb.Geometry, error) {
	s.drawOnce.Do(func() {
		for i := range s.Results.County.Areas {
			g, err := s.degrees(s.Results.County.Areas[i].Shape)
			if err != nil {
				s.drawErr = fmt.Errorf("area %s: %w", s.Results.County.Areas[i].Code, err)
				return
			}
			s.drawn = append(s.drawn, g)
		}
	})
	return s.drawn, s.drawErr
}

// tiles returns the vector tiles.
func (s *Snapshot) tiles() (*tile.Sets, error) {
	s.tileOnce.Do(func() {
		if s.before != nil {
			s.tileSets, s.tileErr = s.before.With(s.Results)
		} else {
			s.tileSets, s.tileErr = tile.New(s.Results, s.tileParams)
		}
		s.before = nil
	})
	return s.tileSets, s.tileErr
}

// follow takes over what may be used again from the snapshot before, which is
// still in service. It comes before anybody else sees s.
func (s *Snapshot) follow(before *Snapshot) {
	if sets, err := before.tiles(); err == nil {
		s.before = sets
	}
}

// begin returns a what-if on an option that nobody else holds.
func (s *Snapshot) begin(id estate.OptionID) (*study.WhatIf, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.warm[id]
	if !ok {
		var err error
		if w, err = study.NewWhatIf(s.Results, id); err != nil {
			return nil, err
		}
		s.warm[id] = w
	}
	return w.Fork(), nil
}

// bounds returns the box around the county: west, south, east and north.
func (s *Snapshot) bounds() ([]Degrees, error) {
	ground, err := s.ground()
	if err != nil {
		return nil, err
	}
	box := orb.MultiPolygon{}.Bound()
	for _, g := range ground {
		box = box.Union(g.Bound())
	}
	return []Degrees{Degrees(box.Min[0]), Degrees(box.Min[1]), Degrees(box.Max[0]), Degrees(box.Max[1])}, nil
}
