package main_test

import (
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/source"
	"hubreach/internal/study"
	download "hubreach/scripts/download"
)

var defaultFiles = []string{
	"boundaries_2021.geojson", "centroids_2021.geojson", "childrens_centres.csv", "family_hubs.csv", "iod_2025.csv",
	"lookup_2011_2021.csv", "manifest.csv", "population_2024.csv", "rural_urban_2021.csv", "settlements_2024.geojson",
	"streets.osm.pbf", "timetable.zip",
}

func TestFetchBringsACounty(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	c := fetch(t, p, dir)
	c.want(t, download.ExitDone, "all 11 in "+dir)
	if diff := cmp.Diff(defaultFiles, files(t, dir)); diff != "" {
		t.Errorf("files in the county's folder (-want +got):\n%s", diff)
	}

	// 4 + 3 areas in the order of the districts, each once; null is an empty cell.
	lookup := strings.Split(read(t, dir, "lookup_2011_2021.csv"), "\n")
	if got, want := lookup[0], "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM"; got != want {
		t.Errorf("header of the look-up = %q, want %q", got, want)
	}
	if got, want := len(lookup), 1+areas+1; got != want {
		t.Errorf("look-up has %d lines, want %d", got, want)
	}
	if got, want := strings.Split(read(t, dir, "rural_urban_2021.csv"), "\n")[1], "E01024000,LSOA21NM 0,RUC21CD 0,,Urban_rural_flag 0"; got != want {
		t.Errorf("first row of rural_urban = %q, want %q", got, want)
	}
	// Area 3 has 3 people of each of 91 ages: 273 in all.
	population := strings.Split(read(t, dir, "population_2024.csv"), "\n")
	if got, want := population[4], `E01024003,"Area, 3",273`+strings.Repeat(",3", 91); got != want {
		t.Errorf("row of E01024003 = %q, want %q", got, want)
	}
	if got, want := strings.Count(read(t, dir, "boundaries_2021.geojson"), `"Feature"`), areas; got != want {
		t.Errorf("boundaries has %d features, want %d", got, want)
	}
	// Kept whole, byte for byte.
	if want, _ := fileBody("IoD2025"); read(t, dir, "iod_2025.csv") != string(want) {
		t.Errorf("iod_2025.csv is not what the publisher sent")
	}
}

