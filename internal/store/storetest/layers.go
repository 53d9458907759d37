package storetest

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/internal/store"
)

// layers: what is in them is asked by each store's own tests, in SQL.
func layers(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	must[store.Version](t)(s.Load(ctx, Load("kent", "f1")))
	wider := Load("kent", "f2")
	wider.Layers[0].Columns = append(wider.Layers[0].Columns, store.Column{Name: "order", Kind: store.Text}) // a word of SQL
	for i := range wider.Layers[0].Rows {
		wider.Layers[0].Rows[i] = append(wider.Layers[0].Rows[i], "first")
	}
	wider.Layers = append(wider.Layers, store.Layer{Name: "notes", Columns: []store.Column{{Name: "place", Kind: store.Geometry}, {Name: "note", Kind: store.Text}},
		Rows: [][]any{{orb.LineString{{600000, 150000}, {600100, 150000}}, "a road"}, {orb.Point{600000, 150000}, nil}, {nil, "nowhere; 'quoted'"}}})
	must[store.Version](t)(s.Load(ctx, wider))
	narrower := Load("kent", "f3")
	narrower.Layers = narrower.Layers[1:]
	narrower.Layers[0].Rows = nil
	must[store.Version](t)(s.Load(ctx, narrower))
	must[store.Version](t)(s.Load(ctx, Load("essex", "f4")))
}

// refusedLoads is the table of what cannot be kept.
func refusedLoads(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	layer := func(name string, columns []store.Column, rows ...[]any) func(*store.Load) {
		return func(l *store.Load) { l.Layers = []store.Layer{{Name: name, Columns: columns, Rows: rows}} }
	}
	one := func(name string, kind store.Kind) []store.Column { return []store.Column{{Name: name, Kind: kind}} }
	for _, tc := range []struct {
		name   string
		change func(l *store.Load)
	}{
		{"no study", func(l *store.Load) { l.Study = "" }},
		{"no fingerprint", func(l *store.Load) { l.Fingerprint = "" }},
		{"no study file", func(l *store.Load) { l.Spec = nil }},
		{"NUL in a title", func(l *store.Load) { l.Title = "a\x00b" }},
		{"a title that is not UTF-8", func(l *store.Load) { l.Title = "caf\xe9" }},
		{"a summary that is not JSON", func(l *store.Load) { l.Summary = []byte("{") }},
		{"a summary that is not UTF-8", func(l *store.Load) { l.Summary = []byte("\"caf\xe9\"") }},
		{"an input without a path", func(l *store.Load) { l.Inputs[0].Path = "" }},
		{"an input with half a sum", func(l *store.Load) { l.Inputs[0].SHA256 = l.Inputs[0].SHA256[:32] }},
		{"an input with a sum in capitals", func(l *store.Load) { l.Inputs[0].SHA256 = strings.Repeat("AB", 32) }},
		{"an input that cannot be read", func(l *store.Load) { l.Inputs[0].Open = nil }},
		{"one path twice", func(l *store.Load) { l.Inputs = append(l.Inputs, l.Inputs[0]) }},
		{"one layer twice", func(l *store.Load) { l.Layers = append(l.Layers, l.Layers[0]) }},
		{"a layer that is SQL", layer("areas; DROP TABLE hubreach_versions", nil)},
		{"a layer without a name", layer("", nil)},
		{"a layer with a store's name", layer("hubreach_versions", nil)},
		{"a layer with the name of another layer's table", layer("areas_versions", nil)},
		{"a layer with the name of the view of two", layer(store.AreasByOption, nil)},
		{"a layer named jobs", layer("jobs", nil)},
		{"a layer with the standard's name", layer("gpkg_contents", nil)},
		{"a column that is SQL", layer("a", one("b) VALUES (1); --", store.Text))},
		{"a column with a store's name", layer("a", one("version_id", store.Int))},
		{"a name too long", layer(strings.Repeat("a", 49), nil)},
		{"a column of no kind", layer("a", one("b", "jsonb"))},
		{"one column twice", layer("a", append(one("b", store.Text), one("b", store.Text)...))},
		{"two geometries", layer("a", append(one("b", store.Point), one("c", store.Polygons)...))},
		{"a row too short", layer("a", one("b", store.Text), []any{})},
		{"a text among numbers", layer("a", one("b", store.Int), []any{"one"})},
		{"an int that is not int64", layer("a", one("b", store.Int), []any{1})},
		{"not a number", layer("a", one("b", store.Float), []any{math.NaN()})},
		{"no end", layer("a", one("b", store.Float), []any{math.Inf(1)})},
		{"a polygon among points", layer("a", one("b", store.Point), []any{orb.MultiPolygon{}})},
		{"a geometry off the map", layer("a", one("b", store.Point), []any{orb.Point{math.NaN(), 0}})},
		{"NUL in a cell", layer("a", one("b", store.Text), []any{"a\x00b"})},
	} {
		l := Load("kent", "f")
		tc.change(&l)
		if _, err := s.Load(ctx, l); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("Load with %s: %v, want ErrInvalid", tc.name, err)
		}
	}
	if vs := must[[]store.Version](t)(s.Versions(ctx, "")); len(vs) != 0 {
		t.Errorf("refused loads left %d versions, want none", len(vs))
	}
}
