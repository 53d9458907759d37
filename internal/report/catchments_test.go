package report_test

import (
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/report"
)

func newProjection(t *testing.T) *geo.Projection {
	t.Helper()
	j, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestCatchments(t *testing.T) {
	r := small()
	b := read(t, filepath.Join(written(t, r), "catchments.geojson"))
	if !json.Valid(b) {
		t.Fatalf("not JSON:\n%s", b)
	}
	if regexp.MustCompile(`"crs"`).Match(b) {
		t.Error("RFC 7946 knows no crs member")
	}
	if found := regexp.MustCompile(`-?\d+\.\d*`).FindAllString(string(b), -1); len(found) < 20 {
		t.Errorf("%d decimal numbers, want two for each of ten vertices", len(found))
	}
	for _, v := range regexp.MustCompile(`\[(-?\d+\.\d+),(-?\d+\.\d+)\]`).FindAllStringSubmatch(string(b), -1) {
		if got := regexp.MustCompile(`\.\d{7}$`); !got.MatchString(v[1]) || !got.MatchString(v[2]) {
			t.Errorf("vertex %s: want seven decimals", v[0])
		}
	}
	fc, err := geojson.UnmarshalFeatureCollection(b)
	if err != nil {
		t.Fatal(err)
	}
	if len(fc.Features) != 2 || fc.Features[1].Geometry != nil {
		t.Fatalf("%d features, the second with %v: want two, the second without geometry", len(fc.Features), fc.Features[1].Geometry)
	}
	m := fc.Features[0].Geometry.(orb.MultiPolygon)
	if diff := cmp.Diff(shape.Wind(m), m); diff != "" {
		t.Errorf("not wound by the right-hand rule (-want +got):\n%s", diff)
	}
	// Half of 1e-7 degrees is 5.6 mm of latitude; over 1 km x 4 sides that is at
	// most about 22 m², and the hole adds a tenth.
	on, err := newProjection(t).GridOf(m)
	if err != nil {
		t.Fatal(err)
	}
	if got := shape.Area(on.(orb.MultiPolygon)); got < 990_000-25 || got > 990_000+25 {
		t.Errorf("area on the grid = %.1f m², want 990,000 within 25", got)
	}
}

func TestDegrees(t *testing.T) {
	const x, y = 575_000.0, 155_000.0
	square := orb.Ring{{x, y}, {x + 1000, y}, {x + 1000, y + 1000}, {x, y + 1000}, {x, y}}
	clockwise := orb.Ring{{x, y}, {x, y + 1000}, {x + 1000, y + 1000}, {x + 1000, y}, {x, y}}
	speck := orb.Ring{{x + 500, y + 500}, {x + 500.001, y + 500}, {x + 500.001, y + 500.001}, {x + 500, y + 500}}
	for _, tt := range []struct {
		name  string
		m     orb.MultiPolygon
		parts int
		rings int // of the first part
	}{
		{"a square", orb.MultiPolygon{{square}}, 1, 1},
		{"a square the other way round", orb.MultiPolygon{{clockwise}}, 1, 1},
		{"nothing", nil, 0, 0},
		{"a speck of a millimetre", orb.MultiPolygon{{speck}}, 0, 0},
		{"a square with a speck for a hole", orb.MultiPolygon{{square, speck}}, 1, 1},
		// A crack that closes at its mouth by rounding: 4 mm at the south edge,
		// 4 m wide inside.
		{"a crack", orb.MultiPolygon{{{{x, y}, {x + 500, y}, {x + 498, y + 500}, {x + 502, y + 500}, {x + 500.004, y}, {x + 1000, y}, {x + 1000, y + 1000}, {x, y + 1000}, {x, y}}}}, 1, 0},
		// Two squares that share a corner, and a hole that touches the edge.
		{"corner to corner", orb.MultiPolygon{{square}, {{{x + 1000, y + 1000}, {x + 2000, y + 1000}, {x + 2000, y + 2000}, {x + 1000, y + 2000}, {x + 1000, y + 1000}}}}, 2, 1},
		{"a hole at the edge", orb.MultiPolygon{{square, {{x, y + 333.333}, {x + 100, y + 400}, {x + 100, y + 300}, {x, y + 333.333}}}}, 1, 0},
	} {
		m, decimals, err := report.Degrees(newProjection(t), tt.m)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if len(m) != tt.parts || tt.rings > 0 && len(m[0]) != tt.rings {
			t.Errorf("%s: %d parts, want %d: %v", tt.name, len(m), tt.parts, m)
		}
		if !shape.NewWorker().Valid(m) {
			t.Errorf("%s: not valid: %v", tt.name, m)
		}
		if diff := cmp.Diff(shape.Wind(m), m); diff != "" {
			t.Errorf("%s: not wound by the right-hand rule (-want +got):\n%s", tt.name, diff)
		}
		if decimals == report.Exactly {
			t.Errorf("%s: written with all decimals, want seven to be enough", tt.name)
		}
	}
}

// Patches of 25 m cells, with corners that touch and holes, as outlines are
// drawn: always valid in degrees, with seven decimals.
func TestDegreesOfPatches(t *testing.T) {
	const seed = 7
	random := rand.New(rand.NewPCG(seed, seed))
	j, work := newProjection(t), shape.NewWorker()
	for patch := range 50 {
		var cells []orb.MultiPolygon
		east, north := 560_000+random.Float64()*70_000, 130_000+random.Float64()*40_000
		for x := range 12 {
			for y := range 12 {
				if random.IntN(5) > 1 {
					x, y := east+25*float64(x), north+25*float64(y)
					cells = append(cells, orb.MultiPolygon{{{{x, y}, {x + 25, y}, {x + 25, y + 25}, {x, y + 25}, {x, y}}}})
				}
			}
		}
		m, err := work.Union(cells...)
		if err != nil {
			t.Fatal(err)
		}
		got, decimals, err := report.Degrees(j, m)
		if err != nil || decimals == report.Exactly || !work.Valid(got) || len(got) < len(m) {
			t.Errorf("patch %d of seed %d: %d parts of %d, %d decimals, valid %t, %v", patch, seed, len(got), len(m), decimals, work.Valid(got), err)
		}
	}
}