func TestManifestSaysWhatCameFromWhere(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	fetch(t, p, dir).want(t, download.ExitDone)
	rows, err := csv.NewReader(strings.NewReader(read(t, dir, "manifest.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(rows)-1, len(defaultFiles)-1; got != want {
		t.Errorf("manifest has %d rows, want one for each of %d files", got, want)
	}
	for _, row := range rows[1:] {
		body := read(t, dir, row[0])
		if got, want := row[1], fmt.Sprint(len(body)); got != want {
			t.Errorf("%s: bytes = %s, want %s", row[0], got, want)
		}
		if got, want := row[3], fmt.Sprintf("%x", sha256.Sum256([]byte(body))); got != want {
			t.Errorf("%s: sha256 = %s, want %s", row[0], got, want)
		}
		if row[6] != "2026-11-21" || !strings.HasPrefix(row[7], p.URL) || row[9] == "" || row[10] == "" || row[11] == "" {
			t.Errorf("%s: want the date, address, publisher, licence and attribution, got %q", row[0], row)
		}
		if strings.ContainsAny(row[5]+row[11], "{}") {
			t.Errorf("%s: edition %q or attribution %q has a blank that was not filled in", row[0], row[5], row[11])
		}
	}
	// The publisher's own date, not that of the download.
	at := slices.IndexFunc(rows, func(r []string) bool { return r[4] == "streets" })
	if got, want := rows[at][5], "extract of 2026-11-20"; got != want {
		t.Errorf("edition of streets = %q, want %q", got, want)
	}
}

func TestInputsAreLinesOfAStudyFile(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	c := fetch(t, p, dir)
	spec, err := study.ParseSpec([]byte("name = \"Kent\"\n"+c.stdout), "kent.toml")
	if err != nil {
		t.Fatalf("the lines on stdout are no study file: %v\n%s", err, c.stdout)
	}
	var roles []string
	for _, in := range spec.Inputs {
		roles = append(roles, in.Role)
		if in.File == "" || in.Edition == "" || in.Publisher == "" || in.Licence == "" || in.Address == "" || in.Manifest != "manifest.csv" {
			t.Errorf("input %s lacks its file, edition, publisher, licence, address or manifest: %+v", in.Role, in)
		}
		if _, err := os.Stat(filepath.Join(dir, in.File)); err != nil {
			t.Errorf("input %s: %v", in.Role, err)
		}
		switch in.Role {
		case "indicators":
			if got, want := in.Keep["Local Authority District code (2024)"], strings.Split(districts, ","); !cmp.Equal(got, want) {
				t.Errorf("keep of indicators = %q, want %q", got, want)
			}
			if len(in.Indicators) != 6 || in.Indicators[0].Of != 33755 {
				t.Errorf("indicators = %+v, want 6, ranked of 33,755 (IoD 2025, number of LSOAs in England)", in.Indicators)
			}
		case "sites":
			if got, want := in.Keep["LA (name)"], []string{"Kent"}; !cmp.Equal(got, want) {
				t.Errorf("keep of sites = %q, want %q", got, want)
			}
		}
	}
	want := []string{"lookup", "districts", "boundaries", "centroids", "rural_urban", "settlements", "indicators", "population", "streets", "timetable", "sites"}
	if diff := cmp.Diff(want, roles); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
}

func TestSecondRunAsksNothing(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	first := fetch(t, p, dir)
	p.seen("")
	second := fetch(t, p, dir)
	second.want(t, download.ExitDone, "streets: there already")
	if got := p.seen(""); len(got) != 0 {
		t.Errorf("the second run asked for %q, want nothing", got)
	}
	if first.stdout != second.stdout {
		t.Errorf("the lines for the study file differ between the runs:\n%s", cmp.Diff(first.stdout, second.stdout))
	}
}

func TestOnlyBringsWhatItLeansOn(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	fetch(t, p, dir, "--only", "boundaries_2011").want(t, download.ExitDone)
	if diff := cmp.Diff([]string{"boundaries_2011.geojson", "lookup_2011_2021.csv", "manifest.csv"}, files(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestFilesOnDisk(t *testing.T) {
	t.Run("one that was changed is left alone", func(t *testing.T) {
		p, dir := newPublishers(t), t.TempDir()
		fetch(t, p, dir, "--only", "iod_2025").want(t, download.ExitDone)
		mine := filepath.Join(dir, "iod_2025.csv")
		if err := os.WriteFile(mine, []byte("LSOA code (2021)\nmine\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		fetch(t, p, dir, "--only", "iod_2025").want(t, download.ExitMissing, "is not as it was fetched", "delete it to fetch it again")
		if got := read(t, dir, "iod_2025.csv"); !strings.Contains(got, "mine") {
			t.Errorf("iod_2025.csv = %q, want it left as it was", got)
		}
	})
	t.Run("one put there by hand is taken in", func(t *testing.T) {
		p, dir := newPublishers(t), t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "iod_2025.csv"), []byte("LSOA code (2021)\nE01024000\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		fetch(t, p, dir, "--only", "iod_2025").want(t, download.ExitDone, "taken as put there by hand")
		if got := read(t, dir, "manifest.csv"); !strings.Contains(got, ",by hand,") {
			t.Errorf("manifest does not say so:\n%s", got)
		}
		fetch(t, p, dir, "--only", "iod_2025").want(t, download.ExitDone, "there already")
		if got := p.seen(""); len(got) != 0 {
			t.Errorf("asked for %q, want nothing", got)
		}
	})
	t.Run("a wrong one put there by hand is refused and kept", func(t *testing.T) {
		p, dir := newPublishers(t), t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "iod_2025.csv"), []byte("postcode\nCT1\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		fetch(t, p, dir, "--only", "iod_2025").want(t, download.ExitMissing, `no column "LSOA code (2021)"`)
		if got := read(t, dir, "iod_2025.csv"); got != "postcode\nCT1\n" {
			t.Errorf("iod_2025.csv = %q, want it left as it was", got)
		}
	})
	t.Run("other districts are fetched again", func(t *testing.T) {
		p, dir := newPublishers(t), t.TempDir()
		fetch(t, p, dir, "--only", "boundaries_2021").want(t, download.ExitDone)
		fetch(t, p, dir, "--only", "boundaries_2021", "--districts", "E07000106").want(t, download.ExitDone, "fetching again")
		if got := strings.Count(read(t, dir, "boundaries_2021.geojson"), `"Feature"`); got != areasSecond {
			t.Errorf("boundaries has %d features, want the %d of the second district", got, areasSecond)
		}
	})
	t.Run("a broken manifest stops the run", func(t *testing.T) {
		p, dir := newPublishers(t), t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "manifest.csv"), []byte("a,b\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		fetch(t, p, dir).want(t, download.ExitMissing, "manifest.csv", "move it away")
	})
}

func TestCalls(t *testing.T) {
	for _, tc := range []struct {
		name string
		args []string
		code int
		said string
	}{
		{"no county", nil, download.ExitUsage, "which county?"},
		{"one that is not listed", []string{"Rutland"}, download.ExitUsage, "add --districts"},
		{"a folder that is taken", []string{"sample", "--districts", "E07000105"}, download.ExitUsage, "want a name of letters"},
		{"a way out of data/", []string{"../x", "--districts", "E07000105"}, download.ExitUsage, "want a name of letters"},
		{"a bad district", []string{"kent", "--districts", "E10000016"}, download.ExitUsage, `district "E10000016"`},
		{"a source that is not listed", []string{"kent", "--only", "streets,roads"}, download.ExitUsage, `--only "roads"`},
		{"two counties", []string{"kent", "essex"}, download.ExitUsage, "one county at a time"},
		{"an unknown flag", []string{"kent", "--fast"}, download.ExitUsage, "fast"},
		{"help", []string{"--help"}, download.ExitDone, "scripts/fetch COUNTY"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var c call
			var stdout, stderr strings.Builder
			c.code = download.NewProgram(&stdout, &stderr, 0, &c.waits).Run(t.Context(), tc.args...)
			c.stderr = stderr.String()
			c.want(t, tc.code, tc.said)
		})
	}
}

func TestListNamesEverySource(t *testing.T) {
	var stdout, stderr strings.Builder
	if code := download.NewProgram(&stdout, &stderr, 0, nil).Run(t.Context(), "--list"); code != download.ExitDone {
		t.Fatalf("--list: exit code = %d: %s", code, stderr.String())
	}
	sources, err := download.LoadSources()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		if !strings.Contains(stdout.String(), s.ID) || !strings.Contains(stdout.String(), s.Address) {
			t.Errorf("--list does not name %s and its address", s.ID)
		}
	}
}

// What is put together here must be what the readers take without being told
// which column is which.
func TestReadersTakeWhatIsPutTogether(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	fetch(t, p, dir).want(t, download.ExitDone)
	open := func(name string) *strings.Reader { return strings.NewReader(read(t, dir, name)) }

	population, err := source.ReadPopulation(open("population_2024.csv"), "population_2024.csv", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(population.Bands), 91; got != want || len(population.Rows) != areas {
		t.Errorf("population: %d ages of %d areas, want %d of %d", got, len(population.Rows), want, areas)
	}
	// 3 people of each age in area 3.
	if got := population.Rows[3]; got.Code != areaCode(3) || got.Counts[90] != 3 || got.Total.Number != 273 {
		t.Errorf("population of area 3 = %+v, want 3 of each age and 273 in all", got)
	}
	shapes, err := source.ReadBoundaries(open("boundaries_2021.geojson"), "boundaries_2021.geojson", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(shapes.Rows) != areas || shapes.CRS != source.WGS84 {
		t.Errorf("boundaries: %d areas in %s, want %d in %s", len(shapes.Rows), shapes.CRS, areas, source.WGS84)
	}
	lookup, err := source.ReadCodes(open("lookup_2011_2021.csv"), "lookup_2011_2021.csv", source.Options{}, []string{"from", "to", "change", "district"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := lookup.Rows[6].Texts, []string{areaCode(6), areaCode(6), "CHGIND 6", "E07000106"}; !cmp.Equal(got, want) {
		t.Errorf("last row of the look-up = %q, want %q", got, want)
	}
}
