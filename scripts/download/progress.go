package main

import (
	"fmt"
	"io"
	"time"
)

// progress tells a person how far a download is: one line that is written over
// on a terminal, a line now and then elsewhere.
type progress struct {
	to       io.Writer
	now      func() time.Time
	terminal bool

	name  string
	unit  string
	scale float64
	n     int64
	total int64 // 0 when not known
	last  time.Time
	open  bool // a line on the terminal has no end yet
}

// start begins a count of bytes, or of pages or rows, with what is there already.
func (p *progress) start(name string, have, total int64, unit string) {
	p.name, p.n, p.total, p.unit, p.scale, p.last = name, have, total, unit, 1, p.now()
	if unit == "MB" {
		p.scale = 1e6
	}
}

func (p *progress) add(n int64) {
	p.n += n
	every := 10 * time.Second
	if p.terminal {
		every = 200 * time.Millisecond
	}
	if now := p.now(); now.Sub(p.last) >= every {
		p.last = now
		p.show()
	}
}

func (p *progress) show() {
	text := fmt.Sprintf("%s: %s", p.name, p.amount(p.n))
	if p.total > 0 {
		text += fmt.Sprintf(" of %s (%d %%)", p.amount(p.total), 100*p.n/p.total)
	}
	if p.terminal {
		fmt.Fprintf(p.to, "\r\x1b[K%s", text)
		p.open = true
		return
	}
	fmt.Fprintln(p.to, text)
}

func (p *progress) amount(n int64) string {
	if p.scale == 1 {
		return fmt.Sprintf("%d %s", n, p.unit)
	}
	return fmt.Sprintf("%.1f %s", float64(n)/p.scale, p.unit)
}

// line writes a line of its own.
func (p *progress) line(text string) {
	if p.open {
		fmt.Fprint(p.to, "\r\x1b[K")
		p.open = false
	}
	fmt.Fprintln(p.to, text)
}
