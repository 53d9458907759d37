package study_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/study"
)

// runFiles are the files of a run of one option, made by hand: a county of two
// districts, an area in each.
type runFiles struct {
	fingerprint, districts, inputs, parameters, thresholds, options, areas, sites string
}

func aRun() runFiles {
	return runFiles{
		fingerprint: "aa", districts: `[{"code":"D1","name":"West"},{"code":"D2","name":"East"}]`,
		inputs:     `[{"role":"boundaries","name":"boundaries","sha256":"b1"},{"role":"population","name":"people","sha256":"p1","edition":"mid-2020"}]`,
		parameters: `{"walk":{"minutes":20},"need":{"rate":["idaci"]},"outreach":{"need_decile":3,"venue_minutes":15},"name":"x"}`,
		thresholds: `{"walk_min":20,"need_decile":3,"building_threshold":100}`,
		options:    `[{"id":"all","name":"All"}]`,
		areas:      row("A1", "West 1", "D1", 100, 9, 3, 20, 0, "h1", "25.0", "") + row("A2", "East 1", "D2", 200, 5, 2, 50, 0.2, "h1", "30.0", "rural;detached_youth"),
		sites:      "all,h1,hub\nall,h2,closed\n",
	}
}

func row(code, name, district string, people, rank, decile int, inNeed, share float64, nearest, walk, categories string) string {
	return fmt.Sprintf("all,%s,%s,%s,,RSN1,%d,%d,%d,%g,%g,%s,%s,,%s,%t\n", code, name, district, people, rank, decile, inNeed, share, nearest, walk, categories, share <= 0.5)
}

func (f runFiles) read() (*study.Snapshot, error) {
	summary := fmt.Sprintf(`{"study":{"name":"Twotown","fingerprint":%q},"inputs":%s,"parameters":%s,"thresholds":%s,"county":{"district_list":%s},"options":%s,"method":{"version":"1"}}`,
		f.fingerprint, f.inputs, f.parameters, f.thresholds, f.districts, f.options)
	areas := "option_id,area_code,area_name,district_code,settlement,rural_urban,population_0_19,need_rank,need_decile,in_need_0_19,covered_share,nearest_site_id,walk_min,transit_min,categories,uncovered\n" + f.areas
	return study.ReadSnapshot(strings.NewReader(summary), strings.NewReader(areas), strings.NewReader("option_id,site_id,status\n"+f.sites))
}

