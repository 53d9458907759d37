package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hubreach/internal/estate"
	"hubreach/internal/store"
)

// errBusy means that as many jobs wait or run as may.
var errBusy = errors.New("too many jobs wait")

// errNotYet means a result that is not there yet, or never will be.
var errNotYet = errors.New("there is no result")

// Job is work of over a second.
type Job struct {
	ID       store.JobID `json:"job_id"`
	Kind     string      `json:"kind"`
	State    store.State `json:"state" enum:"waiting,running,done,failed,cancelled"`
	Stage    Text        `json:"stage" doc:"what it is doing"`
	Progress Ratio       `json:"progress" doc:"of the stage, 0 to 1"`
	Error    Text        `json:"error"`
	By       Text        `json:"by"`
	Made     time.Time   `json:"made"`
	Began    *time.Time  `json:"began"`
	Ended    *time.Time  `json:"ended"`
	Media    Text        `json:"media_type" doc:"of the result"`
}

type jobOut struct {
	Location string `header:"Location"`
	Body     Job
}

// JobID is the number of a job in a path.
type JobID struct {
	ID int64 `path:"id" minimum:"1"`
}

func (s *service) jobResources() {
	s.asking("optimise", "The best sites to keep open under rules, with a bound or a proof", func(op huma.Operation) {
		get(s, op, func(ctx context.Context, in *struct{ Body OptimiseQuestion }) (*jobOut, error) {
			return s.ask(ctx, store.KindOptimise, store.Args{Optimise: in.Body.request()})
		})
	})
	s.asking("robustness", "Everything uncertain drawn at once: how sure the ranking is", func(op huma.Operation) {
		get(s, op, func(ctx context.Context, in *struct {
			Body struct {
				Draws         int    `json:"draws,omitempty" minimum:"1" maximum:"100000" default:"1000"`
				OutreachDraws int    `json:"outreach_draws,omitempty" minimum:"0" maximum:"10000" default:"100"`
				Seed          uint64 `json:"seed,omitempty" default:"1"`
			}
		}) (*jobOut, error) {
			return s.ask(ctx, store.KindRobustness, store.Args{Robustness: &store.RobustnessArgs{Draws: in.Body.Draws, OutreachDraws: in.Body.OutreachDraws, Seed: in.Body.Seed}})
		})
	})
	s.asking("report", "The committee report", func(op huma.Operation) {
		get(s, op, func(ctx context.Context, in *struct {
			Body struct {
				Format  string            `json:"format" enum:"html,pdf,xlsx"`
				Options []estate.OptionID `json:"options,omitempty" maxItems:"50" doc:"none: all of them"`
			}
		}) (*jobOut, error) {
			for _, id := range in.Body.Options {
				if _, _, err := snapshotOf(ctx).option(string(id)); err != nil {
					return nil, err
				}
			}
			return s.ask(ctx, store.KindReport, store.Args{Report: &store.ReportArgs{Format: in.Body.Format, Options: in.Body.Options}})
		})
	})
	s.asking("export", "Everything as one file", func(op huma.Operation) {
		get(s, op, func(ctx context.Context, in *struct {
			Body struct {
				Format string `json:"format" enum:"gpkg,pmtiles,geojson"`
			}
		}) (*jobOut, error) {
			return s.ask(ctx, store.KindExport, store.Args{Export: &store.ExportArgs{Format: in.Body.Format}})
		})
	})
	list(s, operation("jobs", "/jobs", "The newest jobs", "jobs"), false, s.listJobs)
	get(s, operation("job", "/jobs/{id}", "A job: its state and progress", "jobs"), s.getJob)
	s.changing(operation("cancel-job", "/jobs/{id}", "Ask a job to stop; one that has ended stays as it is", "jobs"), http.MethodDelete, http.StatusAccepted, func(op huma.Operation) { get(s, op, s.cancelJob) })
	op := operation("job-result", "/jobs/{id}/result", "What a job that is done has made", "jobs")
	op.Errors = []int{http.StatusConflict}
	op.Responses = map[string]*huma.Response{"200": {Description: "The result, in the media type that the job says", Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}, mediaJSON: {Schema: &huma.Schema{}}}}}
	get(s, op, s.getResult)
}

