package report_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hubreach/internal/estate"
	"hubreach/internal/report"
)

// The line runs through the options that none beats; an option that costs the
// same and reaches fewer is beaten, one that costs more and reaches as many too.
func TestMoneyBest(t *testing.T) {
	options := []report.Priced{
		{ID: "A", Cost: 1, Reached: 5}, {ID: "B", Cost: 2, Reached: 5}, {ID: "C", Cost: 3, Reached: 8},
		{ID: "D", Cost: 3, Reached: 9}, {ID: "E", Cost: 4, Reached: 7}, {ID: "F", Cost: 5, Reached: 9.5},
	}
	if got, want := report.MoneyBest(options), []string{"A", "D", "F"}; !slices.Equal(got, want) {
		t.Errorf("the line runs through %v, want %v", got, want)
	}
	for _, tt := range []struct{ id, by string }{{"A", ""}, {"B", "A"}, {"C", "D"}, {"D", ""}, {"E", "C D"}, {"F", ""}} {
		if got := strings.Join(report.MoneyBeating(options, tt.id), " "); got != tt.by {
			t.Errorf("%s is beaten by %q, want %q", tt.id, got, tt.by)
		}
	}
}

// Axes end at a mark, and hold the greatest value.
func TestAxis(t *testing.T) {
	for _, tt := range []struct {
		greatest float64
		steps    int
		end      float64
		marks    int
	}{
		{0, 5, 1, 2},         // nothing: 0 and 1
		{29_169, 5, 30e3, 4}, // 0, 10,000, 20,000, 30,000
		{9.269e6, 6, 10e6, 6},
		{10, 5, 10, 6}, // a mark at the greatest
		{0.3, 6, 0.3, 7},
		{1e12, 6, 1e12, 6},
	} {
		end, marks := report.Axis(tt.greatest, tt.steps)
		if end-tt.end > 1e-9*tt.end || tt.end-end > 1e-9*tt.end || len(marks) != tt.marks {
			t.Errorf("the axis to %g ends at %g with marks %v; want %g and %d of them", tt.greatest, end, marks, tt.end, tt.marks)
		}
	}
}

// The sample's report draws every option whose cost is known, says which another
// beats, and has ten deciles for each option but today's.
func TestCharts(t *testing.T) {
	r := sampleRun(t)
	text := map[string]string{}
	for _, e := range nodes(t, paperHTML(t, r, report.PaperParams{})) {
		if e.name == "desc" {
			text[e.attrs["id"]] = e.text
		}
	}
	if got := strings.Count(text["figure-money-desc"], "in need in reach"); got != len(r.Options) {
		t.Errorf("the chart of money says %q, want the %d options", text["figure-money-desc"], len(r.Options))
	}
	charts := 0
	for id, words := range text {
		if strings.HasPrefix(id, "figure-deciles-") {
			charts++
			if got := strings.Count(words, "before and"); got != 10 {
				t.Errorf("%s says %q, want ten deciles", id, words)
			}
		}
	}
	if charts != len(r.Options)-1 {
		t.Errorf("%d charts by deprivation, want one for each option but today's", charts)
	}
	alone := report.PaperParams{Options: []estate.OptionID{"O1"}}
	if bytes.Contains(paperHTML(t, r, alone), []byte("figure-money")) {
		t.Error("a chart of money of one option alone")
	}
}
