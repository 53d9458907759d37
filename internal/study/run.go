package study

import (
	"context"
	"fmt"
	"math"
	"slices"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
	"hubreach/internal/optimise"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
)

// Progress is told how far a stage is: done of total. It may be called from
// several goroutines, never at the same time.
type Progress func(stage string, done, total int)

// Env is what a run needs from outside the study.
type Env struct {
	Open     Open
	Progress Progress // nil: nobody listens
	Workers  int      // goroutines; 0: one
	// Graphs is the folder that built street graphs are kept in, see walk/cache;
	// empty: none are kept. Results never depend on it.
	Graphs string
	// Warn is told of trouble that changes no result; nil: nobody listens.
	Warn func(error)
	// Lines keeps the lines of the streets in Results.Lines, for whoever draws
	// them: 16 bytes a vertex and some 100 a way.
	Lines bool
	// Solver is the exact solver that proves how far options are from the best
	// possible, see Appraise; nil: they are held against a bound.
	Solver optimise.Solver
}

func (e Env) withDefaults() Env {
	if e.Progress == nil {
		e.Progress = func(string, int, int) {}
	}
	if e.Warn == nil {
		e.Warn = func(error) {}
	}
	e.Workers = max(1, e.Workers)
	return e
}

// Load reads and joins the inputs of a study: everything up to the first walk.
// Results then holds County, Inputs and Checks, and no option.
func Load(ctx context.Context, s Spec, env Env) (*Results, error) {
	env = env.withDefaults()
	r, l, err := join(ctx, s, env)
	if err != nil {
		return nil, err
	}
	if _, err := r.method(ctx, l, env); err != nil {
		return nil, err
	}
	return r, nil
}

// join reads the inputs and makes the county.
func join(ctx context.Context, s Spec, env Env) (*Results, *loaded, error) {
	projection, err := geo.NewProjection()
	if err != nil {
		return nil, nil, err
	}
	l, err := load(ctx, &s, env.Open, env.Progress)
	if err != nil {
		return nil, nil, err
	}
	if err := l.streetPoints(ctx, &s, env); err != nil {
		return nil, nil, err
	}
	env.Progress("join the tables", 0, 1)
	c, err := county.Build(l.tables, county.Params{
		Projection: projection, Districts: districtCodes(s.Districts),
		Points: pointMethod(s.Points.Method), Spacing: geo.Metres(s.Points.SpacingM),
	})
	if err != nil {
		return nil, nil, err
	}
	env.Progress("join the tables", 1, 1)
	r := &Results{Spec: s, County: c, Checks: append(l.checks, c.Checks...), Projection: projection.Accuracy()}
	l.projection = projection
	l.account(c)
	r.Inputs = l.uses
	if err := r.readGroups(l); err != nil {
		return nil, nil, err
	}
	if err := r.staffedDistricts(); err != nil {
		return nil, nil, err
	}
	if err := r.readServices(l); err != nil {
		return nil, nil, err
	}
	if err := r.manifests(env.Open); err != nil {
		return nil, nil, err
	}
	if r.Fingerprint, err = fingerprint(&s, l.uses, r.Projection); err != nil {
		return nil, nil, err
	}
	r.projection = projection
	if err := r.propose(documents(s.Options)); err != nil {
		return nil, nil, err
	}
	return r, l, nil
}

func districtCodes(texts []string) []county.DistrictCode {
	codes := make([]county.DistrictCode, len(texts))
	for i, t := range texts {
		codes[i] = county.DistrictCode(t)
	}
	return codes
}

func pointMethod(m string) county.PointMethod {
	if m == "areal" {
		return county.CentroidPoints
	}
	return county.PointMethod(m)
}

// account fills in how many rows of each input were used.
func (l *loaded) account(c *county.County) {
	for _, t := range l.options {
		l.use(t.Name, t.Data.Read, len(t.Data.Rows), 0)
	}
	if l.streets != nil && l.streets.rows != nil {
		l.use(l.streets.in.Name, len(l.streets.rows.Ways), 0, 0)
	}
	l.useHeights(false)
	for i := range l.uses {
		u := &l.uses[i]
		for _, use := range c.Used {
			if use.Input == u.Name {
				u.Read, u.Used, u.Dropped = use.Read, use.Used, use.Dropped
			}
		}
	}
}

