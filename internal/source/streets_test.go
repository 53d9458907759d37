package source_test

import (
	"cmp"
	"errors"
	"io"
	"math"
	"runtime"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

// The counts were taken with osmium 1.15 (cat -f opl) and the rules of
// ReadStreets written anew over its text.
func TestReadStreetsReal(t *testing.T) {
	for _, test := range []struct {
		file                            string
		nodes, ways, highways, barriers int
	}{
		{"newport_wales/newport-2023-06-13.osm.pbf", 55_581, 8972, 8965, 428},
		{"osm/leeds-its-example.osm.pbf", 626, 184, 184, 0},
		{"osm/newport-small.osm.pbf", 1244, 208, 208, 0},
		{"osm/andorra.osm.pbf", 43_889, 1615, 1615, 98},
		{"osm/liechtenstein.osm.pbf", 56_321, 4667, 4660, 97},
	} {
		t.Run(test.file, func(t *testing.T) {
			s, err := source.ReadStreets(realdata.Open(t, test.file), test.file, source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			highways := 0
			for _, w := range s.Ways {
				if w.Tags["highway"] != "" {
					highways++
				}
			}
			if len(s.Nodes) != test.nodes || len(s.Ways) != test.ways || highways != test.highways || len(s.Barriers) != test.barriers || s.Missing != 0 {
				t.Errorf("%d nodes, %d ways, %d highways, %d barriers, %d missing: want %d, %d, %d, %d, 0",
					len(s.Nodes), len(s.Ways), highways, len(s.Barriers), s.Missing, test.nodes, test.ways, test.highways, test.barriers)
			}
			if !slices.IsSortedFunc(s.Nodes, func(a, b source.Node) int { return cmp.Compare(a.ID, b.ID) }) {
				t.Error("nodes are not in the order of their ids")
			}
			if !slices.IsSortedFunc(s.Ways, func(a, b source.Way) int { return cmp.Compare(a.ID, b.ID) }) {
				t.Error("ways are not in the order of their ids")
			}
		})
	}
}

func BenchmarkReadStreets(b *testing.B) {
	benchmark(b, "newport_wales/newport-2023-06-13.osm.pbf", func(r io.Reader) error {
		_, err := source.ReadStreets(r, "newport.osm.pbf", source.Options{})
		return err
	})
}

// The village has ways of each kind; way 60 has one node, way 70 lies in a
// tunnel, nobody walks on pier 95, and node 99 is not in the file.
func TestReadStreets(t *testing.T) {
	got, err := source.ReadStreets(read(village()), "x.osm.pbf", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := source.Streets{
		Nodes: []source.Node{
			{ID: 1, At: orb.Point{1.40, 51.22}}, {ID: 2, At: orb.Point{1.41, 51.22}, Tags: source.Tags{"barrier": "gate"}},
			{ID: 3, At: orb.Point{1.41, 51.23}}, {ID: 4, At: orb.Point{1.40, 51.23}, Tags: source.Tags{"name": "Deal Library"}},
		},
		Ways: []source.Way{
			{ID: 10, Nodes: []int64{2, 3, 99}, Tags: source.Tags{"highway": "residential"}},
			{ID: 30, Nodes: []int64{1, 2}, Tags: source.Tags{"highway": "footway", "surface": "gravel"}},
			{ID: 80, Nodes: []int64{4, 1}, Tags: source.Tags{"highway": "motorway"}},
			{ID: 90, Nodes: []int64{1, 2, 3, 4, 1}, Tags: source.Tags{"highway": "pedestrian", "area": "yes"}},
		},
		Barriers: []source.Way{
			{ID: 20, Nodes: []int64{3, 4}, Tags: source.Tags{"waterway": "river"}},
			{ID: 80, Nodes: []int64{4, 1}, Tags: source.Tags{"highway": "motorway"}},
		},
		Missing: 1,
	}
	near := gocmp.Comparer(func(a, b orb.Point) bool { return math.Abs(a[0]-b[0]) < 1e-9 && math.Abs(a[1]-b[1]) < 1e-9 })
	if diff := gocmp.Diff(want, got, near); diff != "" {
		t.Errorf("streets (-want +got):\n%s", diff)
	}
}

// Reading twice gives the same, whatever the decoder's goroutines do.
func TestReadStreetsSame(t *testing.T) {
	const file = "osm/liechtenstein.osm.pbf"
	first, err := source.ReadStreets(realdata.Open(t, file), file, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := source.ReadStreets(realdata.Open(t, file), file, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(first, second); diff != "" {
		t.Errorf("second reading (-first +second):\n%s", diff)
	}
}

// Reading says how far it is, and stops when it is told to.
func TestReadStreetsWatched(t *testing.T) {
	const file = "newport_wales/newport-2023-06-13.osm.pbf"
	last, most := 0, 0
	plain, err := source.ReadStreets(realdata.Open(t, file), file, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	watched, err := source.ReadStreets(realdata.Open(t, file), file, source.Options{Watch: func(done, total int) error {
		if done < last || done > total {
			t.Errorf("%d of %d blocks done, after %d", done, total, last)
		}
		last, most = done, total
		return nil
	}})
	if err != nil || last != most || most == 0 {
		t.Fatalf("%v; %d of %d blocks at the end", err, last, most)
	}
	if diff := gocmp.Diff(plain, watched); diff != "" {
		t.Errorf("watched (-not watched +watched):\n%s", diff)
	}
	enough := errors.New("enough")
	for _, after := range []int{0, 1, most / 2, most - 1} {
		calls := 0
		_, err := source.ReadStreets(realdata.Open(t, file), file, source.Options{Watch: func(done, _ int) error {
			if done < after {
				return nil
			}
			calls++
			return enough
		}})
		if !errors.Is(err, enough) {
			t.Fatalf("stopped after %d blocks: %v, want %v", after, err, enough)
		}
		if most := 2 * runtime.GOMAXPROCS(0); calls > most {
			t.Errorf("stopped after %d blocks: asked %d times more, want at most %d", after, calls, most)
		}
	}
}

// A file cut anywhere is an error or, between two blocks, a shorter file.
func TestReadStreetsCut(t *testing.T) {
	whole := village()
	for n := range len(whole) {
		s, err := source.ReadStreets(read(whole[:n]), "x.osm.pbf", source.Options{})
		if err == nil && len(s.Ways) > 0 {
			t.Errorf("the first %d of %d bytes: no error, %d ways", n, len(whole), len(s.Ways))
		}
	}
}

func TestReadAmenities(t *testing.T) {
	for _, test := range []struct {
		name           string
		o              source.Options
		kinds          map[string][]string
		ids            []string
		read, filtered int
	}{
		{"one kind", source.Options{}, map[string][]string{"amenity": {"library"}}, []string{"n4"}, 1, 0},
		{"every value", source.Options{}, map[string][]string{"amenity": nil}, []string{"n4", "w40"}, 3, 1}, // way 50 is not closed
		{"by tag", source.Options{Keep: map[string][]string{"building": {"yes"}}}, map[string][]string{"amenity": nil}, []string{"w40"}, 3, 2},
		{"none", source.Options{}, map[string][]string{"amenity": {"cinema"}}, nil, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.ReadAmenities(read(village()), "x.osm.pbf", test.o, test.kinds)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, p := range got.Rows {
				ids = append(ids, p.ID)
			}
			if diff := gocmp.Diff(test.ids, ids); diff != "" || got.Read != test.read || got.Filtered != test.filtered {
				t.Errorf("read %d, filtered %d: want %d, %d; ids (-want +got):\n%s", got.Read, got.Filtered, test.read, test.filtered, diff)
			}
		})
	}
}

// The school is the square of the village, with its middle at 1.405, 51.225.
func TestReadAmenitiesPlaces(t *testing.T) {
	got, err := source.ReadAmenities(read(village()), "x.osm.pbf", source.Options{}, map[string][]string{"building": nil, "amenity": {"library", "school"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []source.Place{
		{ID: "n4", Name: "Deal Library", Kind: "library", Postcode: "CT14 6BB", At: orb.Point{1.40, 51.23}, Located: true, Attributes: map[string]string{"amenity": "library", "name": "Deal Library", "addr:postcode": "CT14 6BB"}},
		{ID: "w40", Name: "school", Kind: "school", At: orb.Point{1.405, 51.225}, Located: true, Attributes: map[string]string{"amenity": "school", "building": "yes"}},
	}
	near := gocmp.Comparer(func(a, b orb.Point) bool { return math.Abs(a[0]-b[0]) < 1e-9 && math.Abs(a[1]-b[1]) < 1e-9 })
	if diff := gocmp.Diff(want, got.Rows, near); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

// The counts were taken with osmium 1.15: tags-filter nw/amenity=..., which
// finds 34 nodes and 93 ways, all of them closed.
func TestReadAmenitiesReal(t *testing.T) {
	const file = "newport_wales/newport-2023-06-13.osm.pbf"
	p, err := source.ReadAmenities(realdata.Open(t, file), file, source.Options{}, map[string][]string{"amenity": {"library", "school", "place_of_worship", "community_centre"}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, r := range p.Rows {
		got[r.Kind]++
	}
	want := map[string]int{"library": 6, "school": 48, "place_of_worship": 55, "community_centre": 18}
	if diff := gocmp.Diff(want, got); diff != "" || p.Unlocated != 0 {
		t.Errorf("unlocated %d, kinds (-want +got):\n%s", p.Unlocated, diff)
	}
}
