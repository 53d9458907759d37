package walk_test

import (
	"math"
	"strings"
	"testing"

	"hubreach/internal/source"
	"hubreach/internal/walk"
)

// tags reads "highway=path foot=no".
func tags(s string) source.Tags {
	t := source.Tags{}
	for _, f := range strings.Fields(s) {
		k, v, _ := strings.Cut(f, "=")
		t[k] = v
	}
	return t
}

func TestAccess(t *testing.T) {
	const wheels = "pushchair wheelchair"
	for _, c := range []struct {
		tags    string
		reason  string
		barred  string // profiles
		private bool
	}{
		{"highway=residential", "", "", false},
		{"highway=footway", "", "", false},
		{"highway=bridleway", "", "", false},
		{"highway=corridor indoor=yes", "", "", false},
		{"highway=trunk", "highway=trunk", "", false},
		{"highway=trunk sidewalk=left", "", "", false},
		{"highway=trunk sidewalk=separate", "", "", false},
		{"highway=trunk sidewalk=no", "highway=trunk", "", false},
		{"highway=trunk sidewalk:left=yes", "", "", false},
		{"highway=trunk foot=yes", "", "", false},
		{"highway=trunk motorroad=yes sidewalk=both", "motorroad=yes", "", false},
		{"highway=motorway foot=yes", "highway=motorway", "", false},
		{"highway=primary sidewalk=no", "", "", false},
		{"highway=primary sidewalk=separate", "", "", false},
		{"highway=primary foot=use_sidepath", "foot=use_sidepath", "", false},
		{"highway=construction", "highway=construction", "", false},
		{"highway=proposed foot=yes", "highway=proposed", "", false},
		{"highway=busway", "highway=busway", "", false},
		{"highway=busway foot=yes", "", "", false},
		{"highway=anything", "highway: other value", "", false},
		{"highway=anything foot=designated", "", "", false},
		{"waterway=river", "no highway", "", false},
		{"route=ferry foot=yes", "route=ferry", "", false},
		{"railway=platform", "", "", false},
		{"public_transport=platform", "", "", false},
		{"man_made=pier", "", "", false},
		{"highway=footway access=no", "access=no", "", false},
		{"highway=footway access=no foot=yes", "", "", false},
		{"highway=path access=yes foot=no", "foot=no", "", false},
		{"highway=service access=private", "", "", true},
		{"highway=service access=private foot=permissive", "", "", false},
		{"highway=service access=private foot=unknown", "", "", false},
		{"highway=service access=destination", "", "", false},
		{"highway=service foot=destination", "", "", true},
		{"highway=service access=customers", "", "", true},
		{"highway=track access=agricultural", "access=agricultural", "", false},
		{"highway=track access=forestry;private", "access=forestry", "", false},
		{"highway=track access=something", "", "", false},
		{"highway=steps", "", wheels, false},
		{"highway=steps ramp:wheelchair=yes", "", "", false},
		{"highway=steps conveying=yes ramp:wheelchair=yes", "", wheels, false},
		{"highway=footway conveying=forward", "", "", false},
		{"highway=path smoothness=impassable", "", wheels, false},
		{"highway=path stroller=no", "", wheels, false},
		{"highway=path wheelchair=no", "", "wheelchair", false},
		{"highway=path width=0.89", "", "wheelchair", false},
		{"highway=path width=0.9", "", "", false},
		{"highway=path width=90 width=narrow", "", "", false},
		{"highway=residential ford=yes", "", wheels, false},
		{"highway=residential lit=no", "", "", false},
		{"", "no highway", "", false},
	} {
		reason, barred, private := walk.Judge(tags(c.tags), walk.Profiles())
		if got := strings.Join(barred, " "); reason != c.reason || got != c.barred || private != c.private {
			t.Errorf("%s: barred by %q, to %q, private %v; want %q, %q, %v", c.tags, reason, got, private, c.reason, c.barred, c.private)
		}
	}
}

