package county_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/source"
)

// areaOf builds a county of three squares in a row and says in which area a
// single point at x, y counts: its index, or -1.
func areaOf(t *testing.T, x, y float64) int {
	t.Helper()
	in := tables(row(3)...)
	in.Points = []county.Table[source.Places]{places("points", spot("p", x, y))}
	for _, p := range build(t, in).Points {
		if p.ID == "p" {
			return p.Area
		}
	}
	return -1
}

func TestPointsInAreas(t *testing.T) {
	for _, tc := range []struct {
		name string
		x, y float64
		want int
	}{
		{"inside", 1.5, 0.5, 1},
		{"on a shared edge: the lower code", 1, 0.5, 0},
		{"on the next shared edge", 2, 0.5, 1},
		{"on a shared corner", 2, 1, 1},
		{"on the outer edge", 2.5, 1, 2},
		{"in the sea, 50 m off", 2.5, 1.05, 2},
		{"exactly 100 m off", 2.5, 1.1, 2},
		{"100.1 m off", 2.5, 1.1001, -1},
		{"50 m off the corner of two: the lower code", 1, 1.05, 0},
		{"off a corner, 80 m each way: 113 m", 3.08, 1.08, -1},
		{"off a corner, 70 m each way: 99 m", 3.07, 1.07, 2},
		{"far away", 9, 9, -1},
	} {
		if got := areaOf(t, tc.x, tc.y); got != tc.want {
			t.Errorf("%s: area %d, want %d", tc.name, got, tc.want)
		}
	}
}

