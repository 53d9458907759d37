package main_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	download "hubreach/scripts/download"
)

func TestTableOfSources(t *testing.T) {
	sources, err := download.LoadSources()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		if !strings.HasPrefix(s.Address, "https://") {
			t.Errorf("%s: address %q, want https", s.ID, s.Address)
		}
		if s.Publisher == "" || s.Attribution == "" || s.Edition == "" || !strings.Contains(s.ByHand, "{file}") {
			t.Errorf("%s: publisher, attribution and edition must be given, and by_hand must name {file}", s.ID)
		}
		if s.Kind == "file" && s.Check == "" {
			t.Errorf("%s: nothing tells its content from another's", s.ID)
		}
	}
}

func TestTableOfCounties(t *testing.T) {
	counties, err := download.LoadCounties()
	if err != nil {
		t.Fatal(err)
	}
	// 21 county councils and 164 districts of two tiers since April 2023.
	if got, want := len(counties), 21; got != want {
		t.Errorf("%d counties, want %d", got, want)
	}
	owner := map[string]string{}
	for _, c := range counties {
		for _, d := range c.Districts {
			if owner[d] != "" {
				t.Errorf("district %s is in %s and in %s", d, owner[d], c.Slug)
			}
			owner[d] = c.Slug
		}
	}
	if got, want := len(owner), 164; got != want {
		t.Errorf("%d districts, want %d", got, want)
	}
}

func TestFindCounty(t *testing.T) {
	for _, tc := range []struct {
		name, county, districts, region string
		slug                            string
		count                           int
		wantRegion                      string
	}{
		{"Kent has twelve, and Medway is not one", "kent", "", "", "kent", 12, "south_east"},
		{"by code", "E10000016", "", "", "kent", 12, "south_east"},
		{"by name with a blank", "East Sussex", "", "", "east-sussex", 5, "south_east"},
		{"capitals do not count", "KENT", "", "", "kent", 12, "south_east"},
		{"one that is not listed", "Rutland", "E06000017", "east_midlands", "rutland", 1, "east_midlands"},
		{"districts given twice count once", "kent", "E07000105, E07000105", "", "kent", 1, "south_east"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, err := download.FindCounty(tc.county, tc.districts, tc.region)
			if err != nil {
				t.Fatalf("FindCounty(%q, %q, %q): %v", tc.county, tc.districts, tc.region, err)
			}
			if c.Slug != tc.slug || len(c.Districts) != tc.count || c.Region != tc.wantRegion {
				t.Errorf("FindCounty(%q, %q, %q) = %+v, want %s with %d districts in %q", tc.county, tc.districts, tc.region, c, tc.slug, tc.count, tc.wantRegion)
			}
		})
	}
}

const (
	sourceHeader = "id,role,default,kind,publisher,licence,attribution,edition,areas,address,filter,fields,file,check,crs,keep,by_hand\n"
	goodSource   = "a,points,yes,file,P,L,A,E,,https://x/,,,a.csv,c,,,do\n"
)

func TestBadTablesAreRefused(t *testing.T) {
	for _, tc := range []struct{ name, rows, want string }{
		{"a header is missing", "", "want the columns"},
		{"no licence", sourceHeader + strings.Replace(goodSource, ",L,", ",,", 1), "must not be empty"},
		{"an unknown kind", sourceHeader + strings.Replace(goodSource, ",file,", ",ftp,", 1), `kind "ftp"`},
		{"a file elsewhere", sourceHeader + strings.Replace(goodSource, "a.csv", "../a.csv", 1), "want a plain name"},
		{"an id twice", sourceHeader + goodSource + goodSource, "of a line above"},
		{"leans on a line below", sourceHeader + strings.Replace(strings.Replace(goodSource, ",file,", ",arcgis,", 1), "https://x/,", "https://x/,box b", 1), "not above it"},
		{"a filter of another kind", sourceHeader + strings.Replace(goodSource, "https://x/,", "https://x/,district LAD22CD", 1), "does not go with"},
		{"a keep without a value", sourceHeader + strings.Replace(goodSource, ",,do", ",x,do", 1), "want column=value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := download.ParseSources(strings.NewReader(tc.rows))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("ParseSources(%q) = %v, want an error with %q", tc.rows, err, tc.want)
			}
		})
	}
	if _, err := download.ParseSources(strings.NewReader(sourceHeader + goodSource)); err != nil {
		t.Errorf("ParseSources of the good line: %v", err)
	}
}

func TestParsePage(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       int
		fails      bool
	}{
		{"records", `{"features":[{"attributes":{"A":1}},{"attributes":{"A":null}}]}`, 2, false},
		{"none", `{"features":[]}`, 0, false},
		{"an error with the status 200", `{"error":{"code":400,"message":"no"}}`, 0, true},
		{"not JSON", `<html>`, 0, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := download.ParsePage([]byte(tc.text))
			if got != tc.want || (err != nil) != tc.fails {
				t.Errorf("ParsePage(%q) = %d, %v, want %d, fails = %t", tc.text, got, err, tc.want, tc.fails)
			}
		})
	}
}

func FuzzParseSources(f *testing.F) {
	f.Add(sourceHeader + goodSource)
	f.Fuzz(func(t *testing.T, text string) {
		sources, err := download.ParseSources(strings.NewReader(text))
		if err != nil && len(sources) > 0 {
			t.Errorf("ParseSources(%q) gives sources and an error", text)
		}
	})
}

func FuzzParseManifest(f *testing.F) {
	f.Add("file,bytes,records,sha256,id,edition,fetched,address,filter,publisher,licence,attribution\na.csv,1,,00,a,,,,,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := download.ParseManifest(strings.NewReader(text))
		if err != nil && len(entries) > 0 {
			t.Errorf("ParseManifest(%q) gives entries and an error", text)
		}
	})
}

func FuzzParsePage(f *testing.F) {
	f.Add([]byte(`{"features":[{"attributes":{"A":1}}],"exceededTransferLimit":true}`))
	f.Add([]byte(`{"error":{"code":400}}`))
	f.Fuzz(func(t *testing.T, text []byte) { download.ParsePage(text) })
}

func FuzzParseNomis(f *testing.F) {
	f.Add([]byte("GEOGRAPHY_CODE,GEOGRAPHY_NAME,C_AGE,OBS_VALUE\nE01024000,A,200,5\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		rows, err := download.ParseNomis(text)
		if err != nil {
			return
		}
		for _, row := range rows {
			if len(row) != 4 {
				t.Errorf("ParseNomis(%q): a row of %d, want 4", text, len(row))
			}
		}
	})
}

func TestParseManifestNamesTheLine(t *testing.T) {
	const header = "file,bytes,records,sha256,id,edition,fetched,address,filter,publisher,licence,attribution\n"
	_, err := download.ParseManifest(strings.NewReader(header + "a.csv,many,,00,a,,,,,,,\n"))
	if err == nil || !cmp.Equal(err.Error(), `line 2: bytes "many": want a whole number`) {
		t.Errorf("ParseManifest = %v, want line 2 and the value", err)
	}
}
