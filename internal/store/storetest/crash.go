package storetest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"hubreach/internal/store"
)

// The environment of a process that a test kills: what it does, and to which
// store.
const (
	childDoes = "HUBREACH_TEST_CHILD"
	childAt   = "HUBREACH_TEST_STORE"
)

// half is what such a process prints when it is in the middle of it.
const half = "half way"

// Child does what the parent test asks of this process, and never comes back. In
// any other process it returns at once. A package's TestMain calls it first.
func Child(open func(ctx context.Context, place string) (store.Store, error)) {
	does := os.Getenv(childDoes)
	if does == "" {
		return
	}
	ctx := context.Background()
	s, err := open(ctx, os.Getenv(childAt))
	if err == nil {
		switch does {
		case "load":
			_, err = s.Load(ctx, endless())
		case "work":
			err = s.Queue().Run(ctx, 1, func(context.Context, store.Job, func(string, float64)) (store.Answer, error) {
				fmt.Println(half)
				select {}
			})
		case "write":
			err = writeUntilFull(ctx, s)
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

// endless is a load that stops in the middle of its second input.
func endless() store.Load {
	l := Load("kent", "never")
	in := Input("endless", noise(3*store.PartSize))
	in.Open = func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(noise(2*store.PartSize)), stuck{})), nil
	}
	l.Inputs = append(l.Inputs, in)
	return l
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) {
	fmt.Println(half)
	select {}
}

// writeUntilFull loads until the disk is full, and says whether the store said
// so as it should.
func writeUntilFull(ctx context.Context, s store.Store) error {
	for n := 0; ; n++ {
		l := Load("kent", fmt.Sprint(n))
		l.Inputs = []store.Input{Input("noise", append(noise(store.PartSize), fmt.Sprint(n)...))}
		if _, err := s.Load(ctx, l); err != nil {
			if n == 0 || !errors.Is(err, store.ErrUnavailable) {
				return fmt.Errorf("load %d: %w", n, err)
			}
			return fmt.Errorf("full after %d", n)
		}
	}
}

// Process starts this test's program again to do something to the store at a
// place. See Child.
func Process(t *testing.T, does, place string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self) // #nosec G204 -- the test starts its own program again
	cmd.Env = append(os.Environ(), childDoes+"="+does, childAt+"="+place)
	return cmd
}

// killed starts a process, waits until it is in the middle of it, and kills it
// without warning (kill -9).
func killed(t *testing.T, does, place string) {
	t.Helper()
	cmd := Process(t, does, place)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if said = append(said, lines.Text()); lines.Text() == half {
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed, as it must be
	if len(said) == 0 || said[len(said)-1] != half {
		t.Fatalf("the process that was to %s said %q", does, said)
	}
}

// Crashes kills processes in the middle of a load and of a job, and looks at
// what they leave. place is what Child is told, open opens it here.
func Crashes(t *testing.T, place string, open Place) {
	t.Run("in a load", func(t *testing.T) { crashedLoad(t, place, open) })
	t.Run("in a job", func(t *testing.T) { crashedJob(t, place, open) })
}

func crashedLoad(t *testing.T, place string, open Place) {
	ctx, s := t.Context(), open(t)
	first := must[store.Version](t)(s.Load(ctx, Load("kent", "f1")))
	killed(t, "load", place)
	if now := must[store.Version](t)(s.Current(ctx, "kent")); now != first {
		t.Errorf("while a load lies dead the current version is %+v, want %+v", now, first)
	}
	s = open(t)
	l := Load("kent", "f2")
	l.Inputs = append(l.Inputs, Input("endless", noise(3*store.PartSize)))
	v := must[store.Version](t)(s.Load(ctx, l))
	if v.ID != first.ID+1 {
		t.Errorf("the next load is version %d, want %d", v.ID, first.ID+1)
	}
	if got := must[[]byte](t)(io.ReadAll(must[io.ReadCloser](t)(s.Open(ctx, v.ID, "endless")))); !bytes.Equal(got, noise(3*store.PartSize)) {
		t.Errorf("Open gives %d bytes, want the %d of the load that was whole", len(got), 3*store.PartSize)
	}
}

func crashedJob(t *testing.T, place string, open Place) {
	q := open(t).Queue()
	j := add(t, q, "run", `{"a": 1}`)
	killed(t, "work", place)
	if got := must[store.Job](t)(q.Job(t.Context(), j.ID)); got.State != store.Running {
		t.Errorf("a job whose worker was just killed = %+v, want it running as far as anybody knows", got)
	}
	stop := running(t, q, 1, func(_ context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
		return store.Answer{Body: j.Args}, nil
	})
	if got := in(t, q, j.ID, store.Done); got.Tries != 2 || string(got.Result) != `{"a": 1}` {
		t.Errorf("a job begun again = %+v, want it done at the second try", got)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	asked := add(t, q, "run", "")
	killed(t, "work", place)
	must[store.Job](t)(q.Cancel(t.Context(), asked.ID)) // nobody is there to hear it
	deadly := add(t, q, "run", "")
	for range store.MaxTries {
		killed(t, "work", place)
	}
	running(t, q, 1, func(_ context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
		t.Errorf("job %d was begun, want it left alone", j.ID)
		return store.Answer{}, nil
	})
	in(t, q, asked.ID, store.Cancelled)
	if got := in(t, q, deadly.ID, store.Failed); got.Error != store.Died || got.Tries != store.MaxTries {
		t.Errorf("a job that killed every worker = %+v, want it failed after %d tries: %s", got, store.MaxTries, store.Died)
	}
}

// Full runs a process that writes to a place with room for only a little, and
// returns how many loads it kept. prepare may change the process.
func Full(t *testing.T, place string, prepare func(*exec.Cmd)) int {
	t.Helper()
	cmd := Process(t, "write", place)
	if prepare != nil {
		prepare(cmd)
	}
	out, _ := cmd.CombinedOutput() // it always ends with an error
	var n int
	last := out[bytes.LastIndexByte(bytes.TrimSpace(out), '\n')+1:]
	if _, err := fmt.Sscanf(strings.TrimSpace(string(last)), "full after %d", &n); err != nil {
		t.Fatalf("a process that fills the disk said %q, want \"full after ...\"", out)
	}
	return n
}
