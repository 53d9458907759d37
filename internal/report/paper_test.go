package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hubreach/internal/estate"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

// readingCeiling is the Flesch-Kincaid grade that the prose of a report stays
// under: that of readers of nine, as declared.
const readingCeiling = report.ReadingAge - 5

func paperHTML(t *testing.T, r *study.Results, params report.PaperParams) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.PaperHTML(t.Context(), &b, r, params); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tested tests the ranking of a study with a few draws.
func tested(t *testing.T, r *study.Results) *study.Robustness {
	t.Helper()
	params := study.DefaultRobustness(r.Spec)
	params.Draws, params.OutreachDraws = 10, 0
	x, err := r.Robustness(t.Context(), params, study.Env{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// The report of the sample county: whole, readable, and equal to the summary.
func TestPaper(t *testing.T) {
	r := sampleRun(t)
	page := paperHTML(t, r, report.PaperParams{Robust: tested(t, r)})
	checkPage(t, page)
	checkWords(t, r, page)
	checkDistricts(t, r, page)
	if n := checkFigures(t, r, page); n < 200 {
		t.Errorf("%d figures of summary.json in the report, want hundreds", n)
	}
	for _, want := range []string{"O1", "With buses", "Comes first", r.Fingerprint, "Pregnancy and maternity", "hidden"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the report does not hold %q", want)
		}
	}
	for _, d := range r.County.Districts {
		if !bytes.Contains(page, []byte(`id="district-`+string(d.Code)+`"`)) {
			t.Errorf("no part for district %s", d.Code)
		}
	}
}

// The report of Kent, from the real data: every figure equals summary.json.
func TestRealKentPaper(t *testing.T) {
	r := kentStudy(t)
	page := paperHTML(t, r, report.PaperParams{})
	checkPage(t, page)
	checkWords(t, r, page)
	checkDistricts(t, r, page)
	n := checkFigures(t, r, page)
	t.Logf("%d figures of Kent equal summary.json; %d bytes", n, len(page))
	if n < 200 {
		t.Errorf("%d figures of summary.json in the report, want hundreds", n)
	}
	for _, want := range []string{"Buses and trains were not looked at", "There is no street map in this study"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the report of Kent does not say %q", want)
		}
	}
}

// node is an node of the page as far as the tests ask.
type node struct {
	name  string
	attrs map[string]string
	text  string
}

// nodes reads the page in order; the text of an node is all that is in it.
func nodes(t *testing.T, page []byte) []*node {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var all, open []*node
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("the page is not well formed: %v", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			e := &node{name: x.Name.Local, attrs: map[string]string{}}
			for _, a := range x.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			all, open = append(all, e), append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for _, e := range open {
				e.text += string(x)
			}
		}
	}
}

// checkPage: headings in order, landmarks, tables with captions and heads,
// pictures with words, ids once each, links that lead somewhere, nothing from
// elsewhere, and prose of the declared reading age.
func checkPage(t *testing.T, page []byte) {
	t.Helper()
	ids, count := map[string]bool{}, map[string]int{}
	var links, labels []string
	last := 0
	all := nodes(t, page)
	for i, e := range all {
		count[e.name]++
		if id := e.attrs["id"]; id != "" {
			if ids[id] {
				t.Errorf("id %q stands twice", id)
			}
			ids[id] = true
		}
		if e.name == "a" {
			links = append(links, e.attrs["href"])
		}
		labels = append(labels, strings.Fields(e.attrs["aria-labelledby"])...)
		if len(e.name) == 2 && e.name[0] == 'h' && e.name[1] >= '1' && e.name[1] <= '6' {
			if level := int(e.name[1] - '0'); level > last+1 {
				t.Errorf("heading %q of level %d after one of level %d", e.text, level, last)
			} else {
				last = level
			}
			if strings.TrimSpace(e.text) == "" {
				t.Error("a heading without words")
			}
		}
		switch e.name {
		case "table":
			if i+1 >= len(all) || all[i+1].name != "caption" || all[i+1].text == "" {
				t.Errorf("table %q begins without a caption", e.attrs["id"])
			}
		case "svg":
			if e.attrs["role"] != "img" || e.attrs["aria-labelledby"] == "" {
				t.Error("a picture without words for those who do not see it")
			}
		case "th":
			if e.attrs["scope"] == "" {
				t.Errorf("head cell %q without a scope", e.text)
			}
		}
	}
	for _, link := range links {
		if id, ok := strings.CutPrefix(link, "#"); !ok || !ids[id] {
			t.Errorf("link %q leads nowhere in the page", link)
		}
	}
	for _, id := range labels {
		if !ids[id] {
			t.Errorf("label %q is not there", id)
		}
	}
	for name, want := range map[string]int{"html": 1, "h1": 1, "main": 1, "nav": 1, "header": 1, "footer": 1} {
		if count[name] != want {
			t.Errorf("%d <%s>, want %d", count[name], name, want)
		}
	}
	for _, never := range []string{"<script", "src=", "@import", "url(http", "NaN", "ZgotmplZ", "%!", "+Inf"} {
		if bytes.Contains(page, []byte(never)) {
			t.Errorf("the page holds %q", never)
		}
	}
	_, rest, _ := strings.Cut(string(page), "They were measured at ")
	_, rest, _ = strings.Cut(rest, "grade ")
	grade, err := strconv.ParseFloat(strings.SplitN(rest, ",", 2)[0], 64)
	if err != nil || grade > readingCeiling {
		t.Errorf("reading grade %v (%v), want at most %d", grade, err, readingCeiling)
	}
}

