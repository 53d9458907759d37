package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hubreach/internal/app"
	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/store/postgis"
	"hubreach/internal/store/storetest"
)

// Both stores take a load, and both give real worker processes their jobs.
func TestStores(t *testing.T) {
	t.Run("GeoPackage", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "store.gpkg")
		testStore(t, path, func() (store.Store, error) { return gpkg.Open(t.Context(), path) }, 1)
	})
	t.Run("PostGIS", func(t *testing.T) {
		address := storetest.Database(t)
		testStore(t, address, func() (store.Store, error) { return postgis.Open(t.Context(), address, nil) }, 2)
	})
}

// jobKind is a job, and what is to come of it.
type jobKind struct {
	kind, args, media string
	check             func(body []byte) bool
}

// testStore loads the sample county, edits an option, and has jobs done by so
// many processes: of every kind by one; by several only those that read the store
// and write to it, since the others do the same whatever the store.
func testStore(t *testing.T, dsn string, open func() (store.Store, error), processes int) {
	if code, out, err := call(t, "migrate", "--store", dsn); code != app.ExitDone || !strings.HasSuffix(out, "are up to date\n") {
		t.Fatalf("migrate: exit %d, %q, %q", code, out, err)
	}
	code, out, said := call(t, append([]string{"load", "--store", dsn, "--by", "mary", "--json"}, light(t)...)...)
	var v struct {
		Version                store.VersionID
		Study, Fingerprint, By string
	}
	if err := json.Unmarshal([]byte(out), &v); code != app.ExitDone || err != nil || v.Version != 1 || v.Study != "Estermere" || v.By != "mary" || len(v.Fingerprint) != 64 {
		t.Fatalf("load: exit %d, %q, %q (%v)", code, out, said, err)
	}
	s, err := open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	document := `{"id": "X1", "name": "One less", "based_on": "O1", "sites": [{"id": "S02", "status": "closed"}]}`
	if _, err := s.PutOption(t.Context(), store.Edit{Study: v.Study, Option: "X1", Document: []byte(document), Author: "mary"}); err != nil {
		t.Fatal(err)
	}
	for range processes {
		work(t, dsn)
	}
	kinds := []jobKind{
		{"run", `{"version": 1}`, "application/json", func(b []byte) bool {
			return json.Valid(b) && bytes.Contains(b, []byte(`"id": "X1"`))
		}},
		{"optimise", `{"version": 1, "optimise": {"keep": 20}}`, "application/json", func(b []byte) bool {
			return json.Valid(b) && bytes.Contains(b, []byte(`"certified"`))
		}},
		{"robustness", `{"version": 1, "robustness": {"draws": 10, "outreach_draws": 1, "seed": 1}}`, "application/json", func(b []byte) bool {
			return json.Valid(b) && bytes.Contains(b, []byte(`"X1"`))
		}},
		{"report", `{"version": 1, "report": {"format": "xlsx"}}`, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zipped("xl/workbook.xml")},
		{"report", `{"version": 1, "report": {"format": "html", "options": ["X1"]}}`, "text/html; charset=utf-8", func(b []byte) bool { return bytes.Contains(b, []byte("<html")) }},
		{"report", `{"version": 1, "report": {"format": "pdf", "options": ["O1", "X1"]}}`, "application/pdf", func(b []byte) bool { return bytes.HasPrefix(b, []byte("%PDF-")) }},
		{"export", `{"version": 1, "export": {"format": "gpkg"}}`, "application/geopackage+sqlite3", func(b []byte) bool { return bytes.HasPrefix(b, []byte("SQLite format 3")) }},
		{"export", `{"version": 1, "export": {"format": "geojson"}}`, "application/geo+json", json.Valid},
		{"load", `{"version": 1}`, "application/json", func(b []byte) bool {
			return bytes.Contains(b, []byte(`"version":2`)) && bytes.Contains(b, []byte(v.Fingerprint)) && bytes.Contains(b, []byte(`"by":"john"`))
		}},
	}
	if processes > 1 {
		kinds = []jobKind{kinds[0], kinds[len(kinds)-1]}
	}
	for _, tt := range kinds {
		j := done(t, s, tt.kind, tt.args)
		if j.State != store.Done || j.Media != tt.media || !tt.check(j.Result) {
			t.Errorf("a job to %s %s: %s %q, %s, %.200q, want it done as %s", tt.kind, tt.args, j.State, j.Error, j.Media, j.Result, tt.media)
		}
	}
	bad := []struct{ kind, args, says string }{
		{"run", `{"version": 9}`, "no such study version"},
		{"run", `{"versions": 1}`, `unknown field "versions"`},
		{"dance", `{"version": 1}`, `a job of kind "dance"`},
		{"optimise", `{"version": 1}`, "without a question"},
		{"optimise", `{"version": 1, "optimise": {"keep": 20, "minutes": 999}}`, "minutes 999"},
		{"report", `{"version": 1, "report": {"format": "doc"}}`, "want html, pdf or xlsx"},
		{"report", `{"version": 1, "report": {"format": "html", "options": ["none"]}}`, "no such option"},
		{"export", `{"version": 1, "export": {"format": "shp"}}`, "want gpkg"},
	}
	var added []store.Job
	for _, tt := range bad {
		added = append(added, add(t, s, tt.kind, tt.args))
	}
	for i, tt := range bad {
		if j := ended(t, s, added[i]); j.State != store.Failed || !strings.Contains(j.Error, tt.says) || strings.Contains(j.Error, "\n") {
			t.Errorf("a job to %s %s: %s %q, want it failed with one line that says %q", tt.kind, tt.args, j.State, j.Error, tt.says)
		}
	}
}

