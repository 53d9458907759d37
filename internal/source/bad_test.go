package source_test

import (
	"errors"
	"strings"
	"testing"

	"hubreach/internal/source"
)

// Readers as functions of a text, for tables of inputs.
var (
	asTable = func(s string, o source.Options) error {
		_, err := source.ReadTable(read(s), "x.csv", o)
		return err
	}
	asValues = func(s string, o source.Options) error {
		_, err := source.ReadValues(read(s), "imd.csv", o, []string{"decile"})
		return err
	}
	asPopulation = func(s string, o source.Options) error {
		_, err := source.ReadPopulation(read(s), "pop.csv", o)
		return err
	}
	asCodes = func(s string, o source.Options) error {
		_, err := source.ReadCodes(read(s), "lookup.csv", o, []string{"from", "to", "change?"})
		return err
	}
	asPlaces = func(s string, o source.Options) error {
		_, err := source.ReadPlaces(read(s), "sites.csv", o)
		return err
	}
	asBoundaries = func(s string, o source.Options) error {
		_, err := source.ReadBoundaries(read(s), "lsoa", o)
		return err
	}
	asCatchments = func(s string, o source.Options) error {
		_, err := source.ReadCatchments(read(s), "walks.geojson", o)
		return err
	}
	asStreets = func(s string, o source.Options) error {
		_, err := source.ReadStreets(read(s), "kent.osm.pbf", o)
		return err
	}
	asAmenities = func(s string, o source.Options) error {
		_, err := source.ReadAmenities(read(s), "kent.osm.pbf", o, map[string][]string{"amenity": nil})
		return err
	}
)

