package data_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"

	"hubreach/data"
	"hubreach/geo"
	"hubreach/geo/shape"
)

// read returns a file of the sample.
func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(data.Sample(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// table returns the rows of a CSV file by column name, in order.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(read(t, name))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return byColumn(all)
}

// byColumn turns cells under a row of headers into rows by column name.
func byColumn(all [][]string) []map[string]string {
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, head := range all[0] {
			row[head] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t *testing.T, row map[string]string, column string) float64 {
	t.Helper()
	cell, ok := row[column]
	if !ok {
		t.Fatalf("no column %q", column)
	}
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatalf("column %q: %v", column, err)
	}
	return x
}

// ground is an area of the sample on the National Grid.
type ground struct {
	code, district string
	shape          orb.MultiPolygon
	box            orb.Bound
}

// grounds reads and projects the boundaries, once.
var grounds = sync.OnceValues(func() ([]ground, error) {
	b, err := fs.ReadFile(data.Sample(), "boundaries.geojson")
	if err != nil {
		return nil, err
	}
	fc, err := geojson.UnmarshalFeatureCollection(b)
	if err != nil {
		return nil, err
	}
	projection, err := geo.NewProjection()
	if err != nil {
		return nil, err
	}
	var out []ground
	for _, f := range fc.Features {
		g, err := projection.GridOf(f.Geometry)
		if err != nil {
			return nil, err
		}
		var m orb.MultiPolygon
		switch p := g.(type) {
		case orb.Polygon:
			m = orb.MultiPolygon{p}
		case orb.MultiPolygon:
			m = p
		default:
			return nil, fmt.Errorf("%v: a %s", f.Properties["LSOA21CD"], g.GeoJSONType())
		}
		out = append(out, ground{f.Properties.MustString("LSOA21CD"), f.Properties.MustString("LADCD_ACTIVE"), m, m.Bound()})
	}
	return out, nil
})

func areas(t *testing.T) []ground {
	t.Helper()
	g, err := grounds()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// at returns the area that holds a place of the National Grid, or nil.
func at(of []ground, p orb.Point) *ground {
	for i := range of {
		if of[i].box.Contains(p) && planar.MultiPolygonContains(of[i].shape, p) {
			return &of[i]
		}
	}
	return nil
}

func TestCountsOfACounty(t *testing.T) {
	districts := map[string]bool{}
	for _, a := range areas(t) {
		districts[a.district] = true
	}
	if got, want := len(districts), 12; got != want {
		t.Errorf("districts: got %d, want %d", got, want)
	}
	if got := len(areas(t)); got < 300 || got > 360 {
		t.Errorf("areas: got %d, want 300 to 360", got)
	}
	for _, name := range []string{"deprivation.csv", "population.csv", "districts.csv", "rural-urban.csv", "built-up-areas.csv"} {
		rows := table(t, name)
		if len(rows) != len(areas(t)) {
			t.Errorf("%s: got %d rows, want one for each of %d areas", name, len(rows), len(areas(t)))
		}
		for i, row := range rows {
			if code := areas(t)[i].code; !slices.ContainsFunc([]string{row["LSOA21CD"], row["LSOA code (2021)"], row["LSOA 2021 Code"]}, func(c string) bool { return c == code }) {
				t.Fatalf("%s: row %d is not of area %s", name, i+1, code)
			}
		}
	}
}

func TestSizeOfTheBinary(t *testing.T) {
	const most = 8 << 20
	var sum int64
	err := fs.WalkDir(data.Sample(), ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if sum > most {
		t.Errorf("the sample is %d bytes, want %d at most", sum, most)
	}
}

// The areas tile the land: their union is as large as all of them together,
// which fails both for an overlap and for a gap with a shared edge on one side.
func TestAreasTileTheLand(t *testing.T) {
	const tolerance = 1e-6 // share of the union
	w := shape.NewWorker()
	var all []orb.MultiPolygon
	var sum float64
	for _, a := range areas(t) {
		if !w.Valid(a.shape) {
			t.Errorf("area %s is not valid", a.code)
		}
		all = append(all, a.shape)
		sum += shape.Area(a.shape)
	}
	union, err := w.Union(all...)
	if err != nil {
		t.Fatal(err)
	}
	if got := shape.Area(union); math.Abs(got-sum) > tolerance*got {
		t.Errorf("union %.1f m², areas together %.1f m²", got, sum)
	}
	// The mainland and the island, without holes.
	if len(union) != 2 || len(union[0]) != 1 || len(union[1]) != 1 {
		t.Errorf("the union has %d pieces, want the mainland and one island, without gaps inside", len(union))
	}
}

func TestRanksAndDeciles(t *testing.T) {
	const areasOfEngland = 33755
	rows := table(t, "deprivation.csv")
	measures := 0
	for head := range rows[0] {
		title, ok := strings.CutSuffix(head, " Rank (where 1 is most deprived)")
		if !ok {
			continue
		}
		measures++
		taken := map[float64]bool{}
		for _, row := range rows {
			rank := number(t, row, head)
			if rank < 1 || rank > areasOfEngland || taken[rank] {
				t.Errorf("%s, %s: rank %.0f: want one of its own, 1 to %d", row["LSOA code (2021)"], title, rank, areasOfEngland)
			}
			taken[rank] = true
			// The first tenth of 33,755 ranks are the ranks up to 3,376.
			want := 1 + math.Floor((rank-1)*10/areasOfEngland)
			if got := number(t, row, title+" Decile (where 1 is most deprived 10% of LSOAs)"); got != want {
				t.Errorf("%s, %s: rank %.0f has decile %.0f, want %.0f", row["LSOA code (2021)"], title, rank, got, want)
			}
		}
		score := title + " Score"
		if _, ok := rows[0][score]; !ok {
			score += " (rate)"
		}
		sorted := slices.Clone(rows)
		slices.SortFunc(sorted, func(a, b map[string]string) int { return int(number(t, a, head) - number(t, b, head)) })
		for i := 1; i < len(sorted); i++ {
			if number(t, sorted[i], score) > number(t, sorted[i-1], score) {
				t.Errorf("%s: %s has a higher score than the area ranked before it", title, sorted[i]["LSOA code (2021)"])
			}
		}
	}
	if measures != 16 {
		t.Errorf("measures: got %d, want 16", measures)
	}
}

func TestEveryKindOfNeed(t *testing.T) {
	const decile = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"
	count := map[float64]int{}
	best, worst := map[string]float64{}, map[string]float64{}
	for _, row := range table(t, "deprivation.csv") {
		d, in := number(t, row, decile), row["Local Authority District name (2024)"]
		count[d]++
		if worst[in] == 0 || d < worst[in] {
			worst[in] = d
		}
		best[in] = max(best[in], d)
	}
	for d := 1.0; d <= 10; d++ {
		if count[d] == 0 {
			t.Errorf("no area in decile %.0f", d)
		}
	}
	// The deprived pocket in an affluent district.
	if worst["Astelford"] > 2 || best["Astelford"] < 9 {
		t.Errorf("Astelford runs from decile %.0f to %.0f, want 2 or worse to 9 or better", worst["Astelford"], best["Astelford"])
	}
	classes := map[string]int{}
	for _, row := range table(t, "rural-urban.csv") {
		classes[row["RUC21CD"]]++
	}
	for _, c := range []string{"UN1", "UF1", "RLN1", "RLF1", "RSN1", "RSF1"} {
		if classes[c] == 0 {
			t.Errorf("no area of class %s", c)
		}
	}
}

func TestPopulation(t *testing.T) {
	var county, young float64
	for _, row := range table(t, "population.csv") {
		var sum float64
		for age := range 91 {
			n := number(t, row, "F"+strconv.Itoa(age)) + number(t, row, "M"+strconv.Itoa(age))
			sum += n
			if age < 20 {
				young += n
			}
		}
		total := number(t, row, "Total")
		if sum != total {
			t.Errorf("%s: ages add up to %.0f, total %.0f", row["LSOA 2021 Code"], sum, total)
		}
		// The published limits of a lower layer area of 2021 are 1,000 and
		// 3,000; a growing town may pass the upper one by mid-2024.
		if total < 900 || total > 3300 {
			t.Errorf("%s: %.0f residents", row["LSOA 2021 Code"], total)
		}
		county += total
	}
	if county < 450_000 || county > 550_000 {
		t.Errorf("county: %.0f residents", county)
	}
	// England had 22.9 per cent of its people under 20 in mid-2023.
	if share := young / county; share < 0.20 || share > 0.26 {
		t.Errorf("share under 20: %.3f", share)
	}
}

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

func TestStreets(t *testing.T) {
	nodes := map[osm.NodeID]bool{}
	pieces := newForest()
	used := map[osm.NodeID]bool{}
	highways, barriers, amenities := map[string]int{}, map[string]int{}, map[string]int{}
	bridges := 0
	scanner := osmpbf.New(context.Background(), bytes.NewReader(read(t, "streets.osm.pbf")), 1)
	defer scanner.Close()
	for scanner.Scan() {
		switch o := scanner.Object().(type) {
		case *osm.Node:
			nodes[o.ID] = true
			barriers[o.Tags.Find("barrier")]++
			amenities[o.Tags.Find("amenity")]++
		case *osm.Way:
			highways[o.Tags.Find("highway")]++
			if o.Tags.Find("bridge") == "yes" {
				bridges++
			}
			if len(o.Nodes) < 2 {
				t.Errorf("way %d has %d nodes", o.ID, len(o.Nodes))
			}
			for _, n := range o.Nodes {
				if !nodes[n.ID] {
					t.Errorf("way %d names node %d, which is not before it", o.ID, n.ID)
				}
				if h := o.Tags.Find("highway"); h != "" {
					used[n.ID] = true
					if !strings.HasPrefix(h, "motorway") {
						pieces.join(o.Nodes[0].ID, n.ID)
					}
				}
			}
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	if len(used) < 50_000 {
		t.Errorf("street nodes: got %d, want 50,000 or more", len(used))
	}
	for _, kind := range []string{"motorway", "motorway_link", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "pedestrian", "service", "footway", "steps", "path", "bridleway", "track"} {
		if highways[kind] == 0 {
			t.Errorf("no way with highway=%s", kind)
		}
	}
	for _, kind := range []string{"gate", "stile", "kissing_gate", "bollard"} {
		if barriers[kind] == 0 {
			t.Errorf("no node with barrier=%s", kind)
		}
	}
	for _, kind := range []string{"library", "community_centre", "school", "place_of_worship", "townhall", "social_facility", "pub", "youth_centre"} {
		if amenities[kind] == 0 {
			t.Errorf("no node with amenity=%s", kind)
		}
	}
	if bridges == 0 {
		t.Error("no bridge")
	}
	// Everybody on the mainland can walk to everybody else there, and nobody to
	// the island.
	if got := pieces.count(); got != 2 {
		t.Errorf("the streets are in %d pieces, want the mainland and the island", got)
	}
}

// forest joins nodes into pieces.
type forest map[osm.NodeID]osm.NodeID

func newForest() forest { return forest{} }

func (f forest) root(n osm.NodeID) osm.NodeID {
	if _, ok := f[n]; !ok {
		f[n] = n
	}
	for f[n] != n {
		f[n] = f[f[n]]
		n = f[n]
	}
	return n
}

func (f forest) join(a, b osm.NodeID) { f[f.root(a)] = f.root(b) }

func (f forest) count() int {
	roots := 0
	for n := range f {
		if f[n] == n {
			roots++
		}
	}
	return roots
}

// timetableRows returns a file of the timetable by column name.
func timetableRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	b := read(t, "timetable.gtfs.zip")
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return byColumn(all)
}

func TestTimetable(t *testing.T) {
	stops := map[string]bool{}
	for _, row := range timetableRows(t, "stops.txt") {
		stops[row["stop_id"]] = true
	}
	kinds := map[string]bool{}
	for _, row := range timetableRows(t, "routes.txt") {
		kinds[row["route_type"]] = true
	}
	for _, kind := range []string{"2", "3", "4"} { // rail, bus, ferry
		if !kinds[kind] {
			t.Errorf("no route of type %s", kind)
		}
	}
	services := map[string]bool{}
	for _, row := range timetableRows(t, "trips.txt") {
		services[row["service_id"]] = true
	}
	if !services["weekday"] || !services["saturday"] {
		t.Errorf("services: got %v, want weekday and saturday", services)
	}
	last := map[string]map[string]string{}
	called := map[string]bool{}
	for _, row := range timetableRows(t, "stop_times.txt") {
		if !stops[row["stop_id"]] {
			t.Fatalf("trip %s calls at %s, which is no stop", row["trip_id"], row["stop_id"])
		}
		called[row["stop_id"]] = true
		if before := last[row["trip_id"]]; before != nil {
			if before["departure_time"] > row["arrival_time"] || number(t, before, "stop_sequence") >= number(t, row, "stop_sequence") {
				t.Fatalf("trip %s goes back in time at stop %s", row["trip_id"], row["stop_sequence"])
			}
		}
		last[row["trip_id"]] = row
	}
	if len(called) != len(stops) || len(stops) < 200 {
		t.Errorf("%d stops, %d with a service", len(stops), len(called))
	}
}

func TestPropertiesOfBoundaries(t *testing.T) {
	var fc struct {
		Features []struct {
			Properties map[string]any
			Geometry   struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(read(t, "boundaries.geojson"), &fc); err != nil {
		t.Fatal(err)
	}
	var vertices int
	for _, f := range fc.Features {
		for _, key := range []string{"FID", "LSOA21CD", "LSOA21NM", "LADCD_ACTIVE"} {
			if f.Properties[key] == nil {
				t.Errorf("%v: no %s", f.Properties["LSOA21CD"], key)
			}
		}
		vertices += bytes.Count(f.Geometry.Coordinates, []byte("[")) - 2
	}
	if mean := vertices / len(fc.Features); mean < 18 || mean > 65 {
		t.Errorf("vertices: got %d an area, want about 20 to 60", mean)
	}
}

func TestSampleIsReadOnlyAndWhole(t *testing.T) {
	for _, name := range []string{data.Study, "README.md", "timetable.gtfs.zip", "services.csv", "built-up-areas.geojson"} {
		f, err := data.Sample().Open(name)
		if err != nil {
			t.Errorf("open %s: %v", name, err)
			continue
		}
		if n, err := io.Copy(io.Discard, f); err != nil || n == 0 {
			t.Errorf("read %s: %d bytes, %v", name, n, err)
		}
		f.Close()
	}
}
