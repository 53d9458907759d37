package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"hubreach/internal/estate"
	"hubreach/internal/report"
	"hubreach/internal/study"
	"hubreach/internal/tile"
)

// exportCmd writes results as one file for other programs.
type exportCmd struct {
	Study string `arg:"" optional:"" help:"The study file, or \"sample\"; without it give --store."`
	Data  string `help:"Folder that the paths of the study file start from. Default: the folder of the study file." placeholder:"DIR"`
	Store string `help:"Take the newest version of a store instead: the path of a .gpkg file, or postgres://..." placeholder:"DSN"`
	cacheFlags
	Out    string `required:"" help:"File to write, by its ending: .pmtiles, all vector tiles for a web server without a program; .geojson, one layer; .gpkg, all layers for a desktop GIS; .svg, a map of one option for a paper." placeholder:"FILE"`
	Zoom   string `default:"6-14" help:"Zooms of .pmtiles, least and most."`
	Sets   string `default:"areas,catchments,sites,outreach,streets" help:"Sets of .pmtiles."`
	Layer  string `default:"areas" enum:"areas,sites,outreach,catchments" help:"Layer of .geojson: areas, sites, outreach or catchments."`
	Option string `help:"Option of .geojson and .svg. Default: the baseline." placeholder:"ID"`
}

// errCall means that the flags of a command do not go together.
var errCall = errors.New("bad call")

// Run runs the study and writes the file, which appears whole or not at all.
func (c *exportCmd) Run(ctx context.Context, s std) error {
	write, lines, err := c.writer()
	if err != nil {
		return err
	}
	if err := placeFor(c.Out); err != nil { // before the work, not after it
		return fmt.Errorf("export %s: %w", c.Out, err)
	}
	p := newProgress(s)
	defer p.done()
	r, err := c.results(ctx, s, p, lines)
	if err != nil {
		return err
	}
	if err := replaced(c.Out, func(path string) error { return write(ctx, path, r, p) }); err != nil {
		return fmt.Errorf("export %s: %w", c.Out, err)
	}
	p.done()
	size := "" // of no consequence if it cannot be had
	if info, err := os.Stat(c.Out); err == nil {
		size = fmt.Sprintf(", %.1f MB", float64(info.Size())/1e6)
	}
	_, err = fmt.Fprintf(s.out, "Wrote %s%s\n", c.Out, size)
	return err
}

// exporter writes results to a path where nothing is yet.
type exporter func(ctx context.Context, path string, r *study.Results, p *progress) error

// writer returns what writes the file asked for, and whether it draws streets.
func (c *exportCmd) writer() (write exporter, lines bool, err error) {
	switch ending := strings.ToLower(filepath.Ext(c.Out)); ending {
	case ".pmtiles":
		a, err := c.archive()
		return func(ctx context.Context, path string, r *study.Results, p *progress) error {
			return writeArchive(ctx, path, r, a, p)
		}, a.Sets&tile.Streets != 0, err
	case ".geojson", ".svg":
		if _, err := estate.ParseOptionID(c.Option); c.Option != "" && err != nil {
			return nil, false, err
		}
		if ending == ".svg" {
			return c.writeMap, false, nil
		}
		return c.writeGeoJSON, false, nil
	case ".gpkg":
		return func(ctx context.Context, path string, r *study.Results, p *progress) error {
			p.report("write the layers", 0, 1)
			return report.GeoPackage(ctx, path, r)
		}, false, nil
	default:
		return nil, false, fmt.Errorf("%w: --out %s ends in %q: want .pmtiles, .geojson, .gpkg or .svg", errCall, c.Out, ending)
	}
}

