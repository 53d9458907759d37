package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// Books write workbooks and the tables of a run. They stand in another room of the
// house; whoever starts the service hands them in. Nil: there are none of that kind.
type Books struct {
	Options  func(context.Context, *study.Results) ([]byte, error)
	Outreach func(context.Context, *study.Results, []estate.OptionID) ([]byte, error) // of no option: of all
	Table    func(ctx context.Context, r *study.Results, name string) ([]byte, error) // one of tableNames, as CSV
}

// mediaXLSX is the media type of a workbook.
const mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// bookResources registers the workbooks that there are.
func (s *service) bookResources(b Books) {
	if b.Outreach != nil {
		book(s, operation("outreach-book", "/outreach.xlsx", "The target areas as a workbook, a sheet a district", "outreach"), b.outreach)
	}
	if b.Table != nil {
		s.tableResource(b)
	}
	// As open as what is read, though it is sent: it changes nothing, and what it may
	// cost is bounded by the body, by study.MaxBook and by the elements of the
	// workbook: a second or so of one processor. From a network it needs a token.
	op := operation("read-options-book", "/options.xlsx", "Read a workbook of options as documents; nothing is kept", "options")
	op.Method, op.DefaultStatus, op.MaxBodyBytes = http.MethodPost, http.StatusOK, s.limits.Body
	get(s, op, s.readOptionBook)
	if b.Options != nil {
		book(s, operation("options-book", "/options.xlsx", "Every option as a workbook to change and to import", "options"),
			func(ctx context.Context, _ *struct{}) ([]byte, error) { return b.Options(ctx, snapshotOf(ctx).Results) })
	}
}

// book registers a workbook.
func book[I any](s *service, op huma.Operation, write func(context.Context, *I) ([]byte, error)) {
	op.Responses = map[string]*huma.Response{"200": {Description: "A workbook", Content: map[string]*huma.MediaType{mediaXLSX: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
	get(s, op, func(ctx context.Context, in *I) (*written, error) {
		body, err := write(ctx, in)
		return &written{func(hc huma.Context) {
			hc.SetHeader("Content-Type", mediaXLSX)
			_, _ = hc.BodyWriter().Write(body) // the client may be gone
		}}, err
	})
}

// OptionNames are the options that a question is about.
type OptionNames struct {
	Options []string `query:"option,explode" maxItems:"50" doc:"options, each by itself or separated by commas; without: all of them"`
}

// of returns the ids of the options named, none for all.
func (n OptionNames) of(now *Snapshot) ([]estate.OptionID, error) {
	if len(n.Options) == 0 {
		return nil, nil
	}
	at, err := now.options(n.Options)
	var ids []estate.OptionID
	for _, k := range at {
		ids = append(ids, now.Results.Options[k].Option.ID)
	}
	return ids, err
}

func (b Books) outreach(ctx context.Context, in *OptionNames) ([]byte, error) {
	now := snapshotOf(ctx)
	of, err := in.of(now)
	if err != nil {
		return nil, err
	}
	return b.Outreach(ctx, now.Results, of)
}

// OptionBook holds the documents of a workbook.
type OptionBook struct {
	Options []study.OptionDocument `json:"options" nullable:"false"`
}

type optionBookOut struct{ Body OptionBook }

// readOptionBook reads a workbook of options. Nothing is kept: whoever sent it
// keeps the documents one by one.
func (s *service) readOptionBook(ctx context.Context, in *struct {
	RawBody []byte `contentType:"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"`
}) (*optionBookOut, error) {
	docs, err := study.ReadOptionBook(bytes.NewReader(in.RawBody), "workbook")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBad, err)
	}
	return &optionBookOut{OptionBook{append([]study.OptionDocument{}, docs...)}}, nil
}
