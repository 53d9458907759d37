package data_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"
)

func TestStreets(t *testing.T) {
	nodes := map[osm.NodeID]bool{}
	pieces := newForest()
	used := map[osm.NodeID]bool{}
	highways, barriers, amenities := map[string]int{}, map[string]int{}, map[string]int{}
	bridges := 0
	scanner := osmpbf.New(context.Background(), bytes.NewReader(read(t, "streets.osm.pbf")), 1)
	defer scanner.Close()
	for scanner.Scan() {
		switch o := scanner.Object().(type) {
		case *osm.Node:
			nodes[o.ID] = true
			barriers[o.Tags.Find("barrier")]++
			amenities[o.Tags.Find("amenity")]++
		case *osm.Way:
			highways[o.Tags.Find("highway")]++
			if o.Tags.Find("bridge") == "yes" {
				bridges++
			}
			if len(o.Nodes) < 2 {
				t.Errorf("way %d has %d nodes", o.ID, len(o.Nodes))
			}
			for _, n := range o.Nodes {
				if !nodes[n.ID] {
					t.Errorf("way %d names node %d, which is not before it", o.ID, n.ID)
				}
				if h := o.Tags.Find("highway"); h != "" {
					used[n.ID] = true
					if !strings.HasPrefix(h, "motorway") {
						pieces.join(o.Nodes[0].ID, n.ID)
					}
				}
			}
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	if len(used) < 50_000 {
		t.Errorf("street nodes: got %d, want 50,000 or more", len(used))
	}
	for _, kind := range []string{"motorway", "motorway_link", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "pedestrian", "service", "footway", "steps", "path", "bridleway", "track"} {
		if highways[kind] == 0 {
			t.Errorf("no way with highway=%s", kind)
		}
	}
	for _, kind := range []string{"gate", "stile", "kissing_gate", "bollard"} {
		if barriers[kind] == 0 {
			t.Errorf("no node with barrier=%s", kind)
		}
	}
	for _, kind := range []string{"library", "community_centre", "school", "place_of_worship", "townhall", "social_facility", "pub", "youth_centre"} {
		if amenities[kind] == 0 {
			t.Errorf("no node with amenity=%s", kind)
		}
	}
	if bridges == 0 {
		t.Error("no bridge")
	}
	// Everybody on the mainland can walk to everybody else there, and nobody to
	// the island.
	if got := pieces.count(); got != 2 {
		t.Errorf("the streets are in %d pieces, want the mainland and the island", got)
	}
}

// forest joins nodes into pieces.
type forest map[osm.NodeID]osm.NodeID

func newForest() forest { return forest{} }

func (f forest) root(n osm.NodeID) osm.NodeID {
	if _, ok := f[n]; !ok {
		f[n] = n
	}
	for f[n] != n {
		f[n] = f[f[n]]
		n = f[n]
	}
	return n
}

func (f forest) join(a, b osm.NodeID) { f[f.root(a)] = f.root(b) }

func (f forest) count() int {
	roots := 0
	for n := range f {
		if f[n] == n {
			roots++
		}
	}
	return roots
}

// timetableRows returns a file of the timetable by column name.
func timetableRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	b := read(t, "timetable.gtfs.zip")
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return byColumn(all)
}

func TestTimetable(t *testing.T) {
	stops := map[string]bool{}
	for _, row := range timetableRows(t, "stops.txt") {
		stops[row["stop_id"]] = true
	}
	kinds := map[string]bool{}
	for _, row := range timetableRows(t, "routes.txt") {
		kinds[row["route_type"]] = true
	}
	for _, kind := range []string{"2", "3", "4"} { // rail, bus, ferry
		if !kinds[kind] {
			t.Errorf("no route of type %s", kind)
		}
	}
	services := map[string]bool{}
	for _, row := range timetableRows(t, "trips.txt") {
		services[row["service_id"]] = true
	}
	if !services["weekday"] || !services["saturday"] {
		t.Errorf("services: got %v, want weekday and saturday", services)
	}
	last := map[string]map[string]string{}
	called := map[string]bool{}
	for _, row := range timetableRows(t, "stop_times.txt") {
		if !stops[row["stop_id"]] {
			t.Fatalf("trip %s calls at %s, which is no stop", row["trip_id"], row["stop_id"])
		}
		called[row["stop_id"]] = true
		if before := last[row["trip_id"]]; before != nil {
			if before["departure_time"] > row["arrival_time"] || number(t, before, "stop_sequence") >= number(t, row, "stop_sequence") {
				t.Fatalf("trip %s goes back in time at stop %s", row["trip_id"], row["stop_sequence"])
			}
		}
		last[row["trip_id"]] = row
	}
	if len(called) != len(stops) || len(stops) < 200 {
		t.Errorf("%d stops, %d with a service", len(stops), len(called))
	}
}

// Nobody walks through a river or over a motorway: what crosses one is a bridge.
func TestRiversAndMotorwaysAreCrossedByBridges(t *testing.T) {
	at := map[osm.NodeID]orb.Point{}
	var walked, barriers []*osm.Way
	scanner := osmpbf.New(context.Background(), bytes.NewReader(read(t, "streets.osm.pbf")), 1)
	defer scanner.Close()
	for scanner.Scan() {
		switch o := scanner.Object().(type) {
		case *osm.Node:
			at[o.ID] = o.Point()
		case *osm.Way:
			switch kind := o.Tags.Find("highway"); {
			case kind == "motorway" || o.Tags.Find("waterway") == "river":
				barriers = append(barriers, o)
			case kind != "" && kind != "motorway_link":
				walked = append(walked, o)
			}
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	each := func(w *osm.Way, visit func(a, b orb.Point)) {
		for i := 1; i < len(w.Nodes); i++ {
			visit(at[w.Nodes[i-1].ID], at[w.Nodes[i].ID])
		}
	}
	// Segments are some 0.002 degrees long at most, so two that cross start in
	// the same or neighbouring squares of a hundredth of a degree.
	square := func(p orb.Point) [2]int { return [2]int{int(p[0] * 100), int(p[1] * 100)} }
	near := map[[2]int][][2]orb.Point{}
	for _, w := range barriers {
		each(w, func(a, b orb.Point) {
			s := square(a)
			for dx := -1; dx <= 1; dx++ {
				for dy := -1; dy <= 1; dy++ {
					k := [2]int{s[0] + dx, s[1] + dy}
					near[k] = append(near[k], [2]orb.Point{a, b})
				}
			}
		})
	}
	crossings := 0
	for _, w := range walked {
		each(w, func(a, b orb.Point) {
			for _, s := range near[square(a)] {
				if !cross(a, b, s[0], s[1]) {
					continue
				}
				crossings++
				if w.Tags.Find("bridge") != "yes" {
					t.Errorf("way %d (%s) crosses a river or motorway at %v without a bridge", w.ID, w.Tags.Find("highway"), a)
				}
			}
		})
	}
	if crossings < 10 || crossings > 60 {
		t.Errorf("%d crossings, want some and few", crossings)
	}
}

// cross reports whether the segments a-b and c-d cross.
func cross(a, b, c, d orb.Point) bool {
	side := func(p, q, r orb.Point) float64 { return (q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0]) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}
