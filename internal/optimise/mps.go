package optimise

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// WriteMPS writes a problem as an MPS file that any solver of mixed integer
// programs reads, for anyone who wants to solve it again.
//
// The file is both fixed and free MPS: every name has at most eight characters
// and no space, and every field stands in its column. Numbers therefore have at
// most twelve characters: up to 1e12 they are exact to ten digits, or to 1e-10
// when they are small. The program is always to be made
// small; comment lines at the top say what its value means, and which site each
// y is. The error is that of w, or wraps ErrBadProblem.
func WriteMPS(w io.Writer, p *Problem) error {
	if err := p.Validate(); err != nil {
		return err
	}
	g, _ := newProgram(p)
	g.header(p)
	return g.write(w)
}

// header puts the sites into the comment.
func (g *program) header(p *Problem) {
	about := []string{"model " + string(p.Model) + ", to be made small; y.... = 1 when a site is open"}
	g.about = append(about, g.about...)
	for s, site := range p.Sites {
		g.note("%s = %s", siteName(s), site.ID)
	}
}

// write writes the sections of the file.
func (g *program) write(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, line := range g.about {
		// A comment ends with its line, whatever an id holds.
		fmt.Fprintf(b, "* %s\n", strings.Join(strings.Fields(line), " "))
	}
	fmt.Fprint(b, "NAME          HUBREACH\nROWS\n N  COST\n")
	entries := make([][]entry, len(g.columns))
	for i, r := range g.rows {
		fmt.Fprintf(b, " %c  %s\n", r.sense, r.name)
		for _, t := range r.terms {
			entries[t.column] = append(entries[t.column], entry{i, t.times})
		}
	}
	fmt.Fprint(b, "COLUMNS\n")
	whole := false
	for k, c := range g.columns {
		if c.whole != whole {
			whole = c.whole
			kind := "'INTORG'"
			if !whole {
				kind = "'INTEND'"
			}
			fmt.Fprintf(b, "    MARKER    'MARKER'                 %s\n", kind)
		}
		// A column without any entry would not exist, so its cost is written
		// even when it is zero.
		if c.cost != 0 || len(entries[k]) == 0 {
			field(b, c.name, "COST", c.cost)
		}
		slices.SortStableFunc(entries[k], func(a, b entry) int { return a.row - b.row })
		for _, e := range entries[k] {
			field(b, c.name, g.rows[e.row].name, e.times)
		}
	}
	if whole {
		fmt.Fprint(b, "    MARKER    'MARKER'                 'INTEND'\n")
	}
	fmt.Fprint(b, "RHS\n")
	for _, r := range g.rows {
		if r.limit != 0 {
			field(b, "RHS", r.name, r.limit)
		}
	}
	fmt.Fprint(b, "BOUNDS\n")
	for _, c := range g.columns {
		fmt.Fprintf(b, " UP %-8s  %-8s  %12s\n", "BND", c.name, number(c.most))
	}
	fmt.Fprint(b, "ENDATA\n")
	return b.Flush()
}

type entry struct {
	row   int
	times float64
}

func field(b *bufio.Writer, name, row string, value float64) {
	fmt.Fprintf(b, "    %-8s  %-8s  %12s\n", name, row, number(value))
}

// number writes v in at most twelve characters, as exactly as these allow.
func number(v float64) string {
	const most = 12
	if s := strconv.FormatFloat(v, 'f', -1, 64); len(s) <= most {
		return s
	}
	for digits := 17; digits > 1; digits-- {
		if s := strconv.FormatFloat(v, 'g', digits, 64); len(s) <= most {
			return s
		}
	}
	return strconv.FormatFloat(v, 'e', 0, 64)
}
