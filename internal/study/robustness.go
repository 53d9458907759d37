package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"sync"

	"hubreach/internal/estate"
	"hubreach/internal/outreach"
)

// RobustnessParams say what is drawn, and from where. Pairs are the ends of a
// range from which a number is drawn evenly.
type RobustnessParams struct {
	Draws int    `json:"draws"`
	Seed  uint64 `json:"seed"`
	// SpeedKmh is the speed of the study's first profile; all parts of a walk are
	// taken to be slower or quicker alike. Minutes are the minutes that count.
	SpeedKmh [2]float64 `json:"speed_kmh"`
	Minutes  [2]float64 `json:"minutes"`
	// NeedWeights and CriteriaWeights say how far weights are drawn from the
	// declared ones; Normalisations and Methods (estate.ByPoints and the like) are
	// drawn from with equal chances.
	NeedWeights     estate.Spread          `json:"need_weights"`
	CriteriaWeights estate.Spread          `json:"criteria_weights"`
	Normalisations  []estate.Normalisation `json:"normalisations"`
	Methods         []string               `json:"methods"`
	// BuildingSpread and OutreachSpread are how far the thresholds B and U are
	// drawn from what they would be in the world drawn: 0.25 is a quarter either
	// side.
	BuildingSpread float64 `json:"building_spread"`
	OutreachSpread float64 `json:"outreach_spread"`
	// OutreachDraws is in how many of the draws, the first ones, areas are sorted
	// into the outreach categories, which takes longer than all the rest.
	OutreachDraws int `json:"outreach_draws"`
	// ThresholdMove is how far each threshold is moved by itself, as a share.
	ThresholdMove float64 `json:"threshold_move"`
}

// DefaultRobustness returns declared ranges for a study: walking speed from 4.3
// to 5.3 km/h where the study's is 4.8, minutes a tenth either side, weights of
// need a quarter either side, weights of the criteria loosely around the declared
// ones, every normalisation, every way of sharing people out, and thresholds a
// quarter either side.
func DefaultRobustness(s Spec) RobustnessParams {
	speed := s.Walk.Profiles[0].SpeedKmh
	p := RobustnessParams{
		Draws: 1000, Seed: 1,
		SpeedKmh:    [2]float64{speed * 4.3 / 4.8, speed * 5.3 / 4.8},
		Minutes:     [2]float64{0.9 * s.Walk.Minutes, 1.1 * s.Walk.Minutes},
		NeedWeights: estate.Spread{PlusMinus: 0.25}, CriteriaWeights: estate.Spread{Dirichlet: 20},
		Normalisations: estate.Normalisations[:],
		Methods:        []string{estate.ByPoints, estate.ByCentroid, estate.ByGround},
		BuildingSpread: 0.25, OutreachSpread: 0.25, OutreachDraws: 100, ThresholdMove: 0.1,
	}
	return p
}

// ErrBadRobustness means that the parameters of a robustness run cannot be meant.
var ErrBadRobustness = errors.New("bad robustness parameters")

// validate finds what cannot be meant.
func (p RobustnessParams) validate() error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", ErrBadRobustness, fmt.Sprintf(format, args...))
	}
	ordered := func(r [2]float64) bool { return r[0] > 0 && r[0] <= r[1] && !math.IsInf(r[1], 1) }
	switch {
	case p.Draws < 1 || p.Draws > 1_000_000:
		return bad("draws %d: want 1 to 1,000,000", p.Draws)
	case !ordered(p.SpeedKmh):
		return bad("speed %g to %g km/h: want more than 0, the lower one first", p.SpeedKmh[0], p.SpeedKmh[1])
	case !ordered(p.Minutes):
		return bad("minutes %g to %g: want more than 0, the fewer first", p.Minutes[0], p.Minutes[1])
	case len(p.Normalisations) == 0 || len(p.Methods) == 0:
		return bad("want one normalisation and one way of sharing people out at least")
	}
	for _, s := range []float64{p.BuildingSpread, p.OutreachSpread, p.ThresholdMove, p.NeedWeights.PlusMinus, p.CriteriaWeights.PlusMinus} {
		if !(s >= 0 && s <= 1) {
			return bad("spread %g: want 0 to 1", s)
		}
	}
	for _, s := range []float64{p.NeedWeights.Dirichlet, p.CriteriaWeights.Dirichlet} {
		if !(s >= 0) || math.IsInf(s, 1) {
			return bad("concentration %g: want 0 or more", s)
		}
	}
	for _, n := range p.Normalisations {
		if !known(n, estate.Normalisations[:]) {
			return bad("normalisation %q: want exp, z, minmax or percentile", n)
		}
	}
	for _, m := range p.Methods {
		if !known(m, []string{estate.ByPoints, estate.ByCentroid, estate.ByGround}) {
			return bad("method %q: want points, centroid or ground", m)
		}
	}
	return nil
}

