package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo/geopackage"
	"hubreach/internal/store"
)

// sqlTypes are the types of columns, as GeoPackage names them.
var sqlTypes = map[store.Kind]string{
	store.Bool: "BOOLEAN", store.Int: "INTEGER", store.Float: "DOUBLE", store.Text: "TEXT",
	store.Geometry: "GEOMETRY", store.Point: "POINT", store.Polygons: "MULTIPOLYGON",
}

// keepLayer adds the rows of a layer of version v and shows them in the layer's
// view while v is current.
func keepLayer(ctx context.Context, tx *sql.Tx, v store.VersionID, l store.Layer) error {
	if err := widenTable(ctx, tx, l); err != nil {
		return err
	}
	box, err := keepRows(ctx, tx, v, l)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO hubreach_layers VALUES (?, ?, ?, ?, ?, ?, ?)", append([]any{v, l.Name, len(l.Rows)}, corners(box)...)...); err != nil {
		return err
	}
	return show(ctx, tx, l)
}

// widenTable makes the table of a layer's rows, or gives it the columns that it
// does not have yet. A column never changes its type.
func widenTable(ctx context.Context, tx *sql.Tx, l store.Layer) error {
	table := l.Name + "_versions"
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`CREATE TABLE IF NOT EXISTS %s (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, version_id INTEGER NOT NULL REFERENCES hubreach_versions (id))`, table)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`CREATE INDEX IF NOT EXISTS %s_of ON %s (version_id)`, table, table)); err != nil {
		return err
	}
	has, err := columnsOf(ctx, tx, table)
	if err != nil {
		return err
	}
	for _, c := range l.Columns {
		at := slices.IndexFunc(has, func(h column) bool { return h.name == c.Name })
		switch {
		case at < 0:
			if _, err := tx.ExecContext(ctx, fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", table, quoted(c.Name), sqlTypes[c.Kind])); err != nil {
				return err
			}
		case has[at].sql != sqlTypes[c.Kind]:
			return fmt.Errorf("%w: column %s is %s: earlier versions have %s", store.ErrInvalid, c.Name, sqlTypes[c.Kind], has[at].sql)
		}
	}
	return nil
}

type column struct{ name, sql string }

func columnsOf(ctx context.Context, db querier, table string) ([]column, error) {
	return all(ctx, db, func(row scanner) (c column, err error) {
		err = row.Scan(&c.name, &c.sql)
		return c, err
	}, "SELECT name, type FROM pragma_table_info(?)", table)
}

// keepRows adds rows and returns the ground that they cover.
func keepRows(ctx context.Context, tx *sql.Tx, v store.VersionID, l store.Layer) (orb.Bound, error) {
	box := orb.MultiPoint{}.Bound()
	names := []string{"version_id"}
	for _, c := range l.Columns {
		names = append(names, quoted(c.Name))
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")
	insert, err := tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s_versions (%s) VALUES (%s)", l.Name, strings.Join(names, ", "), marks))
	if err != nil {
		return box, err
	}
	defer insert.Close()
	args := make([]any, len(names))
	args[0] = int64(v)
	for i, row := range l.Rows {
		for k, value := range row {
			if g, ok := value.(orb.Geometry); ok {
				box = box.Union(g.Bound())
				if value, err = geopackage.Marshal(g); err != nil {
					return box, fmt.Errorf("row %d: %w", i+1, err)
				}
			}
			args[k+1] = value
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return box, fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return box, nil
}

// corners are the values of min_x, min_y, max_x and max_y.
func corners(b orb.Bound) []any {
	if b.IsEmpty() {
		return []any{nil, nil, nil, nil}
	}
	return []any{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}

// show makes the layer's view over the current version of every study, and
// registers it as the standard asks. OGC_FID is the name by which GDAL knows the
// id of a view's rows.
func show(ctx context.Context, tx *sql.Tx, l store.Layer) error {
	columns, err := columnsOf(ctx, tx, l.Name+"_versions")
	if err != nil {
		return err
	}
	list, place := "", column{}
	for _, c := range columns[2:] { // after fid and version_id
		list += ", r." + quoted(c.name)
		if isSpatial(c.sql) {
			place = c
		}
	}
	for _, statement := range []string{
		"DROP VIEW IF EXISTS " + quoted(l.Name),
		fmt.Sprintf("CREATE VIEW %s AS SELECT r.fid AS OGC_FID, c.study%s FROM %s_versions r JOIN hubreach_current c ON c.id = r.version_id", quoted(l.Name), list, l.Name),
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return register(ctx, tx, l.Name, l.Name, place)
}

// register lists a view as the standard asks, with the ground that a layer
// covers in the current versions. place is its geometry, if it has one.
func register(ctx context.Context, tx *sql.Tx, view, layer string, place column) error {
	kind, srs := "attributes", any(nil)
	if place.name != "" {
		kind, srs = "features", geopackage.NationalGrid
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id, min_x, min_y, max_x, max_y)
		SELECT ?1, ?2, ?1, 'The current version of each study', ?3, min(min_x), min(min_y), max(max_x), max(max_y)
		FROM hubreach_layers WHERE name = ?4 AND version_id IN (SELECT id FROM hubreach_current)
		ON CONFLICT (table_name) DO UPDATE SET data_type = excluded.data_type, srs_id = excluded.srs_id, min_x = excluded.min_x, min_y = excluded.min_y,
			max_x = excluded.max_x, max_y = excluded.max_y, last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now')`, view, kind, srs, layer); err != nil {
		return err
	}
	if place.name == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT (table_name) DO NOTHING", view, place.name, place.sql, geopackage.NationalGrid)
	return err
}

// joinAreas makes the view store.AreasByOption.
func joinAreas(ctx context.Context, tx *sql.Tx) error {
	areas, err := columnsOf(ctx, tx, "areas_versions")
	if err != nil {
		return err
	}
	results, err := columnsOf(ctx, tx, "area_results_versions")
	if err != nil {
		return err
	}
	isCode := func(c column) bool { return c.name == "area_code" }
	if !slices.ContainsFunc(areas, isCode) || !slices.ContainsFunc(results, isCode) {
		return nil
	}
	list, place := "", column{}
	for _, c := range areas[2:] { // after fid and version_id
		list += ", a." + quoted(c.name)
		if isSpatial(c.sql) {
			place = c
		}
	}
	for _, c := range results[2:] {
		if !slices.ContainsFunc(areas, func(a column) bool { return a.name == c.name }) {
			list += ", r." + quoted(c.name)
		}
	}
	for _, statement := range []string{
		"DROP VIEW IF EXISTS " + store.AreasByOption,
		fmt.Sprintf(`CREATE VIEW %s AS SELECT r.fid AS OGC_FID, c.study%s FROM area_results_versions r JOIN hubreach_current c ON c.id = r.version_id
			JOIN areas_versions a ON a.version_id = r.version_id AND a.area_code = r.area_code`, store.AreasByOption, list),
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return register(ctx, tx, store.AreasByOption, "areas", place)
}

// quoted is the name of a layer or column, which may be a word of SQL. It has no
// quotes of its own: see store.Load.Check.
func quoted(name string) string { return `"` + name + `"` }

func isSpatial(sqlType string) bool {
	return sqlType == sqlTypes[store.Geometry] || sqlType == sqlTypes[store.Point] || sqlType == sqlTypes[store.Polygons]
}
