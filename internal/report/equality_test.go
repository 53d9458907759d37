package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"hubreach/internal/report"
	"hubreach/internal/study"
)

// rowsOf reads one table of results.
func rowsOf(t *testing.T, r *study.Results, name string) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := report.CSV(t.Context(), &b, r, name); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
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

// The sample has tables of sex, ethnic group, disability, lone parents and cars,
// and its table names what the others lack (V23).
func TestEqualityOfTheSample(t *testing.T) {
	r := *sampleRun(t)
	groups, gaps := map[string]int{}, map[string]string{}
	for _, row := range rowsOf(t, &r, "equality.csv") {
		if row["option_id"] != "O2" {
			continue
		}
		if row["group"] == "" {
			gaps[row["characteristic"]] = row["gap"]
			continue
		}
		groups[row["characteristic"]]++
		if row["source"] == "" || row["people"] == "" {
			t.Errorf("%s, %s: source %q, people %q, want both", row["characteristic"], row["group"], row["source"], row["people"])
		}
		parts := number(t, row["kept"]) + number(t, row["lost"]) + number(t, row["gained"]) + number(t, row["neither"])
		const rounding = 5 * 2.5 // people: four parts and their sum, each to the nearest five
		if row["hidden"] == "" && math.Abs(parts-number(t, row["people"])) > rounding {
			t.Errorf("%s, %s: the parts add up to %g, want %s", row["characteristic"], row["group"], parts, row["people"])
		}
	}
	for characteristic, want := range map[string]int{"Age": 4, "Disability": 2, "Sex": 2, "Race": 5, "Pregnancy and maternity": 1, "lone parents": 1, "no car": 1} {
		if groups[characteristic] != want {
			t.Errorf("%s has %d groups, want %d", characteristic, groups[characteristic], want)
		}
	}
	for _, characteristic := range []string{"Gender reassignment", "Marriage and civil partnership", "Religion or belief", "Sexual orientation"} {
		if !strings.HasPrefix(gaps[characteristic], "Not assessed") {
			t.Errorf("%s: gap %q, want it named", characteristic, gaps[characteristic])
		}
	}
}

// dimensions are those of losers.csv for each characteristic of equality.csv that
// has rows in both.
var dimensions = map[string]string{"Age": "age", "Disability": "disability", "Sex": "sex", "Race": "ethnicity", "Pregnancy and maternity": "pregnancy_maternity", "lone parents": "lone_parents", "no car": "no_car"}

// One table hides what the other hides, and none of the three shows a small
// number: here a number under 1,000, so that the sample has plenty (V28).
func TestSmallNumbersAreHiddenAlike(t *testing.T) {
	const threshold = 1000.0
	r := *sampleRun(t)
	r.Spec.Equality.SmallNumber = threshold
	losers := map[[3]string]map[string]string{}
	hidden := 0
	small := func(file string, row map[string]string, columns ...string) {
		for _, c := range columns {
			if row[c] == "" {
				continue
			}
			if v := number(t, row[c]); v > 0 && v < threshold {
				t.Errorf("%s, option %s: %s of %s %s is %s, want numbers under %g hidden", file, row["option_id"], c, row["dimension"]+row["characteristic"], row["group"], row[c], threshold)
			}
		}
	}
	for _, row := range rowsOf(t, &r, "losers.csv") {
		losers[[3]string{row["option_id"], row["dimension"], row["group"]}] = row
		small("losers.csv", row, "people", "lost", "gained")
		if row["hidden"] != "" {
			hidden++
		}
	}
	if hidden < 20 {
		t.Fatalf("%d rows of losers.csv hide a number, want the threshold to bite", hidden)
	}
	for _, row := range rowsOf(t, &r, "equality.csv") {
		small("equality.csv", row, "people", "kept", "lost", "gained", "neither")
		if row["group"] == "" {
			continue
		}
		l, ok := losers[[3]string{row["option_id"], dimensions[row["characteristic"]], row["group"]}]
		if !ok || l["lost"] != row["lost"] || l["gained"] != row["gained"] || l["people"] != row["people"] || l["hidden"] != row["hidden"] {
			t.Errorf("option %s, %s %s: equality.csv has %v, losers.csv %v", row["option_id"], row["characteristic"], row["group"], row, l)
		}
	}
	withheld, groups := map[string]bool{}, 0
	for _, row := range rowsOf(t, &r, "closures.csv") {
		small("closures.csv", row, "lost_0_19")
		if row["withheld"] == "true" {
			withheld[row["option_id"]+row["site_id"]] = true
		}
	}
	for _, row := range rowsOf(t, &r, "closure_groups.csv") {
		small("closure_groups.csv", row, "lost")
		if groups++; withheld[row["option_id"]+row["site_id"]] {
			t.Errorf("closure of %s is withheld, and its groups say %v", row["site_id"], row)
		}
	}
	if len(withheld) == 0 || groups == 0 {
		t.Errorf("%d closures are withheld, %d groups told, want some of both", len(withheld), groups)
	}
}

