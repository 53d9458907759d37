package app

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"hubreach/data"
	"hubreach/internal/optimise/cbc"
	"hubreach/internal/study"
)

// studyFlags name a study and its data.
type studyFlags struct {
	Study string `arg:"" help:"The study file, or \"sample\" for the sample county inside the program."`
	Data  string `help:"Folder that the paths of the study file start from. Default: the folder of the study file." placeholder:"DIR"`
	cacheFlags
}

// sampleName is the argument that stands for the embedded sample county.
const sampleName = "sample"

// open reads the study file and returns how to open its inputs.
func (f studyFlags) open() (study.Spec, study.Open, error) {
	_, spec, open, err := f.read(openAny)
	return spec, open, err
}

// kept is open for a store: it also returns the study file as it stands, and
// opens nothing outside the folder.
func (f studyFlags) kept() ([]byte, study.Spec, study.Open, error) { return f.read(openWithin) }

// read reads the study file and returns how to open its inputs in a folder.
func (f studyFlags) read(in func(dir string) study.Open) ([]byte, study.Spec, study.Open, error) {
	if f.Study == sampleName && f.Data == "" {
		return sample()
	}
	text, err := readFile(f.Study, study.MaxSpec)
	if err != nil {
		return nil, study.Spec{}, nil, fmt.Errorf("study file: %w; want the path of a study file, or %q", err, sampleName)
	}
	spec, err := study.ParseSpec(text, f.Study)
	if err != nil {
		return nil, study.Spec{}, nil, err
	}
	dir := f.Data
	if dir == "" {
		dir = filepath.Dir(f.Study)
	} else if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, study.Spec{}, nil, fmt.Errorf("--data %s: want a folder that exists", dir)
	}
	return text, spec, in(dir), nil
}

func sample() ([]byte, study.Spec, study.Open, error) {
	files := data.Sample()
	text, err := fs.ReadFile(files, "study.toml")
	if err != nil {
		return nil, study.Spec{}, nil, fmt.Errorf("sample county: %w", err)
	}
	spec, err := study.ParseSpec(text, "sample/study.toml")
	return text, spec, func(path string) (io.ReadCloser, error) { return files.Open(path) }, err
}

// env returns what a run needs, with progress and trouble shown by p.
func (f cacheFlags) env(open study.Open, p *progress) study.Env {
	e := study.Env{Open: open, Progress: p.report, Workers: runtime.GOMAXPROCS(0), Graphs: f.graphs(), Warn: p.warn}
	if solver, err := cbc.Find(); err == nil {
		e.Solver = solver // else options are held against a bound, which is nearly always as good
	}
	return e
}
