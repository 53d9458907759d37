package report_test

import (
	"bytes"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/encoding/wkt"
	"github.com/paulmach/orb/geojson"

	"hubreach/internal/report"
	"hubreach/internal/study"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// names are the files of a run of small.
var names = []string{"areas.csv", "catchments.geojson", "closure_groups.csv", "closures.csv", "equality.csv", "losers.csv", "map_all.svg", "map_one-hub.svg", "outreach.csv", "outreach.xlsx", "services.csv", "sheets_all.html", "sheets_one-hub.html", "sites.csv", "study.gpkg", "summary.json", "transit.csv"}

// written writes r and returns the folder.
func written(t *testing.T, r *study.Results) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	if err := report.Write(t.Context(), r, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "small", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(read(t, path)), string(got)); diff != "" {
		t.Errorf("%s (-want +got), go test -update rewrites it:\n%s", name, diff)
	}
}

func TestGolden(t *testing.T) {
	r := small()
	dir := written(t, r)
	for _, name := range []string{"areas.csv", "closures.csv", "equality.csv", "losers.csv", "map_all.svg", "map_one-hub.svg", "outreach.csv", "sheets_all.html", "sheets_one-hub.html", "sites.csv", "summary.json", "transit.csv"} {
		golden(t, name, read(t, filepath.Join(dir, name)))
	}
	golden(t, "catchments.txt", []byte(featureText(t, read(t, filepath.Join(dir, "catchments.geojson")))))
	golden(t, "gpkg.txt", []byte(dump(t, filepath.Join(dir, "study.gpkg"))))
	var b bytes.Buffer
	if err := report.Table(t.Context(), &b, r); err != nil {
		t.Fatal(err)
	}
	golden(t, "table.txt", b.Bytes())
}

// featureText writes features with degrees to three decimals, about 100 m: the
// same with the OSTN15 grid and without it.
func featureText(t *testing.T, b []byte) string {
	t.Helper()
	fc, err := geojson.UnmarshalFeatureCollection(b)
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	for _, f := range fc.Features {
		fmt.Fprintf(&s, "%v\n", map[string]any(f.Properties))
		if f.Geometry == nil {
			s.WriteString("no geometry\n")
			continue
		}
		for _, p := range f.Geometry.(orb.MultiPolygon) {
			for _, ring := range p {
				fmt.Fprintf(&s, "  %.3f\n", ring)
			}
		}
	}
	return s.String()
}

// dump writes the tables and views of a GeoPackage as text.
func dump(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var s strings.Builder
	for _, pragma := range []string{"application_id", "user_version", "page_size", "integrity_check", "foreign_key_check"} {
		rowsText(t, &s, db, "PRAGMA "+pragma)
	}
	var tables []string
	rows, err := db.Query("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name, create string
		if err := rows.Scan(&name, &create); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
		if !strings.HasPrefix(name, "gpkg_") {
			s.WriteString("\n" + create + "\n")
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, name := range tables {
		rowsText(t, &s, db, fmt.Sprintf("SELECT * FROM %q", name))
	}
	return s.String()
}

func rowsText(t *testing.T, w io.Writer, db *sql.DB, query string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(w, "\n%s\n", query)
	for rows.Next() {
		cells := make([]any, len(columns))
		at := make([]any, len(columns))
		for i := range cells {
			at[i] = &cells[i]
		}
		if err := rows.Scan(at...); err != nil {
			t.Fatal(err)
		}
		for i, c := range cells {
			if b, ok := c.([]byte); ok {
				cells[i] = geometryText(t, b)
			}
			fmt.Fprintf(w, "  %s=%v", columns[i], cells[i])
		}
		fmt.Fprintln(w)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// geometryText reads a GeoPackage geometry: 8 bytes of header, 32 of envelope
// for polygons, then well-known binary.
func geometryText(t *testing.T, b []byte) string {
	t.Helper()
	from := 8
	if b[3]&2 != 0 {
		from += 32
	}
	g, err := wkb.Unmarshal(b[from:])
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x %s", b[:from], wkt.MarshalString(g))
}

func TestSameBytesTwice(t *testing.T) {
	first, second := written(t, small()), written(t, small())
	for _, name := range names {
		if !bytes.Equal(read(t, filepath.Join(first, name)), read(t, filepath.Join(second, name))) {
			t.Errorf("%s differs between two runs", name)
		}
	}
	if err := report.Write(context.WithoutCancel(t.Context()), small(), first); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !bytes.Equal(read(t, filepath.Join(first, name)), read(t, filepath.Join(second, name))) {
			t.Errorf("%s differs when written over an earlier run", name)
		}
	}
}
