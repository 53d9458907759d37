package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

// table reads a CSV file of a run as one map a row.
func table(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(read(t, filepath.Join(dir, name)))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []map[string]string
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = r[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The columns that design.md section 5 names come first, in its order, and the
// keys that it names are there.
func TestContract(t *testing.T) {
	dir := written(t, small())
	for name, columns := range map[string]string{
		"areas.csv":    "option_id,area_code,area_name,district_code,settlement,rural_urban,population_0_19,need_rank,need_score,deprivation_decile,in_need_0_19,covered_share,covered_0_19,nearest_site_id,walk_min,pushchair_min,transit_min,categories,primary_category,reason",
		"sites.csv":    "option_id,site_id,name,district_code,status,reached_0_19,reached_in_need,only_here_0_19,only_here_in_need,hub_required,youth_space",
		"outreach.csv": "option_id,target_id,category,place,district_code,area_codes,people_0_19,in_need_0_19,youth_10_19,walk_min,transit_min,frequency,mode,venue_id,venue_name,venue_reach_share,reason",
		"losers.csv":   "option_id,dimension,group,group_name,people,covered_before,covered_after,lost,gained",
	} {
		b := read(t, filepath.Join(dir, name))
		first, _, _ := strings.Cut(string(b), "\n")
		if !strings.HasPrefix(first+",", columns+",") {
			t.Errorf("%s begins %q, want %q", name, first, columns)
		}
		if bytes.ContainsRune(b, '\r') || bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) || !utf8.Valid(b) {
			t.Errorf("%s: want UTF-8 without a byte order mark, and line feeds alone", name)
		}
	}
	var s map[string]any
	if err := json.Unmarshal(read(t, filepath.Join(dir, "summary.json")), &s); err != nil {
		t.Fatal(err)
	}
	for path, keys := range map[string]string{
		"":                   "study inputs parameters county options checks not_assessed",
		"study":              "name fingerprint",
		"inputs.0":           "role file sha256 edition rows_read rows_used dropped",
		"county":             "districts areas population population_0_19 areas_in_decile_1",
		"options.0":          "id name rank score open_sites covered_0_19 covered_share_0_19 covered_share_0_19_decile_1 covered_in_need equity_index mean_walk_min annual_cost_gbp outreach building_warranted",
		"options.0.outreach": "edge_of_town whole_town rural detached_youth",
		"checks.0":           "title passed detail",
	} {
		at := any(s)
		for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' }) {
			switch v := at.(type) {
			case map[string]any:
				at = v[step]
			case []any:
				at = v[0]
			}
		}
		for _, key := range strings.Fields(keys) {
			if _, ok := at.(map[string]any)[key]; !ok {
				t.Errorf("summary.json: no key %q in %q", key, path)
			}
		}
	}
}

