package main

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// Sizes of a block; the format allows 8,000 entities and 16 MB.
const entitiesPerBlock = 8000

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
