package source_test

import (
	"testing"

	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

// The counts are those of data/real/README.md.
func TestReadBoundariesReal(t *testing.T) {
	for _, test := range []struct {
		file      string
		crs       source.CRS
		rows      int
		first     string
		district  string
		firstName string
	}{
		{"boundaries/kent_lsoa11.geojson.gz", source.WGS84, 902, "E01023972", "E07000105", "Ashford 006A"},
		{"boundaries/kent_lsoa21.geojson.gz", source.WGS84, 938, "E01023972", "E07000105", "Ashford 006A"},
		{"boundaries/kent_msoa21.geojson.gz", source.WGS84, 183, "", "", ""},
		{"boundaries/kent_ward25.geojson.gz", source.WGS84, 255, "E05005010", "E07000111", "Cowden and Hever"},
		{"boundaries/kent_lsoa21_bng.gpkg", source.BritishNationalGrid, 938, "E01023972", "E07000105", "Ashford 006A"},
		{"boundaries/kent_lsoa21_bng_shp.zip", source.BritishNationalGrid, 938, "E01023972", "E07000105", "Ashford 006A"},
		{"newport_wales/boundaries/newport_lsoa11.geojson.gz", source.WGS84, 95, "W01001600", "W06000022", "Newport 012A"},
		{"newport_wales/boundaries/newport_lsoa21.geojson.gz", source.WGS84, 100, "W01001600", "W06000022", "Newport 012A"},
	} {
		t.Run(test.file, func(t *testing.T) {
			b, err := source.ReadBoundaries(realdata.Open(t, test.file), test.file, source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(b.Rows) != test.rows || b.Read != test.rows || b.Filtered != 0 || b.CRS != test.crs {
				t.Errorf("rows %d, read %d, filtered %d, crs %s: want %d, %d, 0, %s", len(b.Rows), b.Read, b.Filtered, b.CRS, test.rows, test.rows, test.crs)
			}
			first := b.Rows[0]
			if test.first != "" && (first.Code != test.first || first.District != test.district || first.Name != test.firstName) {
				t.Errorf("first row %s, %s, %s: want %s, %s, %s", first.Code, first.District, first.Name, test.first, test.district, test.firstName)
			}
		})
	}
}

func TestReadPopulationReal(t *testing.T) {
	for _, test := range []struct {
		file  string
		bands int
		rows  int
		sum   float64 // of the bands, or of the totals without bands
		young float64 // of the bands up to 19
	}{
		{"population/kent_mye2020_lsoa11_single_year_of_age.csv", 91, 902, 1_589_057, 379_995},
		{"population/kent_mye2019_lsoa11_single_year_of_age.csv", 91, 902, 1_581_555, 0},
		{"population/kent_census2021_age6_lsoa21.csv", 6, 938, 1_576_128, 0},
		{"population/kent_lsoa21_total_population_vintage_unstated.csv", 0, 938, 1_593_191, 0},
	} {
		t.Run(test.file, func(t *testing.T) {
			p, err := source.ReadPopulation(realdata.Open(t, test.file), test.file, source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var sum, young float64
			for _, r := range p.Rows {
				if len(p.Bands) == 0 {
					sum += r.Total.Number
				}
				for i, n := range r.Counts {
					sum += n
					if p.Bands[i].To <= 19 {
						young += n
					}
				}
			}
			if len(p.Bands) != test.bands || len(p.Rows) != test.rows || sum != test.sum {
				t.Errorf("bands %d, rows %d, sum %v: want %d, %d, %v", len(p.Bands), len(p.Rows), sum, test.bands, test.rows, test.sum)
			}
			if test.young > 0 && young != test.young {
				t.Errorf("people 0-19 %v: want %v", young, test.young)
			}
			if len(p.Notes) > 0 {
				t.Errorf("notes %q: want none", p.Notes)
			}
		})
	}
}

func TestReadPlacesReal(t *testing.T) {
	for _, test := range []struct {
		file      string
		o         source.Options
		crs       source.CRS
		rows      int
		unlocated int
		firstID   string
	}{
		{"places/kent_family_hubs_childrens_centres.csv", source.Options{}, source.WGS84, 121, 0, "swanley-childrens-centre-br8-7bt"},
		{"places/kent_gias_schools_2025-05-24.csv", source.Options{}, source.BritishNationalGrid, 711, 0, "118229"},
		{"places/kent_libraries_2023_enhanced.csv", source.Options{}, source.BritishNationalGrid, 110, 0, "kent-archives-me14-1lq"},
		{"places/kent_libraries_2023_enhanced.csv", source.Options{CRS: source.WGS84}, source.WGS84, 110, 0, "kent-archives-me14-1lq"},
		{"places/kent_codepoint_open_2014.csv.gz", source.Options{}, source.BritishNationalGrid, 49_388, 0, "br6-7nz"},
		{"places/kent_codepoint_open_2014.csv.gz", source.Options{Keep: map[string][]string{"Admin_county_code": {"E10000016"}}}, source.BritishNationalGrid, 43_501, 0, "br6-7nz"},
		{"places/kent_box_hospitals_2022.csv", source.Options{Fields: map[string]string{"id": "name"}}, source.WGS84, 76, 0, "Amberstone Hospital (Site)"},
		{"places/kent_box_rail_tiplocs.csv", source.Options{}, source.WGS84, 155, 0, "ABWD"},
		{"geography/kent_lsoa11_pwc_bng.csv", source.Options{Fields: map[string]string{"id": "lsoa11cd", "name": "lsoa11nm"}}, source.BritishNationalGrid, 902, 0, "E01023972"},
	} {
		t.Run(test.file, func(t *testing.T) {
			p, err := source.ReadPlaces(realdata.Open(t, test.file), test.file, test.o)
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Rows) != test.rows || p.Read-p.Filtered != test.rows || p.Unlocated != test.unlocated || p.CRS != test.crs || p.Rows[0].ID != test.firstID {
				t.Errorf("rows %d, read %d, filtered %d, unlocated %d, crs %s, first %s: want %d, unlocated %d, %s, %s",
					len(p.Rows), p.Read, p.Filtered, p.Unlocated, p.CRS, p.Rows[0].ID, test.rows, test.unlocated, test.crs, test.firstID)
			}
		})
	}
}

// change counts the look-up's rows: 871 unchanged, 66 split and 2 merged.
func TestReadCodesReal(t *testing.T) {
	count := func(t *testing.T, file string, fields []string, by int) map[string]int {
		t.Helper()
		c, err := source.ReadCodes(realdata.Open(t, file), file, source.Options{}, fields)
		if err != nil {
			t.Fatal(err)
		}
		n := map[string]int{}
		for _, r := range c.Rows {
			n[r.Texts[by]]++
		}
		return n
	}
	for _, test := range []struct {
		file   string
		fields []string
		by     int
		want   map[string]int
	}{
		{"geography/kent_lsoa11_lsoa21_exact.csv", []string{"from", "to", "change"}, 2, map[string]int{"U": 871, "S": 66, "M": 2}},
		{"geography/kent_ruc11_lsoa11.csv", []string{"code", "class", "class_name"}, 1, map[string]int{"A1": 113, "C1": 540, "D1": 139, "E1": 110}},
		{"geography/kent_ruc21_lsoa21.csv", []string{"code", "class"}, 1, map[string]int{"UN1": 445, "UF1": 252, "RLN1": 98, "RSN1": 95, "RLF1": 26, "RSF1": 22}},
		{"geography/kent_districts.csv", []string{"code", "name"}, 1, map[string]int{"Ashford": 1, "Thanet": 1}},
		{"geography/kent_lsoa21_ward24_ltla24.csv", []string{"code", "district", "district_name"}, 1, map[string]int{"E07000105": 81, "E07000114": 86}},
		{"geography/kent_lsoa11_bua11_derived.csv", []string{"code", "settlement", "settlement_name?", "derivation"}, 3, map[string]int{"same": 855, "inherited": 45, "ambiguous": 2}},
	} {
		t.Run(test.file, func(t *testing.T) {
			got := count(t, test.file, test.fields, test.by)
			for k, n := range test.want {
				if got[k] != n {
					t.Errorf("%s: %d rows, want %d", k, got[k], n)
				}
			}
		})
	}
}

func TestReadCatchmentsReal(t *testing.T) {
	const file = "reference/kent_library_walk_isochrones_ors.geojson.gz"
	c, err := source.ReadCatchments(realdata.Open(t, file), file, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := c.Rows[0]
	if len(c.Rows) != 594 || first.Site != "Allington Library" || first.Minutes != 5 || first.Profile != "foot-walking" {
		t.Errorf("%d rows, first %s %v %s: want 594, Allington Library 5 foot-walking", len(c.Rows), first.Site, first.Minutes, first.Profile)
	}
}

// Decile 1 holds 51 areas of Kent in 2019 and 60 in 2025.
func TestReadValuesReal(t *testing.T) {
	for _, test := range []struct {
		file, column string
		rows, worst  int
		blank        int
	}{
		{"deprivation/kent_iod2019_file2_domains.csv", "Index of Multiple Deprivation (IMD) Decile", 902, 51, 0},
		{"deprivation/kent_iod2025_domains.csv", "IMD_decile", 938, 60, 0},
		{"deprivation/kent_iod2019_underlying_indicators.csv", "income_deprivation_affecting_children_index_idaci_numerator", 902, 0, 104},
	} {
		t.Run(test.file, func(t *testing.T) {
			v, err := source.ReadValues(realdata.Open(t, test.file), test.file, source.Options{}, []string{test.column})
			if err != nil {
				t.Fatal(err)
			}
			worst, blank := 0, 0
			for _, r := range v.Rows {
				if !r.Values[0].Known {
					blank++
				} else if r.Values[0].Number == 1 {
					worst++
				}
			}
			if len(v.Rows) != test.rows || worst != test.worst || blank != test.blank {
				t.Errorf("rows %d, of 1 %d, blank %d: want %d, %d, %d", len(v.Rows), worst, blank, test.rows, test.worst, test.blank)
			}
		})
	}
}

// File 6 groups thousands: the first area has "1,363" residents.
func TestReadValuesThousands(t *testing.T) {
	const file = "deprivation/kent_iod2019_file6_population_denominators.csv"
	v, err := source.ReadValues(realdata.Open(t, file), file, source.Options{}, []string{"Total population: mid 2015"})
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Rows[0].Values[0].Number; got != 1363 {
		t.Errorf("first total %v: want 1363", got)
	}
}
