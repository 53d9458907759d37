package source_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/geo"
	"hubreach/internal/source"
)

// asciiGrid is a grid of two rows and three columns, 50 m apart, whose
// south-western post is at 500025, 100025. The north-eastern has no height:
//
//	10 20  -
//	 1  2  3
const asciiGrid = "ncols 3\nnrows 2\nxllcorner 500000\nyllcorner 100000\ncellsize 50\nNODATA_value -9999\n10 20 -9999\n1 2 3\n"

// tiffOf writes the same heights as a GeoTIFF of 32-bit numbers in one strip.
func tiffOf(o binary.ByteOrder, pack bool, crs uint16) string {
	heights := []float32{10, 20, -9999, 1, 2, 3}
	var strip []byte
	for _, h := range heights {
		strip = appendUint32(o, strip, math.Float32bits(h))
	}
	compression := uint16(1)
	if pack {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write(strip)
		z.Close()
		strip, compression = b.Bytes(), 8
	}
	type tag struct {
		id, kind uint16
		count    uint32
		value    []byte
	}
	short := func(vs ...uint16) (b []byte) {
		for _, v := range vs {
			b = appendUint16(o, b, v)
		}
		return b
	}
	double := func(vs ...float64) (b []byte) {
		for _, v := range vs {
			if o == binary.BigEndian {
				b = binary.BigEndian.AppendUint64(b, math.Float64bits(v))
			} else {
				b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
			}
		}
		return b
	}
	const strips = 8 // bytes before them
	tags := []tag{
		{256, 3, 1, short(3)}, {257, 3, 1, short(2)}, {258, 3, 1, short(32)}, {259, 3, 1, short(compression)},
		{273, 4, 1, appendUint32(o, nil, strips)}, {277, 3, 1, short(1)}, {278, 3, 1, short(2)}, {279, 4, 1, appendUint32(o, nil, uint32(len(strip)))},
		{339, 3, 1, short(3)}, {33550, 12, 3, double(50, 50, 0)}, {33922, 12, 6, double(0, 0, 0, 500000, 100100, 0)},
		{34735, 3, 12, short(1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, crs)}, {42113, 2, 6, []byte("-9999\x00")},
	}
	out := []byte("II*\x00")
	if o == binary.BigEndian {
		out = []byte("MM\x00*")
	}
	out = appendUint32(o, out, uint32(strips+len(strip)))
	out = append(out, strip...)
	after := len(out) + 2 + 12*len(tags) + 4
	var values []byte
	out = append(out, short(uint16(len(tags)))...)
	for _, t := range tags {
		out = append(out, short(t.id, t.kind)...)
		out = appendUint32(o, out, t.count)
		if len(t.value) > 4 {
			out = appendUint32(o, out, uint32(after+len(values)))
			values = append(values, t.value...)
			continue
		}
		out = append(out, append(t.value, make([]byte, 4-len(t.value))...)...)
	}
	return string(append(appendUint32(o, out, 0), values...))
}

func appendUint16(o binary.ByteOrder, b []byte, v uint16) []byte {
	var a [2]byte
	o.PutUint16(a[:], v)
	return append(b, a[:]...)
}

func appendUint32(o binary.ByteOrder, b []byte, v uint32) []byte {
	var a [4]byte
	o.PutUint32(a[:], v)
	return append(b, a[:]...)
}

