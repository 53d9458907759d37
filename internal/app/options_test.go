package app_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/data"
	"hubreach/internal/app"
	"hubreach/internal/study"
)

// Options go out to a workbook and come back the same; a document is drafted,
// changed and told from what it was.
func TestOptions(t *testing.T) {
	dir := t.TempDir()
	book := filepath.Join(dir, "options.xlsx")
	if code, out, err := call(t, "options", "export", "sample", "--out", book, "--options", "O5,O2"); code != app.ExitDone || out != "2 options are in "+book+"\n" {
		t.Fatalf("export: exit %d, %q, %q", code, out, err)
	}
	code, out, err := call(t, "options", "import", "sample", book)
	if code != app.ExitDone || !strings.Contains(out, "2 options are as in the study, 0 are new") {
		t.Errorf("import of what was exported: exit %d, %q, %q", code, out, err)
	}
	code, out, err = call(t, "options", "draft", "sample", "O5", "--id", "O6", "--name", "Share more", "--based")
	if code != app.ExitDone {
		t.Fatalf("draft: exit %d, %q", code, err)
	}
	changed := filepath.Join(dir, "o6.json")
	text := strings.Replace(out, `"sites": []`, `"sites": [{"id": "S02", "status": "closed"}, {"id": "N1", "name": "Old library", "lon": 0.1, "lat": 52.9}]`, 1)
	if err := os.WriteFile(changed, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, err = call(t, "options", "diff", "sample", "O5", changed)
	if code != app.ExitData || !strings.Contains(err, `option O6: site "N1": bad option document: lon 0.1, lat 52.9: want a place in the county`) {
		t.Errorf("diff with a place in another county: exit %d, %q, %q; want it refused", code, out, err)
	}
	if err := os.WriteFile(changed, []byte(strings.Replace(text, `, {"id": "N1", "name": "Old library", "lon": 0.1, "lat": 52.9}`, "", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, err = call(t, "options", "diff", "sample", "O5", changed)
	if want := "Name: Share more, before Share buildings.\nS02: status: closed, before hub.\n"; code != app.ExitDone || out != want {
		t.Errorf("diff: exit %d, %q, %q; want %q", code, out, err, want)
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no workbook", []string{"import", "sample", filepath.Join(dir, "none.xlsx")}, app.ExitData, "workbook of options"},
		{"not a workbook", []string{"import", "sample", changed}, app.ExitData, "o6.json"},
		{"a folder that is not there", []string{"export", "sample", "--out", filepath.Join(dir, "none", "x.xlsx")}, app.ExitData, "folder"},
		{"a bad id", []string{"draft", "sample", "O5", "--id", "a b"}, app.ExitData, "bad option id"},
		{"no id", []string{"draft", "sample", "O5"}, app.ExitCall, "--id"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, err := call(t, append([]string{"options"}, tt.args...)...)
			if code != tt.code || !strings.Contains(err, tt.says) {
				t.Errorf("exit %d, printed %q and %q; want exit %d and %q", code, out, err, tt.code, tt.says)
			}
		})
	}
}

// The blocks for a study file are read back exactly.
func TestOptionsTOML(t *testing.T) {
	lon, lat, running := 0.5, 51.25, 40_000.0
	docs := []study.OptionDocument{
		{ID: "A", Name: "A", BasedOn: "O1", Author: "me", About: "\"quoted\"\nand more", Sites: []study.OptionSite{
			{ID: "N1", Name: "New", Lon: &lon, Lat: &lat, Running: &running, Services: []string{"Advice", "Play"}}, {ID: "S01", Status: "closed"}}},
		{ID: "B", Name: "B", BasedOn: "A"},
	}
	text, err := study.OptionsTOML(docs)
	if err != nil {
		t.Fatal(err)
	}
	own, err := fs.ReadFile(data.Sample(), "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	file := string(own) + "\n" + string(text)
	s, err := study.ParseSpec([]byte(file), "study.toml")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	want := []study.Option{
		{ID: "A", Name: "A", BasedOn: "O1", Author: "me", About: docs[0].About, Sites: docs[0].Sites}, {ID: "B", Name: "B", BasedOn: "A"}}
	if diff := cmp.Diff(want, s.Options); diff != "" {
		t.Errorf("-want +got:\n%s\n%s", diff, text)
	}
}