func TestGates(t *testing.T) {
	const all, wheels = "adult pushchair wheelchair young_person", "pushchair wheelchair"
	for _, c := range []struct{ tags, want string }{
		{"", ""},
		{"barrier=gate", ""},
		{"barrier=bollard", ""},
		{"barrier=gate access=no", all},
		{"barrier=gate access=no foot=yes", ""},
		{"barrier=gate locked=yes", all},
		{"barrier=gate foot=no", all},
		{"barrier=gate access=private", ""}, // what lies behind it decides: see TestWalks
		{"highway=crossing access=no", ""},
		{"barrier=stile", wheels},
		{"barrier=kissing_gate", wheels},
		{"barrier=kissing_gate wheelchair=yes", ""},
		{"barrier=kissing_gate stroller=yes", "wheelchair"},
		{"barrier=gate wheelchair=no", "wheelchair"},
		{"barrier=gate stroller=no", "pushchair"},
		{"barrier=cycle_barrier maxwidth:physical=0.8", wheels},
		{"barrier=bollard maxwidth:physical=0.8", "wheelchair"},
		{"barrier=kerb kerb=raised", wheels},
		{"barrier=kerb kerb=lowered", ""},
		{"barrier=kerb", ""},
	} {
		if got := strings.Join(walk.Stopped(tags(c.tags), walk.Profiles()), " "); got != c.want {
			t.Errorf("%s stops %q, want %q", c.tags, got, c.want)
		}
	}
}

func TestParseMetres(t *testing.T) {
	const tol = 1e-9
	for _, c := range []struct {
		text string
		want float64
	}{
		{"0.9", 0.9}, {"0.9 m", 0.9}, {" 1m ", 1}, {"90 cm", 0.9}, {"3'", 0.9144}, {`2'6"`, 0.762}, {"1000", 1000},
		{"", 0}, {"narrow", 0}, {"-1", 0}, {"0", 0}, {"1000.1", 0}, {"NaN", 0}, {"Inf", 0}, {"1e400", 0}, {"'", 0}, {"m", 0}, {"1;2", 0},
	} {
		if got := walk.ParseMetres(c.text); math.Abs(got-c.want) > tol {
			t.Errorf("%q: %v m, want %v", c.text, got, c.want)
		}
	}
}

func FuzzParseMetres(f *testing.F) {
	for _, s := range []string{"0.9", "90 cm", `2'6"`, "1e3", "'", "0x1p-2 m"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if m := walk.ParseMetres(s); !(m >= 0 && m <= 1000) {
			t.Errorf("%q: %v m, want 0 to 1000", s, m)
		}
	})
}

// FuzzBuild makes streets of bytes, three a way: two node numbers and a kind,
// and compares every walk with the plain search.
func FuzzBuild(f *testing.F) {
	f.Add([]byte{1, 2, 0, 2, 3, 1, 3, 4, 2, 4, 1, 3})
	f.Add([]byte{1, 1, 0, 1, 2, 6, 2, 1, 6, 2, 3, 6, 3, 1, 0})
	f.Add([]byte{1, 2, 0, 2, 3, 6, 3, 4, 6, 4, 5, 0, 1, 5, 0, 9, 9, 4})
	kinds := []string{
		"highway=residential", "highway=steps", "highway=footway oneway:foot=yes", "highway=footway oneway:foot=-1",
		"highway=path width=0.5", "highway=motorway", "highway=service access=private",
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s source.Streets
		for i := 0; i+2 < min(len(data), 90); i += 3 {
			kind := int(data[i+2])
			s.Ways = append(s.Ways, source.Way{ID: int64(i), Nodes: []int64{int64(data[i] % 16), int64(data[i+1] % 16), int64(data[i+2] % 16)}, Tags: tags(kinds[kind%len(kinds)])})
		}
		for n := range int64(14) { // two are missing; some gates
			node := source.Node{ID: n, At: [2]float64{float64(n*n%13) * 40, float64(n*5%11) * 30}}
			if len(data) > int(n) && data[n] > 200 {
				node.Tags = tags([]string{"barrier=stile", "barrier=gate access=no", "barrier=gate access=private"}[data[n]%3])
			}
			s.Nodes = append(s.Nodes, node)
		}
		newEquality(t, s, flat{}).compareAll(t)
	})
}