// TestReadHeights asks for the same heights in every form. Between posts they
// are in proportion: half-way from 1 to 2 is 1.5, in the middle of 1, 2, 10 and
// 20 a quarter of their sum.
func TestReadHeights(t *testing.T) {
	for _, f := range []struct{ name, data string }{
		{"ASCII grid", asciiGrid},
		{"ASCII grid by the middle of a cell", strings.NewReplacer("xllcorner 500000", "XLLCENTER 500025", "yllcorner 100000", "YLLCENTER 100025").Replace(asciiGrid)},
		{"ASCII grid of another system's line ends", strings.ReplaceAll(asciiGrid, "\n", "\r\n")},
		{"ASCII grid, packed", gz(asciiGrid)},
		{"GeoTIFF", tiffOf(binary.LittleEndian, false, 27700)},
		{"GeoTIFF, deflate", tiffOf(binary.LittleEndian, true, 27700)},
		{"GeoTIFF, the other way round", tiffOf(binary.BigEndian, true, 27700)},
		{"ZIP", zipped(t, "readme.txt", "x", "data/tq00.asc", asciiGrid)},
		{"ZIP in a ZIP", zipped(t, "data/tq/tq00.zip", zipped(t, "TQ00.asc", asciiGrid, "TQ00.prj", "x"))},
		{"two tiles", zipped(t,
			"a.asc", "ncols 1\nnrows 2\nxllcorner 500000\nyllcorner 100000\ncellsize 50\n10 1\n",
			"b.asc", "ncols 2\nnrows 2\nxllcorner 500050\nyllcorner 100000\ncellsize 50\nnodata_value -9999\n20 -9999 2 3\n")},
	} {
		t.Run(f.name, func(t *testing.T) {
			h, err := source.ReadHeights(read(f.data), "terrain", source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if low, high := h.Range(); h.Posts() != 5 || h.Cell() != 50 || low != 1 || high != 20 {
				t.Errorf("%d posts %v m apart from %v to %v m: want 5, 50, 1 to 20", h.Posts(), h.Cell(), low, high)
			}
			for _, c := range []struct {
				name  string
				at    geo.Grid
				want  geo.Metres
				known bool
			}{
				{"on a post", geo.Grid{500025, 100025}, 1, true},
				{"half-way east", geo.Grid{500050, 100025}, 1.5, true},
				{"a tenth of the way north", geo.Grid{500025, 100030}, 1.9, true},
				{"in the middle of four", geo.Grid{500050, 100050}, 33.0 / 4, true},
				{"past the edge, still nearest to a post", geo.Grid{500001, 100025}, 1, true},
				{"nine tenths of the way east", geo.Grid{500120, 100025}, 2.9, true},
				// 2, 3 and 20 with the weights 0.09, 0.01 and 0.81
				{"one post of four without", geo.Grid{500080, 100070}, 16.41 / 0.91, true},
				{"on the post without", geo.Grid{500125, 100075}, 0, false},
				{"outside", geo.Grid{499950, 100025}, 0, false},
				{"far outside", geo.Grid{-1e300, 1e300}, 0, false},
				{"not a number", geo.Grid{math.NaN(), 0}, 0, false},
			} {
				if got, known := h.At(c.at); known != c.known || math.Abs(float64(got-c.want)) > 1e-6 {
					t.Errorf("%s: %v, %t; want %v, %t", c.name, got, known, c.want, c.known)
				}
			}
		})
	}
}

func TestReadHeightsBad(t *testing.T) {
	change := func(old, new string) string { return strings.Replace(asciiGrid, old, new, 1) }
	for _, c := range []struct {
		name, data string
		o          source.Options
		want       string
	}{
		{"not a grid", "a,b\n1,2\n", source.Options{}, "terrain: ncols: want an ESRI ASCII grid or a GeoTIFF, found neither; fetch the file again"},
		{"nothing in the ZIP", zipped(t, "a.txt", "x"), source.Options{}, "terrain: want an ESRI ASCII grid or a GeoTIFF; fetch the file again"},
		{"no columns", change("ncols 3", "ncols 0"), source.Options{}, `terrain: line 6: ncols "0": want above 0, at most a million; fetch the file again`},
		{"half a column", change("ncols 3", "ncols 2.5"), source.Options{}, `terrain: line 6: ncols "2.5": want above 0, at most a million; fetch the file again`},
		{"no place", change("xllcorner 500000\n", ""), source.Options{}, `terrain: line 5: xllcorner: want metres of the grid; fetch the file again`},
		{"a word for a number", change("cellsize 50", "cellsize fifty"), source.Options{}, `terrain: line 5: cellsize "fifty": want a number; fetch the file again`},
		{"a name twice", change("nrows 2", "nrows 2\nnrows 2"), source.Options{}, `terrain: line 3: nrows "2": want once; fetch the file again`},
		{"a word for a height", change("20", "x"), source.Options{}, `terrain: line 7 "x": want a height in metres; fetch the file again`},
		{"a height less", change("1 2 3", "1 2"), source.Options{}, `terrain: line 9: want more heights, found the end of the file; fetch the file again`},
		{"a height more", asciiGrid + "4\n", source.Options{}, `terrain: line 8 "4": want 2 rows of 3 heights and no more; fetch the file again`},
		{"far fewer heights than said", change("ncols 3", "ncols 3000"), source.Options{}, `terrain: line 6: want 2 rows of 3000 heights, found fewer; fetch the file again`},
		{"too large", asciiGrid, source.Options{MaxBytes: 20}, "terrain: want at most 20 bytes unpacked; cut the file down to the county"},
		{"degrees", asciiGrid, source.Options{CRS: source.WGS84}, `terrain: crs "EPSG:4326": want EPSG:27700; write it anew with gdalwarp -t_srs EPSG:27700 -co COMPRESS=DEFLATE`},
		{"a GeoTIFF in degrees", tiffOf(binary.LittleEndian, false, 4326), source.Options{}, `terrain: ProjectedCRSGeoKey "4326": want 27700; write it anew with gdalwarp -t_srs EPSG:27700 -co COMPRESS=DEFLATE`},
		{"a cut GeoTIFF", tiffOf(binary.LittleEndian, false, 27700)[:60], source.Options{}, "terrain: want a whole GeoTIFF: unexpected EOF; fetch the file again"},
		{"tiles that do not fit", zipped(t, "a.asc", asciiGrid, "b.asc", change("500000", "500010")), source.Options{}, "terrain/b.asc: want posts on the lattice of terrain/a.asc; join the grids with gdalwarp"},
		{"tiles of two sizes", zipped(t, "a.asc", asciiGrid, "b.asc", change("cellsize 50", "cellsize 25")), source.Options{}, "terrain/b.asc: want posts on the lattice of terrain/a.asc; join the grids with gdalwarp"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := source.ReadHeights(read(c.data), "terrain", c.o)
			if err == nil {
				t.Fatalf("%d posts, want %s", h.Posts(), c.want)
			}
			if err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestReadHeightsGDAL: grids written by GDAL in each form read as the ASCII grid
// they were made from.
func TestReadHeightsGDAL(t *testing.T) {
	if _, err := exec.LookPath("gdal_translate"); err != nil {
		t.Skip("gdal_translate is not installed: apt-get install gdal-bin")
	}
	var b strings.Builder
	b.WriteString("ncols 70\nnrows 40\nxllcorner 500000\nyllcorner 100000\ncellsize 50\nNODATA_value -9999\n")
	for row := range 40 {
		for col := range 70 {
			fmt.Fprintf(&b, "%d ", 10*row-3*col)
		}
		b.WriteByte('\n')
	}
	dir := t.TempDir()
	from := filepath.Join(dir, "a.asc")
	if err := os.WriteFile(from, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	want, err := source.ReadHeights(read(b.String()), "a.asc", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, options := range []string{
		"-ot Float32", "-ot Int16 -co COMPRESS=DEFLATE", "-ot Int32 -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16 -co COMPRESS=DEFLATE", "-ot Float32 -co BLOCKYSIZE=7 -co ENDIANNESS=BIG",
	} {
		to := filepath.Join(dir, fmt.Sprintf("%d.tif", i))
		args := append(strings.Fields("-q -a_srs EPSG:27700 "+options), from, to)
		if out, err := exec.Command("gdal_translate", args...).CombinedOutput(); err != nil {
			t.Fatalf("gdal_translate %s: %v\n%s", options, err, out)
		}
		f, err := os.Open(to)
		if err != nil {
			t.Fatal(err)
		}
		got, err := source.ReadHeights(f, to, source.Options{})
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", options, err)
		}
		if got.Posts() != want.Posts() {
			t.Errorf("%s: %d posts, want %d", options, got.Posts(), want.Posts())
		}
		for x := 499_990.0; x < 503_510; x += 30 {
			p := geo.Grid{x, 100_000 + (x-499_990)/2}
			a, okA := want.At(p)
			b, okB := got.At(p)
			if okA != okB || math.Abs(float64(a-b)) > 1e-3 {
				t.Fatalf("%s: at %v %v, %t; want %v, %t", options, p, b, okB, a, okA)
			}
		}
	}
}

func asHeights(s string, o source.Options) error {
	_, err := source.ReadHeights(read(s), "terrain", o)
	return err
}

func FuzzReadHeights(f *testing.F) {
	fuzz(f, asHeights, asciiGrid, tiffOf(binary.LittleEndian, false, 27700), tiffOf(binary.BigEndian, true, 27700), zipped(f, "a.asc", asciiGrid))
}

func BenchmarkReadHeights(b *testing.B) {
	var s strings.Builder
	s.WriteString("ncols 200\nnrows 200\nxllcorner 500000\nyllcorner 100000\ncellsize 50\n") // a tile of OS Terrain 50
	for i := range 40_000 {
		fmt.Fprintf(&s, "%.1f ", float64(i%3000)/10)
	}
	b.SetBytes(int64(s.Len()))
	for b.Loop() {
		if err := asHeights(s.String(), source.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