// archive reads --zoom and --sets.
func (c *exportCmd) archive() (tile.Archive, error) {
	sets, err := tile.ParseChoice(c.Sets)
	if err != nil {
		return tile.Archive{}, fmt.Errorf("%w: --sets: %w", errCall, err)
	}
	least, most, found := strings.Cut(c.Zoom, "-")
	if !found {
		most = least
	}
	from, err1 := strconv.ParseUint(least, 10, 8)
	to, err2 := strconv.ParseUint(most, 10, 8)
	if err1 != nil || err2 != nil || from > to || to > tile.Deepest {
		return tile.Archive{}, fmt.Errorf("%w: --zoom %q: want a zoom or two with a hyphen, 0 to %d, such as 6-14", errCall, c.Zoom, tile.Deepest)
	}
	return tile.Archive{Sets: sets, Least: uint8(from), Most: uint8(to)}, nil
}

// results runs the study: a file, or the newest version of a store with the
// options that planners have edited.
func (c *exportCmd) results(ctx context.Context, s std, p *progress, lines bool) (r *study.Results, err error) {
	switch {
	case (c.Study == "") == (c.Store == ""):
		return nil, fmt.Errorf("%w: want a study file or --store, one of them", errCall)
	case c.Store != "" && c.Data != "":
		return nil, fmt.Errorf("%w: --data goes with a study file; a store keeps its own inputs", errCall)
	case c.Store == "":
		spec, open, err := studyFlags{Study: c.Study, Data: c.Data}.open()
		if err != nil {
			return nil, err
		}
		e := c.env(open, p)
		e.Lines = lines
		return s.run(ctx, spec, e)
	}
	kept, err := storeFlag{Store: c.Store}.existing(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	v, err := kept.Current(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("--store: %w", err)
	}
	e := c.env(nil, p)
	e.Lines = lines
	d := &desk{store: kept, runner: s.run, graphs: c.graphs(), log: slog.New(slog.DiscardHandler)}
	return d.results(ctx, v.ID, e)
}

// writeArchive writes vector tiles.
func writeArchive(ctx context.Context, path string, r *study.Results, a tile.Archive, p *progress) error {
	sets, err := tile.New(r, tile.Params{})
	if err != nil {
		return err
	}
	return written(path, func(f *os.File) error {
		return sets.WriteArchive(ctx, f, a, func(done, total int) { p.report("draw the tiles", done, total) })
	})
}

// writeGeoJSON writes one layer.
func (c *exportCmd) writeGeoJSON(ctx context.Context, path string, r *study.Results, p *progress) error {
	p.report("write the layer", 0, 1)
	return written(path, func(f *os.File) error {
		w := bufio.NewWriter(f)
		if err := report.GeoJSON(ctx, w, r, c.Layer, c.option(r)); err != nil {
			return err
		}
		return w.Flush()
	})
}

// writeMap writes the picture of an option.
func (c *exportCmd) writeMap(_ context.Context, path string, r *study.Results, p *progress) error {
	p.report("draw the map", 0, 1)
	return written(path, func(f *os.File) error { return report.Map(f, r, c.option(r)) })
}

// option is the one that --option names, or the baseline.
func (c *exportCmd) option(r *study.Results) estate.OptionID {
	if c.Option != "" {
		return estate.OptionID(c.Option)
	}
	return r.Options[r.Baseline].Option.ID
}

// written makes a file and closes it.
func written(path string, write func(*os.File) error) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // #nosec G304 -- the operator names the file to write
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return write(f)
}

// placeFor returns an error if a file cannot be put at path: its folder must be
// there, and nothing but a file in its place.
func placeFor(path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("want a folder that exists, found none at %s", filepath.Dir(path))
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return errors.New("want the name of a file, found something else")
	}
	return nil
}

// replaced has a file written in a folder of its own beside path, and moves it
// there once it is whole and on the disk. Whatever was at path stays until then.
func replaced(path string, write func(path string) error) (err error) {
	stage, err := os.MkdirTemp(filepath.Dir(path), ".hubreach-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(stage)) }()
	made := filepath.Join(stage, filepath.Base(path))
	if err := write(made); err != nil {
		return err
	}
	f, err := os.OpenFile(made, os.O_RDWR, 0) // #nosec G304 -- the file was made here, beside the one that the operator names
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(made, path)
}