// zipped says whether an archive holds a file.
func zipped(name string) func(body []byte) bool {
	return func(body []byte) bool {
		r, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			return false
		}
		f, err := r.Open(name)
		if err != nil {
			return false
		}
		return f.Close() == nil
	}
}

// work starts a worker process, which ends in good order when the test does.
func work(t *testing.T, dsn string) {
	t.Helper()
	cmd := program(t, "work", "--store", dsn)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("hubreach work: %v: %s", err, said.String())
		}
	})
}

// done adds a job and waits until it has ended.
func done(t *testing.T, s store.Store, kind, args string) store.Job {
	t.Helper()
	return ended(t, s, add(t, s, kind, args))
}

func add(t *testing.T, s store.Store, kind, args string) store.Job {
	t.Helper()
	j, err := s.Queue().Add(t.Context(), store.Job{Kind: kind, Args: json.RawMessage(args), By: "john"})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// ended waits until a job has ended.
func ended(t *testing.T, s store.Store, j store.Job) store.Job {
	t.Helper()
	storetest.Until(t, fmt.Sprintf("the end of job %d (%s)", j.ID, j.Kind), func() bool {
		var err error
		if j, err = s.Queue().Job(t.Context(), j.ID); err != nil {
			t.Fatal(err)
		}
		return j.State.Final()
	})
	return j
}

// Tokens are shown once, and listed without what they open.
func TestTokens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	at := []string{"--store", path}
	tokens := func(args ...string) (code int, out, err string) {
		return call(t, append(append([]string{"token"}, args...), at...)...)
	}
	code, secret, said := tokens("add", "mary", "--days", "30")
	if code != app.ExitDone || !strings.HasPrefix(secret, "hub_") || strings.Count(secret, "\n") != 1 || !strings.Contains(said, "planner") {
		t.Fatalf("token add: exit %d, %q, %q", code, secret, said)
	}
	if code, _, said := tokens("add", "john", "--scope", "reader"); code != app.ExitDone || !strings.Contains(said, "never expires") {
		t.Errorf("token add: exit %d, %q", code, said)
	}
	hash, err := store.HashSecret(strings.TrimSpace(secret))
	if err != nil {
		t.Fatal(err)
	}
	s, err := gpkg.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if kept, err := s.Token(t.Context(), hash); err != nil || kept.Name != "mary" || kept.Scope != store.Planner || !kept.Valid(time.Now().AddDate(0, 0, 29)) || kept.Valid(time.Now().AddDate(0, 0, 31)) {
		t.Errorf("what is kept of the token = %+v, %v, want mary's for 30 days", kept, err)
	}
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"add", "mary"}, app.ExitData, "hubreach token revoke mary"},
		{[]string{"add", "anne", "--scope", "root"}, app.ExitCall, "--scope"},
		{[]string{"add", "anne", "--days", "99999"}, app.ExitCall, "--days 99999"},
		{[]string{"list"}, app.ExitDone, "mary  planner  valid"},
		{[]string{"list", "--json"}, app.ExitDone, `"expires": null`},
		{[]string{"revoke", "mary"}, app.ExitDone, "nothing any more"},
		{[]string{"revoke", "mary"}, app.ExitData, "no such token"},
		{[]string{"list"}, app.ExitDone, "mary  planner  revoked"},
	} {
		code, out, said := tokens(tt.args...)
		if code != tt.code || !strings.Contains(out+said, tt.says) || strings.Contains(out+said, strings.TrimSpace(secret)) || strings.Contains(out+said, hash) {
			t.Errorf("token %q: exit %d, %q, %q, want exit %d, %q and no secret", tt.args, code, out, said, tt.code, tt.says)
		}
	}
}