// use sets the counts of the input with the given name.
func (l *loaded) use(name string, read, used, dropped int) {
	for i := range l.uses {
		if l.uses[i].Name == name {
			l.uses[i].Read, l.uses[i].Used, l.uses[i].Dropped = read, used, dropped
		}
	}
}

// Run is the main job: load, check, reach, need, outreach, score. It stops
// between two sites or options when ctx is done, with ctx's error.
func Run(ctx context.Context, s Spec, env Env) (*Results, error) {
	env = env.withDefaults()
	r, l, err := join(ctx, s, env)
	if err != nil {
		return nil, err
	}
	r.Need, err = need.Assess(r.County, need.Params{Weights: s.Need.Weights, Rate: s.Need.Rate, Decile: s.Need.Decile, Youth: s.Need.Youth})
	if err != nil {
		return nil, err
	}
	w, err := measure(ctx, r, l, env)
	if err != nil {
		return nil, err
	}
	if err := r.placesMeasurable(); err != nil {
		return nil, err
	}
	if r.Transit, err = measureTransit(ctx, r, l, r.walker, w, env); err != nil {
		return nil, err
	}
	if err := r.assess(ctx, l, w, env); err != nil {
		return nil, err
	}
	if err := r.drawLines(ctx, l, env); err != nil {
		return nil, err
	}
	r.account(l)
	return r, nil
}

// assess judges the options.
func (r *Results) assess(ctx context.Context, l *loaded, w *walks, env Env) error {
	in := estate.Input{County: r.County, Need: r.Need, Walks: w.sites[0], Limit: millis(r.Spec.Walk.Minutes), Longest: millis(r.Spec.Walk.LimitMinutes)}
	for i, p := range r.Spec.Walk.Profiles {
		if p.Name == "pushchair" {
			in.Pushchair = w.sites[i]
		}
	}
	in.Journeys, in.JourneyLimit = r.Transit.journeys(r.County, r.Spec.Outreach.TransitMinutes), millis(r.Spec.Outreach.TransitMinutes)
	r.input, r.measured = in, w
	r.plans, r.appraisal = &plans{made: map[int]*outreach.Plan{}}, &appraisal{}
	options, err := r.options(l.options, l.unlocated())
	if err != nil {
		return err
	}
	if r.Baseline, err = r.baseline(options); err != nil {
		return err
	}
	assessed := make([]*estate.Assessment, len(options))
	env.Progress("assess the options", 0, len(options))
	for i, o := range options {
		if err := ctx.Err(); err != nil {
			return err
		}
		assessed[i] = estate.Assess(in, o)
		env.Progress("assess the options", i+1, len(options))
	}
	all := estate.Assess(in, estate.Keep(r.County, "all", "", candidates(r.County, r.Spec.Walk.OutsideSites)))
	weights := map[estate.Criterion]float64{}
	for c, v := range r.Spec.Score.Weights {
		weights[estate.Criterion(c)] = v
	}
	scales, notes, err := estate.Scales(in, all, weights)
	if err != nil {
		return err
	}
	r.Scales = scales
	r.NotAssessed = append(r.NotAssessed, notes...)
	scores := estate.Rank(in, scales, assessed)
	r.Thresholds = r.thresholds(assessed[r.Baseline])
	for i, a := range assessed {
		o := r.judge(a, assessed[r.Baseline])
		o.Score = scores[i]
		r.Options = append(r.Options, o)
	}
	return nil
}

// judge says everything of an assessed option but its score.
func (r *Results) judge(a, baseline *estate.Assessment) OptionResult {
	o := OptionResult{Assessment: a, Required: estate.Required(r.input, a, r.Thresholds.BuildingThreshold)}
	see := r.outreachInput(a, r.measured)
	o.TransitMin = see.Transit
	o.Outreach = outreach.Classify(see, r.Thresholds)
	if a != baseline {
		o.Losers = estate.Losers(r.input, baseline, a)
	}
	return o
}