// Areas add up to the summary. Each area is rounded to a tenth of a person, so
// three of them to 0.15.
func TestAreasAddUp(t *testing.T) {
	const tol = 0.15 // people
	r := small()
	dir := written(t, r)
	type sums struct{ people, covered, inNeed float64 }
	got := map[string]sums{}
	areas := map[string]map[string]int{}
	for _, row := range table(t, dir, "areas.csv") {
		s, id := got[row["option_id"]], row["option_id"]
		s.people += number(t, row["population_0_19"])
		s.covered += number(t, row["covered_0_19"])
		s.inNeed += number(t, row["in_need_0_19"]) * number(t, row["covered_share"])
		got[id] = s
		if areas[id] == nil {
			areas[id] = map[string]int{"edge_of_town": 0, "whole_town": 0, "rural": 0, "detached_youth": 0}
		}
		for _, c := range strings.FieldsFunc(row["categories"], func(r rune) bool { return r == ';' }) {
			areas[id][c]++
		}
	}
	var s struct {
		County struct {
			People float64 `json:"population_0_19"`
		}
		Options []struct {
			ID       string
			Covered  float64 `json:"covered_0_19"`
			Share    float64 `json:"covered_share_0_19"`
			InNeed   float64 `json:"covered_in_need"`
			Outreach map[string]int
		}
	}
	b, err := report.Summary(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	near := cmp.Options{cmpopts.EquateApprox(0, tol), cmp.AllowUnexported(sums{})}
	for _, o := range s.Options {
		want := sums{s.County.People, o.Covered, o.InNeed}
		if diff := cmp.Diff(want, got[o.ID], near); diff != "" {
			t.Errorf("option %s: areas.csv does not add up to summary.json (-summary +areas):\n%s", o.ID, diff)
		}
		if diff := cmp.Diff(o.Outreach, areas[o.ID]); diff != "" {
			t.Errorf("option %s: areas by category (-summary +areas.csv):\n%s", o.ID, diff)
		}
		if share := o.Covered / s.County.People; math.Abs(share-o.Share) > 1e-6 {
			t.Errorf("option %s: covered_share_0_19 = %v, want %v", o.ID, o.Share, share)
		}
	}
}

// What nobody knows is empty and null, and never zero.
func TestUnknown(t *testing.T) {
	r := small()
	r.County.Areas[2].People, r.County.Areas[2].Residents = county.Unknown, county.Ages{}
	r.County.Areas[2].RuralUrban = ""
	for i := range r.Need.Areas {
		r.Need.Areas[i].DeprivationDecile = 0
	}
	o := &r.Options[0]
	o.PeopleDecile1, o.CoveredDecile1, o.Equity, o.Score.Score = 0, 0, math.NaN(), math.Inf(1)
	o.YouthStated, o.YouthDistricts = false, nil
	o.Areas[0].WalkMin = math.Inf(1)
	dir := written(t, r)
	for _, tt := range []struct {
		file    string
		row     int
		columns string
	}{
		{"areas.csv", 0, "walk_min transit_min deprivation_decile categories primary_category"},
		{"areas.csv", 2, "population_0_19 in_need_0_19 covered_0_19 need_rank need_score need_decile nearest_site_id walk_min pushchair_min settlement rural population_basis rate_from"},
		{"sites.csv", 1, "annual_cost_gbp postcode"},
		{"outreach.csv", 1, "walk_min transit_min venue_id venue_name venue_reach_share nearest_site_id nearest_site_name"},
		{"losers.csv", 4, "lost_share mean_extra_walk_min"},
	} {
		row := table(t, dir, tt.file)[tt.row]
		for _, c := range strings.Fields(tt.columns) {
			if got, ok := row[c]; !ok || got != "" {
				t.Errorf("%s, row %d: %s = %q, want it empty", tt.file, tt.row, c, got)
			}
		}
	}
	var s struct {
		County  map[string]any
		Options []map[string]any
		Checks  []map[string]any
	}
	if err := json.Unmarshal(read(t, filepath.Join(dir, "summary.json")), &s); err != nil {
		t.Fatal(err)
	}
	for key, from := range map[string]map[string]any{
		"areas_in_decile_1": s.County, "covered_share_0_19_decile_1": s.Options[0], "equity_index": s.Options[0], "score": s.Options[0],
		"annual_cost_gbp": s.Options[0], "youth_districts": s.Options[0], "passed": s.Checks[2],
	} {
		if got, ok := from[key]; !ok || got != nil {
			t.Errorf("summary.json: %s = %v, want null", key, got)
		}
	}
	var b bytes.Buffer
	if err := report.Table(t.Context(), &b, r); err != nil || strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
		t.Errorf("Table: %v, with what is not a number:\n%s", err, b.String())
	}
}

func TestFormulas(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"Castle Street", "Castle Street"},
		{"=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"},
		{"+44 1622", "'+44 1622"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'\t=1"},
		{"\r=1", "'\r=1"},
		{"A;=1", "A;'=1"}, // where ; parts cells
		{"A = B", "A = B"},
		{"é", "é"},
		{"'quoted'", "'quoted'"},
		{"", ""},
	} {
		r := small()
		r.County.Sites[0].Name = tt.name
		var b bytes.Buffer
		if err := report.SitesCSV(t.Context(), &b, r); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := records[1][2]; got != tt.want {
			t.Errorf("name %q is written %q, want %q", tt.name, got, tt.want)
		}
		s, err := report.Summary(t.Context(), r)
		if err != nil || !json.Valid(s) {
			t.Errorf("Summary with a site named %q: %v", tt.name, err)
		}
	}
	r := small()
	r.Options[0].Equity = -0.25
	b, err := report.Summary(t.Context(), r)
	if err != nil || !bytes.Contains(b, []byte(`"equity_index": -0.25`)) {
		t.Errorf("a number below zero is not a formula: %v\n%s", err, b)
	}
}

