package source

import (
	"cmp"
	"io"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/osm"
)

// ReadAmenities reads public buildings and the like from an OpenStreetMap
// extract in PBF: nodes, and closed ways at the middle of their area, that have
// one of the wanted tags. kinds maps a tag's key to the values accepted, as in
// {"amenity": {"library", "community_centre"}}; an empty list accepts every
// value. Places come by id, nodes first: "n123" is node 123 and "w123" way 123.
//
// Kind is the value of the first key, in order of the alphabet, that fits; Name
// is the name tag, else the kind; Attributes are all tags. Options.Keep is asked
// of tags. Filtered counts, besides, the ways that are not closed. A way of
// which the file holds no node is not Located. Relations are not read.
func ReadAmenities(r io.Reader, file string, o Options, kinds map[string][]string) (Places, error) {
	data, err := openPBF(r, file, o)
	if err != nil {
		return Places{}, err
	}
	a := amenities{o: o, kinds: kinds, keys: sortedKeys(kinds), used: idSet{}}
	err = pbfPass{
		node: func(n *osm.Node) bool { return a.kind(n.Tags) != "" },
		way:  func(w *osm.Way) bool { return a.kind(w.Tags) != "" },
		each: a.add,
	}.run(data, file, o)
	if err != nil {
		return Places{}, err
	}
	at := map[int64]orb.Point{}
	err = pbfPass{node: func(n *osm.Node) bool { return a.used.has(int64(n.ID)) }, each: func(x osm.Object) (err error) {
		n := x.(*osm.Node)
		at[int64(n.ID)], err = pbfPoint(n)
		return err
	}}.run(data, file, o)
	if err != nil {
		return Places{}, err
	}
	return a.places(at), nil
}

type amenities struct {
	o     Options
	kinds map[string][]string
	keys  []string
	used  idSet // nodes of the ways

	nodes, ways    []amenity
	read, filtered int
}

type amenity struct {
	id   int64
	tags map[string]string
	kind string
	at   orb.Point
	refs []int64 // of a way
}

// kind returns the value of the first wanted tag, empty when there is none.
func (a *amenities) kind(tags osm.Tags) string {
	if len(tags) == 0 {
		return ""
	}
	for _, key := range a.keys {
		v := tags.Find(key)
		if v != "" && (len(a.kinds[key]) == 0 || slices.Contains(a.kinds[key], v)) {
			return v
		}
	}
	return ""
}

// add takes a node or way that has a wanted tag.
func (a *amenities) add(x osm.Object) error {
	a.read++
	switch x := x.(type) {
	case *osm.Node:
		at, err := pbfPoint(x)
		if err != nil {
			return err
		}
		if m := (amenity{id: int64(x.ID), tags: x.Tags.Map(), kind: a.kind(x.Tags), at: at}); a.keeps(m) {
			a.nodes = append(a.nodes, m)
		}
	case *osm.Way:
		m := amenity{id: int64(x.ID), tags: x.Tags.Map(), kind: a.kind(x.Tags)}
		for _, n := range x.Nodes {
			m.refs = append(m.refs, int64(n.ID))
		}
		if len(m.refs) < 4 || m.refs[0] != m.refs[len(m.refs)-1] {
			a.filtered++
			return nil
		}
		if !a.keeps(m) {
			return nil
		}
		for _, id := range m.refs {
			a.used.add(id)
		}
		a.ways = append(a.ways, m)
	}
	return nil
}

func (a *amenities) keeps(m amenity) bool {
	for key, values := range a.o.Keep {
		if len(values) > 0 && !slices.Contains(values, m.tags[key]) {
			a.filtered++
			return false
		}
	}
	return true
}

// places puts the amenities in order; nodeAt holds the nodes of the ways.
func (a *amenities) places(nodeAt map[int64]orb.Point) Places {
	p := Places{CRS: WGS84, Read: a.read, Filtered: a.filtered}
	byID := func(a, b amenity) int { return cmp.Compare(a.id, b.id) }
	sameID := func(a, b amenity) bool { return a.id == b.id }
	slices.SortStableFunc(a.nodes, byID)
	slices.SortStableFunc(a.ways, byID)
	nodes, ways := slices.CompactFunc(a.nodes, sameID), slices.CompactFunc(a.ways, sameID)
	for _, m := range nodes {
		p.Rows = append(p.Rows, m.place("n", m.at, true))
	}
	for _, m := range ways {
		at, ok := middle(m.refs, nodeAt)
		if !ok {
			p.Unlocated++
		}
		p.Rows = append(p.Rows, m.place("w", at, ok))
	}
	return p
}

func (m amenity) place(prefix string, at orb.Point, located bool) Place {
	return Place{
		ID: prefix + strconv.FormatInt(m.id, 10), Name: cmp.Or(m.tags["name"], m.kind), Kind: m.kind, Postcode: m.tags["addr:postcode"],
		At: at, Located: located, Attributes: m.tags,
	}
}

// middle returns the centroid of an outline from those of its nodes that the
// file holds. Degrees serve as a plane: a building is too small for the bend.
func middle(refs []int64, nodeAt map[int64]orb.Point) (orb.Point, bool) {
	var ring orb.Ring
	for _, id := range refs {
		if at, ok := nodeAt[id]; ok {
			ring = append(ring, at)
		}
	}
	if len(ring) == 0 {
		return orb.Point{}, false
	}
	centre, area := planar.CentroidArea(orb.Polygon{ring})
	if area == 0 || !finite(centre) {
		return ring[0], true
	}
	return centre, true
}
