package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hubreach/internal/app"
	"hubreach/internal/store/storetest"
	"hubreach/internal/web"
)

// serving is a real process that serves the sample county.
type serving struct {
	cmd *exec.Cmd
	url string
	log *bytes.Buffer // to be read after end
}

// startServing starts a process and waits until it says where it serves: a study,
// or without one the sample county without its timetable.
func startServing(t *testing.T, dsn string, study ...string) *serving {
	t.Helper()
	if len(study) == 0 {
		study = light(t)
	}
	args := append(study, "--store", dsn, "--addr", "127.0.0.1:0", "--poll", "50ms", "--workers", "0")
	s := &serving{cmd: program(t, append([]string{"serve"}, args...)...), log: new(bytes.Buffer)}
	s.cmd.Stderr = s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() })
	said := bufio.NewReader(out)
	line, err := said.ReadString('\n')
	_, url, found := strings.Cut(strings.TrimSpace(line), ", on ")
	if !found || !strings.HasPrefix(line, "Serving Estermere, version 1 of ") {
		_ = s.cmd.Wait()
		t.Fatalf("printed %q, %v; want what it serves and where; its log: %s", line, err, s.log)
	}
	s.url = url
	if !web.Built() {
		if line, err := said.ReadString('\n'); !strings.Contains(line, "scripts/run builds them") {
			t.Errorf("printed %q, %v; want how to build the pages, which are not in the program", line, err)
		}
	}
	return s
}

// end sends a signal and waits for the process.
func (s *serving) end(t *testing.T, signal syscall.Signal) error {
	t.Helper()
	if err := s.cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	return s.cmd.Wait()
}

// plannerToken makes a token by the command.
func plannerToken(t *testing.T, dsn string) string {
	t.Helper()
	code, out, err := call(t, "token", "add", "Pat", "--store", dsn)
	if code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, err)
	}
	return strings.TrimSpace(out)
}

// send sends a request with a token. The error is that of a service that is gone.
func (s *serving) send(method, path, token, match, body string) (int, http.Header, []byte, error) {
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("If-Match", match)
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, nil, err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	return a.StatusCode, a.Header, text, err
}

// places are where the stores of these tests are: a file, and a server if there is one.
var places = []struct {
	name string
	dsn  func(*testing.T) string
}{
	{"gpkg", func(t *testing.T) string { return filepath.Join(t.TempDir(), "kept.gpkg") }},
	{"postgis", storetest.Database},
}

// A service is killed in the middle of editing an option, again and again. What
// it acknowledged is there afterwards, and nothing is half there.
func TestKilledWhileEditing(t *testing.T) {
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			dsn := place.dsn(t)
			token := plannerToken(t, dsn)
			s := startServing(t, dsn)
			if code, _, text, err := s.send("POST", "/api/v1/options", token, "", `{"id": "mine", "name": "revision 1", "based_on": "O3", "sites": []}`); err != nil || code != http.StatusCreated {
				t.Fatalf("%d, %v: %s", code, err, text)
			}
			acknowledged := make(chan int)
			go func() {
				defer close(acknowledged)
				for n := 1; ; n++ {
					code, _, _, err := s.send("PUT", "/api/v1/options/mine", token, fmt.Sprintf("%q", fmt.Sprint(n)), fmt.Sprintf(`{"id": "mine", "name": "revision %d", "based_on": "O3", "sites": []}`, n+1))
					if err != nil || code != http.StatusOK {
						return // killed
					}
					acknowledged <- n + 1
				}
			}()
			last := 1
			for n := range acknowledged {
				if last = n; n == 8 { // while the ninth is on its way
					_ = s.cmd.Process.Kill()
				}
			}
			_ = s.cmd.Wait()
			if last < 8 {
				t.Fatalf("only %d edits were acknowledged before the kill: %s", last, s.log)
			}
			again := startServing(t, dsn)
			_, header, text, err := again.send("GET", "/api/v1/options/mine", token, "", "")
			var kept struct {
				Revision int
				Name     string
			}
			if err == nil {
				err = json.Unmarshal(text, &kept)
			}
			if err != nil || kept.Revision < last || kept.Revision > last+1 || kept.Name != fmt.Sprint("revision ", kept.Revision) || header.Get("ETag") != fmt.Sprintf("%q", fmt.Sprint(kept.Revision)) {
				t.Errorf("revision %d, %q, ETag %s, %v; want what was acknowledged last, %d, or the one after it, whole", kept.Revision, kept.Name, header.Get("ETag"), err, last)
			}
			_, _, text, err = again.send("GET", "/api/v1/options/mine/history", token, "", "")
			if n := bytes.Count(text, []byte(`"edit_id"`)); err != nil || n != kept.Revision {
				t.Errorf("%d edits in the history, %v; want %d", n, err, kept.Revision)
			}
			if err := again.end(t, syscall.SIGTERM); err != nil {
				t.Errorf("asked to stop: %v; want a clean exit", err)
			}
			if said := s.log.String() + again.log.String(); strings.Contains(said, token) || strings.Contains(said, "postgres:") && strings.Contains(said, "@127") {
				t.Errorf("a secret is in the log: %s", said)
			}
		})
	}
}

