package source_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

func TestReadPlaces(t *testing.T) {
	deal := source.Place{Line: 2, ID: "deal-library-ct14-6bb", Name: "Deal Library", Postcode: "CT14 6BB"}
	with := func(change func(*source.Place)) []source.Place {
		p := deal
		change(&p)
		return []source.Place{p}
	}
	grid := func(p *source.Place) { p.At, p.Located = orb.Point{637_000, 152_000}, true }
	lonLat := func(p *source.Place) { p.At, p.Located = orb.Point{1.4, 51.22}, true }
	for _, test := range []struct {
		name  string
		input string
		o     source.Options
		crs   source.CRS
		want  []source.Place
	}{
		{"grid", "name,postcode,easting,northing\nDeal Library,CT14 6BB,637000,152000\n", source.Options{}, source.BritishNationalGrid, with(grid)},
		{"degrees", "name,postcode,Longitude,Latitude\nDeal Library,CT14 6BB,1.4,51.22\n", source.Options{}, source.WGS84, with(lonLat)},
		{"both: the grid", "name,postcode,lat,long,easting,northing\nDeal Library,CT14 6BB,51.22,1.4,637000,152000\n", source.Options{}, source.BritishNationalGrid, with(grid)},
		{"both, grid blank", "name,postcode,lat,long,easting,northing\nDeal Library,CT14 6BB,51.22,1.4,,\n", source.Options{}, source.WGS84, with(lonLat)},
		{"both, as asked", "name,postcode,lat,long,easting,northing\nDeal Library,CT14 6BB,51.22,1.4,637000,152000\n", source.Options{CRS: source.WGS84}, source.WGS84, with(lonLat)},
		{"both, one mapped", "name,postcode,lat,long,easting,northing\nDeal Library,CT14 6BB,51.22,1.4,637000,152000\n", source.Options{Fields: map[string]string{"longitude": "long", "latitude": "lat"}}, source.WGS84, with(lonLat)},
		{"X and Y in degrees", "name,postcode,X,Y\nDeal Library,CT14 6BB,1.4,51.22\n", source.Options{CRS: source.WGS84}, source.WGS84, with(lonLat)},
		{"by postcode only", "Region,Local_Authority,Family_Hub,Postcode\nSouth East,Kent,Deal Library,CT14 6BB\n", source.Options{}, "", with(func(p *source.Place) {
			p.Attributes = map[string]string{"Region": "South East", "Local_Authority": "Kent"}
		})},
		{"all fields", "site_id,name,kind,district,postcode,homes,status\nD1,Deal Library,library,E07000108,CT14 6BB,12,open\n", source.Options{}, "", []source.Place{{
			Line: 2, ID: "D1", Name: "Deal Library", Kind: "library", District: "E07000108", Postcode: "CT14 6BB",
			Weight: source.Value{Number: 12, Known: true}, Attributes: map[string]string{"status": "open"},
		}}},
		{"kind for all", "name,postcode\nDeal Library,CT14 6BB\n", source.Options{Values: map[string]string{"kind": "library"}}, "", with(func(p *source.Place) { p.Kind = "library" })},
		{"GeoJSON", collection(`{"type":"Feature","properties":{"name":"Deal Library","postcode":"CT14 6BB"},"geometry":{"type":"Point","coordinates":[1.4,51.22,7]}}`), source.Options{}, source.WGS84, with(func(p *source.Place) {
			lonLat(p)
			p.Line = 1
		})},
		{"GeoJSON without a place", collection(`{"type":"Feature","properties":{"name":"Deal Library","postcode":"CT14 6BB"},"geometry":null}`), source.Options{}, "", with(func(p *source.Place) { p.Line = 1 })},
		{"ONS Postcode Directory, no grid reference", "pcds,east1m,north1m,lat,long\nCT14 6BB,,,99.999999,0.000000\n", source.Options{}, "", []source.Place{{Line: 2, ID: "ct14-6bb", Postcode: "CT14 6BB"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.ReadPlaces(read(test.input), "x", test.o)
			if err != nil {
				t.Fatal(err)
			}
			if got.CRS != test.crs {
				t.Errorf("CRS %q: want %q", got.CRS, test.crs)
			}
			if diff := cmp.Diff(test.want, got.Rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			unlocated := 0
			for _, p := range test.want {
				if !p.Located {
					unlocated++
				}
			}
			if got.Unlocated != unlocated || got.Read != len(test.want) {
				t.Errorf("unlocated %d, read %d: want %d, %d", got.Unlocated, got.Read, unlocated, len(test.want))
			}
		})
	}
}

// Code-Point Open as published: no headers, one file a postcode area, and
// quality 90 with coordinates 0, 0 for a postcode without a place.
func TestReadPlacesCodePoint(t *testing.T) {
	const (
		ct = `"CT146BB",10,637000,152000,"E92000001","E19000002","E18000007","E10000016","E07000108","E05009459"` + "\n" +
			`"CT1 1AA",90,0,0,"E92000001","E19000002","E18000007","E10000016","E07000106","E05009459"` + "\n"
		me = `"ME1 1AA",10,574000,168000,"E92000001","E19000002","E18000007","","E06000035","E05009459"` + "\n"
	)
	archive := zipped(t, "Data/CSV/ct.csv", ct, "Data/CSV/me.csv", me, "Data/CSV/zz.csv", "", "Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ\nPostcode,Quality\n")
	for _, test := range []struct {
		name                      string
		input                     string
		o                         source.Options
		rows, filtered, unlocated int
	}{
		{"one file", ct, source.Options{}, 2, 0, 1},
		{"one file, no header as told", ct, source.Options{HeaderRow: source.NoHeader}, 2, 0, 1},
		{"archive", archive, source.Options{}, 3, 0, 1},
		{"archive, one district", archive, source.Options{Keep: map[string][]string{"Admin_district_code": {"E07000108"}}}, 1, 2, 0},
		{"archive, one file", archive, source.Options{Layer: "me"}, 1, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.ReadPlaces(read(test.input), "codepo_gb.zip", test.o)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Rows) != test.rows || got.Filtered != test.filtered || got.Unlocated != test.unlocated || got.CRS != source.BritishNationalGrid {
				t.Errorf("rows %d, filtered %d, unlocated %d, %s: want %d, %d, %d, %s", len(got.Rows), got.Filtered, got.Unlocated, got.CRS,
					test.rows, test.filtered, test.unlocated, source.BritishNationalGrid)
			}
			if first := got.Rows[0]; first.District == "" || first.Postcode == "" || !first.Located {
				t.Errorf("first row %+v: want postcode, district and place", first)
			}
		})
	}
}

