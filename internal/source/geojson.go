package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// isJSON tells whether data begins as a JSON object does.
func isJSON(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(data) > 0 && data[0] == '{'
}

// jsonCollection is what is read of a GeoJSON file. A file of one feature has
// its members at the top.
type jsonCollection struct {
	Type string `json:"type"`
	CRS  *struct {
		Properties struct {
			Name string `json:"name"`
			Code any    `json:"code"`
		} `json:"properties"`
	} `json:"crs"`
	Features []jsonFeature `json:"features"`
	// Exceeded is how an ArcGIS server says that it stopped half-way.
	Exceeded   bool           `json:"exceededTransferLimit"`
	Properties jsonProperties `json:"properties"`
	Geometry   jsonGeometry   `json:"geometry"`
}

type jsonFeature struct {
	Properties jsonProperties `json:"properties"`
	Geometry   jsonGeometry   `json:"geometry"`
}

// readGeoJSON reads a FeatureCollection or a Feature. Coordinates without a crs
// member are WGS 84, longitude first (RFC 7946, section 4); the member itself
// is that of the older GeoJSON 2008.
func readGeoJSON(file string, data []byte, o Options) (layer, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var doc jsonCollection
	if err := json.Unmarshal(data, &doc); err != nil {
		return layer{}, jsonError(file, data, err)
	}
	features := doc.Features
	switch {
	case doc.Type == "Feature":
		features = []jsonFeature{{doc.Properties, doc.Geometry}}
	case doc.Type == "FeatureCollection":
	case doc.Type == "Topology":
		return layer{}, &RowError{File: file, Field: "type", Found: doc.Type, Want: "a GeoJSON FeatureCollection", Do: "convert the TopoJSON to GeoJSON"}
	default:
		return layer{}, &RowError{File: file, Field: "type", Found: clip(doc.Type), Want: "a GeoJSON FeatureCollection"}
	}
	if doc.Exceeded || doc.Properties.isTrue("exceededTransferLimit") {
		return layer{}, &RowError{File: file, Want: fmt.Sprintf("the whole layer, found that the server stopped after %d features", len(features)), Do: "fetch it in pages"}
	}
	if len(features) == 0 {
		return layer{}, &RowError{File: file, Want: "one feature or more, found none", Do: refetch}
	}
	said, told, known := doc.crs()
	crs, notes, err := chooseCRS(file, said, told, known, o)
	if err != nil {
		return layer{}, err
	}
	l := layer{crs: crs, notes: notes}
	l.columns, l.rows = tabulate(file, features)
	return l, nil
}

// crs returns what the file says of its coordinates; nothing means WGS 84.
func (d jsonCollection) crs() (said string, told CRS, known bool) {
	if d.CRS == nil {
		return "", WGS84, true
	}
	said = d.CRS.Properties.Name
	if said == "" && d.CRS.Properties.Code != nil {
		said = fmt.Sprintf("EPSG:%v", d.CRS.Properties.Code)
	}
	told, known = parseCRS(said)
	if said == "" {
		said = "no name"
	}
	return said, told, known
}

// jsonError finds the line of a fault in a JSON text.
func jsonError(file string, data []byte, err error) error {
	e := &RowError{File: file, Want: "GeoJSON", Err: err}
	at := int64(-1)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = syntax.Offset
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		at = kind.Offset
	}
	if at >= 0 && at <= int64(len(data)) {
		e.Line = 1 + bytes.Count(data[:at], []byte("\n"))
	}
	return e
}

// tabulate turns properties into cells: one column per property of any feature,
// in the order in which they first come.
func tabulate(file string, features []jsonFeature) (columns, []feature) {
	index := map[string]int{}
	var names []string
	for _, f := range features {
		for _, p := range f.Properties {
			if _, ok := index[p.name]; !ok {
				index[p.name] = len(names)
				names = append(names, p.name)
			}
		}
	}
	rows := make([]feature, len(features))
	for i, f := range features {
		cells := make([]string, len(names))
		for _, p := range f.Properties {
			cells[index[p.name]] = p.text
		}
		rows[i] = feature{line: i + 1, cells: cells, shape: f.Geometry.shape, err: f.Geometry.err}
	}
	return newColumns(file, 0, names), rows
}

// jsonProperties are the members of an object in their order, as text: numbers
// as spelt, null as empty, objects and arrays as JSON.
type jsonProperties []jsonProperty

type jsonProperty struct{ name, text string }

func (ps jsonProperties) isTrue(name string) bool {
	for _, p := range ps {
		if p.name == name && p.text == "true" {
			return true
		}
	}
	return false
}

// UnmarshalJSON reads an object or null.
func (ps *jsonProperties) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("properties: want an object")
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		text, err := jsonText(value)
		if err != nil {
			return err
		}
		*ps = append(*ps, jsonProperty{strings.TrimSpace(name.(string)), text})
	}
	return nil
}

