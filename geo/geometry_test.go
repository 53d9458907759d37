package geo_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"hubreach/geo"
)

// Three places in degrees; the geometries below are made of them.
var (
	maidstone = orb.Point{0.5218, 51.2744}
	margate   = orb.Point{1.3784, 51.3885}
	dover     = orb.Point{1.3134, 51.1279}
)

// geometries are one of every kind that orb has.
func geometries() map[string]orb.Geometry {
	ring := orb.Ring{maidstone, dover, margate, maidstone}
	hole := orb.Ring{{1, 51.2}, {1, 51.21}, {1.01, 51.21}, {1, 51.2}}
	return map[string]orb.Geometry{
		"point":               maidstone,
		"multipoint":          orb.MultiPoint{maidstone, margate},
		"line":                orb.LineString{maidstone, margate, dover},
		"multiline":           orb.MultiLineString{{maidstone, margate}, {dover, margate}},
		"ring":                ring,
		"polygon with a hole": orb.Polygon{ring, hole},
		"multipolygon":        orb.MultiPolygon{{ring, hole}, {hole}},
		"collection":          orb.Collection{maidstone, orb.Polygon{ring}, orb.Collection{dover}},
		"empty multipolygon":  orb.MultiPolygon{},
		"no polygons":         orb.MultiPolygon(nil),
		"a polygon of none":   orb.MultiPolygon{nil, {}, {nil}},
		"nothing":             nil,
	}
}

func TestGridOfEveryKind(t *testing.T) {
	j := newProjection(t)
	for name, g := range geometries() {
		before := text(g)
		on, err := j.GridOf(g)
		if err != nil {
			t.Errorf("GridOf(%s): %v", name, err)
			continue
		}
		if after := text(g); after != before {
			t.Errorf("GridOf(%s) changed its argument from %s to %s", name, before, after)
		}
		back, err := j.LonLatOf(on)
		if err != nil {
			t.Errorf("LonLatOf(%s): %v", name, err)
		}
		if after := text(back); after != before {
			t.Errorf("%s there and back = %s, want %s", name, after, before)
		}
	}
}

// text writes the type of g and its coordinates to 8 decimals, in degrees a millimetre.
func text(g orb.Geometry) string { return fmt.Sprintf("%T %.8f", g, g) }

func TestGridOfIsToGrid(t *testing.T) {
	j := newProjection(t)
	got, err := j.GridOf(orb.Polygon{{maidstone, dover, margate, maidstone}})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range []orb.Point{maidstone, dover, margate, maidstone} {
		want, err := j.ToGrid(geo.LonLat(p))
		if err != nil {
			t.Fatal(err)
		}
		if at := got.(orb.Polygon)[0][i]; geo.Grid(at) != want {
			t.Errorf("vertex %d of GridOf = %v, want %v", i, at, want)
		}
	}
}

// The top of a bound of degrees bulges north between its corners, as its
// parallel does on a transverse Mercator map; points inside must stay inside.
func TestGridOfBoundHoldsItsInside(t *testing.T) {
	j := newProjection(t)
	b := orb.Bound{Min: orb.Point{-6, 50.5}, Max: orb.Point{1, 55}}
	g, err := j.GridOf(b)
	if err != nil {
		t.Fatal(err)
	}
	on := g.(orb.Bound)
	for i := range 71 {
		for k := range 46 {
			p, err := j.ToGrid(geo.LonLat{-6 + 0.1*float64(i), 50.5 + 0.1*float64(k)})
			if err != nil {
				if j.Grid() {
					continue
				}
				t.Fatal(err)
			}
			if !on.Pad(150).Contains(orb.Point(p)) { // 150 m over 500 km; see boundSteps
				t.Fatalf("%v of %v is outside %v", p, b, on)
			}
		}
	}
	empty := orb.MultiPoint{}.Bound()
	if got, err := j.GridOf(empty); err != nil || got != empty {
		t.Errorf("GridOf(empty bound) = %v, %v, want it back", got, err)
	}
}

func ExampleProjection_GridOf() {
	j, err := geo.NewProjection()
	if err != nil {
		fmt.Println(err)
		return
	}
	// The A2 from Canterbury, by Barham, to Dover.
	road, err := j.GridOf(orb.LineString{{1.0789, 51.2802}, {1.1578, 51.2048}, {1.3134, 51.1279}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.1f km\n", planar.Length(road)/1000) // metres now, so lengths mean something
	// Output: 23.9 km
}

func ExampleProjection_LonLatOf() {
	j, err := geo.NewProjection()
	if err != nil {
		fmt.Println(err)
		return
	}
	// The kilometre square TQ 75 55, the middle of Maidstone.
	square, err := j.LonLatOf(orb.Ring{{575000, 155000}, {576000, 155000}, {576000, 156000}, {575000, 156000}, {575000, 155000}})
	fmt.Printf("%T %.3f %v\n", square, square, err)
	// Output: orb.Ring [[0.507 51.267] [0.521 51.267] [0.522 51.276] [0.508 51.276] [0.507 51.267]] <nil>
}

type alien struct{ orb.Point }

func (alien) GeoJSONType() string { return "Alien" }

func TestGridOfFaults(t *testing.T) {
	j := newProjection(t)
	_, err := j.GridOf(orb.LineString{maidstone, {51.3885, 1.3784}, {-40, 0}})
	if !errors.Is(err, geo.ErrOutside) {
		t.Errorf("a vertex latitude first: %v, want ErrOutside", err)
	}
	const want = "longitude 51.3885, latitude 1.3784: outside the British National Grid; latitude and longitude look swapped"
	if err != nil && err.Error() != want {
		t.Errorf("got %q, want the first point outside: %q", err, want)
	}
	if _, err := j.LonLatOf(orb.Collection{margate, orb.Point{-1, 0}}); !errors.Is(err, geo.ErrOutside) {
		t.Errorf("LonLatOf west of the grid: %v, want ErrOutside", err)
	}
	if g, err := j.GridOf(orb.Collection{alien{}}); err == nil {
		t.Errorf("GridOf(a type of someone else's) = %v, want an error", g)
	}
}
