package source

import (
	"bytes"
	"fmt"
	"io"

	"github.com/paulmach/orb"
)

// MaxVertices bounds the vertices of one shape: 17 times as many as all 938 areas
// of Kent have together. A million, 16 MB of them, is inside.
const MaxVertices = 1_000_000

var errVertices = fmt.Errorf("found more than %d vertices; simplify it", MaxVertices)

// layer is a table with a geometry in each row, whatever the format.
type layer struct {
	columns columns
	crs     CRS
	notes   []string
	rows    []feature
}

// feature is a row of a layer. Its line is the number of the feature, from 1.
type feature struct {
	line  int
	cells []string
	shape orb.Geometry // nil: the feature has none
	err   error        // why the shape could not be read
}

// readLayer reads GeoJSON (plain or .gz), a GeoPackage or a zipped Shapefile,
// told apart by their content.
func readLayer(r io.Reader, file string, o Options) (layer, error) {
	c, err := open(r, file, o)
	if err != nil {
		return layer{}, err
	}
	return layerOf(c, o)
}

func layerOf(c content, o Options) (layer, error) {
	switch {
	case c.archive != nil && len(members(c.archive, ".shp")) > 0:
		return readShapefile(c, o)
	case c.archive != nil:
		return zippedGeoJSON(c, o)
	case isGeoPackage(c.data):
		return readGeoPackage(c, o)
	case isJSON(c.data):
		return readGeoJSON(c.file, c.data, o)
	case bytes.HasPrefix(c.data, []byte{0, 0, 0x27, 0x0a}):
		return layer{}, &RowError{File: c.file, Want: "a zipped Shapefile, found a bare .shp", Do: "zip it with its .dbf and .prj"}
	}
	return layer{}, &RowError{File: c.file, Want: "GeoJSON, a GeoPackage or a zipped Shapefile"}
}

// zippedGeoJSON reads the one GeoJSON or GeoPackage of an archive.
func zippedGeoJSON(c content, o Options) (layer, error) {
	fs := append(members(c.archive, ".geojson"), append(members(c.archive, ".json"), members(c.archive, ".gpkg")...)...)
	if len(fs) != 1 {
		return layer{}, &RowError{File: c.file, Want: "one Shapefile, GeoJSON or GeoPackage in the archive, found " + memberNames(fs)}
	}
	data, err := readMember(fs[0], c.file, o)
	if err != nil {
		return layer{}, err
	}
	inner := content{file: c.file + "/" + fs[0].Name, data: data}
	if isGeoPackage(data) {
		return readGeoPackage(inner, o)
	}
	return readGeoJSON(inner.file, data, o)
}

// eachFeature hands the features that Options.Keep keeps to row, and returns
// how many there are and how many were left out.
func (l layer) eachFeature(o Options, row func(f feature) error) (read, filtered int, err error) {
	k, err := l.columns.keep(o)
	if err != nil {
		return 0, 0, err
	}
	for _, f := range l.rows {
		if !k.has(f.cells) {
			filtered++
			continue
		}
		if err := row(f); err != nil {
			return 0, 0, err
		}
	}
	return len(l.rows), filtered, nil
}

// polygons returns the shape of a feature as a MultiPolygon, with every point
// checked against the layer's coordinate reference system.
func (l layer) polygons(f feature) (orb.MultiPolygon, error) {
	fail := func(want string, err error) error {
		return &RowError{File: l.columns.file, Line: f.line, Field: "geometry", Want: want, Err: err}
	}
	if f.err != nil {
		return nil, fail("a polygon", f.err)
	}
	var mp orb.MultiPolygon
	switch g := f.shape.(type) {
	case nil:
		return nil, fail("a polygon, found none", nil)
	case orb.Polygon:
		mp = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		mp = g
	default:
		return nil, fail("a polygon, found a "+g.GeoJSONType(), nil)
	}
	if len(mp) == 0 {
		return nil, fail("a polygon, found an empty one", nil)
	}
	for _, p := range mp {
		if len(p) == 0 {
			return nil, fail("a polygon, found an empty one", nil)
		}
		for _, r := range p {
			if err := l.checkRing(r); err != nil {
				return nil, fail("a polygon", err)
			}
			for _, at := range r {
				if err := pointError(l.columns.file, f.line, "geometry", at, l.crs); err != nil {
					return nil, err
				}
			}
		}
	}
	return mp, nil
}

func (l layer) checkRing(r orb.Ring) error {
	if len(r) < 4 {
		return fmt.Errorf("a ring has %d points: want 4 or more", len(r))
	}
	if r[0] != r[len(r)-1] {
		return fmt.Errorf("a ring does not end where it begins (%s)", pointText(r[0]))
	}
	return nil
}
