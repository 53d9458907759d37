package store

import (
	"context"
	"encoding/json"
	"time"
)

// JobID numbers the jobs of a store.
type JobID int64

// State is where a job is.
type State string

// The states of a job. The last three are final.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Final reports whether a job in this state will not change any more.
func (s State) Final() bool { return s == Done || s == Failed || s == Cancelled }

// Job is work of over a second: a run, an optimisation, a report.
type Job struct {
	ID       JobID
	Kind     string // "optimise", "robustness", "report", "export", "load", "run"
	Args     json.RawMessage
	By       string
	State    State
	Stage    string  // what it is doing
	Progress float64 // 0 to 1
	Result   []byte  // when Done; see Media
	Media    string  // media type of Result
	Error    string  // when Failed: one line
	Tries    int     // times it was begun: more than one after a crash; a stop that put it back does not count
	Made     time.Time
	Began    time.Time // zero: not yet
	Ended    time.Time // zero: not yet
}

// Answer is the result of a job.
type Answer struct {
	Media string
	Body  []byte
}

// Work does a job. Its ctx ends when the job is cancelled; tell keeps its stage
// and progress. A job whose worker died is begun again, so Work does the same
// whether called once or twice.
type Work func(ctx context.Context, j Job, tell func(stage string, share float64)) (Answer, error)

// MaxTries is how often a job is begun whose worker dies of it each time. Then
// it fails, so that one bad job does not stop a service for ever.
const MaxTries = 3

// Died is the Error of a job that was begun MaxTries times.
const Died = "the process that worked on it died three times"

// KeepJobs is how long a job is kept after it has ended, with its result. Whoever
// works through a queue forgets the older ones.
const KeepJobs = 30 * 24 * time.Hour

// Queue holds jobs, and survives a restart.
type Queue interface {
	// Add keeps a job, waiting. Only Kind, Args and By of j are used.
	Add(ctx context.Context, j Job) (Job, error)
	// Job finds a job. The error wraps ErrNoJob.
	Job(ctx context.Context, id JobID) (Job, error)
	// Jobs lists the newest jobs, at most limit, without their results.
	Jobs(ctx context.Context, limit int) ([]Job, error)
	// Cancel ends a job that waits at once, and asks one that runs to stop. A job
	// that has ended is left as it is.
	Cancel(ctx context.Context, id JobID) (Job, error)
	// Run takes jobs, at most workers at a time, until ctx ends; then it waits for
	// those that run to give up, puts them back to wait and returns nil. The error
	// wraps ErrQueueHeld where only one process may work and another does.
	Run(ctx context.Context, workers int, do Work) error
}
