package estate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/reach"
)

// bits compares two floats by their bits; any two that are not a number agree.
var bits = cmp.Comparer(func(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
})

// drawn is a county that can be made again after its sites have changed.
type drawn struct {
	in          estate.Input
	adult, push [][]reach.Time // by site
}

// input returns the county, its matrices made anew.
func (d *drawn) input() estate.Input {
	in := d.in
	in.Walks = reach.NewMatrix(len(in.County.Points), d.adult)
	in.Pushchair = reach.NewMatrix(len(in.County.Points), d.push)
	return in
}

// times draws walks from some of the points, in whole minutes, so that ties and
// walks of exactly the limit are common.
func times(r *rand.Rand, points int) (adult, push []reach.Time) {
	for p := range points {
		if r.IntN(3) > 0 {
			t := reach.Time{Point: int32(p), Millis: uint32(r.IntN(40)) * 60_000}
			adult = append(adult, t)
			if t.Millis += uint32(r.IntN(3)) * 60_000; r.IntN(4) > 0 {
				push = append(push, t)
			}
		}
	}
	return adult, push
}

// drawCounty draws a county and the walks to its sites.
func drawCounty(seed uint64) (*drawn, *rand.Rand) {
	in, r := random(seed)
	c := *in.County
	in.County = &c
	c.Sites = slices.Clone(c.Sites)
	d := &drawn{in: in}
	for i := range c.Sites {
		c.Sites[i].YouthSpace = county.Tri(r.IntN(3))
		adult, push := times(r, len(c.Points))
		d.adult, d.push = append(d.adult, adult), append(d.push, push)
	}
	return d, r
}

// After any row of changes a Live is what Assess says of the changed option, to
// the last bit.
func TestLiveIsAssess(t *testing.T) {
	for seed := range uint64(200) {
		d, r := drawCounty(seed)
		status := make([]estate.Status, len(d.in.County.Sites))
		for i := range status {
			status[i] = estate.Status(r.IntN(5))
		}
		o := estate.Option{ID: "o", Status: status}
		l := estate.NewLive(d.input(), o)
		own := len(status)
		var story []string
		for range 12 {
			site := r.IntN(len(status))
			adult, push := times(r, len(d.in.County.Points))
			as := county.Site{ID: "N", At: geo.Grid{1, 2}, Area: 0, District: d.in.County.Districts[0].Code, YouthSpace: county.Tri(r.IntN(3))}
			switch k := r.IntN(8); {
			case k < 4:
				to := estate.Status(r.IntN(5))
				story = append(story, fmt.Sprintf("site %d %v", site, to))
				l.SetStatus(site, to)
				status = slices.Clone(status)
				status[site] = to
			case k < 6:
				story = append(story, fmt.Sprintf("move %d", site))
				l.SetSite(site, as, adult, push)
				d.in.County.Sites[site], d.adult[site], d.push[site] = as, adult, push
			case k == 6:
				story = append(story, "add")
				i := l.Add(as, adult, push)
				l.SetStatus(i, estate.New)
				d.in.County.Sites = append(d.in.County.Sites, as)
				d.adult, d.push, status = append(d.adult, adult), append(d.push, push), append(slices.Clone(status), estate.New)
			case len(status) > own:
				story = append(story, "remove")
				l.RemoveLast()
				n := len(status) - 1
				d.in.County.Sites, d.adult, d.push, status = d.in.County.Sites[:n], d.adult[:n], d.push[:n], status[:n]
			}
			o.Status = status
			want := estate.Assess(d.input(), o)
			if diff := cmp.Diff(want, l.Assessment(), bits); diff != "" {
				t.Fatalf("seed %d: after %v (-Assess +Live):\n%s", seed, story, diff)
			}
			if r.IntN(4) == 0 {
				fork := l.Fork()
				fork.SetStatus(site%len(status), estate.Hub) // must not reach l
				l, fork = l.Fork(), l
				fork.SetStatus(site%len(status), estate.Closed)
			}
			if diff := cmp.Diff(d.in.County.Sites, l.County().Sites); diff != "" {
				t.Fatalf("seed %d: sites after %v (-want +Live):\n%s", seed, story, diff)
			}
		}
	}
}

// Without walks with a pushchair, changes judge the walks on foot alone.
func TestLiveWithoutPushchair(t *testing.T) {
	in, _ := random(3)
	o := estate.Keep(in.County, "o", "", []int{0})
	l := estate.NewLive(in, o)
	l.SetStatus(0, estate.Closed)
	l.SetStatus(0, estate.Hub)
	if diff := cmp.Diff(estate.Assess(in, o), l.Assessment(), bits); diff != "" {
		t.Errorf("closed and opened again (-Assess +Live):\n%s", diff)
	}
	defer func() {
		if recover() == nil {
			t.Error("RemoveLast took away a site of the study, want a panic")
		}
	}()
	l.RemoveLast()
}

func BenchmarkLive(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			in := sized(n)
			var all []int
			for i := range in.County.Sites {
				all = append(all, i)
			}
			l := estate.NewLive(in, estate.Keep(in.County, "all", "", all))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				site := i / 2 % len(all)
				l.SetStatus(site, []estate.Status{estate.Closed, estate.Hub}[i%2])
				l.Assessment()
			}
		})
	}
}
