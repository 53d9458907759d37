package source_test

import (
	"bytes"
	"context"
	"io"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"

	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

// Every street that ReadStreets gives is the way that paulmach/osm, a decoder
// of other authors, reads from the same file: the same nodes, in the same
// places, and the tags kept are the file's.
func TestStreetsEqualAnotherDecoder(t *testing.T) {
	for _, name := range []string{
		"newport_wales/newport-2023-06-13.osm.pbf", "osm/leeds-its-example.osm.pbf", "osm/newport-small.osm.pbf",
		"osm/andorra.osm.pbf", "osm/liechtenstein.osm.pbf",
	} {
		data, err := io.ReadAll(realdata.Open(t, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := source.ReadStreets(bytes.NewReader(data), name, source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ways, nodes := map[osm.WayID]*osm.Way{}, map[osm.NodeID]*osm.Node{}
		scan := osmpbf.New(context.Background(), bytes.NewReader(data), 2)
		scan.SkipRelations = true
		for scan.Scan() {
			switch o := scan.Object().(type) {
			case *osm.Way:
				ways[o.ID] = o
			case *osm.Node:
				nodes[o.ID] = o
			}
		}
		if err := scan.Err(); err != nil {
			t.Fatal(err)
		}
		scan.Close()
		highways := 0
		for _, w := range ways {
			if w.Tags.Find("highway") != "" && len(w.Nodes) > 1 {
				highways++
			}
		}
		read := 0
		for _, w := range got.Ways {
			theirs := ways[osm.WayID(w.ID)]
			if theirs == nil {
				t.Errorf("%s: way %d is not in the file", name, w.ID)
				continue
			}
			if w.Tags["highway"] != "" {
				read++
			}
			var refs []int64
			for _, n := range theirs.Nodes {
				refs = append(refs, int64(n.ID))
			}
			if !slices.Equal(w.Nodes, refs) {
				t.Errorf("%s: way %d: %s", name, w.ID, cmp.Diff(refs, w.Nodes))
			}
			for k, v := range w.Tags {
				if theirs.Tags.Find(k) != v {
					t.Errorf("%s: way %d: tag %s=%q, want %q", name, w.ID, k, v, theirs.Tags.Find(k))
				}
			}
		}
		if read != highways {
			t.Errorf("%s: %d highways, want %d", name, read, highways)
		}
		const tolerance = 1e-9 // degrees: coordinates are whole numbers of 1e-7
		for _, n := range got.Nodes {
			theirs := nodes[osm.NodeID(n.ID)]
			if theirs == nil || n.At[0]-theirs.Lon > tolerance || theirs.Lon-n.At[0] > tolerance || n.At[1]-theirs.Lat > tolerance || theirs.Lat-n.At[1] > tolerance {
				t.Fatalf("%s: node %d at %v, want %v", name, n.ID, n.At, theirs)
			}
		}
	}
}
