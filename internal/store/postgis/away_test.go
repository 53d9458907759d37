package postgis_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/internal/store"
	"hubreach/internal/store/storetest"
)

// cluster is a server of the test's own, which it may stop.
type cluster struct {
	t    *testing.T
	note string
}

func (c cluster) run(word string) string {
	c.t.Helper()
	cmd := exec.Command(filepath.Join("..", "..", "..", "scripts", "postgis"), word)
	cmd.Env = append(os.Environ(), "HUBREACH_CLUSTER="+c.note)
	out, err := cmd.Output()
	if err != nil {
		c.t.Fatalf("scripts/postgis %s: %v", word, err)
	}
	return strings.TrimSpace(string(out))
}

// TestServerStopsAndStarts: while PostgreSQL is away every call says so, and when
// it is back the same store and the same worker go on by themselves. A job that
// ended meanwhile is kept as done, once.
func TestServerStopsAndStarts(t *testing.T) {
	if os.Getenv(storetest.Server) == "" {
		t.Skip("no PostGIS: " + storetest.Server + " is not set")
	}
	c := cluster{t, filepath.Join(t.TempDir(), "cluster")}
	address := c.run("start")
	t.Cleanup(func() { c.run("stop") })
	address = strings.Replace(address, "/postgres?", "/hubreach_template?", 1) // nobody else is here
	s := at(t, address)
	first := load(t, s, storetest.Load("kent", "f1"))

	begun, finish := make(chan struct{}), make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	tries := 0
	go func() {
		ended <- s.Queue().Run(ctx, 1, func(_ context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
			if j.Kind == "long" {
				tries++
				close(begun)
				<-finish
			}
			return store.Answer{Body: []byte("done")}, nil
		})
	}()
	t.Cleanup(func() { stop(); <-ended })
	long, err := s.Queue().Add(t.Context(), store.Job{Kind: "long"})
	if err != nil {
		t.Fatal(err)
	}
	<-begun

	c.run("pause")
	storetest.Unavailable(t, s)
	close(finish) // the job ends while nobody can be told
	storetest.Unavailable(t, s)
	c.run("start")

	storetest.Until(t, "the store answers again", func() bool { return s.Ping(t.Context()) == nil })
	if now, err := s.Current(t.Context(), "kent"); err != nil || now != first {
		t.Errorf("the current version is %+v, %v, want %+v", now, err, first)
	}
	load(t, s, storetest.Load("kent", "f2"))
	storetest.Until(t, "the end of the job is kept", func() bool {
		j, err := s.Queue().Job(t.Context(), long.ID)
		return err == nil && j.State == store.Done && string(j.Result) == "done"
	})
	short, err := s.Queue().Add(t.Context(), store.Job{Kind: "short"})
	if err != nil {
		t.Fatal(err)
	}
	storetest.Until(t, "the worker takes jobs again", func() bool {
		j, err := s.Queue().Job(t.Context(), short.ID)
		return err == nil && j.State == store.Done
	})
	if tries != 1 {
		t.Errorf("the job was begun %d times, want once", tries)
	}
}
