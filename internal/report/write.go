package report

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// output is one file of a run. It is written to path, which does not exist yet.
type output struct {
	name  string
	write func(ctx context.Context, path string, r *study.Results) error
}

// outputs lists the files of a run of some options. The summary is last: by it a
// folder is known to hold a run.
func outputs(options []estate.OptionID) []output {
	var list []output
	for _, t := range csvTables {
		list = append(list, output{t.name, stream(t.write)})
	}
	list = append(list,
		output{"outreach.xlsx", stream(outreachBook)},
		output{"catchments.geojson", stream(writeCatchments)},
		output{"study.gpkg", writeGeoPackage})
	maps := mapWriters(len(options))
	for k, name := range mapNames(options) {
		list = append(list, output{name, stream(maps[k])})
	}
	for k, name := range sheetNames(options) {
		list = append(list, output{name, stream(writeSheets(k))})
	}
	return append(list, output{summaryFile, stream(writeSummary)})
}

const summaryFile = "summary.json"

func optionIDs(r *study.Results) []estate.OptionID {
	ids := make([]estate.OptionID, len(r.Options))
	for k := range r.Options {
		ids[k] = r.Options[k].Option.ID
	}
	return ids
}

func writeSummary(ctx context.Context, w io.Writer, r *study.Results) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b, err := Summary(ctx, r)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// stream makes an output of something that writes to a writer.
func stream(write func(context.Context, io.Writer, *study.Results) error) func(context.Context, string, *study.Results) error {
	return func(ctx context.Context, path string, r *study.Results) (err error) {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // #nosec G304 -- the operator names the file to write
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		w := bufio.NewWriterSize(f, 1<<16)
		if err := write(ctx, w, r); err != nil {
			return err
		}
		return w.Flush()
	}
}

// Write writes every file of a run into the folder dir: summary.json, areas.csv,
// sites.csv, outreach.csv, outreach.xlsx, transit.csv, losers.csv, equality.csv,
// closures.csv, closure_groups.csv, services.csv, catchments.geojson, study.gpkg
// and, for each option, map_<option>.svg as Map draws it and sheets_<option>.html,
// a printable page for each target area. Of options whose ids differ only in case
// the later has a number in the name, map_<option>_2.svg.
//
// Files of beside, those of Robustness, are written with them; without, those of an
// earlier run go.
//
// The files are written to a folder beside dir, ".<name>.partial-<n>", flushed
// to the disk and then put in the place of dir by renaming. So dir holds one
// whole run or what it held before, also after an error, after ctx is done or
// after the process is killed; what a killed run left behind is removed by the
// next one. A dir that is a mount point, that somebody stands in, or whose
// parent may not be written to, cannot be replaced: there the files are moved in
// one by one, the summary first out and last in.
//
// An earlier run in dir is replaced whole. Other files beside it, such as a GIS
// project, stay. The error wraps ErrOccupied when dir holds files and none is
// the summary of a run, ErrUnfinished for results without an option, and is
// that of ctx when ctx is done.
func Write(ctx context.Context, r *study.Results, dir string, beside ...Beside) error {
	if err := finished(r); err != nil {
		return err
	}
	f, err := openFolder(dir)
	if err != nil {
		return err
	}
	if err := f.fill(ctx, r, beside); err != nil {
		return errors.Join(err, f.discard())
	}
	return f.commit()
}

// fill writes the files into the staging folder, those beside the run first.
func (f *folder) fill(ctx context.Context, r *study.Results, beside []Beside) error {
	var list []output
	for _, file := range beside {
		list = append(list, output{file.Name, stream(func(_ context.Context, w io.Writer, _ *study.Results) error { return file.Write(w) })})
	}
	for _, o := range append(list, outputs(optionIDs(r))...) {
		path := filepath.Join(f.stage, o.name)
		if err := o.write(ctx, path, r); err != nil {
			if done := ctx.Err(); done != nil {
				return done // SQLite says "interrupted" in words of its own
			}
			return fmt.Errorf("write %s: %w", o.name, err)
		}
		if err := synced(path); err != nil {
			return fmt.Errorf("write %s: %w", o.name, err)
		}
	}
	return ctx.Err()
}

// synced flushes a file to the disk.
func synced(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) // #nosec G304 -- a file that was written here a moment ago
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
