package report_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/internal/report"
	"hubreach/internal/study"
)

// TestLayersSayWhatTheFilesSay compares every cell with the CSV file of the
// same name.
func TestLayersSayWhatTheFilesSay(t *testing.T) {
	r := small()
	layers, err := report.Layers(r)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]report.Layer{}
	var names []string
	for _, l := range layers {
		named[l.Name] = l
		names = append(names, l.Name)
	}
	if want := strings.Fields("areas area_results sites outreach catchments options transit losers checks not_assessed provenance"); !slices.Equal(names, want) {
		t.Errorf("Layers are %q, want %q", names, want)
	}
	for file, name := range map[string]string{"areas.csv": "area_results", "sites.csv": "sites", "outreach.csv": "outreach", "losers.csv": "losers"} {
		var text bytes.Buffer
		if err := report.CSV(t.Context(), &text, r, file); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&text).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		l := named[name]
		if len(l.Rows) != len(rows)-1 || len(l.Rows) == 0 {
			t.Errorf("layer %s has %d rows, want the %d of %s", name, len(l.Rows), len(rows)-1, file)
			continue
		}
		for k, c := range l.Columns {
			at := slices.Index(rows[0], c.Name)
			if at < 0 {
				if c.Kind != "point" && c.Kind != "multipolygon" {
					t.Errorf("layer %s has a column %s that %s has not", name, c.Name, file)
				}
				continue
			}
			for i, row := range l.Rows {
				if got, want := cell(row[k]), rows[i+1][at]; !same(got, want) {
					t.Errorf("layer %s, row %d: %s is %q, want %q", name, i+1, c.Name, got, want)
				}
			}
		}
	}
	if len(named["areas"].Rows) != len(r.County.Areas) {
		t.Errorf("layer areas has %d rows, want one for each of %d areas", len(named["areas"].Rows), len(r.County.Areas))
	}
	if g, ok := named["areas"].Rows[0][0].(orb.MultiPolygon); !ok || len(g) == 0 {
		t.Errorf("the first area's geometry is %T, want its ground", named["areas"].Rows[0][0])
	}
	if _, err := report.Layers(&study.Results{}); !errors.Is(err, report.ErrUnfinished) {
		t.Errorf("Layers of results without options: %v, want ErrUnfinished", err)
	}
}

// cell returns a value as CSV has it.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return v
	}
	return "?"
}

// same takes 1.0 for 1, and leaves out the mark that keeps a spreadsheet from
// taking a text for a formula.
func same(got, want string) bool {
	if got == strings.TrimPrefix(want, "'") {
		return true
	}
	a, err := strconv.ParseFloat(got, 64)
	b, err2 := strconv.ParseFloat(want, 64)
	return err == nil && err2 == nil && a == b
}
