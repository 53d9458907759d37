package village

import "strings"

// A drawing is the cells of a text, rows of different lengths; what is not in
// it is blank.
type drawing struct {
	rows [][]rune
	// skipped is how many empty lines stood before the first row.
	skipped int
}

// newDrawing cuts away empty lines before and after and the white space that
// all the other lines begin with.
func newDrawing(text string) drawing {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	skipped := 0
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
		skipped++
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	indent := indentation(lines)
	d := drawing{skipped: skipped}
	for _, l := range lines {
		l = strings.TrimRight(strings.TrimPrefix(l, indent), " \t")
		d.rows = append(d.rows, []rune(l))
	}
	return d
}

// indentation is the longest run of spaces and tabs that every line that is not
// empty begins with.
func indentation(lines []string) string {
	indent, first := "", true
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		white := l[:len(l)-len(strings.TrimLeft(l, " \t"))]
		if first {
			indent, first = white, false
		}
		for !strings.HasPrefix(white, indent) {
			indent = indent[:len(indent)-1]
		}
	}
	return indent
}

// at returns the character of a cell, a space outside the drawing.
func (d drawing) at(row, col int) rune {
	if row < 0 || row >= len(d.rows) || col < 0 || col >= len(d.rows[row]) {
		return ' '
	}
	return d.rows[row][col]
}

func (d drawing) beside(row, col int, s side) (int, int) {
	r, c := s.step()
	return row + r, col + c
}

// width is the length of the longest row.
func (d drawing) width() int {
	w := 0
	for _, r := range d.rows {
		w = max(w, len(r))
	}
	return w
}

// offers reports whether the cell reaches out to its neighbour on side s.
func (d drawing) offers(row, col int, s side) bool {
	sym, _ := symbolOf(d.at(row, col))
	switch sym.kind {
	case vertex, barrier, crossing:
		return true
	case line:
		return d.runsAcross(row, col) == (s == left || s == right)
	}
	return false
}

// runsAcross reports which way the line in a cell runs.
func (d drawing) runsAcross(row, col int) bool {
	sym, _ := symbolOf(d.at(row, col))
	if sym.across != sym.upDown {
		return sym.across
	}
	across, upDown := 0, 0
	for s := left; s <= down; s++ {
		if r, c := d.beside(row, col, s); !d.accepts(r, c, s) {
			continue
		}
		if s == left || s == right {
			across++
		} else {
			upDown++
		}
	}
	return across == 2 || across >= upDown
}

// accepts reports whether a line that leaves its own cell by side s can join
// the cell at row and col, whatever that cell's other neighbours are.
func (d drawing) accepts(row, col int, s side) bool {
	sym, _ := symbolOf(d.at(row, col))
	switch sym.kind {
	case vertex, crossing:
		return true
	case line:
		if s == left || s == right {
			return sym.across
		}
		return sym.upDown
	}
	return false
}

// joined reports whether the cell and its neighbour on side s are joined.
func (d drawing) joined(row, col int, s side) bool {
	r, c := d.beside(row, col, s)
	if !d.offers(row, col, s) || !d.offers(r, c, s.opposite()) {
		return false
	}
	a, b := d.carries(row, col, s), d.carries(r, c, s)
	switch {
	case a == '+' && b == '+': // two vertices side by side
		return false
	case isBarrier(a) || isBarrier(b):
		return a == b
	}
	return true
}

// carries returns the class of what runs through the cell along the axis of
// side s, and + for a vertex. A crossing carries on what comes to it: from the
// left or above, or else from the other end; a street between two vertices.
func (d drawing) carries(row, col int, s side) rune {
	c := d.at(row, col)
	sym, _ := symbolOf(c)
	switch sym.kind {
	case vertex:
		return '+'
	case crossing:
		return d.carriedOver(row, col, s)
	}
	return class(c)
}

func (d drawing) carriedOver(row, col int, s side) rune {
	back := left
	if s == up || s == down {
		back = up
	}
	for _, towards := range []side{back, back.opposite()} {
		r, c := row, col
		for d.at(r, c) == '%' {
			r, c = d.beside(r, c, towards)
		}
		sym, _ := symbolOf(d.at(r, c))
		if sym.kind == barrier || sym.kind == line && d.offers(r, c, towards.opposite()) {
			return class(d.at(r, c))
		}
	}
	return '-'
}

func isBarrier(c rune) bool {
	s, _ := symbolOf(c)
	return s.kind == barrier
}

// check returns the first mistake of the drawing in reading order.
func (d drawing) check() error {
	seen := make(map[rune]bool)
	for row, cells := range d.rows {
		for col, c := range cells {
			reason := d.mistake(row, col)
			if isPlace(c) {
				if seen[c] {
					reason = "drawn before; a place stands once"
				}
				seen[c] = true
			}
			if reason != "" {
				return &Error{Line: d.skipped + row + 1, Column: col + 1, Symbol: c, Reason: reason}
			}
		}
	}
	return nil
}

// mistake says what is wrong with a cell, or nothing.
func (d drawing) mistake(row, col int) string {
	sym, known := symbolOf(d.at(row, col))
	if !known {
		return "not in the alphabet"
	}
	var ends [4]bool
	for s := left; s <= down; s++ {
		ends[s] = d.joined(row, col, s)
	}
	switch {
	case sym.kind == line && ends == [4]bool{}:
		return "a line that joins nothing"
	case sym.kind == crossing && ends == [4]bool{}:
		return "a crossing of nothing"
	case sym.kind == crossing && (ends[left] != ends[right] || ends[up] != ends[down]):
		return "what comes over a crossing on one side must go on at the other"
	}
	return ""
}