func snapshot(t *testing.T, change func(*runFiles)) *study.Snapshot {
	t.Helper()
	f := aRun()
	if change != nil {
		change(&f)
	}
	s, err := f.read()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCompare(t *testing.T) {
	swap := func(s *string, old, new string) {
		if !strings.Contains(*s, old) {
			t.Fatalf("no %q in %q", old, *s)
		}
		*s = strings.Replace(*s, old, new, 1)
	}
	for _, tc := range []struct {
		name    string
		change  func(*runFiles)
		causes  []study.Cause
		areas   []study.AreaChange
		entered int
	}{
		{"new data", func(f *runFiles) {
			f.fingerprint = "bb"
			swap(&f.inputs, `"p1","edition":"mid-2020"`, `"p2","edition":"mid-2024"`)
			f.areas = row("A1", "West 1", "D1", 120, 9, 3, 24, 0, "h1", "25.0", "edge_of_town") + row("A2", "East 1", "D2", 200, 5, 2, 50, 0.2, "h1", "30.0", "rural;detached_youth")
		}, []study.Cause{{Kind: study.ByData, What: "people", Old: "mid-2020 (p1)", New: "mid-2024 (p2)"}},
			[]study.AreaChange{{Code: "A1", Name: "West 1", District: "West", Change: "entered", Old: []string{}, New: []string{"edge_of_town"}, Why: []study.Kind{study.ByData},
				Because: "population_0_19 went from 100 to 120, in_need_0_19 went from 20 to 24, with the data."}}, 1},
		{"a threshold", func(f *runFiles) {
			f.fingerprint = "bb"
			swap(&f.parameters, `"need_decile":3`, `"need_decile":4`)
			swap(&f.thresholds, `"need_decile":3`, `"need_decile":4`)
			swap(&f.areas, `25.0,,,true`, `25.0,,edge_of_town,true`)
		}, []study.Cause{{Kind: study.ByThreshold, What: "outreach.need_decile", Old: "3", New: "4"}},
			[]study.AreaChange{{Code: "A1", Name: "West 1", District: "West", Change: "entered", Old: []string{}, New: []string{"edge_of_town"}, Why: []study.Kind{study.ByThreshold},
				Because: "Nothing of the area itself changed; the thresholds did: outreach.need_decile 3 to 4."}}, 1},
		{"the option", func(f *runFiles) {
			f.fingerprint = "bb"
			f.sites = "all,h1,closed\nall,h2,hub\n"
			f.areas = row("A1", "West 1", "D1", 100, 9, 3, 20, 0, "h1", "25.0", "") + row("A2", "East 1", "D2", 200, 5, 2, 50, 0.9, "h2", "12.0", "")
		}, []study.Cause{},
			[]study.AreaChange{{Code: "A2", Name: "East 1", District: "East", Change: "left", Old: []string{"rural", "detached_youth"}, New: []string{}, Why: []study.Kind{study.ByOption},
				Because: "covered_share went from 0.2 to 0.9, nearest_site_id went from h1 to h2, walk_min went from 30.0 to 12.0, with the sites that the option opens and closes."}}, 0},
		{"a walking parameter", func(f *runFiles) {
			f.fingerprint = "bb"
			swap(&f.parameters, `"minutes":20`, `"minutes":30`)
			swap(&f.thresholds, `"walk_min":20`, `"walk_min":30`)
			f.areas = row("A1", "West 1", "D1", 100, 9, 3, 20, 0, "h1", "25.0", "") + row("A2", "East 1", "D2", 200, 5, 2, 50, 0.5, "h1", "30.0", "rural")
		}, []study.Cause{{Kind: study.ByThreshold, What: "walk.minutes", Old: "20", New: "30"}},
			[]study.AreaChange{{Code: "A2", Name: "East 1", District: "East", Change: "changed", Old: []string{"rural", "detached_youth"}, New: []string{"rural"}, Why: []study.Kind{study.ByThreshold},
				Because: "covered_share went from 0.2 to 0.5, with walk.minutes. The thresholds changed too: walk.minutes 20 to 30."}}, 0},
		{"boundaries", func(f *runFiles) {
			f.fingerprint = "bb"
			swap(&f.inputs, "b1", "b2")
			swap(&f.areas, "A2", "A3")
		}, []study.Cause{{Kind: study.ByBoundary, What: "boundaries", Old: " (b1)", New: " (b2)"}},
			[]study.AreaChange{
				{Code: "A2", Name: "East 1", District: "East", Change: "left", Old: []string{"rural", "detached_youth"}, New: []string{}, Why: []study.Kind{study.ByBoundary}, Because: "The area is no longer there: the boundaries changed."},
				{Code: "A3", Name: "East 1", District: "East", Change: "entered", Old: []string{}, New: []string{"rural", "detached_youth"}, Why: []study.Kind{study.ByBoundary}, Because: "The area is new: the boundaries changed."},
			}, 1},
		{"nothing", func(*runFiles) {}, []study.Cause{}, []study.AreaChange{}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := study.Compare(snapshot(t, nil), snapshot(t, tc.change))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.causes, d.Causes); diff != "" {
				t.Errorf("causes (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.areas, d.Options[0].Areas); diff != "" {
				t.Errorf("areas (-want +got):\n%s", diff)
			}
			if d.Options[0].Entered != tc.entered || d.Same != (tc.name == "nothing") {
				t.Errorf("%d entered, same %t, want %d", d.Options[0].Entered, d.Same, tc.entered)
			}
		})
	}
}

