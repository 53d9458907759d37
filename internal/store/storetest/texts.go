package storetest

import (
	"encoding/json"
	"errors"
	"io"
	"testing"

	"hubreach/internal/estate"
	"hubreach/internal/store"
)

// AwkwardTexts are texts with which stores have trouble.
var AwkwardTexts = []string{
	"", "plain", "O'Brien; DROP TABLE hubreach_edits; --", `"quoted" \ and back`, "é ☃ 𝄞", "\x00", "a\x00b", "\xff\xfe", "\u2028", "  spaces\tand\nlines ",
	"{}", "select", "%s%d", "{{x}}", "\U0010ffff", "a\u0301", "-1", "NULL", "\ufeff", "x'00'",
}

// Texts puts a text wherever the seam takes one, and checks that it is refused as
// store.ErrInvalid or comes back exactly. s is used for nothing else.
func Texts(t *testing.T, s store.Store, text string) {
	t.Helper()
	ctx := t.Context()
	e, err := s.PutOption(ctx, store.Edit{Study: text, Option: estate.OptionID(text), Document: []byte(text), Author: text, Reason: text})
	if taken(t, "an edit", text, err) {
		got := must[[]store.Edit](t)(s.History(ctx, text, estate.OptionID(text)))
		if last := got[len(got)-1]; last.Study != text || string(last.Option) != text || string(last.Document) != text || last.Author != text || last.Reason != text || e.ID != last.ID {
			t.Errorf("an edit of texts %q came back as %+v", text, last)
		}
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.Queue().Add(ctx, store.Job{Kind: text, By: text, Args: quoted})
	if taken(t, "a job", text, err) {
		if got := must[store.Job](t)(s.Queue().Job(ctx, j.ID)); got.Kind != text || got.By != text || string(got.Args) != string(quoted) {
			t.Errorf("a job of texts %q came back as %+v", text, got)
		}
	}
	l := Load("kent", "f")
	l.Study, l.Title, l.Fingerprint, l.Program, l.By, l.Spec = text, text, text, text, text, []byte(text)
	l.Summary = quoted
	l.Inputs[0].Path = text
	l.Layers[0].Rows[0][1] = text
	v, err := s.Load(ctx, l)
	if taken(t, "a load", text, err) {
		if got := must[store.Version](t)(s.Current(ctx, text)); got != v || got.Study != text || got.By != text {
			t.Errorf("a load of texts %q came back as %+v", text, got)
		}
		if got := must[[]byte](t)(s.Spec(ctx, v.ID)); string(got) != text {
			t.Errorf("the study file %q came back as %q", text, got)
		}
		must[io.ReadCloser](t)(s.Open(ctx, v.ID, text))
	}
	l = Load("kent", "f")
	l.Layers = []store.Layer{{Name: text, Columns: []store.Column{{Name: text, Kind: store.Text}}, Rows: [][]any{{"a"}}}}
	_, err = s.Load(ctx, l)
	taken(t, "a layer", text, err)
	for _, ask := range []error{second(s.Token(ctx, text)), second(s.Current(ctx, text+"?")), s.RevokeToken(ctx, text)} {
		if ask != nil && !errors.Is(ask, store.ErrNoToken) && !errors.Is(ask, store.ErrNoVersion) && !errors.Is(ask, store.ErrInvalid) {
			t.Errorf("asked for %q: %v, want an answer, or that there is none", text, ask)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// taken says whether something was kept, and fails on an error other than
// ErrInvalid.
func taken(t *testing.T, what, text string, err error) bool {
	t.Helper()
	if err != nil && !errors.Is(err, store.ErrInvalid) {
		t.Errorf("%s of texts %q: %v, want it kept or ErrInvalid", what, text, err)
	}
	return err == nil
}
