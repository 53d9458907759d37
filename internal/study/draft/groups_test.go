package draft_test

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/data"
	"hubreach/internal/study"
)

// bulk is a table of Census 2021 in the layout of Nomis' bulk files, with a count
// of 7 of everybody in each area.
func bulk(headers ...string) string {
	text := `date,geography,geography code,"` + strings.Join(headers, `","`) + "\"\n"
	for _, code := range []string{area1, area2} {
		text += "2021,Deal," + code + strings.Repeat(",7", len(headers)) + "\n"
	}
	return text
}

// The headers are those of Nomis' files census2021-ts008-lsoa.csv and so on: some
// tables end them in "; measures: Value", some have narrower groups beside the
// broad ones, and some have a sum of two of their columns.
func TestTellsGroups(t *testing.T) {
	const value = "; measures: Value"
	group := func(dimension, name string, columns ...string) study.Group {
		return study.Group{Dimension: dimension, Name: name, Columns: columns}
	}
	for _, tt := range []struct {
		name, file, text string
		want             []study.Group
	}{
		{"TS008", "census2021-ts008-lsoa.csv", bulk("Sex: All persons"+value, "Sex: Female"+value, "Sex: Male"+value), []study.Group{
			group("sex", "female", "Sex: Female"+value), group("sex", "male", "Sex: Male"+value)}},
		{"TS021", "census2021-ts021-lsoa.csv", bulk("Ethnic group: Total: All usual residents", "Ethnic group: Asian, Asian British or Asian Welsh",
			"Ethnic group: Asian, Asian British or Asian Welsh: Bangladeshi", "Ethnic group: Black, Black British, Black Welsh, Caribbean or African",
			"Ethnic group: Black, Black British, Black Welsh, Caribbean or African: African", "Ethnic group: Mixed or Multiple ethnic groups",
			"Ethnic group: White", "Ethnic group: White: Roma", "Ethnic group: Other ethnic group", "Ethnic group: Other ethnic group: Arab"), []study.Group{
			group("ethnicity", "Asian", "Ethnic group: Asian, Asian British or Asian Welsh"),
			group("ethnicity", "Black", "Ethnic group: Black, Black British, Black Welsh, Caribbean or African"),
			group("ethnicity", "Mixed", "Ethnic group: Mixed or Multiple ethnic groups"),
			group("ethnicity", "White", "Ethnic group: White"), group("ethnicity", "Other", "Ethnic group: Other ethnic group")}},
		{"TS038", "census2021-ts038-lsoa.csv", bulk("Disability: Total: All usual residents", "Disability: Disabled under the Equality Act",
			"Disability: Disabled under the Equality Act: Day-to-day activities limited a lot", "Disability: Disabled under the Equality Act: Day-to-day activities limited a little",
			"Disability: Not disabled under the Equality Act", "Disability: Not disabled under the Equality Act: No long term physical or mental health conditions"), []study.Group{
			group("disability", "disabled", "Disability: Disabled under the Equality Act"), group("disability", "not disabled", "Disability: Not disabled under the Equality Act")}},
		{"TS038 without its sums", "a.csv", bulk("Disability: Total: All usual residents",
			"Disability: Disabled under the Equality Act: Day-to-day activities limited a lot", "Disability: Disabled under the Equality Act: Day-to-day activities limited a little"), []study.Group{
			group("disability", "disabled", "Disability: Disabled under the Equality Act: Day-to-day activities limited a lot", "Disability: Disabled under the Equality Act: Day-to-day activities limited a little")}},
		{"TS003", "census2021-ts003-lsoa.csv", bulk("Household composition: Total"+value, "Household composition: Single family household: Lone parent family"+value,
			"Household composition: Single family household: Lone parent family: With dependent children"+value), []study.Group{
			group("lone_parents", "lone-parent households", "Household composition: Single family household: Lone parent family"+value)}},
		{"TS045", "census2021-ts045-lsoa.csv", bulk("Number of cars or vans: Total: All households", "Number of cars or vans: No cars or vans in household"), []study.Group{
			group("no_car", "households without a car", "Number of cars or vans: No cars or vans in household")}},
		{"TS030", "census2021-ts030-lsoa.csv", bulk("Religion: Total: All usual residents", "Religion: No religion", "Religion: Muslim", "Religion: Not answered"), []study.Group{
			group("religion", "no religion", "Religion: No religion"), group("religion", "Muslim", "Religion: Muslim"), group("religion", "not answered", "Religion: Not answered")}},
		{"an archive of the areas and of others", "census2021-ts008.zip", zipped(t,
			"census2021-ts008-msoa.csv", "date,geography,geography code,Sex: Female"+value+"\n2021,Dover 001,E02005163,7\n",
			"census2021-ts008-lsoa.csv", bulk("Sex: All persons"+value, "Sex: Female"+value)), []study.Group{group("sex", "female", "Sex: Female"+value)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := parsed(t, drafted(t, folderOf(folderWith(draftFolder, tt.file, tt.text))))
			in := draftInput(t, s, tt.file)
			if diff := cmp.Diff(tt.want, in.Groups); in.Role != "groups" || diff != "" {
				t.Errorf("role %q, groups (-want +got):\n%s", in.Role, diff)
			}
			r, err := study.Load(t.Context(), s, study.Env{Open: openAll(folderOf(folderWith(draftFolder, tt.file, tt.text)))})
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range r.Groups {
				if g.Known != 2 || g.Counts[0] != float64(7*len(tt.want[0].Columns)) {
					t.Errorf("%s, %s: %v in %d areas, want 7 a column in both", g.Dimension, g.Name, g.Counts, g.Known)
				}
			}
		})
	}
}

