package source

import (
	"errors"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// pbfField is a field of a message: varint, or bytes when it has a length.
type pbfField struct {
	number protowire.Number
	kind   protowire.Type
	varint uint64
	bytes  []byte
}

// append writes the field as it was.
func (f pbfField) append(b []byte) []byte {
	b = protowire.AppendTag(b, f.number, f.kind)
	if f.kind == protowire.BytesType {
		return protowire.AppendBytes(b, f.bytes)
	}
	return protowire.AppendVarint(b, f.varint)
}

var errDamaged = errors.New("a block is damaged")

// eachField walks a message. Fixed-size fields, which the format does not have,
// are passed over.
func eachField(b []byte, each func(f pbfField) error) error {
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errDamaged
		}
		b = b[n:]
		f := pbfField{number: number, kind: kind}
		switch kind {
		case protowire.VarintType:
			f.varint, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(number, kind, b)
		}
		if n < 0 {
			return errDamaged
		}
		b = b[n:]
		if kind == protowire.VarintType || kind == protowire.BytesType {
			if err := each(f); err != nil {
				return err
			}
		}
	}
	return nil
}

// rewrite checks a block of data and returns it with nothing in it but the
// nodes or ways that are wanted; nil when there are none.
// Source of the field numbers: osmformat.proto of the OSM-binary project.
func (g *pbfGate) rewrite(block []byte) ([]byte, error) {
	const stringTable, group, granularity, latOffset, lonOffset = 1, 2, 17, 19, 20
	out := make([]byte, 0, len(block))
	words := -1
	err := eachField(block, func(f pbfField) (err error) {
		switch {
		case f.number == stringTable && f.kind == protowire.BytesType && words < 0:
			words, err = countWords(f.bytes)
			out = f.append(out)
		case f.number == stringTable:
			err = errDamaged
		case f.kind == protowire.VarintType && (f.number == granularity || f.number == latOffset || f.number == lonOffset):
			out = f.append(out)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	found := false
	err = eachField(block, func(f pbfField) error {
		if f.number != group || f.kind != protowire.BytesType {
			return nil
		}
		body, err := g.rewriteGroup(f.bytes, max(words, 0))
		if err == nil && len(body) > 0 {
			found = true
			f.bytes = body
			out = f.append(out)
		}
		return err
	})
	if err != nil || !found {
		return nil, err
	}
	return out, nil
}

// countWords counts the entries of a string table.
func countWords(table []byte) (int, error) {
	n := 0
	err := eachField(table, func(f pbfField) error {
		if f.number != 1 || f.kind != protowire.BytesType {
			return errDamaged
		}
		n++
		return nil
	})
	return n, err
}

func (g *pbfGate) rewriteGroup(group []byte, words int) ([]byte, error) {
	const plainNodes, denseNodes, ways = 1, 2, 3
	var out []byte
	err := eachField(group, func(f pbfField) (err error) {
		switch {
		case f.number == plainNodes:
			return &RowError{Want: "dense nodes, found plain ones", Do: rewritePBF}
		case f.number == denseNodes && g.nodes:
			f.bytes, err = rewriteDense(f.bytes, words)
		case f.number == ways && g.ways:
			f.bytes, err = rewriteWay(f.bytes, words)
		default:
			return nil
		}
		if err == nil && f.kind != protowire.BytesType {
			err = errDamaged
		}
		if err == nil {
			out = f.append(out)
		}
		return err
	})
	return out, err
}

// rewriteDense checks nodes and leaves out their versions, dates and users.
func rewriteDense(dense []byte, words int) ([]byte, error) {
	const ids, lats, lons, tags = 1, 8, 9, 10
	fs, err := pickFields(dense, ids, lats, lons, tags)
	if err != nil {
		return nil, err
	}
	var counts [3]int
	for i, f := range fs[:3] {
		if f.kind != protowire.BytesType {
			return nil, errDamaged
		}
		if counts[i], err = countVarints(f.bytes, math.MaxUint64); err != nil {
			return nil, err
		}
	}
	if counts[0] == 0 || counts[0] != counts[1] || counts[0] != counts[2] {
		return nil, errDamaged
	}
	if _, err := countVarints(fs[3].bytes, uint64(words)); err != nil {
		return nil, err
	}
	var out []byte
	for _, f := range fs {
		if len(f.bytes) > 0 {
			out = f.append(out)
		}
	}
	return out, nil
}

// rewriteWay checks a way and leaves out its version, date and user, and the
// positions that some programs add to the references.
func rewriteWay(way []byte, words int) ([]byte, error) {
	const id, keys, values, refs = 1, 2, 3, 8
	fs, err := pickFields(way, id, keys, values, refs)
	if err != nil {
		return nil, err
	}
	if fs[0].kind != protowire.VarintType || fs[0].number != id {
		return nil, errDamaged
	}
	var counts [3]int // of keys, values and references
	for i, below := range []uint64{uint64(words), uint64(words), math.MaxUint64} {
		f := fs[1+i]
		if f.number != 0 && f.kind != protowire.BytesType {
			return nil, errDamaged
		}
		if counts[i], err = countVarints(f.bytes, below); err != nil {
			return nil, err
		}
	}
	if counts[0] != counts[1] {
		return nil, errDamaged
	}
	out := fs[0].append(nil)
	for _, f := range fs[1:] {
		if len(f.bytes) > 0 {
			out = f.append(out)
		}
	}
	return out, nil
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

// countVarints counts packed numbers, each of which has to be less than below.
func countVarints(b []byte, below uint64) (int, error) {
	n := 0
	for ; len(b) > 0; n++ {
		v, size := protowire.ConsumeVarint(b)
		if size < 0 || v >= below && below != math.MaxUint64 {
			return 0, errDamaged
		}
		b = b[size:]
	}
	return n, nil
}
