package source

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// The tags that are read. Sources: TIFF Revision 6.0 (Adobe, 1992); OGC
// 19-008r4, GeoTIFF 1.1; GDAL's documentation of its no-data tag.
const (
	tiffWidth       = 256
	tiffHeight      = 257
	tiffBits        = 258
	tiffCompression = 259
	tiffStripAt     = 273
	tiffSamples     = 277
	tiffStripRows   = 278
	tiffStripBytes  = 279
	tiffPredictor   = 317
	tiffTileWidth   = 322
	tiffTileHeight  = 323
	tiffTileAt      = 324
	tiffTileBytes   = 325
	tiffFormat      = 339
	tiffScale       = 33550
	tiffTie         = 33922
	tiffKeys        = 34735
	tiffNone        = 42113
)

// Values of tags.
const (
	tiffPlain      = 1
	tiffDeflate    = 8
	tiffOldDeflate = 32946
	tiffUnsigned   = 1
	tiffSigned     = 2
	tiffFloat      = 3
)

// geoTIFF is a file while it is read.
type geoTIFF struct {
	file  string
	data  []byte
	order binary.ByteOrder
	tags  map[uint16]tiffTag
}

// tiffTag is the value of a tag: numbers, or text.
type tiffTag struct {
	numbers []float64
	text    string
}

// parseGeoTIFF reads the first image of a GeoTIFF. At most limit bytes of
// heights are taken.
func parseGeoTIFF(data []byte, file string, limit int64) (heightGrid, error) {
	t := geoTIFF{file: file, data: data, order: binary.LittleEndian}
	if data[0] == 'M' {
		t.order = binary.BigEndian
	}
	if err := t.readTags(); err != nil {
		return heightGrid{file: file}, t.fault(err)
	}
	g, rows, err := t.place(limit)
	if err == nil {
		g.metres = make([]float32, g.width*rows)
		err = t.readImage(g, rows)
	}
	if errors.Is(err, errTooLarge) {
		return g, err
	}
	return g, t.fault(err)
}

func (t *geoTIFF) fault(err error) error {
	if refused, ok := errors.AsType[*RowError](err); ok || err == nil {
		if ok {
			refused.File = t.file
			return refused
		}
		return nil
	}
	return &RowError{File: t.file, Want: "a whole GeoTIFF", Err: err, Do: refetch}
}

// bytes returns n bytes at an offset.
func (t *geoTIFF) bytes(at, n uint64) ([]byte, error) {
	if at > uint64(len(t.data)) || n > uint64(len(t.data))-at {
		return nil, io.ErrUnexpectedEOF
	}
	return t.data[at : at+n], nil
}

// tiffSizes are the bytes of each type of value.
var tiffSizes = [...]uint64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}

// readTags reads the tags of the first image.
func (t *geoTIFF) readTags() error {
	head, err := t.bytes(4, 4)
	if err != nil {
		return err
	}
	at := uint64(t.order.Uint32(head))
	count, err := t.bytes(at, 2)
	if err != nil {
		return err
	}
	n := uint64(t.order.Uint16(count))
	entries, err := t.bytes(at+2, 12*n)
	if err != nil {
		return err
	}
	t.tags = map[uint16]tiffTag{}
	for ; len(entries) > 0; entries = entries[12:] {
		tag, kind := t.order.Uint16(entries), t.order.Uint16(entries[2:])
		if int(kind) >= len(tiffSizes) || tiffSizes[kind] == 0 {
			continue // a type of a later day
		}
		size := tiffSizes[kind] * uint64(t.order.Uint32(entries[4:]))
		value := entries[8:12]
		if size > 4 {
			if value, err = t.bytes(uint64(t.order.Uint32(value)), size); err != nil {
				return err
			}
		}
		t.tags[tag] = t.value(kind, value[:size])
	}
	return nil
}

func (t *geoTIFF) value(kind uint16, b []byte) (v tiffTag) {
	const ascii, short, long, double = 2, 3, 4, 12
	switch kind {
	case ascii:
		v.text = strings.TrimRight(string(b), "\x00 ")
	case short:
		for ; len(b) > 0; b = b[2:] {
			v.numbers = append(v.numbers, float64(t.order.Uint16(b)))
		}
	case long:
		for ; len(b) > 0; b = b[4:] {
			v.numbers = append(v.numbers, float64(t.order.Uint32(b)))
		}
	case double:
		for ; len(b) > 0; b = b[8:] {
			v.numbers = append(v.numbers, math.Float64frombits(t.order.Uint64(b)))
		}
	}
	return v
}

// number returns the first number of a tag, or otherwise.
func (t *geoTIFF) number(tag uint16, otherwise float64) float64 {
	if v := t.tags[tag].numbers; len(v) > 0 {
		return v[0]
	}
	return otherwise
}

