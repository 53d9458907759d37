package app

import (
	"context"
	"fmt"
	"io"
	"os"

	"hubreach/internal/report"
	"hubreach/internal/store"
	"hubreach/internal/study"
	"hubreach/internal/tile"
)

// jobDraws are the draws of a report that is asked for over HTTP: enough to tell
// first from second, in a few seconds.
const jobDraws = 100

// reported answers with the committee report on some options; none: on all.
func reported(ctx context.Context, t *task, r *study.Results) (store.Answer, error) {
	a := store.ReportArgs{Format: "html"}
	if t.args.Report != nil {
		a = *t.args.Report
	}
	media, ok := map[string]string{"html": mediaHTML, "pdf": mediaPDF, "xlsx": mediaXLSX}[a.Format]
	if !ok {
		return store.Answer{}, fmt.Errorf("a report as %q: want html, pdf or xlsx", a.Format)
	}
	params, err := paperParams(ctx, r, a.Options, jobDraws, 1, t.env)
	if err != nil {
		return store.Answer{}, err
	}
	return answerOf(media, func(w io.Writer) error { return writers["."+a.Format](ctx, w, r, params) })
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