// openAll opens the files of a folder.
func openAll(files fs.FS) study.Open {
	return func(path string) (io.ReadCloser, error) { return files.Open(path) }
}

// A dimension is told from one table: the newest that need not be carried. What
// has a row for each group is refused with what to look for.
func TestChoosesGroups(t *testing.T) {
	sexes := bulk("Sex: All persons", "Sex: Female", "Sex: Male")
	long := "Lower layer Super Output Areas Code,Sex (2 categories),Observation\n" + area1 + ",Female,7\n" + area2 + ",Female,7\n"
	d := drafted(t, folderOf(folderWith(draftFolder, "census2011-sex.csv", sexes, "census2021-ts008-lsoa.csv", sexes, "chosen.csv", long)))
	for file, want := range map[string]string{
		"census2021-ts008-lsoa.csv": "with people or households by sex",
		"census2011-sex.csv":        "not taken: census2021-ts008-lsoa.csv is taken",
		"chosen.csv":                "a row for each area and group",
	} {
		if got := draftFound(t, d, file); got.Taken != (file == "census2021-ts008-lsoa.csv") || !strings.Contains(got.Why, want) {
			t.Errorf("%s: taken %t, %q; want %q", file, got.Taken, got.Why, want)
		}
	}
}

// The draft of the sample county counts the groups that its own study file counts.
func TestGroupsOfTheSample(t *testing.T) {
	text, err := fs.ReadFile(data.Sample(), data.Study)
	if err != nil {
		t.Fatal(err)
	}
	own, err := study.ParseSpec(text, "sample")
	if err != nil {
		t.Fatal(err)
	}
	groups := func(s study.Spec) map[string]float64 {
		r, err := study.Load(context.Background(), s, study.Env{Open: openAll(data.Sample())})
		if err != nil {
			t.Fatal(err)
		}
		sums := map[string]float64{}
		for _, g := range r.Groups {
			for _, n := range g.Counts {
				sums[g.Dimension+", "+g.Name] += n
			}
		}
		return sums
	}
	if diff := cmp.Diff(groups(own), groups(parsed(t, drafted(t, data.Sample())))); diff != "" {
		t.Errorf("people by group (-own +draft):\n%s", diff)
	}
}
