package app_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/data"
	"hubreach/internal/app"
	"hubreach/internal/study"
	"hubreach/internal/study/draft"
)

// sampleFolder is a copy of the sample county without its study file.
func sampleFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "my county")
	if err := os.CopyFS(dir, data.Sample()); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, data.Study)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// names lists a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// Init writes a study file that the command it prints accepts, and nothing else.
func TestInit(t *testing.T) {
	dir := sampleFolder(t)
	before := names(t, dir)
	code, out, err := call(t, "init", dir)
	if code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, err)
	}
	file := filepath.Join(dir, "study.toml")
	for _, want := range []string{"FILE", "boundaries.geojson", "(settlements)", "people or households by ethnicity", "README.md", "Next:    hubreach check '" + file + "'\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("printed %q, want %q in it", out, want)
		}
	}
	if after := strings.Replace(names(t, dir), "study.toml ", "", 1); after != before {
		t.Errorf("the folder holds %s, want %s and study.toml", after, before)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%s: %v, %v; want a file that others can read", file, info.Mode(), err)
	}
	text, fault := os.ReadFile(file)
	if fault != nil {
		t.Fatal(fault)
	}
	if _, err := study.ParseSpec(text, file); err != nil {
		t.Error(err)
	}
	if code, _, err := call(t, "check", file); strings.Contains(err, "bad study file") || code == app.ExitCall {
		t.Errorf("hubreach check of the draft: exit %d: %s", code, err)
	}
}

// A study file that is there is kept, unless --force says otherwise.
func TestInitKeepsAStudyFile(t *testing.T) {
	dir := sampleFolder(t)
	file := filepath.Join(dir, "study.toml")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, err := call(t, "init", dir)
	if text, _ := os.ReadFile(file); code != app.ExitData || string(text) != "mine" || !strings.Contains(err, "--force") {
		t.Errorf("exit %d, %q, file %q; want exit 1, what to do, and the file untouched", code, err, text)
	}
	if code, _, err := call(t, "init", dir, "--force"); code != app.ExitDone {
		t.Errorf("with --force: exit %d: %s", code, err)
	}
	if text, _ := os.ReadFile(file); !strings.HasPrefix(string(text), "# A study file drafted by") {
		t.Errorf("with --force the file begins %.40q, want the draft", text)
	}
}

func TestInitElsewhere(t *testing.T) {
	dir := sampleFolder(t)
	out := filepath.Join(t.TempDir(), "s.toml")
	code, text, err := call(t, "init", dir, "--out", out, "--json")
	if code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, err)
	}
	var got struct {
		Study           string
		Found           []draft.Found
		Missing, Decide []string
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if got.Study != out || len(got.Found) == 0 || got.Missing == nil || got.Decide == nil {
		t.Errorf("printed %+v, want the study file, the files found and two lists", got)
	}
	if _, err := os.Stat(out); err != nil {
		t.Error(err)
	}
	_, text, _ = call(t, "init", dir, "--out", out, "--force")
	if want := "hubreach check " + out + " --data '" + dir + "'\n"; !strings.HasSuffix(text, want) {
		t.Errorf("printed %q, want it to end with %q", text, want)
	}
}

func TestInitOfNothing(t *testing.T) {
	dir := t.TempDir()
	code, out, err := call(t, "init", dir)
	if code != app.ExitDone || !strings.Contains(out, "Missing: a file for the role boundaries") || !strings.Contains(out, "Next:    settle") {
		t.Errorf("exit %d, printed %q, %q; want exit 0, what is missing and what to do", code, out, err)
	}
}

func TestInitRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no folder given", []string{"init"}, app.ExitCall, "<dir>"},
		{"no such folder", []string{"init", filepath.Join(dir, "nowhere")}, app.ExitData, "want a folder that exists"},
		{"a file", []string{"init", "init_test.go"}, app.ExitData, "want a folder that exists"},
		{"a folder as the study file", []string{"init", dir, "--out", dir, "--force"}, app.ExitData, "want the name of a file"},
		{"a study file in no folder", []string{"init", dir, "--out", filepath.Join(dir, "no", "s.toml")}, app.ExitData, "no such file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, err := call(t, tt.args...)
			if code != tt.code || !strings.Contains(out+err, tt.says) {
				t.Errorf("hubreach %v: exit %d, %q; want exit %d and %q", tt.args, code, out+err, tt.code, tt.says)
			}
		})
	}
	if left, err := fs.Glob(os.DirFS(dir), "*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