// Two counties are refused; a county with one more district is not.
func TestCompareRefusesOtherCounties(t *testing.T) {
	for _, tc := range []struct {
		name, districts string
		refused         bool
	}{
		{"the same", `[{"code":"D2"},{"code":"D1"}]`, false},
		{"one more", `[{"code":"D1"},{"code":"D2"},{"code":"D3"}]`, false},
		{"half of them", `[{"code":"D1"},{"code":"D9"}]`, false},
		{"a third of them", `[{"code":"D1"},{"code":"D8"},{"code":"D9"}]`, true},
		{"others", `[{"code":"D8"},{"code":"D9"}]`, true},
		{"none listed: the same areas", `[]`, false},
	} {
		_, err := study.Compare(snapshot(t, nil), snapshot(t, func(f *runFiles) { f.districts = tc.districts }))
		if errors.Is(err, study.ErrOtherCounty) != tc.refused || err != nil && !tc.refused {
			t.Errorf("%s: error %v, want refused %t", tc.name, err, tc.refused)
		}
	}
}

func TestCompareOptionsOfOneRun(t *testing.T) {
	d, err := study.Compare(snapshot(t, nil), snapshot(t, func(f *runFiles) {
		f.options = `[{"id":"some","name":"Some"}]`
		f.areas = strings.ReplaceAll(f.areas, "all,", "some,")
		f.sites = ""
	}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"all"}, {"some"}}, [][]string{d.OnlyOld, d.OnlyNew}); diff != "" || len(d.Options) != 0 {
		t.Errorf("options of one run alone (-want +got):\n%s", diff)
	}
}

func TestReadSnapshotRefuses(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*runFiles)
		want   string
	}{
		{"no option", func(f *runFiles) { f.options = `[]` }, "summary.json: "},
		{"no fingerprint", func(f *runFiles) { f.fingerprint = "" }, "summary.json: "},
		{"not JSON", func(f *runFiles) { f.inputs = "?" }, "summary.json: "},
		{"unknown option", func(f *runFiles) { f.areas = "x" + f.areas }, `areas.csv: line 2: option "xall"`},
		{"an area twice", func(f *runFiles) { f.areas += f.areas }, `areas.csv: line 4: area "A1"`},
		{"a share in words", func(f *runFiles) { f.areas = strings.Replace(f.areas, "0.2", "few", 1) }, `areas.csv: line 3: covered_share "few"`},
		{"a short row", func(f *runFiles) { f.areas += "all\n" }, "areas.csv: "},
		{"an option twice", func(f *runFiles) { f.options = `[{"id":"all"},{"id":"all"}]` }, `summary.json: option "all"`},
	} {
		f := aRun()
		tc.change(&f)
		_, err := f.read()
		if !errors.Is(err, study.ErrNotRun) || !strings.HasPrefix(err.Error(), tc.want) {
			t.Errorf("%s: error %v, want one that begins %q", tc.name, err, tc.want)
		}
	}
	if _, err := study.ReadSnapshot(strings.NewReader(`{"study":{"fingerprint":"a"},"options":[{"id":"all"}]}`), strings.NewReader("option_id\n"), nil); !errors.Is(err, study.ErrNotRun) {
		t.Errorf("a table without its columns: %v", err)
	}
}

func FuzzReadSnapshot(f *testing.F) {
	f.Add(`{"study":{"fingerprint":"a"},"options":[{"id":"all"}]}`, "option_id,area_code\nall,A1\n", "option_id,site_id,status\nall,h1,hub\n")
	f.Add(`{}`, "", "")
	f.Fuzz(func(t *testing.T, summary, areas, sites string) {
		s, err := study.ReadSnapshot(strings.NewReader(summary), strings.NewReader(areas), strings.NewReader(sites))
		if err != nil {
			return
		}
		if d, err := study.Compare(s, s); err == nil && len(d.Causes) > 0 {
			t.Errorf("a run differs from itself: %+v", d.Causes)
		}
	})
}
