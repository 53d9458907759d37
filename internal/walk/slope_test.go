package walk_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// ground gives heights by a formula.
type ground func(geo.Grid) (geo.Metres, bool)

func (h ground) At(p geo.Grid) (geo.Metres, bool) { return h(p) }

// rising is ground that rises east by a share of the way.
func rising(share float64) ground {
	return func(p geo.Grid) (geo.Metres, bool) { return geo.Metres(share * p[0]), true }
}

// waves are hills and valleys 400 m apart, up to 1 in 5 steep.
func waves(p geo.Grid) (geo.Metres, bool) {
	const around = 2 * math.Pi / 400
	return geo.Metres(6 * (math.Sin(p[0]*around) + math.Cos(p[1]*around))), true
}

// hilly is a village on waves.
func hilly(tb testing.TB, s walk.Slope) *walk.Graph {
	tb.Helper()
	p := walk.DefaultParams()
	p.Slope = s
	g, err := walk.BuildWith(tb.Context(), village.Random(5, 30, 20).Streets(), metric{grid(tb)}, p, walk.Options{Heights: ground(waves)})
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// street is one street of 100 m from west to east, with tags.
func street(tags source.Tags) source.Streets {
	return source.Streets{
		Nodes: []source.Node{{ID: 1, At: orb.Point{0, 0}}, {ID: 2, At: orb.Point{50, 0}}, {ID: 3, At: orb.Point{100, 0}}},
		Ways:  []source.Way{{ID: 1, Nodes: []int64{1, 2, 3}, Tags: tags}},
	}
}

// The street takes an adult 75 s on the level: 100 m at 80 m a minute. Uphill
// factors by hand: Tobler at 10 %, exp(3.5 x 0.1) = 1.419; Naismith,
// 1 + 25/3 x 0.1 = 1.8333. Downhill at 10 %, Tobler has |-0.1 + 0.05| - 0.05 = 0.
// At 20 % down, exp(3.5 x 0.1). Each half is rounded to the millisecond.
func TestSlope(t *testing.T) {
	residential := source.Tags{"highway": "residential"}
	up := func(factor float64) uint32 { return 2 * uint32(math.Round(37_500*factor)) }
	for _, c := range []struct {
		name        string
		slope       walk.Slope
		heights     walk.Heights
		tags        source.Tags
		there, back uint32
		report      string
	}{
		{"not asked for", walk.Level, rising(0.1), residential, 75_000, 75_000, "not asked for"},
		{"no heights", walk.Tobler, nil, residential, 75_000, 75_000, "no heights: all ground is taken as level"},
		{"level", walk.Tobler, rising(0), residential, 75_000, 75_000, "tobler"},
		{"Tobler, 1 in 10", walk.Tobler, rising(0.1), residential, up(math.Exp(0.35)), 75_000, "tobler"},
		{"Tobler, 1 in 5", walk.Tobler, rising(0.2), residential, up(math.Exp(0.7)), up(math.Exp(0.35)), "tobler"},
		{"Tobler, gently down: never quicker than level", walk.Tobler, rising(0.05), residential, up(math.Exp(0.175)), 75_000, "tobler"},
		{"Naismith, 1 in 10", walk.Naismith, rising(0.1), residential, up(1 + 2.5/3), 75_000, "naismith"},
		{"a cliff", walk.Naismith, rising(5), residential, up(10), 75_000, "naismith"},
		{"steps keep their own speed", walk.Tobler, rising(0.3), source.Tags{"highway": "steps"}, 150_000, 150_000, "tobler"},
		// The middle lies 20 m lower than the ends.
		{"a valley", walk.Naismith, ground(func(p geo.Grid) (geo.Metres, bool) { return geo.Metres(math.Abs(p[0]-50) * 0.4), true }), residential,
			37_500 + up(1+10.0/3)/2, 37_500 + up(1+10.0/3)/2, "naismith"},
		{"a bridge over it", walk.Naismith, ground(func(p geo.Grid) (geo.Metres, bool) { return geo.Metres(math.Abs(p[0]-50) * 0.4), true }),
			source.Tags{"highway": "residential", "bridge": "yes"}, 75_000, 75_000, "naismith"},
		{"no height in the middle", walk.Naismith, ground(func(p geo.Grid) (geo.Metres, bool) { return geo.Metres(p[0]), p[0] != 50 }), residential, 75_000, 75_000, "naismith"},
		{"heights that are not numbers", walk.Naismith, ground(func(geo.Grid) (geo.Metres, bool) { return geo.Metres(math.NaN()), true }), residential, 75_000, 75_000, "naismith"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := walk.DefaultParams()
			p.Slope = c.slope
			g, err := walk.BuildWith(t.Context(), street(c.tags), flat{}, p, walk.Options{Heights: c.heights})
			if err != nil {
				t.Fatal(err)
			}
			if got := g.Report().Slope; got != c.report {
				t.Errorf("report says %q, want %q", got, c.report)
			}
			west, east := geo.Grid{0, 0}, geo.Grid{100, 0}
			if there, back := doorToDoor(t, g, west, east), doorToDoor(t, g, east, west); there != c.there || back != c.back {
				t.Errorf("%d ms there, %d back; want %d, %d", there, back, c.there, c.back)
			}
		})
	}
}

// doorToDoor returns an adult's walk from a to b, the same found from either end.
func doorToDoor(t *testing.T, g *walk.Graph, a, b geo.Grid) uint32 {
	t.Helper()
	la, errA := g.Snap(a)
	lb, errB := g.Snap(b)
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	s := g.NewSearch(0)
	s.Run(la, walk.From, hour)
	got := s.Door(lb)
	s.Run(lb, walk.Towards, hour)
	if other := s.Door(la); other != got {
		t.Errorf("%v to %v: %d ms from the start, %d from the end", a, b, got, other)
	}
	return got
}

// TestSlopeNeverEnlarges: with heights, no walk is shorter than on the level
// (V11), and a walk is as long found from its end as from its start.
func TestSlopeNeverEnlarges(t *testing.T) {
	for seed := range uint64(40) {
		v := village.Random(seed, 25, 20)
		rng := rand.New(rand.NewPCG(seed, 8))
		level, err := walk.Build(v.Streets(), metric{grid(t)}, walk.DefaultParams())
		if err != nil {
			t.Fatal(err)
		}
		for _, slope := range []walk.Slope{walk.Tobler, walk.Naismith} {
			p := walk.DefaultParams()
			p.Slope = slope
			steep, err := walk.BuildWith(t.Context(), v.Streets(), metric{grid(t)}, p, walk.Options{Heights: ground(waves)})
			if err != nil {
				t.Fatal(err)
			}
			for range 10 {
				a := geo.Grid{village.Origin[0] + 1250*rng.Float64(), village.Origin[1] - 1000*rng.Float64()}
				b := geo.Grid{village.Origin[0] + 1250*rng.Float64(), village.Origin[1] - 1000*rng.Float64()}
				if _, err := level.Snap(a); err != nil {
					continue
				}
				if _, err := level.Snap(b); err != nil {
					continue
				}
				if flat, hills := doorToDoor(t, level, a, b), doorToDoor(t, steep, a, b); hills < flat {
					t.Fatalf("seed %d, %s: %v to %v takes %d ms with hills, %d without\n%s", seed, slope, a, b, hills, flat, v)
				}
			}
		}
	}
}
