package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"hubreach/internal/study"
)

// The exit codes of every command.
const (
	ExitDone = 0 // the answer is there
	ExitData = 1 // the data or the answer is bad; one line says what and what to do
	ExitCall = 2 // the call is bad: unknown command, missing argument
)

// errReported means that a command has said everything itself, and failed.
var errReported = errors.New("reported")

// commands is the command line.
type commands struct {
	Run        runCmd        `cmd:"" help:"Run a study: load, check, reach, need, outreach, score; write the results."`
	Check      checkCmd      `cmd:"" help:"Check a study's data only: every check, passed or failed."`
	Optimise   optimiseCmd   `cmd:"" help:"Find the best sites to keep under rules, with a bound or a proof; price every building."`
	Options    optionsCmd    `cmd:"" help:"Options as data: export to and import from a spreadsheet, draft, diff."`
	Compare    compareCmd    `cmd:"" help:"Put options side by side over all criteria; gained, kept and lost, by group."`
	Robustness robustnessCmd `cmd:"" help:"Draw everything uncertain at once: how sure the ranking is, and what would change it."`
	Report     reportCmd     `cmd:"" help:"Write a committee report on chosen options as HTML, PDF or a workbook."`
	Transit    transitCmd    `cmd:"" help:"Say what public transport adds: hubs reached on foot only and with it, by option and window."`
	Diff       diffCmd       `cmd:"" help:"Compare two runs: which areas entered, left or changed outreach category, and why."`
	Fit        fitCmd        `cmd:"" name:"fit-detour" help:"Fit the detour factor of straight-line walks to ready-made catchments."`
	Export     exportCmd     `cmd:"" help:"Write results as one file: vector tiles (.pmtiles), a layer (.geojson) or all layers (.gpkg)."`
	Init       initCmd       `cmd:"" help:"Look at the files of a folder and draft a study file for them."`
	Serve      serveCmd      `cmd:"" help:"Serve a study over HTTP: the API, tiles and the browser map."`
	Load       loadCmd       `cmd:"" help:"Run a study and keep it in a store: inputs, results and provenance, as a new version."`
	Migrate    migrateCmd    `cmd:"" help:"Make a store, or bring its tables up to date."`
	Token      tokenCmd      `cmd:"" help:"Look after the tokens that let people change things."`
	Work       workCmd       `cmd:"" help:"Work through the jobs of a store; on as many machines as share it."`
	Version    versionCmd    `cmd:"" help:"Print the version of the program and of the method."`

	ShowVersion kong.VersionFlag `name:"version" help:"Show the versions of the program and of the method."`
}

// runner runs a study, as study.Run does.
type runner func(context.Context, study.Spec, study.Env) (*study.Results, error)

// std is what a command is given by its process.
type std struct {
	out, err io.Writer
	terminal bool   // err is a terminal
	run      runner // tests put one here that has run the study before
}

// Main runs the command line given by args, without the program's name, and
// returns the exit code. Results go to out, progress and errors to err.
func Main(args []string, out, err io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return runArgs(ctx, args, std{out: out, err: err, terminal: isTerminal(err), run: study.Run})
}

// runArgs runs one command.
func runArgs(ctx context.Context, args []string, s std) int {
	var c commands
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("hubreach"),
		kong.Description("Plans Family Hub sites for an English county: who can walk to a hub in 20 minutes, which areas need outreach and why, and how estate options rank.\n\nThe sample county is inside the program: hubreach run sample --out DIR."),
		kong.Writers(s.out, s.err),
		kong.Exit(func(code int) { exit = code }),
		kong.UsageOnError(),
		kong.Vars{"version": versions()},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		panic(err) // the command line is described wrongly: a bug, found by the first test
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 { // --help or --version
		return exit
	}
	if err != nil {
		fmt.Fprintf(s.err, "hubreach: %v; see hubreach --help\n", err)
		return ExitCall
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	switch err := parsed.Run(s); {
	case err == nil:
		return ExitDone
	case errors.Is(err, errReported):
		return ExitData
	case errors.Is(err, errCall):
		fmt.Fprintf(s.err, "hubreach: %v; see hubreach --help\n", err)
		return ExitCall
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		fmt.Fprintln(s.err, "hubreach: stopped; nothing was written")
		return ExitData
	default:
		fmt.Fprintf(s.err, "hubreach: %v\n", err)
		return ExitData
	}
}
