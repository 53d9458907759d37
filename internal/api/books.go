package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hubreach/internal/study"
)

// Books write workbooks. They stand in another room of the house; whoever starts
// the service hands them in. Nil: there are none of that kind.
type Books struct {
	Outreach, Options func(context.Context, *study.Results) ([]byte, error)
}

// mediaXLSX is the media type of a workbook.
const mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// bookResources registers the workbooks that there are.
func (s *service) bookResources(b Books) {
	s.book("outreach-book", "/outreach.xlsx", "The target areas of every option as a workbook, a sheet a district", "outreach", b.Outreach)
	op := operation("read-options-book", "/options.xlsx", "Read a workbook of options as documents; nothing is kept", "options")
	op.Method, op.DefaultStatus, op.MaxBodyBytes = http.MethodPost, http.StatusOK, s.limits.Body
	get(s, op, s.readOptionBook)
	s.book("options-book", "/options.xlsx", "Every option as a workbook to change and to import", "options", b.Options)
}

func (s *service) book(id, path, summary, tag string, write func(context.Context, *study.Results) ([]byte, error)) {
	if write == nil {
		return
	}
	op := operation(id, path, summary, tag)
	op.Responses = map[string]*huma.Response{"200": {Description: "A workbook", Content: map[string]*huma.MediaType{mediaXLSX: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
	get(s, op, func(ctx context.Context, _ *struct{}) (*written, error) {
		body, err := write(ctx, snapshotOf(ctx).Results)
		return &written{func(hc huma.Context) {
			hc.SetHeader("Content-Type", mediaXLSX)
			_, _ = hc.BodyWriter().Write(body) // the client may be gone
		}}, err
	})
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
