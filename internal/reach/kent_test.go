package reach_test

import (
	"bytes"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/reach"
	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

// TestFitDetourKent fits the straight line to the walking catchments of the 99
// libraries of Kent, as openrouteservice computed them at 5.0 km/h, on every
// postcode of Kent and Medway.
func TestFitDetourKent(t *testing.T) {
	places := kentLibraries(t)
	points := kentPostcodes(t)
	w := shape.NewWorker()
	fit, err := reach.FitDetour(w, points, places, 5.0)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d places, %d postcodes: %+v", len(places), len(points), fit)
	for _, minutes := range []float64{5, 10, 15, 20, 25, 30} {
		var band []reach.PlaceCatchments
		for _, p := range places {
			b := reach.PlaceCatchments{Place: p.Place}
			for _, c := range p.Catchments {
				if c.Minutes == minutes {
					b.Catchments = append(b.Catchments, c)
				}
			}
			band = append(band, b)
		}
		f, err := reach.FitDetour(w, points, band, 5.0)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%2v minutes: %+v", minutes, f)
	}
	// Walking detours of towns are about 1.2 to 1.4 in the literature; a factor
	// outside 1.1 to 1.6 would be a slip of units or of coordinates.
	if fit.Factor < 1.1 || fit.Factor > 1.6 || fit.Agreement < 0.8 {
		t.Errorf("fit %+v: want a factor of 1.1 to 1.6 and an agreement of 0.8", fit)
	}
}

// TestFromCatchmentsKent: the fewest minutes of a point is a band, and every
// point of a narrower catchment is one of the wider.
func TestFromCatchmentsKent(t *testing.T) {
	points := reach.NewPoints(kentPostcodes(t))
	w := shape.NewWorker()
	total := 0
	for _, p := range kentLibraries(t) {
		ts, err := points.FromCatchments(w, p.Catchments)
		if err != nil {
			t.Fatal(err)
		}
		total += len(ts)
		for _, x := range ts {
			if x.Millis%300_000 != 0 || x.Millis > 1_800_000 {
				t.Fatalf("point %d: %d ms, want a multiple of five minutes up to thirty", x.Point, x.Millis)
			}
		}
	}
	if total == 0 {
		t.Error("no point in any catchment")
	}
}

func kentPostcodes(t *testing.T) []geo.Grid {
	t.Helper()
	ps, err := source.ReadPlaces(bytes.NewReader(realdata.Unpacked(t, "places/kent_codepoint_open_2014.csv.gz")), "kent_codepoint_open_2014.csv", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []geo.Grid
	for _, p := range ps.Rows {
		if p.Located {
			out = append(out, geo.Grid(p.At))
		}
	}
	return out
}

func kentLibraries(t *testing.T) []reach.PlaceCatchments {
	t.Helper()
	fs, err := geojson.UnmarshalFeatureCollection(realdata.Unpacked(t, "reference/kent_library_walk_isochrones_ors.geojson.gz"))
	if err != nil {
		t.Fatal(err)
	}
	proj := grid(t)
	number := map[string]int{}
	var out []reach.PlaceCatchments
	for _, f := range fs.Features {
		slug := f.Properties.MustString("slug")
		if _, ok := number[slug]; !ok {
			at, err := proj.ToGrid(geo.LonLat{f.Properties.MustFloat64("longitude"), f.Properties.MustFloat64("latitude")})
			if err != nil {
				t.Fatal(err)
			}
			number[slug] = len(out)
			out = append(out, reach.PlaceCatchments{Place: at})
		}
		g, err := proj.GridOf(f.Geometry)
		if err != nil {
			t.Fatal(err)
		}
		c := reach.Catchment{Minutes: f.Properties.MustFloat64("seconds") / 60}
		switch m := g.(type) {
		case orb.Polygon:
			c.Shape = orb.MultiPolygon{m}
		case orb.MultiPolygon:
			c.Shape = m
		}
		p := &out[number[slug]]
		p.Catchments = append(p.Catchments, c)
	}
	return out
}
