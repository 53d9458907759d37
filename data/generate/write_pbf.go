package main

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math"
	"sort"

	"google.golang.org/protobuf/encoding/protowire"
)

// Sizes of a block; the format allows 8,000 entities and 16 MB.
const entitiesPerBlock = 8000

// osmNode and osmWay are what the street map holds.
type osmNode struct {
	id       int64
	lon, lat float64
	tags     []tag
}

type osmWay struct {
	id   int64
	refs []int64
	tags []tag
}

type tag struct{ key, value string }

// streetsPBF writes the street map as OpenStreetMap PBF: nodes, then ways, each
// sorted by id.
// Source: OpenStreetMap wiki, "PBF Format".
func (c *County) streetsPBF() ([]byte, error) {
	nodes, ways := c.streetMap()
	var out bytes.Buffer
	if err := writeBlob(&out, "OSMHeader", headerBlock()); err != nil {
		return nil, err
	}
	for i := 0; i < len(nodes); i += entitiesPerBlock {
		if err := writeBlob(&out, "OSMData", nodeBlock(nodes[i:min(len(nodes), i+entitiesPerBlock)])); err != nil {
			return nil, err
		}
	}
	for i := 0; i < len(ways); i += entitiesPerBlock {
		if err := writeBlob(&out, "OSMData", wayBlock(ways[i:min(len(ways), i+entitiesPerBlock)])); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// streetMap gives the network, the barriers, the coast and the public buildings
// their OpenStreetMap tags. Ids count from 1 in the order of use.
func (c *County) streetMap() ([]osmNode, []osmWay) {
	var nodes []osmNode
	var ways []osmWay
	d := newDice(c.seed, "tags")
	ids := make([]int64, len(c.streets.nodes))
	addNode := func(p point, tags []tag) int64 {
		lon, lat := degrees(p)
		nodes = append(nodes, osmNode{int64(len(nodes) + 1), lon, lat, tags})
		return int64(len(nodes))
	}
	addWay := func(refs []int64, tags []tag) {
		ways = append(ways, osmWay{int64(len(ways) + 1), refs, tags})
	}
	for _, s := range c.streets.streets {
		var refs []int64
		for _, k := range s.nodes {
			if ids[k] == 0 {
				n := c.streets.nodes[k]
				var tags []tag
				if n.tag != "" {
					tags = []tag{{"barrier", n.tag}}
				}
				ids[k] = addNode(n.at, tags)
			}
			refs = append(refs, ids[k])
		}
		addWay(refs, c.streetTags(d, s))
	}
	for _, b := range c.country.barriers {
		tags := map[barrierKind][]tag{
			overRiver: {{"name", b.name}, {"waterway", "river"}},
			overRail:  {{"gauge", "1435"}, {"name", b.name}, {"railway", "rail"}},
		}[b.kind]
		var run []int64
		flush := func() {
			if len(run) > 1 {
				addWay(run, tags)
			}
			run = nil
		}
		for _, p := range b.line {
			if b.kind == overMotorway || !c.country.onLand(p) {
				flush()
				continue
			}
			run = append(run, addNode(p, nil))
		}
		flush()
	}
	for _, r := range c.bus.routes {
		if r.kind == 4 {
			var refs []int64
			for _, x := range r.calls {
				refs = append(refs, addNode(c.bus.stops[x.stop].at, []tag{{"amenity", "ferry_terminal"}, {"name", c.bus.stops[x.stop].name}}))
			}
			addWay(refs, []tag{{"name", r.name}, {"route", "ferry"}})
		}
	}
	for _, v := range c.venues {
		tags := []tag{{"amenity", v.kind}, {"name", v.name}}
		if v.hours != "" {
			tags = append(tags, tag{"opening_hours", v.hours})
		}
		if v.kind == "place_of_worship" {
			tags = append(tags, tag{"religion", "christian"})
		}
		if v.school != "" {
			tags = append(tags, tag{"school", v.school})
		}
		addNode(v.at, tags)
	}
	for _, s := range c.country.settlements {
		kind := "village"
		switch {
		case s.people > 80000:
			kind = "city"
		case s.style != village:
			kind = "town"
		}
		addNode(s.at, []tag{{"name", s.name}, {"place", kind}})
	}
	for _, h := range c.country.hamlets {
		addNode(h.at, []tag{{"name", h.name}, {"place", "hamlet"}})
	}
	return nodes, ways
}

// streetTags describes a street as a mapper would, with the gaps of a real map:
// sidewalk, lit and surface are not on every way.
func (c *County) streetTags(d *dice, s street) []tag {
	t := []tag{{"highway", string(s.class)}}
	add := func(key, value string) { t = append(t, tag{key, value}) }
	town := s.place >= 0
	if s.bridge {
		add("bridge", "yes")
		add("layer", "1")
	}
	if s.name != "" {
		if s.class == classMotorway {
			add("ref", s.name)
		} else {
			add("name", s.name)
		}
	}
	if s.oneway {
		add("oneway", "yes")
	}
	switch s.class {
	case classMotorway, classMotorwayLink:
		add("foot", "no")
	case classPrimary, classSecondary, classTertiary:
		if town {
			add("lit", "yes")
			add("sidewalk", "both")
			add("maxspeed", "30 mph")
		} else {
			add("lit", "no")
			add("maxspeed", "60 mph")
			if d.chance(0.6) {
				add("sidewalk", pick(d, []string{"no", "no", "left", "right"}))
			}
		}
		add("surface", "asphalt")
	case classUnclassified:
		if !town {
			add("lit", "no")
			add("maxspeed", "60 mph")
		}
	case classResidential, classLiving:
		if d.chance(0.75) {
			add("lit", "yes")
		}
		if d.chance(0.6) {
			add("sidewalk", "both")
		}
		if d.chance(0.5) {
			add("surface", "asphalt")
		}
	case classPedestrian:
		add("lit", "yes")
		add("surface", "paving_stones")
	case classService:
		if d.chance(0.18) {
			add("access", "private")
		}
	case classSteps:
		add("step_count", fmt.Sprint(8+d.below(24)))
		if d.chance(0.3) {
			add("ramp", "yes")
		}
	case classFootway:
		if town {
			if d.chance(0.7) {
				add("lit", pick(d, []string{"yes", "yes", "no"}))
			}
			add("surface", pick(d, []string{"asphalt", "asphalt", "paving_stones", "compacted"}))
		} else {
			add("foot", "designated")
			add("lit", "no")
			add("surface", pick(d, []string{"ground", "gravel"}))
		}
	case classPath:
		add("foot", "designated")
		add("surface", pick(d, []string{"ground", "grass", "dirt"}))
	case classBridleway:
		add("foot", "yes")
		add("surface", "ground")
	case classTrack:
		if d.chance(0.3) {
			add("access", "private")
			if d.chance(0.6) {
				add("foot", "designated")
			}
		}
		add("surface", pick(d, []string{"gravel", "ground", "compacted"}))
	}
	sort.Slice(t, func(a, b int) bool { return t[a].key < t[b].key })
	return t
}

// writeBlob writes one block of the file, compressed.
func writeBlob(out *bytes.Buffer, kind string, block []byte) error {
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestCompression)
	if err != nil {
		return fmt.Errorf("compress %s: %w", kind, err)
	}
	if _, err := z.Write(block); err != nil {
		return fmt.Errorf("compress %s: %w", kind, err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("compress %s: %w", kind, err)
	}
	var blob []byte
	blob = numberField(blob, 2, uint64(len(block))) // raw_size
	blob = bytesField(blob, 3, packed.Bytes())      // zlib_data
	var head []byte
	head = bytesField(head, 1, []byte(kind))
	head = numberField(head, 3, uint64(len(blob))) // datasize
	n := uint32(len(head))
	out.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
	out.Write(head)
	out.Write(blob)
	return nil
}

func numberField(b []byte, field protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), v)
}

