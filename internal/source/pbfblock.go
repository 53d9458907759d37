package source

import (
	"github.com/paulmach/orb"
	"google.golang.org/protobuf/encoding/protowire"
)

// pbfBlock is a block of data, unpacked and checked as far as the numbers of its
// messages go. It keeps its memory from block to block.
// Source of the field numbers: osmformat.proto of the OSM-binary project.
type pbfBlock struct {
	words                [][]byte // the string table
	dense                [][]byte // messages of dense nodes
	ways                 [][]byte // messages of ways
	granularity          int64    // nanodegrees
	latOffset, lonOffset int64    // nanodegrees
	ids, lats, lons      []int64
	tags                 []pbfTag
	reader               tagReader
}

// pbfTag is a tag by its places in the string table.
type pbfTag struct{ key, value uint32 }

// parse reads the block's outer messages.
func (b *pbfBlock) parse(block []byte) error {
	const stringTable, group, granularity, latOffset, lonOffset = 1, 2, 17, 19, 20
	b.words, b.dense, b.ways = b.words[:0], b.dense[:0], b.ways[:0]
	b.granularity, b.latOffset, b.lonOffset = 100, 0, 0
	tables := 0
	return eachField(block, func(f pbfField) error {
		isBytes := f.kind == protowire.BytesType
		switch f.number {
		case stringTable:
			if tables++; tables > 1 || !isBytes {
				return errDamaged
			}
			return b.parseWords(f.bytes)
		case group:
			if isBytes {
				return b.parseGroup(f.bytes)
			}
		case granularity:
			b.granularity = int64(f.varint)
		case latOffset:
			b.latOffset = int64(f.varint)
		case lonOffset:
			b.lonOffset = int64(f.varint)
		}
		return nil
	})
}

func (b *pbfBlock) parseWords(table []byte) error {
	return eachField(table, func(f pbfField) error {
		if f.number != 1 || f.kind != protowire.BytesType {
			return errDamaged
		}
		b.words = append(b.words, f.bytes)
		return nil
	})
}

func (b *pbfBlock) parseGroup(group []byte) error {
	const plainNodes, denseNodes, ways = 1, 2, 3
	return eachField(group, func(f pbfField) error {
		switch f.number {
		case plainNodes:
			return &RowError{Want: "dense nodes, found plain ones", Do: rewritePBF}
		case denseNodes, ways:
			if f.kind != protowire.BytesType {
				return errDamaged
			}
		}
		switch f.number {
		case denseNodes:
			b.dense = append(b.dense, f.bytes)
		case ways:
			b.ways = append(b.ways, f.bytes)
		}
		return nil
	})
}

// tagReader returns the reader of tags, ready for this block.
func (b *pbfBlock) tagReader() *tagReader {
	b.reader.begin(b)
	return &b.reader
}

// word returns an entry of the string table.
func (b *pbfBlock) word(i uint32) []byte { return b.words[i] }

// pbfNode is a node of a block. Its tags are good until the next.
type pbfNode struct {
	id   int64
	at   orb.Point
	tags []pbfTag
}

// eachNode calls yield with the nodes of the block. Those that yield is not
// interested in need not lie on earth.
func (b *pbfBlock) eachNode(yield func(pbfNode) error) error {
	for _, message := range b.dense {
		if err := b.eachDense(message, yield); err != nil {
			return err
		}
	}
	return nil
}

func (b *pbfBlock) eachDense(message []byte, yield func(pbfNode) error) error {
	const ids, lats, lons, tags = 1, 8, 9, 10
	fs, err := pickFields(message, ids, lats, lons, tags)
	if err != nil {
		return err
	}
	if b.ids, err = appendDeltas(b.ids[:0], fs[0]); err != nil {
		return err
	}
	if b.lats, err = appendDeltas(b.lats[:0], fs[1]); err != nil {
		return err
	}
	if b.lons, err = appendDeltas(b.lons[:0], fs[2]); err != nil {
		return err
	}
	if len(b.ids) == 0 || len(b.ids) != len(b.lats) || len(b.ids) != len(b.lons) {
		return errDamaged
	}
	words := fs[3].bytes
	if fs[3].number != 0 && fs[3].kind != protowire.BytesType {
		return errDamaged
	}
	for i, id := range b.ids {
		if words, err = b.takeTags(words); err != nil {
			return err
		}
		// A product that wraps is a place off the earth, or a wrong one: the file
		// is not to be trusted, but it does no harm.
		at := orb.Point{1e-9 * float64(b.lonOffset+b.granularity*b.lons[i]), 1e-9 * float64(b.latOffset+b.granularity*b.lats[i])}
		if err := yield(pbfNode{id, at, b.tags}); err != nil {
			return err
		}
	}
	if len(words) > 0 {
		return errDamaged
	}
	return nil
}

