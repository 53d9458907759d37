package study_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"

	"hubreach/data"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// grouped returns a grid county with a table of groups and a coast.
func grouped(seed uint64) map[string]string {
	files := grid(seed, 6, 8)
	var rows strings.Builder
	rows.WriteString("LSOA21CD,f young,f old,no car\n")
	for i := range 36 {
		fmt.Fprintf(&rows, "E0100%04d,%d,%d,%s\n", i, 100+i, 300+2*i, []string{"12", ""}[i%12/11])
	}
	files["groups.csv"] = rows.String()
	files["study.toml"] = strings.Replace(files["study.toml"], "[need]", `[[input]]
role = "groups"
file = "groups.csv"
edition = "Census 2021"
[[input.group]]
dimension = "sex"
name = "female"
columns = ["f young", "f old"]
[[input.group]]
dimension = "no_car"
name = "no car"
columns = ["no car"]
[equality]
coastal = ["E07000002"]
[need]`, 1)
	return files
}

func TestEqualityImpact(t *testing.T) {
	r, err := runSmall(grouped(1))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Groups) != 2 || r.Groups[0].Counts[1] != 101+302 || r.Groups[0].Known != 36 || r.Groups[1].Known != 33 || !math.IsNaN(r.Groups[1].Counts[11]) {
		t.Fatalf("groups %+v, want 403 women in the second area, and no count of cars in 3 areas", r.Groups)
	}
	e := r.EqualityImpact(1)
	if e.Option != "half" || e.Baseline != "all" || e.Threshold != 5 {
		t.Errorf("%s against %s under %v, want half against all under 5", e.Option, e.Baseline, e.Threshold)
	}
	have := map[string]int{}
	for _, row := range e.Rows {
		have[row.Dimension]++
	}
	for _, dimension := range []string{"county", "age", "need", "decile", "district", "rural_urban", estate.Infants, "sex", "no_car"} {
		if have[dimension] == 0 {
			t.Errorf("no rows by %s", dimension)
		}
	}
	// V23: at least these five are named, each with a source or a gap.
	for _, want := range []struct {
		name     string
		assessed bool
	}{{"Age", true}, {"Disability", false}, {"Sex", true}, {"Race", false}, {"Pregnancy and maternity", true}} {
		k := slices.IndexFunc(e.Characteristics, func(c study.Characteristic) bool { return c.Name == want.name })
		if k < 0 {
			t.Errorf("%s is not named", want.name)
			continue
		}
		if c := e.Characteristics[k]; !c.Protected || (len(c.Dimensions) > 0) != want.assessed || want.assessed && c.Source == "" || !want.assessed && c.Gap == "" {
			t.Errorf("%+v, want it assessed %v, with its source or its gap", c, want.assessed)
		}
	}
	if len(e.Characteristics) != 10 || e.Characteristics[9].Name != "no car" || e.Characteristics[9].Source != "groups.csv (Census 2021)" {
		t.Errorf("characteristics %+v, want the nine of the Act and then no car", e.Characteristics)
	}
	// Half of the eight sites close. What is published of each adds up.
	if len(e.Closures) != 4 {
		t.Fatalf("%d closures, want 4", len(e.Closures))
	}
	details := 0
	for _, c := range e.Closures {
		sum, hidden := 0.0, 0
		for _, a := range c.Areas {
			sum += a.People.People
			if a.People.Suppressed {
				hidden++
			} else if a.People.People < e.Threshold {
				t.Errorf("site %d: area %d: %v people are published", c.Site, a.Area, a.People.People)
			}
			if a.Next >= 0 && !r.Options[1].Option.Status[a.Next].Open() {
				t.Errorf("site %d: area %d is sent to site %d, which is closed", c.Site, a.Area, a.Next)
			}
		}
		details += len(c.Areas)
		half := e.Threshold / 2 // each area, and the total, is rounded by itself
		if hidden == 0 && len(c.Areas) > 0 && math.Abs(sum-c.People.People) > half*float64(len(c.Areas)+1) || hidden == 1 {
			t.Errorf("site %d: areas add up to %v of %v, %d hidden", c.Site, sum, c.People.People, hidden)
		}
		if c.Withheld && len(c.Areas)+len(c.Groups) > 0 {
			t.Errorf("site %d is withheld and tells %+v", c.Site, c.Areas)
		}
	}
	if details == 0 {
		t.Error("no closure says which areas lose")
	}
	if base := r.EqualityImpact(0); len(base.Closures) != 0 {
		t.Errorf("baseline closes %+v, want nothing", base.Closures)
	}
	if f := r.Fairness(); len(f) != 2 || f[0].Coast == nil || f[0].Coast.Coast.People == 0 || f[0].Coast.Rest.People == 0 {
		t.Errorf("fairness %+v, want a coast and a rest for both options", f)
	}
}

