package study

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Snapshot is what a run wrote of its areas: enough to compare it with another
// run, long after the data are gone.
type Snapshot struct {
	Name, Fingerprint string
	Method            string            // version
	Districts         map[string]string // code to name
	Inputs            map[string]SnapshotInput
	// Parameters are those of the study file, and Thresholds those in use, by
	// their path such as "walk.minutes"; options are left out.
	Parameters, Thresholds map[string]string
	Options                []SnapshotOption // in the order of the study
}

// SnapshotInput is one input of a run, by its name in the study file.
type SnapshotInput struct{ Role, File, SHA256, Edition string }

// SnapshotOption is one option of a run.
type SnapshotOption struct {
	ID, Name string
	// Open are the ids of the open sites, ascending; nil when the run did not say.
	Open  []string
	Areas map[string]SnapshotArea // by code
}

// SnapshotArea is one area under one option, as areas.csv has it.
type SnapshotArea struct {
	Name, District string
	Categories     []string
	// Uncovered is set when the area is out of reach.
	Uncovered bool
	// values are the cells of the columns that the rules read, by column.
	values map[string]string
}

// Columns of areas.csv that no option changes, and those that it does.
var (
	groundColumns = []string{"population_0_19", "need_rank", "need_decile", "in_need_0_19", "settlement", "rural_urban"}
	reachColumns  = []string{"covered_share", "nearest_site_id", "walk_min", "transit_min"}
)

// ErrNotRun means that what was read is not what a run writes.
var ErrNotRun = errors.New("not the results of a run")

// ReadSnapshot reads summary.json, areas.csv and, unless it is nil, sites.csv
// of one run. The error wraps ErrNotRun and names the file, the line and what
// is wanted.
func ReadSnapshot(summary, areas, sites io.Reader) (*Snapshot, error) {
	s, err := readSummary(summary)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for k, o := range s.Options {
		at[o.ID] = k
	}
	want := append([]string{"option_id", "area_code", "area_name", "district_code", "categories"}, slices.Concat(groundColumns, reachColumns)...)
	err = tableRows("areas.csv", areas, want, func(line int, cell func(string) string) error {
		k, ok := at[cell("option_id")]
		if !ok {
			return fmt.Errorf("areas.csv: line %d: option %q: %w: summary.json has no such option", line, cell("option_id"), ErrNotRun)
		}
		a := SnapshotArea{Name: cell("area_name"), District: cell("district_code"), values: map[string]string{}}
		if c := cell("categories"); c != "" {
			a.Categories = strings.Split(c, ";")
		}
		share, err := strconv.ParseFloat(cell("covered_share"), 64)
		if err != nil {
			return fmt.Errorf("areas.csv: line %d: covered_share %q: %w: want a number", line, cell("covered_share"), ErrNotRun)
		}
		a.Uncovered = cell("uncovered") == "true" || cell("uncovered") == "" && share <= 0.5
		for _, c := range slices.Concat(groundColumns, reachColumns) {
			a.values[c] = cell(c)
		}
		code := cell("area_code")
		if _, again := s.Options[k].Areas[code]; again {
			return fmt.Errorf("areas.csv: line %d: area %q: %w: want each area of an option once", line, code, ErrNotRun)
		}
		s.Options[k].Areas[code] = a
		return nil
	})
	if err != nil || sites == nil {
		return s, err
	}
	err = tableRows("sites.csv", sites, []string{"option_id", "site_id", "status"}, func(_ int, cell func(string) string) error {
		if k, ok := at[cell("option_id")]; ok {
			switch cell("status") {
			case "hub", "co_located", "new":
				s.Options[k].Open = append(s.Options[k].Open, cell("site_id"))
			}
		}
		return nil
	})
	for k := range s.Options {
		slices.Sort(s.Options[k].Open)
	}
	return s, err
}

