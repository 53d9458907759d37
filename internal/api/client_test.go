package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/api"
)

// The OpenAPI document, as it is kept: what it says to others does not change
// unseen.
func TestOpenAPIGolden(t *testing.T) {
	got := document(t, sampleService(t))
	path := filepath.Join("testdata", "openapi.json")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the OpenAPI document has changed; if it should, go test -update (-want +got):\n%s", diff)
	}
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Security    []map[string][]string
		}
	}
	if err := json.Unmarshal(got, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || len(doc.Paths) < 20 {
		t.Errorf("OpenAPI %s with %d paths, want 3.1.0 and 20 at least", doc.OpenAPI, len(doc.Paths))
	}
	for path, operations := range doc.Paths {
		for method, op := range operations {
			if changes := method != "get" && op.OperationID != "what-if" && op.OperationID != "read-options-book"; changes != (len(op.Security) > 0) {
				t.Errorf("%s %s: needs a token: %v, want %v", method, path, len(op.Security) > 0, changes)
			}
		}
	}
}

// document returns the OpenAPI document, laid out for a reader.
func document(t *testing.T, s http.Handler) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/openapi.json", nil))
	var v any
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v in %.200s", err, w.Body)
	}
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

// tools returns the folder of the npm packages that make a client, or skips.
func tools(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("HUBREACH_OPENAPI")
	if dir == "" {
		dir = filepath.Join("..", "..", ".cache", "openapi", "node_modules")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "openapi-fetch")); err != nil {
		t.Skipf("no npm packages openapi-typescript and openapi-fetch in %s: scripts/test brings them; or set HUBREACH_OPENAPI to their folder", dir)
	}
	return dir
}

// A client whose types are made from the OpenAPI document compiles, asks,
// changes, is told that it was late, and reads back what it wrote.
func TestGeneratedClient(t *testing.T) {
	modules := tools(t)
	s := serveOver(t, stores[0].open(t), api.Deps{})
	server := httptest.NewServer(s)
	defer server.Close()
	dir := t.TempDir()
	script, err := os.ReadFile(filepath.Join("testdata", "client.ts"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"client.ts": script, "openapi.json": document(t, s), "package.json": []byte(`{"type": "module"}`),
		"tsconfig.json": []byte(`{"compilerOptions": {"strict": true, "target": "es2022", "module": "preserve", "lib": ["es2022", "dom"], "types": [], "skipLibCheck": true}, "files": ["client.ts", "process.d.ts"]}`),
		"process.d.ts":  []byte("declare const process: { argv: string[] }\n"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) []byte {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "node", args...)
		cmd.Dir = dir
		var faults strings.Builder
		cmd.Stderr = &faults
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("node %s: %v: %s%s", filepath.Base(args[0]), err, out, faults.String())
		}
		return out
	}
	run(filepath.Join(modules, "openapi-typescript", "bin", "cli.js"), "openapi.json", "-o", "schema.ts")
	run(filepath.Join(modules, "typescript", "bin", "tsc"), "--project", ".")
	var got struct {
		Study          string
		Areas          [][]any
		Total          int
		Document       json.RawMessage
		Revision, Late int
		LateDetail     string
		Score          float64
		Nearest        []string
		Unknown        any
		Job            string
		Edits          [][]any
	}
	out := run("client.js", server.URL, s.planner)
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	o, _, _ := s.keeper.Now().Results.Option("O1")
	if got.Study != "Estermere" || got.Total != 668 || len(got.Areas) != 3 || got.Revision != 2 || got.Late != 412 || !strings.Contains(got.LateDetail, "somebody else") || got.Job != "waiting" {
		t.Errorf("the client learnt %s", out)
	}
	if want := `{"id":"from-node","name":"From a client","based_on":"O1","sites":[{"id":"S09","status":"closed"}]}`; string(got.Document) != want {
		t.Errorf("document %s, want the one that was sent, %s", got.Document, want)
	}
	if d := got.Score - o.Score.Score; d > 1e-6 || d < -1e-6 { // a ratio is written to a millionth
		t.Errorf("S09 closed and opened again scores %f, want that of O1, %f", got.Score, o.Score.Score)
	}
	if got.Unknown != nil {
		t.Errorf("a walk that nobody found is %v, want null", got.Unknown)
	}
	if diff := cmp.Diff([][]any{{1.0, false, "a round trip"}, {2.0, false, nil}, {0.0, true, nil}}, got.Edits); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}
