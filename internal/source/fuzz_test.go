package source_test

import (
	"errors"
	"strings"
	"testing"

	"hubreach/internal/source"
)

// fuzzBytes bounds what a fuzzed file may unpack to, so that a small input
// cannot ask for much memory.
const fuzzBytes = 1 << 20

// fuzz reads whatever the fuzzer thinks of. A reader may refuse it, with a
// *RowError of one line; it may not panic or hang.
func fuzz(f *testing.F, read func(string, source.Options) error, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		err := read(s, source.Options{MaxBytes: fuzzBytes})
		if err == nil {
			return
		}
		if _, ok := errors.AsType[*source.RowError](err); !ok {
			t.Errorf("%T %v: want a *source.RowError", err, err)
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("the message is more than one line: %q", err)
		}
	})
}

func FuzzReadTable(f *testing.F) {
	fuzz(f, asTable, "a,b\n1,2\n", "\xef\xbb\xbfa,\"b\"\r\n1,\"2,3\"\r\n", "title\n\na,b,\n1,2,\n", gz("a,b\n1,2\n"), zipped(f, "a.csv", "a,b\n1,2\n"),
		workbook(f, map[string][][]any{"x": {{"a", "b"}, {1.0, "2"}}}))
}

func FuzzReadValues(f *testing.F) {
	fuzz(f, asValues, "LSOA21CD,decile\nE1,1\n", "LSOA code (2011),decile (IMD)\nE1,\"1,296\"\nE2,\n", "lsoacd,decile\nE1,[x]\n")
}

func FuzzReadPopulation(f *testing.F) {
	fuzz(f, asPopulation, "code,0,1,90+,total\nE1,1,2,3,6\n", "code,F0,M0,F0 to 15\nE1,1,2,3\n", "code,Aged 15 years and under,Aged 65 years and over\nE1,1,2\n", "lsoacd,population\nE1,5\n")
}

func FuzzReadCodes(f *testing.F) {
	fuzz(f, asCodes, "LSOA11CD,LSOA21CD,CHGIND\nE1,E2,U\n", "F_LSOA11CD,LSOA21CD\nE1,E2\n")
}

func FuzzReadPlaces(f *testing.F) {
	fuzz(f, asPlaces, "name,postcode,easting,northing\nDeal,CT14 6BB,637000,152000\n", "name,long,lat\nDeal,1.4,51.2\n",
		"CT146BB,10,637000,152000,a,b,c,d,e,f\n", zipped(f, "Data/CSV/ct.csv", "CT146BB,10,637000,152000,a,b,c,d,e,f\n"),
		collection(`{"type":"Feature","properties":{"name":"Deal"},"geometry":{"type":"Point","coordinates":[1.4,51.2]}}`))
}

func FuzzReadBoundaries(f *testing.F) {
	fuzz(f, asBoundaries, collection(area("E1", deal)), collection(area("E1", metres)), area("E1", deal), `{"type":"FeatureCollection",`+gridCRS+`"features":[`+area("E1", metres)+`]}`,
		collection(area("E1", `{"type":"MultiPolygon","coordinates":[[[[1,2],[3,4],[5,6],[1,2]]]]}`)))
}

func FuzzReadGeoPackage(f *testing.F) {
	fuzz(f, asBoundaries, geoPackage(f, 27700, [3]any{"E1", 637000.0, 152000.0}))
}

func FuzzReadShapefile(f *testing.F) {
	// The parts are fuzzed, not the archive around them.
	f.Add("", "", gridPRJ)
	parts := zipParts(f, shapefile(f, gridPRJ, "E1", "E2"))
	f.Add(parts["areas.shp"], parts["areas.dbf"], gridPRJ)
	f.Fuzz(func(t *testing.T, shp, dbf, prj string) {
		err := asBoundaries(zipped(t, "a.shp", shp, "a.dbf", dbf, "a.prj", prj), source.Options{MaxBytes: fuzzBytes})
		if _, ok := errors.AsType[*source.RowError](err); err != nil && !ok {
			t.Errorf("%T %v: want a *source.RowError", err, err)
		}
	})
}

func FuzzReadCatchments(f *testing.F) {
	fuzz(f, asCatchments, collection(`{"type":"Feature","properties":{"site":"deal","seconds":1200},"geometry":`+deal+`}`))
}

func FuzzReadStreets(f *testing.F) {
	fuzz(f, asStreets, village(), pbf(nil, nil))
}

// The blocks themselves, unpacked: the fuzzer cannot think its way through zlib.
func FuzzReadStreetsBlock(f *testing.F) {
	f.Add(string(pbfNodes([]pbfNode{{1, 1.4, 51.2, []string{"barrier", "gate"}}, {2, 1.5, 51.2, nil}})))
	f.Add(string(pbfWays([]pbfWay{{10, []int64{1, 2}, []string{"highway", "path"}}})))
	f.Fuzz(func(t *testing.T, block string) {
		file := pbf(nil, nil) + pbfFrame("OSMData", pbfField(nil, 1, []byte(block))) +
			pbfBlob("OSMData", pbfWays([]pbfWay{{10, []int64{1, 2}, []string{"highway", "path"}}}))
		for _, read := range []func(string, source.Options) error{asStreets, asAmenities} {
			err := read(file, source.Options{MaxBytes: fuzzBytes})
			if _, ok := errors.AsType[*source.RowError](err); err != nil && !ok {
				t.Errorf("%T %v: want a *source.RowError", err, err)
			}
		}
	})
}

func FuzzReadAmenities(f *testing.F) {
	fuzz(f, asAmenities, village())
}
