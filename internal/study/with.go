package study

import (
	"context"
	"fmt"
	"slices"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
)

// documents returns the options of a study file that are documents.
func documents(options []Option) []OptionDocument {
	var docs []OptionDocument
	for _, o := range options {
		if d, ok := o.document(); ok {
			docs = append(docs, d)
		}
	}
	return docs
}

// With returns the results of the same study with more options beside its own:
// what Run gives for a study file that has them too, its fingerprint included.
// Only what they add is measured: walks, outlines and journeys to new places, and
// the options themselves. Anchors, thresholds and baseline stand. r stays as it
// is; any number of goroutines may call.
//
// A document may be based on one before it. The error wraps ErrBadDocument for
// one that the study cannot mean, and estate.ErrNoOption for one based on an
// option that does not exist; it is that of ctx when ctx is done.
func (r *Results) With(ctx context.Context, docs ...OptionDocument) (*Results, error) {
	if len(r.Options) == 0 {
		return nil, fmt.Errorf("options beside a study: %w: nothing is assessed, as after Load", estate.ErrNoOption)
	}
	own := *r
	own.Spec.Options = slices.Clone(r.Spec.Options)
	for _, d := range docs {
		if err := d.Validate(); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(own.Spec.Options, func(o Option) bool { return o.ID == string(d.ID) }) || r.has(d.ID) {
			return nil, fmt.Errorf("option %s: %w: the study has an option of that id: give this one another", d.ID, ErrBadDocument)
		}
		own.Spec.Options = append(own.Spec.Options, d.option())
	}
	first := len(r.County.Sites)
	if err := own.propose(docs); err != nil {
		return nil, err
	}
	if err := own.placesMeasurable(); err != nil {
		return nil, err
	}
	if len(own.County.Sites) > first {
		if err := own.extend(ctx, first); err != nil {
			return nil, err
		}
	}
	if err := own.adopt(ctx, docs); err != nil {
		return nil, err
	}
	var err error
	own.Fingerprint, err = fingerprint(&own.Spec, own.Inputs, own.Projection)
	return &own, err
}

// Assess says what the option of one document does, beside the study's own: the
// result that With holds for it.
func (r *Results) Assess(ctx context.Context, d OptionDocument) (*OptionResult, error) {
	own, err := r.With(ctx, d)
	if err != nil {
		return nil, err
	}
	return &own.Options[len(own.Options)-1], nil
}

func (r *Results) has(id estate.OptionID) bool {
	_, _, ok := r.Option(id)
	return ok
}

// extend measures the sites from first on, and makes room for them everywhere.
func (r *Results) extend(ctx context.Context, first int) error {
	w, walks, catchments := &walks{venues: r.measured.venues}, map[string]*reach.Matrix{}, []Catchment(nil)
	env := Env{}.withDefaults()
	r.Refused = slices.Clip(r.Refused)
	places := gridOf(r.County.Sites[first:], func(s county.Site) geo.Grid { return s.At })
	for p, profile := range r.Spec.Walk.Profiles {
		found, err := each(ctx, r.walker, p, places, true, r.Spec.Walk.Outlines, env, "walk to proposed sites")
		if err != nil {
			return err
		}
		if err := r.joined(p, first, found.refused); err != nil {
			return err
		}
		m := r.measured.sites[p].With(first, found.times)
		w.sites = append(w.sites, m)
		walks[profile.Name] = m
		for _, c := range r.Catchments {
			if c.Profile == profile.Name {
				catchments = append(catchments, c)
			}
		}
		catchments = append(catchments, r.catch(profile.Name, first, found)...)
		r.refuse(found.refused, "site", profile.Name, func(i int) string { return string(r.County.Sites[first+i].ID) })
	}
	r.measured, r.walks, r.Catchments = w, walks, catchments
	r.input.County, r.input.Walks = r.County, w.sites[0]
	if r.input.Pushchair != nil {
		r.input.Pushchair = walks[pushchair]
	}
	if r.Transit != nil {
		if err := r.extendTransit(ctx, first, places); err != nil {
			return err
		}
	}
	r.Options = slices.Clone(r.Options)
	for k := range r.Options {
		r.Options[k] = r.Options[k].wider(r.County)
	}
	return nil
}

// wider returns the result with the sites of c, which it leaves closed.
func (o OptionResult) wider(c *county.County) OptionResult {
	a := *o.Assessment
	more := len(c.Sites) - len(a.Option.Status)
	a.Option.Status = append(slices.Clip(a.Option.Status), make([]estate.Status, more)...)
	a.Sites = append(slices.Clip(a.Sites), make([]estate.SiteReach, more)...)
	if a.Option.Sites != nil {
		a.Option.Sites = append(slices.Clip(a.Option.Sites), c.Sites[len(a.Option.Sites):]...)
	}
	o.Assessment = &a
	o.Required = append(slices.Clip(o.Required), make([]bool, more)...)
	return o
}

// adopt assesses the options of documents and ranks all.
func (r *Results) adopt(ctx context.Context, docs []OptionDocument) error {
	var options []estate.Option
	var assessed []*estate.Assessment
	for _, o := range r.Options {
		options, assessed = append(options, o.Option), append(assessed, o.Assessment)
	}
	r.Options, r.NotAssessed = slices.Clone(r.Options), slices.Clip(r.NotAssessed)
	for _, d := range docs {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := d.option()
		o, err := r.specOption(s, options)
		if err != nil {
			return fmt.Errorf("option %s: %w", d.ID, err)
		}
		a := estate.Assess(r.input, o)
		options, assessed = append(options, o), append(assessed, a)
		judged := r.judge(a, assessed[r.Baseline])
		r.Options = append(r.Options, judged)
		for _, n := range judged.Outreach.NotAssessed {
			if !slices.Contains(r.NotAssessed, n) {
				r.NotAssessed = append(r.NotAssessed, n)
			}
		}
	}
	for k, s := range estate.Rank(r.input, r.Scales, assessed) {
		r.Options[k].Score = s
	}
	r.plans, r.appraisal = &plans{made: map[int]*outreach.Plan{}}, &appraisal{}
	return nil
}
