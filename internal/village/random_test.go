package village_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/source"
	"hubreach/internal/village"
)

// sound says what breaks the rules that source.Streets sets, or nothing.
func sound(s source.Streets) string {
	known := make(map[int64]bool)
	used := make(map[int64]bool)
	for i, n := range s.Nodes {
		known[n.ID] = true
		if i > 0 && s.Nodes[i-1].ID >= n.ID {
			return fmt.Sprintf("nodes %d and %d are out of order", s.Nodes[i-1].ID, n.ID)
		}
	}
	for _, ws := range [][]source.Way{s.Ways, s.Barriers} {
		if !slices.IsSortedFunc(ws, func(a, b source.Way) int { return int(a.ID - b.ID) }) {
			return "ways are out of order"
		}
		for _, w := range ws {
			if len(w.Nodes) < 2 || len(w.Tags) == 0 {
				return fmt.Sprintf("way %v is no way", w)
			}
			for i, n := range w.Nodes {
				used[n] = true
				if !known[n] || i > 0 && w.Nodes[i-1] == n {
					return fmt.Sprintf("way %v at node %d", w, n)
				}
			}
		}
	}
	if len(used) != len(known) || s.Missing != 0 {
		return fmt.Sprintf("%d nodes, %d used, %d missing", len(known), len(used), s.Missing)
	}
	return ""
}

func TestRandom(t *testing.T) {
	places, ways, rivers := 0, 0, 0
	for seed := range uint64(300) {
		w, h := int(seed%45), int(seed/9)
		v := village.Random(seed, w, h)
		s := v.Streets()
		if fault := sound(s); fault != "" {
			t.Fatalf("seed %d, %d by %d: %s\n%s", seed, w, h, fault, v)
		}
		if again := village.Random(seed, w, h); v.String() != again.String() {
			t.Fatalf("seed %d, %d by %d: another village the second time", seed, w, h)
		}
		places, ways, rivers = places+len(v.Places()), ways+len(s.Ways), rivers+len(s.Barriers)
	}
	if places < 1000 || ways < 1000 || rivers < 300 {
		t.Errorf("300 villages have %d places, %d ways, %d barriers: hardly villages", places, ways, rivers)
	}
}

// The drawing of a village is the village.
func TestRandomDrawnAgain(t *testing.T) {
	for seed := range uint64(50) {
		v := village.Random(seed, 30, 20)
		again := village.MustParse(v.String())
		if diff := cmp.Diff(v.Streets(), again.Streets()); diff != "" {
			t.Fatalf("seed %d: its drawing is another village (-want +got):\n%s\n%s", seed, diff, v)
		}
	}
}

func ExampleRandom() {
	fmt.Print(village.Random(1, 20, 10))
	// Output:
	// .     ~  ~
	// . I G-~-C~-KxD-L
	// .     ~ |~   | |
	// .     ~ |~   | |
	// .     ~ |~   | |
	// .     ~ |~   | |
	// . M-B ~ J~-E A-F
	// .     ~  ~
	// .     ~  ~
	// .     ~  ~
}

func FuzzParse(f *testing.F) {
	f.Add("A---B\n|   ~\nD   E")
	f.Add("\t  ~\n\tA-%-B\n\t  ~")
	f.Add("A#%%c>+<^v\r\n:~:gH=")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		v, err := village.Parse(text)
		if err != nil {
			return
		}
		if fault := sound(v.Streets()); fault != "" {
			t.Errorf("%q: %s", text, fault)
		}
		again, err := village.Parse(v.String())
		if err != nil || again.String() != v.String() {
			t.Errorf("%q: its drawing %q is read as %v, %v", text, v.String(), again, err)
		}
	})
}
