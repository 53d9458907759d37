package report

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// errPDF means that the library's file is not laid out as this package knows it:
// a newer version of the library wants another look.
var errPDF = errors.New("the PDF is not laid out as expected")

// update is a finished PDF with objects written after it, as ISO 32000-1, 7.5.6
// lets anybody do: what is new or changed stands at the end, with a table of where.
type update struct {
	bytes.Buffer
	before  []int // where the objects of the finished file begin, by number
	table   int   // where its own table is
	root    int   // the number of its catalogue
	trailer string
	at      map[int]int // where new and changed objects begin
	next    int         // the number of the next object
}

// The end of a file as the library writes it.
var (
	pdfEnd  = regexp.MustCompile(`startxref\n(\d{1,10})\n%%EOF\s*$`)
	pdfRoot = regexp.MustCompile(`/Root (\d{1,7}) 0 R`)
	pdfInfo = regexp.MustCompile(`/Info \d+ 0 R`)
)

// newUpdate reads where things are in a finished PDF. The error wraps errPDF.
func newUpdate(pdf []byte) (*update, error) {
	end := pdfEnd.FindSubmatch(pdf[max(0, len(pdf)-64):])
	if end == nil {
		return nil, fmt.Errorf("%w: it does not end in startxref", errPDF)
	}
	u := &update{at: map[int]int{}, table: digits(end[1])}
	if u.table >= len(pdf) {
		return nil, fmt.Errorf("%w: its table is said to be at %d of %d bytes", errPDF, u.table, len(pdf))
	}
	rest, err := u.readTable(string(pdf[u.table:]))
	if err != nil {
		return nil, err
	}
	root := pdfRoot.FindStringSubmatch(rest)
	if root == nil {
		return nil, fmt.Errorf("%w: no catalogue in its trailer", errPDF)
	}
	u.root, u.trailer = digits([]byte(root[1])), root[0]+" "+pdfInfo.FindString(rest)
	u.Buffer.Write(pdf)
	return u, nil
}

// readTable reads where objects begin, and returns what follows the table.
func (u *update) readTable(s string) (rest string, err error) {
	lines := strings.Split(s, "\n")
	var count int
	if len(lines) < 3 || lines[0] != "xref" {
		return "", fmt.Errorf("%w: no table at %d", errPDF, u.table)
	}
	if _, err := fmt.Sscanf(lines[1], "0 %d", &count); err != nil || count < 0 || count > len(lines)-2 {
		return "", fmt.Errorf("%w: a table of %q", errPDF, lines[1])
	}
	for _, line := range lines[2 : 2+count] {
		at, err := strconv.Atoi(line[:min(10, len(line))])
		if err != nil || at < 0 {
			return "", fmt.Errorf("%w: a line %q in its table", errPDF, line)
		}
		u.before = append(u.before, at)
	}
	u.next = count
	return strings.Join(lines[2+count:], "\n"), nil
}

// digits reads what a pattern has found to be a few digits.
func digits(b []byte) int {
	n := 0
	for _, c := range b {
		n = 10*n + int(c-'0')
	}
	return n
}

// reserve gives out the number of a new object.
func (u *update) reserve() int {
	u.next++
	return u.next - 1
}

// put writes an object that is new or takes the place of another.
func (u *update) put(n int, format string, args ...any) {
	u.at[n] = u.Len()
	fmt.Fprintf(u, "%d 0 obj\n"+format+"\nendobj\n", append([]any{n}, args...)...)
}

// extend writes an object of the finished file again, a dictionary of a type, with
// further entries.
func (u *update) extend(n int, kind, entries string) error {
	if n <= 0 || n >= len(u.before) || u.before[n] >= u.table {
		return fmt.Errorf("%w: no object %d", errPDF, n)
	}
	text, _, ended := bytes.Cut(u.Bytes()[u.before[n]:u.table], []byte("endobj"))
	inner, begins := strings.CutPrefix(string(text), fmt.Sprintf("%d 0 obj\n<<", n))
	inner, closes := strings.CutSuffix(strings.TrimSpace(inner), ">>")
	if !ended || !begins || !closes || !strings.Contains(inner, "/Type /"+kind) {
		return fmt.Errorf("%w: object %d is not a %s", errPDF, n, kind)
	}
	u.put(n, "%s", "<<"+inner+entries+">>")
	return nil
}