// place returns the grid without its heights.
func (t *geoTIFF) place(limit int64) (g heightGrid, rows int, err error) {
	g.file = t.file
	width, height := t.number(tiffWidth, 0), t.number(tiffHeight, 0)
	if width < 1 || height < 1 {
		return g, 0, errors.New("no image")
	}
	if 4*width*height > float64(limit) {
		return g, 0, errTooLarge
	}
	g.width, rows = int(width), int(height)
	scale, tie := t.tags[tiffScale].numbers, t.tags[tiffTie].numbers
	if len(scale) < 2 || len(tie) < 6 || !(scale[0] > 0 && scale[0] <= 1e6) || math.Abs(scale[0]-scale[1]) > 1e-9*scale[0] {
		return g, 0, &RowError{Want: "square cells along the grid", Do: toGrid}
	}
	if crs, ok := t.key(3072); !ok || crs != 27700 { // ProjectedCRSGeoKey
		return g, 0, &RowError{Field: "ProjectedCRSGeoKey", Found: strconv.Itoa(crs), Want: "27700", Do: toGrid}
	}
	g.cell = scale[0]
	half := g.cell / 2
	if kind, ok := t.key(1025); ok && kind == 2 { // GTRasterTypeGeoKey: a cell's position is that of its middle
		half = 0
	}
	g.west = tie[3] - tie[0]*g.cell + half
	g.south = tie[4] + tie[1]*g.cell - half - float64(rows-1)*g.cell
	if !(math.Abs(g.west) <= 1e8 && math.Abs(g.south) <= 1e8) {
		return g, 0, errors.New("a place far from the grid")
	}
	return g, rows, nil
}

// key returns a value of the key directory that is kept in the directory itself.
func (t *geoTIFF) key(id float64) (int, bool) {
	keys := t.tags[tiffKeys].numbers
	for i := 4; i+4 <= len(keys); i += 4 {
		if keys[i] == id && keys[i+1] == 0 {
			return int(keys[i+3]), true
		}
	}
	return 0, false
}

// readImage reads the blocks of the image, strips or tiles, into g.
func (t *geoTIFF) readImage(g heightGrid, rows int) error {
	sample, err := t.sample()
	if err != nil {
		return err
	}
	wide, high := g.width, int(min(t.number(tiffStripRows, float64(rows)), float64(rows)))
	at, sizes := t.tags[tiffStripAt].numbers, t.tags[tiffStripBytes].numbers
	if tiled := len(t.tags[tiffTileAt].numbers) > 0; tiled {
		const most = 1 << 14
		w, h := t.number(tiffTileWidth, 0), t.number(tiffTileHeight, 0)
		if !(w >= 1 && w <= most && h >= 1 && h <= most) {
			return fmt.Errorf("tiles of %v x %v", w, h)
		}
		wide, high = int(w), int(h)
		at, sizes = t.tags[tiffTileAt].numbers, t.tags[tiffTileBytes].numbers
	}
	if high < 1 {
		return errors.New("strips without rows")
	}
	across, down := (g.width+wide-1)/wide, (rows+high-1)/high
	if len(at) != across*down || len(sizes) != len(at) {
		return fmt.Errorf("%d blocks: want %d", len(at), across*down)
	}
	none, hasNone := t.none()
	for i := range at {
		packed, err := t.bytes(uint64(at[i]), uint64(sizes[i]))
		if err != nil {
			return err
		}
		x, y := i%across*wide, i/across*high
		lines := high
		if len(t.tags[tiffTileAt].numbers) == 0 {
			lines = min(high, rows-y) // the last strip is as short as it has to be
		}
		block, err := t.unpack(packed, wide*lines*sample.bytes)
		if err != nil {
			return err
		}
		for line := range min(lines, rows-y) {
			row := rows - 1 - y - line
			for col := range min(wide, g.width-x) {
				v := sample.read(block[(line*wide+col)*sample.bytes:])
				if hasNone && (v == none || float64(float32(none)) == v) || math.IsInf(v, 0) {
					v = math.NaN()
				}
				g.metres[row*g.width+x+col] = float32(v)
			}
		}
	}
	return nil
}

// tiffSample is how a height is written.
type tiffSample struct {
	bytes int
	read  func([]byte) float64
}

// sample settles how heights are written.
func (t *geoTIFF) sample() (tiffSample, error) {
	bits, format := t.number(tiffBits, 1), t.number(tiffFormat, tiffUnsigned)
	o := t.order
	switch {
	case t.number(tiffSamples, 1) != 1 || t.number(tiffPredictor, 1) != 1:
		return tiffSample{}, &RowError{Want: "one band, without predictor", Do: toGrid}
	case bits == 16 && format == tiffSigned:
		return tiffSample{2, func(b []byte) float64 { return float64(int16(o.Uint16(b))) }}, nil
	case bits == 16 && format == tiffUnsigned:
		return tiffSample{2, func(b []byte) float64 { return float64(o.Uint16(b)) }}, nil
	case bits == 32 && format == tiffSigned:
		return tiffSample{4, func(b []byte) float64 { return float64(int32(o.Uint32(b))) }}, nil
	case bits == 32 && format == tiffFloat:
		return tiffSample{4, func(b []byte) float64 { return float64(math.Float32frombits(o.Uint32(b))) }}, nil
	}
	return tiffSample{}, &RowError{Want: "numbers of 16 or 32 bits", Do: toGrid}
}

// none returns the height that stands for none.
func (t *geoTIFF) none() (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(t.tags[tiffNone].text), 64)
	return v, err == nil
}

// unpack returns exactly size bytes of a block.
func (t *geoTIFF) unpack(packed []byte, size int) ([]byte, error) {
	switch c := t.number(tiffCompression, tiffPlain); c {
	case tiffPlain:
		if len(packed) < size {
			return nil, io.ErrUnexpectedEOF
		}
		return packed[:size], nil
	case tiffDeflate, tiffOldDeflate:
		z, err := zlib.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(io.LimitReader(z, int64(size))); err != nil {
			return nil, err
		}
		if b.Len() < size {
			return nil, io.ErrUnexpectedEOF
		}
		return b.Bytes(), nil
	default:
		return nil, &RowError{Field: "Compression", Found: strconv.Itoa(int(c)), Want: "none or deflate", Do: toGrid}
	}
}
