package report_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"hubreach/internal/estate"
	"hubreach/internal/report"
)

// spoken is a part of a report as it is read by ear: what it is, and its words.
type spoken struct{ kind, words string }

// kinds are what the parts of the page are in a PDF.
var kinds = map[string]string{
	"h1": "H1", "h2": "H2", "h3": "H3", "caption": "Caption", "th column": "TH Column", "th row": "TH Row", "td": "TD", "li": "LBody",
}

// The PDF, read by ear, says what the page says: the same headings, tables, heads
// and cells in the same order, every picture with its words. poppler reads the
// tags, and qpdf finds nothing wrong with the file.
func TestPaperPDFReadsAsThePage(t *testing.T) {
	r := sampleRun(t)
	params := report.PaperParams{Options: []estate.OptionID{"O1", "O5"}}
	file := filepath.Join(t.TempDir(), "report.pdf")
	var pdf bytes.Buffer
	if err := report.PaperPDF(t.Context(), &pdf, r, params); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pdf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	asked(t, "qpdf", "qpdf", "--check", file)
	if said := asked(t, "poppler-utils", "pdfinfo", file); !regexp.MustCompile(`Tagged: +yes`).MatchString(said) {
		t.Errorf("pdfinfo says %s; want a tagged file", said)
	}
	got := heard(asked(t, "poppler-utils", "pdfinfo", "-struct-text", file))
	want := onPage(t, paperHTML(t, r, params))
	of := func(kinds ...string) func(spoken) bool {
		return func(s spoken) bool { return !slices.Contains(kinds, s.kind) }
	}
	for _, kinds := range [][]string{{"H1", "H2", "H3"}, {"Caption", "TH Column", "TH Row", "TD"}} {
		g, w := slices.DeleteFunc(slices.Clone(got), of(kinds...)), slices.DeleteFunc(slices.Clone(want), of(kinds...))
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				t.Fatalf("%v: part %d of the PDF is %q, want %q as on the page", kinds, i, g[i], w[i])
			}
		}
		if len(g) != len(w) || len(g) == 0 {
			t.Errorf("%v: %d in the PDF, %d on the page", kinds, len(g), len(w))
		}
	}
	figures := slices.DeleteFunc(slices.Clone(got), of("Figure"))
	words := altOf.FindAllSubmatch(pdf.Bytes(), -1)
	if n := bytes.Count(paperHTML(t, r, params), []byte("<figure")); len(figures) != n || len(words) != n {
		t.Errorf("%d pictures in the PDF and words for %d, want both for the %d of the page", len(figures), len(words), n)
	}
	for _, w := range words {
		if s := utf16Of(t, string(w[1])); !slices.ContainsFunc([]string{"Map of ", "Bars: ", "Points: ", "Dots: "}, func(kind string) bool { return strings.HasPrefix(s, kind) }) {
			t.Errorf("a picture with the words %q", s)
		}
	}
}

var altOf = regexp.MustCompile(`/Figure[^\n]*/Alt <FEFF([0-9A-F]+)>`)

// utf16Of reads a text of a PDF.
func utf16Of(t *testing.T, digits string) string {
	t.Helper()
	b, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// asked runs a tool of a Debian package and returns what it prints.
func asked(t *testing.T, pkg, tool string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Skipf("%s is not installed (Debian: %s): the PDF is not read by others here", tool, pkg)
	}
	out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", tool, strings.Join(args, " "), err, out)
	}
	return string(out)
}

var tagLine = regexp.MustCompile(`^ *([A-Z][A-Za-z0-9]*)(?: \((?:block|inline)\))?:?$`)

// heard reads what pdfinfo says of the tags of a file: each with the words in it.
func heard(said string) []spoken {
	var all []spoken
	for line := range strings.Lines(said) {
		line = strings.TrimRight(line, "\n")
		words := strings.TrimSpace(line)
		switch m := tagLine.FindStringSubmatch(line); {
		case m != nil:
			all = append(all, spoken{kind: m[1]})
		case len(all) == 0:
		case strings.HasPrefix(words, "/Scope "):
			all[len(all)-1].kind += " " + strings.TrimPrefix(words, "/Scope /")
		case strings.HasPrefix(words, `"`):
			last := &all[len(all)-1]
			last.words = even(last.words + strings.TrimSuffix(words[1:], `"`))
		}
	}
	return all
}

// even is a text with one space where there were several.
func even(s string) string { return strings.Join(strings.Fields(s), " ") }

// onPage reads the same from the page.
func onPage(t *testing.T, page []byte) []spoken {
	t.Helper()
	var all []spoken
	for _, e := range nodes(t, page) {
		name := e.name
		if name == "th" {
			name += " " + map[string]string{"col": "column", "row": "row"}[e.attrs["scope"]]
		}
		if kind := kinds[name]; kind != "" {
			all = append(all, spoken{kind, even(e.text)})
		}
	}
	return all
}

// A file that is not laid out as the library's is refused, not spoilt.
func TestTagsOfAnotherFile(t *testing.T) {
	const table = "xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<<\n/Size 2\n/Root 1 0 R\n/Info 1 0 R\n>>\n"
	for _, tt := range []struct{ name, pdf string }{
		{"nothing", ""},
		{"no end", "%PDF-1.3\n" + table},
		{"a table past its end", "%PDF-1.3\n" + table + "startxref\n9000\n%%EOF\n"},
		{"no table where it should be", "%PDF-1.3\n" + table + "startxref\n3\n%%EOF\n"},
		{"a table cut off", "%PDF-1.3\nxref\n0 99\nstartxref\n9\n%%EOF\n"},
		{"a line that is no place", "%PDF-1.3\nxref\n0 2\n0000000000 65535 f \nnowhere\ntrailer\nstartxref\n9\n%%EOF\n"},
		{"no catalogue", "%PDF-1.3\nxref\n0 1\n0000000000 65535 f \ntrailer\nstartxref\n9\n%%EOF\n"},
		{"a table of fewer than none", "%PDF-1.3\nxref\n0 -1\n\nstartxref\n9\n%%EOF\n"},
		{"a catalogue that is none", "%PDF-1.3\n1 0 obj\n<</Type /Font>>\nendobj\n" + table + "startxref\n43\n%%EOF\n"},
	} {
		if _, err := report.Tag([]byte(tt.pdf)); !errors.Is(err, report.ErrPDF) {
			t.Errorf("%s: error %v, want ErrPDF", tt.name, err)
		}
	}
}