// checkFigures: every figure that carries its place in summary.json is what
// stands there, to the last digit, and the text shown is that number rounded. It
// returns how many there are.
func checkFigures(t *testing.T, r *study.Results, page []byte) int {
	t.Helper()
	b, err := report.Summary(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var summary any
	if err := d.Decode(&summary); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range nodes(t, page) {
		key := e.attrs["data-key"]
		if key == "" {
			continue
		}
		n++
		want, ok := lookup(summary, strings.Split(key, "/"))
		if !ok {
			t.Errorf("%s is not in summary.json", key)
			continue
		}
		if want == nil {
			if e.attrs["data-value"] != "" || !slices.Contains([]string{"not known", "not stated"}, e.text) {
				t.Errorf("%s is %q (%q), and not known in summary.json", key, e.attrs["data-value"], e.text)
			}
			continue
		}
		number, _ := want.(json.Number)
		if e.attrs["data-value"] != number.String() {
			t.Errorf("%s is %q, want %q as in summary.json", key, e.attrs["data-value"], number)
		}
		shown(t, key, e.text, number)
	}
	return n
}

// figures are the numbers of a text: 230,564 or 61% or 0.885.
var figures = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?%?`)

// checkWords: every number in the sentences of the summary is one of
// summary.json, rounded as it is shown.
func checkWords(t *testing.T, r *study.Results, page []byte) {
	t.Helper()
	b, err := report.Summary(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var summary any
	if err := json.Unmarshal(b, &summary); err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{"0": true, "19": true, strconv.Itoa(len(r.Options)): true} // "aged 0 to 19"; how many options are compared
	everyNumber(summary, func(v float64) {
		said[people(v)] = true
		said[strconv.Itoa(int(math.Round(100*v)))+"%"] = true
	})
	for _, o := range r.Options {
		for _, town := range o.Outreach.Towns {
			said[people(town.InNeedOutside)] = true
		}
	}
	_, rest, _ := strings.Cut(string(page), `<section id="summary"`)
	section, _, found := strings.Cut(rest, "</section>")
	n := 0
	for _, e := range nodes(t, []byte(`<section id="summary"`+section+"</section>")) {
		if e.name != "p" {
			continue
		}
		for _, figure := range figures.FindAllString(e.text, -1) {
			n++
			if !said[strings.TrimSuffix(figure, ",")] {
				t.Errorf("the summary says %q in %q: no number of summary.json", figure, e.text)
			}
		}
	}
	if !found || n < 10 {
		t.Errorf("%d numbers in the words of the summary, want ten at least", n)
	}
}

// everyNumber calls f with every number of a document.
func everyNumber(v any, f func(float64)) {
	switch x := v.(type) {
	case map[string]any:
		for _, inner := range x {
			everyNumber(inner, f)
		}
	case []any:
		for _, inner := range x {
			everyNumber(inner, f)
		}
	case float64:
		f(x)
	}
}

// people writes a number as people are written: 230,564.
func people(v float64) string {
	s := strconv.Itoa(int(math.Round(v)))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// checkDistricts: what the report says of a district under an option is the sum of
// its areas in areas.csv, to a person for each area, since that rounds to a tenth.
func checkDistricts(t *testing.T, r *study.Results, page []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := report.CSV(t.Context(), &b, r, "areas.csv"); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(rows[0], name) }
	sums := map[string]float64{}
	for _, row := range rows[1:] {
		sums[row[at("district_code")]+" "+row[at("option_id")]] += number(t, row[at("covered_0_19")])
	}
	const tenth = 0.05
	tol := tenth * float64(len(r.County.Areas))
	n := 0
	for _, d := range r.County.Districts {
		_, rest, _ := strings.Cut(string(page), `id="table-district-`+string(d.Code)+`"`)
		table, _, _ := strings.Cut(rest, "</table>")
		for _, o := range r.Options {
			_, row, found := strings.Cut(table, "("+string(o.Option.ID)+")</th>")
			if !found {
				continue
			}
			cells := regexp.MustCompile(`data-value="([0-9.]+)"`).FindAllStringSubmatch(row, 2) // hubs open, then those in reach
			if len(cells) < 2 {
				t.Fatalf("district %s, option %s: no figures", d.Code, o.Option.ID)
			}
			n++
			if got, want := number(t, cells[1][1]), sums[string(d.Code)+" "+string(o.Option.ID)]; math.Abs(got-want) > tol {
				t.Errorf("district %s, option %s: %g in reach, want %g as areas.csv adds up to", d.Code, o.Option.ID, got, want)
			}
		}
	}
	if want := len(r.County.Districts) * len(r.Options); n != want {
		t.Errorf("%d rows of districts, want %d", n, want)
	}
}

// lookup finds a place: keys of objects, positions of arrays, and options by id.
func lookup(v any, path []string) (any, bool) {
	for _, step := range path {
		switch x := v.(type) {
		case map[string]any:
			inner, ok := x[step]
			if !ok {
				return nil, false
			}
			v = inner
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil {
				i = slices.IndexFunc(x, func(o any) bool { m, _ := o.(map[string]any); return m["id"] == step })
			}
			if i < 0 || i >= len(x) {
				return nil, false
			}
			v = x[i]
		default:
			return nil, false
		}
	}
	return v, true
}

// shown: the text is the number, rounded to as many places as it has.
func shown(t *testing.T, key, text string, number json.Number) {
	t.Helper()
	plain := strings.NewReplacer(",", "", "£", "", "%", "").Replace(text)
	got, err := strconv.ParseFloat(plain, 64)
	want, _ := number.Float64()
	if err != nil {
		t.Errorf("%s shows %q, want a number", key, text)
		return
	}
	places := 0
	if _, decimals, ok := strings.Cut(plain, "."); ok {
		places = len(decimals)
	}
	unit := 1.0
	for range places {
		unit /= 10
	}
	if strings.HasSuffix(text, "%") {
		want *= 100
	}
	if diff := got - want; diff > unit/2+1e-9 || diff < -unit/2-1e-9 {
		t.Errorf("%s shows %q, want %g rounded", key, text, want)
	}
}

// Some options, in their order, and nothing of the others but the baseline.
func TestPaperOfSomeOptions(t *testing.T) {
	r := sampleRun(t)
	page := paperHTML(t, r, report.PaperParams{Options: []estate.OptionID{"O2", "O5", "O2"}})
	checkPage(t, page)
	checkFigures(t, r, page)
	if !bytes.Contains(page, []byte("The ranking was not tested")) || bytes.Contains(page, []byte(`data-key="options/O3/`)) {
		t.Error("want a word that the ranking was not tested, and nothing of O3")
	}
	for _, form := range []func() error{
		func() error {
			return report.PaperHTML(t.Context(), io.Discard, r, report.PaperParams{Options: []estate.OptionID{"O9"}})
		},
		func() error {
			return report.PaperPDF(t.Context(), io.Discard, r, report.PaperParams{Options: []estate.OptionID{"O9"}})
		},
		func() error {
			return report.PaperXLSX(t.Context(), io.Discard, r, report.PaperParams{Options: []estate.OptionID{"O9"}})
		},
	} {
		if err := form(); !errors.Is(err, estate.ErrNoOption) {
			t.Errorf("error %v, want ErrNoOption", err)
		}
	}
	if err := report.PaperHTML(t.Context(), io.Discard, small(), report.PaperParams{}); !errors.Is(err, report.ErrNoPaper) {
		t.Errorf("error %v, want ErrNoPaper for results that were put together by hand", err)
	}
}

