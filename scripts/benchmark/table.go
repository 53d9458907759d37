package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// table is a Markdown table; every row has a cell for each column.
type table struct {
	columns []string
	rows    [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// write pads the columns, so that the table reads well as text too. A missing
// cell is empty, and a bar in a cell is escaped.
func (t *table) write(w io.Writer) error {
	widths := make([]int, len(t.columns))
	cell := func(row []string, i int) string {
		if i >= len(row) {
			return ""
		}
		return strings.ReplaceAll(row[i], "|", `\|`)
	}
	for i, c := range t.columns {
		widths[i] = utf8.RuneCountInString(c)
		for _, r := range t.rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell(r, i)))
		}
	}
	var b strings.Builder
	line := func(row []string) {
		for i := range t.columns {
			c := cell(row, i)
			b.WriteString("| " + c + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c)) + " ")
		}
		b.WriteString("|\n")
	}
	line(t.columns)
	for i := range t.columns {
		b.WriteString("|" + strings.Repeat("-", widths[i]+2))
	}
	b.WriteString("|\n")
	for _, r := range t.rows {
		line(r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// figure writes f with three figures that count: 0.0581, 1.23, 45.6, 1,234.
func figure(f float64) string {
	switch {
	case f == 0:
		return "0"
	case f < 0:
		return "-" + figure(-f)
	case f >= 999.5:
		return thousands(fmt.Sprintf("%.0f", f))
	}
	places := 2
	for x := f; x < 0.9995; x *= 10 {
		places++
	}
	for x := f; x >= 9.995; x /= 10 {
		places--
	}
	return fmt.Sprintf("%.*f", max(0, places), f)
}

// thousands puts a comma after every third digit of a whole number.
func thousands(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func count(n int) string { return thousands(fmt.Sprint(n)) }

func inMillis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// millis and seconds write a duration in that unit, and "-" for none.
func millis(d time.Duration) string {
	if d == 0 {
		return "-"
	}
	return figure(inMillis(d))
}

func seconds(d time.Duration) string {
	if d == 0 {
		return "-"
	}
	return figure(d.Seconds())
}
