package main

import (
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb/geojson"
)

// The ways a layer or table is cut to the county, as sources.csv writes them.
const (
	byDistrict = "district" // district COLUMN [CONDITION...]: the column holds a district of the county
	byCodes    = "codes"    // codes COLUMN SOURCE ITS-COLUMN: the column holds a code of another source's
	byBox      = "box"      // box SOURCE: the shape touches the box around another source
)

// codesPerQuery keeps an address under 2,000 letters, which every server takes,
// and a Nomis answer (92 rows an area) under the 25,000 rows it gives at a time.
const codesPerQuery = 100

// query is one question to a layer or table.
type query struct {
	asks   string // for what, in words
	params url.Values
	codes  []string // the codes asked for, each of one record; nil when asked for otherwise
}

// needs is the source that the filter leans on, or "".
func (s Source) needs() string {
	switch {
	case len(s.Filter) == 4 && s.Filter[0] == byCodes:
		return s.Filter[2]
	case len(s.Filter) == 2 && s.Filter[0] == byBox:
		return s.Filter[1]
	}
	return ""
}

func (s Source) filterFault() string {
	switch {
	case s.Kind == kindFile && len(s.Filter) == 0:
	case s.Kind == kindArcGIS && len(s.Filter) >= 2 && s.Filter[0] == byDistrict:
	case s.Kind != kindFile && len(s.Filter) == 4 && s.Filter[0] == byCodes:
	case s.Kind == kindArcGIS && len(s.Filter) == 2 && s.Filter[0] == byBox:
	default:
		return fmt.Sprintf("filter %q does not go with the kind %s", strings.Join(s.Filter, " "), s.Kind)
	}
	return ""
}

// queries returns the questions that together give the county's part of s, and
// one text that is the same whenever they are.
func (f *fetcher) queries(s Source) ([]query, string, error) {
	switch {
	case len(s.Filter) == 0:
		return nil, "", nil
	case s.Filter[0] == byDistrict:
		// District by district, so that a code the publisher does not know shows.
		var all []query
		also := ""
		if len(s.Filter) > 2 {
			also = " AND " + strings.Join(s.Filter[2:], " ")
		}
		for _, d := range f.county.Districts {
			all = append(all, query{asks: d, params: url.Values{"where": {in(s.Filter[1], []string{d}) + also}}})
		}
		return all, in(s.Filter[1], f.county.Districts) + also, nil
	case s.Filter[0] == byBox:
		return f.boxQuery(s)
	}
	codes, err := readCodes(filepath.Join(f.dir, f.source(s.Filter[2]).File), s.Filter[3])
	if err != nil {
		return nil, "", err
	}
	var all []query
	for chunk := range slices.Chunk(codes, codesPerQuery) {
		q := query{asks: chunk[0] + " and on", codes: chunk, params: url.Values{"where": {in(s.Filter[1], chunk)}}}
		if s.Kind == kindNomis {
			q.params = url.Values{s.Filter[1]: {strings.Join(chunk, ",")}}
		}
		all = append(all, q)
	}
	hash := sha256.Sum256([]byte(strings.Join(codes, ",")))
	return all, fmt.Sprintf("%s in the %d codes of %s (%x)", s.Filter[1], len(codes), s.Filter[2], hash[:6]), nil
}

// boxQuery asks for what touches the box around another source's shapes.
func (f *fetcher) boxQuery(s Source) ([]query, string, error) {
	text, err := os.ReadFile(filepath.Join(f.dir, f.source(s.Filter[1]).File))
	if err != nil {
		return nil, "", err
	}
	fc, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		return nil, "", err
	}
	if len(fc.Features) == 0 {
		return nil, "", fmt.Errorf("%s has no features", s.Filter[1])
	}
	box := fc.Features[0].Geometry.Bound()
	for _, feature := range fc.Features {
		box = box.Union(feature.Geometry.Bound())
	}
	corners := fmt.Sprintf("%.5f,%.5f,%.5f,%.5f", box.Min[0], box.Min[1], box.Max[0], box.Max[1])
	return []query{{asks: "the box " + corners, params: url.Values{
		"where":        {"1=1"},
		"geometry":     {corners},
		"geometryType": {"esriGeometryEnvelope"},
		"inSR":         {"4326"},
		"spatialRel":   {"esriSpatialRelIntersects"},
	}}}, "touches " + corners, nil
}

// in is the condition that column holds one of values, which hold no quotes.
func in(column string, values []string) string {
	return column + " IN ('" + strings.Join(values, "','") + "')"
}

// readCodes returns the different values of a column, sorted.
func readCodes(path, column string) ([]string, error) {
	f, err := os.Open(path) // #nosec G304 -- who fetches names the file of codes
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty", path)
	}
	rows[0][0] = strings.TrimPrefix(rows[0][0], "\ufeff")
	at := slices.Index(rows[0], column)
	if at < 0 {
		return nil, fmt.Errorf("%s has no column %q", path, column)
	}
	var codes []string
	for i, row := range rows[1:] {
		if at >= len(row) || !codeForm.MatchString(row[at]) {
			return nil, fmt.Errorf("%s: line %d: want a code such as E01000001 in %s", path, i+2, column)
		}
		codes = append(codes, row[at])
	}
	slices.Sort(codes)
	return slices.Compact(codes), nil
}