// end writes the table of what is new and changed.
func (u *update) end() {
	at := u.Len()
	u.Buffer.WriteString("xref\n")
	for n := 0; n < u.next; n++ {
		if u.at[n] == 0 {
			continue
		}
		last := n
		for u.at[last+1] != 0 {
			last++
		}
		fmt.Fprintf(u, "%d %d\n", n, last-n+1)
		for ; n <= last; n++ {
			fmt.Fprintf(u, "%010d 00000 n \n", u.at[n])
		}
	}
	fmt.Fprintf(u, "trailer\n<</Size %d %s /Prev %d>>\nstartxref\n%d\n%%%%EOF\n", u.next, u.trailer, u.table, at)
}

// into gives a finished PDF its structure: each page learns which of its
// content means what, and the catalogue in which order it is read.
func (t *tagged) into(pdf []byte) ([]byte, error) {
	u, err := newUpdate(pdf)
	if err != nil {
		return nil, err
	}
	tree, parents := u.reserve(), u.reserve()
	for _, j := range t.jumps {
		j.object = u.reserve()
	}
	number(u, t.root)
	onPage := map[int][]string{} // references of its links
	for n, j := range t.jumps {
		onPage[j.page] = append(onPage[j.page], ref(j.object))
		u.put(j.object, "<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [%.2f %.2f %.2f %.2f] /Contents %s /Dest [%s /XYZ 0 %.2f null] /StructParent %d>>",
			j.x, j.y, j.x+j.wide, j.y+j.high, pdfString(j.words), ref(pageObject(j.to.page)), j.to.y, len(t.marks)+n)
	}
	for n := range t.marks {
		entries := fmt.Sprintf(" /Tabs /S /StructParents %d", n)
		if links := onPage[n+1]; len(links) > 0 {
			entries += " /Annots [" + strings.Join(links, " ") + "]"
		}
		if err := u.extend(pageObject(n+1), "Page", entries); err != nil {
			return nil, err
		}
	}
	t.root.put(u, tree)
	u.put(tree, "<</Type /StructTreeRoot /K %s /ParentTree %s /ParentTreeNextKey %d /ClassMap <<%s>>>>", ref(t.root.object), ref(parents), len(t.marks)+len(t.jumps), pdfClasses)
	u.put(parents, "<</Nums [%s]>>", t.parents())
	about := " /Version /1.7 /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>> /StructTreeRoot " + ref(tree)
	if err := u.extend(u.root, "Catalog", about); err != nil {
		return nil, err
	}
	u.end()
	return u.Bytes(), nil
}

// ref names an object.
func ref(n int) string { return strconv.Itoa(n) + " 0 R" }

// pageObject is the number that the library gives the object of a page, from 1:
// pages come first, each before its content.
func pageObject(page int) int { return 1 + 2*page }

// number gives a tag and all below it their objects.
func number(u *update, t *tag) {
	t.object = u.reserve()
	for _, k := range t.kids {
		if k.tag != nil {
			number(u, k.tag)
		}
	}
}

// put writes a tag and all below it.
func (t *tag) put(u *update, of int) {
	page := 0
	var kids []string
	for _, k := range t.kids {
		switch {
		case k.tag != nil:
			kids = append(kids, ref(k.tag.object))
		case k.link != nil:
			kids = append(kids, fmt.Sprintf("<</Type/OBJR/Pg %s/Obj %s>>", ref(pageObject(k.link.page)), ref(k.link.object)))
		case page == 0 || page == k.mark.page:
			page = k.mark.page
			kids = append(kids, strconv.Itoa(k.mark.n))
		default: // a text that goes on over the page
			kids = append(kids, fmt.Sprintf("<</Type/MCR/Pg %s/MCID %d>>", ref(pageObject(k.mark.page)), k.mark.n))
		}
	}
	about := t.about
	if page > 0 {
		about += "/Pg " + ref(pageObject(page))
	}
	all := strings.Join(kids, " ")
	if len(kids) != 1 {
		all = "[" + all + "]"
	}
	u.put(t.object, "<</S/%s/P %s%s/K %s>>", t.kind, ref(of), about, all) // there are thousands: no space that could go
	for _, k := range t.kids {
		if k.tag != nil {
			k.tag.put(u, t.object)
		}
	}
}

// parents lists, for each page, the tags of its marks, and then the tag of each
// link.
func (t *tagged) parents() string {
	var b strings.Builder
	for n, page := range t.marks {
		refs := make([]string, len(page))
		for i, of := range page {
			refs[i] = ref(of.object)
		}
		fmt.Fprintf(&b, "%d [%s]\n", n, strings.Join(refs, " "))
	}
	for n, j := range t.jumps {
		fmt.Fprintf(&b, "%d %s\n", len(t.marks)+n, ref(j.tag.object))
	}
	return b.String()
}
