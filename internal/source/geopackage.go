package source

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"hubreach/geo/geopackage"
)

// isGeoPackage tells whether data is an SQLite file.
func isGeoPackage(data []byte) bool { return bytes.HasPrefix(data, []byte("SQLite format 3\x00")) }

// readGeoPackage reads the feature layer of Options.Layer, or the only one.
func readGeoPackage(c content, o Options) (l layer, err error) {
	err = inGeoPackage(c, func(g geoPackage) (err error) {
		l, err = g.read(o)
		return err
	})
	if err != nil {
		if _, ok := errors.AsType[*RowError](err); ok {
			return layer{}, err
		}
		return layer{}, &RowError{File: c.file, Want: "a GeoPackage", Err: err, Do: refetch}
	}
	return l, nil
}

// inGeoPackage loads an SQLite file into memory and calls f with it. Nothing of
// the file is run: only tables are read.
func inGeoPackage(c content, f func(geoPackage) error) error {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	ctx := context.Background() // memory only: nothing here waits
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	g := geoPackage{ctx: ctx, conn: conn, file: c.file}
	if err := g.load(c.data); err != nil {
		return err
	}
	return f(g)
}

type geoPackage struct {
	ctx  context.Context
	conn *sql.Conn
	file string
}

func (g geoPackage) read(o Options) (layer, error) {
	meta, err := g.pick(o)
	if err != nil {
		return layer{}, err
	}
	said, told, known, err := g.crs(meta.srs)
	if err != nil {
		return layer{}, err
	}
	crs, notes, err := chooseCRS(g.file, said, told, known, o)
	if err != nil {
		return layer{}, err
	}
	l := layer{crs: crs, notes: notes}
	l.columns, l.rows, err = g.features(meta)
	return l, err
}

// load puts a copy of the file behind the connection. A file in write-ahead
// mode says so in bytes 18 and 19, and cannot be opened in memory as it is.
func (g geoPackage) load(data []byte) error {
	const journal = 18
	if len(data) < 100 {
		return errors.New("the file ends in its header")
	}
	if data[journal] == 2 || data[journal+1] == 2 {
		data = bytes.Clone(data)
		data[journal], data[journal+1] = 1, 1
	}
	err := g.conn.Raw(func(c any) error { return c.(*sqlite3.SQLiteConn).Deserialize(data, "main") })
	if err != nil {
		return err
	}
	_, err = g.conn.ExecContext(g.ctx, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON")
	return err
}

type layerMeta struct {
	table, column string
	srs           int
}

// pick finds the layer to read.
func (g geoPackage) pick(o Options) (layerMeta, error) {
	rows, err := g.conn.QueryContext(g.ctx, `SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g
		JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table' ORDER BY g.table_name`)
	if err != nil {
		return layerMeta{}, err
	}
	defer rows.Close()
	var all []layerMeta
	var names []string
	for rows.Next() {
		var m layerMeta
		if err := rows.Scan(&m.table, &m.column, &m.srs); err != nil {
			return layerMeta{}, err
		}
		all, names = append(all, m), append(names, m.table)
	}
	if err := rows.Err(); err != nil {
		return layerMeta{}, err
	}
	if o.Layer == "" && len(all) == 1 {
		return all[0], nil
	}
	for _, m := range all {
		if m.table == o.Layer {
			return m, nil
		}
	}
	if o.Layer == "" {
		return layerMeta{}, &RowError{File: g.file, Want: "one layer, found " + quoteList(names, 10), Do: "name one in layer"}
	}
	return layerMeta{}, &RowError{File: g.file, Field: "layer", Found: clip(o.Layer), Want: "one of the layers " + quoteList(names, 10)}
}

// crs looks a layer's reference system up in the file's own list.
func (g geoPackage) crs(srs int) (said string, told CRS, known bool, err error) {
	var organisation string
	var code int
	err = g.conn.QueryRowContext(g.ctx, `SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?`, srs).Scan(&organisation, &code)
	if errors.Is(err, sql.ErrNoRows) {
		organisation, code = "EPSG", srs
	} else if err != nil {
		return "", "", false, err
	}
	said = organisation + ":" + strconv.Itoa(code)
	told, known = parseCRS(said)
	return said, told, known, nil
}

// features reads every row of a layer in the order of its rowid.
func (g geoPackage) features(meta layerMeta) (columns, []feature, error) {
	names, err := g.columnNames(meta)
	if err != nil {
		return columns{}, nil, err
	}
	query := "SELECT " + quoteName(meta.column)
	for _, n := range names {
		query += ", " + quoteName(n)
	}
	rows, err := g.conn.QueryContext(g.ctx, query+" FROM "+quoteName(meta.table)+" ORDER BY rowid")
	if err != nil {
		return columns{}, nil, err
	}
	defer rows.Close()
	var blob []byte
	texts := make([]sql.NullString, len(names))
	into := []any{&blob}
	for i := range texts {
		into = append(into, &texts[i])
	}
	var out []feature
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return columns{}, nil, err
		}
		f := feature{line: len(out) + 1, cells: make([]string, len(names))}
		for i, t := range texts {
			f.cells[i] = strings.TrimSpace(t.String)
		}
		f.shape, f.err = parseBlob(blob)
		out = append(out, f)
	}
	if err := rows.Err(); err != nil {
		return columns{}, nil, err
	}
	if len(out) == 0 {
		return columns{}, nil, &RowError{File: g.file, Field: meta.table, Want: "one feature or more, found none"}
	}
	return newColumns(g.file, 0, names), out, nil
}

// columnNames lists a layer's columns but the geometry.
func (g geoPackage) columnNames(meta layerMeta) ([]string, error) {
	return g.names("SELECT name FROM pragma_table_info(?) WHERE name <> ?", meta.table, meta.column)
}

// names reads the rows of a query that has one column.
func (g geoPackage) names(query string, args ...any) ([]string, error) {
	rows, err := g.conn.QueryContext(g.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// quoteName quotes an SQL identifier.
func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// parseBlob reads a GeoPackage geometry; nil for an empty one.
func parseBlob(blob []byte) (orb.Geometry, error) {
	body, err := geopackage.WKB(blob)
	if err != nil || body == nil {
		return nil, err
	}
	return parseWKB(body)
}

// parseWKB reads a two-dimensional geometry.
func parseWKB(b []byte) (shape orb.Geometry, err error) {
	if len(b) < 5 {
		return nil, errors.New("the geometry ends too early")
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 1 {
		order = binary.LittleEndian
	}
	const simplest, highest, collection = 1, 6, 7 // point to multipolygon, without Z, M or SRID
	if len(b)/16 > MaxVertices {
		return nil, errVertices
	}
	switch kind := order.Uint32(b[1:]); {
	case kind == collection: // of collections of collections: they would be read into each other
		return nil, errors.New("found a GeometryCollection")
	case kind < simplest || kind > highest:
		return nil, fmt.Errorf("geometry type %d: want two-dimensional shapes; leave heights out", kind)
	}
	defer func() {
		if p := recover(); p != nil {
			shape, err = nil, fmt.Errorf("damaged geometry: %v", p)
		}
	}()
	return wkb.Unmarshal(b)
}
