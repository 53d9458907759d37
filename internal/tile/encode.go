package tile

import (
	"github.com/paulmach/orb"
	"google.golang.org/protobuf/encoding/protowire"

	"hubreach/geo/shape"
)

// Kinds of geometry, and commands that draw it: vector tile specification 2.1,
// sections 4.3.4 and 4.3.1.
const (
	kindPoint, kindLine, kindPolygon       = 1, 2, 3
	commandMove, commandLine, commandClose = 1, 2, 7
)

// layerVersion is the version of the format that a layer says it keeps to.
const layerVersion = 2

// writer writes one tile. Layers and features are added in their order. Its
// memory serves one tile after another.
type writer struct {
	words *dictionary
	tile  []byte

	name     string // of the layer under way; empty: none
	features []byte
	keys     numbering
	values   numbering

	geometry, tags []byte // of the feature under way
	at             shape.Spot

	layer  []byte // the layer under way, before its length is known
	found  []*figure
	line64 orb.LineString
	spots  []shape.Spot
	clipper
}

// numbering gives numbers to what a layer uses of a dictionary, in the order in
// which it does.
type numbering struct {
	number []int32 // of each word of the dictionary, 0: none yet, else the number and 1
	used   []uint32
}

func newNumbering(words int) numbering { return numbering{number: make([]int32, words)} }

func (n *numbering) of(word uint32) uint64 {
	if n.number[word] == 0 {
		n.used = append(n.used, word)
		n.number[word] = int32(len(n.used))
	}
	return uint64(n.number[word] - 1)
}

// forget begins anew.
func (n *numbering) forget() {
	for _, word := range n.used {
		n.number[word] = 0
	}
	n.used = n.used[:0]
}

func newWriter(words *dictionary) *writer {
	return &writer{words: words, keys: newNumbering(len(words.keys)), values: newNumbering(len(words.values))}
}

// add adds a feature whose geometry has been drawn.
func (w *writer) add(f *feature, kind uint64) {
	if w.name != f.layer {
		w.endLayer()
		w.name = f.layer
	}
	w.tags = w.tags[:0]
	for i := 0; i < len(f.tags); i += 2 {
		w.tags = appendVarint(w.tags, w.keys.of(f.tags[i]))
		w.tags = appendVarint(w.tags, w.values.of(f.tags[i+1]))
	}
	const perTag = 1 // bytes of a field's number and type, under 16
	size := perTag + protowire.SizeVarint(f.id) + perTag + protowire.SizeBytes(len(w.tags)) +
		perTag + protowire.SizeVarint(kind) + perTag + protowire.SizeBytes(len(w.geometry))
	b := protowire.AppendVarint(protowire.AppendTag(w.features, 2, protowire.BytesType), uint64(size))
	b = protowire.AppendVarint(protowire.AppendTag(b, 1, protowire.VarintType), f.id)
	b = protowire.AppendBytes(protowire.AppendTag(b, 2, protowire.BytesType), w.tags)
	b = protowire.AppendVarint(protowire.AppendTag(b, 3, protowire.VarintType), kind)
	w.features = protowire.AppendBytes(protowire.AppendTag(b, 4, protowire.BytesType), w.geometry)
	w.begin()
}

// appendVarint is protowire's, without a call for what fits a byte: most numbers
// do.
func appendVarint(b []byte, v uint64) []byte {
	if v < 0x80 {
		return append(b, byte(v))
	}
	return protowire.AppendVarint(b, v)
}

// begin makes room for the geometry of the next feature.
func (w *writer) begin() { w.geometry, w.at = w.geometry[:0], shape.Spot{} }

// endLayer writes the layer under way.
func (w *writer) endLayer() {
	if w.name == "" {
		return
	}
	b := protowire.AppendVarint(protowire.AppendTag(w.layer[:0], 15, protowire.VarintType), layerVersion)
	b = protowire.AppendString(protowire.AppendTag(b, 1, protowire.BytesType), w.name)
	b = append(b, w.features...)
	for _, k := range w.keys.used {
		b = protowire.AppendString(protowire.AppendTag(b, 3, protowire.BytesType), w.words.keys[k])
	}
	for _, v := range w.values.used {
		b = protowire.AppendBytes(protowire.AppendTag(b, 4, protowire.BytesType), w.words.values[v])
	}
	b = protowire.AppendVarint(protowire.AppendTag(b, 5, protowire.VarintType), Extent)
	w.tile = protowire.AppendBytes(protowire.AppendTag(w.tile, 3, protowire.BytesType), b)
	w.layer, w.features, w.name = b, w.features[:0], ""
	w.keys.forget()
	w.values.forget()
}

// command writes a command and how often it is carried out.
func (w *writer) command(id, times int) {
	w.geometry = protowire.AppendVarint(w.geometry, uint64(times)<<3|uint64(id))
}

// to writes the way to a spot from the one before.
func (w *writer) to(s shape.Spot) {
	w.geometry = appendVarint(w.geometry, protowire.EncodeZigZag(int64(s.X-w.at.X)))
	w.geometry = appendVarint(w.geometry, protowire.EncodeZigZag(int64(s.Y-w.at.Y)))
	w.at = s
}

// copy draws what has been drawn with its first spot at the corner of a tile,
// and that spot where it is. All after it is told from spot to spot, and the same
// in every tile.
func (w *writer) copy(drawn []byte, first, corner shape.Spot) {
	w.point(first, corner)
	w.geometry = append(w.geometry, drawn...)
}

// line draws through spots, at least two, counted from corner.
func (w *writer) line(spots []shape.Spot, corner shape.Spot) {
	w.command(commandMove, 1)
	for i, s := range spots {
		if i == 1 {
			w.command(commandLine, len(spots)-1)
		}
		w.to(shape.Spot{X: s.X - corner.X, Y: s.Y - corner.Y})
	}
}

// ring draws a closed line, whose last spot is its first.
func (w *writer) ring(spots []shape.Spot, corner shape.Spot) {
	w.line(spots[:len(spots)-1], corner)
	w.command(commandClose, 1)
}

// point draws a point.
func (w *writer) point(s, corner shape.Spot) {
	w.command(commandMove, 1)
	w.to(shape.Spot{X: s.X - corner.X, Y: s.Y - corner.Y})
}
