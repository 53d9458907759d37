package source

import (
	"errors"
	"io"

	"github.com/paulmach/orb"
)

// Layer is what one layer of a file holds, without its shapes: enough to tell
// what the layer is for.
type Layer struct {
	// Name is what Options.Layer calls it: the layer of a GeoPackage, the
	// Shapefile of an archive. It is empty for GeoJSON, which has one.
	Name   string
	CRS    CRS
	Header []string
	// Rows hold the cells of each feature, as many as the headers.
	Rows [][]string
	// Geometry is "polygon", "point", "mixed" (some of each) or "other".
	Geometry string
	// At holds the middle of each feature's bounding box in the layer's CRS, in
	// the order of Rows, and Bound the box of them all. A feature without a shape
	// is at 0, 0 and not in Bound.
	At    []orb.Point
	Bound orb.Bound
}

// ReadLayers reads what every layer of a GeoJSON, GeoPackage or zipped Shapefile
// holds. Options.CRS and Options.MaxBytes are used, and Options.Layer, which
// leaves the others out. A file that none of its layers can be read from is a
// *RowError; a layer that cannot be read beside one that can is left out.
func ReadLayers(r io.Reader, file string, o Options) ([]Layer, error) {
	c, err := open(r, file, o)
	if err != nil {
		return nil, err
	}
	names := []string{o.Layer}
	if o.Layer == "" {
		if names, err = layerNames(c); err != nil {
			return nil, err
		}
	}
	var layers []Layer
	var fault error
	for _, name := range names {
		o.Layer = name
		l, err := layerOf(c, o)
		if err != nil {
			if fault == nil {
				fault = err
			}
			continue
		}
		layers = append(layers, l.described(name))
	}
	if len(layers) == 0 {
		return nil, fault
	}
	return layers, nil
}

// layerNames lists the layers of a file; one without a name where the format
// has no more.
func layerNames(c content) ([]string, error) {
	if c.archive != nil {
		var names []string
		for _, f := range members(c.archive, ".shp") {
			names = append(names, f.Name)
		}
		if len(names) > 1 {
			return names, nil
		}
		return []string{""}, nil
	}
	if !isGeoPackage(c.data) {
		return []string{""}, nil
	}
	names, err := geoPackageLayers(c)
	if err != nil {
		return nil, &RowError{File: c.file, Want: "a GeoPackage", Err: err, Do: refetch}
	}
	return names, nil
}

// geoPackageLayers lists the feature layers of a GeoPackage.
func geoPackageLayers(c content) (names []string, err error) {
	err = inGeoPackage(c, func(g geoPackage) (err error) {
		names, err = g.names(`SELECT DISTINCT g.table_name FROM gpkg_geometry_columns g
			JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table' ORDER BY g.table_name`)
		if len(names) == 0 && err == nil {
			err = errors.New("it has no layer of features")
		}
		return err
	})
	return names, err
}

// described leaves the shapes of a layer out.
func (l layer) described(name string) Layer {
	d := Layer{Name: name, CRS: l.crs, Header: l.columns.names}
	kinds := map[string]bool{}
	first := true
	for _, f := range l.rows {
		d.Rows = append(d.Rows, f.cells)
		var at orb.Point
		if f.shape != nil && f.err == nil {
			kinds[geometryKind(f.shape)] = true
			if b := f.shape.Bound(); !b.IsEmpty() || b.Min == b.Max {
				at = b.Center()
				if first {
					d.Bound, first = b, false
				}
				d.Bound = d.Bound.Union(b)
			}
		}
		d.At = append(d.At, at)
	}
	switch {
	case len(kinds) == 1:
		for k := range kinds {
			d.Geometry = k
		}
	case kinds["point"] && kinds["polygon"]:
		d.Geometry = "mixed"
	default:
		d.Geometry = "other"
	}
	return d
}

func geometryKind(g orb.Geometry) string {
	switch g.(type) {
	case orb.Point:
		return "point"
	case orb.Polygon, orb.MultiPolygon:
		return "polygon"
	}
	return "other"
}
