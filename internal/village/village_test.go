package village_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/village"
)

// A ground is a village with its nodes back on the grid.
type ground struct {
	*village.Village
	streets source.Streets
	at      map[int64]geo.Grid
}

func lay(t *testing.T, v *village.Village) ground {
	t.Helper()
	j, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	g := ground{v, v.Streets(), make(map[int64]geo.Grid)}
	for _, n := range g.streets.Nodes {
		if g.at[n.ID], err = j.ToGrid(geo.LonLat(n.At)); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// length is that of the ways that f keeps.
func (g ground) length(ways []source.Way, f func(source.Tags) bool) geo.Metres {
	var sum geo.Metres
	for _, w := range ways {
		if !f(w.Tags) {
			continue
		}
		for i := 1; i < len(w.Nodes); i++ {
			sum += g.at[w.Nodes[i-1]].Distance(g.at[w.Nodes[i]])
		}
	}
	return sum
}

// near reports whether two lengths are the same to a centimetre, which is what
// the package promises for a cell.
func near(a, b geo.Metres) bool { return math.Abs(float64(a-b)) <= 0.01 }

func all(source.Tags) bool { return true }

// The drawing of the package comment.
func TestDrawing(t *testing.T) {
	g := lay(t, village.MustParse(`
		A---B---C
		|   ~
		D   E
	`))
	if got := string(g.Places()); got != "ABCDE" {
		t.Errorf("Places() = %q, want ABCDE", got)
	}
	for _, tt := range []struct {
		from, to    rune
		east, south float64 // metres
	}{
		{'A', 'B', 4 * 50, 0}, {'A', 'C', 8 * 50, 0}, {'A', 'D', 0, 2 * 50}, {'A', 'E', 4 * 50, 2 * 50},
	} {
		p, q := g.At(tt.from), g.At(tt.to)
		if q[0]-p[0] != tt.east || p[1]-q[1] != tt.south {
			t.Errorf("%c is %v east and %v south of %c, want %v and %v", tt.to, q[0]-p[0], p[1]-q[1], tt.from, tt.east, tt.south)
		}
	}
	if g.At('A') != village.Origin {
		t.Errorf("A is at %v, want the origin, %v", g.At('A'), village.Origin)
	}
	for _, place := range "ABCD" {
		if at, ok := g.at[g.Node(place)]; !ok || !near(at.Distance(g.At(place)), 0) {
			t.Errorf("the node of %c is at %v (%v), want %v", place, at, ok, g.At(place))
		}
	}
	if _, ok := g.at[g.Node('E')]; ok {
		t.Error("E has a node in Streets, though nothing leads to it")
	}
	// A to C is one way through B, A to D another.
	if len(g.streets.Ways) != 2 || !near(g.length(g.streets.Ways, all), 8*50+2*50) {
		t.Errorf("%d ways of %v m, want 2 of 500", len(g.streets.Ways), g.length(g.streets.Ways, all))
	}
}

// Each symbol for a line has its tags, across and up-down, and its length.
func TestLines(t *testing.T) {
	for _, tt := range []struct {
		across, upDown string
		tags           source.Tags
	}{
		{"-", "|", source.Tags{"highway": "residential"}},
		{"=", "H", source.Tags{"highway": "motorway"}},
		{">", "v", source.Tags{"highway": "footway", "oneway:foot": "yes"}},
		{"<", "^", source.Tags{"highway": "footway", "oneway:foot": "yes"}},
		{"#", "#", source.Tags{"highway": "steps"}},
		{"p", "p", source.Tags{"highway": "service", "service": "driveway", "access": "private"}},
		{"c", "c", source.Tags{"highway": "cycleway"}},
		{"f", "f", source.Tags{"route": "ferry", "foot": "yes"}},
		{"x", "x", source.Tags{"highway": "secondary", "foot": "no"}},
		{"t", "t", source.Tags{"highway": "trunk", "sidewalk": "no"}},
		{"r", "r", source.Tags{"highway": "track", "tracktype": "grade5", "surface": "mud"}},
		{"i", "i", source.Tags{"highway": "path", "width": "0.6"}},
		{"u", "u", source.Tags{"highway": "footway", "lit": "no"}},
		{"w", "w", source.Tags{"highway": "construction"}},
	} {
		for _, drawing := range []string{
			"A" + strings.Repeat(tt.across, 3) + "B",
			"A\n" + strings.Repeat(tt.upDown+"\n", 3) + "B",
		} {
			g := lay(t, village.MustParse(drawing))
			if len(g.streets.Ways) != 1 {
				t.Errorf("%q: %d ways, want 1", drawing, len(g.streets.Ways))
				continue
			}
			w := g.streets.Ways[0]
			if diff := cmp.Diff(tt.tags, w.Tags); diff != "" {
				t.Errorf("%q: tags (-want +got):\n%s", drawing, diff)
			}
			if got := g.length(g.streets.Ways, all); !near(got, 4*50) {
				t.Errorf("%q: %v m, want 200", drawing, got)
			}
			first, last := 'A', 'B'
			if tt.across == "<" {
				first, last = 'B', 'A'
			}
			if w.Nodes[0] != g.Node(first) || w.Nodes[len(w.Nodes)-1] != g.Node(last) {
				t.Errorf("%q: runs from %d to %d, want from %c to %c", drawing, w.Nodes[0], w.Nodes[len(w.Nodes)-1], first, last)
			}
			if blocks := len(g.streets.Barriers) > 0; blocks != (tt.across == "=") {
				t.Errorf("%q: is a barrier: %v", drawing, blocks)
			}
		}
	}
}

func TestVertices(t *testing.T) {
	for symbol, want := range map[string]source.Tags{
		"+": nil,
		"C": nil,
		"g": {"barrier": "gate"},
		"l": {"barrier": "gate", "access": "private"},
		"s": {"barrier": "stile"},
		"k": {"barrier": "kissing_gate"},
		"o": {"barrier": "kerb", "kerb": "raised"},
	} {
		s := village.MustParse("A-" + symbol + "-B").Streets()
		if len(s.Ways) != 1 || len(s.Ways[0].Nodes) != 5 {
			t.Errorf("%s: ways %v, want one through it of 5 nodes", symbol, s.Ways)
			continue
		}
		for _, n := range s.Nodes {
			tags := source.Tags(nil)
			if n.ID == s.Ways[0].Nodes[2] {
				tags = want
			}
			if diff := cmp.Diff(tags, n.Tags); diff != "" {
				t.Errorf("%s: node %d (-want +got):\n%s", symbol, n.ID, diff)
			}
		}
	}
}

func steps(t source.Tags) bool  { return t["highway"] == "steps" }
func street(t source.Tags) bool { return t["highway"] == "residential" }

// What is as long as what: counted off each drawing, a cell 50 m, half a cell 25.
func TestLengths(t *testing.T) {
	for _, tt := range []struct {
		name, drawing string
		keep          func(source.Tags) bool
		want          geo.Metres
		ways          int
	}{
		{"steps in a street", "A-##-B", steps, 2 * 50, 1},
		{"the street about them", "A-##-B", street, 75 + 75, 2},
		{"steps between junctions", "A-+##+-B", steps, 3 * 50, 1},
		{"a dead end", "A---", street, 3*50 + 25, 1},
		{"a dead end up", "|\n|\nA", street, 2*50 + 25, 1},
		{"cut off by water", "A--~--B", street, 2 * (2*50 + 25), 2},
		{"cut off by a gap", "A--.--B", street, 2 * (2*50 + 25), 2},
		{"beside each other", "A-B\nC-D", street, 2 * 100, 2},
		{"a corner", "A-+\n  |\n  B", street, 2*50 + 2*50, 2},
		{"no corner without a junction", "A--\n  |\n  B", street, (2*50 + 25) + (50 + 25), 2},
		{"one way past a junction", "A-+-B\n  |\n  C", street, 4*50 + 2*50, 2},
		{"another kind past a junction", "A-+#B", street, 2 * 50, 1},
		{"steps side by side run down", "+ +\n# #\n+ +", steps, 2 * 100, 2},
		{"steps below each other run across", "+##+\n+##+\n+##+", steps, 3 * 3 * 50, 3},
		{"a crossing", "  A\n  |\nB-%-C\n  |\n  D", street, 2 * 4 * 50, 2},
		{"a long bridge", "A-%%%-B", street, 6 * 50, 1},
		{"steps over a street", "  A\n  |\nB#%#C\n  |\n  D", steps, 4 * 50, 1},
		{"a crossing between vertices", "A%B", street, 2 * 50, 1},
	} {
		g := lay(t, village.MustParse(tt.drawing))
		ways := 0
		for _, w := range g.streets.Ways {
			if tt.keep(w.Tags) {
				ways++
			}
		}
		if got := g.length(g.streets.Ways, tt.keep); !near(got, tt.want) || ways != tt.ways {
			t.Errorf("%s: %v m in %d ways, want %v in %d:\n%s", tt.name, got, ways, tt.want, tt.ways, tt.drawing)
		}
	}
}

// A crossing has no node in common, a junction has one.
func TestCrossingIsNoJunction(t *testing.T) {
	for symbol, want := range map[string]int{"%": 0, "+": 1} {
		s := village.MustParse("  A\n  |\nB-" + symbol + "-C\n  |\n  D").Streets()
		if len(s.Ways) != 2 {
			t.Fatalf("%s: %d ways, want 2", symbol, len(s.Ways))
		}
		common := 0
		for _, n := range s.Ways[0].Nodes {
			if slices.Contains(s.Ways[1].Nodes, n) {
				common++
			}
		}
		if common != want {
			t.Errorf("%s: %d nodes in common, want %d", symbol, common, want)
		}
	}
}

func TestBarriers(t *testing.T) {
	river := func(t source.Tags) bool { return t["waterway"] == "river" }
	rail := func(t source.Tags) bool { return t["railway"] == "rail" }
	motorway := func(t source.Tags) bool { return t["highway"] == "motorway" }
	for _, tt := range []struct {
		name, drawing string
		keep          func(source.Tags) bool
		want          geo.Metres
	}{
		{"a river", "~~~", river, 3 * 50},
		{"a river down", "~\n~\n~", river, 3 * 50},
		{"a river that bends", "~~~\n  ~", river, 25 + 2*50 + 50 + 25},
		{"a river under a bridge", "  ~\nA-%-B\n  ~", river, 3 * 50},
		{"a pond", "A ~", river, geo.Metres(4 * 25 * math.Sqrt2)},
		{"a railway", ":::", rail, 3 * 50},
		{"a railway over a river", " ~ \n:%:\n ~ ", rail, 3 * 50},
		{"a river and a railway do not join", "~:", rail, geo.Metres(4 * 25 * math.Sqrt2)},
		{"a motorway", "A==B", motorway, 3 * 50},
	} {
		g := lay(t, village.MustParse(tt.drawing))
		if got := g.length(g.streets.Barriers, tt.keep); !near(got, tt.want) {
			t.Errorf("%s: %v m of barrier, want %v:\n%s", tt.name, got, tt.want, tt.drawing)
		}
		for _, w := range g.streets.Ways {
			if river(w.Tags) || rail(w.Tags) {
				t.Errorf("%s: %v is a way", tt.name, w)
			}
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, tt := range []struct {
		name, drawing string
		line, column  int
		symbol        rune
	}{
		{"not in the alphabet", "A-?-B", 1, 3, '?'},
		{"not in the alphabet, after empty lines and indentation", "\n\n\t\tA-B\n\t\t| é\n\t\tC", 4, 3, 'é'},
		{"a place twice", "A-B\n\nA", 3, 1, 'A'},
		{"a line alone", "A B\n -", 2, 2, '-'},
		{"a line the wrong way", "A|B", 1, 2, '|'},
		{"a crossing of nothing", "A\n\n %", 3, 2, '%'},
		{"a crossing that ends", "A-%", 1, 3, '%'},
		{"water on one side of a bridge", "  ~\nA-%-B", 2, 3, '%'},
		{"a tab within", "A\t-B", 1, 2, '\t'},
	} {
		v, err := village.Parse(tt.drawing)
		var e *village.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: Parse = %v, %v, want an Error", tt.name, v, err)
			continue
		}
		if e.Line != tt.line || e.Column != tt.column || e.Symbol != tt.symbol {
			t.Errorf("%s: %v, want line %d, column %d, %q", tt.name, e, tt.line, tt.column, tt.symbol)
		}
	}
}

func TestIndentation(t *testing.T) {
	want := "A-B\n  |\n\n C\n"
	for _, drawing := range []string{
		want, "\n\n" + want + "\n", "  A-B  \n    |\n\n   C", "\t\tA-B\n\t\t  |\n\n\t\t C", strings.ReplaceAll(want, "\n", "\r\n"),
		" \t \n\tA-B\n\t  |\n\t\n\t C\n\t",
	} {
		if got := village.MustParse(drawing).String(); got != want {
			t.Errorf("%q is read as\n%swant\n%s", drawing, got, want)
		}
	}
	for _, nothing := range []string{"", "\n", "  \n\t\n"} {
		if v := village.MustParse(nothing); v.String() != "" || len(v.Places()) != 0 || len(v.Streets().Nodes) != 0 {
			t.Errorf("%q is not an empty village but\n%s", nothing, v)
		}
	}
}

func TestUnknownPlacePanics(t *testing.T) {
	defer func() {
		if p := recover(); !strings.Contains(fmt.Sprint(p), "no place 'Z'") {
			t.Errorf("At('Z') panics with %v, want it to say which place", p)
		}
	}()
	village.MustParse("A-B").At('Z')
}

// Whoever changes what Streets gave changes only that.
func TestStreetsAreACopy(t *testing.T) {
	v := village.MustParse("A-g-B\n~")
	want := fmt.Sprint(v.Streets())
	s := v.Streets()
	s.Ways[0].Nodes[0], s.Ways[0].Tags["highway"] = -1, "changed"
	s.Barriers[0].Nodes[0] = -1
	for i := range s.Nodes {
		s.Nodes[i].ID = -1
		if s.Nodes[i].Tags != nil {
			s.Nodes[i].Tags["barrier"] = "changed"
		}
	}
	if got := fmt.Sprint(v.Streets()); got != want {
		t.Errorf("Streets() after changing an earlier answer = %s, want %s", got, want)
	}
}

func ExampleParse() {
	v, err := village.Parse(`
		A---B
		|   ~
		C---+---D
	`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(v.Places()))
	fmt.Printf("A to D as the crow flies: %.1f m\n", v.At('A').Distance(v.At('D'))) // 400 m east, 100 m south
	fmt.Println("ways:", len(v.Streets().Ways))
	// Output:
	// ABCD
	// A to D as the crow flies: 412.3 m
	// ways: 3
}
