package report

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the driver of database/sql
	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/study"
)

// lastChange stands for the time of every change: a file of ours holds no clock.
// Version 1.3 of the standard asks for this form, with milliseconds.
const lastChange = "1970-01-01T00:00:00.000Z"

// writeGeoPackage writes study.gpkg to a path that does not exist: a GeoPackage
// 1.3 (OGC 12-128r17) in EPSG:27700.
//
// Layers: areas, one areas_<option> for each option, sites, outreach and
// catchments. Tables without geometry: options, area_results, transit, losers, closures, checks,
// inputs and not_assessed. Columns are those of the CSV files. There is no
// spatial index: the standard's triggers call functions that plain SQLite does
// not have, and the layers are small.
func writeGeoPackage(ctx context.Context, path string, r *study.Results) error {
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return fmt.Errorf("write study.gpkg: %w", err)
	}
	db.SetMaxOpenConns(1) // the pragmas below are those of a connection
	g := &geoPackage{ctx: ctx, db: db}
	err = g.fill(r)
	if closed := db.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write study.gpkg: %w", err)
	}
	return nil
}

// geoPackage is a file that is being written.
type geoPackage struct {
	ctx context.Context
	db  *sql.DB
	tx  *sql.Tx
}

// fill writes everything in one transaction. The journal stays in memory, and
// the caller flushes the file: one that was not finished is thrown away.
func (g *geoPackage) fill(r *study.Results) error {
	if err := g.pragmas(); err != nil {
		return err
	}
	var err error
	if g.tx, err = g.db.BeginTx(g.ctx, nil); err != nil {
		return err
	}
	if err := g.tables(r); err != nil {
		return rolledBack(g.tx, err)
	}
	if err := g.tx.Commit(); err != nil {
		return err
	}
	_, err = g.db.ExecContext(g.ctx, "VACUUM")
	return err
}

// rolledBack ends the transaction without keeping it and returns err.
func rolledBack(tx *sql.Tx, err error) error {
	_ = tx.Rollback() // err is what went wrong first; the file goes away
	return err
}

func (g *geoPackage) pragmas() error {
	for _, p := range []string{
		"page_size = 4096", "encoding = 'UTF-8'", "journal_mode = MEMORY", "synchronous = OFF", "temp_store = MEMORY",
		"application_id = 0x47504B47", // "GPKG"
		"user_version = 10300",        // 1.3.0
	} {
		if _, err := g.db.ExecContext(g.ctx, "PRAGMA "+p); err != nil {
			return fmt.Errorf("pragma %s: %w", p, err)
		}
	}
	return nil
}

// tables writes the standard's own tables, then ours.
func (g *geoPackage) tables(r *study.Results) error {
	for _, statement := range standard {
		if err := g.run(statement); err != nil {
			return err
		}
	}
	for _, s := range systems {
		if err := g.run("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", s.name, s.id, s.organization, s.code, s.definition, s.about); err != nil {
			return err
		}
	}
	for _, step := range []func(*study.Results) error{
		func(r *study.Results) error { return writeTable(g, optionsTable(r)) },
		func(r *study.Results) error { return writeTable(g, areasLayer(r)) },
		func(r *study.Results) error { return writeTable(g, areaResultsTable(r)) },
		g.optionViews,
		func(r *study.Results) error { return writeTable(g, sitesTable(r)) },
		func(r *study.Results) error { return writeTable(g, targetsTable(r)) },
		func(r *study.Results) error { return writeTable(g, catchmentsTable(r)) },
		func(r *study.Results) error { return writeTable(g, transitTable(r)) },
		func(r *study.Results) error { return writeTable(g, losersTable(r)) },
		func(r *study.Results) error { return writeTable(g, closuresTable(r)) },
		func(r *study.Results) error { return writeTable(g, checksTable(r)) },
		func(r *study.Results) error { return writeTable(g, inputsTable(r)) },
		func(r *study.Results) error { return writeTable(g, notAssessedTable(r)) },
	} {
		if err := step(r); err != nil {
			return err
		}
	}
	return nil
}

func (g *geoPackage) run(statement string, args ...any) error {
	if _, err := g.tx.ExecContext(g.ctx, statement, args...); err != nil {
		first, _, _ := strings.Cut(statement, "\n")
		return fmt.Errorf("%s: %w", first, err)
	}
	return nil
}

