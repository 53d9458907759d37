package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"hubreach/internal/store"
)

// noise returns n bytes of which no part is like another.
func noise(n int) []byte {
	body := make([]byte, n)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(body) // it never fails
	return body
}

func inputs(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	l := Load("kent", "f")
	l.Inputs = nil
	sizes := []int{0, 1, store.PartSize - 1, store.PartSize, store.PartSize + 1, 3*store.PartSize + 7}
	for _, n := range sizes {
		l.Inputs = append(l.Inputs, Input(fmt.Sprintf("folder/%d bytes, é.bin", n), noise(n)))
	}
	l.Inputs = append(l.Inputs, Input("the same again", noise(1)))
	must[store.Version](t)(s.Load(ctx, l))
	l.Inputs = append(l.Inputs, Input("new", []byte("new")))
	second := must[store.Version](t)(s.Load(ctx, l)) // most bytes are there already
	s = place(t)
	for _, v := range []store.VersionID{1, second.ID} {
		for _, n := range sizes {
			path := fmt.Sprintf("folder/%d bytes, é.bin", n)
			f := must[io.ReadCloser](t)(s.Open(ctx, v, path))
			if got := must[[]byte](t)(io.ReadAll(f)); !bytes.Equal(got, noise(n)) {
				t.Errorf("Open(%d, %q) gives %d bytes, want the %d that were loaded", v, path, len(got), n)
			}
			if err := f.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		}
	}
	for _, tc := range []struct {
		v    store.VersionID
		path string
		want error
	}{
		{1, "nothing", store.ErrNoInput}, {1, "new", store.ErrNoInput}, {3, "new", store.ErrNoVersion}, {0, "", store.ErrNoVersion}, {2, "../new", store.ErrNoInput},
	} {
		if _, err := s.Open(ctx, tc.v, tc.path); !errors.Is(err, tc.want) {
			t.Errorf("Open(%d, %q): %v, want %v", tc.v, tc.path, err, tc.want)
		}
	}
}

// broken fails in the middle, as a file on a share that went away.
type broken struct {
	left int
	err  error
}

func (b *broken) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, b.err
	}
	n := min(len(p), b.left)
	b.left -= n
	return n, nil
}

func failedLoad(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	first := must[store.Version](t)(s.Load(ctx, Load("kent", "f1")))
	gone := errors.New("the share went away")
	with := func(in store.Input) store.Load {
		l := Load("kent", "f2")
		l.Inputs = append(l.Inputs, Input("before.csv", []byte("only of the failed load")), in)
		return l
	}
	differs := Input("differs", []byte("one"))
	differs.Open = Input("", []byte("two")).Open
	known := Load("kent", "f2").Inputs[0] // the first load has brought these bytes
	known.Path, known.Open = "known", differs.Open
	fails := func(err error) store.Input {
		in := Input("fails", noise(2*store.PartSize))
		in.Open = func() (io.ReadCloser, error) {
			return io.NopCloser(&broken{left: store.PartSize + 1, err: err}), nil
		}
		return in
	}
	shut := Input("shut", []byte("one"))
	shut.Open = func() (io.ReadCloser, error) { return nil, gone }
	recast := Load("kent", "f2")
	recast.Layers[0].Columns[2].Kind = store.Text // people was whole numbers
	recast.Layers[0].Rows = [][]any{{nil, "E01", "ten", nil, nil}}
	for _, tc := range []struct {
		name string
		load store.Load
		want error
	}{
		{"bytes that differ from their sum", with(differs), store.ErrInvalid},
		{"bytes that differ, under a sum that is known", with(known), store.ErrInvalid},
		{"a reader that fails", with(fails(gone)), gone},
		{"a reader that ends too soon", with(fails(io.EOF)), store.ErrInvalid},
		{"a reader that says so", with(fails(io.ErrUnexpectedEOF)), io.ErrUnexpectedEOF},
		{"a file that cannot be opened", with(shut), gone},
		{"a column that changes its kind", recast, store.ErrInvalid},
	} {
		if _, err := s.Load(ctx, tc.load); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if now := must[store.Version](t)(s.Current(ctx, "kent")); now != first {
		t.Errorf("after failed loads the current version is %+v, want %+v", now, first)
	}
	if vs := must[[]store.Version](t)(s.Versions(ctx, "")); len(vs) != 1 {
		t.Errorf("after failed loads there are %d versions, want 1", len(vs))
	}
	l := Load("kent", "f3") // nothing of the failed ones is in the way
	l.Inputs = append(l.Inputs, Input("before.csv", []byte("only of the failed load")), Input("fails", noise(2*store.PartSize)))
	v := must[store.Version](t)(s.Load(ctx, l))
	if v.ID != 2 {
		t.Errorf("the next load is version %d, want 2", v.ID)
	}
	if got := must[[]byte](t)(io.ReadAll(must[io.ReadCloser](t)(s.Open(ctx, v.ID, "fails")))); !bytes.Equal(got, noise(2*store.PartSize)) {
		t.Errorf("Open gives %d bytes, want the %d that were loaded", len(got), 2*store.PartSize)
	}
}
