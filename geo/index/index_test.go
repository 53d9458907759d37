package index_test

import (
	order "cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
)

// A thing is a numbered rectangle.
type thing struct {
	id int
	b  orb.Bound
}

func bound(t thing) orb.Bound { return t.b }

// distance is that of p to the rectangle of t.
func distance(p geo.Grid) func(thing) geo.Metres {
	return func(t thing) geo.Metres {
		q := geo.Grid{
			min(max(p[0], t.b.Min[0]), t.b.Max[0]),
			min(max(p[1], t.b.Min[1]), t.b.Max[1]),
		}
		return p.Distance(q)
	}
}

// things returns n rectangles of up to 500 m within 30 km, on whole 100 m so
// that edges meet and distances tie, and some of them points.
func things(seed uint64, n int) []thing {
	rng := rand.New(rand.NewPCG(seed, 1))
	ts := make([]thing, n)
	for i := range ts {
		x, y := 100*float64(rng.IntN(300)), 100*float64(rng.IntN(300))
		w, h := 100*float64(rng.IntN(6)), 100*float64(rng.IntN(6))
		ts[i] = thing{i, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + w, y + h}}}
	}
	return ts
}

func TestAgainstBruteForce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 63, 64, 65, 1000, 4000} {
		seed := uint64(n)
		ts := things(seed, n)
		x := index.New(ts, bound)
		if x.Len() != n {
			t.Errorf("n=%d: Len = %d", n, x.Len())
		}
		rng := rand.New(rand.NewPCG(seed, 2))
		for range 15 {
			p := geo.Grid{100 * float64(rng.IntN(300)), 100 * float64(rng.IntN(300))}
			r := geo.Metres(100 * rng.IntN(40))
			checkNearest(t, x, ts, p)
			checkWithin(t, x, ts, p, r)
			checkIntersecting(t, x, ts, orb.Bound{Min: orb.Point(p), Max: orb.Point{p[0] + float64(r), p[1] + 300}})
		}
	}
}

func checkNearest(t *testing.T, x *index.Index[thing], ts []thing, p geo.Grid) {
	t.Helper()
	d := distance(p)
	want := slices.Clone(ts)
	slices.SortStableFunc(want, func(a, b thing) int { return order.Compare(d(a), d(b)) })
	var got []thing
	x.Nearest(p, d, func(it thing, at geo.Metres) bool {
		if at != d(it) {
			t.Errorf("Nearest(%v) gives %v the distance %v, want %v", p, it, at, d(it))
		}
		got = append(got, it)
		return true
	})
	if diff := cmp.Diff(ids(want), ids(got)); diff != "" {
		t.Errorf("n=%d: Nearest(%v) (-want +got):\n%s", len(ts), p, diff)
	}
}

func checkWithin(t *testing.T, x *index.Index[thing], ts []thing, p geo.Grid, r geo.Metres) {
	t.Helper()
	d := distance(p)
	var want, got []thing
	for _, it := range ts {
		if d(it) <= r {
			want = append(want, it)
		}
	}
	x.Within(p, r, d, func(it thing, _ geo.Metres) bool { got = append(got, it); return true })
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("n=%d: Within(%v, %v) (-want +got):\n%s", len(ts), p, r, diff)
	}
}

func checkIntersecting(t *testing.T, x *index.Index[thing], ts []thing, b orb.Bound) {
	t.Helper()
	var want, got []thing
	for _, it := range ts {
		if it.b.Intersects(b) {
			want = append(want, it)
		}
	}
	x.Intersecting(b, func(it thing) bool { got = append(got, it); return true })
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("n=%d: Intersecting(%v) (-want +got):\n%s", len(ts), b, diff)
	}
}

func ids(ts []thing) []int {
	var out []int
	for _, it := range ts {
		out = append(out, it.id)
	}
	return out
}

func sorted(ts []thing) []int {
	out := ids(ts)
	slices.Sort(out)
	return out
}

