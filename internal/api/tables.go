package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"hubreach/internal/estate"
)

// tableNames are the tables of a run.
var tableNames = []string{"areas", "sites", "outreach", "transit", "equality", "closure_groups", "services", "losers", "closures"}

// tableResource serves the tables of a run as they are on disk, so that whoever
// has the service needs no run for a file that a colleague quotes.
func (s *service) tableResource(b Books) {
	op := operation("table", "/tables/{name}", "A table of a run, every column of its file: areas, sites, outreach, transit, equality, closure_groups, services, losers or closures", "study")
	op.Responses = map[string]*huma.Response{"200": {Description: "The table", Content: map[string]*huma.MediaType{mediaCSV: {Schema: &huma.Schema{Type: huma.TypeString}}}}}
	get(s, op, func(ctx context.Context, in *struct {
		OptionNames
		Name string `path:"name" maxLength:"40" doc:"as the file is named, without .csv"`
	}) (*written, error) {
		if !slices.Contains(tableNames, in.Name) {
			return nil, fmt.Errorf("table %q: %w: want one of %s", in.Name, errAbsent, strings.Join(tableNames, ", "))
		}
		now := snapshotOf(ctx)
		of, err := in.of(now)
		if err != nil {
			return nil, err
		}
		body, err := b.Table(ctx, now.Results, in.Name)
		if err == nil && len(of) > 0 {
			body, err = rowsOf(body, of)
		}
		if err != nil {
			return nil, err
		}
		return &written{func(hc huma.Context) {
			hc.SetHeader("Content-Type", typeOf[mediaCSV])
			hc.SetHeader("Content-Disposition", fmt.Sprintf("attachment; filename=%q", in.Name+".csv"))
			_, _ = hc.BodyWriter().Write(body) // the client may be gone
		}}, nil
	})
}

// rowsOf keeps the rows of a table that are of some options.
func rowsOf(table []byte, of []estate.OptionID) ([]byte, error) {
	in := csv.NewReader(bytes.NewReader(table))
	in.ReuseRecord = true
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for at := -1; ; {
		row, err := in.Read()
		switch {
		case err == io.EOF:
			w.Flush()
			return out.Bytes(), w.Error()
		case err != nil:
			return nil, err
		case at < 0:
			at = slices.Index(row, "option_id")
		case !slices.Contains(of, estate.OptionID(row[at])):
			continue
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
}
