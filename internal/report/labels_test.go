package report_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"hubreach/internal/report"
)

func TestLabels(t *testing.T) {
	const side = 400
	middle := [2]int{200, 200}
	for _, tt := range []struct {
		name      string
		names     []string
		residents []float64
		warrants  []bool
		at        [][2]int
		marks     [][2]int
		want      []string // in the order of placing
		centred   bool     // the first is over its town
	}{
		{"alone, over its town", []string{"Margate"}, []float64{7e4}, []bool{false}, [][2]int{middle}, nil, []string{"Margate"}, true},
		{"beside a site", []string{"Margate"}, []float64{7e4}, []bool{false}, [][2]int{middle}, [][2]int{middle}, []string{"Margate"}, false},
		{"a town that warrants a building goes first", []string{"Margate", "Deal"}, []float64{7e4, 6000}, []bool{false, true}, [][2]int{middle, middle}, nil, []string{"Deal", "Margate"}, true},
		{"a town off the picture has no name", []string{"Calais"}, []float64{7e4}, []bool{false}, [][2]int{{900, 200}}, nil, nil, false},
		{"a name wider than the picture is left out", []string{fmt.Sprintf("%060d", 0)}, []float64{7e4}, []bool{false}, [][2]int{middle}, nil, nil, false},
	} {
		got := report.Labels(tt.names, tt.residents, tt.warrants, tt.at, side, tt.marks)
		var names []string
		for _, l := range got {
			names = append(names, l.Text)
		}
		if !slices.Equal(names, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, names, tt.want)
			continue
		}
		if len(got) > 0 {
			l := got[0]
			over := l.X0 < middle[0] && middle[0] < l.X1 && l.Y0 < middle[1] && middle[1] < l.Y1
			if over != tt.centred {
				t.Errorf("%s: the name at %v is over its town: %t, want %t", tt.name, l, over, tt.centred)
			}
		}
	}
}

// Names never lie over one another, nor over the edge.
func TestLabelsKeepApart(t *testing.T) {
	const seed, side, n = 3, 500, 200
	random := rand.New(rand.NewPCG(seed, seed))
	var names []string
	var residents []float64
	var warrants []bool
	var at, marks [][2]int
	for i := range n {
		names = append(names, fmt.Sprint("Town", i))
		residents = append(residents, float64(random.IntN(90_000)))
		warrants = append(warrants, random.IntN(10) == 0)
		at = append(at, [2]int{random.IntN(side), random.IntN(side)})
		marks = append(marks, [2]int{random.IntN(side), random.IntN(side)})
	}
	placed := report.Labels(names, residents, warrants, at, side, marks)
	if len(placed) < 50 {
		t.Errorf("%d of %d names placed, want 50 at least", len(placed), n)
	}
	for i, a := range placed {
		if a.X0 < 0 || a.Y0 < 0 || a.X1 > side || a.Y1 > side {
			t.Errorf("%v is over the edge", a)
		}
		for _, b := range placed[:i] {
			if a.X0 < b.X1 && b.X0 < a.X1 && a.Y0 < b.Y1 && b.Y0 < a.Y1 {
				t.Errorf("%v lies over %v", a, b)
			}
		}
	}
}

func TestScaleBar(t *testing.T) {
	// The ground is 1140 pixels wide, or 860 high, whichever is reached first.
	for _, tt := range []struct {
		width, height, metres float64
		pixels                int
	}{
		{98_000, 61_000, 10_000, 116}, // Kent: 1140 / 98 km x 10 km
		{22_000, 16_000, 2000, 104},   // Newport: 1140 / 22 km x 2 km
		{80_000, 100_000, 20_000, 172},
		{1140, 860, 200, 200}, // a pixel a metre: 200 exactly is not too long
		{1100, 800, 100, 104}, // 1140 / 1100 pixels a metre: 200 m would be 207 pixels
		{0, 0, 1, 860},        // no ground: a metre fills the picture
	} {
		metres, pixels := report.ScaleBar(tt.width, tt.height)
		if metres != tt.metres || pixels != tt.pixels {
			t.Errorf("ground of %g by %g m: a bar of %g m, %d pixels, want %g m, %d pixels", tt.width, tt.height, metres, pixels, tt.metres, tt.pixels)
		}
	}
}
