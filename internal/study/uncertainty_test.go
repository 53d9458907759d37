package study_test

import (
	"context"
	"math"
	"testing"

	"hubreach/internal/study"
)

func TestUncertaintyOfTheSmallCounty(t *testing.T) {
	r, err := runSmall(small)
	if err != nil {
		t.Fatal(err)
	}
	u, err := r.Uncertainty(context.Background(), study.Env{})
	if err != nil {
		t.Fatal(err)
	}
	// Each area's one point is its middle, so every point method covers 600 of 800
	// by hub A alone. By ground, hub A reaches a circle of 1,600 / 1.3 = 1,231 m
	// around (500, 500): all of A, whose corner is 707 m away, and of each other
	// square what the circle takes in, by numerical integration: 0.7135 of B and
	// C, 0.2437 of D. That is 200 x (1 + 2 x 0.7135 + 0.2437) = 534.
	one := u.Options[1].Covered
	want := map[string]float64{"points": 600, "centroid": 600, "areal": 534}
	for _, m := range one.Methods {
		const corners = 8 // people: the circle is drawn with corners, inside the true one
		if math.Abs(m.People-want[m.Method]) > corners {
			t.Errorf("%s: %f, want %f", m.Method, m.People, want[m.Method])
		}
		delete(want, m.Method)
	}
	if len(want) > 0 {
		t.Errorf("methods %+v lack %v", one.Methods, want)
	}
	if one.Hard.Lo != 600 || one.Hard.Hi != 600 || one.Soft.Lo != 600 || one.Soft.Hi != 600 {
		t.Errorf("hard %+v, soft %+v; want 600 in both, every area is wholly in or out", one.Hard, one.Soft)
	}
	if len(u.Pairs) != 1 || u.Pairs[0].A != 0 || u.Pairs[0].B != 1 || u.Pairs[0].Differences[0].People != -200 || u.Pairs[0].Differences[0].Tie {
		t.Errorf("pairs %+v, want the second option 200 people short of the first, and no tie", u.Pairs)
	}
}

// The study's own way and the method band on real Kent.
func TestUncertaintyKent(t *testing.T) {
	r := kent(t)
	u, err := r.Uncertainty(context.Background(), study.Env{})
	if err != nil {
		t.Fatal(err)
	}
	for k, o := range r.Options {
		c := u.Options[k].Covered
		t.Logf("%s: %.0f, hard %.0f to %.0f, method %v, soft %.0f to %.0f", o.Option.ID, c.People, c.Hard.Lo, c.Hard.Hi, c.Methods, c.Soft.Lo, c.Soft.Hi)
		if math.Abs(c.People-o.Covered) > 1e-6 || !c.Hard.Contains(c.Method.Lo) && c.Methods[2].Method != study.ByOverlay || c.Method.Hi-c.Method.Lo > 0.1*c.People {
			t.Errorf("%s: %+v, want %f with a method band under a tenth of it", o.Option.ID, c, o.Covered)
		}
	}
	for _, p := range u.Pairs {
		t.Log(p.Differences[0].Words)
	}
}
