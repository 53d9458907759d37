package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/source"
)

func TestReadLayers(t *testing.T) {
	const point = `{"type":"Feature","properties":{"name":"Deal"},"geometry":{"type":"Point","coordinates":[1.4,51.2]}}`
	const line = `{"type":"Feature","properties":{"name":"High Street"},"geometry":{"type":"LineString","coordinates":[[1.4,51.2],[1.5,51.2]]}}`
	const none = `{"type":"Feature","properties":{"name":"Nowhere"},"geometry":null}`
	const triangle = `{"type":"Feature","properties":{"name":"Walmer","code":"E1"},"geometry":{"type":"Polygon","coordinates":[[[1,51],[2,51],[2,52],[1,51]]]}}`
	for _, tt := range []struct {
		name, file string
		want       []source.Layer
	}{
		{"points", collection(point), []source.Layer{{CRS: source.WGS84, Header: []string{"name"}, Rows: [][]string{{"Deal"}}, Geometry: "point",
			At: []orb.Point{{1.4, 51.2}}, Bound: orb.Bound{Min: orb.Point{1.4, 51.2}, Max: orb.Point{1.4, 51.2}}}}},
		{"polygons, one without a shape", collection(triangle + "," + none), []source.Layer{{CRS: source.WGS84, Header: []string{"name", "code"},
			Rows: [][]string{{"Walmer", "E1"}, {"Nowhere", ""}}, Geometry: "polygon", At: []orb.Point{{1.5, 51.5}, {}},
			Bound: orb.Bound{Min: orb.Point{1, 51}, Max: orb.Point{2, 52}}}}},
		{"points and polygons", collection(point + "," + triangle), []source.Layer{{CRS: source.WGS84, Header: []string{"name", "code"},
			Rows: [][]string{{"Deal", ""}, {"Walmer", "E1"}}, Geometry: "mixed", At: []orb.Point{{1.4, 51.2}, {1.5, 51.5}},
			Bound: orb.Bound{Min: orb.Point{1, 51}, Max: orb.Point{2, 52}}}}},
		{"lines", collection(line), []source.Layer{{CRS: source.WGS84, Header: []string{"name"}, Rows: [][]string{{"High Street"}}, Geometry: "other", At: []orb.Point{{}}}}},
		{"a GeoPackage on the grid", geoPackage(t, 27700, [3]any{"E1", 600_000.0, 150_000.0}), []source.Layer{{Name: "areas", CRS: source.BritishNationalGrid,
			Header: []string{"fid", "LSOA21CD"}, Rows: [][]string{{"1", "E1"}}, Geometry: "polygon", At: []orb.Point{{600_000.5, 150_000.5}},
			Bound: orb.Bound{Min: orb.Point{600_000, 150_000}, Max: orb.Point{600_001, 150_001}}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := source.ReadLayers(strings.NewReader(tt.file), "x", source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("ReadLayers (-want +got):\n%s", diff)
			}
		})
	}
}

// Each way that a file can have no layer is an error that says so.
func TestReadLayersRefuses(t *testing.T) {
	for _, tt := range []struct{ name, file, says string }{
		{"a table", "a,b\n1,2\n", "GeoJSON, a GeoPackage or a zipped Shapefile"},
		{"SQLite without layers", "SQLite format 3\x00", "GeoPackage"},
		{"an archive of something else", zipped(t, "a.txt", "x"), "found none"},
		{"an unknown layer", geoPackage(t, 27700, [3]any{"E1", 1.0, 1.0}), `"roads"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := source.Options{}
			if tt.name == "an unknown layer" {
				o.Layer = "roads"
			}
			_, err := source.ReadLayers(strings.NewReader(tt.file), "x", o)
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("ReadLayers: %v, want an error with %q", err, tt.says)
			}
		})
	}
}

func FuzzReadLayers(f *testing.F) {
	fuzz(f, func(s string, o source.Options) error {
		_, err := source.ReadLayers(strings.NewReader(s), "x", o)
		return err
	}, collection(area("E1", deal)), geoPackage(f, 27700, [3]any{"E1", 600_000.0, 150_000.0}), zipped(f, "a.geojson", collection(area("E1", deal))))
}
