package app_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// What the service lists has every column of the file that a run writes, and says
// the same in it, row by row; its tables are those files to the byte.
func TestListsHaveEveryColumn(t *testing.T) {
	dir := t.TempDir()
	run, store := filepath.Join(dir, "run"), filepath.Join(dir, "kept.gpkg")
	if code, _, stderr := call(t, "run", "sample", "--out", run); code != 0 {
		t.Fatalf("run: %d: %s", code, stderr)
	}
	s := startServing(t, store, "sample")
	defer s.end(t, syscall.SIGTERM)
	names, err := filepath.Glob(filepath.Join(run, "*.csv"))
	if err != nil || len(names) < 9 {
		t.Fatalf("a run writes %q, %v; want nine tables", names, err)
	}
	for _, path := range names {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := fetched(t, s.url+"/api/v1/tables/"+name); !bytes.Equal(got, want) {
			t.Errorf("tables/%s: %d bytes, want the %d of the file", name, len(got), len(want))
		}
	}
	all := "?format=csv&limit=10000&option=O1,O2,O3,O4,O5"
	for _, tt := range []struct {
		name  string
		pages []string
		keys  []string
	}{
		{"areas", []string{"/areas" + all}, []string{"option_id", "area_code"}},
		{"sites", []string{"/sites" + all}, []string{"option_id", "site_id"}},
		{"outreach", perOption("/outreach?format=csv&limit=10000&option=%s"), []string{"option_id", "target_id"}},
		{"losers", perOption("/options/%s/losers?format=csv&limit=10000"), []string{"option_id", "dimension", "group"}},
	} {
		text, err := os.ReadFile(filepath.Join(run, tt.name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		want, columns := rowsBy(t, text, tt.keys)
		got := map[string]map[string]string{}
		for _, page := range tt.pages {
			rows, has := rowsBy(t, fetched(t, s.url+"/api/v1"+page), tt.keys)
			for _, c := range columns {
				if !slices.Contains(has, c) {
					t.Fatalf("%s: the list has no column %s: it has %v", tt.name, c, has)
				}
			}
			for key, row := range rows {
				got[key] = row
			}
		}
		for key, row := range want {
			for _, c := range columns {
				if got[key][c] != row[c] {
					t.Errorf("%s %s: %s is %q, in the file %q", tt.name, key, c, got[key][c], row[c])
				}
			}
		}
	}
}

func perOption(path string) []string {
	var out []string
	for k := range 5 {
		out = append(out, fmt.Sprintf(path, fmt.Sprintf("O%d", k+1)))
	}
	return out
}

// fetched returns the body of an answer.
func fetched(t *testing.T, url string) []byte {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %d, %v: %.300s", url, r.StatusCode, err, body)
	}
	return body
}

// rowsBy reads a table: its rows by their keys, and the names of its columns.
func rowsBy(t *testing.T, text []byte, keys []string) (map[string]map[string]string, []string) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(records) < 2 {
		t.Fatalf("%d lines, %v; want a table", len(records), err)
	}
	rows := map[string]map[string]string{}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, c := range records[0] {
			row[c] = record[i]
		}
		var key []string
		for _, k := range keys {
			key = append(key, row[k])
		}
		rows[strings.Join(key, " ")] = row
	}
	return rows, records[0]
}
