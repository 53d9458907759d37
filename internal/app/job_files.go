package app

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"hubreach/internal/estate"
	"hubreach/internal/report"
	"hubreach/internal/store"
	"hubreach/internal/study"
	"hubreach/internal/tile"
)

// reported answers with the outreach workbook, or with the printable sheets of
// the options: one page of HTML, or several in an archive.
func reported(ctx context.Context, t *task, r *study.Results) (store.Answer, error) {
	a := store.ReportArgs{Format: "html"}
	if t.args.Report != nil {
		a = *t.args.Report
	}
	switch a.Format {
	case "xlsx":
		return file(ctx, mediaXLSX, func(path string) error { return report.File(ctx, path, r, "outreach.xlsx") })
	case "html":
		return sheets(ctx, r, a.Options)
	}
	return store.Answer{}, fmt.Errorf("a report as %q: want html, which a browser prints to PDF, or xlsx", a.Format)
}

// sheets writes the printable sheets of some options; none: of all.
func sheets(ctx context.Context, r *study.Results, options []estate.OptionID) (store.Answer, error) {
	all := report.Sheets(r)
	var names []string
	for _, id := range options {
		_, at, ok := r.Option(id)
		if !ok {
			return store.Answer{}, fmt.Errorf("option %s: %w", id, estate.ErrNoOption)
		}
		if !slices.Contains(names, all[at]) {
			names = append(names, all[at])
		}
	}
	if len(options) == 0 {
		names = all
	}
	page := func(name string) (store.Answer, error) {
		return file(ctx, mediaHTML, func(path string) error { return report.File(ctx, path, r, name) })
	}
	if len(names) == 1 {
		return page(names[0])
	}
	return answerOf(mediaZIP, func(w io.Writer) error {
		archive := zip.NewWriter(w)
		for _, name := range names {
			one, err := page(name)
			if err != nil {
				return err
			}
			in, err := archive.Create(name)
			if err == nil {
				_, err = in.Write(one.Body)
			}
			if err != nil {
				return err
			}
		}
		return archive.Close()
	})
}

// Zooms of an archive of tiles: a county on a screen, and a street.
const (
	leastZoom = 6
	mostZoom  = 14
)

// exported answers with everything as one file.
func exported(ctx context.Context, t *task, r *study.Results) (store.Answer, error) {
	a := store.ExportArgs{Format: "gpkg"}
	if t.args.Export != nil {
		a = *t.args.Export
	}
	switch a.Format {
	case "gpkg":
		return file(ctx, mediaGPKG, func(path string) error { return report.GeoPackage(ctx, path, r) })
	case "geojson":
		return answerOf(mediaGeoJSON, func(w io.Writer) error {
			return report.GeoJSON(ctx, w, r, "areas", r.Options[r.Baseline].Option.ID)
		})
	case "pmtiles":
		sets, err := tile.New(r, tile.Params{})
		if err != nil {
			return store.Answer{}, err
		}
		return file(ctx, mediaPMTiles, func(path string) error {
			return written(path, func(f *os.File) error {
				return sets.WriteArchive(ctx, f, tile.Archive{Sets: tile.All, Least: leastZoom, Most: mostZoom},
					func(done, total int) { t.env.Progress("draw the tiles", done, total) })
			})
		})
	}
	return store.Answer{}, fmt.Errorf("an export as %q: want gpkg, geojson or pmtiles", a.Format)
}
