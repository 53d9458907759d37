package source

import (
	"io"
	"strings"
	"unicode"

	"github.com/paulmach/orb"
)

// Places are sites, venues or population points as published.
type Places struct {
	CRS  CRS // of the coordinates; empty when no place has any
	Rows []Place
	// Read counts the rows of the file, Filtered those that Options.Keep left
	// out, Unlocated those of Rows without coordinates.
	Read, Filtered int
	Unlocated      int
}

// ReadPlaces reads places from a table (CSV, .gz, .zip, XLSX), from GeoJSON,
// GeoPackage or Shapefile points, or from OS Code-Point Open as published: a
// .zip of many CSV files without headers.
//
// Fields, all optional but one of name, id and postcode: id, name, kind,
// district, postcode, weight, and easting with northing (EPSG:27700) or
// longitude with latitude (EPSG:4326). A file with both pairs is read by the
// first, unless that locates fewer places; Options.Fields that maps one pair
// settles it. An id that the file does not have is a slug of the name and the
// postcode, such as "deal-library-ct14-6bb".
//
// A place without coordinates is not Located: Locate may find it by its
// postcode. Half a pair, coordinates of 0, 0, latitude before longitude and
// degrees in place of metres are a *RowError, and so is an id that is blank or
// comes twice. Code-Point Open and the ONS Postcode Directory have marks for a
// postcode without a place, which is not an error.
func ReadPlaces(r io.Reader, file string, o Options) (Places, error) {
	c, err := open(r, file, o)
	if err != nil {
		return Places{}, err
	}
	p := placeReader{o: o, seen: lines{}}
	if isLayer(c) {
		err = p.readLayer(c)
	} else {
		err = p.readTables(c)
	}
	if err != nil {
		return Places{}, err
	}
	return p.finish()
}

// isLayer tells whether a file has geometries of its own.
func isLayer(c content) bool {
	if c.archive != nil {
		return len(members(c.archive, ".shp"))+len(members(c.archive, ".geojson"))+len(members(c.archive, ".gpkg")) > 0
	}
	return isGeoPackage(c.data) || isJSON(c.data)
}

// placeReader reads the rows of one or more tables. Both pairs of coordinates
// are kept until the last row, when it is clear which locates more places.
type placeReader struct {
	o    Options
	from placeFields
	cols columns
	seen lines
	out  Places
	at   []bothPoints
}

// bothPoints are a place's coordinates in each system, with the name of the
// file that a fault in them is in.
type bothPoints struct {
	grid, degrees orb.Point
	hasGrid       bool
	hasDegrees    bool
	file          string
}

// placeFields says where the parts of a Place come from.
type placeFields struct {
	id, name, kind, district, postcode, weight cellOf
	easting, northing, longitude, latitude     cellOf
	quality                                    cellOf // of Code-Point Open
	other                                      []int  // columns that become attributes
}

func (c columns) placeFields(o Options) (placeFields, error) {
	var f placeFields
	used := map[int]bool{}
	for _, x := range []struct {
		name string
		to   *cellOf
	}{
		{"id", &f.id}, {"name", &f.name}, {"kind", &f.kind}, {"district", &f.district}, {"postcode", &f.postcode}, {"weight", &f.weight},
		{"easting", &f.easting}, {"northing", &f.northing}, {"longitude", &f.longitude}, {"latitude", &f.latitude},
	} {
		var err error
		if *x.to, err = c.field("place", x.name, o); err != nil {
			return f, err
		}
		used[x.to.column] = true
	}
	f.quality = absent
	if i, ok := c.findKnown([]string{"Positional_quality_indicator"}); ok {
		f.quality.column = i
	}
	if o.Fields["easting"] != "" && o.Fields["longitude"] == "" {
		f.longitude, f.latitude = absent, absent
	}
	if o.Fields["longitude"] != "" && o.Fields["easting"] == "" {
		f.easting, f.northing = absent, absent
	}
	for i, n := range c.names {
		if !used[i] && n != "" {
			f.other = append(f.other, i)
		}
	}
	if f.id.exists() || f.name.exists() || f.postcode.exists() {
		return f, nil
	}
	_, err := c.require("place", "name", o)
	return f, err
}

