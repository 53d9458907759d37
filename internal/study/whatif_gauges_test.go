package study_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// Forks that measure places at the same time, as a service asks them, and take
// over from one another what they measure with, find what each finds alone:
// streets, pushchairs, buses and a place that nobody can walk to.
func TestWhatIfForksShareWhatTheyMeasureWith(t *testing.T) {
	r := sampleRun(t)
	site := r.County.Sites[slices.IndexFunc(r.County.Sites, func(s county.Site) bool { return s.ID == "S20" })]
	places := make([]geo.Grid, 6)
	for i := range places {
		places[i] = geo.Grid{site.At[0] + float64(i-3)*90, site.At[1] + float64(i%5)*70}
	}
	places[4] = geo.Grid{site.At[0] + 60000, site.At[1]} // far from any street
	begun := func() *study.WhatIf {
		w, err := study.NewWhatIf(r, "O1")
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	type answer struct {
		Picture *study.Picture
		Err     string
	}
	move := func(w *study.WhatIf, to geo.Grid) answer {
		for _, c := range []study.Change{study.SetStatus(site.ID, estate.Hub), study.MoveSite(site.ID, to, nil)} {
			if _, err := w.Apply(c); err != nil {
				return answer{Err: err.Error()}
			}
		}
		return answer{Picture: w.Picture()}
	}
	shared := begun()
	got := make([]answer, len(places))
	for round := range 2 { // the second finds what the first has left
		var wg sync.WaitGroup
		for i, to := range places {
			fork := shared.Fork()
			to := geo.Grid{to[0] + float64(1-round), to[1]} // not a place whose buses are remembered
			wg.Go(func() { got[i] = move(fork, to) })
		}
		wg.Wait()
	}
	for i, to := range places {
		if diff := cmp.Diff(move(begun(), to), got[i], bits); diff != "" {
			t.Errorf("place %d (-alone +at once):\n%s", i, diff)
		}
	}
	if got[4].Err == "" || got[5].Picture == nil {
		t.Errorf("far from streets %q, want an error; beside it %v, want a picture", got[4].Err, got[5].Picture)
	}
}