// area is a GeoJSON feature; shape is the geometry or null.
func area(code, shape string) string {
	return `{"type":"Feature","properties":{"LSOA21CD":"` + code + `"},"geometry":` + shape + `}`
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

const (
	deal    = `{"type":"Polygon","coordinates":[[[1.40,51.22],[1.41,51.22],[1.41,51.23],[1.40,51.22]]]}`
	swapped = `{"type":"Polygon","coordinates":[[[51.22,1.40],[51.22,1.41],[51.23,1.41],[51.22,1.40]]]}`
	metres  = `{"type":"Polygon","coordinates":[[[637000,152000],[638000,152000],[638000,153000],[637000,152000]]]}`
	gridCRS = `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},`
)

// What every reader says of input that cannot be read, word for word: the
// message is all that the person who mends the file gets to see.
func TestBadInput(t *testing.T) {
	for _, test := range []struct {
		name  string
		read  func(string, source.Options) error
		input string
		o     source.Options
		want  string
	}{
		{"empty file", asTable, "", source.Options{}, `x.csv: want a file with data, found an empty one; fetch the file again`},
		{"only blanks", asTable, "\n\n  \n", source.Options{}, `x.csv: want a file with data, found an empty one; fetch the file again`},
		{"ragged row", asTable, "a,b,c\n1,2,3\n4,5\n", source.Options{}, `x.csv: line 3: want 3 cells as in the header on line 1, found 2`},
		{"row too wide", asTable, "a,b\n1,2,3\n", source.Options{}, `x.csv: line 2: want 2 cells as in the header on line 1, found 3`},
		{"bare quote", asTable, "a,b\n1,\"2\"3\n", source.Options{}, `x.csv: line 2: want comma-separated cells: extraneous or missing " in quoted-field`},
		{"UTF-16", asTable, "a\x00,\x00b\x00", source.Options{}, `x.csv: want a CSV or XLSX table, found binary data or UTF-16 text; save it as CSV in UTF-8`},
		{"not UTF-8", asTable, "name\nCaf\xe9\n", source.Options{Encoding: "utf-8"}, `x.csv: line 2: want text in UTF-8; set encoding = "windows-1252"`},
		{"unknown encoding", asTable, "a\n", source.Options{Encoding: "latin-9"}, `x.csv: encoding "latin-9": want "utf-8" or "windows-1252"`},
		{"header beyond the end", asTable, "a,b\n1,2\n", source.Options{HeaderRow: 9}, `x.csv: line 9: want a row of column names, found no text`},
		{"unknown column to keep", asTable, "lad,b\n1,2\n", source.Options{Keep: map[string][]string{"district": {"E07000108"}}}, `x.csv: line 1: column "district": want a column of that name; the nearest headers are "lad", "b"`},
		{"truncated gzip", asTable, gz(strings.Repeat("a,b\n1,2\n", 100))[:30], source.Options{}, `x.csv: want a whole gzip file: unexpected EOF; fetch the file again`},
		{"oversized file", asTable, "a,b\n1,2\n", source.Options{MaxBytes: 7}, `x.csv: want at most 7 bytes unpacked; cut the file down to the county`},
		{"oversized gzip", asTable, gz(strings.Repeat("a,b\n", 10_000)), source.Options{MaxBytes: 1000}, `x.csv: want at most 1000 bytes unpacked; cut the file down to the county`},
		{"oversized archive", asTable, zipped(t, "a.csv", strings.Repeat("a,b\n", 10_000)), source.Options{MaxBytes: 1000}, `x.csv: want at most 1000 bytes unpacked; cut the file down to the county`},
		{"archive with a path outside", asTable, zipped(t, "../a.csv", "a,b\n"), source.Options{}, `x.csv: member "../a.csv": want a name inside the archive; fetch the file again`},
		{"archive of two tables", asTable, zipped(t, "a.csv", "a\n", "b.csv", "b\n"), source.Options{}, `x.csv: want one CSV file in the archive, found "a.csv", "b.csv"; name one in layer`},
		{"archive without the layer", asTable, zipped(t, "a.csv", "a\n", "b.csv", "b\n"), source.Options{Layer: "c"}, `x.csv: layer "c": want one of "a.csv", "b.csv"`},
		{"truncated archive", asTable, zipped(t, "a.csv", "a,b\n")[:60], source.Options{}, `x.csv: want a whole ZIP file: zip: not a valid zip file; fetch the file again`},
		{"workbook of two sheets", asTable, workbook(t, map[string][][]any{"Notes": {{"a"}}, "Data": {{"a"}}}), source.Options{}, `x.csv: want one sheet, found "Data", "Notes"; name one in layer`},
		{"workbook without the sheet", asTable, workbook(t, map[string][][]any{"Notes": {{"a"}}, "Data": {{"a"}}}), source.Options{Layer: "Mid-2022"}, `x.csv: layer "Mid-2022": want one of the sheets "Data", "Notes"`},

		{"missing code column", asValues, "area,decile\nE01000001,1\n", source.Options{}, `imd.csv: line 1: code: want a column such as "area_code", "LSOA21CD", "LSOA11CD"; the nearest headers are "area", "decile": name one in columns.code`},
		{"missing column", asValues, "LSOA21CD,IMD rank,IMD dcile\nE01000001,1,2\n", source.Options{}, `imd.csv: line 1: column "decile": want a column of that name; the nearest headers are "IMD dcile", "IMD rank", "LSOA21CD"`},
		{"ambiguous column", asValues, "LSOA21CD,decile (IMD),decile (IDACI)\nE01000001,1,2\n", source.Options{}, `imd.csv: line 1: column "decile": want one column of that name; it fits "decile (IMD)", "decile (IDACI)": write the header in full`},
		{"mapped column missing", asValues, "LSOA21CD,decile\nE01000001,1\n", source.Options{Fields: map[string]string{"code": "LSOA11CD"}}, `imd.csv: line 1: column "LSOA11CD": want a column of that name; the nearest headers are "LSOA21CD", "decile"`},
		{"not a number", asValues, "LSOA21CD,decile\nE01000001,two\n", source.Options{}, `imd.csv: line 2: decile "two": want a number, or a blank where it is not known`},
		{"misplaced comma", asValues, "LSOA21CD,decile\nE01000001,\"1,29\"\n", source.Options{}, `imd.csv: line 2: decile "1,29": want a number, or a blank where it is not known`},
		{"hexadecimal", asValues, "LSOA21CD,decile\nE01000001,0x10\n", source.Options{}, `imd.csv: line 2: decile "0x10": want a number, or a blank where it is not known`},
		{"duplicate code", asValues, "LSOA21CD,decile\nE01000001,1\nE01000001,2\n", source.Options{}, `imd.csv: line 3: code "E01000001": want each code once: it is on line 2 too`},
		{"blank code", asValues, "LSOA21CD,decile\n,1\n", source.Options{}, `imd.csv: line 2: code: want a code, found a blank`},

		{"negative people", asPopulation, "LSOA21CD,0,1\nE01000001,5,-3\n", source.Options{}, `pop.csv: line 2: 1 "-3": want 0 or more people`},
		{"negative total", asPopulation, "lsoacd,population\nE01000001,-1\n", source.Options{}, `pop.csv: line 2: population "-1": want 0 or more people`},
		{"blank count", asPopulation, "LSOA21CD,0,1\nE01000001,5,\n", source.Options{}, `pop.csv: line 2: 1: want a number of people, found none`},
		{"no ages", asPopulation, "LSOA21CD,people\nE01000001,5\n", source.Options{}, `pop.csv: line 1: want columns of ages such as "0", "F0" or "Aged 16 to 24 years", or a total; the first headers are "LSOA21CD", "people": name bands in columns, as "0-15"`},
		{"one sex only", asPopulation, "LSOA21CD,F0,F1,M0\nE01000001,5,5,5\n", source.Options{}, `pop.csv: line 1: F1: want each age once for all people, or once for each sex; name the columns to read in columns, as "0-15"`},
		{"ages that overlap", asPopulation, "LSOA21CD,0 to 15,15 to 19\nE01000001,5,5\n", source.Options{}, `pop.csv: line 1: 15 to 19: want ages that do not overlap those of "0 to 15"; name the columns to read in columns, as "0-15"`},

		{"look-up without a column", asCodes, "LSOA11CD,LSOA21\nE01000001,E01000001\n", source.Options{}, `lookup.csv: line 1: to: want a column such as "LSOA21CD", "lsoa21_code", "LSOA code (2021)"; the nearest headers are "LSOA11CD", "LSOA21": name one in columns.to`},

		{"no name, id or postcode", asPlaces, "easting,northing\n637000,152000\n", source.Options{}, `sites.csv: line 1: name: want a column such as "site_name", "venue_name", "establishment_name"; the nearest headers are "easting", "northing": name one in columns.name`},
		{"coordinates 0, 0", asPlaces, "name,easting,northing\nDeal,0,0\n", source.Options{}, `sites.csv: line 2: coordinates "0 0": want a place, found 0, 0; leave the coordinates blank where they are not known`},
		{"half a pair", asPlaces, "name,easting,northing\nDeal,637000,\n", source.Options{}, `sites.csv: line 2: easting, northing: want both coordinates or neither, found one`},
		{"latitude first", asPlaces, "name,longitude,latitude\nDeal,51.22,1.40\n", source.Options{}, `sites.csv: line 2: coordinates "51.22 1.4": want longitude first, found what look like latitude and longitude swapped; swap them`},
		{"degrees as metres", asPlaces, "name,easting,northing\nDeal,1.40,51.22\n", source.Options{}, `sites.csv: line 2: coordinates "1.4 51.22": want metres of the British National Grid (EPSG:27700), found what look like degrees; set crs = "EPSG:4326"`},
		{"metres as degrees", asPlaces, "name,longitude,latitude\nDeal,637000,152000\n", source.Options{}, `sites.csv: line 2: coordinates "637000 152000": want degrees (EPSG:4326), found what look like metres of the British National Grid; set crs = "EPSG:27700"`},
		{"off the grid", asPlaces, "name,easting,northing\nDeal,6370000,152000\n", source.Options{}, `sites.csv: line 2: coordinates "6370000 152000": want metres of the British National Grid (EPSG:27700): 0 to 700000 east, 0 to 1300000 north`},
		{"two of one name", asPlaces, "name,postcode\nDeal,CT14 6BB\nDeal,CT14 6BB\n", source.Options{}, `sites.csv: line 3: id "deal-ct14-6bb": want each code once: it is on line 2 too`},
		{"coordinate in words", asPlaces, "name,easting,northing\nDeal,east,152000\n", source.Options{}, `sites.csv: line 2: easting "east": want a number, or a blank where it is not known`},
		{"negative weight", asPlaces, "name,homes\nDeal,-1\n", source.Options{}, `sites.csv: line 2: weight "-1": want 0 or more`},
		{"area as a place", asPlaces, collection(`{"type":"Feature","properties":{"name":"Deal"},"geometry":` + deal + `}`), source.Options{}, `sites.csv: line 1: geometry: want a point, found a Polygon`},
		{"line as a place", asPlaces, collection(`{"type":"Feature","properties":{"name":"Deal"},"geometry":{"type":"LineString","coordinates":[]}}`), source.Options{}, `sites.csv: line 1: geometry: want a point: found a LineString`},

		{"not a layer", asBoundaries, "a,b\n1,2\n", source.Options{}, `lsoa: want GeoJSON, a GeoPackage or a zipped Shapefile`},
		{"broken JSON", asBoundaries, "{\n\"type\": \"FeatureCollection\",\n\"features\": [}\n", source.Options{}, `lsoa: line 3: want GeoJSON: invalid character '}' looking for beginning of value`},
		{"truncated GeoJSON", asBoundaries, collection(area("E01000001", deal))[:100], source.Options{}, `lsoa: line 1: want GeoJSON: unexpected end of JSON input`},
		{"TopoJSON", asBoundaries, `{"type":"Topology"}`, source.Options{}, `lsoa: type "Topology": want a GeoJSON FeatureCollection; convert the TopoJSON to GeoJSON`},
		{"half a download", asBoundaries, `{"type":"FeatureCollection","exceededTransferLimit":true,"features":[` + area("E01000001", deal) + `]}`, source.Options{}, `lsoa: want the whole layer, found that the server stopped after 1 features; fetch it in pages`},
		{"no features", asBoundaries, collection(), source.Options{}, `lsoa: want one feature or more, found none; fetch the file again`},
		{"duplicate area", asBoundaries, collection(area("E01000001", deal), area("E01000001", deal)), source.Options{}, `lsoa: line 2: code "E01000001": want each code once: it is on line 1 too`},
		{"null geometry", asBoundaries, collection(area("E01000001", "null")), source.Options{}, `lsoa: line 1: geometry: want a polygon, found none`},
		{"a point", asBoundaries, collection(area("E01000001", `{"type":"Point","coordinates":[1.4,51.2]}`)), source.Options{}, `lsoa: line 1: geometry: want a polygon, found a Point`},
		{"short ring", asBoundaries, collection(area("E01000001", `{"type":"Polygon","coordinates":[[[1.4,51.2],[1.5,51.2],[1.4,51.2]]]}`)), source.Options{}, `lsoa: line 1: geometry: want a polygon: a ring has 3 points: want 4 or more`},
		{"open ring", asBoundaries, collection(area("E01000001", `{"type":"Polygon","coordinates":[[[1.4,51.2],[1.5,51.2],[1.5,51.3],[1.4,51.3]]]}`)), source.Options{}, `lsoa: line 1: geometry: want a polygon: a ring does not end where it begins (1.4 51.2)`},
		{"text in coordinates", asBoundaries, collection(area("E01000001", `{"type":"Polygon","coordinates":[[["a",51.2]]]}`)), source.Options{}, `lsoa: line 1: geometry: want a polygon: coordinates: want a number, found "\"a\",51.2]]"`},
		{"coordinates of the wrong depth", asBoundaries, collection(area("E01000001", `{"type":"Polygon","coordinates":[[1.4,51.2]]}`)), source.Options{}, `lsoa: line 1: geometry: want a polygon: coordinates: want nested lists of numbers`},
		{"boundaries with latitude first", asBoundaries, collection(area("E01000001", swapped)), source.Options{}, `lsoa: line 1: geometry "51.22 1.4": want longitude first, found what look like latitude and longitude swapped; swap them`},
		{"metres in a file of degrees", asBoundaries, collection(area("E01000001", metres)), source.Options{}, `lsoa: line 1: geometry "637000 152000": want degrees (EPSG:4326), found what look like metres of the British National Grid; set crs = "EPSG:27700"`},
		{"degrees in a file of metres", asBoundaries, `{"type":"FeatureCollection",` + gridCRS + `"features":[` + area("E01000001", deal) + `]}`, source.Options{}, `lsoa: line 1: geometry "1.4 51.22": want metres of the British National Grid (EPSG:27700), found what look like degrees; set crs = "EPSG:4326"`},
		{"another CRS", asBoundaries, `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[` + area("E01000001", deal) + `]}`, source.Options{}, `lsoa: crs "EPSG:3857": want EPSG:4326 or EPSG:27700; convert the file`},
		{"impossible CRS", asBoundaries, collection(area("E01000001", deal)), source.Options{CRS: "EPSG:3857"}, `lsoa: crs "EPSG:3857": want "EPSG:4326" or "EPSG:27700"`},
		{"damaged GeoPackage", asBoundaries, geoPackage(t, 27700, [3]any{"E01000001", 637000.0, 152000.0})[:5000], source.Options{}, `lsoa: want a GeoPackage: database disk image is malformed; fetch the file again`},
		{"SQLite without layers", asBoundaries, "SQLite format 3\x00" + strings.Repeat("\x00", 200), source.Options{}, `lsoa: want a GeoPackage: file is not a database; fetch the file again`},
		{"GeoPackage without the layer", asBoundaries, geoPackage(t, 27700, [3]any{"E01000001", 637000.0, 152000.0}), source.Options{Layer: "wards"}, `lsoa: layer "wards": want one of the layers "areas"`},
		{"GeoPackage in another CRS", asBoundaries, geoPackage(t, 3857, [3]any{"E01000001", 1.0, 1.0}), source.Options{}, `lsoa: crs "EPSG:3857": want EPSG:4326 or EPSG:27700; convert the file`},
		{"GeoPackage with the wrong CRS", asBoundaries, geoPackage(t, 4326, [3]any{"E01000001", 637000.0, 152000.0}), source.Options{}, `lsoa: line 1: geometry "637000 152000": want degrees (EPSG:4326), found what look like metres of the British National Grid; set crs = "EPSG:27700"`},
		{"Shapefile without .prj", asBoundaries, shapefile(t, "", "E01000001"), source.Options{}, `lsoa: crs: want a coordinate reference system, found none; set crs = "EPSG:27700" or "EPSG:4326"`},
		{"Shapefile in another CRS", asBoundaries, shapefile(t, `PROJCS["WGS_84_Pseudo_Mercator"]`, "E01000001"), source.Options{}, `lsoa: crs "WGS_84_Pseudo_Mercator": want EPSG:4326 or EPSG:27700; convert the file`},
		{"Shapefile without .dbf", asBoundaries, zipped(t, "a.shp", "x"), source.Options{}, `lsoa: want a Shapefile: a.shp: file too short; fetch the file again`},
		{"bare .shp", asBoundaries, "\x00\x00\x27\x0a" + strings.Repeat("\x00", 96), source.Options{}, `lsoa: want a zipped Shapefile, found a bare .shp; zip it with its .dbf and .prj`},
		{"two Shapefiles", asBoundaries, zipped(t, "a.shp", "x", "b.shp", "x"), source.Options{}, `lsoa: want one Shapefile in the archive, found "a.shp", "b.shp"; name one in layer`},

		{"catchment without a time", asCatchments, collection(`{"type":"Feature","properties":{"site":"deal"},"geometry":` + deal + `}`), source.Options{}, `walks.geojson: minutes: want a column such as "walk_min", "time_min"; the nearest headers are "site": name one in columns.minutes`},
		{"catchment of no time", asCatchments, collection(`{"type":"Feature","properties":{"site":"deal","minutes":0},"geometry":` + deal + `}`), source.Options{}, `walks.geojson: line 1: minutes "0": want a time over 0`},
		{"catchment twice", asCatchments, collection(`{"type":"Feature","properties":{"site":"deal","minutes":20},"geometry":`+deal+`}`, `{"type":"Feature","properties":{"site":"deal","minutes":20},"geometry":`+deal+`}`), source.Options{}, `walks.geojson: line 2: site "deal 20 min": want each code once: it is on line 1 too`},

		{"not a PBF", asStreets, "<osm/>", source.Options{}, `kent.osm.pbf: want an OpenStreetMap PBF file; fetch the .osm.pbf extract`},
		{"truncated PBF", asStreets, village()[:200], source.Options{}, `kent.osm.pbf: want a whole OpenStreetMap PBF file: unexpected EOF; fetch the file again`},
		{"PBF cut after the header", asStreets, pbf(nil, nil), source.Options{}, `kent.osm.pbf: want a whole OpenStreetMap PBF file, found no data in it; fetch the file again`},
		{"oversized PBF", asStreets, village(), source.Options{MaxBytes: 400}, `kent.osm.pbf: want at most 400 bytes unpacked; cut the file down to the county`},
		{"PBF that unpacks to too much", asStreets, pbf(nil, []pbfWay{{1, make([]int64, 5000), []string{"highway", "path"}}}), source.Options{MaxBytes: 4000}, `kent.osm.pbf: want at most 4000 bytes unpacked; cut the file down to the county`},
		{"PBF with a history", asStreets, pbfBlob("OSMHeader", pbfField(nil, 4, []byte("HistoricalInformation"))) + pbf(nil, nil), source.Options{}, `kent.osm.pbf: want the map of one day, found its whole history; fetch an extract without history`},
		{"PBF with plain nodes", asStreets, pbf(nil, nil) + pbfBlob("OSMData", pbfField(nil, 2, pbfField(nil, 1, []byte{8, 1}))), source.Options{}, `kent.osm.pbf: want dense nodes, found plain ones; write the file anew with osmium cat`},
		{"PBF with a tag beyond the string table", asStreets, pbf(nil, nil) + pbfBlob("OSMData", pbfField(pbfField(nil, 1, nil), 2, pbfField(nil, 3, []byte{8, 1, 18, 1, 9, 26, 1, 9, 66, 2, 2, 2}))), source.Options{}, `kent.osm.pbf: want a whole OpenStreetMap PBF file: a block is damaged; fetch the file again`},
		{"PBF with a wrong size", asStreets, pbf(nil, nil) + pbfFrame("OSMData", []byte{16, 200, 1, 26, 2, 0x78, 0x9c}), source.Options{}, `kent.osm.pbf: want a whole OpenStreetMap PBF file: unexpected EOF; fetch the file again`},
		{"amenities in a truncated PBF", asAmenities, village()[:200], source.Options{}, `kent.osm.pbf: want a whole OpenStreetMap PBF file: unexpected EOF; fetch the file again`},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := test.read(test.input, test.o)
			if err == nil {
				t.Fatal("no error")
			}
			if got := err.Error(); got != test.want {
				t.Errorf("error\n%s\nwant\n%s", got, test.want)
			}
			if _, ok := errors.AsType[*source.RowError](err); !ok {
				t.Errorf("%T: want a *source.RowError", err)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Error("the message is more than one line")
			}
		})
	}
}
