package study

import (
	"context"
	"fmt"
	"io"
	"strings"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/source"
)

// InputUse says what became of one input.
type InputUse struct {
	Role, Name, File, SHA256, Edition, Publisher, Licence string
	Read, Used, Dropped                                   int
}

// loaded is what the inputs of a study hold, before they are joined.
type loaded struct {
	tables     county.Tables
	streets    *streetFile // nil without streets
	heights    ground
	options    []county.Table[source.Codes]
	catchments []county.Table[source.Catchments]
	groups     []groupTable
	services   []county.Table[source.Codes]
	timetables []county.Table[source.Timetable]
	uses       []InputUse
	checks     []county.Check // of the readers
	projection *geo.Projection
	later      []string // roles that were given and are not read yet
}

// load reads every input of the study, in the order of the study file.
func load(ctx context.Context, s *Spec, open Open, progress Progress) (*loaded, error) {
	l := &loaded{}
	edition := ""
	for _, in := range s.Inputs {
		if in.Role == "boundaries" {
			edition = in.Areas
		}
	}
	for i := range s.Inputs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		in := &s.Inputs[i]
		progress("read "+in.File, i, len(s.Inputs))
		older := in.Areas != "" && in.Areas != edition
		if older && in.Areas > edition && edition != "" {
			return nil, fmt.Errorf("input %s: areas %s are newer than the boundaries' %s: values are carried from 2011 to 2021 only; use boundaries of %s", in.Name, in.Areas, edition, in.Areas)
		}
		head := county.Head{Name: in.Name, File: in.File, Older: older}
		sum, err := l.take(ctx, in, head, open)
		if err != nil {
			return nil, fmt.Errorf("read %w", err)
		}
		l.uses = append(l.uses, InputUse{Role: in.Role, Name: in.Name, File: in.File, SHA256: sum,
			Edition: in.Edition, Publisher: in.Publisher, Licence: in.Licence})
	}
	progress("read", len(s.Inputs), len(s.Inputs))
	l.geocode()
	return l, nil
}

// take reads one input, or takes up the streets for later, and returns the
// SHA-256 of its bytes.
func (l *loaded) take(ctx context.Context, in *Input, head county.Head, open Open) (sum string, err error) {
	if in.Role == "streets" {
		return l.streetFile(ctx, in, open)
	}
	sum, err = hashed(ctx, open, in.File, func(r io.Reader) error { return l.read(in, head, r) })
	if in.Role == "heights" && err == nil {
		l.heights[len(l.heights)-1].sha256 = sum
	}
	return sum, err
}

// unlocated returns the ids of the sites that have no coordinates.
func (l *loaded) unlocated() map[string]bool {
	ids := map[string]bool{}
	for _, t := range l.tables.Sites {
		for _, r := range t.Data.Rows {
			if !r.Located {
				ids[r.ID] = true
			}
		}
	}
	return ids
}

// geocode gives sites and venues without coordinates those of their postcode,
// where the study has postcodes and the file has no other coordinates.
func (l *loaded) geocode() {
	for _, tables := range [][]county.Table[source.Places]{l.tables.Sites, l.tables.Venues} {
		for i := range tables {
			t := &tables[i].Data
			if t.Unlocated == 0 {
				continue
			}
			for _, points := range l.tables.Points {
				if t.CRS != "" && t.CRS != points.Data.CRS {
					continue
				}
				if found := source.Locate(t.Rows, points.Data.Rows); found > 0 {
					t.CRS = points.Data.CRS
					t.Unlocated -= found
					l.checks = append(l.checks, county.Check{Title: fmt.Sprintf("Places of %s without coordinates stand at their postcode", tables[i].Name),
						Ran: true, Passed: t.Unlocated == 0, Detail: fmt.Sprintf("%d found in %s, %d without a known postcode", found, points.Name, t.Unlocated)})
				}
			}
		}
	}
}

