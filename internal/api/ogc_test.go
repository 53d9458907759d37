package api_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"hubreach/geo"
	"hubreach/geo/shape"
)

// featurePage is one page of items.
type featurePage struct {
	Features []struct {
		ID         string
		Geometry   *geojson.Geometry
		Properties map[string]any
	}
	NumberMatched, NumberReturned int
	Links                         []struct{ Href, Rel string }
}

func (p featurePage) link(rel string) string {
	for _, l := range p.Links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

// page asks for features.
func page(t testing.TB, path string) featurePage {
	t.Helper()
	r := ask(t, "GET", path)
	var p featurePage
	if body := read(t, r); r.StatusCode != 200 || json.Unmarshal(body, &p) != nil {
		t.Fatalf("GET %s = %d, %.300s", path, r.StatusCode, body)
	}
	return p
}

const epsg = "http://www.opengis.net/def/crs/EPSG/0/"

func TestOGCStatus(t *testing.T) {
	const items = "/ogc/collections/areas/items"
	for _, tt := range []struct {
		path   string
		status int
		media  string
	}{
		{"/ogc", 200, "application/json"},
		{"/ogc/", 200, "application/json"},
		{"/ogc?f=json", 200, "application/json"},
		{"/ogc/conformance", 200, "application/json"},
		{"/ogc/api", 200, "application/vnd.oai.openapi+json;version=3.0"},
		{"/ogc/collections", 200, "application/json"},
		{"/ogc/collections/areas", 200, "application/json"},
		{items, 200, "application/geo+json"},
		{items + "/O1.E01900001", 200, "application/geo+json"},
		{items + "?limit=1000000", 200, "application/geo+json"}, // as many as there may be
		{items + "?offset=1000000", 200, "application/geo+json"},
		{items + "?datetime=2026-11-21T00:00:00Z", 200, "application/geo+json"},
		{items + "?datetime=../2026-11-21T00:00:00Z", 200, "application/geo+json"},
		{items + "?bbox=0,50,-5,60,1,2", 400, ""}, // south is north of north
		{"/ogc/nothing", 404, ""},
		{"/ogc/collections/roads", 404, ""},
		{"/ogc/collections/roads/items", 404, ""},
		{items + "/O1.E00000000", 404, ""},
		{"/ogc?limit=1", 400, ""},
		{"/ogc?f=html", 200, "text/html; charset=utf-8"},
		{"/ogc/conformance?f=html", 200, "text/html; charset=utf-8"},
		{"/ogc/api?f=html", 200, "text/html; charset=utf-8"},
		{"/ogc/collections?f=html", 200, "text/html; charset=utf-8"},
		{"/ogc/collections/areas?f=html", 200, "text/html; charset=utf-8"},
		{items + "?f=html&limit=3&uncovered=true", 200, "text/html; charset=utf-8"},
		{items + "/O1.E01900001?f=html", 200, "text/html; charset=utf-8"},
		{"/ogc?f=xml", 400, ""},
		{"/ogc/collections?bbox=1,2,3,4", 400, ""},
		{items + "?colour=red", 400, ""},
		{items + "?limit=0", 400, ""},
		{items + "?limit=-1", 400, ""},
		{items + "?limit=ten", 400, ""},
		{items + "?limit=1&limit=2", 400, ""},
		{items + "?limit=99999999999999999999", 400, ""},
		{items + "?offset=-1", 400, ""},
		{items + "?bbox=1,2,3", 400, ""},
		{items + "?bbox=1,2,3,x", 400, ""},
		{items + "?bbox=1,2,3,NaN", 400, ""},
		{items + "?crs=EPSG:27700", 400, ""},
		{items + "?bbox-crs=" + epsg + "3857&bbox=1,2,3,4", 400, ""},
		{items + "?datetime=yesterday", 400, ""},
		{items + "?datetime=../..", 400, ""},
		{items + "?need_rank=high", 400, ""},
		{items + "?uncovered=yes", 400, ""},
		{items + "?f=%zz", 400, ""},
		{items + "/O1.E01900001?limit=1", 400, ""},
	} {
		r := ask(t, "GET", tt.path)
		media := tt.media
		if tt.status >= 400 {
			media = "application/problem+json"
		}
		if body := read(t, r); r.StatusCode != tt.status || r.Header.Get("Content-Type") != media {
			t.Errorf("GET %s = %d, %s, want %d, %s: %.200s", tt.path, r.StatusCode, r.Header.Get("Content-Type"), tt.status, media, body)
		}
	}
}

// Every link of the landing page, of the collections and of a feature answers.
func TestOGCLinks(t *testing.T) {
	var links func(v any) []string
	links = func(v any) (out []string) {
		switch v := v.(type) {
		case map[string]any:
			if href, ok := v["href"].(string); ok {
				out = append(out, href)
			}
			for _, inner := range v {
				out = append(out, links(inner)...)
			}
		case []any:
			for _, inner := range v {
				out = append(out, links(inner)...)
			}
		}
		return out
	}
	for _, from := range []string{"/ogc", "/ogc/collections", "/ogc/collections/sites_O2/items?limit=2&offset=1", "/ogc/collections/sites/items/O1.S02"} {
		var body any
		if err := json.Unmarshal(read(t, ask(t, "GET", from)), &body); err != nil {
			t.Fatal(err)
		}
		found := links(body)
		if len(found) == 0 {
			t.Errorf("%s links to nothing", from)
		}
		for _, href := range found {
			path, ok := strings.CutPrefix(href, "http://example.com")
			if r := ask(t, "GET", path); !ok || r.StatusCode != 200 {
				t.Errorf("%s links to %s: %d", from, href, r.StatusCode)
			}
		}
	}
}

// Pages by their next links give every feature once, in one order.
func TestOGCPages(t *testing.T) {
	all := page(t, "/ogc/collections/sites/items?limit=10000")
	if all.NumberMatched != 5*52 || all.NumberReturned != 5*52 {
		t.Fatalf("%d of %d sites, want 52 under each of five options", all.NumberReturned, all.NumberMatched)
	}
	var want, got []string
	for _, f := range all.Features {
		want = append(want, f.ID)
	}
	at := "/ogc/collections/sites/items?limit=37"
	for range 100 {
		p := page(t, at)
		for _, f := range p.Features {
			got = append(got, f.ID)
		}
		next := p.link("next")
		if next == "" {
			break
		}
		at = strings.TrimPrefix(next, "http://example.com")
	}
	if !slices.Equal(got, want) {
		t.Errorf("page by page %d features, want the %d of one page", len(got), len(want))
	}
	slices.Sort(got)
	if len(slices.Compact(got)) != len(want) {
		t.Error("two features have one id")
	}
}

// A box finds what GEOS says meets it, in grid coordinates and in degrees.
func TestOGCBox(t *testing.T) {
	c, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	work := shape.NewWorker()
	bound := c.results.County.Bound()
	random := rand.New(rand.NewPCG(5, 5))
	for n := range 20 {
		width := []float64{50, 2000, 20_000}[n%3]
		x := bound.Min[0] + random.Float64()*(bound.Max[0]-bound.Min[0])
		y := bound.Min[1] + random.Float64()*(bound.Max[1]-bound.Min[1])
		box := orb.MultiPolygon{{{{x, y}, {x + width, y}, {x + width, y + width}, {x, y + width}, {x, y}}}}
		var want []string
		for _, a := range c.results.County.Areas {
			meets, err := work.Touching(box, a.Shape)
			if err != nil {
				t.Fatal(err)
			}
			if meets {
				want = append(want, "O3."+string(a.Code))
			}
		}
		query := url.Values{"limit": {"10000"}, "bbox": {fmt.Sprintf("%f,%f,%f,%f", x, y, x+width, y+width)}, "bbox-crs": {epsg + "27700"}}
		var got []string
		for _, f := range page(t, "/ogc/collections/areas_O3/items?"+query.Encode()).Features {
			got = append(got, f.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("box %d of %g m at %.0f, %.0f: %v, want %v", n, width, x, y, got, want)
		}
	}
	whole := page(t, "/ogc/collections/areas_O1/items?bbox=0.5,53,1.3,54")
	heights := page(t, "/ogc/collections/areas_O1/items?bbox=0.5,53,-10,1.3,54,900")
	swapped := page(t, "/ogc/collections/areas_O1/items?bbox=53,0.5,54,1.3&bbox-crs="+epsg+"4326")
	around := page(t, "/ogc/collections/areas_O1/items?bbox=170,53,1.3,54") // round the world, from the Pacific eastward
	elsewhere := page(t, "/ogc/collections/areas_O1/items?bbox=2,53,3,54")
	for _, p := range []featurePage{whole, heights, swapped, around} {
		if p.NumberMatched != 334 {
			t.Errorf("%d areas, want all 334: %v", p.NumberMatched, p.Links)
		}
	}
	if elsewhere.NumberMatched != 0 {
		t.Errorf("%d areas in the sea, want none", elsewhere.NumberMatched)
	}
}

// The same place in three systems.
func TestOGCSystems(t *testing.T) {
	c, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]orb.Point{}
	for _, system := range []string{"", epsg + "4326", epsg + "27700"} {
		path := "/ogc/collections/sites/items/O1.S02"
		if system != "" {
			path += "?crs=" + system
		}
		r := ask(t, "GET", path)
		var f struct{ Geometry geojson.Geometry }
		if err := json.Unmarshal(read(t, r), &f); err != nil {
			t.Fatal(err)
		}
		at[system] = f.Geometry.Geometry().(orb.Point)
		want := "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
		if system != "" {
			want = "<" + system + ">"
		}
		if got := r.Header.Get("Content-Crs"); got != want {
			t.Errorf("%s: Content-Crs %q, want %q", path, got, want)
		}
	}
	var want geo.Grid
	for _, s := range c.results.County.Sites {
		if s.ID == "S02" {
			want = s.At
		}
	}
	lonLat, grid := at[""], at[epsg+"27700"]
	if swapped := at[epsg+"4326"]; swapped[0] != lonLat[1] || swapped[1] != lonLat[0] {
		t.Errorf("EPSG:4326 %v, CRS84 %v; want latitude first in the one", swapped, lonLat)
	}
	const cm = 0.01
	if d := max(grid[0]-want[0], want[0]-grid[0], grid[1]-want[1], want[1]-grid[1]); d > cm {
		t.Errorf("EPSG:27700 %v, want %v within a centimetre", grid, want)
	}
}

// Properties choose features; the count is that of the results.
func TestOGCFilter(t *testing.T) {
	c, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	r := c.results
	uncovered, decile, rural := 0, 0, 0
	for i, a := range r.Options[1].Outreach.Areas {
		if a.Uncovered {
			uncovered++
		}
		if r.Need.Areas[i].DeprivationDecile == 1 {
			decile++
		}
		for _, category := range a.Categories {
			if category == "rural" {
				rural++
			}
		}
	}
	if uncovered == 0 || decile == 0 || rural == 0 {
		t.Fatal("the sample county has none of them")
	}
	for _, tt := range []struct {
		query string
		want  int
	}{
		{"option_id=O2", 334},
		{"option_id=O2&uncovered=true", uncovered},
		{"option_id=O2&deprivation_decile=1", decile},
		{"option_id=O2&deprivation_decile=1.0", decile},
		{"option_id=O2&categories=rural", rural},
		{"area_code=E01900001", 5},
		{"area_name=Nowhere", 0},
		{"option_id=O2&area_code=E01900001&bbox=2,53,3,54", 0},
	} {
		if got := page(t, "/ogc/collections/areas/items?limit=1&"+tt.query).NumberMatched; got != tt.want {
			t.Errorf("areas where %s: %d, want %d", tt.query, got, tt.want)
		}
	}
}

// The OpenAPI document has an answer for every path of every collection, and no
// reference that leads nowhere.
func TestOGCOpenAPI(t *testing.T) {
	var doc struct {
		OpenAPI    string
		Paths      map[string]any
		Components struct{ Schemas map[string]any }
	}
	text := read(t, ask(t, "GET", "/ogc/api"))
	if err := json.Unmarshal(text, &doc); err != nil || doc.OpenAPI != "3.0.3" || doc.Paths["/collections/outreach_O5/items/{featureId}"] == nil {
		t.Fatalf("%v: OpenAPI %s with %d paths", err, doc.OpenAPI, len(doc.Paths))
	}
	for _, part := range strings.Split(string(text), `"$ref":"`)[1:] {
		name, _, _ := strings.Cut(strings.TrimPrefix(part, "#/components/schemas/"), `"`)
		if doc.Components.Schemas[name] == nil {
			t.Errorf("there is no schema %s", name)
		}
	}
}

// GDAL connects as a desktop GIS does: the layers, their counts, and every
// attribute of the areas and sites, read page by page over HTTP.
func TestOGCByGDAL(t *testing.T) {
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		t.Skip("no ogr2ogr: install gdal-bin")
	}
	server := httptest.NewServer(sampleService(t))
	defer server.Close()
	for layer, want := range map[string]int{"areas_O2": 334, "sites": 5 * 52} {
		out := filepath.Join(t.TempDir(), layer+".csv")
		if said, err := exec.CommandContext(t.Context(), "ogr2ogr", "-f", "CSV", "-oo", "PAGE_SIZE=50", out, "OAPIF:"+server.URL+"/ogc", layer).CombinedOutput(); err != nil {
			t.Fatalf("ogr2ogr: %v\n%s", err, said)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil || len(rows) != want+1 {
			t.Fatalf("%s: %d lines, %v; want %d features", layer, len(rows), err, want)
		}
		byID := map[string]map[string]any{}
		for _, f := range page(t, "/ogc/collections/"+layer+"/items?limit=10000").Features {
			byID[f.ID] = f.Properties
		}
		at := map[string]int{}
		for i, name := range rows[0] {
			at[name] = i
		}
		compared := 0
		for _, row := range rows[1:] {
			for name, value := range byID[row[at["id"]]] {
				compared++
				if got := row[at[name]]; !sameCell(got, value) {
					t.Errorf("%s: %s = %q in GDAL, %v in our answer", row[at["id"]], name, got, value)
				}
			}
		}
		if compared < 15*want {
			t.Errorf("%s: %d attributes compared of %d features", layer, compared, want)
		}
	}
}

// sameCell compares a cell that GDAL wrote with a value of JSON.
func sameCell(cell string, value any) bool {
	switch v := value.(type) {
	case nil:
		return cell == ""
	case string: // GDAL takes 20:10 for a time of day
		return cell == v || cell == v+":00"
	case bool:
		return cell == strconv.FormatBool(v) || cell == map[bool]string{true: "1", false: "0"}[v]
	case float64:
		n, err := strconv.ParseFloat(cell, 64)
		return err == nil && n == v
	}
	return cell == fmt.Sprint(value)
}

// Whatever a question says, it is answered, refused or not found; never a fault.
func FuzzOGCQuery(f *testing.F) {
	for _, q := range []string{"limit=1", "bbox=0.5,53,1.3,54&crs=" + epsg + "27700", "datetime=../2026-01-01T00:00:00Z", "uncovered=true&f=json", "%", "bbox=1e308,-1e308,1e309,2"} {
		f.Add("sites", q)
	}
	f.Add("../areas", "a=b;c")
	f.Fuzz(func(t *testing.T, collection, query string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path, r.URL.RawQuery = "/ogc/collections/"+collection+"/items", query
		w := httptest.NewRecorder()
		sampleService(t).ServeHTTP(w, r)
		if s := w.Code; s != 200 && s != 304 && s != 400 && s != 404 {
			t.Errorf("%q?%q: %d %s", collection, query, s, w.Body)
		}
	})
}
