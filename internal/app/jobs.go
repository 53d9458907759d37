package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/cbc"
	"hubreach/internal/report"
	"hubreach/internal/store"
	"hubreach/internal/study"
)

// task is a job at work: what it is about, and the results that it asks.
type task struct {
	desk *desk
	job  store.Job
	args store.Args
	env  study.Env // its progress is the job's
}

// handlers say what is done in a job of each kind, by serve and by work alike.
var handlers = map[string]func(ctx context.Context, t *task, r *study.Results) (store.Answer, error){
	store.KindLoad:       loadAgain,
	store.KindRun:        summarise,
	store.KindOptimise:   optimised,
	store.KindRobustness: drawn,
	store.KindReport:     reported,
	store.KindExport:     exported,
}

// Media types of the answers.
const (
	mediaJSON    = "application/json"
	mediaHTML    = "text/html; charset=utf-8"
	mediaPDF     = "application/pdf"
	mediaXLSX    = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	mediaZIP     = "application/zip"
	mediaGPKG    = "application/geopackage+sqlite3"
	mediaGeoJSON = "application/geo+json"
	mediaPMTiles = "application/vnd.pmtiles"
)

// loadAgain runs the inputs of a version by the method of this program and keeps
// the results as a new version: what is to be done when the method has changed.
func loadAgain(ctx context.Context, t *task, _ *study.Results) (store.Answer, error) {
	from, err := t.desk.find(ctx, t.args.Version)
	if err != nil {
		return store.Answer{}, err
	}
	text, err := t.desk.store.Spec(ctx, from.ID)
	if err != nil {
		return store.Answer{}, err
	}
	spec, err := study.ParseSpec(text, fmt.Sprintf("version %d of %s", from.ID, from.Study))
	if err != nil {
		return store.Answer{}, err
	}
	t.env.Open = func(path string) (io.ReadCloser, error) { return t.desk.store.Open(ctx, from.ID, path) }
	r, err := t.desk.runner(ctx, spec, t.env)
	if err != nil {
		return store.Answer{}, err
	}
	v, err := keep(ctx, t.desk.store, text, t.env.Open, r, t.job.By)
	if err != nil {
		return store.Answer{}, err
	}
	return answerJSON(versionDoc(v))
}

// summarise answers with summary.json.
func summarise(ctx context.Context, t *task, r *study.Results) (store.Answer, error) {
	if _, err := r.Appraise(ctx, t.env); err != nil {
		return store.Answer{}, err
	}
	text, err := report.Summary(ctx, r)
	return store.Answer{Media: mediaJSON, Body: text}, err
}

// optimised answers with what hubreach optimise --json prints.
func optimised(ctx context.Context, t *task, r *study.Results) (store.Answer, error) {
	if t.args.Optimise == nil {
		return store.Answer{}, errors.New("an optimise job without a question")
	}
	var solver optimise.Solver
	if t.args.Optimise.Tier == optimise.Proven {
		var err error
		if solver, err = cbc.Find(); err != nil {
			return store.Answer{}, fmt.Errorf("tier proven: %w, or ask for certified", err)
		}
	}
	found, err := study.Optimise(ctx, r, *t.args.Optimise, t.env, solver)
	if err != nil {
		return store.Answer{}, err
	}
	return answerOf(mediaJSON, func(w io.Writer) error { return optimiseDoc{found.Summary(r)}.json(w) })
}

// drawn answers with what hubreach robustness --json prints.
func drawn(ctx context.Context, t *task, r *study.Results) (store.Answer, error) {
	params := study.DefaultRobustness(r.Spec)
	if a := t.args.Robustness; a != nil {
		params.Draws, params.Seed, params.OutreachDraws = a.Draws, a.Seed, a.OutreachDraws
	}
	found, err := drawAll(ctx, r, params.Draws, params.Seed, params.OutreachDraws, t.env)
	if err != nil {
		return store.Answer{}, err
	}
	return answerOf(mediaJSON, found.JSON)
}

func answerJSON(v any) (store.Answer, error) {
	text, err := json.Marshal(v)
	return store.Answer{Media: mediaJSON, Body: text}, err
}

// answerOf makes an answer of what is written to a writer.
func answerOf(media string, write func(w io.Writer) error) (store.Answer, error) {
	var body bytes.Buffer
	err := write(&body)
	return store.Answer{Media: media, Body: body.Bytes()}, err
}

// file makes an answer of what is written to a path.
func file(ctx context.Context, media string, write func(path string) error) (a store.Answer, err error) {
	dir, err := os.MkdirTemp("", "hubreach-job-*")
	if err != nil {
		return store.Answer{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "answer")
	if err := write(path); err != nil {
		return store.Answer{}, err
	}
	body, err := os.ReadFile(path) // #nosec G304 -- the answer in a folder made above
	return store.Answer{Media: media, Body: body}, errors.Join(err, ctx.Err())
}
