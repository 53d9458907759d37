package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/user"
	"strings"

	"hubreach/internal/report"
	"hubreach/internal/store"
	"hubreach/internal/study"
)

// storeFlag names a store.
type storeFlag struct {
	Store string `required:"" env:"HUBREACH_STORE" help:"The store: the path of a .gpkg file, or postgres://user:password@host:port/database." placeholder:"DSN"`
}

// existing opens a store that somebody has made. log is told what its queue is
// at, and may be nil.
func (f storeFlag) existing(ctx context.Context, log *slog.Logger) (store.Store, error) {
	if !strings.Contains(f.Store, "://") {
		if _, err := os.Stat(f.Store); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("--store %s: there is no such file; hubreach load and hubreach migrate make one", f.Store)
		}
	}
	return openStore(ctx, f.Store, log)
}

// loadCmd keeps a run in a store.
type loadCmd struct {
	studyFlags
	storeFlag
	By   string `help:"Who loads it, for the history. Default: the user's name on this machine." placeholder:"NAME"`
	JSON bool   `name:"json" help:"Print the version as JSON."`
}

// Run runs the study and keeps it, whole or not at all.
func (c *loadCmd) Run(ctx context.Context, s std) (err error) {
	text, spec, open, err := c.kept()
	if err != nil {
		return err
	}
	to, err := openStore(ctx, c.Store, nil) // before the work, not after it
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	p := newProgress(s)
	defer p.done()
	r, err := s.run(ctx, spec, c.env(open, p))
	if err != nil {
		return err
	}
	p.report("keep the study", 0, 1)
	v, err := keep(ctx, to, text, open, r, c.by())
	p.done()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s, versionDoc(v))
	}
	_, err = fmt.Fprintf(s.out, "%s is version %d of %s (fingerprint %.12s)\n", v.Study, v.ID, shown(c.Store), v.Fingerprint)
	return err
}

func (c *loadCmd) by() string {
	if c.By != "" {
		return c.By
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "" // not said
}

// versionPart is a version as it is printed.
type versionPart struct {
	Version     store.VersionID `json:"version"`
	Study       string          `json:"study"`
	Fingerprint string          `json:"fingerprint"`
	Method      string          `json:"method"`
	By          string          `json:"by"`
	At          string          `json:"at"`
}

func versionDoc(v store.Version) versionPart {
	return versionPart{v.ID, v.Study, v.Fingerprint, v.Program, v.By, v.At.Format("2006-01-02T15:04:05.000000Z")}
}

// printJSON prints a value for machines.
func printJSON(s std, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s\n", text)
	return err
}

// layersOf turns the tables of a run into those of a store.
func layersOf(r *study.Results) ([]store.Layer, error) {
	tables, err := report.Layers(r)
	if err != nil {
		return nil, err
	}
	var layers []store.Layer
	for _, t := range tables {
		l := store.Layer{Name: t.Name, Rows: t.Rows}
		for _, c := range t.Columns {
			l.Columns = append(l.Columns, store.Column{Name: c.Name, Kind: store.Kind(c.Kind)})
		}
		layers = append(layers, l)
	}
	return layers, nil
}
