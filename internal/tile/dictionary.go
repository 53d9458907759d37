package tile

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"

	"google.golang.org/protobuf/encoding/protowire"
)

// props are the attributes of a feature: texts, whole numbers, numbers and flags
// by name.
type props map[string]any

// set puts a number with so many decimals, or nothing when it is not known.
func (p props) set(key string, v float64, decimals int) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return
	}
	scale := math.Pow10(decimals)
	p[key] = math.Round(v*scale) / scale
}

// say puts a text, or nothing when it is empty.
func say[T ~string](p props, key string, text T) {
	if text != "" {
		p[key] = string(text)
	}
}

// dictionary holds the names and values of attributes of a set, each once and
// encoded, so that a tile need only number those that it has.
type dictionary struct {
	keys    []string
	values  [][]byte // messages Value of the format
	keyAt   map[string]uint32
	valueAt map[any]uint32
	writers sync.Pool // of tiles of the set
}

func newDictionary() *dictionary {
	return &dictionary{keyAt: map[string]uint32{}, valueAt: map[any]uint32{}}
}

// writer returns a writer that nobody else has. It goes back to writers.
func (d *dictionary) writer() *writer {
	if w, ok := d.writers.Get().(*writer); ok {
		return w
	}
	return newWriter(d)
}

// tags returns attributes as numbers of keys and values in turn, by name.
func (d *dictionary) tags(p props) []uint32 {
	tags := make([]uint32, 0, 2*len(p))
	for _, name := range slices.Sorted(maps.Keys(p)) {
		key, ok := d.keyAt[name]
		if !ok {
			key = uint32(len(d.keys))
			d.keyAt[name] = key
			d.keys = append(d.keys, name)
		}
		value, ok := d.valueAt[p[name]]
		if !ok {
			value = uint32(len(d.values))
			d.valueAt[p[name]] = value
			d.values = append(d.values, encodeValue(p[name]))
		}
		tags = append(tags, key, value)
	}
	return tags
}

// encodeValue writes a message Value. Other kinds than those of props are a bug
// and panic.
func encodeValue(v any) []byte {
	const text, number, signed, flag = 1, 3, 6, 7 // fields of Value
	switch v := v.(type) {
	case string:
		return protowire.AppendString(protowire.AppendTag(nil, text, protowire.BytesType), v)
	case float64:
		return protowire.AppendFixed64(protowire.AppendTag(nil, number, protowire.Fixed64Type), math.Float64bits(v))
	case int:
		return protowire.AppendVarint(protowire.AppendTag(nil, signed, protowire.VarintType), protowire.EncodeZigZag(int64(v)))
	case bool:
		return protowire.AppendVarint(protowire.AppendTag(nil, flag, protowire.VarintType), protowire.EncodeBool(v))
	}
	panic(fmt.Sprintf("tile: attribute %T", v))
}