func (p *placeReader) readTables(c content) error {
	tables, o, err := placeTables(c, p.o)
	if err != nil {
		return err
	}
	for _, t := range tables {
		err := scan(t, o, rowReader{
			header: p.header,
			row:    func(line int, cells []string) error { return p.row(line, cells, bothPoints{}) },
			counts: func(read, filtered int) {
				p.out.Read += read
				p.out.Filtered += filtered
			},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *placeReader) header(c columns) (err error) {
	p.cols = c
	p.from, err = c.placeFields(p.o)
	return err
}

// readLayer reads points; coordinates among the properties are not used.
func (p *placeReader) readLayer(c content) error {
	l, err := layerOf(c, p.o)
	if err != nil {
		return err
	}
	if err := p.header(l.columns); err != nil {
		return err
	}
	p.from.easting, p.from.northing, p.from.longitude, p.from.latitude = absent, absent, absent, absent
	p.out.Read, p.out.Filtered, err = l.eachFeature(p.o, func(f feature) error {
		fault := &RowError{File: l.columns.file, Line: f.line, Field: "geometry", Want: "a point", Err: f.err}
		at, ok := f.shape.(orb.Point)
		switch {
		case f.err != nil:
			return fault
		case f.shape != nil && !ok:
			fault.Want = "a point, found a " + f.shape.GeoJSONType()
			return fault
		}
		b := bothPoints{hasGrid: ok && l.crs == BritishNationalGrid, hasDegrees: ok && l.crs == WGS84, grid: at, degrees: at}
		return p.row(f.line, f.cells, b)
	})
	return err
}

// row adds a place. at holds the geometry of a layer, and is empty for a table.
func (p *placeReader) row(line int, cells []string, at bothPoints) error {
	f := p.from
	place := Place{Line: line, ID: f.id.in(cells), Name: f.name.in(cells), Kind: f.kind.in(cells), District: f.district.in(cells), Postcode: f.postcode.in(cells)}
	if !f.id.exists() {
		place.ID = slug(place.Name + " " + place.Postcode)
	}
	if err := p.seen.add(p.cols.file, line, "id", place.ID); err != nil {
		return err
	}
	if f.weight.exists() {
		var err error
		if place.Weight, err = p.number(line, "weight", f.weight, cells); err != nil {
			return err
		}
		if place.Weight.Known && place.Weight.Number < 0 {
			return &RowError{File: p.cols.file, Line: line, Field: "weight", Found: f.weight.in(cells), Want: "0 or more"}
		}
	}
	for _, i := range f.other {
		if cells[i] != "" {
			if place.Attributes == nil {
				place.Attributes = make(map[string]string, len(f.other))
			}
			place.Attributes[p.cols.names[i]] = cells[i]
		}
	}
	if err := p.coordinates(line, cells, &at); err != nil {
		return err
	}
	at.file = p.cols.file
	p.out.Rows, p.at = append(p.out.Rows, place), append(p.at, at)
	return nil
}

// coordinates reads both pairs of a row. The marks for a postcode without a
// place are quality 90 in Code-Point Open and latitude 99.999999 in the ONS
// Postcode Directory (their user guides).
func (p *placeReader) coordinates(line int, cells []string, at *bothPoints) error {
	const (
		noPlaceQuality  = "90"
		noPlaceLatitude = 99.999999
	)
	var err error
	if p.from.quality.in(cells) != noPlaceQuality {
		if at.grid, at.hasGrid, err = p.pair(line, cells, "easting", p.from.easting, "northing", p.from.northing, at.grid, at.hasGrid); err != nil {
			return err
		}
	}
	if at.degrees, at.hasDegrees, err = p.pair(line, cells, "longitude", p.from.longitude, "latitude", p.from.latitude, at.degrees, at.hasDegrees); err != nil {
		return err
	}
	if at.hasDegrees && at.degrees[1] == noPlaceLatitude {
		at.hasDegrees = false
	}
	return nil
}

// pair reads two coordinates: both, or neither, have to be there. Without
// columns for them the point stays what it was.
func (p *placeReader) pair(line int, cells []string, xName string, xFrom cellOf, yName string, yFrom cellOf, was orb.Point, had bool) (orb.Point, bool, error) {
	if !xFrom.exists() || !yFrom.exists() {
		return was, had, nil
	}
	x, err := p.number(line, xName, xFrom, cells)
	if err != nil {
		return was, false, err
	}
	y, err := p.number(line, yName, yFrom, cells)
	if err != nil {
		return was, false, err
	}
	if x.Known != y.Known {
		return was, false, &RowError{File: p.cols.file, Line: line, Field: xName + ", " + yName, Want: "both coordinates or neither, found one"}
	}
	return orb.Point{x.Number, y.Number}, x.Known, nil
}

func (p *placeReader) number(line int, field string, from cellOf, cells []string) (Value, error) {
	v, err := parseValue(from.in(cells))
	if err != nil {
		return Value{}, &RowError{File: p.cols.file, Line: line, Field: field, Found: clip(from.in(cells)), Want: "a number, or a blank where it is not known"}
	}
	return v, nil
}

// finish settles the reference system and gives the places their coordinates.
func (p *placeReader) finish() (Places, error) {
	grids, lonLats := 0, 0
	for _, at := range p.at {
		if at.hasGrid {
			grids++
		}
		if at.hasDegrees {
			lonLats++
		}
	}
	useGrid := grids >= lonLats
	p.out.CRS = WGS84
	switch {
	case grids+lonLats == 0:
		p.out.CRS, p.out.Unlocated = "", len(p.out.Rows)
		return p.out, nil
	case grids > 0 && lonLats > 0 && p.o.CRS != "":
		useGrid = p.o.CRS == BritishNationalGrid
	}
	if useGrid {
		p.out.CRS = BritishNationalGrid
	}
	if p.o.CRS != "" {
		p.out.CRS = p.o.CRS // columns such as X and Y do not say what they are in
	}
	for i, at := range p.at {
		place := &p.out.Rows[i]
		place.At, place.Located = at.degrees, at.hasDegrees
		if useGrid {
			place.At, place.Located = at.grid, at.hasGrid
		}
		if !place.Located {
			place.At = orb.Point{}
			p.out.Unlocated++
			continue
		}
		if err := pointError(at.file, place.Line, "coordinates", place.At, p.out.CRS); err != nil {
			return Places{}, err
		}
	}
	return p.out, nil
}

// slug writes a text in lower-case letters and digits with single hyphens
// between them.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'' || r == '’': // "children's" is one word
		default:
			gap = true
		}
	}
	return b.String()
}
