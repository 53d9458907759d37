package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"hubreach/internal/report"
	"hubreach/internal/store"
	"hubreach/internal/study"
)

// keep loads a run into a store as a new version: the study file, the bytes of
// every input, the summary and the layers. by says who.
func keep(ctx context.Context, to store.Store, text []byte, open study.Open, r *study.Results, by string) (store.Version, error) {
	summary, err := report.Summary(ctx, r)
	if err != nil {
		return store.Version{}, err
	}
	inputs, err := inputsOf(r, open)
	if err != nil {
		return store.Version{}, err
	}
	layers, err := layersOf(r)
	if err != nil {
		return store.Version{}, err
	}
	return to.Load(ctx, store.Load{
		Version: store.Version{Study: r.Spec.Name, Title: r.Spec.Title, Fingerprint: r.Fingerprint, Program: study.Method, By: by},
		Spec:    text, Inputs: inputs, Summary: summary, Layers: layers,
	})
}

// inputsOf lists the files that a run read, manifests included, each once.
func inputsOf(r *study.Results, open study.Open) ([]store.Input, error) {
	var inputs []store.Input
	seen := map[string]bool{}
	add := func(path, sum string) {
		if !seen[path] {
			seen[path] = true
			inputs = append(inputs, store.Input{Path: path, SHA256: sum, Open: func() (io.ReadCloser, error) { return open(path) }})
		}
	}
	for _, in := range r.Inputs {
		add(in.File, in.SHA256)
	}
	for _, in := range r.Spec.Inputs {
		if in.Manifest == "" || seen[in.Manifest] {
			continue
		}
		sum, err := sumOf(open, in.Manifest)
		if err != nil {
			return nil, fmt.Errorf("manifest %s: %w", in.Manifest, err)
		}
		add(in.Manifest, sum)
	}
	return inputs, nil
}

func sumOf(open study.Open, path string) (_ string, err error) {
	f, err := open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// errOtherNumbers means that a version, run again, gives other results than
// when it was loaded.
var errOtherNumbers = errors.New("gives other results than when it was loaded")

// runAgain runs a version from what a store keeps of it. One that gives another
// fingerprint is refused: it was loaded by another method, or with another grid
// of the projection.
func runAgain(ctx context.Context, run runner, from store.Store, v store.Version, e study.Env) (*study.Results, error) {
	text, err := from.Spec(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	spec, err := study.ParseSpec(text, fmt.Sprintf("version %d of %s", v.ID, v.Study))
	if err != nil {
		return nil, err
	}
	e.Open = func(path string) (io.ReadCloser, error) { return from.Open(ctx, v.ID, path) }
	r, err := run(ctx, spec, e)
	if err != nil {
		return nil, err
	}
	if r.Fingerprint != v.Fingerprint {
		return nil, fmt.Errorf("version %d of %s %w (method %s then, %s now; %s): load the study again", v.ID, v.Study, errOtherNumbers, v.Program, study.Method, r.Projection)
	}
	return r, nil
}
