package county

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
	"hubreach/geo/shape"
	"hubreach/internal/source"
)

// Why no county can be made, beside a *source.RowError, which says which value
// of which file has to be mended. Ask with errors.Is.
var (
	// ErrNoAreas means that no area, or none of a district asked for, is left to
	// plan for.
	ErrNoAreas = errors.New("no areas")
	// ErrNoPeople means that nobody is known to live in the areas.
	ErrNoPeople = errors.New("no people")
	// ErrNoLookup means that a table is keyed to older areas and nothing leads
	// from those to the areas of the boundaries.
	ErrNoLookup = errors.New("no look-up from the older areas")
	// ErrParams means that a parameter of Build is not usable.
	ErrParams = errors.New("bad parameter")
)

// Build joins the tables into a county. An error is something without which no
// county can be made: a value that cannot be meant, a code that stands twice, a
// table without which nothing can be joined. It is a *source.RowError where a
// value of a file is at fault. Everything else that is odd about the data is a
// Check. Rows of areas that the boundaries do not have are dropped and counted,
// so that national tables need not be cut to the county first.
//
// The tables are not changed, and the order of their rows does not matter.
func Build(in Tables, p Params) (*County, error) {
	b := builder{in: in, p: p, work: shape.NewWorker(), county: &County{}}
	for _, step := range []func() error{
		b.areas, b.districts, b.lookup, b.count, b.measures, b.ruralUrban,
		b.neighbours, b.points, b.settlements, b.sites, b.venues, b.costs, b.tables,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.county.Checks = b.checks
	return b.county, nil
}

// builder holds what the steps of Build share.
type builder struct {
	in     Tables
	p      Params
	work   *shape.Worker
	county *County
	checks checks

	at        map[AreaCode]int  // into county.Areas
	shapes    *index.Index[int] // areas by bound
	ready     []*shape.Prepared // by area, made when first asked for
	links     *Lookup           // nil when no look-up leads into the county
	older     map[AreaCode]Ages // residents by older area, when people were carried
	residents map[AreaCode]Ages // of the areas, and of areas outside that share a parent with one
	empty     []string          // tables that have rows, none of them of this county
}

// use notes what became of a table's rows. dropped holds one code for each row
// that was not used.
func (b *builder) use(h Head, read, used int, dropped []string) {
	u := Use{Input: h.Name, Read: read, Used: used, Dropped: len(dropped)}
	codes := slices.Clone(dropped)
	slices.Sort(codes)
	codes = slices.Compact(codes)
	u.Codes = slices.Clone(codes[:min(len(codes), MaxCodes)])
	b.county.Used = append(b.county.Used, u)
	if used == 0 && len(dropped) > 0 {
		b.empty = append(b.empty, h.Name)
	}
}

// tables checks that every table had something to say about the county.
func (b *builder) tables() error {
	detail := fmt.Sprintf("tables without a row of this county: %s", list(b.empty))
	var dropped []string
	for _, u := range b.county.Used {
		if u.Dropped > 0 {
			dropped = append(dropped, fmt.Sprintf("%s %s (%s)", u.Input, people(float64(u.Dropped)), few(u.Codes, 3)))
		}
	}
	if len(dropped) > 0 {
		detail += "; rows not used: " + strings.Join(dropped, ", ")
	}
	b.checks.add(len(b.empty) == 0, "Every table has rows of this county", "%s", detail)
	return nil
}

// ours reports whether a row of the table with this code belongs to an area of
// the county, by the look-up where the table is keyed to older areas.
func (b *builder) ours(h Head, code AreaCode) bool {
	if h.Older {
		return len(b.links.Children(code)) > 0
	}
	_, ok := b.at[code]
	return ok
}

// linked returns an error when the table is keyed to older areas and there is
// nothing to carry its values over by.
func (b *builder) linked(h Head) error {
	switch {
	case !h.Older || b.links != nil:
		return nil
	case len(b.in.Lookup) == 0:
		return fmt.Errorf("%s is keyed to older areas: %w: add an input with role \"lookup\"", h.File, ErrNoLookup)
	}
	return fmt.Errorf("%s is keyed to older areas: %w: no row of %s leads to an area of the boundaries; check its columns from and to", h.File, ErrNoLookup, b.in.Lookup[0].File)
}

// shapeOf projects a polygon and makes it valid. reason says what was wrong
// with it, empty for nothing.
func (b *builder) shapeOf(file string, crs source.CRS, r source.Boundary) (m orb.MultiPolygon, reason string, err error) {
	fault := func(err error, want string) error {
		return &source.RowError{File: file, Line: r.Line, Field: "geometry of " + r.Code, Want: want, Err: err, Do: "correct the feature, or check the file's coordinate reference system"}
	}
	m = r.Shape
	if crs != source.BritishNationalGrid {
		g, err := b.p.Projection.GridOf(r.Shape)
		if err != nil {
			return nil, "", fault(err, "longitude and latitude in Great Britain")
		}
		m = g.(orb.MultiPolygon)
	} else if box := m.Bound(); !onGrid(geo.Grid(box.Min)) || !onGrid(geo.Grid(box.Max)) {
		return nil, "", fault(nil, "metres of the British National Grid")
	}
	if m, reason, err = b.work.MakeValid(m); err != nil {
		return nil, "", fault(err, "a polygon")
	}
	return m, reason, nil
}

// place projects the coordinates of a place.
func (b *builder) place(file string, crs source.CRS, r source.Place) (geo.Grid, error) {
	fault := func(err error, want string) error {
		return &source.RowError{File: file, Line: r.Line, Field: "coordinates of " + r.Name, Found: fmt.Sprintf("%g, %g", r.At[0], r.At[1]), Want: want, Err: err, Do: "check the row's coordinates"}
	}
	if crs == source.BritishNationalGrid {
		if !onGrid(geo.Grid(r.At)) {
			return geo.Grid{}, fault(nil, "metres of the British National Grid")
		}
		return geo.Grid(r.At), nil
	}
	g, err := b.p.Projection.ToGrid(geo.LonLat(r.At))
	if err != nil {
		return g, fault(err, "longitude and latitude in Great Britain")
	}
	return g, nil
}

// onGrid reports whether p lies in the 700 km by 1,300 km of the British
// National Grid, edges included. What is not a number does not.
func onGrid(p geo.Grid) bool {
	return p[0] >= 0 && p[0] <= 700_000 && p[1] >= 0 && p[1] <= 1_300_000
}
