package source_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/source"
)

func TestReadCatchments(t *testing.T) {
	shape := orb.MultiPolygon{{{{1.40, 51.22}, {1.41, 51.22}, {1.41, 51.23}, {1.40, 51.22}}}}
	feature := func(properties string) string {
		return `{"type":"Feature","properties":` + properties + `,"geometry":` + deal + `}`
	}
	for _, test := range []struct {
		name  string
		input string
		o     source.Options
		want  source.Catchment
	}{
		{"minutes", collection(feature(`{"site_id":"D1","minutes":20,"profile":"adult"}`)), source.Options{}, source.Catchment{Line: 1, Site: "D1", Profile: "adult", Minutes: 20, Shape: shape}},
		{"seconds", collection(feature(`{"name":"Deal","seconds":1200.0}`)), source.Options{}, source.Catchment{Line: 1, Site: "Deal", Minutes: 20, Shape: shape}},
		{"one time for all", collection(feature(`{"slug":"deal"}`)), source.Options{Values: map[string]string{"minutes": "15"}}, source.Catchment{Line: 1, Site: "deal", Minutes: 15, Shape: shape}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.ReadCatchments(read(test.input), "x.geojson", test.o)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]source.Catchment{test.want}, got.Rows); diff != "" || got.CRS != source.WGS84 {
				t.Errorf("CRS %s, rows (-want +got):\n%s", got.CRS, diff)
			}
		})
	}
}
