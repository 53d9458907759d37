package report

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo/geopackage"
)

// standard are the tables that a GeoPackage must have (OGC 12-128r17, annex C).
var standard = []string{
	`CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
)`,
	`CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
)`,
	`CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
)`,
}

// systems are the coordinate reference systems: the three that every GeoPackage
// lists, and ours. The definitions of 4326 and 27700 are those of the EPSG
// dataset in the form of OGC 01-009.
var systems = []struct {
	name         string
	id           int
	organization string
	code         int
	definition   string
	about        string
}{
	{"Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"},
	{"Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"},
	{"WGS 84 geodetic", 4326, "EPSG", 4326, `GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]`, "longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid"},
	{"OSGB36 / British National Grid", geopackage.NationalGrid, "EPSG", geopackage.NationalGrid, `PROJCS["OSGB36 / British National Grid",GEOGCS["OSGB36",DATUM["Ordnance_Survey_of_Great_Britain_1936",SPHEROID["Airy 1830",6377563.396,299.3249646,AUTHORITY["EPSG","7001"]],AUTHORITY["EPSG","6277"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4277"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","27700"]]`, "British National Grid, metres"},
}

// contents is one entry of the list of contents. kind is empty for a table
// without geometry.
type contents struct {
	table, about, kind string
	box                orb.Bound
}

// register puts a table into the list of contents.
func (g *geoPackage) register(c contents) error {
	dataType, srs := "attributes", any(nil)
	corners := []any{nil, nil, nil, nil}
	if c.kind != "" {
		dataType, srs = "features", geopackage.NationalGrid
		if !c.box.IsEmpty() {
			corners = []any{c.box.Min[0], c.box.Min[1], c.box.Max[0], c.box.Max[1]}
		}
	}
	args := append([]any{c.table, dataType, c.table, c.about, lastChange}, append(corners, srs)...)
	if err := g.run("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", args...); err != nil || c.kind == "" {
		return err
	}
	return g.run("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", c.table, c.kind, geopackage.NationalGrid)
}

// writeTable writes one table and registers it. fid counts the rows from 1.
func writeTable[R any](g *geoPackage, t table[R]) error {
	names := []string{"fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"}
	marks := []string{"?"}
	if t.place != nil {
		names = append(names, "geom "+t.kind)
		marks = append(marks, "?")
	}
	for _, c := range t.columns {
		names = append(names, identifier(c.name)+" "+c.sql)
		marks = append(marks, "?")
	}
	if err := g.run(fmt.Sprintf("CREATE TABLE %s (\n  %s\n)", identifier(t.name), strings.Join(names, ",\n  "))); err != nil {
		return err
	}
	insert, err := g.tx.PrepareContext(g.ctx, fmt.Sprintf("INSERT INTO %s VALUES (%s)", identifier(t.name), strings.Join(marks, ", ")))
	if err != nil {
		return err
	}
	defer insert.Close()
	box := orb.MultiPoint{}.Bound()
	fid := 0
	args := make([]any, 0, len(marks))
	for r := range t.rows {
		if fid%stride == 0 {
			if err := g.ctx.Err(); err != nil {
				return err
			}
		}
		fid++
		args = append(args[:0], fid)
		if t.place != nil {
			place, err := t.place(r)
			if err != nil {
				return err
			}
			blob, err := geopackage.Marshal(place)
			if err != nil {
				return fmt.Errorf("layer %s: row %d: %w", t.name, fid, err)
			}
			args = append(args, blob)
			box = box.Union(place.Bound())
		}
		for _, c := range t.columns {
			args = append(args, c.of(r).column())
		}
		if _, err := insert.ExecContext(g.ctx, args...); err != nil {
			return fmt.Errorf("layer %s: row %d: %w", t.name, fid, err)
		}
	}
	return g.register(contents{table: t.name, about: t.about, kind: t.kind, box: box})
}

// identifier quotes a name of a table or column.
func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// each makes rows of a slice.
func each[R any](rows []R) iter.Seq[R] { return slices.Values(rows) }
