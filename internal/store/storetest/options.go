package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hubreach/internal/estate"
	"hubreach/internal/store"
)

func edit(option string, base int, document string) store.Edit {
	return store.Edit{Study: "kent", Option: estate.OptionID(option), Base: base, Document: []byte(document), Author: "mary", Reason: "because"}
}

// options tells the life of an option, edit by edit.
func options(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	deletion := func(base int) store.Edit {
		e := edit("O1", base, "")
		e.Document, e.Deleted = nil, true
		return e
	}
	ghost := deletion(0)
	ghost.Option = "O9"
	var kept []store.Edit
	for _, tc := range []struct {
		name     string
		edit     store.Edit
		revision int // 0: refused
		err      error
	}{
		{"a new option", edit("O1", 0, `{"name": "  spaces and\n lines stay "}`), 1, nil},
		{"a change", edit("O1", 1, `{"name": "two"}`), 2, nil},
		{"a change of what is gone", edit("O1", 1, `{"name": "lost"}`), 0, store.ErrConflict},
		{"new, when there is one", edit("O1", 0, `{"name": "lost too"}`), 0, store.ErrConflict},
		{"a change of what is to come", edit("O1", 3, `{"name": "early"}`), 0, store.ErrConflict},
		{"a deletion of what is gone", deletion(1), 0, store.ErrConflict},
		{"a deletion", deletion(2), 3, nil},
		{"a change of what is deleted", edit("O1", 2, `{}`), 0, store.ErrConflict},
		{"new again, counting on", edit("O1", 0, `{"name": "four"}`), 4, nil},
		{"a deletion again", deletion(4), 5, nil},
		{"back, from the deletion", edit("O1", 5, `{"name": "six", "note": "é ☃ \u0000 <&>"}`), 6, nil},
		{"a deletion of what never was", ghost, -1, store.ErrNoOption},
	} {
		got, err := s.PutOption(ctx, tc.edit)
		if !errors.Is(err, tc.err) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.err)
		}
		if tc.revision < 0 {
			continue
		}
		want := tc.edit
		want.Revision, want.Refused = tc.revision, tc.revision == 0
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(store.Edit{}, "ID", "At")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
		if got.At.Location() != time.UTC || got.At.IsZero() || !got.At.Equal(got.At.Truncate(time.Microsecond)) {
			t.Errorf("%s: at %v, want a time in UTC to the microsecond", tc.name, got.At)
		}
		kept = append(kept, got)
	}
	other := must[store.Edit](t)(s.PutOption(ctx, edit("O0", 0, `{}`)))
	essex := edit("O1", 0, `{}`)
	essex.Study = "essex"
	must[store.Edit](t)(s.PutOption(ctx, essex))

	s = place(t)
	if diff := cmp.Diff(kept, must[[]store.Edit](t)(s.History(ctx, "kent", "O1"))); diff != "" {
		t.Errorf("History (-want +got):\n%s", diff)
	}
	for i := 1; i < len(kept); i++ {
		if kept[i].ID <= kept[i-1].ID {
			t.Errorf("edits %d and %d, want ids in the order of arrival", kept[i-1].ID, kept[i].ID)
		}
	}
	if kept[0].ID != 1 {
		t.Errorf("the first edit has id %d, want 1", kept[0].ID)
	}
	if diff := cmp.Diff([]store.Edit{other, kept[len(kept)-1]}, must[[]store.Edit](t)(s.Options(ctx, "kent"))); diff != "" {
		t.Errorf("Options (-want +got):\n%s", diff)
	}
	for _, none := range []estate.OptionID{"O9", "o1"} {
		if got := must[[]store.Edit](t)(s.History(ctx, "kent", none)); len(got) != 0 {
			t.Errorf("History of %s = %v, want none", none, got)
		}
	}
	must[store.Edit](t)(s.PutOption(ctx, deletion(6)))
	if got := must[[]store.Edit](t)(s.Options(ctx, "kent")); len(got) != 1 {
		t.Errorf("Options after a deletion = %v, want O0 alone", got)
	}
}

// plannersAtOnce: of many who edit the same revision one is first, through
// whichever store they come, and nobody's edit is lost.
func plannersAtOnce(t *testing.T, place Place) {
	const planners, rounds = 6, 4
	ctx := t.Context()
	stores := []store.Store{place(t), place(t)}
	for round := range rounds {
		var group sync.WaitGroup
		errs := make([]error, planners)
		for i := range planners {
			group.Go(func() {
				_, errs[i] = stores[i%2].PutOption(ctx, edit("O1", round, fmt.Sprintf(`{"round": %d, "by": %d}`, round, i)))
			})
			group.Go(func() { // nobody else's option is in the way
				if _, err := stores[i%2].PutOption(ctx, edit(fmt.Sprintf("P%d", i), round, `{}`)); err != nil {
					t.Errorf("an option of one's own: %v", err)
				}
			})
		}
		group.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, store.ErrConflict):
				t.Errorf("round %d: %v, want ErrConflict", round, err)
			}
		}
		if won != 1 {
			t.Fatalf("round %d: %d of %d edits of one revision were taken, want 1", round, won, planners)
		}
	}
	history := must[[]store.Edit](t)(stores[0].History(ctx, "kent", "O1"))
	said, revisions := map[string]bool{}, 0
	for _, e := range history {
		said[string(e.Document)] = true
		if !e.Refused {
			if revisions++; e.Revision != revisions {
				t.Errorf("revision %d comes where %d is due", e.Revision, revisions)
			}
		}
	}
	if revisions != rounds || len(said) != planners*rounds {
		t.Errorf("the history holds %d revisions and %d different documents, want %d and %d", revisions, len(said), rounds, planners*rounds)
	}
}

func refusedEdits(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	for _, tc := range []struct {
		name   string
		change func(e *store.Edit)
	}{
		{"no study", func(e *store.Edit) { e.Study = "" }},
		{"no option", func(e *store.Edit) { e.Option = "" }},
		{"no author", func(e *store.Edit) { e.Author = "" }},
		{"NUL in the reason", func(e *store.Edit) { e.Reason = "\x00" }},
		{"a reason that is not UTF-8", func(e *store.Edit) { e.Reason = "\xff" }},
		{"a revision below 0", func(e *store.Edit) { e.Base = -1 }},
		{"no document", func(e *store.Edit) { e.Document = nil }},
		{"half a document", func(e *store.Edit) { e.Document = []byte(`{"name":`) }},
		{"a document that is not UTF-8", func(e *store.Edit) { e.Document = []byte("\"\xff\"") }},
		{"a document of a deletion", func(e *store.Edit) { e.Deleted = true }},
		{"a document without end", func(e *store.Edit) { e.Document = []byte(strings.Repeat("[", 20_000)) }},
	} {
		e := edit("O1", 0, `{}`)
		tc.change(&e)
		if _, err := s.PutOption(ctx, e); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("PutOption with %s: %v, want ErrInvalid", tc.name, err)
		}
	}
	if got := must[[]store.Edit](t)(s.Options(ctx, "kent")); len(got) != 0 {
		t.Errorf("refused edits left %v, want nothing", got)
	}
}
