package shape_test

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// disc is a polygon of n vertices about 400 m around (x, y), its edge as rough
// as that of a real area.
func disc(seed uint64, x, y float64, n int) orb.MultiPolygon {
	rng := rand.New(rand.NewPCG(seed, 3))
	var r orb.Ring
	for i := range n {
		d, a := 400+rng.NormFloat64(), 2*math.Pi*float64(i)/float64(n)
		r = append(r, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
	}
	return orb.MultiPolygon{{append(r, r[0])}}
}

// TestMemory does 20,000 overlays of 100-vertex polygons, 2 kB each way, and
// 200,000 point look-ups, with Go's collector off, as good as in a process whose
// own heap is so large that the collector rarely runs. Without the Worker's own
// collections it was measured to grow by 466 MiB.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const allowed = shadow * 250 << 20 // bytes
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	before, ok := resident()
	if !ok {
		t.Skip("no /proc/self/status here: the resident memory is not known")
	}
	w := shape.NewWorker()
	a, b := disc(1, 500, 500, 100), disc(2, 600, 500, 100)
	var most int
	note := func() {
		if now, ok := resident(); ok {
			most = max(most, now)
		}
	}
	for i := range 10_000 {
		_, err1 := w.Union(a, b)
		_, err2 := w.Difference(a, b)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if i%500 == 0 {
			note()
		}
	}
	p, err := w.Prepare(a)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200_000 {
		p.Covers(a[0][0][i%100])
		if i%20_000 == 0 {
			note()
		}
	}
	note()
	if most-before > allowed {
		t.Errorf("resident memory grew by %d MiB, want at most %d", (most-before)>>20, allowed>>20)
	}
	t.Logf("resident memory grew by at most %d MiB", (most-before)>>20)
}

// resident returns the resident memory of the process in bytes, C heap included.
func resident() (int, bool) {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, false
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var kib int
		if strings.HasPrefix(s.Text(), "VmRSS:") {
			_, err := fmt.Sscanf(s.Text(), "VmRSS: %d kB", &kib)
			return kib << 10, err == nil
		}
	}
	return 0, false
}
