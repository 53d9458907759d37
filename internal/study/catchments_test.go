package study_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
	"hubreach/internal/realdata"
	"hubreach/internal/study"
)

// librarySpec is Kent with its libraries as sites and the openrouteservice
// catchments of its libraries as ready-made catchments.
func librarySpec(t testing.TB, points string) (study.Spec, study.Open) {
	t.Helper()
	s, open := realdata.Study(t, "kent.toml")
	var inputs []study.Input
	for _, in := range s.Inputs {
		switch {
		case in.Role == "sites" || in.Role == "neighbour_sites":
		case in.Name == "libraries":
			in.Role, in.Name = "sites", "sites"
			inputs = append(inputs, in)
		case points == "areal" && in.Role == "points":
		default:
			inputs = append(inputs, in)
		}
	}
	catchments := study.Input{Role: "catchments", Name: "catchments", File: "reference/kent_library_walk_isochrones_ors.geojson.gz",
		Columns: map[string]string{"site": "library"}}
	if points == "areal" { // slow: the band that is asked about, and one on either side
		catchments.Keep = map[string][]string{"seconds": {"900.0", "1200.0", "1500.0"}}
	}
	s.Inputs = append(inputs, catchments)
	s.Points.Method = points
	s.Walk.Outlines = []float64{20}
	if points == "areal" { // slow, and the catchments are the same for every profile
		s.Walk.Profiles = s.Walk.Profiles[:1]
	}
	s.Options = []study.Option{{ID: "all", Name: "all"}}
	s.Baseline = "all"
	return s, open
}

// The ready-made catchments of openrouteservice, shared out over ground, give
// per area the share that GEOS gives for the area and the union of the 99
// twenty-minute catchments, made here by other calls.
func TestReadyMadeCatchmentsGiveTheSharesOfGEOS(t *testing.T) {
	s, open := librarySpec(t, "areal")
	r := mustRun(t, s, open)
	var twenty []orb.MultiPolygon
	for _, c := range r.Catchments {
		if c.Profile == "adult" && c.Minutes == 20 && len(c.Shape) > 0 {
			twenty = append(twenty, c.Shape)
		}
	}
	if len(twenty) != 98 && len(twenty) != 99 {
		t.Fatalf("%d twenty-minute catchments, want 98 or 99", len(twenty))
	}
	w := shape.NewWorker()
	union, err := w.Union(twenty...)
	if err != nil {
		t.Fatal(err)
	}
	// data/real/README.md: the union of the 99 is 423.5 square kilometres.
	if got := float64(shape.Area(union)) / 1e6; math.Abs(got-423.5) > 2 {
		t.Errorf("union of the catchments: %.1f km2, want about 423.5", got)
	}
	const tolerance = 1e-6 // a share of an area
	inside := 0
	for i, a := range r.County.Areas {
		want, err := w.Share(a.Shape, union)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Options[0].Areas[i].CoveredShare; math.Abs(got-want) > tolerance {
			t.Errorf("%s: covered share %.9f, GEOS %.9f", a.Code, got, want)
		}
		if want > 0.5 {
			inside++
		}
	}
	if inside < 300 {
		t.Errorf("only %d areas are half covered: the overlay is empty", inside)
	}

}

// With postcodes the same catchments count people where they live; a walk is
// then the least minutes of a catchment that holds the postcode.
func TestReadyMadeCatchmentsAtPostcodes(t *testing.T) {
	s, open := librarySpec(t, "")
	r := mustRun(t, s, open)
	if r.Walk.Method != "catchments" || !r.Walk.Approximate() {
		t.Fatalf("method %q (%s), want catchments, approximate", r.Walk.Method, r.Walk.Note)
	}
	o := r.Options[0]
	if share := o.CoveredShare(); share < 0.4 || share > 0.8 {
		t.Errorf("%.2f of residents aged 0-19 within 20 minutes of a library, want a half or so", share)
	}
	for p := range o.Millis {
		if m := o.Millis[p]; m != math.MaxUint32 && m%300_000 != 0 {
			t.Fatalf("point %d: %d ms, want whole bands of five minutes", p, m)
		}
	}
}
