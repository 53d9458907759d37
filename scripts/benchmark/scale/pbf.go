package scale

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"hubreach/internal/source"
)

// WritePBF writes the county as an OpenStreetMap extract: nodes, then ways, each
// by ascending id, block after block. Source: OpenStreetMap wiki, "PBF Format".
func (c *County) WritePBF(w io.Writer) error {
	p := &pbfWriter{out: w}
	if err := p.blob("OSMHeader", header()); err != nil {
		return fmt.Errorf("write county: %w", err)
	}
	err := c.EachNode(func(n source.Node) error {
		p.node(n)
		return p.flushFull()
	})
	if err == nil {
		err = p.flush()
	}
	if err == nil {
		err = c.EachWay(func(w Way) error {
			p.way(w)
			return p.flushFull()
		})
	}
	if err == nil {
		err = p.flush()
	}
	if err != nil {
		return fmt.Errorf("write county: %w", err)
	}
	return nil
}

// entitiesPerBlock is the format's own advice.
const entitiesPerBlock = 8000

// units returns degrees in the format's default granularity, 100 nanodegrees;
// degrees turns them back as the format says, which rounds in its own way.
func units(degrees float64) int64 { return int64(math.Round(degrees * 1e7)) }
func degrees(units int64) float64 { return 1e-9 * float64(100*units) }

// pbfWriter collects the entities of a block: nodes or ways, never both.
type pbfWriter struct {
	out      io.Writer
	count    int
	numbers  map[string]uint64
	texts    []string
	id       deltas
	lat, lon deltas
	keys     []byte
	ways     []byte
}

func (p *pbfWriter) text(s string) uint64 {
	if p.numbers == nil {
		p.numbers, p.texts = map[string]uint64{"": 0}, []string{""} // text 0 is always empty
	}
	k, ok := p.numbers[s]
	if !ok {
		k = uint64(len(p.texts))
		p.numbers[s], p.texts = k, append(p.texts, s)
	}
	return k
}

func (p *pbfWriter) node(n source.Node) {
	p.count++
	p.id.add(n.ID)
	p.lat.add(units(n.At[1]))
	p.lon.add(units(n.At[0]))
	for _, k := range slices.Sorted(maps.Keys(n.Tags)) {
		p.keys = protowire.AppendVarint(protowire.AppendVarint(p.keys, p.text(k)), p.text(n.Tags[k]))
	}
	p.keys = protowire.AppendVarint(p.keys, 0)
}

func (p *pbfWriter) way(w Way) {
	p.count++
	var keys, values []byte
	for _, k := range slices.Sorted(maps.Keys(w.Tags)) {
		keys = protowire.AppendVarint(keys, p.text(k))
		values = protowire.AppendVarint(values, p.text(w.Tags[k]))
	}
	var refs deltas
	for _, r := range w.Nodes {
		refs.add(r)
	}
	way := number(nil, 1, uint64(w.ID))
	way = field(way, 2, keys)
	way = field(way, 3, values)
	way = field(way, 8, refs.packed)
	p.ways = field(p.ways, 3, way)
}

func (p *pbfWriter) flushFull() error {
	if p.count < entitiesPerBlock {
		return nil
	}
	return p.flush()
}

func (p *pbfWriter) flush() error {
	if p.count == 0 {
		return nil
	}
	p.text("")
	var table []byte
	for _, s := range p.texts {
		table = field(table, 1, []byte(s))
	}
	group := p.ways
	if len(p.id.packed) > 0 {
		dense := field(nil, 1, p.id.packed)
		dense = field(dense, 8, p.lat.packed)
		dense = field(dense, 9, p.lon.packed)
		group = field(nil, 2, field(dense, 10, p.keys))
	}
	block := field(field(nil, 1, table), 2, group)
	*p = pbfWriter{out: p.out}
	return p.blob("OSMData", block)
}

func (p *pbfWriter) blob(kind string, block []byte) error {
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := z.Write(block); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	blob := field(number(nil, 2, uint64(len(block))), 3, packed.Bytes())
	head := number(field(nil, 1, []byte(kind)), 3, uint64(len(blob)))
	frame := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	_, err = p.out.Write(slices.Concat(frame, head, blob))
	return err
}

func header() []byte {
	b := field(nil, 4, []byte("OsmSchema-V0.6"))
	b = field(b, 4, []byte("DenseNodes"))
	b = field(b, 5, []byte("Sort.Type_then_ID"))
	return field(b, 16, []byte("hubreach bench"))
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

func number(b []byte, n protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, n, protowire.VarintType), v)
}

func field(b []byte, n protowire.Number, v []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, n, protowire.BytesType), v)
}
