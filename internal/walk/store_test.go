package walk_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/source"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// stored returns the bytes of a graph.
func stored(tb testing.TB, g *walk.Graph) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := walk.Write(&b, g); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// TestStored: a graph that was stored and read is the graph that was built, in
// its shape, its links and its searches.
func TestStored(t *testing.T) {
	check := func(t *testing.T, built *walk.Graph) {
		t.Helper()
		data := stored(t, built)
		for name, r := range map[string]io.Reader{
			"in one go": bytes.NewReader(data), "of unknown size": iotest.HalfReader(bytes.NewReader(data)),
		} {
			read, err := walk.Read(r)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !same(t, built, read) || !bytes.Equal(stored(t, read), data) {
				t.Fatalf("%s: another graph", name)
			}
			if diff := cmp.Diff(built.Report(), read.Report()); diff != "" {
				t.Errorf("%s: report (-built +read):\n%s", name, diff)
			}
			if diff := cmp.Diff(built.Params(), read.Params()); diff != "" {
				t.Errorf("%s: parameters (-built +read):\n%s", name, diff)
			}
			sameWalks(t, built, read)
		}
	}
	t.Run("nothing", func(t *testing.T) {
		g, err := walk.Build(source.Streets{}, flat{}, walk.DefaultParams())
		if err != nil {
			t.Fatal(err)
		}
		check(t, g)
	})
	t.Run("villages", func(t *testing.T) {
		for seed := range uint64(30) {
			check(t, build(t, village.Random(seed, 30, 20).String()).g)
		}
	})
	t.Run("Newport", func(t *testing.T) {
		_, g := newport(t)
		check(t, g)
	})
	t.Run("hills", func(t *testing.T) {
		check(t, hilly(t, walk.Tobler))
	})
	t.Run("a star of forty streets", func(t *testing.T) {
		g, err := walk.Build(star(40), flat{}, walk.DefaultParams())
		if err != nil {
			t.Fatal(err)
		}
		check(t, g)
	})
}

// sameWalks compares links and searches from all over two graphs.
func sameWalks(t *testing.T, a, b *walk.Graph) {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 7))
	for profile := range a.Params().Profiles {
		sa, sb := a.NewSearch(profile), b.NewSearch(profile)
		for range min(10, a.Nodes()) {
			p := a.At(walk.NodeID(rng.IntN(a.Nodes())))
			p[0] += 60*rng.Float64() - 30
			la, errA := a.Snap(p)
			lb, errB := b.Snap(p)
			if diff := cmp.Diff(la, lb); diff != "" || (errA == nil) != (errB == nil) {
				t.Fatalf("links of %v (-built +read):\n%s%v, %v", p, diff, errA, errB)
			}
			for _, d := range []walk.Direction{walk.Towards, walk.From} {
				sa.Run(la, d, hour)
				sb.Run(lb, d, hour)
				if diff := cmp.Diff(sa.Reached(), sb.Reached()); diff != "" {
					t.Fatalf("reached from %v (-built +read):\n%s", p, diff)
				}
				for _, n := range sa.Reached() {
					if sa.Node(n) != sb.Node(n) {
						t.Fatalf("%v to node %d: %d ms, %d from the stored graph", p, n, sa.Node(n), sb.Node(n))
					}
				}
			}
		}
	}
}

// TestStoredDamage: a stored graph that is cut short, longer than it should be
// or has any byte changed is refused.
func TestStoredDamage(t *testing.T) {
	data := stored(t, build(t, village.Random(3, 8, 6).String()).g)
	refused := func(what string, at int, r io.Reader) {
		if _, err := walk.Read(r); !errors.Is(err, walk.ErrStored) {
			t.Errorf("%s at %d of %d: %v, want %v", what, at, len(data), err, walk.ErrStored)
		}
	}
	for n := range data {
		refused("cut", n, bytes.NewReader(data[:n]))
		refused("cut, of unknown size,", n, iotest.OneByteReader(bytes.NewReader(data[:n])))
		changed := bytes.Clone(data)
		changed[n] ^= 1 << (n % 8)
		refused("changed", n, bytes.NewReader(changed))
	}
	refused("one more", len(data), bytes.NewReader(append(bytes.Clone(data), 0)))
	broken := errors.New("broken")
	if _, err := walk.Read(iotest.ErrReader(broken)); !errors.Is(err, broken) || errors.Is(err, walk.ErrStored) {
		t.Errorf("from a broken reader: %v, want %v", err, broken)
	}
}