// The same results give the same bytes; the PDF has its pages, bookmarks and
// language, and the workbook the cells of the page.
func TestPaperForms(t *testing.T) {
	r := sampleRun(t)
	params := report.PaperParams{Options: []estate.OptionID{"O1", "O5"}}
	var pdf, again, book bytes.Buffer
	for _, b := range []*bytes.Buffer{&pdf, &again} {
		if err := report.PaperPDF(t.Context(), b, r, params); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(pdf.Bytes(), again.Bytes()) {
		t.Error("two PDFs of the same results differ")
	}
	for _, want := range []string{"%PDF-", "/Lang", "/Outlines", "%%EOF"} {
		if !bytes.Contains(pdf.Bytes(), []byte(want)) {
			t.Errorf("the PDF does not hold %q", want)
		}
	}
	if n := bytes.Count(pdf.Bytes(), []byte("/Type /Page\n")); n < 10 {
		t.Errorf("%d pages, want ten at least", n)
	}
	if err := report.PaperXLSX(t.Context(), &book, r, params); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	checkSheets(t, f, paperHTML(t, r, params))
}

// checkSheets: the workbook has a sheet to read first and one a table of the page,
// in their order, named as the first says, whose cells are the page's: a number
// where the page has one, unrounded, and else the words.
func checkSheets(t *testing.T, f *excelize.File, page []byte) {
	t.Helper()
	sheets := f.GetSheetList()
	tables := tablesOf(t, page)
	if sheets[0] != "Read me" || len(sheets) != len(tables)+1 {
		t.Fatalf("sheets %q, want one to read first and one for each of %d tables", sheets, len(tables))
	}
	about, err := f.GetRows("Read me")
	if err != nil {
		t.Fatal(err)
	}
	for n, table := range tables {
		name := sheets[n+1]
		if want := []string{fmt.Sprintf("Sheet %d: %s", n+2, name), table.caption}; !slices.ContainsFunc(about, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("the sheet to read first does not hold %q", want)
		}
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil || len(rows) != len(table.rows) {
			t.Fatalf("sheet %q: %d rows (%v), want %d", name, len(rows), err, len(table.rows))
		}
		for y, row := range table.rows {
			for x, want := range row {
				at, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err != nil {
					t.Fatal(err)
				}
				kind, err := f.GetCellType(name, at)
				if err != nil {
					t.Fatal(err)
				}
				got := ""
				if x < len(rows[y]) {
					got = rows[y][x]
				}
				isNumber := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
				if want.number != (isNumber && got != "") || !want.number && got != want.text || want.number && number(t, got) != number(t, want.text) {
					t.Errorf("%s of sheet %q is %q, a number: %t; want %q, a number: %t, as the page has it", at, name, got, isNumber, want.text, want.number)
				}
			}
		}
	}
}

// pageTable is a table of the page with its cells, the head among them.
type pageTable struct {
	caption string
	rows    [][]pageCell
}

// pageCell is a cell: its number as data-value has it, or its words.
type pageCell struct {
	text   string
	number bool
}

func tablesOf(t *testing.T, page []byte) []pageTable {
	t.Helper()
	var all []pageTable
	for _, e := range nodes(t, page) {
		if e.name == "table" {
			all = append(all, pageTable{})
		}
		if len(all) == 0 {
			continue
		}
		last := &all[len(all)-1]
		switch e.name {
		case "caption":
			last.caption = e.text
		case "tr":
			last.rows = append(last.rows, nil)
		case "th", "td":
			row := &last.rows[len(last.rows)-1]
			v := e.attrs["data-value"]
			if v == "" {
				*row = append(*row, pageCell{e.text, false})
			} else {
				*row = append(*row, pageCell{v, true})
			}
		}
	}
	return all
}

// The grades are hand arithmetic: 0.39 words a sentence + 11.8 syllables a word -
// 15.59.
func TestReadingGrade(t *testing.T) {
	for _, tt := range []struct {
		text string
		want float64
	}{
		{"", 0},
		{"The cat sat.", 0.39*3 + 11.8*1 - 15.59},
		{"The cat sat. The dog ran.", 0.39*3 + 11.8*1 - 15.59},
		{"A line\nanother line", 0.39*2 + 11.8*6/4.0 - 15.59}, // a, line, a-noth-er, line
		{"It costs 2,500 pounds.", 0.39*4 + 11.8*1 - 15.59},
		{"The table is here.", 0.39*4 + 11.8*5/4.0 - 15.59}, // ta-ble
	} {
		if got := report.ReadingGrade(tt.text); got < tt.want-1e-9 || got > tt.want+1e-9 {
			t.Errorf("ReadingGrade(%q) = %v, want %v", tt.text, got, tt.want)
		}
	}
}
