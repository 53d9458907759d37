package source_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/internal/source"
)

// spun returns a GeoJSON polygon of n vertices that all lie on one spot.
func spun(n int) string {
	return `{"type":"Polygon","coordinates":[[` + strings.TrimSuffix(strings.Repeat("[1,52],", n), ",") + `]]}`
}

// round returns a zipped Shapefile of one polygon of n vertices on one spot.
func round(t *testing.T, n int) string {
	t.Helper()
	little := binary.LittleEndian
	record := little.AppendUint32(nil, 5)
	record = append(record, make([]byte, 32)...)
	record = little.AppendUint32(record, 1)
	record = little.AppendUint32(record, uint32(n))
	record = append(record, make([]byte, 4+16*n)...)
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 1), uint32(len(record)/2))
	body = append(body, record...)
	head := binary.BigEndian.AppendUint32(nil, 9994)
	head = append(head, make([]byte, 20)...)
	head = binary.BigEndian.AppendUint32(head, uint32((100+len(body))/2))
	head = little.AppendUint32(little.AppendUint32(head, 1000), 5)
	head = append(head, make([]byte, 64)...)
	return zipped(t, "a.shp", string(head)+string(body), "a.dbf", emptyDBF, "a.prj", gridPRJ)
}

// heap returns a GeoPackage of one polygon of n vertices on one spot.
func heap(t *testing.T, n int) string {
	ring := make(orb.Ring, n)
	for i := range ring {
		ring[i] = orb.Point{637_000, 152_000}
	}
	return geoPackageOf(t, 27700, [2]any{"E01000001", orb.Polygon{ring}})
}

// emptyDBF is the head of a table of one column and no rows.
var emptyDBF = string(binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16([]byte{3, 95, 7, 26, 1, 0, 0, 0}, 65), 11)) +
	strings.Repeat("\x00", 20) + "CODE\x00\x00\x00\x00\x00\x00\x00C\x00\x00\x00\x00\x0a" + strings.Repeat("\x00", 15) + "\r" + " E01000001" + " "

// A shape that is one vertex too large, in GeoJSON, in a Shapefile and in a
// GeoPackage, or that nests without end, is refused in one line. With one vertex
// fewer a Shapefile is refused for another reason, all lie on one spot, and a
// GeoPackage is left to the checks of the county.
func TestHostileShapes(t *testing.T) {
	const most = source.MaxVertices
	nested := strings.Repeat(`{"type":"GeometryCollection","geometries":[`, 100_000)
	for _, tt := range []struct {
		name, input, want string
	}{
		{"Shapefile at the limit", round(t, most), "zero area ring"},
		{"GeoPackage at the limit", heap(t, most), ""},
		{"GeoJSON over it", collection(area("E01000001", spun(most+1))), fmt.Sprintf("line 1: geometry: want a polygon: found more than %d vertices", most)},
		{"Shapefile over it", round(t, most+1), "too many points"},
		{"GeoPackage over it", heap(t, most+1), fmt.Sprintf("found more than %d vertices", most)},
		{"a collection in a GeoPackage", geoPackageOf(t, 27700, [2]any{"E01000001", orb.Collection{orb.Point{637_000, 152_000}}}), "found a GeometryCollection"},
		{"collections in collections in a GeoPackage", geoPackageOf(t, 27700, [2]any{"E01000001", orb.Collection{orb.Collection{orb.Collection{}}}}), "found a GeometryCollection"},
		{"collections in collections", collection(area("E01000001", nested)), "exceeded max depth"},
		{"lists in lists", collection(area("E01000001", `{"type":"Polygon","coordinates":`+strings.Repeat("[", 100_000))), "exceeded max depth"},
		{"properties in properties", `{"type":"FeatureCollection","features":[{"properties":{"a":` + strings.Repeat(`{"a":`, 100_000), "exceeded max depth"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := asBoundaries(tt.input, source.Options{})
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("%.300v: want none", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 300 || strings.Contains(err.Error(), "\n")):
				t.Errorf("%.300v: want one line with %q", err, tt.want)
			}
		})
	}
}

// What an archive says that it unpacks to binds, whatever is in it: a workbook, a
// timetable, a layer or heights.
func TestHostileArchives(t *testing.T) {
	zeros := strings.Repeat("0", 1<<20) // packs to a thousandth
	for _, tt := range []struct {
		name string
		read func(string, source.Options) error
		file string
	}{
		{"workbook", asPopulation, "xl/workbook.xml"},
		{"layer", asBoundaries, "a.shp"},
		{"GeoJSON", asBoundaries, "a.geojson"},
		{"GeoPackage", asBoundaries, "a.gpkg"},
		{"timetable", func(s string, o source.Options) error { _, err := readFeed(s, o); return err }, "stop_times.txt"},
		{"heights", func(s string, o source.Options) error { _, err := source.ReadHeights(read(s), "h.zip", o); return err }, "a.asc"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.read(zipped(t, tt.file, zeros), source.Options{MaxBytes: 1 << 19})
			if err == nil || !strings.Contains(err.Error(), "want at most 524288 bytes unpacked") {
				t.Errorf("%v: want the limit", err)
			}
			err = tt.read(zipped(t, "../"+tt.file, "x"), source.Options{})
			if err == nil || !strings.Contains(err.Error(), "want a name inside the archive") {
				t.Errorf("%v: want a word on the path", err)
			}
		})
	}
}