// TestStoredFeature: a feature that does not fit its 16 bits is refused, not cut
// down to one that means something else.
func TestStoredFeature(t *testing.T) {
	plain := stored(t, build(t, "A---B").g)
	before, after, found := bytes.Cut(plain, []byte(`"Kinds":[[0,`))
	if !found {
		t.Fatal("no kind without a feature is stored")
	}
	for _, c := range []struct {
		feature string
		want    error
	}{{"65535", nil}, {"65536", walk.ErrStored}} { // 2^16 - 1, and 0 once it is cut down
		data := slices.Concat(before, []byte(`"Kinds":[[`+c.feature+","), after)
		const length = 8 // where the length of the description stands, after the magic and the version
		binary.LittleEndian.PutUint32(data[length:], binary.LittleEndian.Uint32(data[length:])+4)
		if _, err := walk.Read(bytes.NewReader(walk.Resum(data))); !errors.Is(err, c.want) {
			t.Errorf("feature %s: %v, want %v", c.feature, err, c.want)
		}
	}
}

// FuzzRead puts right checksums on whatever the fuzzer makes of a stored graph,
// so that it gets past them. What is not refused has to be fit for use.
func FuzzRead(f *testing.F) {
	for seed := range uint64(4) {
		f.Add(stored(f, build(f, village.Random(seed, 8, 6).String()).g))
	}
	f.Add(stored(f, hilly(f, walk.Naismith)))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := walk.Read(bytes.NewReader(walk.Resum(data)))
		if err != nil {
			if !errors.Is(err, walk.ErrStored) {
				t.Errorf("%v: want %v", err, walk.ErrStored)
			}
			return
		}
		b, ok := g.Bound()
		if !ok {
			return
		}
		g.Segments(b, func(walk.Segment) {})
		for n := range g.Nodes() {
			g.Incident(walk.NodeID(n))
		}
		links, err := g.Snap(g.At(0))
		if err != nil {
			return
		}
		for p := range g.Params().Profiles {
			s := g.NewSearch(p)
			for _, d := range []walk.Direction{walk.Towards, walk.From} {
				s.Run(links, d, hour)
				s.Door(links)
				for e := range g.Edges() {
					st := s.Stretch(walk.EdgeID(e))
					st.At(0.5)
				}
			}
		}
	})
}

// TestKey: every part of the key counts.
func TestKey(t *testing.T) {
	change := func(f func(*walk.Params)) walk.Params {
		p := walk.DefaultParams()
		f(&p)
		return p
	}
	seen := map[string]string{}
	for _, c := range []struct {
		name string
		key  string
	}{
		{"defaults", walk.Key(walk.DefaultParams(), "a", "b")},
		{"other inputs", walk.Key(walk.DefaultParams(), "a", "c")},
		{"inputs joined", walk.Key(walk.DefaultParams(), "ab")},
		{"an input less", walk.Key(walk.DefaultParams(), "a")},
		{"another speed", walk.Key(change(func(p *walk.Params) { p.Profiles[0].SpeedKmh += 1e-9 }), "a", "b")},
		{"another limit", walk.Key(change(func(p *walk.Params) { p.SnapLimit += 0.001 }), "a", "b")},
		{"a slope rule", walk.Key(change(func(p *walk.Params) { p.Slope = walk.Tobler }), "a", "b")},
	} {
		if other, ok := seen[c.key]; ok || len(c.key) != 64 {
			t.Errorf("%s: key %q as for %q", c.name, c.key, other)
		}
		seen[c.key] = c.name
	}
	if again := walk.Key(walk.DefaultParams(), "a", "b"); seen[again] != "defaults" {
		t.Errorf("the same again: key %q, of %q", again, seen[again])
	}
}