// Calls of a store that cannot be meant end in one line, and leave nothing.
func TestStoreCalls(t *testing.T) {
	dir := t.TempDir()
	none := filepath.Join(dir, "none.gpkg")
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no store", []string{"load", "sample"}, app.ExitCall, "--store"},
		{"another database", []string{"load", "sample", "--store", "mysql://me:secret@here/x"}, app.ExitData, "--store mysql://...: want postgres://"},
		{"a server that is away", []string{"load", "sample", "--store", "postgres://me:secret@127.0.0.1:1/x"}, app.ExitData, "does not answer"},
		{"a folder", []string{"load", "sample", "--store", dir}, app.ExitData, "found a folder"},
		{"no study", []string{"load", "nowhere.toml", "--store", none}, app.ExitData, "nowhere.toml"},
		{"work on nothing", []string{"work", "--store", none}, app.ExitData, "there is no such file"},
		{"tokens of nothing", []string{"token", "list", "--store", none}, app.ExitData, "there is no such file"},
		{"no workers", []string{"work", "--store", none, "--workers", "0"}, app.ExitCall, "--workers 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, said := call(t, tt.args...)
			if code != tt.code || out != "" || !strings.Contains(lastLine(said), tt.says) || strings.Contains(said, "secret") {
				t.Errorf("hubreach %q: exit %d, printed %q and %q; want exit %d and %q", tt.args, code, out, said, tt.code, tt.says)
			}
		})
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("they left %q, want nothing", left)
	}
}

// A load that is killed while it writes is not in the store.
func TestLoadKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	cmd := program(t, append([]string{"load", "--store", path}, light(t)...)...)
	stopAt(t, cmd, "keep the study", syscall.SIGKILL)
	s, err := gpkg.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	vs, err := s.Versions(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if want := map[bool]int{true: 1}[cmd.ProcessState.Success()]; len(vs) != want { // it may have been quicker than the signal
		t.Errorf("the store holds %+v, want %d versions after %v", vs, want, cmd.ProcessState)
	}
}

// stopAt runs a process and sends it a signal when it says a line.
func stopAt(t *testing.T, cmd *exec.Cmd, line string, how syscall.Signal) {
	t.Helper()
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	buffer := make([]byte, 4096)
	sent := false
	for {
		n, err := stderr.Read(buffer)
		said.Write(buffer[:n])
		if !sent && strings.Contains(said.String(), line+"\n") {
			sent = true
			if err := cmd.Process.Signal(how); err != nil {
				t.Fatal(err)
			}
		}
		if err != nil {
			break
		}
	}
	_ = cmd.Wait() // as the signal has it
	if !sent {
		t.Fatalf("the process never said %q: %s", line, said.String())
	}
}
