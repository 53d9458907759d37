package main_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	bench "hubreach/scripts/benchmark"
)

// shell is a peer in a line of shell: it loads, and then does what run says.
func shell(run string) []string {
	return []string{"sh", "-c", `read load; echo '{"seconds": 2, "version": "1", "modes": {"one": 1}, "rss": 5}'; while read task; do ` + run + `; done`}
}

func TestPeer(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	p, err := bench.StartPeer(t.Context(), shell(`echo '{"seconds": 0.5, "cpu": 0.25}'`), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Modes()["one"]; got != 1 {
		t.Errorf("mode one takes %d origins a call, want 1", got)
	}
	// Half a second for two origins is a quarter for each.
	wall, cpu, err := p.Run(t.Context(), "one")
	if err != nil || wall != 250*time.Millisecond || cpu != 125*time.Millisecond {
		t.Errorf("Run = %v, %v, %v, want 250ms, 125ms and no error", wall, cpu, err)
	}
	p.Stop()
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the peer left %v (%v)", left, err)
	}
}

func TestPeerFaults(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, tc := range []struct {
		name    string
		command []string
		loads   bool
		want    error // nil: any
	}{
		{"no such program", []string{"/nonexistent"}, false, nil},
		{"ends at once", []string{"false"}, false, nil},
		{"cannot load", []string{"sh", "-c", `read load; echo '{"error": "no module"}'; cat >/dev/null`}, false, nil},
		{"is no peer", []string{"sh", "-c", "echo hello"}, false, nil},
		{"cannot run", shell(`echo '{"error": "out of memory"}'`), true, nil},
		{"dies", shell("exit 3"), true, nil},
		{"never answers", shell("sleep 600"), true, bench.ErrPeerTime},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p, err := bench.StartPeer(t.Context(), tc.command, t.TempDir())
			if (err == nil) != tc.loads {
				t.Fatalf("StartPeer = %v, want an error: %t", err, !tc.loads)
			}
			if err != nil {
				return
			}
			defer p.Stop()
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			if _, _, err = p.Run(ctx, "one"); err == nil || tc.want != nil && !errors.Is(err, tc.want) {
				t.Errorf("Run = %v, want %v", err, tc.want)
			}
		})
	}
}
