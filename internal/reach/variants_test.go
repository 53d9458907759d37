package reach_test

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/reach"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// hill rises 1 in 5 to the east from the left end of a drawing.
type hill struct{}

func (hill) At(p geo.Grid) (geo.Metres, bool) {
	return geo.Metres(0.2 * (p[0] - village.Origin[0])), true
}

// TestVariantsNeverEnlarge: steps, hills, darkness and wheels leave the ground
// reached within a plain adult's on the level, to the width of a cell, and the walks no shorter (V11, V12). The drawing has a short cut of each kind from P: up a flight to A, along
// an unlit path to B, by a rough track to C, past a stile to D; the way around
// each is longer.
func TestVariantsNeverEnlarge(t *testing.T) {
	const drawing = `
        A---+
        #   |
        #   |
+---+---P---+-uu-B
|   |   |   |    |
D-s-+   r   +----+
        |
        C--------+
        |        |
        +--------+`
	v := village.MustParse(drawing)
	params := func(slope walk.Slope) walk.Params {
		p := walk.DefaultParams()
		p.Slope = slope
		plain := walk.Profile{Name: "plain", SpeedKmh: walk.AdultKmh, StepsKmh: walk.AdultKmh, RoughFactor: 1}
		dark, darkPushchair := p.Profiles[0], p.Profiles[1]
		dark.Name, dark.LitOnly = "adult_dark", true
		darkPushchair.Name, darkPushchair.LitOnly = "pushchair_dark", true
		p.Profiles = append(p.Profiles, plain, dark, darkPushchair)
		return p
	}
	graph := func(slope walk.Slope, h walk.Heights) *walk.Graph {
		t.Helper()
		g, err := walk.BuildWith(t.Context(), v.Streets(), metric{grid(t)}, params(slope), walk.Options{Heights: h})
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	level := graph(walk.Level, nil)
	within := func(g *walk.Graph, profile string) ([]orb.MultiPolygon, map[rune]uint32) {
		t.Helper()
		var points []geo.Grid
		for _, l := range "ABCD" {
			points = append(points, v.At(l))
		}
		w := linked(t, g, profile, points, reach.DefaultParams()).Worker()
		o, err := w.Outlines(v.At('P'), []float64{4, 8, 20})
		if err != nil {
			t.Fatal(err)
		}
		times, _, err := w.Times(v.At('P'))
		if err != nil {
			t.Fatal(err)
		}
		walks := map[rune]uint32{'A': walk.Never, 'B': walk.Never, 'C': walk.Never, 'D': walk.Never}
		for _, x := range times {
			walks[rune("ABCD"[x.Point])] = x.Millis
		}
		return o, walks
	}
	const wobble = 0.01 // of the area: where a line passes between two cells
	for _, c := range []struct {
		name, plain, variant string
		g                    *walk.Graph
		longer               string // the letters to which the variant's walk is longer
	}{
		{"steps at their own speed", "plain", "adult", level, "A"},
		{"dark", "adult", "adult_dark", level, "B"},
		{"with a pushchair", "adult", "pushchair", level, "ABCD"},
		{"with a pushchair after dark", "pushchair", "pushchair_dark", level, "B"},
		{"uphill after Tobler", "adult", "adult", graph(walk.Tobler, hill{}), "BD"}, // to P: from D up, from B down 1 in 5; A and C are level with P
		{"uphill after Naismith", "adult", "adult", graph(walk.Naismith, hill{}), "D"},
		{"uphill after dark", "adult", "adult_dark", graph(walk.Tobler, hill{}), "BD"},
	} {
		t.Run(c.name, func(t *testing.T) {
			whole, walks := within(level, c.plain)
			part, longer := within(c.g, c.variant)
			for i := range whole {
				if at, found := beyond(part[i], whole[i]); found {
					t.Errorf("outline %d: %v is outside the plain one\n%s", i, at, v)
				}
				if got, most := shape.Area(part[i]), shape.Area(whole[i]); got > most*(1+wobble) {
					t.Errorf("outline %d: %.0f m2, the plain one %.0f\n%s", i, got, most, v)
				}
			}
			got := ""
			for _, l := range "ABCD" {
				switch {
				case longer[l] < walks[l]:
					t.Errorf("to %c: %d ms, plain %d: shorter\n%s", l, longer[l], walks[l], v)
				case longer[l] > walks[l]:
					got += string(l)
				}
			}
			if got != c.longer {
				t.Errorf("longer to %q, want to %q\n%s", got, c.longer, v)
			}
		})
	}
}

// beyond returns a place of a that lies more than the width of a cell outside b.
// Both lines may pass anywhere between a cell within and the next.
func beyond(a, b orb.MultiPolygon) (at geo.Grid, found bool) {
	const step = 5 // metres between the places looked at
	const cell = float64(reach.Cell)
	around := []geo.Grid{{0, 0}, {cell, 0}, {-cell, 0}, {0, cell}, {0, -cell}, {cell, cell}, {-cell, -cell}, {cell, -cell}, {-cell, cell}}
	bound := a.Bound()
	for x := bound.Min[0]; x <= bound.Max[0]; x += step {
		for y := bound.Min[1]; y <= bound.Max[1]; y += step {
			near := func(d geo.Grid) bool { return contains(b, geo.Grid{x + d[0], y + d[1]}) }
			if contains(a, geo.Grid{x, y}) && !slices.ContainsFunc(around, near) {
				return geo.Grid{x, y}, true
			}
		}
	}
	return geo.Grid{}, false
}

// TestSeveranceNeverEnlarges draws a town in two halves. Whatever parts them, no
// walk between two places gets shorter by it, and the far half is lost where
// there is no bridge (V11).
func TestSeveranceNeverEnlarges(t *testing.T) {
	const whole = `
 A--P--B--+
 |     |  |
 |     |  |
 |     |  |
 C--D--E--F`
	plain := village.MustParse(whole)
	of := func(v *village.Village) *walk.Graph { return draw(t, v) }
	walks := func(v *village.Village) map[rune]uint32 {
		points := []geo.Grid{}
		for _, l := range "ABCDEF" {
			points = append(points, v.At(l))
		}
		times, _, err := linked(t, of(v), "adult", points, reach.DefaultParams()).Worker().Times(v.At('P'))
		if err != nil {
			t.Fatal(err)
		}
		out := map[rune]uint32{}
		for _, l := range "ABCDEF" {
			out[l] = walk.Never
		}
		for _, x := range times {
			out[rune("ABCDEF"[x.Point])] = x.Millis
		}
		return out
	}
	before := walks(plain)
	for _, c := range []struct{ name, drawing, lost string }{
		{"a river without a bridge", " A--P--B--+\n |     |  |\n~~~~~~~~~~~~\n |     |  |\n C--D--E--F", "CDEF"},
		{"a river with one bridge", " A--P--B--+\n |     |  |\n~~~~~~~~~~%~\n |     |  |\n C--D--E--F", ""},
		{"a railway without a crossing", " A--P--B--+\n |     |  |\n::::::::::::\n |     |  |\n C--D--E--F", "CDEF"},
		{"a railway with a footbridge", " A--P--B--+\n |     |  |\n:::::::%::::\n |     |  |\n C--D--E--F", ""},
		{"a motorway without a subway", " A--P--B--+\n |     |  |\n============\n |     |  |\n C--D--E--F", "CDEF"},
		{"a motorway with a subway", " A--P--B--+\n |     |  |\n=%==========\n |     |  |\n C--D--E--F", ""},
		{"a road that nobody may walk", " A--P--B--+\n x     x  x\n x     x  x\n x     x  x\n C--D--E--F", "CDEF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			after, lost := walks(village.MustParse(c.drawing)), ""
			for _, l := range "ABCDEF" {
				if after[l] < before[l] {
					t.Errorf("to %c: %d ms, %d without what parts them\n%s", l, after[l], before[l], c.drawing)
				}
				if after[l] == walk.Never {
					lost += string(l)
				}
			}
			if lost != c.lost {
				t.Errorf("lost %q, want %q\n%s", lost, c.lost, c.drawing)
			}
		})
	}
}
