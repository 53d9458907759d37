package source

import (
	"cmp"
	"io"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
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
	f, err := openPBF(r, file, o)
	if err != nil {
		return Places{}, err
	}
	a := amenities{o: o, kinds: kinds, keys: sortedKeys(kinds)}
	found := make([][]amenity, len(f.blobs))
	err = f.each(numbersFrom(0, len(f.blobs)), func(i int, b *pbfBlock) (err error) {
		found[i], err = a.find(b)
		return err
	})
	if err != nil {
		return Places{}, err
	}
	for _, block := range found {
		for _, m := range block {
			a.add(m)
		}
	}
	at, err := a.corners(f)
	if err != nil {
		return Places{}, err
	}
	return a.places(at), nil
}

type amenities struct {
	o     Options
	kinds map[string][]string
	keys  []string

	nodes, ways    []amenity
	read, filtered int
}

type amenity struct {
	id   int64
	tags map[string]string
	kind string
	way  bool
	at   orb.Point // of a node
	refs []int64   // of a way
}

// find returns the nodes and ways of a block that have a wanted tag.
func (a *amenities) find(b *pbfBlock) ([]amenity, error) {
	var found []amenity
	err := b.eachNode(func(n pbfNode) error {
		kind := a.kind(b, n.tags)
		if kind == "" {
			return nil
		}
		if !degrees.Contains(n.at) {
			return errDamaged
		}
		found = append(found, amenity{id: n.id, tags: allTags(b, n.tags), kind: kind, at: n.at})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = b.eachWay(func(w pbfWay) error {
		kind := a.kind(b, w.tags)
		if kind == "" {
			return nil
		}
		refs, err := appendDeltas(nil, w.refs)
		found = append(found, amenity{id: w.id, tags: allTags(b, w.tags), kind: kind, way: true, refs: refs})
		return err
	})
	return found, err
}

// kind returns the value of the first wanted tag, empty when there is none.
func (a *amenities) kind(b *pbfBlock, tags []pbfTag) string {
	if len(tags) == 0 {
		return ""
	}
	for _, key := range a.keys {
		i := slices.IndexFunc(tags, func(t pbfTag) bool { return string(b.word(t.key)) == key })
		if i < 0 {
			continue
		}
		v := string(b.word(tags[i].value))
		if v != "" && (len(a.kinds[key]) == 0 || slices.Contains(a.kinds[key], v)) {
			return v
		}
	}
	return ""
}

func allTags(b *pbfBlock, tags []pbfTag) map[string]string {
	m := make(map[string]string, len(tags))
	for _, t := range tags {
		m[string(b.word(t.key))] = string(b.word(t.value))
	}
	return m
}

// add takes a node or way that has a wanted tag.
func (a *amenities) add(m amenity) {
	a.read++
	switch {
	case m.way && (len(m.refs) < 4 || m.refs[0] != m.refs[len(m.refs)-1]):
		a.filtered++
	case !a.keeps(m):
	case m.way:
		a.ways = append(a.ways, m)
	default:
		a.nodes = append(a.nodes, m)
	}
}

// corners returns where the nodes of the ways are.
func (a *amenities) corners(f *pbfFile) (map[int64]orb.Point, error) {
	var used []int64
	for _, w := range a.ways {
		used = append(used, w.refs...)
	}
	sortIDs(used)
	used = slices.Compact(used)
	found := make([]nodeBlock, len(f.blobs))
	err := f.each(numbersFrom(0, len(f.blobs)), func(i int, b *pbfBlock) error { return found[i].read(b, used) })
	at := make(map[int64]orb.Point, len(used))
	for _, b := range found {
		for _, n := range b.nodes {
			at[n.ID] = n.At
		}
	}
	return at, err
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