// asking registers a question that becomes a job.
func (s *service) asking(kind, summary string, register func(huma.Operation)) {
	op := operation(kind, "/"+kind, summary+"; a job", "jobs")
	op.Errors = []int{http.StatusTooManyRequests}
	s.changing(op, http.MethodPost, http.StatusAccepted, register)
}

// ask adds a job about the version that is served.
func (s *service) ask(ctx context.Context, kind string, args store.Args) (*jobOut, error) {
	args.Version = snapshotOf(ctx).Version.ID
	text, err := json.Marshal(args)
	if err != nil {
		return nil, err
	}
	if err := s.room(ctx); err != nil {
		return nil, err
	}
	j, err := s.store.Queue().Add(ctx, store.Job{Kind: kind, Args: text, By: bearerOf(ctx)})
	if err != nil {
		return nil, err
	}
	return &jobOut{fmt.Sprintf("%s/jobs/%d", base, j.ID), jobOf(j)}, nil
}

// room returns an error that wraps errBusy when as many jobs wait or run as may.
func (s *service) room(ctx context.Context) error {
	jobs, err := s.store.Queue().Jobs(ctx, newestJobs)
	if err != nil {
		return err
	}
	under := 0
	for _, j := range jobs {
		if !j.State.Final() {
			under++
		}
	}
	if under >= s.limits.Jobs {
		return fmt.Errorf("%w: %d jobs wait or run: ask again when one has ended, or cancel one", errBusy, under)
	}
	return nil
}

// newestJobs is how many jobs are listed.
const newestJobs = 1000

func jobOf(j store.Job) Job {
	out := Job{ID: j.ID, Kind: j.Kind, State: j.State, Stage: Text(j.Stage), Progress: Ratio(j.Progress), Error: Text(j.Error), By: Text(j.By), Made: j.Made, Media: Text(j.Media)}
	if !j.Began.IsZero() {
		out.Began = &j.Began
	}
	if !j.Ended.IsZero() {
		out.Ended = &j.Ended
	}
	return out
}

func (s *service) listJobs(ctx context.Context, in *struct {
	Paging
	State string `query:"state" enum:"waiting,running,done,failed,cancelled"`
	Kind  string `query:"kind" maxLength:"20"`
}) (listed[Job], error) {
	jobs, err := s.store.Queue().Jobs(ctx, newestJobs)
	var rows []Job
	for _, j := range jobs {
		if (in.State == "" || string(j.State) == in.State) && (in.Kind == "" || j.Kind == in.Kind) {
			rows = append(rows, jobOf(j))
		}
	}
	return listed[Job]{rows: rows}, err
}

func (s *service) getJob(ctx context.Context, in *JobID) (*jobOut, error) {
	j, err := s.store.Queue().Job(ctx, store.JobID(in.ID))
	return &jobOut{Body: jobOf(j)}, err
}

func (s *service) cancelJob(ctx context.Context, in *JobID) (*jobOut, error) {
	j, err := s.store.Queue().Cancel(ctx, store.JobID(in.ID))
	return &jobOut{Body: jobOf(j)}, err
}

func (s *service) getResult(ctx context.Context, in *JobID) (*written, error) {
	j, err := s.store.Queue().Job(ctx, store.JobID(in.ID))
	switch {
	case err != nil:
		return nil, err
	case j.State == store.Failed:
		return nil, fmt.Errorf("job %d: %w: it failed: %s", j.ID, errNotYet, j.Error)
	case j.State != store.Done:
		return nil, fmt.Errorf("job %d: %w: it is %s", j.ID, errNotYet, j.State)
	}
	return &written{func(hc huma.Context) {
		hc.SetHeader("Content-Type", j.Media)
		_, _ = hc.BodyWriter().Write(j.Result) // the client may be gone
	}}, nil
}
