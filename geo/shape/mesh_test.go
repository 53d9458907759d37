package shape_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// whole puts a point on the spot of its rounded coordinates.
func whole(p orb.Point) shape.Spot {
	return shape.Spot{X: int(math.Round(p[0])), Y: int(math.Round(p[1]))}
}

// cell is a square of 10 whose corner is at (x, y) times 10.
func cell(x, y float64) orb.MultiPolygon {
	x, y = 10*x, 10*y
	return orb.MultiPolygon{{{{x, y}, {x + 10, y}, {x + 10, y + 10}, {x, y + 10}, {x, y}}}}
}

func TestBorders(t *testing.T) {
	// An island of 10 in the middle of a square of 30.
	lake := orb.MultiPolygon{{{{0, 0}, {30, 0}, {30, 30}, {0, 30}, {0, 0}}, {{10, 10}, {10, 20}, {20, 20}, {20, 10}, {10, 10}}}}
	for _, tt := range []struct {
		name   string
		shapes []orb.MultiPolygon
		want   []string // areas and number of spots of each arc, sorted
	}{
		{"nothing", nil, nil},
		{"one square is one closed line", []orb.MultiPolygon{cell(0, 0)}, []string{"[0] 5"}},
		{"two neighbours share one side", []orb.MultiPolygon{cell(0, 0), cell(1, 0)}, []string{"[0 1] 2", "[0] 4", "[1] 4"}},
		{"squares that meet at a corner share nothing", []orb.MultiPolygon{cell(0, 0), cell(1, 1)}, []string{"[0] 5", "[1] 5"}},
		{"an island fills a hole", []orb.MultiPolygon{lake, cell(1, 1)}, []string{"[0 1] 5", "[0] 5"}},
		{"a square smaller than a spot is nothing", []orb.MultiPolygon{{{{{0.1, 0.1}, {0.2, 0.1}, {0.2, 0.2}, {0.1, 0.1}}}}}, nil},
		{"a sliver there and back is nothing", []orb.MultiPolygon{{{{{0, 0}, {9, 0}, {9, 0.1}, {0, 0.1}, {0, 0}}}}}, nil},
		// Three squares that lie over one another: the side they share is of all.
		{"overlapping squares", []orb.MultiPolygon{cell(0, 0), cell(0, 0), cell(0, 0)}, []string{"[0 1 2] 5"}},
	} {
		var got []string
		for _, l := range shape.NewMesh(tt.shapes, whole) {
			got = append(got, fmt.Sprint(l.Of, len(l.Line)))
		}
		slices.Sort(got)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestOutline(t *testing.T) {
	// A row of three squares, and one that stands by itself.
	shapes := []orb.MultiPolygon{cell(0, 0), cell(1, 0), cell(2, 0), cell(5, 5)}
	for _, tt := range []struct {
		name  string
		of    []int
		loops int
		spots int // of all loops, the closing one counted
	}{
		{"none", nil, 0, 0},
		{"one", []int{0}, 1, 5},
		{"two neighbours, without the side between them", []int{0, 1}, 1, 7},
		{"two that do not touch", []int{0, 2}, 2, 10},
		{"all", []int{0, 1, 2, 3}, 2, 9 + 5},
	} {
		loops := shape.NewMesh(shapes, whole).Outline(func(i int) bool { return slices.Contains(tt.of, i) })
		n := 0
		for _, l := range loops {
			n += len(l)
			if l[0] != l[len(l)-1] {
				t.Errorf("%s: not closed: %v", tt.name, l)
			}
		}
		if len(loops) != tt.loops || n != tt.spots {
			t.Errorf("%s: %d lines of %d spots, want %d of %d: %v", tt.name, len(loops), n, tt.loops, tt.spots, loops)
		}
	}
}

// ragged is a county of n by n areas whose corners and sides are moved about,
// each moved the same for all who share it; some areas have several parts.
func ragged(random *rand.Rand, n int) []orb.MultiPolygon {
	const side, bends = 100, 8
	moved := map[[2]int]orb.Point{}
	corner := func(x, y int) orb.Point {
		at, ok := moved[[2]int{x, y}]
		if !ok {
			at = orb.Point{side/bends*float64(x) + 5*random.Float64(), side/bends*float64(y) + 5*random.Float64()}
			moved[[2]int{x, y}] = at
		}
		return at
	}
	shapes := make([]orb.MultiPolygon, n*n/2)
	for x := range n {
		for y := range n {
			var ring orb.Ring
			for _, step := range [][4]int{{0, 0, 1, 0}, {1, 0, 0, 1}, {1, 1, -1, 0}, {0, 1, 0, -1}} {
				for k := range bends {
					ring = append(ring, corner((x+step[0])*bends+k*step[2], (y+step[1])*bends+k*step[3]))
				}
			}
			i := random.IntN(len(shapes))
			shapes[i] = append(shapes[i], orb.Polygon{append(ring, ring[0])})
		}
	}
	return shapes
}

// inside reports whether a place is inside closed lines by the even-odd rule.
func inside(loops [][]shape.Spot, x, y float64) bool {
	in := false
	for _, l := range loops {
		for k := 1; k < len(l); k++ {
			x0, y0, x1, y1 := float64(l[k-1].X), float64(l[k-1].Y), float64(l[k].X), float64(l[k].Y)
			if (y0 > y) != (y1 > y) && x < x0+(y-y0)*(x1-x0)/(y1-y0) {
				in = !in
			}
		}
	}
	return in
}

// Wherever one looks in a county, simplified or not, exactly one of its outlines
// is there, and that of several areas is where one of theirs is.
func TestOutlinesPartTheCounty(t *testing.T) {
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, seed))
		const n = 6
		shapes := ragged(random, n)
		for _, tolerance := range []float64{0, 4} {
			mesh := shape.NewMesh(shapes, whole).Simplified(tolerance)
			outlines := mesh.Outlines(len(shapes))
			odd := mesh.Outline(func(k int) bool { return k%2 == 1 })
			all := mesh.Outline(func(int) bool { return true })
			for range 400 {
				// Never on a spot: they are whole numbers.
				x, y := 0.3+math.Floor(random.Float64()*620-10), 0.7+math.Floor(random.Float64()*620-10)
				var in []int
				for i := range outlines {
					if inside(outlines[i], x, y) {
						in = append(in, i)
					}
				}
				if inside(all, x, y) != (len(in) == 1) || len(in) > 1 {
					t.Fatalf("seed %d, tolerance %g: (%g, %g) is in areas %v, and in the county: %t", seed, tolerance, x, y, in, inside(all, x, y))
				}
				if want := len(in) == 1 && in[0]%2 == 1; inside(odd, x, y) != want {
					t.Fatalf("seed %d, tolerance %g: (%g, %g) in area %v is in the outline of the odd ones: %t", seed, tolerance, x, y, in, !want)
				}
			}
		}
	}
}