func bytesField(b []byte, field protowire.Number, v []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), v)
}

func headerBlock() []byte {
	var b []byte
	b = bytesField(b, 4, []byte("OsmSchema-V0.6"))
	b = bytesField(b, 4, []byte("DenseNodes"))
	b = bytesField(b, 5, []byte("Sort.Type_then_ID"))
	return bytesField(b, 16, []byte("hubreach sample data, invented"))
}

// strings collects the texts of a block; text 0 is always empty.
type stringTable struct {
	number map[string]uint64
	texts  []string
}

func newStringTable() *stringTable { return &stringTable{map[string]uint64{"": 0}, []string{""}} }

func (t *stringTable) of(s string) uint64 {
	k, ok := t.number[s]
	if !ok {
		k = uint64(len(t.texts))
		t.number[s], t.texts = k, append(t.texts, s)
	}
	return k
}

// block wraps a primitive group with its strings.
func (t *stringTable) block(group []byte) []byte {
	var table []byte
	for _, s := range t.texts {
		table = bytesField(table, 1, []byte(s))
	}
	return bytesField(bytesField(nil, 1, table), 2, group)
}

// deltas appends signed numbers, each as the difference from the one before.
type deltas struct {
	packed []byte
	last   int64
}

func (d *deltas) add(v int64) {
	d.packed = protowire.AppendVarint(d.packed, protowire.EncodeZigZag(v-d.last))
	d.last = v
}

// unitsPerDegree is how finely coordinates are kept: the default granularity of
// 100 nanodegrees.
const unitsPerDegree = 1e7

func nodeBlock(nodes []osmNode) []byte {
	strings := newStringTable()
	var id, lat, lon deltas
	var keys []byte
	for _, n := range nodes {
		id.add(n.id)
		lat.add(int64(math.Round(n.lat * unitsPerDegree)))
		lon.add(int64(math.Round(n.lon * unitsPerDegree)))
		for _, t := range n.tags {
			keys = protowire.AppendVarint(protowire.AppendVarint(keys, strings.of(t.key)), strings.of(t.value))
		}
		keys = protowire.AppendVarint(keys, 0)
	}
	var dense []byte
	dense = bytesField(dense, 1, id.packed)
	dense = bytesField(dense, 8, lat.packed)
	dense = bytesField(dense, 9, lon.packed)
	dense = bytesField(dense, 10, keys)
	return strings.block(bytesField(nil, 2, dense))
}

func wayBlock(ways []osmWay) []byte {
	strings := newStringTable()
	var group []byte
	for _, w := range ways {
		var keys, values []byte
		for _, t := range w.tags {
			keys = protowire.AppendVarint(keys, strings.of(t.key))
			values = protowire.AppendVarint(values, strings.of(t.value))
		}
		var refs deltas
		for _, r := range w.refs {
			refs.add(r)
		}
		way := numberField(nil, 1, uint64(w.id))
		way = bytesField(way, 2, keys)
		way = bytesField(way, 3, values)
		way = bytesField(way, 8, refs.packed)
		group = bytesField(group, 3, way)
	}
	return strings.block(group)
}