// tableRows calls each with every row of a table that has the wanted columns, and
// with a way to read a cell by its column; a column that is not there is "".
func tableRows(file string, r io.Reader, want []string, each func(line int, cell func(string) string) error) error {
	lines := csv.NewReader(r)
	lines.ReuseRecord = true
	header, err := lines.Read()
	if err != nil {
		return fmt.Errorf("%s: line 1: %w: want column names: %w", file, ErrNotRun, err)
	}
	at := map[string]int{}
	for i, name := range header {
		at[strings.TrimPrefix(name, "\ufeff")] = i
	}
	for _, name := range want {
		if _, ok := at[name]; !ok {
			return fmt.Errorf("%s: line 1: column %q: %w: want a column of that name", file, name, ErrNotRun)
		}
	}
	for {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w: %w", file, ErrNotRun, err)
		}
		line, _ := lines.FieldPos(0)
		if err := each(line, func(name string) string {
			if i, ok := at[name]; ok {
				return strings.Clone(record[i])
			}
			return ""
		}); err != nil {
			return err
		}
	}
}

// readSummary reads summary.json.
func readSummary(r io.Reader) (*Snapshot, error) {
	var doc struct {
		Study struct {
			Name        string `json:"name"`
			Fingerprint string `json:"fingerprint"`
		} `json:"study"`
		Inputs []struct {
			Role    string  `json:"role"`
			Name    string  `json:"name"`
			File    string  `json:"file"`
			SHA256  string  `json:"sha256"`
			Edition *string `json:"edition"`
		} `json:"inputs"`
		Parameters map[string]any `json:"parameters"`
		Thresholds map[string]any `json:"thresholds"`
		County     struct {
			List []struct {
				Code string `json:"code"`
				Name string `json:"name"`
			} `json:"district_list"`
		} `json:"county"`
		Options []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"options"`
		Method struct {
			Version string `json:"version"`
		} `json:"method"`
	}
	if err := json.NewDecoder(r).Decode(&doc); err != nil {
		return nil, fmt.Errorf("summary.json: %w: %w", ErrNotRun, err)
	}
	if doc.Study.Fingerprint == "" || len(doc.Options) == 0 {
		return nil, fmt.Errorf("summary.json: %w: want study.fingerprint and at least one option", ErrNotRun)
	}
	s := &Snapshot{
		Name: doc.Study.Name, Fingerprint: doc.Study.Fingerprint, Method: doc.Method.Version,
		Districts: map[string]string{}, Inputs: map[string]SnapshotInput{}, Parameters: map[string]string{}, Thresholds: map[string]string{},
	}
	for _, d := range doc.County.List {
		s.Districts[d.Code] = d.Name
	}
	for _, in := range doc.Inputs {
		name := in.Name
		if name == "" {
			name = in.Role
		}
		x := SnapshotInput{Role: in.Role, File: in.File, SHA256: in.SHA256}
		if in.Edition != nil {
			x.Edition = *in.Edition
		}
		s.Inputs[name] = x
	}
	for _, key := range []string{"options", "licences", "name", "title", "about"} {
		delete(doc.Parameters, key)
	}
	flatten(s.Parameters, "", doc.Parameters)
	flatten(s.Thresholds, "", doc.Thresholds)
	for _, o := range doc.Options {
		if slices.ContainsFunc(s.Options, func(x SnapshotOption) bool { return x.ID == o.ID }) {
			return nil, fmt.Errorf("summary.json: option %q: %w: want each option once", o.ID, ErrNotRun)
		}
		s.Options = append(s.Options, SnapshotOption{ID: o.ID, Name: o.Name, Areas: map[string]SnapshotArea{}})
	}
	return s, nil
}

// flatten writes a value of JSON by its path. A list is one value.
func flatten(to map[string]string, path string, v any) {
	if object, ok := v.(map[string]any); ok {
		for key, inner := range object {
			at := key
			if path != "" {
				at = path + "." + key
			}
			flatten(to, at, inner)
		}
		return
	}
	text, err := json.Marshal(v)
	if err != nil {
		return // never of what was decoded from JSON
	}
	to[path] = strings.Trim(string(text), `"`)
}