// However much a county is simplified, each of its areas is still a polygon: no
// two borders cross, and no area vanishes whose corners stay apart.
func TestSimplifiedStaysValid(t *testing.T) {
	w := shape.NewWorker()
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 21))
		shapes := ragged(random, 6)
		for _, tolerance := range []float64{1, 4, 16, 64} {
			plain, simple := 0, 0
			whole := shape.NewMesh(shapes, whole)
			for _, a := range whole {
				plain += len(a.Line)
			}
			mesh := whole.Simplified(tolerance)
			for _, a := range mesh {
				simple += len(a.Line)
			}
			if tolerance == 16 && simple > plain/2 {
				t.Errorf("seed %d: %d spots of %d are left at tolerance %g", seed, simple, plain, tolerance)
			}
			for i, lines := range mesh.Outlines(len(shapes)) {
				m := polygons(shape.Fill(lines))
				if !w.Valid(m) || len(m) < len(shape.Fill(whole.Outlines(len(shapes))[i])) {
					t.Errorf("seed %d, tolerance %g: area %d is %v", seed, tolerance, i, m)
				}
			}
		}
	}
}

// polygons turns faces into polygons.
func polygons(faces []shape.Face) orb.MultiPolygon {
	var m orb.MultiPolygon
	for _, f := range faces {
		var p orb.Polygon
		for _, line := range f {
			var r orb.Ring
			for _, s := range line {
				r = append(r, orb.Point{float64(s.X), float64(s.Y)})
			}
			p = append(p, r)
		}
		m = append(m, p)
	}
	return m
}
