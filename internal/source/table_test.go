package source_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/source"
)

// One small table in the disguises that publishers and spreadsheets give it.
func TestReadTable(t *testing.T) {
	header := []string{"LSOA21CD", "Name", "People"}
	rows := []source.TableRow{
		{Line: 2, Cells: []string{"E01000001", "Café Row", "1,296"}},
		{Line: 3, Cells: []string{"E01000002", "", "7"}},
	}
	below := func(by int) []source.TableRow {
		var moved []source.TableRow
		for _, r := range rows {
			moved = append(moved, source.TableRow{Line: r.Line + by, Cells: r.Cells})
		}
		return moved
	}
	const plain = "LSOA21CD,Name,People\nE01000001,Café Row,\"1,296\"\nE01000002,,7\n"
	sheet := [][]any{{"Mid-2022"}, {"Source: ONS"}, {}, {"LSOA21CD", "Name", "People"}, {"E01000001", "Café Row", "1,296"}, {"E01000002", nil, 7}}
	for _, test := range []struct {
		name  string
		input string
		o     source.Options
		rows  []source.TableRow
	}{
		{"plain", plain, source.Options{}, rows},
		{"byte order mark", "\xef\xbb\xbf" + plain, source.Options{}, rows},
		{"CRLF", "LSOA21CD,Name,People\r\nE01000001,Café Row,\"1,296\"\r\nE01000002,,7\r\n", source.Options{}, rows},
		{"no line end", plain[:len(plain)-1], source.Options{}, rows},
		{"Windows-1252 told by content", "LSOA21CD,Name,People\nE01000001,Caf\xe9 Row,\"1,296\"\nE01000002,,7\n", source.Options{}, rows},
		{"Windows-1252 as asked", "LSOA21CD,Name,People\nE01000001,Caf\xe9 Row,\"1,296\"\nE01000002,,7\n", source.Options{Encoding: "windows-1252"}, rows},
		{"gzip", gz(plain), source.Options{}, rows},
		{"ZIP of one", zipped(t, "data/x.csv", plain, "readme.txt", "hello"), source.Options{}, rows},
		{"ZIP by name", zipped(t, "x.csv", plain, "y.csv", "a\n"), source.Options{Layer: "x"}, rows},
		{"titles above", "Mid-2022\nSource: ONS\nCrown copyright\n" + plain, source.Options{}, below(3)},
		{"header row given", "a,b,c\n" + plain, source.Options{HeaderRow: 2}, below(1)},
		{"trailing empty columns", "LSOA21CD,Name,People,,\nE01000001,Café Row,\"1,296\",,\nE01000002,,7,,\n", source.Options{}, rows},
		{"blanks around cells", "LSOA21CD , Name,People\nE01000001,  Café Row ,\"1,296\"\nE01000002, ,7\n", source.Options{}, rows},
		{"blank lines and empty rows", "LSOA21CD,Name,People\nE01000001,Café Row,\"1,296\"\nE01000002,,7\n\n,,\n", source.Options{}, rows},
		{"workbook with the header on row 4", workbook(t, map[string][][]any{"Mid-2022 LSOA 2021": sheet}), source.Options{}, below(3)},
		{"sheet by name", workbook(t, map[string][][]any{"Notes": {{"a"}}, "Data": sheet}), source.Options{Layer: "Data"}, below(3)},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.ReadTable(read(test.input), "x", test.o)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(header, got.Header); diff != "" {
				t.Errorf("header (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.rows, got.Rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if got.Read != 2 || got.Filtered != 0 {
				t.Errorf("read %d, filtered %d: want 2, 0", got.Read, got.Filtered)
			}
		})
	}
}

func TestReadTableKeep(t *testing.T) {
	const table = "code,LAD24CD\nE1,E07000108\nE2,E07000114\nE3,E06000035\n"
	got, err := source.ReadTable(read(table), "x.csv", source.Options{Keep: map[string][]string{"lad24cd": {"E07000108", "E07000114"}, "code": nil}})
	if err != nil {
		t.Fatal(err)
	}
	if got.Read != 3 || got.Filtered != 1 || len(got.Rows) != 2 {
		t.Errorf("read %d, filtered %d, rows %d: want 3, 1, 2", got.Read, got.Filtered, len(got.Rows))
	}
}

