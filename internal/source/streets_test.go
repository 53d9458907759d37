package source_test

import (
	"cmp"
	"io"
	"slices"
	"testing"

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
			s, err := source.ReadStreets(realFile(t, test.file), test.file, source.Options{})
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

func TestReadAmenitiesReal(t *testing.T) {
	const file = "newport_wales/newport-2023-06-13.osm.pbf"
	p, err := source.ReadAmenities(realFile(t, file), file, source.Options{}, map[string][]string{"amenity": {"library", "school", "place_of_worship", "community_centre"}})
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, r := range p.Rows {
		n[r.Kind]++
	}
	t.Log(n, p.Read, p.Filtered, p.Unlocated)
}