func known[T comparable](x T, all []T) bool {
	for _, a := range all {
		if a == x {
			return true
		}
	}
	return false
}

// Range is what a number comes to over the draws: its mean, and 9 draws in 10.
type Range struct{ Mean, Lo, Hi float64 }

// OptionRobustness is how one option stands over the draws.
type OptionRobustness struct {
	estate.OptionRanking
	CoveredShare, CoveredInNeedShare Range
	// Required is, by site, the share of draws in which the open site is needed
	// where it is, see estate.Required.
	Required []float64
	// Categories is, by area, the share of the first OutreachDraws draws in which
	// the area is in each category, in the order of outreach.Categories. Same is
	// the share in which it is in the very categories of the study.
	Categories [][len(outreach.Categories)]float64
	Same       []float64
}

// Robustness says how far the ranking of the options hangs on what nobody knows
// for sure. It is the same for the same seed at any number of workers.
type Robustness struct {
	Params   RobustnessParams
	Criteria []estate.Criterion // what the central weights are of
	Options  []OptionRobustness // in the order of the study
	// Wins[a][b] is the share of draws in which a scores more than b, equal
	// scores counting half.
	Wins [][]float64
	// InBest is, by site, the share of draws in which the option that comes first
	// keeps the site open.
	InBest []float64
	Flips  []estate.FlipWeight // of the study's own scores, by criterion
	Moves  []ThresholdMove
	Notes  []string // what was not drawn, and what the figures leave out
}

// record is one draw.
type record struct {
	estate.Draw
	covered, inNeed []float64 // shares, by option
	required        [][]bool  // by option and site
	categories      [][]uint8 // by option and area, a bit for each; nil: not sorted
}

// robust is what the draws share; it is only read.
type robust struct {
	r        *Results
	p        RobustnessParams
	index    *estate.Index
	criteria []float64          // declared weights
	curves   [][]*estate.Curves // by method and option; every site open comes last
	moving   bool               // pace and minutes are drawn
}

// Robustness draws need weights, normalisation, walking speed, minutes, the way
// of sharing people out, criteria weights and thresholds together, and judges
// every option in each draw; then it moves each outreach threshold by itself.
// With a study of its own declared values only, every draw is the study itself.
// The error wraps ErrBadRobustness, estate.ErrNoOption or that of ctx.
func (r *Results) Robustness(ctx context.Context, p RobustnessParams, env Env) (*Robustness, error) {
	env = env.withDefaults()
	if err := p.validate(); err != nil {
		return nil, err
	}
	if len(r.Options) == 0 { // Load alone assesses none
		return nil, r.noOption("")
	}
	x := &robust{r: r, p: p, index: estate.NewIndex(r.County, r.Need, r.Spec.Need.Weights), moving: r.Walk.Method != "catchments"}
	for _, s := range r.Scales {
		x.criteria = append(x.criteria, s.Weight)
	}
	if err := x.measure(ctx, env); err != nil {
		return nil, err
	}
	records := make([]record, p.Draws)
	if err := shareOut(ctx, env, "draw", p.Draws, func(d int) (err error) {
		records[d], err = x.draw(d)
		return err
	}); err != nil {
		return nil, err
	}
	out := x.gather(records)
	moves, err := r.thresholdMoves(ctx, p.ThresholdMove, env)
	out.Moves = moves
	return out, err
}

// shareOut does n pieces of work with the workers of env. Each piece writes to a
// place of its own, so that nothing depends on who came first.
func shareOut(ctx context.Context, env Env, stage string, n int, do func(int) error) error {
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		next  int
		fault error
	)
	take := func(err error) (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if fault == nil {
			fault = err
		}
		if fault == nil {
			fault = ctx.Err()
		}
		if fault != nil || next == n {
			return 0, false
		}
		env.Progress(stage, next, n)
		next++
		return next - 1, true
	}
	for range min(env.Workers, n) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i, ok := take(nil); ok; {
				i, ok = take(do(i))
			}
		}()
	}
	wg.Wait()
	if fault == nil {
		env.Progress(stage, n, n)
	}
	return fault
}