func millis(minutes float64) uint32 { return uint32(math.Round(minutes * 60_000)) }

func (r *Results) baseline(options []estate.Option) (int, error) {
	if r.Spec.Baseline == "" {
		return 0, nil
	}
	for i, o := range options {
		if string(o.ID) == r.Spec.Baseline {
			return i, nil
		}
	}
	return 0, fmt.Errorf("baseline %q: %w: want the id of one of the study's options", r.Spec.Baseline, estate.ErrNoOption)
}

// thresholds turns the study's thresholds into numbers.
func (r *Results) thresholds(baseline *estate.Assessment) outreach.Params {
	s := r.Spec.Outreach
	var inNeed []float64
	for _, i := range baseline.Option.OpenSites() {
		inNeed = append(inNeed, baseline.Sites[i].ReachedInNeed)
	}
	b, u := outreach.Thresholds(inNeed, s.BuildingThreshold, s.OutreachThreshold)
	p := outreach.Params{
		Minutes: r.Spec.Walk.Minutes, BuildingThreshold: b, OutreachThreshold: u,
		UncoveredShare: s.UncoveredShare, NeedDecile: s.NeedDecile, TownResidents: s.TownResidents, YouthShare: s.YouthShare,
		TransitMinutes: s.TransitMinutes, VenueMinutes: s.VenueMinutes,
		VenueGain: s.VenueGain, StopMPerMin: r.Spec.Walk.Profiles[0].SpeedKmh * 1000 / 60 / r.Spec.Walk.DetourFactor,
		WeeklyInNeed: s.WeeklyInNeed, MonthlyInNeed: s.MonthlyInNeed, SessionsPerWeek: s.SessionsPerWeek, DistrictSessions: r.districtSessions(),
	}
	if p.WeeklyInNeed == 0 {
		p.WeeklyInNeed = b / 2
	}
	if p.MonthlyInNeed == 0 {
		p.MonthlyInNeed = u
	}
	return p
}

func (r *Results) outreachInput(a *estate.Assessment, w *walks) outreach.Input {
	in := outreach.Input{County: a.Option.In(r.County), Need: r.Need, Venues: w.venues, Open: make([]bool, len(r.County.Sites)), Inside: make([]bool, len(a.Millis))}
	for p, walk := range a.Millis {
		in.Inside[p] = walk <= r.input.Limit
	}
	for i, s := range a.Option.Status {
		in.Open[i] = s.Open()
	}
	for _, area := range a.Areas {
		in.Covered = append(in.Covered, area.CoveredShare)
		in.Nearest = append(in.Nearest, area.Nearest)
		in.WalkMin = append(in.WalkMin, area.WalkMin)
		if a.YouthStated {
			in.Youth = append(in.Youth, area.YouthShare)
		}
	}
	in.Transit = r.Transit.AreaMinutes(r.County, in.Open)
	return in
}

// account gathers what was not assessed, in words, once each.
func (r *Results) account(l *loaded) {
	notes := append([]string(nil), r.Need.Notes...)
	notes = append(notes, r.NotAssessed...)
	for _, o := range r.Options {
		notes = append(notes, o.Outreach.NotAssessed...)
	}
	if note := r.slopeNote(l); note != "" {
		notes = append(notes, note)
	}
	if r.Walk.Note != "" {
		notes = append([]string{r.Walk.Note}, notes...)
	}
	for _, c := range r.Checks {
		if !c.Ran {
			notes = append(notes, c.Title+": "+c.Detail)
		}
	}
	for _, role := range l.later {
		notes = append(notes, role+": given, and not read by this version")
	}
	r.NotAssessed = nil
	for _, n := range notes {
		if !slices.Contains(r.NotAssessed, n) {
			r.NotAssessed = append(r.NotAssessed, n)
		}
	}
}

// walks are the minutes from the population points to sites and venues.
type walks struct {
	sites  []*reach.Matrix // by profile
	venues *reach.Matrix   // of the first profile; nil without venues
}