func TestLocate(t *testing.T) {
	places := []source.Place{
		{ID: "a", Postcode: "ct146bb"},
		{ID: "b", Postcode: "CT14  6BB", At: orb.Point{1, 1}, Located: true},
		{ID: "c", Postcode: "TN1 1AA"},
		{ID: "d"},
	}
	points := []source.Place{{Postcode: "CT14 6BB", At: orb.Point{637_000, 152_000}, Located: true}, {Postcode: "TN1 1AA"}, {Located: true}}
	if got := source.Locate(places, points); got != 1 {
		t.Errorf("Locate = %d, want 1", got)
	}
	want := []source.Place{
		{ID: "a", Postcode: "ct146bb", At: orb.Point{637_000, 152_000}, Located: true},
		{ID: "b", Postcode: "CT14  6BB", At: orb.Point{1, 1}, Located: true},
		{ID: "c", Postcode: "TN1 1AA"},
		{ID: "d"},
	}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

// The list of hubs was joined to Code-Point Open of 2014 by its compiler: 97 of
// the 98 sites in Kent have a grid reference beside them, one has not.
func TestLocateReal(t *testing.T) {
	hubs, err := source.ReadPlaces(realdata.Open(t, "places/kent_family_hubs_childrens_centres.csv"), "hubs.csv", source.Options{Keep: map[string][]string{"upper_tier_authority": {"Kent"}}})
	if err != nil {
		t.Fatal(err)
	}
	points, err := source.ReadPlaces(realdata.Open(t, "places/kent_codepoint_open_2014.csv.gz"), "codepoint.csv.gz", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range hubs.Rows {
		hubs.Rows[i].Located = false
	}
	if got := source.Locate(hubs.Rows, points.Rows); len(hubs.Rows) != 98 || got != 97 {
		t.Errorf("Locate found %d of %d: want 97 of 98", got, len(hubs.Rows))
	}
}
