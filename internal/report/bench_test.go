package report_test

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
	"hubreach/internal/outreach"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

// large is a study of n areas of 200 vertices, with five options, a site for
// every ten areas, a target for every twenty, and a catchment of 400 vertices
// for each site.
func large(n int) *study.Results {
	r := small()
	c := &county.County{Districts: r.County.Districts, Settlements: r.County.Settlements, Venues: r.County.Venues}
	areas := r.Options[0].Areas
	findings := r.Options[0].Outreach.Areas
	o := study.OptionResult{
		Assessment: &estate.Assessment{People: 500, Covered: 250, InNeed: 130, CoveredInNeed: 80, MeanWalkMin: 20},
		Outreach:   &outreach.Result{},
	}
	r.Need.Areas, r.Catchments = nil, nil
	for i := range n {
		at := geo.Grid{500_000 + 700*float64(i%200), 100_000 + 700*float64(i/200)}
		area := county.Area{Code: county.AreaCode(fmt.Sprintf("E01%06d", i)), Name: fmt.Sprintf("Anglebury %03dA", i), District: "E07000001", Settlement: "B1",
			RuralUrban: "UN1", Shape: round(at, 300, 200), Residents: aged(200, 100, 1200), People: county.Measured}
		c.Areas = append(c.Areas, area)
		r.Need.Areas = append(r.Need.Areas, need.Area{Score: 20, Rank: i + 1, Decile: 3, Known: true, DeprivationDecile: 4, Rate: 0.2, RateFrom: "idaci", InNeed: 60})
		o.Areas = append(o.Areas, areas[i%2])
		o.Outreach.Areas = append(o.Outreach.Areas, findings[i%3])
		if i%10 == 0 {
			r.Catchments = append(r.Catchments, study.Catchment{Site: len(c.Sites), Profile: "adult", Minutes: 20, Shape: round(at, 1200, 400), AreaM2: 4e6, People: 900})
			c.Sites = append(c.Sites, county.Site{ID: county.SiteID(fmt.Sprintf("s%05d", i)), Name: "Hub", At: at, Area: i, District: "E07000001"})
			o.Option.Status = append(o.Option.Status, estate.Hub)
			o.Sites = append(o.Sites, estate.SiteReach{Reached: 100})
			o.Required = append(o.Required, false)
		}
		if i%20 == 0 {
			o.Outreach.Targets = append(o.Outreach.Targets, outreach.Target{ID: fmt.Sprint("t", i), Category: outreach.Rural, Areas: []int{i, max(0, i-1)}, Nearest: 0, Venue: -1, Transit: math.NaN()})
		}
	}
	r.County, r.Options = c, nil
	for k := range 5 {
		copied := *o.Assessment
		copied.Option.ID = estate.OptionID(fmt.Sprint("option-", k))
		o.Assessment = &copied
		r.Options = append(r.Options, o)
	}
	return r
}

// round is a circle of so many vertices.
func round(at geo.Grid, radius float64, vertices int) orb.MultiPolygon {
	var ring orb.Ring
	for i := range vertices {
		a := 2 * math.Pi * float64(i) / float64(vertices)
		ring = append(ring, orb.Point{at[0] + radius*math.Cos(a), at[1] + radius*math.Sin(a)})
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}

func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			r := large(n)
			dir := filepath.Join(b.TempDir(), "out")
			for b.Loop() {
				if err := report.Write(b.Context(), r, dir); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkMap(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			r := large(n)
			for b.Loop() {
				if err := report.Map(io.Discard, r, "option-0"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