// JSON is read by people: < > & stand as they are.
func TestSummaryIsReadable(t *testing.T) {
	r := small()
	r.Spec.About = "<all> & more"
	r.Options[0].Option.Name = "0 < hubs"
	b, err := report.Summary(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"about": "<all> & more"`, `"name": "0 < hubs"`} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("summary.json does not hold %s", want)
		}
	}
	if bytes.Contains(b, []byte("/srv")) {
		t.Error("summary.json holds a path of this machine")
	}
}

// keepsToTheScreen fails when a line is over 100 columns or holds what a
// terminal would act on.
func keepsToTheScreen(t *testing.T, r *study.Results) {
	t.Helper()
	var b bytes.Buffer
	if err := report.Table(t.Context(), &b, r); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		line = strings.TrimSuffix(line, "\n")
		if n := utf8.RuneCountInString(line); n > 100 {
			t.Errorf("%d columns, want at most 100: %s", n, line)
		}
		if i := strings.IndexFunc(line, unicode.IsControl); i >= 0 {
			t.Errorf("control character %q in %q", line[i], line)
		}
	}
}

func TestTableKeepsToTheScreen(t *testing.T) {
	keepsToTheScreen(t, small())
	r := small()
	r.Spec.Title = strings.Repeat("very long ", 30)
	r.Walk.Note = ""
	r.Walk.PointsFrom = strings.Repeat("x", 250)
	r.NotAssessed = append(r.NotAssessed, strings.Repeat("and so on; ", 40), "\x1b[31mred\x07")
	o := &r.Options[0]
	o.Option.ID = estate.OptionID(strings.Repeat("o", 64))
	o.Option.Name = strings.Repeat("naïve ", 60)
	o.Covered, o.CoveredInNeed, o.AnnualCost, o.Costed = 9_999_999_999, 9_999_999_999, 9e15, true
	o.Equity, o.MeanWalkMin, o.Score.Rank, o.Score.Score = -0.12345, 60, 100, -12.5
	keepsToTheScreen(t, r)
}

// Options stand by rank, equal ranks in the study's order.
func TestTableByRank(t *testing.T) {
	r := small()
	r.Options[0].Score.Rank, r.Options[1].Score.Rank = 2, 1
	for _, tt := range []struct {
		rank int
		want []string
	}{{2, []string{"one-hub", "all"}}, {1, []string{"all", "one-hub"}}} {
		r.Options[0].Score.Rank = tt.rank
		var b bytes.Buffer
		if err := report.Table(t.Context(), &b, r); err != nil {
			t.Fatal(err)
		}
		var got []string
		for line := range strings.Lines(b.String()) {
			if f := strings.Fields(line); len(f) > 12 && (f[0] == "1" || f[0] == "2") {
				got = append(got, f[1])
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("options with ranks %d and 1 (-want +got):\n%s", tt.rank, diff)
		}
	}
}

// Whatever a name is, the files can be read again and hold no formula.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"Castle Street", "=1+1", "a\"b,c\nd", ";-1;@", "\r\n", "\x1b[2J", "\xff\xfe", "naïve", "'", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := small()
		r.County.Sites[0].Name, r.Options[0].Option.Name, r.Spec.Title = s, s, s
		r.Options[1].Outreach.Towns[0].Name = s
		r.Options[0].Outreach.Targets = []outreach.Target{}
		var b bytes.Buffer
		if err := report.SitesCSV(t.Context(), &b, r); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatalf("sites.csv cannot be read again: %v", err)
		}
		if len(records) != 5 {
			t.Fatalf("%d records, want 5: names, and two options of two sites", len(records))
		}
		for _, part := range strings.Split(records[1][2], ";") {
			if part != "" && strings.ContainsRune("=+-@\t\r", rune(part[0])) {
				t.Errorf("name %q is written as a formula: %q", s, records[1][2])
			}
		}
		sum, err := report.Summary(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		var back struct {
			Options []struct{ Name string }
		}
		if err := json.Unmarshal(sum, &back); err != nil {
			t.Fatalf("summary.json cannot be read again: %v", err)
		}
		if utf8.ValidString(s) && back.Options[0].Name != s {
			t.Errorf("name %q is read back as %q", s, back.Options[0].Name)
		}
		keepsToTheScreen(t, r)
		r.Spec.Licences = []study.Licence{{ID: "x", Text: s}}
		elements(t, drawn(t, r, "one-hub"))
	})
}
