package source

import "io"

// Boundaries are small areas as published.
type Boundaries struct {
	CRS  CRS
	Rows []Boundary
	// Read counts the features of the file, Filtered those that Options.Keep
	// left out; Rows holds the difference.
	Read, Filtered int
	// Notes are sentences on how the file was read, such as a coordinate
	// reference system that was overridden.
	Notes []string
}

// ReadBoundaries reads polygons with a code from GeoJSON (plain, .gz or the one
// in a .zip), a GeoPackage or a zipped Shapefile, told apart by their content.
// Fields: code, name (optional), district (optional).
//
// The coordinate reference system is that of Options.CRS, else of the file: the
// crs member of GeoJSON (WGS 84 without one), the layer's srs_id, the .prj.
// Coordinates that cannot belong to it, latitude before longitude, a feature
// that is no polygon, a blank code and a code that comes twice are a *RowError
// with the number of the feature. Shapes may be invalid otherwise.
func ReadBoundaries(r io.Reader, file string, o Options) (Boundaries, error) {
	l, err := readLayer(r, file, o)
	if err != nil {
		return Boundaries{}, err
	}
	b := Boundaries{CRS: l.crs, Notes: l.notes}
	var from [3]cellOf
	if err := textFields(l.columns, []string{"code", "name?", "district?"}, o, from[:]); err != nil {
		return Boundaries{}, err
	}
	seen := lines{}
	b.Read, b.Filtered, err = l.eachFeature(o, func(f feature) error {
		code := from[0].in(f.cells)
		if err := seen.add(l.columns.file, f.line, "code", code); err != nil {
			return err
		}
		shape, err := l.polygons(f)
		if err != nil {
			return err
		}
		b.Rows = append(b.Rows, Boundary{Line: f.line, Code: code, Name: from[1].in(f.cells), District: from[2].in(f.cells), Shape: shape})
		return nil
	})
	if err != nil {
		return Boundaries{}, err
	}
	return b, nil
}