// measure makes the curves of every option under every way of sharing people out.
func (x *robust) measure(ctx context.Context, env Env) error {
	r := x.r
	options := make([]estate.Option, 0, len(r.Options)+1)
	for _, o := range r.Options {
		options = append(options, o.Option)
	}
	options = append(options, estate.Keep(r.County, "all", "", candidates(r.County, r.Spec.Walk.OutsideSites)))
	var methods []estate.Allocation
	for _, by := range estate.Allocations(r.County) {
		if known(by.Method, x.p.Methods) {
			methods = append(methods, by)
		}
	}
	x.curves = make([][]*estate.Curves, len(methods))
	for m := range x.curves {
		x.curves[m] = make([]*estate.Curves, len(options))
	}
	return shareOut(ctx, env, "measure the options", len(methods)*len(options), func(k int) error {
		m, o := k/len(options), k%len(options)
		x.curves[m][o] = estate.NewCurves(r.input, options[o], methods[m])
		return nil
	})
}

// draw makes draw d: a number of its own is all it depends on.
func (x *robust) draw(d int) (record, error) {
	rng := rand.New(rand.NewPCG(x.p.Seed, uint64(d))) // #nosec G404 -- a seed has to give the same draws again
	between := func(r [2]float64) float64 { return r[0] + rng.Float64()*(r[1]-r[0]) }
	speed, minutes := between(x.p.SpeedKmh), between(x.p.Minutes)
	method := rng.IntN(len(x.curves))
	by := x.p.Normalisations[rng.IntN(len(x.p.Normalisations))]
	needWeights := x.p.NeedWeights.Draw(rng, x.index.Declared)
	weights := x.p.CriteriaWeights.Draw(rng, x.criteria)
	fb, fu := 1+x.p.BuildingSpread*(2*rng.Float64()-1), 1+x.p.OutreachSpread*(2*rng.Float64()-1)

	r := x.r
	w := estate.World{Minutes: minutes, Pace: r.Spec.Walk.Profiles[0].SpeedKmh / speed}
	if !x.moving {
		w = estate.World{Minutes: r.Spec.Walk.Minutes, Pace: 1}
	}
	in := r.input
	in.Need = x.index.Need(by, needWeights)
	assessed := make([]*estate.Assessment, len(r.Options)+1)
	for o := range assessed {
		assessed[o] = x.curves[method][o].Assess(in, w)
	}
	rec := record{}
	if err := rec.score(in, assessed, r.Scales, weights); err != nil {
		return record{}, err
	}
	t := r.thresholds(assessed[r.Baseline])
	t.Minutes, t.BuildingThreshold, t.OutreachThreshold = w.Minutes, t.BuildingThreshold*fb, t.OutreachThreshold*fu
	for _, a := range assessed[:len(r.Options)] {
		rec.covered, rec.inNeed = append(rec.covered, a.CoveredShare()), append(rec.inNeed, part(a.CoveredInNeed, a.InNeed))
		rec.required = append(rec.required, estate.Required(in, a, t.BuildingThreshold))
		if d < x.p.OutreachDraws {
			rec.categories = append(rec.categories, bitsOf(r.sorted(in, a, t)))
		}
	}
	return rec, nil
}

func part(of, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return of / whole
}

// score scores the options of a draw; the last of assessed has every site open.
func (rec *record) score(in estate.Input, assessed []*estate.Assessment, declared []estate.Scale, weights []float64) error {
	named := map[estate.Criterion]float64{}
	for k, s := range declared {
		named[s.Criterion] = weights[k]
	}
	options := assessed[:len(assessed)-1]
	rec.Weights = weights
	rec.Scores = make([]float64, len(options))
	if len(named) == 0 {
		return nil
	}
	scales, _, err := estate.Scales(in, assessed[len(options)], named)
	if err != nil {
		return err
	}
	for i, s := range estate.Rank(in, scales, options) {
		rec.Scores[i] = s.Score
	}
	return nil
}

// sorted sorts the areas into the outreach categories in the world of in.
func (r *Results) sorted(in estate.Input, a *estate.Assessment, t outreach.Params) *outreach.Result {
	own := *r
	own.Need = in.Need
	from := own.outreachInput(a, &walks{})
	from.Inside = nil // which venue is best is not asked
	return outreach.Classify(from, t)
}

// bitsOf turns the categories of every area into bits.
func bitsOf(o *outreach.Result) []uint8 {
	all := make([]uint8, len(o.Areas))
	for i, a := range o.Areas {
		for _, c := range a.Categories {
			for k, name := range outreach.Categories {
				if c == name {
					all[i] |= 1 << k
				}
			}
		}
	}
	return all
}

// rangeOf returns the mean of values and the ends of 9 in 10. It sorts them.
func rangeOf(values []float64) Range {
	r := Range{}
	for _, v := range values {
		r.Mean += v / float64(len(values))
	}
	sort.Float64s(values)
	at := func(q float64) float64 { return values[int(math.Round(q*float64(len(values)-1)))] }
	r.Lo, r.Hi = at(0.05), at(0.95)
	return r
}
