package app

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a run is: a bar on a terminal, else one line a stage
// and one every few seconds of a long one.
type progress struct {
	out      io.Writer
	terminal bool
	stage    string
	bar      *progressbar.ProgressBar
	last     time.Time
}

func newProgress(s std) *progress { return &progress{out: s.err, terminal: s.terminal} }

// every is how often a long stage says how far it is when nobody watches a bar.
const every = 5 * time.Second

func (p *progress) report(stage string, done, total int) {
	if p.terminal {
		p.draw(stage, done, total)
		return
	}
	now := time.Now()
	if stage != p.stage {
		p.stage, p.last = stage, now
		fmt.Fprintf(p.out, "%s\n", stage)
		return
	}
	if now.Sub(p.last) >= every && done < total {
		p.last = now
		fmt.Fprintf(p.out, "%s: %d of %d\n", stage, done, total)
	}
}

func (p *progress) draw(stage string, done, total int) {
	if stage != p.stage || p.bar == nil {
		p.done()
		p.stage = stage
		p.bar = progressbar.NewOptions(max(total, 1),
			progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(fmt.Sprintf("%-40.40s", stage)),
			progressbar.OptionSetWidth(24), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(50*time.Millisecond))
	}
	_ = p.bar.Set(done) // a bar that cannot be drawn is not worth stopping for
}

// warn says what went wrong and changes no result.
func (p *progress) warn(err error) {
	p.done()
	fmt.Fprintf(p.out, "hubreach: %v\n", err)
}

// done takes the bar off the screen.
func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
