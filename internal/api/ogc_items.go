package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
)

// How many features an answer has: by default, and at most. Who asks for more
// gets the most, as the standard has it.
const (
	ogcLimit = 100
	ogcMost  = 10_000
)

// ogcItem is a feature as GeoJSON.
type ogcItem struct {
	Type       string          `json:"type"`
	ID         string          `json:"id"`
	Geometry   json.RawMessage `json:"geometry"`
	Properties json.RawMessage `json:"properties"`
	Links      []ogcLink       `json:"links,omitempty"`
}

// ogcItems is one page of a collection.
type ogcItems struct {
	Type     string    `json:"type"`
	Features []ogcItem `json:"features"`
	Links    []ogcLink `json:"links"`
	Matched  int       `json:"numberMatched"`
	Returned int       `json:"numberReturned"`
}

// items answers with the features that a question chooses, page by page.
func (q *ogcRequest) items() (any, error) {
	c, err := q.named()
	if err != nil {
		return nil, err
	}
	if err := q.only(append([]string{"bbox", "bbox-crs", "crs", "datetime", "limit", "offset"}, queryables(c.row)...)...); err != nil {
		return nil, err
	}
	out, err := q.system("crs")
	if err != nil {
		return nil, err
	}
	keep, err := q.filter(c)
	if err != nil {
		return nil, err
	}
	limit, err := q.count("limit", 1, ogcLimit)
	if err != nil {
		return nil, err
	}
	offset, err := q.count("offset", 0, 0)
	if err != nil {
		return nil, err
	}
	said := ogcItems{Type: "FeatureCollection", Features: []ogcItem{}}
	limit = min(limit, ogcMost)
	for i := range c.features {
		f := &c.features[i]
		if !keep(f) {
			continue
		}
		if said.Matched >= offset && said.Matched < offset+limit {
			said.Features = append(said.Features, out.item(f))
		}
		said.Matched++
	}
	said.Returned = len(said.Features)
	said.Links = q.pages(c, said, limit, offset)
	q.header.Set("Content-Crs", "<"+out.uri+">")
	return said, nil
}

// pages links to this page, those beside it and the collection.
func (q *ogcRequest) pages(c *ogcCollection, said ogcItems, limit, offset int) []ogcLink {
	links := []ogcLink{q.self(mediaGeoJSON), q.alternate(mediaGeoJSON), {q.home + "/collections/" + c.id, "collection", mediaJSON, c.title}}
	to := func(rel string, offset int) {
		query := cloned(q.query)
		query.Set("limit", strconv.Itoa(limit))
		query.Set("offset", strconv.Itoa(offset))
		media := mediaGeoJSON
		if q.html {
			media = mediaHTML
		}
		links = append(links, ogcLink{q.home + q.path + "?" + query.Encode(), rel, media, rel + " page"})
	}
	if said.Returned > 0 && offset+said.Returned < said.Matched {
		to("next", offset+said.Returned)
	}
	if offset > 0 && said.Matched > 0 {
		to("prev", max(0, min(offset, said.Matched)-limit))
	}
	return links
}

// cloned returns a query to change.
func cloned(q url.Values) url.Values {
	out := url.Values{}
	for name, values := range q {
		out[name] = values
	}
	return out
}

// item answers with one feature.
func (q *ogcRequest) item() (any, error) {
	c, err := q.named()
	if err != nil {
		return nil, err
	}
	if err := q.only("crs"); err != nil {
		return nil, err
	}
	out, err := q.system("crs")
	if err != nil {
		return nil, err
	}
	id, err := url.PathUnescape(q.featureID)
	i, ok := c.byID[id]
	if err != nil || !ok {
		return nil, fmt.Errorf("%w: feature %.80q of collection %s: %s/items lists them", errAbsent, q.featureID, c.id, c.id)
	}
	f := &c.features[i]
	q.header.Set("Content-Crs", "<"+out.uri+">")
	said := out.item(f)
	said.Links = []ogcLink{q.self(mediaGeoJSON), q.alternate(mediaGeoJSON), {q.home + "/collections/" + c.id, "collection", mediaJSON, c.title}}
	return said, nil
}

// item returns a feature in a system.
func (c crs) item(f *ogcFeature) ogcItem {
	return ogcItem{Type: "Feature", ID: f.id, Geometry: c.geometry(f), Properties: propertiesOf(f.row)}
}