// read reads one input by its role.
func (l *loaded) read(in *Input, head county.Head, r io.Reader) error {
	t, o := &l.tables, in.options()
	codes := func(fields ...string) (source.Codes, error) { return source.ReadCodes(r, in.File, o, fields) }
	switch in.Role {
	case "boundaries":
		if t.Boundaries.File != "" {
			return fmt.Errorf("%s: a second input with role \"boundaries\": a study has one; merge the files first", in.File)
		}
		rows, err := source.ReadBoundaries(r, in.File, o)
		t.Boundaries = county.Table[source.Boundaries]{Head: head, Data: rows}
		return err
	case "districts":
		rows, err := codes("code?", "district?", "district_name?")
		return add(&t.Districts, head, rows, err)
	case "lookup":
		rows, err := codes("from", "to", "change?", "district?")
		return add(&t.Lookup, head, rows, err)
	case "population":
		rows, err := source.ReadPopulation(r, in.File, o)
		return add(&t.Population, head, rows, err)
	case "indicators":
		return l.indicators(in, head, r, o)
	case "rural_urban":
		rows, err := codes("code", "class")
		return add(&t.RuralUrban, head, rows, err)
	case "settlements":
		return l.settlements(in, head, r, o)
	case "options":
		rows, err := codes("option_id", "option_name?", "site_id", "status?")
		return add(&l.options, head, rows, err)
	case "costs":
		rows, err := codes("site_id", "running?", "staffing?", "backlog?", "one_off?")
		return add(&t.Costs, head, rows, err)
	case "groups":
		return l.groupTable(in, head, r, o)
	case "services":
		rows, err := codes("service_option_id", "name?", "service", "delivered?", "staff_fte?", "needs?")
		return add(&l.services, head, rows, err)
	case "catchments":
		rows, err := source.ReadCatchments(r, in.File, o)
		return add(&l.catchments, head, rows, err)
	case "heights":
		return l.readHeights(in, r)
	case "timetable":
		l.later = append(l.later, in.Role) // until it is measured, see measureTransit
		rows, err := source.ReadTimetable(r, in.File, o)
		return add(&l.timetables, head, rows, err)
	case "centroids", "points", "sites", "neighbour_sites", "venues":
		return l.places(in, head, r, o)
	}
	l.later = append(l.later, in.Role)
	return nil
}

// add appends a table to a list of tables of the model.
func add[R any](to *[]county.Table[R], head county.Head, rows R, err error) error {
	if err == nil {
		*to = append(*to, county.Table[R]{Head: head, Data: rows})
	}
	return err
}

// places reads sites, venues, points and centroids.
func (l *loaded) places(in *Input, head county.Head, r io.Reader, o source.Options) error {
	var rows source.Places
	var err error
	if in.Format == "pbf" {
		kinds := o.Keep
		o.Keep = nil
		rows, err = source.ReadAmenities(r, in.File, o, kinds)
	} else {
		rows, err = source.ReadPlaces(r, in.File, o)
	}
	if err != nil {
		return err
	}
	t := &l.tables
	switch in.Role {
	case "centroids":
		return add(&t.Centroids, head, rows, nil)
	case "points":
		return add(&t.Points, head, rows, nil)
	case "venues":
		return add(&t.Venues, head, rows, nil)
	}
	head.Neighbours = in.Role == "neighbour_sites"
	return add(&t.Sites, head, rows, nil)
}

// settlements reads a table of settlements: polygons or a look-up, by content.
func (l *loaded) settlements(in *Input, head county.Head, r io.Reader, o source.Options) error {
	if in.IsTable() {
		rows, err := source.ReadCodes(r, in.File, o, []string{"code", "settlement", "settlement_name?", "part?", "part_name?"})
		return add(&l.tables.SettlementCodes, head, rows, err)
	}
	rows, err := source.ReadBoundaries(r, in.File, o)
	return add(&l.tables.SettlementShapes, head, rows, err)
}

// indicators reads the columns that the study file names.
func (l *loaded) indicators(in *Input, head county.Head, r io.Reader, o source.Options) error {
	var names []string
	at := map[string]int{}
	column := func(name string) int {
		if name == "" {
			return county.NoColumn
		}
		if _, ok := at[name]; !ok {
			at[name] = len(names)
			names = append(names, name)
		}
		return at[name]
	}
	var cols []county.IndicatorColumns
	for _, ind := range in.Indicators {
		cols = append(cols, county.IndicatorColumns{
			Indicator: county.Indicator{ID: ind.ID, Title: ind.Title, Of: ind.Of},
			Rank:      column(ind.Rank), Decile: column(ind.Decile), Score: column(ind.Score), Rate: column(ind.Rate),
			Numerator: column(ind.Numerator), Value: column(ind.Value),
			Percent: ind.Percent, Ages: ind.Ages, LowIsBad: ind.LowIsBad,
		})
	}
	rows, err := source.ReadValues(r, in.File, o, names)
	if err != nil {
		return err
	}
	l.tables.Indicators = append(l.tables.Indicators, county.IndicatorTable{
		Table:   county.Table[source.Values]{Head: head, Data: rows},
		Columns: cols,
	})
	return nil
}

// IsTable tells a table from polygons by the format, and without one by the name
// of the file.
func (in *Input) IsTable() bool {
	name := strings.TrimSuffix(strings.ToLower(in.File), ".gz")
	return in.Format == "csv" || in.Format == "xlsx" || in.Format == "" && (strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".xlsx"))
}
