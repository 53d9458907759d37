package reach_test

import (
	"math"
	"testing"

	"hubreach/internal/reach"
)

func TestMedianMinutes(t *testing.T) {
	const minute = 60_000
	for _, tc := range []struct {
		name string
		ws   []reach.Weighted
		all  float64
		want float64
	}{
		{"nobody", nil, 0, math.NaN()},
		{"one", []reach.Weighted{{Millis: 9 * minute, Weight: 1}}, 1, 9},
		{"exactly half is not more than half", []reach.Weighted{{Millis: 20 * minute, Weight: 0.5}, {Millis: 10 * minute, Weight: 0.5}}, 1, 20},
		{"more than half", []reach.Weighted{{Millis: 20 * minute, Weight: 0.4}, {Millis: 10 * minute, Weight: 0.6}}, 1, 10},
		{"half without a walk", []reach.Weighted{{Millis: reach.NoWalk, Weight: 0.5}, {Millis: 10 * minute, Weight: 0.5}}, 1, math.NaN()},
		{"half who are not counted", []reach.Weighted{{Millis: 10 * minute, Weight: 50}}, 100, math.NaN()},
		{"less than half who are not counted", []reach.Weighted{{Millis: 10 * minute, Weight: 51}}, 100, 10},
		// 0.1 three times is a little over 0.3, and no more than half of 0.6.
		{"rounding", []reach.Weighted{{Millis: 1 * minute, Weight: 0.1}, {Millis: 1 * minute, Weight: 0.1}, {Millis: 1 * minute, Weight: 0.1}, {Millis: 2 * minute, Weight: 0.3}}, 0.6, 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := reach.MedianMinutes(tc.ws, tc.all)
			if got != tc.want && !(math.IsNaN(got) && math.IsNaN(tc.want)) {
				t.Errorf("MedianMinutes(%v, %g) = %g, want %g", tc.ws, tc.all, got, tc.want)
			}
		})
	}
}
