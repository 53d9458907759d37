package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"hubreach/internal/api"
	"hubreach/internal/store/gpkg"
)

// Every body that the service takes, by its own description, may nest as deep and
// be as wrong as it likes: it is refused as a client's mistake, in an answer that
// does not grow with it.
func TestHostileBodies(t *testing.T) {
	s := serveOver(t, opened(t)(gpkg.Open(t.Context(), t.TempDir()+"/here.gpkg")), api.Deps{})
	var described struct {
		Paths map[string]map[string]struct {
			RequestBody *struct{ Content map[string]any }
		}
	}
	if err := json.Unmarshal([]byte(read(t, s.do(t, question{method: "GET", path: "/api/v1/openapi.json"}))), &described); err != nil {
		t.Fatal(err)
	}
	const deep = 100_000
	asked := 0
	for path, methods := range described.Paths {
		for method, operation := range methods {
			if operation.RequestBody == nil || operation.RequestBody.Content["application/json"] == nil {
				continue
			}
			asked++
			path := strings.NewReplacer("{id}", "O1").Replace(path)
			for _, body := range []string{
				strings.Repeat("[", deep), `{"changes":[` + strings.Repeat(`{"site":"`+strings.Repeat("x", 90)+`"},`, 900) + `{}],"x":"` + strings.Repeat("é", deep) + `"}`,
				strings.Repeat(`{"sites":`, deep), `{"changes":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + `}`,
				`{"id":"x","name":"x","sites":[` + strings.Repeat(`{"services":[`, deep/2) + strings.Repeat("]}", deep/2) + `]}`,
			} {
				r := httptest.NewRequest(strings.ToUpper(method), path, strings.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Authorization", "Bearer "+s.planner)
				r.Header.Set("If-Match", `"1"`)
				w := httptest.NewRecorder()
				s.ServeHTTP(w, r)
				sound(t, w, method+" "+path)
				if w.Code < 400 || w.Body.Len() > 10_000 {
					t.Errorf("%s %s: %d and %d bytes for %.20s...: want a short refusal", method, path, w.Code, w.Body.Len(), body)
				}
			}
		}
	}
	if asked < 4 { // what-if, optimise, and options twice
		t.Errorf("%d bodies are described, want four and more", asked)
	}
}

// packed is a workbook whose one sheet is so many zeros.
func packed(t *testing.T, megabytes int) string {
	t.Helper()
	var book bytes.Buffer
	w := zip.NewWriter(&book)
	for _, name := range []string{"xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for range megabytes {
			if _, err := f.Write(bytes.Repeat([]byte("0"), 1<<20)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return book.String()
}

// A workbook is read as anything else is read: open here, and by a token from a
// network, since it changes nothing; what it unpacks to is bounded.
func TestHostileWorkbooks(t *testing.T) {
	store := opened(t)(gpkg.Open(t.Context(), t.TempDir()+"/here.gpkg"))
	here := serveOver(t, store, api.Deps{})
	network := here
	h, _, err := fresh(t.Context(), store, api.Deps{Closed: true})
	if err != nil {
		t.Fatal(err)
	}
	network.Handler = h
	const media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	bomb := packed(t, 200)
	for _, tt := range []struct {
		name   string
		s      served
		token  string
		body   string
		status int
		want   string
	}{
		{"packed two hundredfold", here, "", bomb, 422, "want at most 16777216 bytes unpacked"},
		{"no workbook", here, "", "PK", 422, "save it as .xlsx"},
		{"packed twice", here, "", "\x1f\x8bpacked", 422, "save it as .xlsx"},
		{"over the limit of a body", here, "", strings.Repeat("0", 2<<20), 413, "1048576"},
		{"nobody, from a network", network, "", bomb, 401, "token"},
		{"a reader, from a network", network, here.reader, bomb, 422, "unpacked"},
	} {
		r := tt.s.do(t, question{method: "POST", path: "/api/v1/options.xlsx", body: tt.body, headers: []string{"Content-Type", media, "Authorization", "Bearer " + tt.token}})
		if text := string(read(t, r)); r.StatusCode != tt.status || !strings.Contains(text, tt.want) || len(text) > 1000 {
			t.Errorf("%s: %d %.400s, want %d with %q", tt.name, r.StatusCode, text, tt.status, tt.want)
		}
	}
}
