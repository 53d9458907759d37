package study

import (
	"context"
	"fmt"
	"sync"

	"hubreach/internal/estate"
	"hubreach/internal/optimise"
)

// OptimiseResult says what the best set of a study's sites is under the rules
// of a request, and how far the study's options are from the best possible.
type OptimiseResult struct {
	Request OptimiseRequest // with every default filled in
	// Problem is what was solved, for anyone who wants to write it down and solve
	// it again. Its sites are the candidates.
	Problem *optimise.Problem
	// Candidates are positions in the county's sites. Every position in what
	// follows is one in Candidates.
	Candidates []int
	Answer     optimise.Answer
	Options    []OptionDistance      // in the order of the study; empty for FewestSites, or if not asked for
	Prices     []optimise.Price      // of every candidate, if asked for
	Closing    []optimise.Closing    // if asked for
	Changes    *optimise.Changes     // from the baseline, if asked for
	Front      []optimise.FrontPoint // if asked for
}

// OptionDistance is how far one option is from the best possible.
type OptionDistance struct {
	ID   estate.OptionID
	Name string
	Open int // open candidates
	// Elsewhere counts open sites that are no candidates; their reach is not in Value.
	Elsewhere int
	Value     float64
	// Best is the best set of as many sites: under the rules of the request, or,
	// when the option itself breaks them, of all sets of that number. Breaks tells
	// the two apart.
	Best   optimise.Answer
	Breaks bool
	// Share is Value as a share of Best's, or for a model whose value is to be
	// small the other way round: 0.943 reads "94.3% of what as many buildings can
	// reach". 1 when both are zero.
	Share float64
}

// Optimise answers a request about a finished study. solver, which may be nil,
// is the exact solver of the proven tier. Of env it reads Progress and Workers:
// prices are found by several workers, and are the same for any number of them.
//
// The error wraps optimise.ErrBadProblem for a request that makes no sense, and
// optimise.ErrNoSolver when a proof is asked for and solver is nil; it is that
// of ctx when ctx is done. A request whose rules cannot be kept is an answer.
func Optimise(ctx context.Context, r *Results, q OptimiseRequest, env Env, solver optimise.Solver) (*OptimiseResult, error) {
	env = env.withDefaults()
	q = q.withDefaults(r)
	out := &OptimiseResult{Request: q}
	var err error
	if out.Problem, out.Candidates, err = q.problem(r); err != nil {
		return nil, fmt.Errorf("optimise: %w", err)
	}
	job := &optimiseJob{r: r, out: out, env: env, solve: optimise.Env{Solver: solver, Limit: q.Limit}}
	if err := job.run(ctx); err != nil {
		return nil, fmt.Errorf("optimise: %w", err)
	}
	return out, nil
}

// optimiseJob is one request being answered.
type optimiseJob struct {
	r     *Results
	out   *OptimiseResult
	env   Env
	solve optimise.Env
}

func (j *optimiseJob) run(ctx context.Context) (err error) {
	q, p := j.out.Request, j.out.Problem
	j.env.Progress("find the best sites", 0, 1)
	if j.out.Answer, err = optimise.Solve(ctx, p, q.Tier, j.solve); err != nil {
		return err
	}
	j.env.Progress("find the best sites", 1, 1)
	if err := j.options(ctx); err != nil {
		return err
	}
	if len(q.Front) > 0 {
		j.env.Progress("weigh cost and coverage", 0, 1)
		if j.out.Front, err = optimise.Front(ctx, p, q.Front, q.Tier, j.solve); err != nil {
			return err
		}
	}
	if j.out.Answer.Verdict != optimise.Found {
		return nil
	}
	if q.Within > 0 {
		j.env.Progress("find the fewest changes", 0, 1)
		today, _ := j.open(j.r.Options[j.r.Baseline].Option)
		c, err := optimise.FewestChanges(ctx, p, j.out.Answer, today, q.Within, q.Tier, j.solve)
		if err != nil {
			return err
		}
		j.out.Changes = &c
	}
	if q.Closing || q.ClosingBest {
		j.env.Progress("find the closing order", 0, 1)
		if j.out.Closing, err = optimise.ClosingOrder(ctx, p, j.out.Answer.Open, q.ClosingBest, q.Tier, j.solve); err != nil {
			return err
		}
	}
	if q.Prices {
		return j.prices(ctx)
	}
	return nil
}

