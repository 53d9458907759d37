package main_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	download "hubreach/scripts/download"
)

// Two districts of seven areas, and layers that give three records at a time:
// two pages of the first district's four areas, one of the second's three.
const (
	districts   = "E07000105,E07000106"
	areasFirst  = 4
	areasSecond = 3
	areas       = areasFirst + areasSecond
	pageSize    = 3
)

func areaCode(i int) string { return fmt.Sprintf("E0102%04d", 4000+i) }

func districtOf(i int) string {
	if i < areasFirst {
		return "E07000105"
	}
	return "E07000106"
}

// publishers plays all of them on one loopback address: the first folder of a
// path is the publisher's host.
type publishers struct {
	*httptest.Server
	mu       sync.Mutex
	requests []string                    // path, or path?query for pages
	instead  map[string]http.HandlerFunc // part of a request's address to what is answered in its place
}

func newPublishers(t *testing.T) *publishers {
	p := &publishers{instead: map[string]http.HandlerFunc{}}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

// on answers requests whose address contains part with h.
func (p *publishers) on(part string, h http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if h == nil {
		delete(p.instead, part)
		return
	}
	p.instead[part] = h
}

// seen returns the requests whose address contains part, and forgets all.
func (p *publishers) seen(part string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	got := slices.DeleteFunc(p.requests, func(r string) bool { return !strings.Contains(r, part) })
	p.requests = nil
	return got
}

func (p *publishers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.requests = append(p.requests, r.URL.String())
	var instead http.HandlerFunc
	for part, h := range p.instead {
		if strings.Contains(r.URL.String(), part) {
			instead = h
		}
	}
	p.mu.Unlock()
	switch {
	case instead != nil:
		instead(w, r)
	case strings.Contains(r.URL.Path, "/FeatureServer/0"):
		p.layer(w, r)
	case strings.Contains(r.URL.Path, "nomisweb"):
		p.nomis(w, r)
	default:
		p.file(w, r)
	}
}

// file serves whole files, with ranges and validators, as a file server does.
func (p *publishers) file(w http.ResponseWriter, r *http.Request) {
	body, ok := fileBody(r.URL.Path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("ETag", `"v1"`)
	http.ServeContent(w, r, "", time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), bytes.NewReader(body))
}

func fileBody(path string) ([]byte, bool) {
	switch {
	case strings.Contains(path, "IoD2025"):
		return []byte("\ufeffLSOA code (2021),Local Authority District code (2024),Income Score (rate)\nE01024000,E07000105,0.1\n"), true
	case strings.HasSuffix(path, "kent-latest.osm.pbf"):
		return append([]byte("\x00\x00\x00\x0e\x0a\x09OSMHeader"), bytes.Repeat([]byte("street "), 5000)...), true
	case strings.HasSuffix(path, "/gtfs-file/south_east/"):
		return zipOf("stops.txt"), true
	case strings.HasSuffix(path, "edubaseallchildrencentre20261121.csv"):
		return []byte("URN,LA (name),EstablishmentName,Easting,Northing\n20001,Kent,St Mary\x92s,550000,170000\n"), true
	case strings.HasSuffix(path, "List_of_family_hub_sites.csv"):
		return []byte("Region,Local_Authority,Family_Hub,Postcode\nSouth East,Kent,Millmead,CT9 3ED\n"), true
	}
	return nil, false
}

func zipOf(name string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create(name); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// layer plays a feature service with every field that the sources ask for.
func (p *publishers) layer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	q := r.URL.Query()
	if !strings.HasSuffix(r.URL.Path, "/query") {
		var fields []map[string]string
		for _, name := range []string{"FID", "LSOA11CD", "LSOA11NM", "LSOA21CD", "LSOA21NM", "CHGIND", "LAD22CD", "LAD22NM",
			"RUC21CD", "RUC21NM", "Urban_rural_flag", "BUA24CD", "BUA24NM"} {
			fields = append(fields, map[string]string{"name": name})
		}
		answer(w, map[string]any{"objectIdField": "FID", "maxRecordCount": pageSize, "fields": fields})
		return
	}
	var hits []int
	for i := range areas {
		where := q.Get("where")
		if where == "1=1" || strings.Contains(where, areaCode(i)) || strings.Contains(where, districtOf(i)) {
			hits = append(hits, i)
		}
	}
	if q.Get("returnCountOnly") == "true" {
		answer(w, map[string]int{"count": len(hits)})
		return
	}
	offset, _ := strconv.Atoi(q.Get("resultOffset"))
	most, _ := strconv.Atoi(q.Get("resultRecordCount"))
	end := min(len(hits), offset+most)
	features := []any{}
	for _, i := range hits[min(offset, end):end] {
		features = append(features, record(i, q.Get("f"), strings.Split(q.Get("outFields"), ",")))
	}
	// Pages of JSON say that there is more at the top, those of GeoJSON in properties.
	more := end < len(hits)
	if q.Get("f") == "geojson" {
		answer(w, map[string]any{"type": "FeatureCollection", "features": features, "properties": map[string]any{"exceededTransferLimit": more}})
		return
	}
	answer(w, map[string]any{"features": features, "exceededTransferLimit": more})
}

func record(i int, form string, fields []string) any {
	values := map[string]any{}
	for _, f := range fields {
		values[f] = f + " " + strconv.Itoa(i)
		switch f {
		case "LSOA11CD", "LSOA21CD":
			values[f] = areaCode(i)
		case "LAD22CD":
			values[f] = districtOf(i)
		case "RUC21NM":
			values[f] = nil
		}
	}
	if form != "geojson" {
		return map[string]any{"attributes": values}
	}
	x := float64(i) / 10
	ring := [][]float64{{x, 51}, {x + 0.1, 51}, {x + 0.1, 51.1}, {x, 51}}
	return map[string]any{"type": "Feature", "id": i, "properties": values, "geometry": map[string]any{"type": "Polygon", "coordinates": [][][]float64{ring}}}
}

// nomis gives area i a total of 91 i: i people of each age from 0 to 90 and over.
func (p *publishers) nomis(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/csv")
	fmt.Fprintln(w, `"GEOGRAPHY_CODE","GEOGRAPHY_NAME","C_AGE","OBS_VALUE"`)
	for i := range areas {
		if !strings.Contains(r.URL.Query().Get("geography"), areaCode(i)) {
			continue
		}
		fmt.Fprintf(w, "%q,\"Area, %d\",200,%d\n", areaCode(i), i, 91*i)
		for age := range 91 {
			fmt.Fprintf(w, "%q,\"Area, %d\",%d,%d\n", areaCode(i), i, 101+age, i)
		}
	}
}

func answer(w http.ResponseWriter, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

// call is one run of the command against the publishers.
type call struct {
	code           int
	stdout, stderr string
	waits          []time.Duration
}

func fetch(t *testing.T, p *publishers, dir string, args ...string) call {
	t.Helper()
	return fetchWithin(t, context.Background(), p, dir, time.Minute, args...)
}

func fetchWithin(t *testing.T, ctx context.Context, p *publishers, dir string, idle time.Duration, args ...string) call {
	t.Helper()
	var c call
	var stdout, stderr bytes.Buffer
	program := download.NewProgram(&stdout, &stderr, idle, &c.waits)
	args = append([]string{"kent", "--districts", districts, "--base-url", p.URL, "--to", dir}, args...)
	c.code = program.Run(ctx, args...)
	c.stdout, c.stderr = stdout.String(), stderr.String()
	return c
}

func (c call) want(t *testing.T, code int, said ...string) {
	t.Helper()
	if c.code != code {
		t.Errorf("exit code = %d, want %d; stderr:\n%s", c.code, code, c.stderr)
	}
	for _, s := range said {
		if !strings.Contains(c.stderr, s) {
			t.Errorf("stderr does not say %q:\n%s", s, c.stderr)
		}
	}
}

// files are the names in dir, hidden ones too, less the lock.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name() != ".lock" {
			names = append(names, e.Name())
		}
	}
	return names
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