func jsonText(value json.RawMessage) (string, error) {
	if string(value) == "null" {
		return "", nil
	}
	if value[0] != '"' {
		return string(value), nil
	}
	var s string
	if err := json.Unmarshal(value, &s); err != nil {
		return "", err
	}
	return strings.TrimSpace(s), nil
}

// jsonGeometry is a geometry or why it could not be read: the fault of one
// feature is told with its number, later.
type jsonGeometry struct {
	shape orb.Geometry
	err   error
}

// UnmarshalJSON reads a geometry of valid JSON by hand: 938 areas with 58,463
// points take 72 ms so, and 129 ms through orb/geojson (BenchmarkGeoJSON, median
// of 3 on two busy cores).
func (g *jsonGeometry) UnmarshalJSON(b []byte) error {
	if string(b) != "null" {
		g.shape, g.err = parseGeometry(b)
	}
	return nil
}

// parseGeometry reads a geometry object; b is valid JSON.
func parseGeometry(b []byte) (orb.Geometry, error) {
	var head struct {
		Type        string     `json:"type"`
		Coordinates rawMessage `json:"coordinates"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return nil, errors.New("want a geometry object")
	}
	p := coordinateParser{b: head.Coordinates}
	var shape orb.Geometry
	switch head.Type {
	case "Point":
		at, err := p.point()
		if err != nil {
			return nil, err
		}
		shape = at
	case "Polygon":
		shape = orb.Polygon(list(&p, p.ring))
	case "MultiPolygon":
		shape = orb.MultiPolygon(list(&p, p.polygon))
	case "LineString", "MultiPoint", "MultiLineString", "GeometryCollection":
		return nil, fmt.Errorf("found a %s", head.Type)
	default:
		return nil, fmt.Errorf("found a geometry of type %q", clip(head.Type))
	}
	if p.err == nil && len(p.rest()) > 0 {
		p.err = errors.New("coordinates: text after the end")
	}
	return shape, p.err
}

// rawMessage is json.RawMessage without the copy: its bytes are valid as long
// as those they were cut from, which is all parseGeometry needs.
type rawMessage []byte

// UnmarshalJSON keeps b.
func (m *rawMessage) UnmarshalJSON(b []byte) error {
	*m = b
	return nil
}

// coordinateParser reads nested arrays of numbers. The first fault stays in
// err and ends everything.
type coordinateParser struct {
	b      []byte
	at     int
	points int
	err    error
}

func (p *coordinateParser) rest() []byte {
	p.blanks()
	return p.b[p.at:]
}

func (p *coordinateParser) blanks() {
	for p.at < len(p.b) && (p.b[p.at] == ' ' || p.b[p.at] == '\n' || p.b[p.at] == '\r' || p.b[p.at] == '\t') {
		p.at++
	}
}

// take moves past c and tells whether it was there.
func (p *coordinateParser) take(c byte) bool {
	p.blanks()
	if p.at < len(p.b) && p.b[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *coordinateParser) fail() {
	if p.err == nil {
		p.err = errors.New("coordinates: want nested lists of numbers")
	}
}

// list reads an array whose items item reads.
func list[T any](p *coordinateParser, item func() T) []T {
	if !p.take('[') {
		p.fail()
		return nil
	}
	if p.take(']') {
		return nil
	}
	var all []T
	for p.err == nil {
		all = append(all, item())
		if p.take(']') {
			return all
		}
		if !p.take(',') {
			p.fail()
		}
	}
	return nil
}

func (p *coordinateParser) polygon() orb.Polygon { return list(p, p.ring) }

func (p *coordinateParser) ring() orb.Ring { return list(p, p.position) }

func (p *coordinateParser) position() orb.Point {
	if p.points++; p.points > MaxVertices {
		p.err = errVertices
		return orb.Point{}
	}
	at, err := p.point()
	if err != nil && p.err == nil {
		p.err = err
	}
	return at
}

// point reads a position of two numbers or more; heights are left out.
func (p *coordinateParser) point() (orb.Point, error) {
	if !p.take('[') {
		p.fail()
		return orb.Point{}, p.err
	}
	var at orb.Point
	for i := 0; ; i++ {
		f, err := p.number()
		if err != nil {
			return orb.Point{}, err
		}
		if i < 2 {
			at[i] = f
		}
		if p.take(']') {
			if i < 1 {
				return orb.Point{}, errors.New("coordinates: a position has one number")
			}
			return at, nil
		}
		if !p.take(',') {
			p.fail()
			return orb.Point{}, p.err
		}
	}
}

func (p *coordinateParser) number() (float64, error) {
	p.blanks()
	start := p.at
	for p.at < len(p.b) && (p.b[p.at] >= '0' && p.b[p.at] <= '9' || p.b[p.at] == '-' || p.b[p.at] == '.' || p.b[p.at] == '+' || p.b[p.at] == 'e' || p.b[p.at] == 'E') {
		p.at++
	}
	f, err := strconv.ParseFloat(string(p.b[start:p.at]), 64)
	if err != nil {
		return 0, fmt.Errorf("coordinates: want a number, found %q", clip(string(p.b[start:min(p.at+10, len(p.b))])))
	}
	return f, nil
}
