package study

import (
	"context"
	"fmt"
	"sync"
	"time"

	"hubreach/internal/estate"
	"hubreach/internal/optimise"
)

// bestLimit is the time limit of each exact solve of an appraisal. An answer that
// it stops is shown with its gap.
const bestLimit = 20 * time.Second

// Appraisal is what is asked of a whole study once its options are assessed: how
// sure their figures are, how fair each is, and how far from the best possible.
type Appraisal struct {
	Uncertainty *Uncertainty
	Fairness    []estate.Fairness // in the order of the study
	// Best compares each option with the best set of as many of the study's sites,
	// by people in need within the walk: proven where the solver of Env gave a
	// proof, else certified by a bound. Nil when the study has no candidates.
	Best []OptionDistance
}

// appraisal keeps an Appraisal once it is made.
type appraisal struct {
	mu   sync.Mutex
	made *Appraisal
}

// Appraise returns the appraisal of the study. It is made at the first call, with
// that call's solver and workers, and belongs to the results; any number of
// goroutines may call. It returns nil for results that Run did not make.
func (r *Results) Appraise(ctx context.Context, env Env) (*Appraisal, error) {
	if r.measured == nil {
		return nil, nil
	}
	r.appraisal.mu.Lock()
	defer r.appraisal.mu.Unlock()
	if r.appraisal.made == nil {
		a, err := r.appraise(ctx, env.withDefaults())
		if err != nil {
			return nil, err
		}
		r.appraisal.made = a
	}
	return r.appraisal.made, nil
}

// appraise makes an appraisal.
func (r *Results) appraise(ctx context.Context, env Env) (*Appraisal, error) {
	a := &Appraisal{Fairness: r.Fairness()}
	var err error
	if a.Uncertainty, err = r.Uncertainty(ctx, env); err != nil {
		return nil, err
	}
	if len(candidates(r.County, r.Spec.Walk.OutsideSites)) == 0 {
		return a, nil
	}
	q := OptimiseRequest{Tier: optimise.Certified, Limit: bestLimit}
	if env.Solver != nil {
		q.Tier = optimise.Proven
	}
	a.Best, err = r.distances(ctx, q, env)
	return a, err
}

// distances says how far each option is from the best set of as many sites.
func (r *Results) distances(ctx context.Context, q OptimiseRequest, env Env) ([]OptionDistance, error) {
	q = q.withDefaults(r)
	job := &optimiseJob{r: r, out: &OptimiseResult{Request: q}, env: env, solve: optimise.Env{Solver: env.Solver, Limit: q.Limit}}
	q.Keep, q.AtMost = len(candidates(r.County, r.Spec.Walk.OutsideSites)), true // each option is compared with its own number
	var err error
	if job.out.Problem, job.out.Candidates, err = q.problem(r); err != nil {
		return nil, fmt.Errorf("best possible: %w", err)
	}
	if err := job.options(ctx); err != nil {
		return nil, fmt.Errorf("best possible: %w", err)
	}
	return job.out.Options, nil
}
