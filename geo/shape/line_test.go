package shape_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo/shape"
)

func TestSimplifyLine(t *testing.T) {
	for _, tt := range []struct {
		name      string
		line      []shape.Spot
		tolerance float64
		want      []shape.Spot
	}{
		{"two spots", []shape.Spot{{0, 0}, {9, 9}}, 5, []shape.Spot{{0, 0}, {9, 9}}},
		{"on the way", []shape.Spot{{0, 0}, {5, 0}, {9, 0}}, 0, []shape.Spot{{0, 0}, {9, 0}}},
		{"exactly the tolerance aside goes", []shape.Spot{{0, 0}, {5, 5}, {10, 0}}, 5, []shape.Spot{{0, 0}, {10, 0}}},
		{"more stays", []shape.Spot{{0, 0}, {5, 6}, {10, 0}}, 5, []shape.Spot{{0, 0}, {5, 6}, {10, 0}}},
		{"past the end counts to the end", []shape.Spot{{0, 0}, {20, 0}, {10, 0}}, 5, []shape.Spot{{0, 0}, {20, 0}, {10, 0}}},
		{"before the start counts to the start", []shape.Spot{{0, 0}, {-8, 0}, {10, 0}}, 5, []shape.Spot{{0, 0}, {-8, 0}, {10, 0}}},
		{"a ring keeps three", []shape.Spot{{0, 0}, {3, 0}, {3, 3}, {0, 3}, {0, 0}}, 99, []shape.Spot{{0, 0}, {3, 0}, {3, 3}, {0, 0}}},
		{"a ring whose far spot is first", []shape.Spot{{0, 0}, {9, 9}, {5, 9}, {1, 4}, {0, 0}}, 99, []shape.Spot{{0, 0}, {9, 9}, {5, 9}, {0, 0}}},
	} {
		if diff := cmp.Diff(tt.want, shape.SimplifyLine(tt.line, tt.tolerance)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
