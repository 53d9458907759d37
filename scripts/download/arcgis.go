package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// largestAsk is the most records asked for at a time; a layer may allow fewer.
const largestAsk = 2000

// layer is what a feature service says of a layer.
type layer struct {
	ObjectID string `json:"objectIdField"`
	Most     int    `json:"maxRecordCount"`
	Fields   []struct {
		Name string `json:"name"`
	} `json:"fields"`
	Error *layerError `json:"error"`
}

// layerError is how a feature service says no, with the status 200.
type layerError struct {
	Code    int      `json:"code"`
	Message string   `json:"message"`
	Details []string `json:"details"`
}

func (e *layerError) fault() error {
	text := strings.Join(append([]string{e.Message}, e.Details...), "; ")
	return &fault{what: fmt.Sprintf("the layer answered error %d (%s)", e.Code, clip(text)), again: e.Code == 429 || e.Code >= 500}
}

// featurePage is one page of an answer, as JSON or as GeoJSON. Records are
// left as they came.
type featurePage struct {
	Features   []json.RawMessage `json:"features"`
	More       bool              `json:"exceededTransferLimit"`
	Properties struct {
		More bool `json:"exceededTransferLimit"`
	} `json:"properties"`
	Count *int        `json:"count"`
	Error *layerError `json:"error"`
}

// parsePage reads a page; a service's own error becomes a fault.
func parsePage(text []byte) (featurePage, error) {
	var p featurePage
	if err := json.Unmarshal(text, &p); err != nil {
		return p, &fault{what: "the layer's answer is not JSON", again: true, cause: err}
	}
	if p.Error != nil {
		return p, p.Error.fault()
	}
	return p, nil
}

// bringLayer asks for all pages of a layer and writes them as one GeoJSON
// collection, or as one table when the file is a CSV.
func (f *fetcher) bringLayer(ctx context.Context, s Source, address string, queries []query, path string) error {
	l, err := f.layer(ctx, s, address)
	if err != nil {
		return err
	}
	asTable := filepath.Ext(s.File) == ".csv"
	total, key := 0, address
	for i := range queries {
		q := queries[i].params
		count, err := f.count(ctx, address, q)
		if err != nil {
			return err
		}
		if count == 0 {
			return &fault{what: "the layer has nothing for " + queries[i].asks}
		}
		if n := len(queries[i].codes); n > 0 && count != n {
			return &fault{what: fmt.Sprintf("the layer has %d records for the %d areas %s", count, n, queries[i].asks)}
		}
		q.Set("outFields", strings.Join(s.Fields, ","))
		q.Set("orderByFields", l.ObjectID)
		q.Set("returnGeometry", strconv.FormatBool(!asTable))
		q.Set("f", "json")
		if !asTable {
			q.Set("f", "geojson")
			q.Set("outSR", "4326")
			q.Set("geometryPrecision", "7")
		}
		total += count
		key += fmt.Sprintf("\n%s %d %d", q.Encode(), count, l.Most)
	}
	kept, err := openPages(f.pagesDir(s), key, f.client)
	if err != nil {
		return err
	}
	f.progress.start(s.ID, 0, int64(total), "records")
	var records []json.RawMessage
	for i, q := range queries {
		more, err := f.features(ctx, kept, i, address, q.params, min(largestAsk, l.Most))
		if err != nil {
			return err
		}
		records = append(records, more...)
	}
	if len(records) != total {
		return fmt.Errorf("%w: %d of %d; call again", errFew, len(records), total)
	}
	if asTable {
		return writeWhole(path, func(w io.Writer) error { return writeTable(w, s.Fields, records) })
	}
	return writeWhole(path, func(w io.Writer) error { return writeFeatures(w, records) })
}

// layer asks what the layer is and whether it still has the fields.
func (f *fetcher) layer(ctx context.Context, s Source, address string) (layer, error) {
	var l layer
	_, err := f.client.text(ctx, address+"?f=json", func(text []byte) error {
		l = layer{}
		if err := json.Unmarshal(text, &l); err != nil {
			return &fault{what: "the layer's description is not JSON", cause: err}
		}
		if l.Error != nil {
			return l.Error.fault()
		}
		return nil
	})
	if err != nil {
		return l, err
	}
	var names []string
	for _, field := range l.Fields {
		names = append(names, field.Name)
	}
	for _, want := range s.Fields {
		if !slices.Contains(names, want) {
			return l, &fault{what: fmt.Sprintf("the layer has no field %s any more; it has %s", want, clip(strings.Join(names, ", ")))}
		}
	}
	if l.ObjectID == "" || l.Most < 1 {
		return l, &fault{what: "the layer's description names no objectIdField or maxRecordCount"}
	}
	return l, nil
}

func (f *fetcher) count(ctx context.Context, address string, q url.Values) (int, error) {
	params := url.Values{}
	for k, v := range q {
		params[k] = v
	}
	params.Set("returnCountOnly", "true")
	params.Set("f", "json")
	count := 0
	_, err := f.client.text(ctx, address+"/query?"+params.Encode(), func(text []byte) error {
		p, err := parsePage(text)
		if err != nil {
			return err
		}
		if p.Count == nil {
			return &fault{what: "the layer does not say how many records it has"}
		}
		count = *p.Count
		return nil
	})
	return count, err
}

// features asks for one query's pages, one after another.
func (f *fetcher) features(ctx context.Context, kept pages, n int, address string, q url.Values, most int) ([]json.RawMessage, error) {
	q.Set("resultRecordCount", strconv.Itoa(most))
	var all []json.RawMessage
	seen := map[string]bool{}
	for {
		q.Set("resultOffset", strconv.Itoa(len(all)))
		var p featurePage
		_, err := kept.page(ctx, fmt.Sprintf("%03d-%06d.json", n, len(all)), address+"/query?"+q.Encode(), func(text []byte) (err error) {
			p, err = parsePage(text)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, record := range p.Features {
			if seen[string(record)] {
				return nil, errTwice
			}
			seen[string(record)] = true
		}
		all = append(all, p.Features...)
		f.progress.add(int64(len(p.Features)))
		if len(p.Features) == 0 || !p.More && !p.Properties.More && len(p.Features) < most {
			return all, nil
		}
	}
}

// writeFeatures writes GeoJSON, a feature a line.
func writeFeatures(w io.Writer, records []json.RawMessage) error {
	text := []byte(`{"type":"FeatureCollection","features":[`)
	for i, r := range records {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(text, '\n'), bytes.TrimSpace(r)...)
	}
	_, err := w.Write(append(text, "\n]}\n"...))
	return err
}

// writeTable writes the attributes of the records as CSV: text and numbers as
// they came, null as an empty cell.
func writeTable(w io.Writer, fields []string, records []json.RawMessage) error {
	cw := csv.NewWriter(w)
	if err := cw.Write(fields); err != nil {
		return err
	}
	for _, r := range records {
		var record struct {
			Attributes map[string]json.RawMessage `json:"attributes"`
		}
		if err := json.Unmarshal(r, &record); err != nil {
			return &fault{what: "a record of the layer is not what it should be", cause: err}
		}
		row := make([]string, len(fields))
		for i, name := range fields {
			value, ok := record.Attributes[name]
			if !ok {
				return &fault{what: fmt.Sprintf("a record of the layer has no %s", name)}
			}
			row[i] = cell(value)
		}
		if err := cw.Write(row); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

func cell(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil { // null leaves it empty
		return text
	}
	return string(value)
}
