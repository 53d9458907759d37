package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/report"
	"hubreach/internal/source"
	"hubreach/internal/study"
)

func known(v float64) *float64 { return &v }

// documents are two options: one with every column of both kinds of site, and one
// whose id is too long for the name of a sheet.
func documents() []study.OptionDocument {
	return []study.OptionDocument{
		{ID: "all", Name: "All & \"more\"", BasedOn: "one-hub", Author: "=1+1", About: "two\nlines", Sites: []study.OptionSite{
			{ID: "castle", Status: "co_located", YouthSpace: "no", Running: known(0)},
			{ID: "n1", Status: "new", Name: "007", Lon: known(0.123456789012345), Lat: known(51.25), YouthSpace: "yes", UnderFives: "no", PrivateRoom: "yes", SchoolSite: "yes",
				SchoolLimits: "adults after 15:30", Services: []string{"Stay and play", "Advice, money"}, Capacity: known(120), Running: known(1e12), Staffing: known(0.1), Backlog: known(1.0 / 3),
				OneOff: known(1e-9), OpeningHours: "Mo-Fr 09:00-17:00", AnnualHours: known(1900), Note: "true"},
		}},
		{ID: estate.OptionID(strings.Repeat("x", 40)), Name: "Long", BasedOn: "all", Sites: []study.OptionSite{}},
		{ID: estate.OptionID(strings.Repeat("x", 41)), Name: "Longer", Sites: []study.OptionSite{{ID: "quarry", Status: "hub"}}},
		{ID: "Options", Name: "An awkward id", BasedOn: "all", Sites: []study.OptionSite{}},
	}
}

func book(t testing.TB, docs []study.OptionDocument) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteOptionBook(t.Context(), &b, small(), docs); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOptionBookRoundTrip(t *testing.T) {
	docs := documents()
	written := book(t, docs)
	got, err := study.ReadOptionBook(bytes.NewReader(written), "options.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(docs, got); diff != "" {
		t.Errorf("written and read (-want +got):\n%s", diff)
	}
	if !bytes.Equal(written, book(t, docs)) {
		t.Error("the same options are not the same bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(written))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	held, err := f.GetDataValidations("all")
	if err != nil {
		t.Fatal(err)
	}
	lists := map[string]string{}
	for _, v := range held {
		lists[v.Sqref] = v.Formula1
	}
	if lists["D2:D203"] != `"hub,co_located,outreach_only,closed,new"` || lists["H2:H203"] != `"yes,no"` || len(lists) != 5 {
		t.Errorf("choices %v, want those of the statuses in D and of yes or no in four columns", lists)
	}
	if building, _ := f.GetCellValue("all", "B2"); building != "Castle Street, Hub" {
		t.Errorf("building of castle is %q, want its name", building)
	}
}

func TestReadOptionBookRefuses(t *testing.T) {
	edit := func(do func(*excelize.File)) []byte {
		f, err := excelize.OpenReader(bytes.NewReader(book(t, documents())))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		do(f)
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	set := func(cell string, v any) []byte {
		return edit(func(f *excelize.File) {
			if err := f.SetCellValue("all", cell, v); err != nil {
				t.Fatal(err)
			}
		})
	}
	for _, tt := range []struct {
		name string
		book []byte
		want string
	}{
		{"no workbook", []byte("site_id,status\n"), `o.xlsx: want a workbook of options: zip: not a valid zip file; save it as .xlsx`},
		{"a workbook of something else", edit(func(f *excelize.File) { f.DeleteSheet("Options") }), `o.xlsx: layer "Options": want one of the sheets "Read me"`},
		{"a sheet that is gone", edit(func(f *excelize.File) { f.DeleteSheet("all") }), `o.xlsx: layer "all": want one of the sheets`},
		{"a status of nobody", set("D2", "shut"), `o.xlsx: line 2: sheet all: status: bad status "shut": want one of hub, co_located, outreach_only, closed, new`},
		{"a cost in words", set("O3", "lots"), `o.xlsx: line 3: sheet all, running_gbp "lots": want a number, or nothing when it is not known; correct the cell`},
		{"a cost that is no number", set("O3", "NaN"), `o.xlsx: line 3: sheet all: running_gbp NaN: want pounds`},
		{"a sheet for two options", edit(func(f *excelize.File) { _ = f.SetCellValue("Options", "F4", "all") }), `o.xlsx: line 4: sheet Options, sheet "all": want a sheet of its own for each option`},
		{"an option too many", edit(func(f *excelize.File) {
			for line := 2; line < 53; line++ { // 51 of them
				_ = f.SetCellValue("Options", fmt.Sprintf("A%d", line), fmt.Sprintf("o%d", line))
			}
		}), `o.xlsx: sheet Options: want at most 50 options, found 51; share them out over several workbooks`},
		{"a site twice", set("A3", "castle"), `o.xlsx: line 3: sheet all, site_id "castle": want each site once; correct the cell`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := study.ReadOptionBook(bytes.NewReader(tt.book), "o.xlsx")
			var row *source.RowError
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || !errors.As(err, &row) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got\n%v\nwant a RowError in one line that begins\n%s", err, tt.want)
			}
		})
	}
	if got, err := study.ReadOptionBook(bytes.NewReader(set("D2", " Hub ")), "o.xlsx"); err != nil || got[0].Sites[0].Status != "hub" {
		t.Errorf("a status as people write it: %v, want hub", err)
	}
}

// A workbook that somebody sends is read or refused in one line; what is read is
// written and read again the same.
func FuzzReadOptionBook(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if docs, err := study.ReadOptionBook(bytes.NewReader(text), "o.xlsx"); err == nil && len(docs) > 0 {
			again, err := study.ReadOptionBook(bytes.NewReader(book(t, docs)), "o.xlsx")
			if diff := cmp.Diff(docs, again); err != nil || diff != "" {
				t.Fatalf("%v\n%s", err, diff)
			}
		}
	})
}

// Any text and any number that a document may hold comes back.
func FuzzOptionBookTexts(f *testing.F) {
	f.Add("n1", "=cmd", "  ", 1.5)
	f.Add("_x0041_", "a\tb", "0x10", 1e-300)
	f.Fuzz(func(t *testing.T, id, name, note string, n float64) {
		d := study.OptionDocument{ID: "x", Name: name, Sites: []study.OptionSite{{ID: county.SiteID(id), Status: "hub", Note: note, Running: &n}}}
		if d.Validate() != nil {
			return
		}
		got, err := study.ReadOptionBook(bytes.NewReader(book(t, []study.OptionDocument{d})), "o.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]study.OptionDocument{d}, got); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
	})
}
