package report_test

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hubreach/internal/county"
	"hubreach/internal/report"
)

// The workbook opens again: a sheet to read first, one a district with the rows
// of outreach.csv, and three of the county; numbers are numbers.
func TestOutreachWorkbook(t *testing.T) {
	dir := written(t, small())
	b := read(t, filepath.Join(dir, "outreach.xlsx"))
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := []string{"Read me", "Anglebury", "Casterbridge", "Districts", "Thresholds", "Near a threshold"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	rows := table(t, dir, "outreach.csv")
	for _, d := range []struct{ sheet, code string }{{"Anglebury", "E07000001"}, {"Casterbridge", "E07000002"}} {
		got, err := f.GetRows(d.sheet)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, row := range rows {
			if row["district_code"] == d.code {
				n++
				if got[n][1] != row["target_id"] || got[n][0] != row["option_id"] {
					t.Errorf("%s, row %d is %s of %s, want %s of %s", d.sheet, n+1, got[n][1], got[n][0], row["target_id"], row["option_id"])
				}
			}
		}
		if len(got) != n+1 {
			t.Errorf("%s has %d rows, want the names and %d targets", d.sheet, len(got), n)
		}
	}
	// Column G is people_0_19, F area_codes.
	for cell, want := range map[string]excelize.CellType{"G2": excelize.CellTypeUnset, "F2": excelize.CellTypeInlineString} {
		if got, err := f.GetCellType("Anglebury", cell); err != nil || got != want && !(want == excelize.CellTypeUnset && got == excelize.CellTypeNumber) {
			t.Errorf("cell %s has type %v (%v), want %v", cell, got, err, want)
		}
	}
	if v, err := f.GetCellValue("Anglebury", "G2"); err != nil || v != "150" {
		t.Errorf("people_0_19 = %q (%v), want 150", v, err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		r.Close()
		if err != nil || bytes.Contains(text, []byte("<f>")) {
			t.Errorf("%s: %v, or a formula", part.Name, err)
		}
	}
}

// Districts may be called anything: sheets have names that Excel takes, no two
// the same.
func TestWorkbookSheetNames(t *testing.T) {
	r := small()
	long := strings.Repeat("Very Long ", 9)
	r.County.Districts = []county.District{{Code: "E07000001", Name: long + "[a]"}, {Code: "E07000002", Name: long + "/b"}}
	f, err := excelize.OpenReader(bytes.NewReader(read(t, filepath.Join(written(t, r), "outreach.xlsx"))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen := map[string]bool{}
	for _, name := range f.GetSheetList() {
		if seen[name] || len([]rune(name)) > 31 || strings.ContainsAny(name, `:\/?*[]`) {
			t.Errorf("sheet %q: too long, forbidden, or there twice", name)
		}
		seen[name] = true
	}
}

// A sheet a target, with headings, captions and header cells, no script, and
// names as text.
func TestSheets(t *testing.T) {
	r := small()
	r.Options[0].Outreach.Targets[0].Place = "<script>alert(1)</script>"
	html := string(read(t, filepath.Join(written(t, r), "sheets_all.html")))
	if n := strings.Count(html, `<section class="sheet"`); n != len(r.Options[0].Outreach.Targets) {
		t.Errorf("%d sheets, want %d", n, len(r.Options[0].Outreach.Targets))
	}
	for _, want := range []string{`<html lang="en-GB">`, "<title>", "<h1>", `<th scope="row">`, "<caption>", "Data: ", "5ca1ab1e", "&lt;script&gt;"} {
		if !strings.Contains(html, want) {
			t.Errorf("the sheets do not hold %q", want)
		}
	}
	for _, never := range []string{"<script", "http://", "https://", "NaN", "ZgotmplZ", "style=\""} {
		if strings.Contains(html, never) {
			t.Errorf("the sheets hold %q", never)
		}
	}
}

func TestCSV(t *testing.T) {
	r := small()
	dir := written(t, r)
	for _, name := range []string{"areas.csv", "sites.csv", "outreach.csv", "transit.csv", "losers.csv", "equality.csv", "closures.csv", "closure_groups.csv", "services.csv"} {
		var b bytes.Buffer
		if err := report.CSV(t.Context(), &b, r, name); err != nil || !bytes.Equal(b.Bytes(), read(t, filepath.Join(dir, name))) {
			t.Errorf("%s alone differs from that of a run: %v", name, err)
		}
	}
	if err := report.CSV(t.Context(), io.Discard, r, "study.gpkg"); err == nil {
		t.Error("study.gpkg was written as CSV")
	}
}
