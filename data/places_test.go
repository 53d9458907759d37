package data_test

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

func TestPostcodesLieInTheirDistrict(t *testing.T) {
	of := areas(t)
	seen := map[string]bool{}
	homes := map[string]int{}
	rows := table(t, "postcodes.csv")
	for _, row := range rows {
		a := at(of, orb.Point{number(t, row, "Eastings"), number(t, row, "Northings")})
		switch {
		case a == nil:
			t.Errorf("postcode %s lies in no area", row["Postcode"])
			continue
		case a.district != row["Admin_district_code"]:
			t.Errorf("postcode %s lies in %s, says %s", row["Postcode"], a.district, row["Admin_district_code"])
		}
		if seen[row["Postcode"]] || len(row["Postcode"]) != 7 {
			t.Errorf("postcode %q: want seven characters, once", row["Postcode"])
		}
		seen[row["Postcode"]] = true
		homes[a.code]++
	}
	for _, a := range of {
		if homes[a.code] == 0 {
			t.Errorf("area %s has no postcode", a.code)
		}
	}
	if len(rows) < 6000 || len(rows) > 10000 {
		t.Errorf("postcodes: %d", len(rows))
	}
}

func TestSitesAndVenuesStandOnLand(t *testing.T) {
	for name, id := range map[string]string{"sites.csv": "site_id", "venues.csv": "venue_id"} {
		seen := map[string]bool{}
		for _, row := range table(t, name) {
			a := at(areas(t), orb.Point{number(t, row, "easting"), number(t, row, "northing")})
			if a == nil || a.district != row["district_code"] {
				t.Errorf("%s: %s is not in %s", name, row[id], row["district_code"])
			}
			if seen[row[id]] {
				t.Errorf("%s: %s stands twice", name, row[id])
			}
			seen[row[id]] = true
		}
	}
}

func TestEstateOptions(t *testing.T) {
	sites := table(t, "sites.csv")
	if len(sites) < 45 || len(sites) > 55 {
		t.Errorf("sites: got %d, want 45 to 55", len(sites))
	}
	open := map[string]int{}
	rows := map[string]int{}
	statuses := map[string]bool{}
	for _, row := range table(t, "options.csv") {
		rows[row["option_id"]]++
		statuses[row["status"]] = true
		if slices.Contains([]string{"hub", "co_located", "new"}, row["status"]) {
			open[row["option_id"]]++
		}
	}
	for _, id := range []string{"O1", "O2", "O3", "O4", "O5"} {
		if rows[id] != len(sites) {
			t.Errorf("option %s names %d of %d sites", id, rows[id], len(sites))
		}
		if id != "O1" && open[id] >= open["O1"] {
			t.Errorf("option %s opens %d sites, today there are %d", id, open[id], open["O1"])
		}
	}
	for _, s := range []string{"hub", "co_located", "outreach_only", "closed", "new"} {
		if !statuses[s] {
			t.Errorf("no site is %s in any option", s)
		}
	}
	blank := 0
	for _, row := range table(t, "costs.csv") {
		if row["backlog_gbp"] == "" {
			blank++
		}
	}
	// A site whose repairs nobody has surveyed is an everyday gap.
	if blank == 0 || blank > 5 {
		t.Errorf("sites without a survey of repairs: %d, want a few", blank)
	}
}
