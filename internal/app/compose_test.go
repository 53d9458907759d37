package app_test

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"hubreach/internal/store/storetest"
)

// composeFile is docker-compose.yml as a compose client understands it.
type composeFile struct {
	Services map[string]struct {
		Command     []string
		Environment map[string]string
		HealthCheck struct{ Test []string }
		DependsOn   map[string]struct{ Condition string } `json:"depends_on"`
	}
}

// composed reads docker-compose.yml by a compose client, which needs no engine for
// that.
func composed(t *testing.T) composeFile {
	t.Helper()
	client := []string{"docker-compose"}
	if _, err := exec.LookPath(client[0]); err != nil {
		client = []string{"docker", "compose"}
	}
	if _, err := exec.LookPath(client[0]); err != nil {
		t.Skip("no compose client: install docker-compose")
	}
	cmd := exec.CommandContext(t.Context(), client[0], append(client[1:], "-f", filepath.Join("..", "..", "docker-compose.yml"), "config")...)
	cmd.Env = append(os.Environ(), "HUBREACH_PASSWORD=any")
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd.Args, err)
	}
	convert := exec.CommandContext(t.Context(), "python3", "-c", "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)")
	convert.Stdin = strings.NewReader(string(text))
	if text, err = convert.Output(); err != nil {
		t.Fatalf("YAML to JSON: %v", err)
	}
	var file composeFile
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file
}

// The commands of docker-compose.yml do what it wants of them, one after another
// as they depend on each other: tables are made, the service comes up and needs a
// token to be read from outside, its health check passes, two workers run; all end
// when they are asked to. Only the engine is not there.
func TestComposeCommands(t *testing.T) {
	dsn := storetest.Database(t)
	file := composed(t)
	for name, after := range map[string]string{"migrate": "postgis", "serve": "migrate", "work": "migrate"} {
		if condition := file.Services[name].DependsOn[after].Condition; condition == "" {
			t.Errorf("%s does not wait for %s", name, after)
		}
		if store := file.Services[name].Environment["HUBREACH_STORE"]; store != "postgres://hubreach:any@postgis:5432/hubreach?sslmode=disable" {
			t.Errorf("%s: HUBREACH_STORE=%s", name, store)
		}
	}
	start := func(name string, more ...string) *exec.Cmd {
		t.Helper()
		args := slices.Clone(file.Services[name].Command)
		for i, a := range args {
			args[i] = strings.Replace(a, "0.0.0.0:8080", "0.0.0.0:"+freePort(t), 1) // another may have 8080
		}
		cmd := program(t, append(args, more...)...)
		cmd.Env = append(cmd.Env, "HUBREACH_STORE="+dsn, "XDG_DATA_HOME="+t.TempDir(), "XDG_CACHE_HOME="+t.TempDir())
		return cmd
	}
	if said, err := start("migrate").CombinedOutput(); err != nil || !strings.Contains(string(said), "up to date") {
		t.Fatalf("migrate: %v: %s", err, said)
	}
	add := program(t, "token", "add", "NAME")
	add.Env = append(add.Env, "HUBREACH_STORE="+dsn)
	secret, err := add.Output()
	if err != nil {
		t.Fatalf("token add: %v", err)
	}
	load := program(t, append([]string{"load"}, light(t)...)...)
	load.Env = append(load.Env, "HUBREACH_STORE="+dsn)
	if said, err := load.CombinedOutput(); err != nil {
		t.Fatalf("load: %v: %s", err, said)
	}
	running := map[string]*exec.Cmd{"serve": start("serve"), "work 1": start("work"), "work 2": start("work")}
	for name, cmd := range running {
		if err := cmd.Start(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill() })
	}
	port := regexp.MustCompile(`0\.0\.0\.0:(\d+)`).FindStringSubmatch(strings.Join(running["serve"].Args, " "))[1]
	check := strings.ReplaceAll(strings.Join(file.Services["serve"].HealthCheck.Test[3:], " "), "8080", port)
	healthy := false
	for end := time.Now().Add(2 * time.Minute); !healthy && time.Now().Before(end); { // start_period
		healthy = exec.CommandContext(t.Context(), "bash", "-c", strings.ReplaceAll(check, "$$", "$")).Run() == nil
	}
	if !healthy {
		t.Fatalf("the health check never passes: %s", check)
	}
	for token, want := range map[string]int{"": http.StatusUnauthorized, "Bearer " + strings.TrimSpace(string(secret)): http.StatusOK} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1:"+port+"/api/v1/study", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", token)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("with token: %t: %d, want %d: %.200s", token != "", answer.StatusCode, want, body)
		}
	}
	for name, cmd := range running {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s ends with %v, want it to end well", name, err)
		}
	}
}

// freePort returns a port of this machine that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}
