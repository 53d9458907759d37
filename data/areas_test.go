package data_test

import (
	"bytes"
	"encoding/json"
	"fmt"
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

	"hubreach/data"
	"hubreach/geo"
	"hubreach/geo/shape"
)

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
