package postgis

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"

	"hubreach/internal/store"
)

// nationalGrid is the SRID of every layer.
const nationalGrid = 27700

// sqlTypes are the types of columns, as format_type names them.
var sqlTypes = map[store.Kind]string{
	store.Bool: "boolean", store.Int: "bigint", store.Float: "double precision", store.Text: "text",
	store.Geometry: "geometry(Geometry,27700)", store.Point: "geometry(Point,27700)", store.Polygons: "geometry(MultiPolygon,27700)",
}

// keepLayer adds the rows of a layer of version v and shows them in the layer's
// view while v is current.
func keepLayer(ctx context.Context, tx pgx.Tx, v store.VersionID, l store.Layer) error {
	if err := widenTable(ctx, tx, l); err != nil {
		return err
	}
	names := []string{"version_id"}
	for _, c := range l.Columns {
		names = append(names, c.Name)
	}
	n, err := tx.CopyFrom(ctx, pgx.Identifier{schema, table(l.Name)}, names, &rows{version: int64(v), left: l.Rows})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "INSERT INTO hubreach.layers (version_id, name, row_count) VALUES ($1, $2, $3)", v, l.Name, n); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "ANALYZE hubreach."+table(l.Name))
	return err
}

// table is the name of the table with a layer's rows.
func table(layer string) string { return layer + "_versions" }

type column struct{ name, sql string }

// widenTable makes the table of a layer's rows and its view, or gives them the
// columns that they do not have yet. A column never changes its type.
func widenTable(ctx context.Context, tx pgx.Tx, l store.Layer) error {
	has, err := columnsOf(ctx, tx, table(l.Name))
	if err != nil {
		return err
	}
	made := len(has) == 0
	if made {
		if _, err := tx.Exec(ctx, fmt.Sprintf("CREATE TABLE hubreach.%[1]s (fid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, version_id bigint NOT NULL REFERENCES hubreach.versions (id)); CREATE INDEX ON hubreach.%[1]s (version_id)", table(l.Name))); err != nil {
			return err
		}
	}
	changed := made
	for _, c := range l.Columns {
		at := slices.IndexFunc(has, func(h column) bool { return h.name == c.Name })
		switch {
		case at >= 0 && has[at].sql != sqlTypes[c.Kind]:
			return fmt.Errorf("%w: column %s is %s: earlier versions have %s", store.ErrInvalid, c.Name, sqlTypes[c.Kind], has[at].sql)
		case at >= 0:
			continue
		}
		changed = true
		if _, err := tx.Exec(ctx, fmt.Sprintf("ALTER TABLE hubreach.%s ADD COLUMN %s %s", table(l.Name), quoted(c.Name), sqlTypes[c.Kind])); err != nil {
			return err
		}
		if c.Kind.Spatial() {
			if _, err := tx.Exec(ctx, fmt.Sprintf("CREATE INDEX ON hubreach.%s USING gist (%s)", table(l.Name), quoted(c.Name))); err != nil {
				return err
			}
		}
	}
	if !changed {
		return nil
	}
	return show(ctx, tx, l)
}

// columnsOf returns the columns of a table or view in the order in which they
// were added; none where there is no such table.
func columnsOf(ctx context.Context, tx pgx.Tx, table string) ([]column, error) {
	return all(ctx, tx, func(row pgx.Row) (c column, err error) {
		err = row.Scan(&c.name, &c.sql)
		return c, err
	}, `SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
		WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`, schema+"."+table)
}

// show makes the layer's view over the current version of every study. Columns
// come in the order in which they were added, which is what CREATE OR REPLACE
// asks: views that others made on it stay.
func show(ctx context.Context, tx pgx.Tx, l store.Layer) error {
	columns, err := columnsOf(ctx, tx, table(l.Name))
	if err != nil {
		return err
	}
	var list strings.Builder
	for _, c := range columns {
		switch c.name {
		case "fid":
			list.WriteString("r.fid, c.study")
		case "version_id":
		default:
			list.WriteString(", r." + quoted(c.name))
		}
	}
	_, err = tx.Exec(ctx, fmt.Sprintf(`CREATE OR REPLACE VIEW hubreach.%s AS SELECT %s FROM hubreach.%s r JOIN hubreach.current c ON c.id = r.version_id`,
		quoted(l.Name), &list, table(l.Name)))
	return err
}

// joinAreas makes the view store.AreasByOption. Columns that it has stay where
// they are, new ones come last: see show.
func joinAreas(ctx context.Context, tx pgx.Tx) error {
	from := map[string]string{"fid": "r.fid", "study": "c.study"}
	order := []string{"fid", "study"}
	add := func(alias string, columns []column) (coded bool) {
		for _, c := range columns {
			coded = coded || c.name == "area_code"
			if from[c.name] == "" && c.name != "version_id" {
				from[c.name] = alias + "." + quoted(c.name)
				order = append(order, c.name)
			}
		}
		return coded
	}
	areas, err := columnsOf(ctx, tx, table("areas"))
	if err != nil {
		return err
	}
	results, err := columnsOf(ctx, tx, table("area_results"))
	if err != nil {
		return err
	}
	if a, r := add("a", areas), add("r", results); !a || !r {
		return nil
	}
	has, err := columnsOf(ctx, tx, store.AreasByOption)
	if err != nil || len(has) == len(order) {
		return err
	}
	var list []string
	for _, c := range has {
		list = append(list, from[c.name])
		order = slices.DeleteFunc(order, func(name string) bool { return name == c.name })
	}
	for _, name := range order {
		list = append(list, from[name])
	}
	_, err = tx.Exec(ctx, fmt.Sprintf(`CREATE OR REPLACE VIEW hubreach.%s AS SELECT %s FROM hubreach.area_results_versions r
		JOIN hubreach.current c ON c.id = r.version_id JOIN hubreach.areas_versions a ON a.version_id = r.version_id AND a.area_code = r.area_code`,
		store.AreasByOption, strings.Join(list, ", ")))
	return err
}

// quoted is the name of a layer or column, which may be a word of SQL.
func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// rows gives COPY the rows of a layer.
type rows struct {
	version int64
	left    [][]any
	values  []any
	err     error
}

// Next goes to the next row.
func (r *rows) Next() bool {
	if len(r.left) == 0 || r.err != nil {
		return false
	}
	r.values = append(r.values[:0], r.version)
	for _, v := range r.left[0] {
		if g, ok := v.(orb.Geometry); ok {
			v, r.err = wellKnown(g)
		}
		r.values = append(r.values, v)
	}
	r.left = r.left[1:]
	return r.err == nil
}

// Values returns the row.
func (r *rows) Values() ([]any, error) { return r.values, nil }

// Err returns what went wrong.
func (r *rows) Err() error { return r.err }

// wellKnown encodes g in well-known binary with its SRID; no ground at all is
// NULL.
func wellKnown(g orb.Geometry) (any, error) {
	if m, ok := g.(orb.MultiPolygon); ok && len(m) == 0 {
		return nil, nil
	}
	return ewkb.Marshal(g, nationalGrid, binary.LittleEndian)
}