// propertiesOf writes the columns of a row as JSON, for a desktop GIS, which takes
// the type of a column from the first features that it sees: numbers that may
// have decimals always have one, or those of later features would be cut off,
// and lists are texts with ";" between, as in the files of a run.
func propertiesOf(row any) json.RawMessage {
	v := reflect.ValueOf(row)
	b := []byte{'{'}
	for at, name := range columnsOf(v.Type()) {
		if at > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, name), ':') // names are plain ASCII
		field := v.Field(at)
		value := field.Interface()
		if field.Kind() == reflect.Slice {
			value = Text(cellOf(field))
		}
		text, err := plainJSON(value)
		if err != nil {
			text = []byte("null") // rows hold numbers, texts, flags and lists: never
		}
		b = append(b, text...)
		if field.Kind() == reflect.Float64 && string(text) != "null" && !bytes.ContainsRune(text, '.') {
			b = append(b, ".0"...)
		}
	}
	return append(b, '}')
}

// count reads a whole number, at least least.
func (q *ogcRequest) count(parameter string, least, without int) (int, error) {
	if !q.query.Has(parameter) {
		return without, nil
	}
	n, err := strconv.ParseInt(q.query.Get(parameter), 10, 32)
	if err != nil || n < int64(least) {
		return 0, fmt.Errorf("%w: %s=%.40s: want a whole number from %d", errParameter, parameter, q.query.Get(parameter), least)
	}
	return int(n), nil
}

// filter returns whether a feature is asked for: by bbox and by properties.
// Features have no time, so that every datetime chooses all of them.
func (q *ogcRequest) filter(c *ogcCollection) (func(*ogcFeature) bool, error) {
	in, err := q.system("bbox-crs")
	if err != nil {
		return nil, err
	}
	boxes, err := q.boxes(in)
	if err != nil {
		return nil, err
	}
	if err := q.datetime(); err != nil {
		return nil, err
	}
	var tests []func(reflect.Value) bool
	for at, name := range columnsOf(c.row) {
		if !q.query.Has(name) {
			continue
		}
		test, err := equals(c.row.Field(at).Type, at, q.query.Get(name))
		if err != nil {
			return nil, fmt.Errorf("%w: %s=%.40s: %w", errParameter, name, q.query.Get(name), err)
		}
		tests = append(tests, test)
	}
	return func(f *ogcFeature) bool {
		row := reflect.ValueOf(f.row)
		for _, test := range tests {
			if !test(row) {
				return false
			}
		}
		place := f.degrees
		if in.onGrid {
			place = f.grid
		}
		return boxes == nil || slices.ContainsFunc(boxes, func(b orb.Bound) bool { return meets(place, b) })
	}, nil
}

// equals compares field at of a row with a text: a number as a number, a list by
// any of its elements.
func equals(kind reflect.Type, at int, want string) (func(reflect.Value) bool, error) {
	switch typeIn(kind) {
	case "number", "integer":
		n, err := strconv.ParseFloat(want, 64)
		if err != nil {
			return nil, fmt.Errorf("want a number")
		}
		return func(row reflect.Value) bool {
			v, err := strconv.ParseFloat(cellOf(row.Field(at)), 64)
			return err == nil && v == n
		}, nil
	case "boolean":
		if want != "true" && want != "false" {
			return nil, fmt.Errorf("want true or false")
		}
	case "array":
		return func(row reflect.Value) bool { return slices.Contains(strings.Split(cellOf(row.Field(at)), ";"), want) }, nil
	}
	return func(row reflect.Value) bool { return cellOf(row.Field(at)) == want }, nil
}

// datetime reads a time or an interval (RFC 3339, section 5.6), open ends
// included.
func (q *ogcRequest) datetime() error {
	if !q.query.Has("datetime") {
		return nil
	}
	text := q.query.Get("datetime")
	from, to, interval := strings.Cut(text, "/")
	ends := []string{from}
	if interval {
		ends = append(ends, to)
	}
	known := 0
	for _, end := range ends {
		if interval && (end == "" || end == "..") {
			continue
		}
		if _, err := time.Parse(time.RFC3339, end); err != nil {
			return fmt.Errorf("%w: datetime=%.80s: want a time such as 2026-11-21T00:00:00Z, or two with / between, .. for an open end", errParameter, text)
		}
		known++
	}
	if known == 0 {
		return fmt.Errorf("%w: datetime=%.80s: want at least one end of the interval", errParameter, text)
	}
	return nil
}

// queryables are the columns that features can be chosen by.
func queryables(row reflect.Type) []string { return columnsOf(row) }

// typeIn is the type of a column in JSON.
func typeIn(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Float64:
		return "number"
	case reflect.Int:
		return "integer"
	case reflect.Bool:
		return "boolean"
	case reflect.Slice:
		return "array"
	}
	return "string"
}
