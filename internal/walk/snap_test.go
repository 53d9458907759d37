package walk_test

import (
	"errors"
	"math"
	"testing"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// off returns the place d metres east and north of a place.
func (b built) off(place rune, east, north float64) geo.Grid {
	p := b.At(place)
	return geo.Grid{p[0] + east, p[1] + north}
}

func TestSnap(t *testing.T) {
	street := "A---B"
	river := "A---B\n\n~~~~~\n\nC---D"
	for _, c := range []struct {
		name        string
		drawing     string
		islandNodes int
		place       rune
		east, north float64
		metres      geo.Metres
		reason      walk.Refusal
	}{
		{"on the street", street, 0, 'A', 60, 0, 0, 0},
		{"beside the street", street, 0, 'A', 60, 30, 30, 0},
		{"past its end", street, 0, 'B', 30, 40, 50, 0}, // 3-4-5
		{"exactly 500 m", street, 0, 'B', 300, 400, 500, 0},
		{"500 m and a millimetre", street, 0, 'B', 500.001, 0, 500.001, walk.TooFar},
		{"near enough to 500 m to be the same millimetre", street, 0, 'B', 500.0004, 0, 500, 0},
		{"not over a river while another street is nearer than the limit", river, 0, 'A', 60, -80, 80, 0}, // C-D is at 120 m
		{"not over a river to a nearer street", "A---B\n\n\n~~~~~\nC---D", 0, 'C', 60, 70, 130, 0},        // the river is 50 m from C-D, A-B 130 m from the door
		{"only a street over a river", "A---B\n\n~~~~~", 0, 'A', 60, -130, 130, walk.Across},
		{"only a street over a railway", "A---B\n\n:::::", 0, 'A', 60, -130, 130, walk.Across},
		{"only a street over a motorway", "A---B\n\n=====", 0, 'A', 60, -130, 130, walk.Across},
		{"on the bank", "A---B\n\n~~~~~", 0, 'A', 60, -100, 100, 0},
		{"an island is passed over", "    +\n    |\nA---+---B\n\nC--D", 3, 'C', 50, -20, 120, 0},
		{"nothing but an island within 500 m", "    +\n    |\nA---+---B\n\n\n\n\n\n\n\n\n\n\nC--D", 3, 'C', 50, -20, 20, walk.OnIsland},
		{"the largest piece is no island", street, 20, 'A', 60, 30, 30, 0},
		{"no streets", "A", 0, 'A', 0, 0, geo.Unreachable, walk.NoStreets},
		{"not a number", street, 0, 'A', math.NaN(), 0, geo.Unreachable, walk.OffGrid},
		{"infinitely far", street, 0, 'A', math.Inf(1), 0, geo.Unreachable, walk.OffGrid},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := buildWith(t, c.drawing, func(p *walk.Params) { p.IslandNodes = c.islandNodes })
			links, err := b.g.Snap(b.off(c.place, c.east, c.north))
			var refused *walk.SnapError
			switch {
			case c.reason == 0 && err != nil:
				t.Fatalf("refused: %v\n%s", err, c.drawing)
			case c.reason == 0 && math.Abs(float64(links[0].Metres-c.metres)) > 0.001:
				t.Errorf("link of %v m, want %v m\n%s", links[0].Metres, c.metres, c.drawing)
			case c.reason != 0 && !errors.As(err, &refused):
				t.Errorf("links %+v, want %v\n%s", links, c.reason, c.drawing)
			case c.reason != 0 && (refused.Reason != c.reason || math.Abs(float64(refused.Metres-c.metres)) > 0.001):
				t.Errorf("refused: %v, want %v at %v m\n%s", err, c.reason, c.metres, c.drawing)
			}
		})
	}
}

// TestSnapLinks counts the links of a door beside steps: one to the steps and
// one to the nearest street that a pushchair may use.
func TestSnapLinks(t *testing.T) {
	b := build(t, "A-##-B")
	links, err := b.g.Snap(b.off('A', 125, 10)) // beside the middle of the steps, 50 m from either street
	if err != nil {
		t.Fatal(err)
	}
	if len(links) != 2 || links[0].Metres != 10 {
		t.Fatalf("links %+v, want two, the nearest 10 m long", links)
	}
	// By pushchair the door is hypot(50, 10) m from the street's end, and 75 m of
	// street from A or B. 1 ms to the millimetre.
	want := uint32(math.Round(math.Hypot(50, 10)*1000)) + 75_000
	s := b.g.NewSearch(1)
	place := 'A'
	if links[1].At(b.g)[0] > b.off('A', 125, 0)[0] {
		place = 'B'
	}
	to, err := b.g.Snap(b.At(place))
	if err != nil {
		t.Fatal(err)
	}
	s.Run(to, walk.Towards, hour)
	if got := s.Door(links); got != want {
		t.Errorf("with a pushchair to %c: %d ms, want %d", place, got, want)
	}
	if _, err := b.g.Open(1, b.At('A'), links[:1]); !isRefused(err, walk.NotOpen) {
		t.Errorf("a pushchair on the steps: %v, want %v", err, walk.NotOpen)
	}
}

func isRefused(err error, reason walk.Refusal) bool {
	var refused *walk.SnapError
	return errors.As(err, &refused) && refused.Reason == reason
}

func TestSnapPrivate(t *testing.T) {
	b := build(t, "A-pCp-B")
	links, err := b.g.Snap(b.At('C'))
	if err != nil {
		t.Fatal(err)
	}
	if !links[0].Private {
		t.Errorf("link %+v: want private", links[0])
	}
	links, err = b.g.Snap(b.At('A'))
	if err != nil {
		t.Fatal(err)
	}
	if links[0].Private {
		t.Errorf("link %+v: want public", links[0])
	}
}