func TestReadTableNoHeader(t *testing.T) {
	got, err := source.ReadTable(read("a,1\nb,2\n"), "x.csv", source.Options{HeaderRow: source.NoHeader, Keep: map[string][]string{"1": {"b"}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]source.TableRow{{Line: 2, Cells: []string{"b", "2"}}}, got.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestColumn(t *testing.T) {
	const table = "LSOA21CD,LADCD_ACTI,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),IMD_score,Income score,income Score\n" +
		"0,1,2,3,4,5\n" // each cell is the number of its column
	for _, test := range []struct {
		name string
		want int // -1: an error
	}{
		{"LSOA21CD", 0},
		{"lsoa21cd", 0},
		{"LADCD_ACTIVE", 1}, // cut to 10 letters by a Shapefile
		{"Index of Multiple Deprivation (IMD) Rank", 2},
		{"IMD score", 3},
		{"Income score", 4}, // spelt exactly so
		{"INCOME SCORE", -1},
		{"IM", -1},
		{"LSOA21", -1}, // not the end of a word
		{"", -1},
	} {
		got, err := source.ReadValues(read(table), "x.csv", source.Options{Fields: map[string]string{"code": "LSOA21CD"}}, []string{test.name})
		if (err != nil) != (test.want < 0) || err == nil && got.Rows[0].Values[0].Number != float64(test.want) {
			t.Errorf("column %q: %v, %v: want column %d", test.name, got.Rows, err, test.want)
		}
	}
}

func TestReadValues(t *testing.T) {
	known := func(f float64) source.Value { return source.Value{Number: f, Known: true} }
	for _, test := range []struct {
		cell string
		want source.Value
	}{
		{"3", known(3)}, {" 3.5 ", known(3.5)}, {"-0.294", known(-0.294)}, {"1E-3", known(0.001)}, {"0", known(0)},
		{"1,296", known(1296)}, {"1,234,567.5", known(1_234_567.5)}, {"-1,000", known(-1000)},
		{"", source.Value{}}, {"-", source.Value{}}, {".", source.Value{}}, {"..", source.Value{}}, {":", source.Value{}},
		{"c", source.Value{}}, {"[x]", source.Value{}}, {"[c]", source.Value{}}, {"*", source.Value{}}, {"NA", source.Value{}},
	} {
		v, err := source.ReadValues(read("LSOA code (2011),x\nE01000001,\""+test.cell+"\"\n"), "x.csv", source.Options{}, []string{"x"})
		if err != nil {
			t.Errorf("%q: %v", test.cell, err)
			continue
		}
		if diff := cmp.Diff([]source.ValueRow{{Line: 2, Code: "E01000001", Values: []source.Value{test.want}}}, v.Rows); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.cell, diff)
		}
	}
	for _, bad := range []string{"NaN", "Inf", "1_000", "0x1", "12%", "1,2", ",1", "1,,000", "1.5,000", "--1", "1e999", "a"} {
		if _, err := source.ReadValues(read("lsoacd,x\nE01000001,\""+bad+"\"\n"), "x.csv", source.Options{}, []string{"x"}); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

// Every publisher's header of the area code is known.
func TestCodeHeaders(t *testing.T) {
	for _, header := range []string{
		"LSOA code (2021)", "LSOA code (2011)", "lsoa21_code", "lsoa11_code", "LSOA21CD", "LSOA11CD", "lsoa21cd", "lsoacd", "LSOA 2021 Code",
		"OA21CD", "MSOA21CD", "gsscode", "BUA24CD", "WD25CD", "lad_code", "LAD24CD", "ltla24_code",
	} {
		c, err := source.ReadCodes(read("x,"+header+"\n1,E1\n"), "x.csv", source.Options{}, []string{"code"})
		if err != nil || c.Rows[0].Texts[0] != "E1" {
			t.Errorf("%s: %v, %v", header, c.Rows, err)
		}
	}
}

func TestReadCodes(t *testing.T) {
	const table = "F_LSOA11CD,LSOA21CD,CHGIND,LAD22CD\nE1,E2,S,E07\n"
	got, err := source.ReadCodes(read(table), "x.csv", source.Options{Values: map[string]string{"edition": "v5"}, Fields: map[string]string{"place": "LAD22CD"}},
		[]string{"from", "to", "change?", "settlement?", "edition", "place"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]source.CodeRow{{Line: 2, Texts: []string{"E1", "E2", "S", "", "v5", "E07"}}}, got.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}