func TestPublishedPoints(t *testing.T) {
	in := tables(row(3)...)
	weigh := func(p source.Place, n float64) source.Place {
		p.Weight = source.Value{Number: n, Known: true}
		return p
	}
	lost := spot("lost", 0, 0)
	lost.Located = false
	in.Points = []county.Table[source.Places]{places("points",
		weigh(spot("b", 0.6, 0.5), 3), weigh(spot("a", 0.4, 0.5), 1), spot("c", 1.5, 0.5), weigh(spot("none", 1.6, 0.5), 0), lost, spot("far", 9, 9))}
	c := build(t, in)
	type point struct {
		ID    string
		Area  int
		Share float64
	}
	var got []point
	for _, p := range c.Points {
		got = append(got, point{p.ID, p.Area, p.Share})
	}
	// By area, then from west to east; A3 gets a point inside itself.
	want := []point{{"a", 0, 0.25}, {"b", 0, 0.75}, {"c", 1, 1}, {"", 2, 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("points (-want +got):\n%s", diff)
	}
	if p := c.Points[3].At; !square(2, 0).Bound().Contains(orb.Point(p)) {
		t.Errorf("the point of A3 is %v, outside it", p)
	}
	checked(t, c, "The points of points lie in the county, some at least", true, "3 points in the county, 1 outside it, 1 without coordinates, 1 without homes")
	checked(t, c, "Nearly every area has population points of its own", false, "2 of 3 have; one point stands for each of: A3")
	if u := use(t, c, "points"); u.Used != 3 || !slices.Equal(u.Codes, []string{"far", "lost", "none"}) {
		t.Errorf("use of the points = %+v, want 3 used and three dropped", u)
	}
	if c.PointsFrom != "published points (postcodes or addresses)" {
		t.Errorf("points from %q", c.PointsFrom)
	}

	in.Points = []county.Table[source.Places]{places("points", weigh(spot("a", 0.4, 0.5), -1))}
	failsRow(t, "a negative weight", in, `points.csv: line 2: weight "-1": want a number of homes, zero or more, or blank; correct the cell`)
	off := spot("a", 0, 0)
	off.At = orb.Point{0.5, -51}
	in.Points = []county.Table[source.Places]{places("points", off)}
	failsRow(t, "outside the grid", in, `points.csv: line 2: coordinates of Place a "0.5, -51": want metres of the British National Grid; check the row's coordinates`)
}

func TestCentroids(t *testing.T) {
	in := older()
	centroids := places("centroids", spot("O1", 0.3, 0.3), spot("O2", 1.3, 0.3), spot("O3", 3.3, 0.3), spot("O9", 3.3, 0.3))
	centroids.Older = true
	in.Centroids = []county.Table[source.Places]{centroids}
	c := build(t, in)
	// Only O1 is an area of today, whole. The others get a point inside.
	if p := c.Points[0].At; p != geo.Grid(at(0.3, 0.3)) {
		t.Errorf("point of A1 = %v, want its older centroid", p)
	}
	if p := c.Points[1].At; p == geo.Grid(at(1.3, 0.3)) {
		t.Error("a part of a split area has the centroid of the whole")
	}
	if u := use(t, c, "centroids"); u.Used != 1 || u.Dropped != 3 {
		t.Errorf("use of the centroids = %+v, want 1 used, 3 dropped", u)
	}
	if len(c.Points) != 4 {
		t.Errorf("%d points, want one for each of 4 areas", len(c.Points))
	}
	// Keyed to the areas themselves, and asked for though there are points.
	in = tables(row(2)...)
	in.Centroids = []county.Table[source.Places]{places("centroids", spot("A2", 1.2, 0.2), spot("Z", 1.2, 0.2))}
	in.Points = []county.Table[source.Places]{places("points", spot("p", 0.5, 0.5))}
	c, err := county.Build(in, county.Params{Points: county.CentroidPoints})
	if err != nil {
		t.Fatal(err)
	}
	if c.Points[1].At != geo.Grid(at(1.2, 0.2)) || len(c.Points) != 2 {
		t.Errorf("points = %+v, want the centroid of A2 and one inside A1", c.Points)
	}
}

// streets is a county of two squares with one street of 180 m through both.
func streets(t *testing.T) (county.Tables, county.Params) {
	t.Helper()
	projection, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	in := tables(row(2)...)
	s := &source.Streets{}
	for i, x := range []float64{0.91, 1.03, 1.09} {
		p, err := projection.ToLonLat(geo.Grid(at(x, 0.5)))
		if err != nil {
			t.Fatal(err)
		}
		s.Nodes = append(s.Nodes, source.Node{ID: int64(i + 1), At: orb.Point(p)})
	}
	s.Nodes = append(s.Nodes, source.Node{ID: 9, At: orb.Point{-40, 0}})
	s.Ways = []source.Way{
		{ID: 1, Nodes: []int64{1, 2, 3}, Tags: source.Tags{"highway": "residential"}},
		{ID: 2, Nodes: []int64{1, 2, 3}, Tags: source.Tags{"highway": "motorway"}},
		{ID: 3, Nodes: []int64{3, 77}, Tags: source.Tags{"highway": "residential"}}, // a node that the file lacks
		{ID: 4, Nodes: []int64{3, 9}, Tags: source.Tags{"highway": "residential"}},  // one far outside
	}
	in.Streets = s
	return in, county.Params{Projection: projection, Spacing: 50}
}

func TestStreetPoints(t *testing.T) {
	in, p := streets(t)
	c, err := county.Build(in, p)
	if err != nil {
		t.Fatal(err)
	}
	// From 910 m: at 25, 75, 125 and 175 of 180 m; two in each square.
	want := []float64{0.935, 0.985, 1.035, 1.085}
	if len(c.Points) != 4 {
		t.Fatalf("%d points, want 4: %+v", len(c.Points), c.Points)
	}
	for i, x := range want {
		if d := c.Points[i].At.Distance(geo.Grid(at(x, 0.5))); d > 0.01 {
			t.Errorf("point %d = %v, want %v", i, c.Points[i].At, at(x, 0.5))
		}
		check(t, fmt.Sprintf("share of point %d", i), c.Points[i].Share, 0.5)
	}
	if c.PointsFrom != "points every 50 m along residential streets" {
		t.Errorf("points from %q", c.PointsFrom)
	}
}

func TestPointFaults(t *testing.T) {
	in, p := streets(t)
	p.Spacing = 0
	fails(t, "no spacing", in, p, "bad parameter: 0 m between points along streets: want more than 0")
	p.Spacing = geo.Metres(math.NaN())
	fails(t, "spacing that is no number", in, p, "bad parameter: NaN m between points along streets: want more than 0")
	in.Streets = nil
	p.Points = county.StreetPoints
	fails(t, "no streets", in, p, `bad parameter: points by "streets" need an input with role "streets"`)
	p.Points = county.PublishedPoints
	fails(t, "no points", in, p, `bad parameter: points by "points" need an input with role "points"`)
	p.Points = "dice"
	fails(t, "no such method", in, p, `bad parameter: points by "dice": want points, streets or centroids`)
	if _, err := county.Build(in, p); !errors.Is(err, county.ErrParams) {
		t.Errorf("%v, want ErrParams", err)
	}
}

// Whatever the points, the shares of an area add up to one, every area has one,
// and they are sorted by area; and their order in the file does not matter.
func TestSharesAddUp(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		in := tables(row(5)...)
		var ps []source.Place
		for i := range r.IntN(60) {
			p := spot(fmt.Sprint("p", i), r.Float64()*6, r.Float64()*1.2)
			p.Weight = source.Value{Number: float64(r.IntN(9)), Known: r.IntN(3) > 0}
			ps = append(ps, p)
		}
		in.Points = []county.Table[source.Places]{places("points", ps...)}
		c := build(t, in)
		sums := make([]float64, 5)
		for i, p := range c.Points {
			sums[p.Area] += p.Share
			if i > 0 && c.Points[i-1].Area > p.Area {
				t.Fatalf("seed %d: points are not sorted by area", seed)
			}
		}
		for i, s := range sums {
			if math.Abs(s-1) > tol {
				t.Fatalf("seed %d: the shares of area %d add up to %v", seed, i, s)
			}
		}
		r.Shuffle(len(ps), func(i, j int) { ps[i], ps[j] = ps[j], ps[i] })
		in.Points = []county.Table[source.Places]{places("points", ps...)}
		r.Shuffle(5, func(i, j int) {
			rows := in.Boundaries.Data.Rows
			rows[i], rows[j] = rows[j], rows[i]
		})
		again := build(t, in)
		if diff := cmp.Diff(c.Points, again.Points); diff != "" {
			t.Fatalf("seed %d: in another order (-first +second):\n%s", seed, diff)
		}
		if diff := cmp.Diff(c.Areas, again.Areas); diff != "" {
			t.Fatalf("seed %d: areas in another order (-first +second):\n%s", seed, diff)
		}
	}
}
