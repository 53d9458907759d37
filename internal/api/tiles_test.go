package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
)

// Tiles over the sample county, in the sea, and in the Arctic.
const (
	overCounty = "/tiles/areas/9/257/166.mvt"
	inTheSea   = "/tiles/areas/12/2063/1325.mvt"
)

// ask sends a request to the service of the sample county.
func ask(t testing.TB, method, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	sampleService(t).ServeHTTP(w, r)
	return w.Result()
}

func read(t testing.TB, r *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTile(t *testing.T) {
	for _, tt := range []struct {
		name, method, path string
		headers            []string
		status             int
		encoding           string
	}{
		{"plain", "GET", overCounty, nil, 200, ""},
		{"gzip", "GET", overCounty, []string{"Accept-Encoding", "gzip, deflate"}, 200, "gzip"},
		{"as a browser asks", "GET", overCounty, []string{"Accept-Encoding", "gzip, deflate, br, zstd"}, 200, "br"},
		{"rather gzip", "GET", overCounty, []string{"Accept-Encoding", "br;q=0.5, gzip"}, 200, "gzip"},
		{"no gzip", "GET", overCounty, []string{"Accept-Encoding", "gzip;q=0"}, 200, ""},
		{"anything", "GET", overCounty, []string{"Accept-Encoding", "*"}, 200, "br"},
		{"rather not packed", "GET", overCounty, []string{"Accept-Encoding", "identity, gzip;q=0.5"}, 200, ""},
		{"HEAD", "HEAD", overCounty, []string{"Accept-Encoding", "gzip"}, 200, "gzip"},
		{"several sets", "GET", strings.Replace(overCounty, "areas", "areas,sites,outreach", 1), nil, 200, ""},
		{"nothing there", "GET", inTheSea, nil, 204, ""},
		{"no such set", "GET", strings.Replace(overCounty, "areas", "roads", 1), nil, 404, ""},
		{"too deep", "GET", "/tiles/areas/15/0/0.mvt", nil, 404, ""},
		{"beyond the world", "GET", "/tiles/areas/3/8/0.mvt", nil, 404, ""},
		{"not a number", "GET", "/tiles/areas/3/x/0.mvt", nil, 404, ""},
		{"another ending", "GET", "/tiles/areas/3/0/0.pbf", nil, 404, ""},
		{"POST", "POST", overCounty, nil, 405, ""},
	} {
		r := ask(t, tt.method, tt.path, tt.headers...)
		body := read(t, r)
		if r.StatusCode != tt.status || r.Header.Get("Content-Encoding") != tt.encoding {
			t.Errorf("%s: %s %s = %d, %q; want %d, %q", tt.name, tt.method, tt.path, r.StatusCode, r.Header.Get("Content-Encoding"), tt.status, tt.encoding)
		}
		kind := r.Header.Get("Content-Type")
		switch {
		case tt.status == 200 && (kind != "application/vnd.mapbox-vector-tile" || len(body) == 0 && tt.method == "GET"):
			t.Errorf("%s: %q, %d bytes", tt.name, kind, len(body))
		case tt.status == 204 && len(body) > 0:
			t.Errorf("%s: a body of %d bytes", tt.name, len(body))
		case tt.status >= 400 && (kind != "application/problem+json" || r.Header.Get("ETag") != "" && tt.method != "POST"):
			t.Errorf("%s: %q, ETag %q; want a problem without", tt.name, kind, r.Header.Get("ETag"))
		}
	}
}

// A client that has a tile gets 304, in its own packing only.
func TestTileNotModified(t *testing.T) {
	first := ask(t, "GET", overCounty, "Accept-Encoding", "gzip")
	etag := first.Header.Get("ETag")
	if !strings.HasPrefix(etag, `"`) || first.Header.Get("Vary") == "" || first.Header.Get("Cache-Control") != "public, no-cache" {
		t.Errorf("ETag %q, Vary %q, Cache-Control %q", etag, first.Header.Get("Vary"), first.Header.Get("Cache-Control"))
	}
	for _, tt := range []struct {
		name, header, accept string
		status               int
	}{
		{"the same", etag, "gzip", 304},
		{"one of several, weak", `"x", W/` + etag, "gzip", 304},
		{"any", "*", "gzip", 304},
		{"packed another way", etag, "br", 200},
		{"another study's", `"0123456789abcdef-mvtgzip"`, "gzip", 200},
	} {
		r := ask(t, "GET", overCounty, "Accept-Encoding", tt.accept, "If-None-Match", tt.header)
		if body := read(t, r); r.StatusCode != tt.status || tt.status == 304 && len(body) > 0 {
			t.Errorf("%s: %d with %d bytes, want %d", tt.name, r.StatusCode, len(body), tt.status)
		}
	}
}

// The bytes of every packing are those of the plain tile.
func TestTilePacked(t *testing.T) {
	plain := read(t, ask(t, "GET", overCounty))
	z, err := gzip.NewReader(ask(t, "GET", overCounty, "Accept-Encoding", "gzip").Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("unzipped %d bytes, %v; want the plain tile's %d", len(got), err, len(plain))
	}
}

// TileJSON names addresses that answer, and that may be kept for ever.
func TestTileJSON(t *testing.T) {
	r := ask(t, "GET", "/tiles/areas,sites.json", "X-Forwarded-Proto", "https")
	var said struct {
		TileJSON string   `json:"tilejson"`
		Tiles    []string `json:"tiles"`
		MaxZoom  int      `json:"maxzoom"`
		Layers   []struct {
			ID     string            `json:"id"`
			Fields map[string]string `json:"fields"`
		} `json:"vector_layers"`
	}
	if err := json.Unmarshal(read(t, r), &said); err != nil || r.StatusCode != 200 || said.TileJSON != "3.0.0" || len(said.Layers) != 4 || said.Layers[0].Fields["covered_share_O1"] == "" {
		t.Fatalf("TileJSON: %d, %v, %+v", r.StatusCode, err, said)
	}
	address := said.Tiles[0]
	if !strings.HasPrefix(address, "https://example.com/tiles/areas,sites/{z}/{x}/{y}.mvt?v=") {
		t.Errorf("address %q", address)
	}
	path := strings.NewReplacer("https://example.com", "", "{z}", "9", "{x}", "257", "{y}", "166").Replace(address)
	if r := ask(t, "GET", path); r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("GET %s = %d, Cache-Control %q; want a tile to keep", path, r.StatusCode, r.Header.Get("Cache-Control"))
	}
	if r := ask(t, "GET", strings.Replace(path, "?v=", "?v=0", 1)); r.StatusCode != 200 || strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("a tile of an older version: %d, Cache-Control %q; want today's, not to keep", r.StatusCode, r.Header.Get("Cache-Control"))
	}
	if r := ask(t, "GET", "/tiles/areas,sites.json", "If-None-Match", r.Header.Get("ETag")); r.StatusCode != 304 {
		t.Errorf("TileJSON again: %d, want 304", r.StatusCode)
	}
}

// GDAL reads a tile from the server as it reads a file.
func TestTileByGDAL(t *testing.T) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("no ogrinfo: install gdal-bin")
	}
	server := httptest.NewServer(sampleService(t))
	defer server.Close()
	said, err := exec.CommandContext(t.Context(), "ogrinfo", "-ro", "-so", "MVT:"+server.URL+overCounty, "areas").CombinedOutput()
	if err != nil || !strings.Contains(string(said), "Feature Count: ") || strings.Contains(string(said), "Feature Count: 0") || !strings.Contains(string(said), "covered_share_O1: Real") {
		t.Errorf("ogrinfo: %v\n%s", err, said)
	}
}
