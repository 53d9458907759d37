package app

import (
	"bytes"
	"context"

	"hubreach/internal/api"
	"hubreach/internal/estate"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

// books are the workbooks and tables that a service offers.
func books() api.Books {
	return api.Books{
		Outreach: func(ctx context.Context, r *study.Results, of []estate.OptionID) ([]byte, error) {
			var b bytes.Buffer
			err := report.WriteOutreachBook(ctx, &b, r, of...)
			return b.Bytes(), err
		},
		Table: func(ctx context.Context, r *study.Results, name string) ([]byte, error) {
			var b bytes.Buffer
			err := report.CSV(ctx, &b, r, name+".csv")
			return b.Bytes(), err
		},
		Options: func(ctx context.Context, r *study.Results) ([]byte, error) {
			var docs []study.OptionDocument
			for i := range r.Options {
				id := r.Options[i].Option.ID
				doc, err := r.DraftOption(id, id, "")
				if err != nil {
					return nil, err
				}
				docs = append(docs, doc)
			}
			var b bytes.Buffer
			err := report.WriteOptionBook(ctx, &b, r, docs)
			return b.Bytes(), err
		},
	}
}
