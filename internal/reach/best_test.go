package reach_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/reach"
)

func TestBestByHand(t *testing.T) {
	// Point 0 is reached by four places, point 1 by two as near as each other,
	// point 2 by none.
	perPlace := [][]reach.Time{
		{{Point: 0, Millis: 400}, {Point: 1, Millis: 50}},
		{{Point: 0, Millis: 300}, {Point: 1, Millis: 50}},
		{{Point: 0, Millis: 200}},
		{{Point: 0, Millis: 100}},
		nil,
	}
	b := reach.NewBest(3, perPlace)
	top := func(point int) []int32 {
		var out []int32
		for _, p := range b.Top(point) {
			out = append(out, p.Place)
		}
		return out
	}
	want := func(when string, points ...[]int32) {
		t.Helper()
		for p, w := range points {
			if diff := cmp.Diff(w, top(p)); diff != "" {
				t.Errorf("%s: point %d (-want +got):\n%s", when, p, diff)
			}
		}
	}
	want("at first", []int32{3, 2, 1}, []int32{0, 1}, nil)
	if b.Within(0) != 4 || b.Within(2) != 0 {
		t.Errorf("places within: %d and %d, want 4 and 0", b.Within(0), b.Within(2))
	}
	none := reach.PlaceTime{Place: -1, Millis: reach.NoWalk}
	got := b.Close(3)
	if diff := cmp.Diff([]reach.Change{{Point: 0, Was: reach.PlaceTime{Place: 3, Millis: 100}, Is: reach.PlaceTime{Place: 2, Millis: 200}}}, got); diff != "" {
		t.Errorf("close 3 (-want +got):\n%s", diff)
	}
	want("3 closed", []int32{2, 1, 0}, []int32{0, 1}, nil)
	if got := b.Close(1); len(got) != 0 {
		t.Errorf("close 1: %v, want nobody's nearest to change", got)
	}
	b.Close(0)
	want("3, 1 and 0 closed", []int32{2}, nil, nil)
	got = b.Open(7, []reach.Time{{Point: 0, Millis: 200}, {Point: 2, Millis: 9}})
	if diff := cmp.Diff([]reach.Change{{Point: 2, Was: none, Is: reach.PlaceTime{Place: 7, Millis: 9}}}, got); diff != "" {
		t.Errorf("open 7 (-want +got):\n%s", diff)
	}
	want("7 opened", []int32{2, 7}, nil, []int32{7})
	if b.IsOpen(5) || b.IsOpen(-1) || b.IsOpen(99) || !b.IsOpen(7) {
		t.Error("5, -1 and 99 are open, or 7 is not")
	}
	if b.Close(5) != nil || b.Close(99) != nil {
		t.Error("closing what is not open changes something")
	}
	other := b.Clone()
	other.Close(7)
	want("7 closed in a clone", []int32{2, 7}, nil, []int32{7})
}

func TestBestOpensOnce(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("opening an open place: want a panic")
		}
	}()
	reach.NewBest(0, [][]reach.Time{nil}).Open(0, nil)
}

// TestBestEqualsRecompute opens and closes random places: after each step all is
// as if it had been made anew from the open places, and the changes are exactly
// the points whose nearest differs.
func TestBestEqualsRecompute(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 9))
		points, places := 1+rng.IntN(60), 1+rng.IntN(12)
		// Few different times, so that there are ties.
		draw := func() []reach.Time {
			var out []reach.Time
			for p := range points {
				if rng.IntN(3) > 0 {
					out = append(out, reach.Time{Point: int32(p), Millis: uint32(rng.IntN(6))})
				}
			}
			return out
		}
		now := make([][]reach.Time, places)
		open := make([]bool, places)
		for i := range now {
			now[i], open[i] = draw(), true
		}
		b := reach.NewBest(points, now)
		for step := range 40 {
			place := rng.IntN(places + 2)
			for place >= len(now) {
				now, open = append(now, nil), append(open, false)
			}
			before := reach.NewBest(points, now)
			var changes []reach.Change
			if open[place] {
				now[place], open[place] = nil, false
				changes = b.Close(int32(place))
			} else {
				now[place], open[place] = draw(), true
				changes = b.Open(int32(place), now[place])
			}
			after := reach.NewBest(points, now)
			var want []reach.Change
			for p := range points {
				if !slices.Equal(b.Top(p), after.Top(p)) || b.Within(p) != after.Within(p) {
					t.Fatalf("seed %d, step %d, point %d: %v of %d, want %v of %d", seed, step, p, b.Top(p), b.Within(p), after.Top(p), after.Within(p))
				}
				c := reach.Change{Point: int32(p), Was: first(before.Top(p)), Is: first(after.Top(p))}
				if c.Was != c.Is {
					want = append(want, c)
				}
			}
			if diff := cmp.Diff(want, changes); diff != "" {
				t.Fatalf("seed %d, step %d: changes (-want +got):\n%s", seed, step, diff)
			}
		}
	}
}

func first(top []reach.PlaceTime) reach.PlaceTime {
	if len(top) == 0 {
		return reach.PlaceTime{Place: -1, Millis: reach.NoWalk}
	}
	return top[0]
}
