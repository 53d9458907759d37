package estate_test

import (
	"math"
	"testing"

	"hubreach/internal/estate"
)

// Each number to the nearest five, and none over 0 and under five.
func TestRound(t *testing.T) {
	for _, tt := range []struct {
		name               string
		lost, base, people float64
		hidden             bool
	}{
		{"nobody", 0, 5, 0, false},
		{"the rounding of sums", 1e-9, 5, 0, false},
		{"small", 4.99, 5, 0, true},
		{"exactly the base", 5, 5, 5, false},
		{"down", 7.49, 5, 5, false},
		{"a half goes up", 7.5, 5, 10, false},
		{"to ten", 14, 10, 10, false},
		{"as it is", 4.99, 0, 4.99, false},
	} {
		p := estate.Round([]estate.LoserRow{row("district", "a", 100, tt.lost, 0)}, tt.base)[0]
		if p.Lost.People != tt.people || p.Lost.Suppressed != tt.hidden || (p.ExtraMin == 0) != tt.hidden {
			t.Errorf("%s: %+v, want %g lost, hidden %t, and the extra walk with it", tt.name, p, tt.people, tt.hidden)
		}
	}
}

// Subtracting two answers tells no small number: whatever is shown of both, the
// true difference may be off by the base either way, so that a difference of 1 to
// 4 people is never told from none.
func TestRoundedAnswersCannotBeSubtracted(t *testing.T) {
	const base = 5
	shown := map[float64][2]float64{} // difference shown: the least and the most that it is true of
	for first := 5.0; first < 60; first += 0.25 {
		for more := 0.0; more < base; more += 0.25 {
			a := estate.Round([]estate.LoserRow{row("age", "0-4", 100, first, 0)}, base)[0].Lost.People
			b := estate.Round([]estate.LoserRow{row("age", "0-4", 100, first+more, 0)}, base)[0].Lost.People
			span, ok := shown[b-a]
			if !ok {
				span = [2]float64{math.Inf(1), 0}
			}
			shown[b-a] = [2]float64{min(span[0], more), max(span[1], more)}
		}
	}
	for difference, span := range shown {
		if room := span[1] - span[0]; room < base-0.5 {
			t.Errorf("a difference of %g shown: it is %g to %g, want room for almost %d people", difference, span[0], span[1], base)
		}
	}
}
