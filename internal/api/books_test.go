package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hubreach/internal/api"
	"hubreach/internal/estate"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/study"
)

func TestPagesAndBooks(t *testing.T) {
	pages := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("a page")) })
	h := freshFile(t, api.Deps{Map: pages, Books: api.Books{
		Outreach: func(_ context.Context, r *study.Results, of []estate.OptionID) ([]byte, error) {
			return fmt.Append(nil, "book of ", r.Spec.Name, of), nil
		},
		Table: func(_ context.Context, _ *study.Results, name string) ([]byte, error) {
			return []byte("option_id,what\nO1," + name + "\nO2,\"more, or less\"\nO3,none\n"), nil
		},
		Options: func(context.Context, *study.Results) ([]byte, error) { return nil, errors.New("no disk") },
	}})
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"a page", "GET", "/plan?option=O1", "", 200, "a page"},
		{"nothing below the API is a page", "GET", "/api/v1/nothing", "", 404, "openapi.json"},
		{"a tile set that is none is no page", "GET", "/tiles/nothing/0/0/0.mvt", "", 404, "nothing"},
		{"a workbook", "GET", "/api/v1/outreach.xlsx", "", 200, "book of Estermere[]"},
		{"a workbook of two options", "GET", "/api/v1/outreach.xlsx?option=O2,O1", "", 200, "book of Estermere[O2 O1]"},
		{"a workbook of an option that is none", "GET", "/api/v1/outreach.xlsx?option=O9", "", 404, "want one of O1"},
		{"a table", "GET", "/api/v1/tables/closure_groups", "", 200, "O1,closure_groups\nO2,\"more, or less\"\nO3"},
		{"a table of two options", "GET", "/api/v1/tables/areas?option=O2&option=O3", "", 200, "option_id,what\nO2,\"more, or less\"\nO3,none\n"},
		{"a table that is none", "GET", "/api/v1/tables/..%2Fstudy", "", 404, "want one of areas, sites"},
		{"a workbook that cannot be written", "GET", "/api/v1/options.xlsx", "", 500, "a fault of the service"},
		{"a workbook that is none", "POST", "/api/v1/options.xlsx", "plain text", 422, "workbook"},
	} {
		r := httptest.NewRequest(c.method, c.path, strings.NewReader(c.body))
		if c.method == "POST" {
			r.Header.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s: %s %s: got %d %.300s, want %d with %q", c.name, c.method, c.path, w.Code, w.Body, c.status, c.want)
		}
	}
}

// freshFile serves the sample county from a file of its own.
func freshFile(t *testing.T, with api.Deps) http.Handler {
	t.Helper()
	s := opened(t)(gpkg.Open(t.Context(), t.TempDir()+"/here.gpkg"))
	h, _, err := fresh(t.Context(), s, with)
	if err != nil {
		t.Fatalf("serve the sample: %v", err)
	}
	return h
}
