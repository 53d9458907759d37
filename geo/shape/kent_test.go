package shape_test

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"hubreach/geo"
	"hubreach/geo/index"
	"hubreach/geo/shape"
	"hubreach/internal/realdata"
)

// An area is one small area of Kent on the British National Grid.
type area struct {
	code, district string
	m              orb.MultiPolygon
}

// kent reads the real LSOAs of 2021, 938 of them in 12 districts.
func kent(t testing.TB) []area {
	t.Helper()
	fc, err := geojson.UnmarshalFeatureCollection(realdata.Unpacked(t, "boundaries/kent_lsoa21.geojson.gz"))
	if err != nil {
		t.Fatal(err)
	}
	j, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	var as []area
	for _, ft := range fc.Features {
		g, err := j.GridOf(ft.Geometry)
		if err != nil {
			t.Fatal(err)
		}
		m, ok := g.(orb.MultiPolygon)
		if !ok {
			m = orb.MultiPolygon{g.(orb.Polygon)}
		}
		as = append(as, area{ft.Properties.MustString("LSOA21CD"), ft.Properties.MustString("LADCD_ACTIVE"), m})
	}
	return as
}

// mended makes the areas valid.
func mended(t testing.TB, w *shape.Worker, as []area) []area {
	t.Helper()
	for i := range as {
		m, _, err := w.MakeValid(as[i].m)
		if err != nil {
			t.Fatalf("%s: %v", as[i].code, err)
		}
		as[i].m = m
	}
	return as
}

// E01024572, on the Isle of Sheppey, is drawn with a part inside another part.
// The others are valid (data/real/README.md, "Known defects").
func TestKentHasOneInvalidArea(t *testing.T) {
	w := shape.NewWorker()
	byCode := make(map[string]orb.MultiPolygon)
	for _, a := range kent(t) {
		got, reason, err := w.MakeValid(a.m)
		if err != nil {
			t.Fatalf("%s: %v", a.code, err)
		}
		byCode[a.code] = got
		if (reason != "") != (a.code == "E01024572") || w.Valid(a.m) != (reason == "") {
			t.Errorf("%s: reason %q", a.code, reason)
		}
		if reason != "" && (!strings.HasPrefix(reason, "Nested shells at 58") || !w.Valid(got)) {
			t.Errorf("%s: %q, valid after: %v", a.code, reason, w.Valid(got))
		}
	}
	// The inner part is E01024573, an area of its own.
	both, err := w.Intersection(byCode["E01024572"], byCode["E01024573"])
	if err != nil || len(both) > 0 {
		t.Errorf("E01024572 and E01024573 have %.1f m² in common, %v, want none", shape.Area(both), err)
	}
}

// The README gives 3,547.1 km² with the inner part of E01024572 counted as
// ground, and 3,545.3 km² for Kent as MSOAs and as wards, which have no such
// fault. Mended, the areas tile Kent.
func TestKentArea(t *testing.T) {
	w := shape.NewWorker()
	var asPublished, sum float64
	as := kent(t)
	for _, a := range as {
		asPublished += shape.Area(a.m) / 1e6
	}
	var ms []orb.MultiPolygon
	for _, a := range mended(t, w, as) {
		sum += shape.Area(a.m) / 1e6
		ms = append(ms, a.m)
	}
	if math.Abs(asPublished-3547.1) > 0.05 {
		t.Errorf("areas as published add up to %.3f km², want 3547.1", asPublished)
	}
	if math.Abs(sum-3545.3) > 0.05 {
		t.Errorf("mended areas add up to %.3f km², want 3545.3", sum)
	}
	union, err := w.Dissolve(ms)
	if got := shape.Area(union) / 1e6; err != nil || math.Abs(got-sum) > 1e-6 { // a square metre
		t.Errorf("Kent is %.6f km², %v, want the sum of its areas, %.6f", got, err, sum)
	}
}

// Dissolve gives what Union gives, district by district.
func TestKentDissolve(t *testing.T) {
	w := shape.NewWorker()
	districts := make(map[string][]orb.MultiPolygon)
	for _, a := range mended(t, w, kent(t)) {
		districts[a.district] = append(districts[a.district], a.m)
	}
	for code, ms := range districts {
		d, err := w.Dissolve(ms)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		u, err := w.Union(ms...)
		if err != nil || math.Abs(shape.Area(d)-shape.Area(u)) > 1e-3 || !w.Valid(d) || len(d) != len(u) {
			t.Errorf("%s: dissolved %.3f m² in %d parts, united %.3f m² in %d, %v", code, shape.Area(d), len(d), shape.Area(u), len(u), err)
		}
	}
}

// Each area touches its neighbours and has a point inside that no other area covers.
func TestKentNeighbours(t *testing.T) {
	w := shape.NewWorker()
	as := mended(t, w, kent(t))
	x := index.New(as, func(a area) orb.Bound { return a.m.Bound() })
	alone, shared := 0, 0
	for _, a := range as {
		at, err := w.PointInside(a.m)
		if err != nil {
			t.Fatal(err)
		}
		touching := 0
		x.Intersecting(a.m.Bound(), func(b area) bool {
			if a.code == b.code {
				return true
			}
			ok, err := w.Touching(a.m, b.m)
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				touching++
			}
			p, err := w.Prepare(b.m)
			if err != nil {
				t.Fatal(err)
			}
			if p.Covers(at) {
				shared++
			}
			return true
		})
		if touching == 0 {
			t.Logf("%s touches no other area", a.code)
			alone++
		}
	}
	if alone > 0 || shared > 0 {
		t.Errorf("%d areas touch none, %d have their inner point in another", alone, shared)
	}
}