func BenchmarkStore(b *testing.B) {
	g, err := walk.Build(county(b), flat{}, walk.DefaultParams())
	if err != nil {
		b.Fatal(err)
	}
	data := stored(b, g)
	vertices := g.Report().Vertices
	runtime.KeepAlive(g)
	b.Run("write", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if err := walk.Write(io.Discard, g); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		began := time.Now()
		for b.Loop() {
			if _, err := walk.Read(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
		perVertex := time.Since(began).Seconds() / float64(b.N) / float64(vertices)
		b.ReportMetric(20e6*perVertex, "s/20M-vertices")
		b.ReportMetric(float64(len(data))/float64(vertices), "B/vertex")
	})
}

// lattice is a town of 12 by 12 crossings drawn by chance, in whole metres for
// flat: streets of every kind, gates, a river.
func lattice() source.Streets {
	const side = 12
	rng := rand.New(rand.NewPCG(12, 12))
	kinds := []source.Tags{
		{"highway": "residential"}, {"highway": "residential"}, {"highway": "residential"}, {"highway": "footway", "lit": "no"},
		{"highway": "steps"}, {"highway": "service", "access": "private"}, {"highway": "path", "width": "0.6", "surface": "mud"},
		{"highway": "footway", "oneway:foot": "yes"}, {"highway": "footway", "bridge": "yes"}, {"highway": "motorway"},
	}
	gates := []source.Tags{nil, nil, nil, nil, nil, nil, {"barrier": "stile"}, {"barrier": "gate", "access": "private"}, {"barrier": "kerb", "kerb": "raised"}}
	var s source.Streets
	for i := range side * side {
		at := orb.Point{float64(1000 + i%side*90 + rng.IntN(40)), float64(1000 + i/side*90 + rng.IntN(40))}
		s.Nodes = append(s.Nodes, source.Node{ID: int64(i + 1), At: at, Tags: gates[rng.IntN(len(gates))]})
	}
	for line := range 2 * side {
		for first := 0; first < side-1; {
			way := source.Way{ID: int64(len(s.Ways) + 1), Tags: kinds[rng.IntN(len(kinds))]}
			last := min(side-1, first+1+rng.IntN(3))
			for k := first; k <= last; k++ {
				id := line%side*side + k + 1 // eastwards
				if line >= side {
					id = k*side + line%side + 1 // northwards
				}
				way.Nodes = append(way.Nodes, int64(id))
			}
			s.Ways = append(s.Ways, way)
			first = last
		}
	}
	s.Barriers = []source.Way{{ID: 1000, Nodes: []int64{5*side + 1, 5*side + 3, 6*side + 8, 5*side + 12}, Tags: source.Tags{"waterway": "river"}}}
	return s
}

// TestStoredVersion: graphs are kept from one version of the program to the
// next, so that whoever changes what a graph is has to say so.
func TestStoredVersion(t *testing.T) {
	for _, c := range []struct {
		slope   walk.Slope
		heights walk.Heights
		want    string
	}{
		{walk.Level, nil, "9c1dd8071a14c34a"},
		{walk.Tobler, ground(waves), "dbc43a11a02d8748"},
	} {
		p := walk.DefaultParams()
		p.Slope = c.slope
		g, err := walk.BuildWith(t.Context(), lattice(), flat{}, p, walk.Options{Heights: c.heights})
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(stored(t, g))
		if got := hex.EncodeToString(sum[:8]); got != c.want {
			t.Errorf("slope %q: the stored graph has the sum %s, want %s: Build makes another graph of the same streets than it did, or Write stores it in another way; raise storeVersion, so that no graph that was kept is taken for one of now, and put the new sum here",
				c.slope, got, c.want)
		}
	}
}