func TestStops(t *testing.T) {
	ts := things(3, 500)
	x := index.New(ts, bound)
	p := geo.Grid{15000, 15000}
	for _, want := range []int{1, 2, 7} {
		calls := map[string]int{}
		x.Nearest(p, distance(p), func(thing, geo.Metres) bool { calls["Nearest"]++; return calls["Nearest"] < want })
		x.Within(p, 1e6, distance(p), func(thing, geo.Metres) bool { calls["Within"]++; return calls["Within"] < want })
		x.Intersecting(orb.Bound{Max: orb.Point{1e6, 1e6}}, func(thing) bool { calls["Intersecting"]++; return calls["Intersecting"] < want })
		for name, got := range calls {
			if got != want {
				t.Errorf("%s yields %d times, want %d", name, got, want)
			}
		}
	}
}

// Boundaries, one row each: a square from (0, 0) to (100, 100).
func TestEdges(t *testing.T) {
	x := index.New([]thing{{7, orb.Bound{Max: orb.Point{100, 100}}}}, bound)
	within := func(p geo.Grid, r geo.Metres) func() int {
		return func() (n int) {
			x.Within(p, r, distance(p), func(thing, geo.Metres) bool { n++; return true })
			return n
		}
	}
	meets := func(x0, y0, x1, y1 float64) func() int {
		return func() (n int) {
			x.Intersecting(orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}, func(thing) bool { n++; return true })
			return n
		}
	}
	inf := math.Inf(1)
	for _, tt := range []struct {
		name string
		f    func() int
		want int
	}{
		{"exactly as far as asked", within(geo.Grid{103, 104}, 5), 1}, // 3-4-5 triangle from the corner
		{"a hair too far", within(geo.Grid{103, 104}, 4.999), 0},
		{"inside at no distance", within(geo.Grid{50, 50}, 0), 1},
		{"negative distance", within(geo.Grid{50, 50}, -1), 0},
		{"any distance", within(geo.Grid{1e6, 1e6}, geo.Metres(inf)), 1},
		{"not a distance", within(geo.Grid{50, 50}, geo.Metres(math.NaN())), 0},
		{"from nowhere", within(geo.Grid{math.NaN(), 50}, 10), 0},
		{"a shared edge meets", meets(100, 20, 200, 30), 1},
		{"a shared corner meets", meets(100, 100, 200, 200), 1},
		{"a hair apart", meets(100.001, 0, 200, 10), 0},
		{"an empty window", meets(60, 60, 40, 40), 0},
	} {
		if got := tt.f(); got != tt.want {
			t.Errorf("%s: found %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestNowhere(t *testing.T) {
	nan := math.NaN()
	ts := []thing{
		{0, orb.MultiPolygon{}.Bound()},
		{1, orb.Bound{Min: orb.Point{nan, 0}, Max: orb.Point{1, 1}}},
		{2, orb.Bound{Min: orb.Point{5, 5}, Max: orb.Point{5, 5}}},
		{3, orb.Bound{Min: orb.Point{math.Inf(-1), 0}, Max: orb.Point{math.Inf(1), 1}}},
	}
	x := index.New(ts, bound)
	var got []thing
	x.Intersecting(orb.Bound{Min: orb.Point{-10, -10}, Max: orb.Point{10, 10}}, func(it thing) bool { got = append(got, it); return true })
	if x.Len() != 2 || !slices.Equal(sorted(got), []int{2, 3}) {
		t.Errorf("Len = %d, found %v, want only 2 and 3", x.Len(), sorted(got))
	}
	var zero index.Index[thing]
	zero.Nearest(geo.Grid{}, distance(geo.Grid{}), func(thing, geo.Metres) bool { t.Error("the zero Index holds something"); return true })
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	ts := things(11, 3000)
	for i := range ts { // no two alike, so that no tie is left to the order given
		ts[i].b.Min[0] += float64(i) / 7
		ts[i].b.Max[0] += float64(i) / 7
	}
	shuffled := slices.Clone(ts)
	rng := rand.New(rand.NewPCG(5, 5))
	rng.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
	all := func(ts []thing) []int {
		var got []thing
		x := index.New(ts, bound)
		p := geo.Grid{12345, 6789}
		x.Nearest(p, distance(p), func(it thing, _ geo.Metres) bool { got = append(got, it); return len(got) < 1000 })
		return ids(got)
	}
	if diff := cmp.Diff(all(ts), all(shuffled)); diff != "" {
		t.Errorf("Nearest after a shuffle (-before +after):\n%s", diff)
	}
}

func ExampleIndex_Nearest() {
	type hub struct {
		name string
		at   geo.Grid
	}
	// Grid references of three Kent towns, to the kilometre.
	hubs := []hub{
		{"Maidstone", geo.Grid{576000, 156000}},
		{"Ashford", geo.Grid{601000, 143000}},
		{"Canterbury", geo.Grid{615000, 158000}},
	}
	x := index.New(hubs, func(h hub) orb.Bound { return orb.Point(h.at).Bound() })
	faversham := geo.Grid{601000, 161000}
	x.Nearest(faversham, func(h hub) geo.Metres { return h.at.Distance(faversham) },
		func(h hub, d geo.Metres) bool {
			fmt.Printf("%s %.1f km\n", h.name, d/1000)
			return d < 15_000 // stop after the first beyond 15 km
		})
	// Output:
	// Canterbury 14.3 km
	// Ashford 18.0 km
}

func ExampleIndex_Intersecting() {
	type district struct {
		name string
		b    orb.Bound
	}
	// Rough bounds, to 5 km.
	districts := []district{
		{"Thanet", orb.Bound{Min: orb.Point{625000, 160000}, Max: orb.Point{640000, 175000}}},
		{"Dover", orb.Bound{Min: orb.Point{620000, 135000}, Max: orb.Point{640000, 165000}}},
		{"Sevenoaks", orb.Bound{Min: orb.Point{540000, 140000}, Max: orb.Point{560000, 175000}}},
	}
	x := index.New(districts, func(d district) orb.Bound { return d.b })
	var names []string
	x.Intersecting(orb.Bound{Min: orb.Point{630000, 155000}, Max: orb.Point{635000, 160000}}, func(d district) bool {
		names = append(names, d.name)
		return true
	})
	slices.Sort(names)
	fmt.Println(names) // Thanet's southern edge counts
	// Output: [Dover Thanet]
}

func ExampleIndex_Within() {
	points := []geo.Grid{{576000, 156000}, {576300, 156400}, {576000, 157000}}
	x := index.New(points, func(p geo.Grid) orb.Bound { return orb.Point(p).Bound() })
	home := geo.Grid{576000, 156000}
	n := 0
	x.Within(home, 500, home.Distance, func(geo.Grid, geo.Metres) bool { n++; return true })
	fmt.Println(n) // the second is 300 m east and 400 m north: exactly 500 m
	// Output: 2
}

func BenchmarkNew(b *testing.B) {
	forSizes(b, func(b *testing.B, ts []thing) {
		for b.Loop() {
			index.New(ts, bound)
		}
	})
}

func BenchmarkNearest(b *testing.B) {
	forSizes(b, func(b *testing.B, ts []thing) {
		x := index.New(ts, bound)
		for i := 0; b.Loop(); i++ {
			p, n := geo.Grid(ts[i*7919%len(ts)].b.Min), 0
			x.Nearest(p, distance(p), func(thing, geo.Metres) bool { n++; return n < 5 })
		}
	})
}

func BenchmarkWithin(b *testing.B) {
	forSizes(b, func(b *testing.B, ts []thing) {
		x := index.New(ts, bound)
		for i := 0; b.Loop(); i++ {
			p := geo.Grid(ts[i*7919%len(ts)].b.Min)
			x.Within(p, 500, distance(p), func(thing, geo.Metres) bool { return true })
		}
	})
}

func BenchmarkIntersecting(b *testing.B) {
	forSizes(b, func(b *testing.B, ts []thing) {
		x := index.New(ts, bound)
		for i := 0; b.Loop(); i++ {
			x.Intersecting(ts[i*7919%len(ts)].b, func(thing) bool { return true })
		}
	})
}

func forSizes(b *testing.B, f func(*testing.B, []thing)) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		ts := things(42, n)
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) { f(b, ts) })
	}
}