// Started over an empty store, as a unit is that starts with the machine, the
// service shows the sample county until somebody loads a study there.
func TestSampleStandsInUntilALoad(t *testing.T) {
	dsn := filepath.Join(t.TempDir(), "kept.gpkg")
	s := startServing(t, dsn, "--allow-open") // no study
	load := light(t)
	text, err := os.ReadFile(load[0])
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(text), `name = "Estermere"`, `name = "Westermere"`, 1)
	if err := os.WriteFile(load[0], []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, said := call(t, append([]string{"load", "--store", dsn}, load...)...); code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, said)
	}
	ready := ""
	for end := time.Now().Add(time.Minute); !strings.Contains(ready, "Westermere") && time.Now().Before(end); {
		_, _, text, err := s.send("GET", "/readyz", "", "", "")
		if err != nil {
			t.Fatal(err)
		}
		ready = string(text)
	}
	if !strings.Contains(ready, `"study":"Westermere","version":2`) {
		t.Errorf("ready with %s, want the study that was loaded", ready)
	}
	if err := s.end(t, syscall.SIGTERM); err != nil {
		t.Errorf("asked to stop: %v; want a clean exit", err)
	}
}

// PostGIS is stopped and started under traffic: reads go on from memory,
// readiness says so, changes are asked to come again, and it heals by itself.
func TestDatabaseStopsUnderTraffic(t *testing.T) {
	if os.Getenv(storetest.Server) == "" {
		t.Skip("no PostGIS: eval \"$(scripts/postgis env)\" sets " + storetest.Server + ", after scripts/postgis start")
	}
	note := filepath.Join(t.TempDir(), "cluster")
	cluster := func(word string) string {
		t.Helper()
		cmd := exec.Command(filepath.Join("..", "..", "scripts", "postgis"), word)
		cmd.Env = append(os.Environ(), "HUBREACH_CLUSTER="+note)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("scripts/postgis %s: %v", word, err)
		}
		return strings.TrimSpace(string(out))
	}
	dsn := strings.Replace(cluster("start"), "/postgres?", "/hubreach_template?", 1) // nobody else is here
	t.Cleanup(func() { cluster("stop") })
	token := plannerToken(t, dsn)
	s := startServing(t, dsn)
	tries := 0
	create := func() int {
		tries++
		code, header, text, err := s.send("POST", "/api/v1/options", token, "", fmt.Sprintf(`{"id": "try%d", "name": "t", "based_on": "O3", "sites": []}`, tries))
		if err != nil || code == http.StatusServiceUnavailable && header.Get("Retry-After") == "" {
			t.Errorf("change: %d, %v, no Retry-After: %s", code, err, text)
		}
		return code
	}
	ready := func() int { code, _, _, _ := s.send("GET", "/readyz", "", "", ""); return code }

	stop := make(chan struct{})
	var readers sync.WaitGroup
	for _, path := range []string{"/api/v1/areas?limit=20", "/api/v1/reach?lon=0.82&lat=53.3", "/tiles/areas/9/257/166.mvt"} {
		readers.Go(func() {
			for reads := 0; ; reads++ {
				select {
				case <-stop:
					if reads < 10 {
						t.Errorf("%s was read %d times only", path, reads)
					}
					return
				default:
				}
				if code, _, text, err := s.send("GET", path, "", "", ""); err != nil || code != http.StatusOK {
					t.Errorf("%s: %d, %v: %.200s", path, code, err, text)
					return
				}
			}
		})
	}
	defer func() {
		close(stop)
		readers.Wait()
	}()
	if code := create(); code != http.StatusCreated {
		t.Errorf("before: a change is %d, want 201", code)
	}
	cluster("pause")
	if code := create(); code != http.StatusServiceUnavailable {
		t.Errorf("while the database is away: a change is %d, want 503", code)
	}
	if code := ready(); code != http.StatusServiceUnavailable {
		t.Errorf("while the database is away: readiness is %d, want 503", code)
	}
	cluster("start")
	storetest.Until(t, "readiness", func() bool { return ready() == http.StatusOK })
	storetest.Until(t, "a change that is kept", func() bool { return create() == http.StatusCreated })
}

// An address that is open to a network is refused while there is no token.
func TestServeRefusesAnOpenAddress(t *testing.T) {
	dsn := filepath.Join(t.TempDir(), "kept.gpkg")
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"a network", []string{"--addr", "0.0.0.0:0"}, app.ExitData, "hubreach token add"},
		{"every address", []string{"--addr", ":0"}, app.ExitData, "--allow-open"},
		{"no port", []string{"--addr", "127.0.0.1"}, app.ExitData, "127.0.0.1:8080"},
		{"no such study", []string{"nowhere.toml"}, app.ExitData, "nowhere.toml"},
		{"too often", []string{"--poll", "1ns"}, app.ExitCall, "--poll"},
		{"another kind of store", []string{"--store", "mysql://user:secret@host/db"}, app.ExitData, "--store mysql://..."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, said := call(t, append([]string{"serve", "--store", dsn, "--addr", "127.0.0.1:0"}, tt.args...)...)
			if code != tt.code || !strings.Contains(out+said, tt.says) || strings.Contains(said, "secret") {
				t.Errorf("exit %d, %q; want %d and %q", code, out+said, tt.code, tt.says)
			}
		})
	}
}