// areasLayer is the layer areas: the polygons, and what no option changes.
func areasLayer(r *study.Results) table[areaRow] {
	t := table[areaRow]{
		name: "areas", about: "Small areas, and what is the same under every option", kind: "MULTIPOLYGON",
		place: func(a areaRow) (orb.Geometry, error) { return a.area.Shape, nil },
		rows: func(yield func(areaRow) bool) {
			for i := range r.County.Areas {
				if !yield(areaRowOf(r, nil, i)) {
					return
				}
			}
		},
	}
	for _, c := range areaColumns() {
		if c.stands {
			t.columns = append(t.columns, c.column)
		}
	}
	return t
}

// areaResultsTable is area_results: what an option changes, without polygons.
// area_fid is the fid of the area in areas.
func areaResultsTable(r *study.Results) table[areaRow] {
	t := areasTable(r)
	t.name, t.about = "area_results", "What each option does for each area; see areas_<option> for the same with polygons"
	t.columns = []column[areaRow]{{"area_fid", sqlWhole, func(a areaRow) value { return count(a.at + 1) }}}
	for _, c := range areaColumns() {
		if !c.stands {
			t.columns = append(t.columns, c.column)
		}
	}
	return t
}

// optionViews adds one layer an option: a view of areas and area_results with
// the columns of areas.csv, in their order.
func (g *geoPackage) optionViews(r *study.Results) error {
	var b strings.Builder
	for _, c := range areaColumns() {
		from := "r"
		if c.stands {
			from = "a"
		}
		fmt.Fprintf(&b, ", %s.%s", from, identifier(c.name))
	}
	box := orb.MultiPoint{}.Bound()
	for _, a := range r.County.Areas {
		box = box.Union(a.Shape.Bound())
	}
	names := viewNames(r.Options)
	for k, o := range r.Options {
		// OGC_FID is the name by which GDAL knows the id of a view's rows.
		statement := fmt.Sprintf("CREATE VIEW %s AS SELECT a.fid AS OGC_FID, a.geom%s FROM area_results r JOIN areas a ON a.fid = r.area_fid WHERE r.option_id = '%s'",
			identifier(names[k]), b.String(), o.Option.ID) // an OptionID has no quotes
		if err := g.run(statement); err != nil {
			return err
		}
		title := fmt.Sprintf("Areas under option %s (%s)", o.Option.ID, o.Option.Name)
		if err := g.register(contents{table: names[k], about: title, kind: "MULTIPOLYGON", box: box}); err != nil {
			return err
		}
	}
	return nil
}

// viewNames returns a name for each option's layer of areas: SQLite does not
// tell capital letters from small ones, and "-" and "." would have to be quoted
// by everyone. A name that is taken gets a number.
func viewNames(options []study.OptionResult) []string {
	taken := map[string]bool{}
	var names []string
	for _, o := range options {
		base := "areas_" + strings.NewReplacer("-", "_", ".", "_").Replace(strings.ToLower(string(o.Option.ID)))
		name := base
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s_%d", base, n)
		}
		taken[name] = true
		names = append(names, name)
	}
	return names
}

// checksTable holds the checks; passed is NULL for one that was not run.
func checksTable(r *study.Results) table[county.Check] {
	return table[county.Check]{
		name: "checks", about: "What was checked of the data, and what was found", rows: each(r.Checks),
		columns: []column[county.Check]{
			{"title", sqlText, func(c county.Check) value { return text(c.Title) }},
			{"passed", sqlFlag, func(c county.Check) value { return flag(c.Passed).when(c.Ran) }},
			{"detail", sqlText, func(c county.Check) value { return text(c.Detail) }},
		},
	}
}

// inputsTable says what the study was made from.
func inputsTable(r *study.Results) table[study.InputUse] {
	return table[study.InputUse]{
		name: "inputs", about: "What the study was made from", rows: each(r.Inputs),
		columns: []column[study.InputUse]{
			{"role", sqlText, func(in study.InputUse) value { return text(in.Role) }},
			{"name", sqlText, func(in study.InputUse) value { return text(in.Name) }},
			{"file", sqlText, func(in study.InputUse) value { return text(inputPartOf(in).File) }},
			{"sha256", sqlText, func(in study.InputUse) value { return text(in.SHA256) }},
			{"edition", sqlText, func(in study.InputUse) value { return text(in.Edition) }},
			{"publisher", sqlText, func(in study.InputUse) value { return text(in.Publisher) }},
			{"licence", sqlText, func(in study.InputUse) value { return text(in.Licence) }},
		},
	}
}

// notAssessedTable says what the study could not assess.
func notAssessedTable(r *study.Results) table[string] {
	return table[string]{
		name: "not_assessed", about: "What the study could not assess, and what stood in", rows: each(r.NotAssessed),
		columns: []column[string]{{"note", sqlText, func(s string) value { return text(s) }}},
	}
}