// takeTags reads the keys and values of one node off the front of words, up to
// a zero, into b.tags. No words at all means that no node has a tag.
func (b *pbfBlock) takeTags(words []byte) (rest []byte, err error) {
	b.tags = b.tags[:0]
	for len(words) > 0 {
		key, n := consumeVarint(words)
		if n <= 0 || key >= uint64(max(1, len(b.words))) {
			return nil, errDamaged
		}
		if words = words[n:]; key == 0 {
			return words, nil
		}
		value, n := consumeVarint(words)
		if n <= 0 || value >= uint64(len(b.words)) {
			return nil, errDamaged
		}
		words = words[n:]
		b.tags = append(b.tags, pbfTag{uint32(key), uint32(value)})
	}
	return words, nil
}

// pbfWay is a way of a block. Its tags are good until the next; refs are the
// packed references, for appendDeltas.
type pbfWay struct {
	id   int64
	tags []pbfTag
	refs pbfField
}

// eachWay calls yield with the ways of the block.
func (b *pbfBlock) eachWay(yield func(pbfWay) error) error {
	const id, keys, values, refs = 1, 2, 3, 8
	for _, message := range b.ways {
		fs, err := pickFields(message, id, keys, values, refs)
		if err != nil {
			return err
		}
		if fs[0].kind != protowire.VarintType || fs[0].number != id {
			return errDamaged
		}
		if err := b.readTags(fs[1], fs[2]); err != nil {
			return err
		}
		if fs[3].number != 0 && fs[3].kind != protowire.BytesType {
			return errDamaged
		}
		if err := yield(pbfWay{int64(fs[0].varint), b.tags, fs[3]}); err != nil {
			return err
		}
	}
	return nil
}

// readTags reads the keys and values of a way into b.tags.
func (b *pbfBlock) readTags(keys, values pbfField) error {
	b.tags = b.tags[:0]
	for _, f := range []pbfField{keys, values} {
		if f.number != 0 && f.kind != protowire.BytesType {
			return errDamaged
		}
	}
	k, v := keys.bytes, values.bytes
	for len(k) > 0 && len(v) > 0 {
		key, n := consumeVarint(k)
		value, m := consumeVarint(v)
		if n <= 0 || m <= 0 || key >= uint64(len(b.words)) || value >= uint64(len(b.words)) {
			return errDamaged
		}
		b.tags = append(b.tags, pbfTag{uint32(key), uint32(value)})
		k, v = k[n:], v[m:]
	}
	if len(k) > 0 || len(v) > 0 {
		return errDamaged
	}
	return nil
}

// pickFields returns the fields of the given numbers, each of which may come
// once; one that does not come is the zero field.
func pickFields(message []byte, numbers ...protowire.Number) ([4]pbfField, error) {
	var fs [4]pbfField
	err := eachField(message, func(f pbfField) error {
		for i, n := range numbers {
			if n != f.number {
				continue
			}
			if fs[i].number != 0 {
				return errDamaged
			}
			fs[i] = f
		}
		return nil
	})
	return fs, err
}

// appendDeltas appends packed numbers, each stored as the difference from the
// one before.
func appendDeltas(out []int64, f pbfField) ([]int64, error) {
	if f.number != 0 && f.kind != protowire.BytesType {
		return nil, errDamaged
	}
	var sum int64
	for b := f.bytes; len(b) > 0; {
		v, n := consumeVarint(b)
		if n <= 0 {
			return nil, errDamaged
		}
		b = b[n:]
		sum += protowire.DecodeZigZag(v)
		out = append(out, sum)
	}
	return out, nil
}

// consumeVarint is protowire.ConsumeVarint with a short way for the short
// numbers that nearly all are.
func consumeVarint(b []byte) (v uint64, n int) {
	if len(b) > 2 {
		if b[0] < 0x80 {
			return uint64(b[0]), 1
		}
		if b[1] < 0x80 {
			return uint64(b[0]&0x7f) | uint64(b[1])<<7, 2
		}
		if b[2] < 0x80 {
			return uint64(b[0]&0x7f) | uint64(b[1]&0x7f)<<7 | uint64(b[2])<<14, 3
		}
	}
	return protowire.ConsumeVarint(b)
}