// The sample's four service options in its five plans: what is refuted is refuted
// service by service, with the districts and in words (V22).
func TestServicesOfTheSample(t *testing.T) {
	r := *sampleRun(t)
	refuted, combinations := 0, map[[2]string]bool{}
	for _, row := range rowsOf(t, &r, "services.csv") {
		combinations[[2]string{row["service_option_id"], row["option_id"]}] = true
		if row["deliverable"] != "no" {
			continue
		}
		refuted++
		if row["districts_without"] == "" || !strings.HasPrefix(row["reason"], "no open site with what it needs in ") || row["all_deliverable"] != "no" {
			t.Errorf("%v: want the districts, the reason and the whole refuted", row)
		}
	}
	if len(combinations) != 20 || refuted == 0 {
		t.Errorf("%d combinations, %d services refuted, want 20 and some", len(combinations), refuted)
	}
}

// The summary holds the bands, the differences, the measures of fairness, the
// coast and the distance from the best, and they agree with its own figures.
func TestSummaryAppraises(t *testing.T) {
	r := *sampleRun(t)
	text, err := report.Summary(t.Context(), &r)
	if err != nil {
		t.Fatal(err)
	}
	type bands struct{ Hard, Method, Soft [2]float64 }
	var s struct {
		Options []struct {
			ID            string
			CoveredInNeed float64 `json:"covered_in_need"`
			Equity        float64 `json:"equity_index"`
			Uncertainty   map[string]bands
			Fairness      struct {
				Erreygers float64               `json:"erreygers_index"`
				Gini      float64               `json:"walk_gini"`
				Deciles   []struct{ Share any } `json:"by_decile"`
				Coast     *struct{ Districts []string }
			}
			Best struct {
				Buildings int
				Reached   float64 `json:"covered_in_need"`
				Best      float64 `json:"best_covered_in_need"`
				Bound     float64
				Share     float64 `json:"share_of_best"`
				Tier      string
			} `json:"distance_from_best"`
		}
		Differences []struct{ Figure string }
		Services    []struct{ Words string }
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Options) != 5 || len(s.Differences) != 30 || len(s.Services) != 20 {
		t.Fatalf("%d options, %d differences, %d combinations, want 5, three for each of 10 pairs, 20", len(s.Options), len(s.Differences), len(s.Services))
	}
	const tol = 0.051 // people have one decimal
	for _, o := range s.Options {
		b := o.Uncertainty["covered_in_need"]
		for name, band := range map[string][2]float64{"hard": b.Hard, "method": b.Method, "soft": b.Soft} {
			if o.CoveredInNeed < band[0]-tol || o.CoveredInNeed > band[1]+tol {
				t.Errorf("%s: %s band %v leaves out the figure itself, %g", o.ID, name, band, o.CoveredInNeed)
			}
		}
		if o.Fairness.Erreygers != o.Equity || len(o.Fairness.Deciles) != 10 || o.Fairness.Coast == nil || len(o.Fairness.Coast.Districts) != 4 || !(o.Fairness.Gini > 0 && o.Fairness.Gini < 1) {
			t.Errorf("%s: fairness %+v, want the equity index %g, ten deciles and four coastal districts", o.ID, o.Fairness, o.Equity)
		}
		d := o.Best
		if d.Reached-o.CoveredInNeed > tol || o.CoveredInNeed-d.Reached > tol || d.Best < d.Reached || d.Bound < d.Best-tol || !(d.Share > 0.5 && d.Share <= 1) || d.Tier != "certified" {
			t.Errorf("%s: distance from the best %+v, want one certified by a bound, without a solver", o.ID, d)
		}
	}
}