func TestBadGroupsAndServices(t *testing.T) {
	change := func(old, new string) map[string]string {
		files := grouped(1)
		if !strings.Contains(files["study.toml"], old) {
			t.Fatalf("no %q in the study file", old)
		}
		files["study.toml"] = strings.Replace(files["study.toml"], old, new, 1)
		return files
	}
	services := func(rows string) map[string]string {
		files := change("[equality]", "[[input]]\nrole = \"services\"\nfile = \"services.csv\"\n[equality]")
		files["services.csv"] = "service_option_id,name,service,delivered,staff_fte,needs\n" + rows
		return files
	}
	negative := grouped(1)
	negative["groups.csv"] = strings.Replace(negative["groups.csv"], ",12\n", ",-12\n", 1)
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"no group", func() map[string]string {
			f := grouped(1)
			a, b := strings.Index(f["study.toml"], "[[input.group]]"), strings.Index(f["study.toml"], "[equality]")
			f["study.toml"] = f["study.toml"][:a] + f["study.toml"][b:]
			return f
		}(), "input groups: no [[input.group]] block: say which columns count whom"},
		{"a dimension in capitals", change(`"sex"`, `"Sex"`), `input groups: group "female": dimension "Sex": want a word in small letters`},
		{"a dimension of our own", change(`"sex"`, `"age"`), `group "female": dimension "age" is told from other inputs: want another word`},
		{"no columns", change(`columns = ["no car"]`, `columns = []`), `group "no car": columns: want the columns that count it`},
		{"twice", change(`dimension = "no_car"
name = "no car"`, `dimension = "sex"
name = "female"`), `group "female" of dimension sex stands twice`},
		{"no such column", change(`"f old"`, `"f aged"`), `column "f aged": want a column of that name`},
		{"negative", negative, `groups.csv: line 2: no car "-12": want a number of people, zero or more`},
		{"no such district", change("E07000002", "E07000009"), `equality.coastal: district "E07000009": want the codes of districts of the study`},
		{"a threshold below 0", change("coastal =", "small_number = -1\ncoastal ="), "equality.small_number -1: want 0"},
		{"a service twice", services("A,a,x,yes,1,\nA,a,x,yes,1,\n"), `services.csv: line 3: service "x": want each service of service option A once`},
		{"a service without a name", services("A,a,,yes,1,\n"), "services.csv: line 2: service: want a service option and a service in every row"},
		{"perhaps", services("A,a,x,perhaps,1,\n"), `services.csv: line 2: delivered "perhaps": want yes or no`},
		{"staff", services("A,a,x,yes,some,\n"), `services.csv: line 2: staff_fte "some": want a number`},
		{"a space that is none", services("A,a,x,yes,1,garden\n"), `services.csv: line 2: needs "garden": want none, any, youth_space`},
	} {
		_, err := runSmall(tt.files)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v\nwant %s", tt.name, err, tt.want)
		}
	}
	r, err := runSmall(services("A,Basic,x,yes,\"1,000\",Private Room\nA,Basic,Youth club,no,,\nB,,x,,2,none\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Services) != 2 || r.Services[0].Services[0].Needs != estate.PrivateRoom || r.Services[0].Services[0].StaffFTE.Number != 1000 || r.Services[0].Services[1].Delivered ||
		r.Services[0].Services[1].Needs != estate.YouthRoom || r.Services[1].Name != "B" || !r.Services[1].Services[0].Delivered {
		t.Errorf("services %+v", r.Services)
	}
	if all := r.Combinations(); len(all) != 4 || all[0].Deliverable != county.NotStated {
		t.Errorf("combinations %+v, want 2 x 2, and private rooms not stated", all)
	}
}

// Results of reading alone, without an option, are refused and do not panic.
func TestNothingAssessed(t *testing.T) {
	r := sampleLoaded(t)
	if _, err := study.NewWhatIf(r, ""); !errors.Is(err, estate.ErrNoOption) {
		t.Errorf("what-if: %v, want %v", err, estate.ErrNoOption)
	}
	if _, err := r.Robustness(t.Context(), study.DefaultRobustness(r.Spec), study.Env{}); !errors.Is(err, estate.ErrNoOption) {
		t.Errorf("robustness: %v, want %v", err, estate.ErrNoOption)
	}
}

// Whatever a table of services says, it is read or refused in one line.
func FuzzServices(f *testing.F) {
	f.Add("A,Basic,Play,yes,1.5,under_fives\n")
	f.Add("A,,Youth club,no,,\nA,,Youth club,no,,\n")
	f.Add(",,,,,\n")
	files := grid(1, 2, 2)
	files["study.toml"] = strings.Replace(files["study.toml"], "[need]", "[[input]]\nrole = \"services\"\nfile = \"services.csv\"\n[need]", 1)
	f.Fuzz(func(t *testing.T, rows string) {
		files["services.csv"] = "service_option_id,name,service,delivered,staff_fte,needs\n" + rows
		r, err := runSmall(files)
		if err != nil {
			if strings.Contains(err.Error(), "\n") && !strings.Contains(rows, "\n") {
				t.Errorf("%q: want one line", err)
			}
			return
		}
		for _, x := range r.Combinations() {
			if math.IsNaN(x.Staffing) || x.FTE < 0 {
				t.Errorf("%q gives %+v", rows, x)
			}
		}
	})
}

// V24 and V13 on real Kent: every site closed lists who loses, with the next site
// and the walk there; car ownership, of which the study has no table, is a gap.
func TestV24ClosuresOfKent(t *testing.T) {
	r := kent(t)
	k := slices.IndexFunc(r.Options, func(o study.OptionResult) bool { return o.Option.ID == "dfe_hubs" })
	e := r.EqualityImpact(k)
	shown, withheld := 0, 0
	for _, c := range e.Closures {
		if c.Withheld {
			withheld++
			continue
		}
		shown++
		for _, a := range c.Areas {
			if a.Next >= 0 && a.WalkMin <= r.Spec.Walk.Minutes {
				t.Errorf("%s: area %d is %v minutes from its next site, want more than %g", r.County.Sites[c.Site].Name, a.Area, a.WalkMin, r.Spec.Walk.Minutes)
			}
		}
	}
	t.Logf("%d closures told, %d withheld", shown, withheld)
	if shown < 20 {
		t.Errorf("%d closures are told, want the most of 49", shown)
	}
	hidden := 0
	for _, row := range e.Rows {
		for _, c := range []estate.Cell{row.Kept, row.Lost, row.Gained, row.Neither, row.People} {
			if c.Suppressed {
				hidden++
			}
		}
	}
	t.Logf("%d of %d numbers hidden", hidden, 5*len(e.Rows))
	if hidden > len(e.Rows) {
		t.Errorf("%d of %d numbers are hidden, want few", hidden, 5*len(e.Rows))
	}
}

// The sample county's four service options in its five plans give 20 results
// (V22), and the claim that all can be delivered is shown or refuted by service.
func TestV22ServicesOfTheSample(t *testing.T) {
	r := sampleLoaded(t)
	options := make([]estate.Option, 0, 5)
	for n := range 5 { // plans stand in options.csv; here: five sizes of estate
		var open []int
		for i := range r.County.Sites {
			if i%5 >= n {
				open = append(open, i)
			}
		}
		options = append(options, estate.Keep(r.County, estate.OptionID(fmt.Sprint("P", n)), fmt.Sprint("Plan ", n), open))
	}
	all := estate.Combine(r.County, r.Services, options, 0)
	if len(r.Services) != 4 || len(all) != 20 {
		t.Fatalf("%d service options, %d combinations, want 4 and 20", len(r.Services), len(all))
	}
	for k, x := range all {
		if x.Words == "" || !strings.HasSuffix(x.Words, ".") {
			t.Errorf("combination %d: %q, want sentences", k, x.Words)
		}
		if k%5 > 0 && x.Staffing > all[k-1].Staffing {
			t.Errorf("plan %d has fewer sites than plan %d and costs more: %v, %v", k%5, k%5-1, x.Staffing, all[k-1].Staffing)
		}
	}
}

// sampleLoaded reads the sample county, and measures no walk.
func sampleLoaded(t *testing.T) *study.Results {
	t.Helper()
	files := data.Sample()
	text, err := fs.ReadFile(files, "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := study.ParseSpec(text, "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	s.Inputs = slices.DeleteFunc(s.Inputs, func(in study.Input) bool { return in.Role == "streets" || in.Role == "timetable" })
	r, err := study.Load(t.Context(), s, study.Env{Open: func(p string) (io.ReadCloser, error) { return files.Open(p) }})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
