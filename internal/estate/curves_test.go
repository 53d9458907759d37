package estate_test

import (
	"math"
	"testing"

	"hubreach/internal/estate"
)

// In the world as measured, and in any other, curves give what a round over the
// points gives.
func TestCurvesAreAssess(t *testing.T) {
	for seed := range uint64(seeds) {
		d, r := drawCounty(seed)
		in := d.input()
		in.Pushchair = nil
		o := estate.Keep(in.County, "o", "", subset(r, len(in.County.Sites)))
		curves := estate.NewCurves(in, o, estate.Allocations(in.County)[0])
		for _, w := range []estate.World{{20, 1}, {18, 1}, {22, 1}, {0, 1}, {20, 1.25}, {20, 0.8}} {
			// Minutes divided by the pace are exact in milliseconds here: 16 and 25
			// minutes of measured walking.
			other := in
			other.Limit = uint32(w.Minutes * 60_000 / w.Pace)
			want, got := estate.Assess(other, o), curves.Assess(in, w)
			for i := range want.Areas {
				if x, y := want.Areas[i], got.Areas[i]; !near(x.CoveredShare, y.CoveredShare) || !near(x.YouthShare, y.YouthShare) || math.Abs(x.Covered-y.Covered) > 1e-6 {
					t.Fatalf("seed %d, %+v: area %d is %+v, want %+v", seed, w, i, y, x)
				}
			}
			for i := range want.Sites {
				if x, y := want.Sites[i], got.Sites[i]; math.Abs(x.OnlyHereInNeed-y.OnlyHereInNeed) > 1e-6 || math.Abs(x.ReachedInNeed-y.ReachedInNeed) > 1e-6 {
					t.Fatalf("seed %d, %+v: site %d is %+v, want %+v", seed, w, i, y, x)
				}
			}
			// The mean walk by hand: every walk takes Pace times as long, 60 minutes
			// at most.
			walked := 0.0
			for p, point := range in.County.Points {
				walked += in.County.Areas[point.Area].Residents.Between(0, 19) * point.Share * min(60, estate.Minutes(min(want.Millis[p], in.Longest))*w.Pace)
				if want.Millis[p] > in.Longest {
					walked += in.County.Areas[point.Area].Residents.Between(0, 19) * point.Share * (60 - min(60, 60*w.Pace))
				}
			}
			for what, pair := range map[string][2]float64{
				"covered": {got.Covered, want.Covered}, "in need": {got.CoveredInNeed, want.CoveredInNeed}, "decile 1": {got.CoveredDecile1, want.CoveredDecile1},
				"people": {got.People, want.People}, "all in need": {got.InNeed, want.InNeed}, "equity": {got.Equity, want.Equity},
				"walk": {got.MeanWalkMin * want.People, walked}, "districts": {float64(len(got.YouthDistricts)), float64(len(want.YouthDistricts))},
			} {
				if math.Abs(pair[0]-pair[1]) > 1e-6 {
					t.Fatalf("seed %d, %+v: %s %v, want %v", seed, w, what, pair[0], pair[1])
				}
			}
		}
	}
}

func TestWorldLimitIsInclusive(t *testing.T) {
	// One point at exactly 20:00 and one a millisecond more, as measured.
	in := build(patch{"D", 100, 1, 1, 1, []place{{0.5, []float64{20}}, {0.5, []float64{20 + 1.0/60_000}}}})
	c := estate.NewCurves(in, estate.Keep(in.County, "o", "", []int{0}), estate.Allocations(in.County)[0])
	for _, tt := range []struct {
		name string
		w    estate.World
		want float64
	}{
		{"exactly on the line", estate.World{Minutes: 20, Pace: 1}, 50},
		{"slower", estate.World{Minutes: 20, Pace: 1.0001}, 0},
		{"slower, and more minutes", estate.World{Minutes: 22, Pace: 1.1}, 50}, // 22 / 1.1 is 20
		{"quicker", estate.World{Minutes: 20, Pace: 0.99}, 100},
	} {
		check(t, tt.name, c.Assess(in, tt.w).Covered, tt.want)
	}
}
