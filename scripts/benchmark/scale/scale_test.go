package scale_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/data"
	"hubreach/geo"
	"hubreach/internal/realdata"
	"hubreach/internal/source"
	"hubreach/internal/walk"
	"hubreach/scripts/benchmark/scale"
)

// lattice is 11 x 11 crossings a thousandth of a degree apart, one residential
// way to each row and column, and a river along the third row of nodes.
func lattice() source.Streets {
	const n = 11
	var s source.Streets
	for y := range n {
		for x := range n {
			s.Nodes = append(s.Nodes, source.Node{
				ID: int64(100 + y*n + x),
				At: orb.Point{-3 + float64(x)/1000, 51.5 + float64(y)/1000},
			})
		}
	}
	s.Nodes[5*n+5].Tags = source.Tags{"barrier": "gate"}
	for k := range n {
		row := source.Way{ID: int64(k + 1), Tags: source.Tags{"highway": "residential"}}
		column := source.Way{ID: int64(50 + k), Tags: source.Tags{"highway": "residential", "lit": "yes"}}
		for i := range n {
			row.Nodes = append(row.Nodes, int64(100+k*n+i))
			column.Nodes = append(column.Nodes, int64(100+i*n+k))
		}
		s.Ways = append(s.Ways, row, column)
	}
	s.Barriers = []source.Way{{ID: 99, Nodes: s.Ways[4].Nodes, Tags: source.Tags{"waterway": "river"}}}
	return s
}

// tile cuts 12 of the 121 vertices off at each side: the outermost eleven and
// one more, so that the box begins on the second row. It holds 9 x 9 = 81.
func tile(t *testing.T) *scale.Tile {
	t.Helper()
	out, err := scale.Cut(lattice(), 0.1)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCut(t *testing.T) {
	for _, tc := range []struct {
		name               string
		trim               float64
		nodes, east, north int
	}{
		{"the second row inwards", 0.1, 81, 9, 9},
		{"all of it, nothing to join", 0, 121, 0, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := scale.Cut(lattice(), tc.trim)
			if err != nil {
				t.Fatal(err)
			}
			east, north := got.Joins()
			if got.Nodes() != tc.nodes || east != tc.east || north != tc.north {
				t.Errorf("Cut(%v): %d nodes, %d and %d joins, want %d, %d and %d",
					tc.trim, got.Nodes(), east, north, tc.nodes, tc.east, tc.north)
			}
		})
	}
}

func TestCutFaults(t *testing.T) {
	if _, err := scale.Cut(source.Streets{}, 0.1); !errors.Is(err, scale.ErrNoStreets) {
		t.Errorf("Cut(nothing) = %v, want ErrNoStreets", err)
	}
	for _, trim := range []float64{-0.1, 0.5} {
		if _, err := scale.Cut(lattice(), trim); err == nil {
			t.Errorf("Cut(trim %v) gave no error", trim)
		}
	}
}

// TestCounty counts a county of 3 x 2: 6 x 81 nodes; 6 x 19 ways (nine rows,
// nine columns and the river); and joins over 4 inner borders to the east and 3
// to the north, nine each.
func TestCounty(t *testing.T) {
	c, err := scale.New(tile(t), 3, 2)
	if err != nil {
		t.Fatal(err)
	}
	s := c.Streets()
	if want := 6 * 81; c.Nodes() != want || len(s.Nodes) != want {
		t.Errorf("%d nodes, %d given, want %d", c.Nodes(), len(s.Nodes), want)
	}
	if want := 6*18 + (4+3)*9; len(s.Ways) != want {
		t.Errorf("%d streets, want %d", len(s.Ways), want)
	}
	if len(s.Barriers) != 6 {
		t.Errorf("%d barriers, want 6", len(s.Barriers))
	}
	for i, n := range s.Nodes {
		if n.ID != int64(i+1) {
			t.Fatalf("node %d has id %d: ids are to count from 1", i, n.ID)
		}
	}
	gates := 0
	for _, n := range s.Nodes {
		if n.Tags["barrier"] == "gate" {
			gates++
		}
	}
	if gates != 6 {
		t.Errorf("%d gates, want one a copy", gates)
	}
}

// TestWalkOn walks from copy to copy: the whole county is one component, of the
// 81 crossings of each copy less the two or so that are plain bends.
func TestWalkOn(t *testing.T) {
	c, err := scale.New(tile(t), 3, 2)
	if err != nil {
		t.Fatal(err)
	}
	proj, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	g, err := walk.Build(c.Streets(), proj, walk.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	if r := g.Report(); r.Pieces != 1 || r.Vertices != 6*81 {
		t.Errorf("%d components over %d vertices, want 1 over %d", r.Pieces, r.Vertices, 6*81)
	}
}

func TestOf(t *testing.T) {
	for _, tc := range []struct{ nodes, least int }{{1, 81}, {81, 81}, {82, 162}, {1000, 1053}} {
		c, err := scale.Of(tile(t), tc.nodes)
		if err != nil {
			t.Fatal(err)
		}
		if c.Nodes() < tc.least || c.Nodes() > 2*tc.least {
			t.Errorf("Of(%d nodes) has %d, want at least %d and not twice that", tc.nodes, c.Nodes(), tc.least)
		}
	}
	if _, err := scale.New(tile(t), 10_000, 1); !errors.Is(err, scale.ErrTooLarge) {
		t.Errorf("New(10,000 columns) = %v, want ErrTooLarge", err)
	}
}

// TestWritePBF reads the file back: it holds the county, to the last bit.
func TestWritePBF(t *testing.T) {
	c, err := scale.New(tile(t), 3, 2)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := c.WritePBF(&file); err != nil {
		t.Fatal(err)
	}
	got, err := source.ReadStreets(&file, "county.osm.pbf", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(c.Streets(), got); d != "" {
		t.Errorf("the file differs from the county (-want +got):\n%s", d)
	}
}

// TestSame makes the sample county's streets twice over, from one reading each.
func TestSame(t *testing.T) {
	sum := func() string {
		f, err := data.Sample().Open("streets.osm.pbf")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s, err := source.ReadStreets(f, "streets.osm.pbf", source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		tl, err := scale.Cut(s, scale.Trim)
		if err != nil {
			t.Fatal(err)
		}
		c, err := scale.New(tl, 2, 1)
		if err != nil {
			t.Fatal(err)
		}
		h := sha256.New()
		if err := c.WritePBF(h); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x %v", h.Sum(nil), c.Doors(3, 7))
	}
	if a, b := sum(), sum(); a != b {
		t.Errorf("two makings differ: %s and %s", a, b)
	}
}

// TestNewport counts the copies of the real streets at both sizes.
func TestNewport(t *testing.T) {
	tl, err := scale.Cut(realdata.Streets(t, realdata.Newport), scale.Trim)
	if err != nil {
		t.Fatal(err)
	}
	east, north := tl.Joins()
	t.Logf("a copy has %d street vertices, %d joins east, %d north", tl.Nodes(), east, north)
	if east == 0 || north == 0 {
		t.Errorf("%d joins to the east and %d to the north, want some of each", east, north)
	}
	for _, want := range []int{scale.KentNodes, scale.EnglandNodes} {
		c, err := scale.Of(tl, want)
		if err != nil {
			t.Fatal(err)
		}
		columns, rows := c.Size()
		t.Logf("%d nodes: %d x %d copies, %d nodes", want, columns, rows, c.Nodes())
		if c.Nodes() < want || c.Nodes() > want+want/5 {
			t.Errorf("Of(%d) has %d nodes", want, c.Nodes())
		}
	}
}
