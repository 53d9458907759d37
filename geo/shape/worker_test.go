package shape_test

import (
	"fmt"
	"math"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// Workers of different goroutines do not disturb each other, and give the same
// to the last bit.
func TestWorkersSideBySide(t *testing.T) {
	var want []orb.MultiPolygon
	w := shape.NewWorker()
	for seed := range uint64(50) {
		m, err := w.Union(star(seed, 60), star(seed+1, 60))
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, m)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			w := shape.NewWorker()
			for seed := range uint64(50) {
				got, err := w.Union(star(seed, 60), star(seed+1, 60))
				if err != nil || !cmp.Equal(got, want[seed]) {
					t.Errorf("seed %d: another worker gives another union, %v", seed, err)
				}
			}
		})
	}
	wg.Wait()
}

// FuzzMakeValid draws rings through small whole coordinates, where everything
// that can coincide does, and mends what comes of it.
func FuzzMakeValid(f *testing.F) {
	f.Add([]byte{0, 0, 9, 9, 9, 0, 0, 9, 0, 0}, uint8(0)) // a bow-tie
	f.Add([]byte{0, 0, 9, 0, 9, 9, 0, 9, 0, 0, 2, 2, 4, 2, 4, 4, 2, 4, 2, 2}, uint8(1))
	f.Add([]byte{1, 1, 1, 1}, uint8(2))
	f.Fuzz(func(t *testing.T, b []byte, rings uint8) {
		if len(b) > 120 {
			return
		}
		m := drawn(b, int(rings))
		w := shape.NewWorker()
		got, reason, err := w.MakeValid(m)
		if err != nil {
			t.Fatalf("%v: %v", m, err)
		}
		if !w.Valid(got) || (reason == "") != w.Valid(m) {
			t.Errorf("%v: %q, and %v is valid: %v", m, reason, got, w.Valid(got))
		}
		var most float64 // no ground that no outer ring runs around
		for _, p := range m {
			if len(p) > 0 && len(p[0]) > 0 {
				d := p[0].Bound()
				most += (d.Max[0] - d.Min[0]) * (d.Max[1] - d.Min[1])
			}
		}
		if a := shape.Area(got); a > most+1e-9 || math.IsNaN(a) {
			t.Errorf("%v covers %v m² after mending, want at most %v", m, a, most)
		}
	})
}

// drawn cuts bytes into rings of one to nine vertices on a 16 by 16 lattice; each bit of
// rings says whether a ring is a hole of the polygon before it.
func drawn(b []byte, rings int) orb.MultiPolygon {
	var m orb.MultiPolygon
	for k := 0; len(b) >= 2; k++ {
		n := min(1+int(b[0]>>4)%9, len(b)/2)
		var r orb.Ring
		for i := range n {
			r = append(r, orb.Point{float64(b[2*i] % 16), float64(b[2*i+1] % 16)})
		}
		b = b[2*n:]
		if n > 1 && b != nil && k%3 != 2 {
			r = append(r, r[0])
		}
		if len(m) > 0 && rings>>(k%8)&1 == 1 {
			m[len(m)-1] = append(m[len(m)-1], r)
		} else {
			m = append(m, orb.Polygon{r})
		}
	}
	return m
}

// Bearsted and Thurnham, two parishes east of Maidstone, drawn as rectangles
// that share the Ashford railway.
var (
	bearsted = box(579000, 154800, 581500, 156000)
	thurnham = box(579000, 156000, 581500, 158500)
)

func ExampleWorker_Union() {
	w := shape.NewWorker()
	both, err := w.Union(bearsted, thurnham)
	fmt.Printf("%d part, %.2f km² %v\n", len(both), shape.Area(both)/1e6, err)
	// Output: 1 part, 9.25 km² <nil>
}

func ExampleWorker_Dissolve() {
	w := shape.NewWorker()
	both, err := w.Dissolve([]orb.MultiPolygon{bearsted, thurnham})
	fmt.Printf("%d part, %.2f km² %v\n", len(both), shape.Area(both)/1e6, err)
	// Output: 1 part, 9.25 km² <nil>
}

func ExampleWorker_Share() {
	w := shape.NewWorker()
	catchment := box(580000, 155000, 581000, 157500) // 1 km by 2.5 km
	share, err := w.Share(thurnham, catchment)       // 1 km by 1.5 km of 2.5 km by 2.5 km
	fmt.Printf("%.0f%% of Thurnham %v\n", 100*share, err)
	// Output: 24% of Thurnham <nil>
}

func ExampleWorker_Intersection() {
	w := shape.NewWorker()
	common, err := w.Intersection(bearsted, thurnham) // no more than the railway
	fmt.Println(len(common), err)
	// Output: 0 <nil>
}

func ExampleWorker_Difference() {
	w := shape.NewWorker()
	green := box(579900, 155300, 580100, 155500) // 200 m by 200 m
	rest, err := w.Difference(bearsted, green)
	fmt.Printf("%d hole, %.2f km² %v\n", len(rest[0])-1, shape.Area(rest)/1e6, err)
	// Output: 1 hole, 2.96 km² <nil>
}

