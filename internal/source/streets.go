package source

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/osm"
)

// walkTags are the tags that the walk rules read. A key that ends in ":" stands
// for all keys that begin so.
var walkTags = []string{
	"highway", "foot", "foot:", "access", "sidewalk", "sidewalk:", "footway", "bicycle", "motorroad",
	"lit", "surface", "smoothness", "width", "est_width", "maxwidth", "maxwidth:", "incline", "tracktype",
	"step_count", "ramp", "ramp:", "kerb", "kerb:", "wheelchair", "stroller", "barrier", "locked", "crossing", "crossing:", "conveying",
	"abandoned", "disused", "bridge", "tunnel", "covered", "location", "level", "layer", "indoor", "ford", "service", "oneway", "oneway:foot", "area", "name",
	"route", "railway", "man_made", "public_transport", "waterway", "natural",
}

func readsTag(key string) bool {
	if slices.Contains(walkTags, key) {
		return true
	}
	prefix, _, found := strings.Cut(key, ":")
	return found && slices.Contains(walkTags, prefix+":")
}

// ReadStreets reads the street network of an OpenStreetMap extract in PBF.
//
// Ways that can be walked along are those with a highway tag of any value, with
// railway=platform, public_transport=platform, route=ferry, or man_made=pier
// where foot is not "no"; squares (area=yes) come as their outline. Barriers are
// waterway=river or canal, outlines of natural=water, railway=rail and
// highway=motorway, unless the tunnel tag says that they lie below; a motorway
// is a way too. A way with fewer than two nodes is no line and left out, and of
// two ways or nodes with one id the first in the file stays. Relations are not
// read. Whether somebody may walk somewhere is for the walk rules to say.
//
// A file that is truncated or damaged, unpacks to more than Options.MaxBytes,
// holds the map's history or nodes that are not dense is a *RowError.
func ReadStreets(r io.Reader, file string, o Options) (Streets, error) {
	data, err := openPBF(r, file, o)
	if err != nil {
		return Streets{}, err
	}
	var s Streets
	used := idSet{}
	err = pbfPass{way: func(w *osm.Way) bool { return isStreet(w.Tags) || isBarrier(w.Tags) }, each: func(x osm.Object) error {
		s.addWay(x.(*osm.Way), used)
		return nil
	}}.run(data, file, o)
	if err != nil {
		return Streets{}, err
	}
	s.Ways, s.Barriers = sortWays(s.Ways), sortWays(s.Barriers)
	err = pbfPass{node: func(n *osm.Node) bool { return used.has(int64(n.ID)) }, each: func(x osm.Object) error {
		n := x.(*osm.Node)
		at, err := pbfPoint(n)
		s.Nodes = append(s.Nodes, Node{ID: int64(n.ID), At: at, Tags: tagsRead(n.Tags)})
		return err
	}}.run(data, file, o)
	if err != nil {
		return Streets{}, err
	}
	slices.SortStableFunc(s.Nodes, func(a, b Node) int { return cmp.Compare(a.ID, b.ID) })
	s.Nodes = slices.Clip(slices.CompactFunc(s.Nodes, func(a, b Node) bool { return a.ID == b.ID }))
	s.countMissing()
	return s, nil
}

// openPBF reads a file that has to be PBF. PBF has no mark of its own: it
// begins with the length of a header of a few bytes and the word OSMHeader.
func openPBF(r io.Reader, file string, o Options) ([]byte, error) {
	c, err := open(r, file, o)
	if err != nil {
		return nil, err
	}
	head := string(c.data[:min(len(c.data), 32)])
	if c.archive != nil || !strings.Contains(head, "OSMHeader") {
		return nil, &RowError{File: file, Want: "an OpenStreetMap PBF file", Do: "fetch the .osm.pbf extract"}
	}
	return c.data, nil
}

// addWay adds a way to the streets, the barriers or both, and notes its nodes.
func (s *Streets) addWay(w *osm.Way, used idSet) {
	if len(w.Nodes) < 2 {
		return
	}
	way := Way{ID: int64(w.ID), Nodes: make([]int64, len(w.Nodes)), Tags: tagsRead(w.Tags)}
	for i, n := range w.Nodes {
		way.Nodes[i] = int64(n.ID)
		used.add(int64(n.ID))
	}
	if isStreet(w.Tags) {
		s.Ways = append(s.Ways, way)
	}
	if isBarrier(w.Tags) {
		s.Barriers = append(s.Barriers, way)
	}
}

func sortWays(ways []Way) []Way {
	slices.SortStableFunc(ways, func(a, b Way) int { return cmp.Compare(a.ID, b.ID) })
	return slices.Clip(slices.CompactFunc(ways, func(a, b Way) bool { return a.ID == b.ID }))
}

// countMissing counts the references of the kept ways to nodes that the file
// does not hold; those of a way that is also a barrier count once.
func (s *Streets) countMissing() {
	held := idSet{}
	for _, n := range s.Nodes {
		held.add(n.ID)
	}
	for _, w := range s.Ways {
		s.Missing += missing(w, held)
	}
	for _, w := range s.Barriers {
		if _, both := slices.BinarySearchFunc(s.Ways, w.ID, func(x Way, id int64) int { return cmp.Compare(x.ID, id) }); !both {
			s.Missing += missing(w, held)
		}
	}
}

func missing(w Way, held idSet) int {
	n := 0
	for _, id := range w.Nodes {
		if !held.has(id) {
			n++
		}
	}
	return n
}

// isStreet tells whether a way may be part of a walk.
func isStreet(tags osm.Tags) bool {
	for _, t := range tags {
		switch t.Key {
		case "highway":
			return true
		case "railway", "public_transport":
			if t.Value == "platform" {
				return true
			}
		case "route":
			if t.Value == "ferry" {
				return true
			}
		case "man_made":
			if t.Value == "pier" && tags.Find("foot") != "no" {
				return true
			}
		}
	}
	return false
}

// isBarrier tells whether a way is a line that nobody crosses but by a way.
func isBarrier(tags osm.Tags) bool {
	barrier := false
	for _, t := range tags {
		switch t.Key {
		case "waterway":
			barrier = barrier || t.Value == "river" || t.Value == "canal"
		case "natural":
			barrier = barrier || t.Value == "water"
		case "railway":
			barrier = barrier || t.Value == "rail"
		case "highway":
			barrier = barrier || t.Value == "motorway"
		case "tunnel":
			if t.Value != "no" {
				return false
			}
		}
	}
	return barrier
}

// tagsRead returns the tags that the walk rules read; nil when there are none.
func tagsRead(tags osm.Tags) Tags {
	var kept Tags
	for _, t := range tags {
		if readsTag(t.Key) {
			if kept == nil {
				kept = make(Tags, len(tags))
			}
			kept[t.Key] = t.Value
		}
	}
	return kept
}

// pbfPoint returns the place of a node, which has to be on earth.
func pbfPoint(n *osm.Node) (orb.Point, error) {
	at := orb.Point{n.Lon, n.Lat}
	if !degrees.Contains(at) {
		return at, errDamaged
	}
	return at, nil
}
