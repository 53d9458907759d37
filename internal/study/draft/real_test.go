package draft_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/realdata"
	"hubreach/internal/study"
	"hubreach/internal/study/draft"
)

// taken lists role and file of the inputs of a draft.
func taken(d draft.Draft) (list []string) {
	for _, f := range d.Found {
		if f.Taken {
			list = append(list, f.Role+" "+f.File)
		}
	}
	slices.Sort(list)
	return list
}

// The folder of real data mixes Kent, Newport and files of other places: the
// draft is of Kent alone, and says that there is another county.
func TestOfTheRealFolderIsOfKent(t *testing.T) {
	own, _ := realdata.Study(t, "kent.toml")
	dir := realdata.Folder(t)
	d := drafted(t, os.DirFS(dir))
	want := []string{
		"boundaries boundaries/kent_lsoa21.geojson.gz",
		"centroids geography/kent_lsoa11_pwc_bng.csv",
		"districts geography/kent_districts.csv",
		"indicators deprivation/kent_iod2025_domains.csv",
		"indicators deprivation/kent_iod2025_subdomains.csv",
		"indicators deprivation/kent_iod2025_underlying_indicators.csv",
		"lookup geography/kent_lsoa11_lsoa21_exact.csv",
		"points places/kent_codepoint_open_2014.csv.gz",
		"population population/kent_census2021_age6_lsoa21.csv",
		"population population/kent_mye2020_lsoa11_single_year_of_age.csv",
		"rural_urban geography/kent_ruc21_lsoa21.csv",
		"settlements geography/kent_lsoa11_bua11_derived.csv",
		"sites places/kent_family_hubs_childrens_centres.csv",
		"venues places/kent_gias_schools_2025-05-24.csv",
		"venues places/kent_libraries_2023_enhanced.csv",
	}
	if diff := cmp.Diff(want, taken(d)); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
	if len(d.Decide) != 1 || !strings.Contains(d.Decide[0], "newport_lsoa21") {
		t.Errorf("questions %q, want that Newport is a county of its own", d.Decide)
	}
	s := parsed(t, d)
	if s.Name != "Kent" {
		t.Errorf("name %q, want Kent", s.Name)
	}
	if in := draftInput(t, s, "population/kent_mye2020_lsoa11_single_year_of_age.csv"); s.Inputs[slices.IndexFunc(s.Inputs, func(x study.Input) bool { return x.Role == "population" })].File != in.File {
		t.Error("the single years of age are not the first table of people, which counts them")
	}

	// What it loads is what kent.toml loads.
	if diff := cmp.Diff(joined(t, own, dir), joined(t, s, dir)); diff != "" {
		t.Errorf("county (-kent.toml +draft):\n%s", diff)
	}
}

// joined says what the inputs of a study make together, without the lists of
// which a person has to decide, and without postcodes and streets, for speed.
func joined(t *testing.T, s study.Spec, dir string) (lines []string) {
	t.Helper()
	s.Inputs = slices.DeleteFunc(slices.Clone(s.Inputs), func(in study.Input) bool {
		return slices.Contains([]string{"venues", "neighbour_sites", "points", "streets"}, in.Role)
	})
	r, err := study.Load(context.Background(), s, study.Env{Open: realdata.Opener(dir)})
	if err != nil {
		t.Fatal(err)
	}
	c := r.County
	lines = append(lines, fmt.Sprintf("%d points from %s", len(c.Points), c.PointsFrom))
	for _, d := range c.Districts {
		lines = append(lines, fmt.Sprintf("%s %s", d.Code, d.Name))
	}
	for _, a := range c.Areas {
		lines = append(lines, fmt.Sprintf("%s in %s, settlement %s, %s: %.6f aged 0-19", a.Code, a.District, a.Settlement, a.RuralUrban, a.Residents.Between(0, 19)))
	}
	for _, x := range c.Sites {
		lines = append(lines, fmt.Sprintf("site %s at %v in area %d", x.ID, x.At, x.Area))
	}
	return lines
}