func ExampleWorker_MakeValid() {
	w := shape.NewWorker()
	bowTie := orb.MultiPolygon{{{{579000, 154800}, {581000, 156800}, {581000, 154800}, {579000, 156800}, {579000, 154800}}}}
	mended, reason, err := w.MakeValid(bowTie)
	fmt.Println(reason)
	fmt.Printf("%d parts, %.0f km², valid: %v %v\n", len(mended), shape.Area(mended)/1e6, w.Valid(mended), err)
	// Output:
	// Self-intersection at 580000.0 155800.0
	// 2 parts, 2 km², valid: true <nil>
}

func ExampleWorker_Near() {
	w := shape.NewWorker()
	acrossTheTrack := box(579000, 156008, 581500, 158500) // the railway is 8 m wide
	touching, err := w.Touching(bearsted, acrossTheTrack)
	fmt.Println(touching, err)
	near, err := w.Near(bearsted, acrossTheTrack, 10)
	fmt.Println(near, err)
	// Output:
	// false <nil>
	// true <nil>
}

func ExampleWorker_PointInside() {
	w := shape.NewWorker()
	at, err := w.PointInside(bearsted)
	fmt.Println(at, err)
	// Output: [580250 155400] <nil>
}

func ExampleWorker_Prepare() {
	w := shape.NewWorker()
	p, err := w.Prepare(bearsted)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("on the railway:", p.Covers(orb.Point{580000, 156000}))
	fmt.Println("beyond it:", p.Covers(orb.Point{580000, 156001}))
	// Output:
	// on the railway: true
	// beyond it: false
}

func ExampleWind() {
	clockwise := orb.MultiPolygon{{{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}}}
	fmt.Println(shape.Wind(clockwise))
	// Output: [[[[0 0] [1 0] [1 1] [0 1] [0 0]]]]
}

func BenchmarkUnion(b *testing.B) {
	benchmarkOverlay(b, func(w *shape.Worker, m, k orb.MultiPolygon) error { _, err := w.Union(m, k); return err })
}

func BenchmarkIntersection(b *testing.B) {
	benchmarkOverlay(b, func(w *shape.Worker, m, k orb.MultiPolygon) error { _, err := w.Intersection(m, k); return err })
}

func BenchmarkNear(b *testing.B) {
	benchmarkOverlay(b, func(w *shape.Worker, m, k orb.MultiPolygon) error { _, err := w.Near(m, k, 5); return err })
}

func BenchmarkMakeValid(b *testing.B) {
	benchmarkOverlay(b, func(w *shape.Worker, m, _ orb.MultiPolygon) error { _, _, err := w.MakeValid(m); return err })
}

func benchmarkOverlay(b *testing.B, f func(w *shape.Worker, m, k orb.MultiPolygon) error) {
	for _, n := range []int{50, 500, 5000} { // vertices; an LSOA of Kent has 35 to 500
		m, k := disc(1, 500, 500, n), disc(2, 600, 500, n)
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			w := shape.NewWorker()
			for b.Loop() {
				if err := f(w, m, k); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCovers(b *testing.B) {
	for _, n := range []int{50, 500, 5000} {
		m := disc(1, 500, 500, n)
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			p, err := shape.NewWorker().Prepare(m)
			if err != nil {
				b.Fatal(err)
			}
			for i := 0; b.Loop(); i++ {
				p.Covers(orb.Point{float64(i * 7 % 1000), float64(i * 13 % 1000)})
			}
		})
	}
}

// A map of n square areas, each with a vertex every 10 m of its 40.
func BenchmarkDissolve(b *testing.B) {
	for _, side := range []int{10, 30} {
		var ms []orb.MultiPolygon
		for i := range side * side {
			ms = append(ms, tile(float64(i%side)*100, float64(i/side)*100))
		}
		w := shape.NewWorker()
		for name, f := range map[string]func() (orb.MultiPolygon, error){
			"dissolve": func() (orb.MultiPolygon, error) { return w.Dissolve(ms) },
			"union":    func() (orb.MultiPolygon, error) { return w.Union(ms...) },
		} {
			b.Run(fmt.Sprintf("%s/n=%d", name, side*side), func(b *testing.B) {
				for b.Loop() {
					if _, err := f(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func tile(x, y float64) orb.MultiPolygon {
	var r orb.Ring
	for i := 0.0; i < 100; i += 10 {
		r = append(r, orb.Point{x + i, y})
	}
	for i := 0.0; i < 100; i += 10 {
		r = append(r, orb.Point{x + 100, y + i})
	}
	for i := 0.0; i < 100; i += 10 {
		r = append(r, orb.Point{x + 100 - i, y + 100})
	}
	for i := 0.0; i < 100; i += 10 {
		r = append(r, orb.Point{x, y + 100 - i})
	}
	return orb.MultiPolygon{{append(r, r[0])}}
}
