package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// The kinds of jobs.
const (
	KindOptimise   = "optimise"
	KindRobustness = "robustness"
	KindReport     = "report"
	KindExport     = "export"
	KindRun        = "run"
	KindLoad       = "load"
)

// Args is what a job is about: a study version with the edited options in force
// when the job begins, and what the job's kind asks of it.
type Args struct {
	Version    VersionID              `json:"version"`
	Optimise   *study.OptimiseRequest `json:"optimise,omitempty"`
	Robustness *RobustnessArgs        `json:"robustness,omitempty"`
	Report     *ReportArgs            `json:"report,omitempty"`
	Export     *ExportArgs            `json:"export,omitempty"`
}

// RobustnessArgs says how often everything uncertain is drawn.
type RobustnessArgs struct {
	Draws         int    `json:"draws"`
	OutreachDraws int    `json:"outreach_draws"`
	Seed          uint64 `json:"seed"`
}

// ReportArgs says which paper is written. No options: all of them.
type ReportArgs struct {
	Format  string            `json:"format"` // "html", "pdf" or "xlsx"
	Options []estate.OptionID `json:"options,omitempty"`
}

// ExportArgs says which file is written.
type ExportArgs struct {
	Format string `json:"format"` // "gpkg", "pmtiles" or "geojson"
}

// ParseArgs reads the arguments of a job. A field that no kind has is an error.
func ParseArgs(text []byte) (Args, error) {
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	var a Args
	err := in.Decode(&a)
	if err == nil {
		if _, more := in.Token(); more != io.EOF {
			err = errors.New("something follows them: want one JSON object")
		}
	}
	if err != nil {
		return Args{}, fmt.Errorf("%w: arguments of a job: %w", ErrInvalid, err)
	}
	return a, nil
}
