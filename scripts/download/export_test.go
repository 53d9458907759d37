package main

import (
	"context"
	"io"
	"time"
)

// What the tests of a command, which nobody else can import, look at.
type (
	Program = program
	Table   = []Source
)

const (
	ExitDone    = exitDone
	ExitMissing = exitMissing
	ExitUsage   = exitUsage
	ExitStopped = exitStopped
)

var (
	ParseSources  = parseSources
	LoadSources   = loadSources
	LoadCounties  = loadCounties
	FindCounty    = findCounty
	ParseManifest = parseManifest
	ParseNomis    = parseNomis
)

// ParsePage is parsePage, with how many records the page has.
func ParsePage(text []byte) (int, error) {
	p, err := parsePage(text)
	return len(p.Features), err
}

// NewProgram is a program with a clock that stands still and waits that take
// no time but are noted.
func NewProgram(stdout, stderr io.Writer, idle time.Duration, waits *[]time.Duration) Program {
	return program{
		stdout: stdout, stderr: stderr, idle: idle,
		now: func() time.Time { return time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC) },
		wait: func(ctx context.Context, d time.Duration) error {
			*waits = append(*waits, d)
			return ctx.Err()
		},
	}
}

// Run is run.
func (p program) Run(ctx context.Context, args ...string) int { return p.run(ctx, args) }