// options measures how far each option is from the best possible.
func (j *optimiseJob) options(ctx context.Context) error {
	p := j.out.Problem
	if p.Model == optimise.FewestSites || j.out.Request.Alone {
		return nil
	}
	type kind struct {
		open   int
		breaks bool
	}
	best := map[kind]optimise.Answer{}
	if keep := p.Rules.Keep; keep > 0 && !p.Rules.AtMost {
		best[kind{keep, false}] = j.out.Answer
	}
	j.env.Progress("measure the options", 0, len(j.r.Options))
	for i, o := range j.r.Options {
		open, elsewhere := j.open(o.Option)
		d := OptionDistance{ID: o.Option.ID, Name: o.Option.Name, Open: len(open), Elsewhere: elsewhere}
		same := *p
		same.Rules.Keep, same.Rules.AtMost = len(open), false
		if len(open) == 0 { // open only outside the candidates: nothing to compare
			j.out.Options = append(j.out.Options, d)
			continue
		}
		var allowed bool
		var err error
		if d.Value, allowed, err = optimise.Judge(&same, open); err != nil {
			return err
		}
		if !allowed {
			d.Breaks = true
			same.Rules = optimise.Rules{Keep: len(open), Districts: withoutLimits(p.Rules.Districts)}
			same.Demands = withoutFloors(p.Demands)
			if d.Value, _, err = optimise.Judge(&same, open); err != nil { // with what the rules close
				return err
			}
		}
		k := kind{len(open), d.Breaks}
		if _, known := best[k]; !known {
			if best[k], err = optimise.Solve(ctx, &same, j.out.Request.Tier, j.solve); err != nil {
				return fmt.Errorf("best with %d sites: %w", len(open), err)
			}
		}
		d.Best = best[k]
		d.Share = shareOf(p.Model, d.Value, d.Best)
		j.out.Options = append(j.out.Options, d)
		j.env.Progress("measure the options", i+1, len(j.r.Options))
	}
	return nil
}

// shareOf is a value as a share of the best one, at most 1.
func shareOf(m optimise.Model, value float64, best optimise.Answer) float64 {
	better, worse := best.Value, value
	if m.Better(1, 2) { // the value is to be small
		better, worse = value, best.Value
	}
	if best.Verdict != optimise.Found || better == worse {
		return 1
	}
	return min(1, worse/better)
}

// open returns the open candidates of an option, as positions in Candidates,
// and how many sites are open elsewhere.
func (j *optimiseJob) open(o estate.Option) (open []int, elsewhere int) {
	at := map[int]int{}
	for i, site := range j.out.Candidates {
		at[site] = i
	}
	for _, site := range o.OpenSites() {
		if i, ok := at[site]; ok {
			open = append(open, i)
		} else {
			elsewhere++
		}
	}
	return open, elsewhere
}

// prices prices every candidate, shared out among the workers. Each writes to
// its site's own position, so the answer does not depend on who came first.
func (j *optimiseJob) prices(ctx context.Context) error {
	n := len(j.out.Candidates)
	prices := make([]optimise.Price, n)
	const stage = "price every building"
	j.env.Progress(stage, 0, n)
	var (
		mu         sync.Mutex
		wg         sync.WaitGroup
		next, done int
		fault      error
	)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if fault != nil || next == n {
			return 0, false
		}
		next++
		return next - 1, true
	}
	finish := func(i int, p optimise.Price, err error) {
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			if fault == nil {
				fault = err
			}
			return
		}
		prices[i] = p
		done++
		j.env.Progress(stage, done, n)
	}
	merged := optimise.Merge(j.out.Problem) // once, not for every price
	for range min(j.env.Workers, n) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i, ok := take(); ok; i, ok = take() {
				p, err := optimise.PriceOf(ctx, merged, j.out.Answer, i, j.out.Request.Tier, j.solve)
				finish(i, p, err)
			}
		}()
	}
	wg.Wait()
	if fault != nil {
		return fault
	}
	j.out.Prices = prices
	return nil
}
