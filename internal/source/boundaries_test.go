package source_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"

	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

func TestReadBoundaries(t *testing.T) {
	const ring = `[[1.40,51.22],[1.41,51.22],[1.41,51.23],[1.40,51.22]]`
	shape := orb.MultiPolygon{{{{1.40, 51.22}, {1.41, 51.22}, {1.41, 51.23}, {1.40, 51.22}}}}
	feature := func(properties, kind, coordinates string) string {
		return `{"type":"Feature","properties":` + properties + `,"geometry":{"type":"` + kind + `","coordinates":` + coordinates + `}}`
	}
	e1 := []source.Boundary{{Line: 1, Code: "E1", Shape: shape}}
	for _, test := range []struct {
		name  string
		input string
		o     source.Options
		crs   source.CRS
		want  []source.Boundary
		notes int
	}{
		{"polygon", collection(area("E1", deal)), source.Options{}, source.WGS84, e1, 0},
		{"multipolygon", collection(feature(`{"LSOA21CD":"E1"}`, "MultiPolygon", "[["+ring+"]]")), source.Options{}, source.WGS84, e1, 0},
		{"heights left out", collection(feature(`{"LSOA21CD":"E1"}`, "Polygon", `[[[1.40,51.22,7],[1.41,51.22,7],[1.41,51.23,7],[1.40,51.22,7]]]`)), source.Options{}, source.WGS84, e1, 0},
		{"one feature", area("E1", deal), source.Options{}, source.WGS84, e1, 0},
		{"byte order mark", "\xef\xbb\xbf" + collection(area("E1", deal)), source.Options{}, source.WGS84, e1, 0},
		{"gzip", gz(collection(area("E1", deal))), source.Options{}, source.WGS84, e1, 0},
		{"ZIP", zipped(t, "a.geojson", collection(area("E1", deal))), source.Options{}, source.WGS84, e1, 0},
		{"name and district", collection(feature(`{"FID":7,"gsscode":"E1","BUA24NM":"Deal","LAD24CD":"E07000108","x":null}`, "Polygon", "["+ring+"]")), source.Options{}, source.WGS84,
			[]source.Boundary{{Line: 1, Code: "E1", Name: "Deal", District: "E07000108", Shape: shape}}, 0},
		{"code that is a number", collection(feature(`{"zone":12}`, "Polygon", "["+ring+"]")), source.Options{Fields: map[string]string{"code": "zone"}}, source.WGS84,
			[]source.Boundary{{Line: 1, Code: "12", Shape: shape}}, 0},
		{"kept", collection(area("E0", deal), area("E1", deal)), source.Options{Keep: map[string][]string{"LSOA21CD": {"E1"}}}, source.WGS84,
			[]source.Boundary{{Line: 2, Code: "E1", Shape: shape}}, 0},
		{"CRS that the study overrides", `{"type":"FeatureCollection",` + gridCRS + `"features":[` + area("E1", deal) + `]}`, source.Options{CRS: source.WGS84}, source.WGS84, e1, 1},
		{"GeoPackage", geoPackage(t, 27700, [3]any{"E1", 637_000.0, 152_000.0}), source.Options{}, source.BritishNationalGrid,
			[]source.Boundary{{Line: 1, Code: "E1", Shape: orb.MultiPolygon{{square(637_000, 152_000)}}}}, 0},
		{"GeoPackage by layer", geoPackage(t, 27700, [3]any{"E1", 637_000.0, 152_000.0}), source.Options{Layer: "areas"}, source.BritishNationalGrid,
			[]source.Boundary{{Line: 1, Code: "E1", Shape: orb.MultiPolygon{{square(637_000, 152_000)}}}}, 0},
		{"Shapefile", shapefile(t, gridPRJ, "E1", "E2"), source.Options{}, source.BritishNationalGrid,
			[]source.Boundary{{Line: 1, Code: "E1", Shape: orb.MultiPolygon{{square(1000, 1000)}}}, {Line: 2, Code: "E2", Shape: orb.MultiPolygon{{square(2000, 2000)}}}}, 0},
		{"Shapefile without .prj", shapefile(t, "", "E1"), source.Options{CRS: source.BritishNationalGrid}, source.BritishNationalGrid,
			[]source.Boundary{{Line: 1, Code: "E1", Shape: orb.MultiPolygon{{square(1000, 1000)}}}}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.ReadBoundaries(read(test.input), "x", test.o)
			if err != nil {
				t.Fatal(err)
			}
			if got.CRS != test.crs || len(got.Notes) != test.notes || got.Read-got.Filtered != len(test.want) {
				t.Errorf("CRS %s, notes %q, read %d, filtered %d: want %s, %d notes, %d rows", got.CRS, got.Notes, got.Read, got.Filtered, test.crs, test.notes, len(test.want))
			}
			if diff := cmp.Diff(test.want, got.Rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// A Shapefile whose .prj says degrees is held to them.
func TestReadBoundariesShapefileDegrees(t *testing.T) {
	_, err := source.ReadBoundaries(read(shapefile(t, wgsPRJ, "E1")), "x.zip", source.Options{})
	want := `x.zip: line 1: geometry "1000 1000": want degrees (EPSG:4326), found what look like metres of the British National Grid; set crs = "EPSG:27700"`
	if err == nil || err.Error() != want {
		t.Errorf("error %v\nwant %s", err, want)
	}
}

// The three formats of one layer hold the same areas, and the GeoJSON what
// orb's own decoder reads from it.
func TestReadBoundariesAgree(t *testing.T) {
	layer := func(name string) map[string]source.Boundary {
		b, err := source.ReadBoundaries(realdata.Open(t, "boundaries/"+name), name, source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]source.Boundary{}
		for _, r := range b.Rows {
			by[r.Code] = r
		}
		return by
	}
	gpkg, shp := layer("kent_lsoa21_bng.gpkg"), layer("kent_lsoa21_bng_shp.zip")
	const tolerance = 0.01 // square metres: both hold doubles
	var total float64
	for code, a := range gpkg {
		b := shp[code]
		if code == "E01024572" {
			b.Shape = a.Shape // a shell of 905,543 m2 turns as a hole does, and a Shapefile tells the two by that
		}
		x, y := math.Abs(planar.Area(a.Shape)), math.Abs(planar.Area(b.Shape))
		if math.Abs(x-y) > tolerance || a.Name != b.Name || a.District != b.District {
			t.Errorf("%s: GeoPackage %.3f m2 %s %s, Shapefile %.3f m2 %s %s", code, x, a.Name, a.District, y, b.Name, b.District)
		}
		total += x
	}
	// data/real/README.md: 3,547.1 square kilometres.
	if km2 := total / 1e6; math.Abs(km2-3547.1) > 0.1 {
		t.Errorf("the areas add up to %.1f square kilometres: want 3547.1", km2)
	}
}

func TestGeoJSONAgreesWithOrb(t *testing.T) {
	file := string(realdata.Unpacked(t, "boundaries/kent_lsoa21.geojson.gz"))
	b, err := source.ReadBoundaries(strings.NewReader(file), "x", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fc, err := geojson.UnmarshalFeatureCollection([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	points := 0
	for i, f := range fc.Features {
		want, ok := f.Geometry.(orb.MultiPolygon)
		if p, one := f.Geometry.(orb.Polygon); one {
			want, ok = orb.MultiPolygon{p}, true
		}
		if !ok || !orb.Equal(want, b.Rows[i].Shape) {
			t.Fatalf("feature %d differs", i+1)
		}
		for _, p := range want {
			for _, r := range p {
				points += len(r)
			}
		}
	}
	if points != 58_463 {
		t.Errorf("%d points: want 58463", points)
	}
}
