package gpkg_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/store/storetest"
)

// raw opens a file as any program does.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func execute(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// lines runs a query of texts, one column or several joined by "|".
func lines(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var s sql.NullString
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		found = append(found, s.String)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(found, "\n")
}

func load(t *testing.T, s store.Store, l store.Load) store.Version {
	t.Helper()
	v, err := s.Load(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// gdal runs a tool of GDAL on a file. What it says on standard error is a
// warning, and fails the test.
func gdal(t *testing.T, tool string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Skipf("%s is not installed (Debian: gdal-bin)", tool)
	}
	var out, warnings bytes.Buffer
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Stdout, cmd.Stderr = &out, &warnings
	if err := cmd.Run(); err != nil || warnings.Len() > 0 || strings.Contains(out.String(), "Warning") {
		t.Fatalf("%s %q: %v\n%s%s", tool, args, err, warnings.String(), out.String())
	}
	return out.String()
}

// TestOpensInGDAL: the layers of the current versions, and no other rows, in a
// file that other programs take for a GeoPackage, while we have it open.
func TestOpensInGDAL(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	s := at(t, path)
	load(t, s, storetest.Load("kent", "f1"))
	load(t, s, storetest.Load("kent", "f2"))
	load(t, s, storetest.Load("essex", "f3"))
	listing := gdal(t, "ogrinfo", "-al", "-so", path)
	var layers []string
	for _, m := range regexp.MustCompile(`(?s)Layer name: (\S+).*?Geometry: ([^\n]+).*?Feature Count: (\d+)`).FindAllStringSubmatch(listing, -1) {
		layers = append(layers, strings.Join(m[1:], ", "))
	}
	slices.Sort(layers)
	// Two areas, one site and two results of each of two studies; three versions.
	want := []string{"area_results, None, 4", "areas, Multi Polygon, 4", "areas_by_option, Multi Polygon, 4", "hubreach_versions, None, 3", "sites, Point, 2"}
	if !slices.Equal(layers, want) {
		t.Errorf("ogrinfo sees %q, want %q", layers, want)
	}
	for _, part := range []string{`ID["EPSG",27700]`, "Extent: (600000.000000, 150000.000000) - (600100.000000, 150100.000000)"} {
		if !strings.Contains(listing, part) {
			t.Errorf("ogrinfo does not say %s:\n%s", part, listing)
		}
	}
	one := gdal(t, "ogrinfo", "-q", "-where", "area_code = 'E01' AND study = 'essex'", path, "areas_by_option")
	for _, part := range []string{"option_id (String) = O1", "covered_share (Real) = 1", "people (Integer64) = 10", "rural (Integer(Boolean)) = 1", "MULTIPOLYGON (((600000 150000,600100 150000,600100 150100,600000 150100,600000 150000)))"} {
		if !strings.Contains(one, part) {
			t.Errorf("areas_by_option does not say %s:\n%s", part, one)
		}
	}
}

// TestStandard asks what OGC 12-128r17 asks of a file: its numbers, its lists,
// and that everything is whole.
func TestStandard(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	s := at(t, path)
	load(t, s, storetest.Load("kent", "f1"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(path + "-*"); !slices.Equal(left, []string{path + "-lock"}) {
		t.Errorf("a closed store leaves %q, want its lock alone", left)
	}
	db := raw(t, path)
	for query, want := range map[string]string{
		"PRAGMA application_id":                                   "1196444487", // 0x47504B47, "GPKG"
		"PRAGMA user_version":                                     "10300",
		"PRAGMA integrity_check":                                  "ok",
		"PRAGMA foreign_key_check":                                "",
		"SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id": "-1\n0\n4326\n27700",
		"SELECT table_name || '|' || data_type || '|' || coalesce(srs_id, '') FROM gpkg_contents ORDER BY 1":                                    "area_results|attributes|\nareas_by_option|features|27700\nareas|features|27700\nhubreach_versions|attributes|\nsites|features|27700",
		"SELECT table_name || '|' || column_name || '|' || geometry_type_name || '|' || srs_id || z || m FROM gpkg_geometry_columns ORDER BY 1": "areas_by_option|geom|MULTIPOLYGON|2770000\nareas|geom|MULTIPOLYGON|2770000\nsites|geom|POINT|2770000",
		"SELECT hex(substr(geom, 1, 8)) FROM sites":                                                "4750000134" + "6C0000", // GP, version 0, little-endian without a box, 27700
		"SELECT hex(substr(geom, 1, 8)) FROM areas WHERE geom IS NOT NULL":                         "4750000334" + "6C0000", // the same with a box
		"SELECT count(*) FROM areas WHERE geom IS NULL AND area_code = 'E02'":                      "1",                     // no ground
		"SELECT count(*) FROM gpkg_contents WHERE last_change NOT GLOB '????-??-??T??:??:??.???Z'": "0",
	} {
		if got := lines(t, db, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// TestHistoryStays: not even by hand.
func TestHistoryStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	s := at(t, path)
	if _, err := s.PutOption(t.Context(), store.Edit{Study: "kent", Option: "O1", Document: []byte("{}"), Author: "mary"}); err != nil {
		t.Fatal(err)
	}
	db := raw(t, path)
	for _, statement := range []string{"UPDATE hubreach_edits SET author = 'john'", "DELETE FROM hubreach_edits"} {
		if _, err := db.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "only ever added to") {
			t.Errorf("%s: %v, want it refused", statement, err)
		}
	}
}

// TestForeignFiles: what is not a store is refused, and not a byte of it changes.
func TestForeignFiles(t *testing.T) {
	dir := t.TempDir()
	another := filepath.Join(dir, "another.gpkg")
	execute(t, raw(t, another), "PRAGMA application_id = 0x47504B47", "CREATE TABLE places (fid INTEGER PRIMARY KEY)")
	text := filepath.Join(dir, "text.gpkg")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database at all\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ path, want string }{
		{another, "want a store"}, {text, "want a store"}, {dir, "found a folder"},
		{filepath.Join(dir, "no", "such", "folder.gpkg"), "does not answer"},
	} {
		before, _ := os.ReadFile(tc.path)
		s, err := gpkg.Open(t.Context(), tc.path)
		if err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("Open(%s): %v, want one line with %q", tc.path, err, tc.want)
		}
		if s != nil {
			_ = s.Close()
		}
		if after, _ := os.ReadFile(tc.path); !bytes.Equal(before, after) {
			t.Errorf("Open(%s) changed the file", tc.path)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*-*")); len(left) > 0 {
		t.Errorf("refused files have %q beside them, want nothing", left)
	}
	empty := filepath.Join(dir, "empty.gpkg")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	load(t, at(t, empty), storetest.Load("kent", "f")) // as mktemp makes it
}

func TestNewer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	if err := at(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, raw(t, path), "INSERT INTO hubreach_migrations (version_id, is_applied) VALUES (999, 1)")
	if _, err := gpkg.Open(t.Context(), path); !errors.Is(err, store.ErrNewer) {
		t.Errorf("Open of a file of version 999: %v, want ErrNewer", err)
	}
}

// TestManyOpenAtOnce: of processes that open a new file together one makes it.
func TestManyOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	errs := make(chan error)
	for range 6 {
		go func() {
			s, err := gpkg.Open(t.Context(), path)
			if err == nil {
				err = errors.Join(s.Ping(t.Context()), s.Close())
			}
			errs <- err
		}()
	}
	for range 6 {
		if err := <-errs; err != nil {
			t.Errorf("Open: %v", err)
		}
	}
}

// TestOneProcessWorks: a second Run is refused while the first goes on.
func TestOneProcessWorks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	cmd := storetest.Process(t, "work", path)
	s := at(t, path)
	if _, err := s.Queue().Add(t.Context(), store.Job{Kind: "run"}); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil { // it has begun the job
		t.Fatal(err)
	}
	if err := s.Queue().Run(t.Context(), 1, nil); !errors.Is(err, store.ErrQueueHeld) {
		t.Errorf("Run beside another process: %v, want ErrQueueHeld", err)
	}
	if jobs, err := s.Queue().Jobs(t.Context(), 1); err != nil || jobs[0].State != store.Running {
		t.Errorf("Jobs beside another process: %v, %v, want one that runs", jobs, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed, as it must be
}

// TestBackup takes a copy while the store is in use, in the two ways that the
// operator's page names, and goes on from it.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "store.gpkg")
	s := at(t, path)
	v := load(t, s, storetest.Load("kent", "f1"))
	if _, err := s.PutOption(t.Context(), store.Edit{Study: "kent", Option: "O1", Document: []byte("{}"), Author: "mary"}); err != nil {
		t.Fatal(err)
	}
	copies := []string{filepath.Join(dir, "vacuum.gpkg"), filepath.Join(dir, "backup.gpkg")}
	execute(t, raw(t, path), "VACUUM INTO '"+copies[0]+"'")
	if tool, err := exec.LookPath("sqlite3"); err != nil {
		t.Log("sqlite3 is not installed: .backup is not tried")
		copies = copies[:1]
	} else if out, err := exec.CommandContext(t.Context(), tool, path, ".backup '"+copies[1]+"'").CombinedOutput(); err != nil {
		t.Fatalf("sqlite3 .backup: %v: %s", err, out)
	}
	load(t, s, storetest.Load("kent", "f2")) // after the copies
	for _, c := range copies {
		s := at(t, c)
		if now, err := s.Current(t.Context(), "kent"); err != nil || now != v {
			t.Errorf("%s: the current version is %+v, %v, want %+v", c, now, err, v)
		}
		if h, err := s.History(t.Context(), "kent", "O1"); err != nil || len(h) != 1 {
			t.Errorf("%s: the history is %v, %v, want the one edit", c, h, err)
		}
		if next := load(t, s, storetest.Load("kent", "f3")); next.ID != v.ID+1 {
			t.Errorf("%s: the next load is version %d, want %d", c, next.ID, v.ID+1)
		}
	}
}

// TestDamage: bytes that were changed behind our back are not handed out for
// the input that was loaded.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	s := at(t, path)
	v := load(t, s, storetest.Load("kent", "f1"))
	execute(t, raw(t, path), "UPDATE hubreach_parts SET body = 'code,people\nE01,11\n'")
	f, err := s.Open(t.Context(), v.ID, "areas.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := new(bytes.Buffer).ReadFrom(f); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("reading an input that was changed: %v, want ErrInvalid", err)
	}
}