// Newport has everything but a list of sites. The block for a trial, switched
// on, loads what newport.toml loads.
func TestOfNewport(t *testing.T) {
	own, _ := realdata.Study(t, "newport.toml")
	dir := filepath.Join(realdata.Folder(t), "newport_wales")
	d := drafted(t, os.DirFS(dir))
	if diff := cmp.Diff([]string{"sites"}, d.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	want := []string{
		"boundaries boundaries/newport_lsoa21.geojson.gz",
		"centroids geography/newport_lsoa11_pwc_bng.csv",
		"districts geography/newport_lsoa21_ward24_ltla24.csv",
		"lookup geography/newport_lsoa11_lsoa21_exact.csv",
		"population population/newport_census2021_age6_lsoa21.csv",
		"population population/newport_mye2020_lsoa11_single_year_of_age.csv",
		"rural_urban geography/newport_ruc21_lsoa21.csv",
		"streets newport-2023-06-13.osm.pbf",
		"timetable newport-20230613_gtfs.zip",
	}
	if diff := cmp.Diff(want, taken(d)); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
	s, err := study.ParseSpec(switchOn(t, d.Text, `#name = "streets_sites"`), "draft")
	if err != nil {
		t.Fatal(err)
	}
	for i := range own.Inputs {
		own.Inputs[i].File = strings.TrimPrefix(own.Inputs[i].File, "newport_wales/")
	}
	if diff := cmp.Diff(joined(t, own, dir), joined(t, s, dir)); diff != "" {
		t.Errorf("county (-newport.toml +draft):\n%s", diff)
	}
}

// switchOn takes the marks off the settings around a line, as a person would.
func switchOn(t *testing.T, text []byte, line string) []byte {
	t.Helper()
	lines := strings.Split(string(text), "\n")
	at := slices.Index(lines, line)
	if at < 0 {
		t.Fatalf("the draft has no line %q", line)
	}
	off := func(i int) bool { return strings.HasPrefix(lines[i], "#") && !strings.HasPrefix(lines[i], "# ") }
	for at > 0 && off(at-1) {
		at--
	}
	for ; at < len(lines) && off(at); at++ {
		lines[at] = lines[at][1:]
	}
	return []byte(strings.Join(lines, "\n"))
}

// The deprivation of 2019 alone is used, carried to the areas of 2021.
func TestOfTheIndicesOf2019(t *testing.T) {
	dir := realdata.Folder(t)
	m := folderOf(nil)
	for _, name := range []string{
		"boundaries/kent_lsoa21.geojson.gz", "geography/kent_lsoa11_lsoa21_exact.csv", "population/kent_mye2020_lsoa11_single_year_of_age.csv",
		"places/kent_family_hubs_childrens_centres.csv", "deprivation/kent_iod2019_file2_domains.csv", "deprivation/kent_iod2019_subdomains.csv",
		"deprivation/kent_iod2019_idaci_approximate.csv", "deprivation/kent_iod2019_scores_partial.csv",
	} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		m[name] = folderOf(map[string]string{name: string(text)})[name]
	}
	s := parsed(t, drafted(t, m))
	s.Inputs = slices.DeleteFunc(s.Inputs, func(in study.Input) bool { return in.Role == "venues" })
	r, err := study.Load(context.Background(), s, study.Env{Open: realdata.Opener(dir)})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, ind := range r.County.Indicators {
		ids = append(ids, ind.ID)
		if ind.Of != 0 && ind.Of != 32_844 {
			t.Errorf("%s ranks %d areas, want the 32844 of 2019", ind.ID, ind.Of)
		}
	}
	slices.Sort(ids)
	if diff := cmp.Diff([]string{"children_education", "crime", "health", "idaci", "imd", "income", "income_rate"}, ids); diff != "" {
		t.Errorf("indicators (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"idaci", "income_rate"}, s.Need.Rate); diff != "" {
		t.Errorf("rate (-want +got):\n%s", diff)
	}
}
