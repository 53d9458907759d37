package county_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
	"hubreach/internal/source"
)

func TestSites(t *testing.T) {
	p := row(3)
	p[2].district = "D2"
	in := tables(p...)
	in.Districts = []county.Table[source.Codes]{codes("districts", "|D1|Thanet", "|D2|Dover")}
	says := func(s source.Place, district string) source.Place {
		s.District = district
		return s
	}
	lost := spot("lost", 0, 0)
	lost.Located, lost.Postcode = false, "CT1 1AA"
	in.Sites = []county.Table[source.Places]{
		places("sites", says(spot("z", 0.5, 0.5), "D1"), says(spot("sea", 1.5, 1.05), "thanet"), says(spot("off", 1.5, 1.2), "D1"), says(spot("a", 2.5, 0.5), "D1"), lost),
		places("neighbours", says(spot("n", 7, 0.5), "D9"), spot("in", 0.6, 0.5)),
	}
	in.Sites[1].Neighbours = true
	c := build(t, in)
	type row struct {
		ID       county.SiteID
		Area     int
		District county.DistrictCode
		Outside  bool
	}
	var got []row
	for _, s := range c.Sites {
		got = append(got, row{s.ID, s.Area, s.District, s.Outside()})
	}
	want := []row{{"a", 2, "D2", false}, {"in", 0, "D1", false}, {"n", -1, "D9", true}, {"off", -1, "D1", true}, {"sea", 1, "D1", false}, {"z", 0, "D1", false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sites by id (-want +got):\n%s", diff)
	}
	checked(t, c, "Every site has coordinates", false, "7 sites; without: Place lost (CT1 1AA, line 6 of sites.csv)")
	checked(t, c, "Every site lies in the county", false, "Place off (line 4 of sites.csv, at 601500, 151200)")
	checked(t, c, "Every site lies in the district its row names", false, "otherwise: Place a (says D1, lies in D2)")
	checked(t, c, "Every neighbouring authority's site lies outside the county", false, "Place in (line 3 of neighbours.csv, at 600600, 150500)")
	if u := use(t, c, "sites"); u.Used != 4 || u.Dropped != 1 || u.Codes[0] != "lost" {
		t.Errorf("use of the sites = %+v, want 4 used, lost dropped", u)
	}

	in.Sites = []county.Table[source.Places]{places("sites", spot("a", 0.5, 0.5)), places("more", spot("b", 0.5, 0.5), spot("a", 1.5, 0.5))}
	failsRow(t, "a site twice", in, `more.csv: line 3: id "a": want each site once (first: Place a); remove the second row, or correct its id`)
}

func TestYouthSpace(t *testing.T) {
	for text, want := range map[string]county.Tri{
		"yes": county.Yes, " Y ": county.Yes, "TRUE": county.Yes, "1": county.Yes,
		"no": county.No, "N": county.No, "false": county.No, "0": county.No,
		"": county.NotStated, "perhaps": county.NotStated, "2": county.NotStated,
	} {
		in := tables(row(1)...)
		s := spot("s", 0.5, 0.5)
		s.Attributes = map[string]string{"youth_space": text, "colour": "red"}
		in.Sites = []county.Table[source.Places]{places("sites", s)}
		got := build(t, in).Sites[0]
		if got.YouthSpace != want || got.Attributes["colour"] != "red" {
			t.Errorf("youth space %q = %q, want %q", text, got.YouthSpace, want)
		}
	}
}

func TestVenues(t *testing.T) {
	in := tables(row(2)...)
	lost := spot("lost", 0, 0)
	lost.Located = false
	in.Venues = []county.Table[source.Places]{
		places("halls", spot("h", 0.5, 0.5), spot("far", 9, 9), lost, spot("pier", 1.5, 1.09)),
		places("libraries", spot("a", 1.5, 0.5), spot("h", 1.5, 0.5)),
	}
	c := build(t, in)
	var got []string
	area := map[county.SiteID]int{}
	for _, v := range c.Venues {
		got = append(got, string(v.ID))
		area[v.ID] = v.Area
	}
	if diff := cmp.Diff([]string{"a", "far", "h", "pier"}, got); diff != "" {
		t.Errorf("venues by id (-want +got):\n%s", diff)
	}
	// The first of two counts; a pier is of the shore; one outside is kept.
	if diff := cmp.Diff(map[county.SiteID]int{"a": 1, "far": -1, "h": 0, "pier": 1}, area); diff != "" {
		t.Errorf("areas of the venues (-want +got):\n%s", diff)
	}
	checked(t, c, "Every venue of halls has coordinates and stands once", false, "3 of 4; left out: lost")
	checked(t, c, "Every venue of libraries has coordinates and stands once", false, "1 of 2; left out: h")
}

func TestCosts(t *testing.T) {
	const title = "Every site has a running and a staffing cost"
	base := func(lines ...string) county.Tables {
		in := tables(row(1)...)
		lost := spot("lost", 0, 0)
		lost.Located = false
		far := spot("far", 9, 9)
		in.Sites = []county.Table[source.Places]{places("sites", spot("a", 0.5, 0.5), spot("b", 0.5, 0.5), lost, far)}
		if lines != nil {
			in.Costs = []county.Table[source.Codes]{codes("costs", lines...)}
		}
		return in
	}
	if k := found(t, build(t, base()), title); k.Ran {
		t.Errorf("without a table: %+v, want it not run", k)
	}
	c := build(t, base("a|£40,000|85 000.50||1200", "b|1000|||", "lost|1|1||"))
	a, b := c.Sites[0].Cost, c.Sites[1].Cost
	want := county.Cost{Running: measured(40_000), Staffing: measured(85_000.5), OneOff: measured(1200)}
	if a != want {
		t.Errorf("cost of a = %+v, want %+v", a, want)
	}
	if n, known := a.Annual(); n != 125_000.5 || !known {
		t.Errorf("annual cost of a = %v, %v, want 125000.5, true", n, known)
	}
	if n, known := b.Annual(); n != 1000 || known {
		t.Errorf("annual cost of b = %v, %v, want 1000 of what is known, false", n, known)
	}
	// A site of another county needs no cost, and one left out has none to give.
	checked(t, c, title, false, "not costed: b")
	if u := use(t, c, "costs"); u.Used != 2 || u.Dropped != 1 || u.Codes[0] != "lost" {
		t.Errorf("use of the costs = %+v, want 2 used, lost dropped", u)
	}
	for _, tc := range []struct{ name, line, want string }{
		{"unknown site", "q|1|1||", `costs.csv: line 2: site_id "q": want the id of a site; correct it, or add the site`},
		{"negative", "a|-1|1||", `costs.csv: line 2: running "-1": want pounds, zero or more, or blank; correct the cell`},
		{"words", "a|1|lots||", `costs.csv: line 2: staffing "lots": want pounds, zero or more, or blank; correct the cell`},
		{"not a number", "a|1|1|NaN|", `costs.csv: line 2: backlog "NaN": want pounds, zero or more, or blank; correct the cell`},
		{"infinite", "a|1|1||Inf", `costs.csv: line 2: one_off "Inf": want pounds, zero or more, or blank; correct the cell`},
		{"out of all reason", "a|1e300|1||", `costs.csv: line 2: running "1e300": want pounds, zero or more, or blank; correct the cell`},
	} {
		failsRow(t, tc.name, base(tc.line), tc.want)
	}
	failsRow(t, "a site twice", base("a|1|1||", "a|2|2||"), `costs.csv: line 3: site_id "a": want each site once; remove the second row, or correct its site_id`)
}
