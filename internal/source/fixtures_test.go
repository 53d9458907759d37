package source_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/xuri/excelize/v2"
	"google.golang.org/protobuf/encoding/protowire"
)

// The fixtures are written here in the publishers' formats, small enough to
// count by eye.

func gz(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

// zipped packs files given as name, content, name, content.
func zipped(tb testing.TB, files ...string) string {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			tb.Fatal(err)
		}
		w.Write([]byte(files[i+1]))
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// workbook writes sheets of rows; a cell is text, or a number for a float64.
func workbook(tb testing.TB, sheets map[string][][]any) string {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	names := make([]string, 0, len(sheets))
	for name := range sheets {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, err := f.NewSheet(name); err != nil {
			tb.Fatal(err)
		}
		for i, row := range sheets[name] {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				tb.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		tb.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// square returns a ring of side 1 with its lower left corner at x, y.
func square(x, y float64) orb.Ring {
	return orb.Ring{{x, y}, {x, y + 1}, {x + 1, y + 1}, {x + 1, y}, {x, y}}
}

// geoPackage writes one layer of squares: code, then the lower left corner.
func geoPackage(tb testing.TB, srs int, rows ...[3]any) string {
	tb.Helper()
	shapes := make([][2]any, len(rows))
	for i, r := range rows {
		shapes[i] = [2]any{r[0], orb.Polygon{square(r[1].(float64), r[2].(float64))}}
	}
	return geoPackageOf(tb, srs, shapes...)
}

// geoPackageOf writes one layer of any shapes: code, then the shape.
func geoPackageOf(tb testing.TB, srs int, rows ...[2]any) string {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), "x.gpkg")
	db, err := sql.Open("sqlite3", name)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	exec := func(query string, args ...any) {
		if _, err := db.Exec(query, args...); err != nil {
			tb.Fatal(err)
		}
	}
	exec(`CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER)`)
	exec(`CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)`)
	exec(`INSERT INTO gpkg_geometry_columns VALUES ('areas', 'geom', ?)`, srs)
	exec(`INSERT INTO gpkg_spatial_ref_sys VALUES (?, 'EPSG', ?)`, srs, srs)
	exec(`CREATE TABLE areas (fid INTEGER PRIMARY KEY, geom BLOB, LSOA21CD TEXT)`)
	for _, r := range rows {
		shape, err := wkb.Marshal(r[1].(orb.Geometry), binary.LittleEndian)
		if err != nil {
			tb.Fatal(err)
		}
		head := binary.LittleEndian.AppendUint32([]byte{'G', 'P', 0, 1}, uint32(srs))
		exec(`INSERT INTO areas (geom, LSOA21CD) VALUES (?, ?)`, append(head, shape...), r[0])
	}
	db.Close()
	b, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

const (
	gridPRJ = `PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936"]]`
	wgsPRJ  = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]`
)

// shapefile writes squares as a zipped Shapefile, one per code, with lower left
// corners x, x.
func shapefile(tb testing.TB, prj string, codes ...string) string {
	tb.Helper()
	var body []byte
	little := binary.LittleEndian
	for i := range codes {
		at := float64(1000 * (i + 1))
		ring := square(at, at)
		record := little.AppendUint32(nil, 5)
		for _, f := range []float64{at, at, at + 1, at + 1} {
			record = little.AppendUint64(record, math.Float64bits(f))
		}
		record = little.AppendUint32(record, 1)
		record = little.AppendUint32(record, uint32(len(ring)))
		record = little.AppendUint32(record, 0)
		for _, p := range ring {
			record = little.AppendUint64(record, math.Float64bits(p[0]))
			record = little.AppendUint64(record, math.Float64bits(p[1]))
		}
		body = binary.BigEndian.AppendUint32(body, uint32(i+1))
		body = binary.BigEndian.AppendUint32(body, uint32(len(record)/2))
		body = append(body, record...)
	}
	head := binary.BigEndian.AppendUint32(nil, 9994)
	head = append(head, make([]byte, 20)...)
	head = binary.BigEndian.AppendUint32(head, uint32((100+len(body))/2))
	head = little.AppendUint32(head, 1000)
	head = little.AppendUint32(head, 5)
	for range 8 {
		head = little.AppendUint64(head, 0)
	}
	const width = 9
	dbf := []byte{3, 121, 1, 1}
	dbf = little.AppendUint32(dbf, uint32(len(codes)))
	dbf = little.AppendUint16(dbf, 32+32+1)
	dbf = little.AppendUint16(dbf, 1+width)
	dbf = append(dbf, make([]byte, 20)...)
	field := make([]byte, 32)
	copy(field, "LSOA21CD")
	field[11], field[16] = 'C', width
	dbf = append(append(dbf, field...), 0x0d)
	for _, c := range codes {
		dbf = append(dbf, fmt.Sprintf(" %-*s", width, c)...)
	}
	files := []string{"areas.shp", string(head) + string(body), "areas.dbf", string(dbf) + "\x1a"}
	if prj != "" {
		files = append(files, "areas.prj", prj)
	}
	return zipped(tb, files...)
}

// pbfNode and pbfWay are what pbf writes. Tags are key, value, key, value.
type pbfNode struct {
	id       int64
	lon, lat float64
	tags     []string
}

type pbfWay struct {
	id   int64
	refs []int64
	tags []string
}

// pbf writes an OpenStreetMap file of two blocks, nodes and ways.
func pbf(nodes []pbfNode, ways []pbfWay) string {
	out := pbfBlob("OSMHeader", pbfField(nil, 4, []byte("OsmSchema-V0.6")))
	if len(nodes) > 0 {
		out += pbfBlob("OSMData", pbfNodes(nodes))
	}
	if len(ways) > 0 {
		out += pbfBlob("OSMData", pbfWays(ways))
	}
	return out
}

func pbfField(b []byte, n protowire.Number, body []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, n, protowire.BytesType), body)
}

func pbfBlob(kind string, block []byte) string {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(block)
	z.Close()
	blob := protowire.AppendVarint(protowire.AppendTag(nil, 2, protowire.VarintType), uint64(len(block)))
	return pbfFrame(kind, pbfField(blob, 3, packed.Bytes()))
}

func pbfFrame(kind string, blob []byte) string {
	head := pbfField(nil, 1, []byte(kind))
	head = protowire.AppendVarint(protowire.AppendTag(head, 3, protowire.VarintType), uint64(len(blob)))
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(head)))) + string(head) + string(blob)
}

// words numbers the strings of a block; 0 is the empty one.
type words struct{ all []string }

func (w *words) index(s string) uint64 {
	if i := slices.Index(w.all, s); i > 0 {
		return uint64(i)
	}
	w.all = append(w.all, s)
	return uint64(len(w.all) - 1)
}

func (w *words) block(group []byte) []byte {
	var table []byte
	for _, s := range w.all {
		table = pbfField(table, 1, []byte(s))
	}
	return pbfField(pbfField(nil, 1, table), 2, group)
}

func pbfNodes(nodes []pbfNode) []byte {
	w := words{all: []string{""}}
	var ids, lats, lons, tags []byte
	var id, lat, lon int64
	for _, n := range nodes {
		y, x := int64(math.Round(n.lat*1e7)), int64(math.Round(n.lon*1e7))
		ids = protowire.AppendVarint(ids, protowire.EncodeZigZag(n.id-id))
		lats = protowire.AppendVarint(lats, protowire.EncodeZigZag(y-lat))
		lons = protowire.AppendVarint(lons, protowire.EncodeZigZag(x-lon))
		id, lat, lon = n.id, y, x
		for _, t := range n.tags {
			tags = protowire.AppendVarint(tags, w.index(t))
		}
		tags = append(tags, 0)
	}
	dense := pbfField(pbfField(pbfField(pbfField(nil, 1, ids), 8, lats), 9, lons), 10, tags)
	return w.block(pbfField(nil, 2, dense))
}

func pbfWays(ways []pbfWay) []byte {
	w := words{all: []string{""}}
	var group []byte
	for _, way := range ways {
		var keys, values, refs []byte
		for i := 0; i < len(way.tags); i += 2 {
			keys = protowire.AppendVarint(keys, w.index(way.tags[i]))
			values = protowire.AppendVarint(values, w.index(way.tags[i+1]))
		}
		var id int64
		for _, r := range way.refs {
			refs = protowire.AppendVarint(refs, protowire.EncodeZigZag(r-id))
			id = r
		}
		b := protowire.AppendVarint(protowire.AppendTag(nil, 1, protowire.VarintType), uint64(way.id))
		group = pbfField(group, 3, pbfField(pbfField(pbfField(b, 2, keys), 3, values), 8, refs))
	}
	return w.block(group)
}

// village is four nodes on a square of Deal and the ways between them.
func village() string {
	return pbf(
		[]pbfNode{
			{1, 1.40, 51.22, nil}, {2, 1.41, 51.22, []string{"barrier", "gate", "note", "green"}},
			{3, 1.41, 51.23, nil}, {4, 1.40, 51.23, []string{"amenity", "library", "name", "Deal Library", "addr:postcode", "CT14 6BB"}},
		},
		[]pbfWay{
			{30, []int64{1, 2}, []string{"highway", "footway", "surface", "gravel", "source", "survey"}},
			{10, []int64{2, 3, 99}, []string{"highway", "residential"}},
			{20, []int64{3, 4}, []string{"waterway", "river"}},
			{40, []int64{1, 2, 3, 4, 1}, []string{"building", "yes", "amenity", "school"}},
			{50, []int64{1, 2, 3}, []string{"amenity", "school"}},
			{60, []int64{1}, []string{"highway", "steps"}},
			{70, []int64{4, 1}, []string{"railway", "rail", "tunnel", "yes"}},
			{80, []int64{4, 1}, []string{"highway", "motorway"}},
			{90, []int64{1, 2, 3, 4, 1}, []string{"highway", "pedestrian", "area", "yes"}},
			{95, []int64{4, 1}, []string{"man_made", "pier", "foot", "no"}},
		})
}

func read(s string) *strings.Reader { return strings.NewReader(s) }

// zipParts unpacks an archive.
func zipParts(tb testing.TB, s string) map[string]string {
	tb.Helper()
	z, err := zip.NewReader(strings.NewReader(s), int64(len(s)))
	if err != nil {
		tb.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		parts[f.Name] = string(b)
	}
	return parts
}
