package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hubreach/internal/estate"
	"hubreach/internal/store"
	"hubreach/internal/study"
)

// errNoRevision means an edit that does not say which revision it was made from.
var errNoRevision = errors.New("which revision?")

// errTaken means an option that the study file has, or that is there already.
var errTaken = errors.New("the option is there already")

// OptionDetail is an option as a document that can be changed and sent back, and
// what it does.
type OptionDetail struct {
	Option
	Districts []DistrictTotal       `json:"districts" nullable:"false"`
	Document  *study.OptionDocument `json:"document" doc:"as it was kept; of an option of the study file, what would make the same"`
	Edit      *Edit                 `json:"edit,omitempty" doc:"the edit in force; absent for an option of the study file"`
}

// Edit is one revision of an option.
type Edit struct {
	ID       int64                 `json:"edit_id"`
	Option   estate.OptionID       `json:"option_id"`
	Revision int                   `json:"revision" doc:"0: refused, because somebody else was first"`
	Base     int                   `json:"base" doc:"the revision that it was made from"`
	Deleted  bool                  `json:"deleted"`
	Refused  bool                  `json:"refused"`
	Author   string                `json:"author"`
	Reason   Text                  `json:"reason"`
	At       time.Time             `json:"at"`
	Document *study.OptionDocument `json:"document" doc:"null: the option was deleted"`
}

// History is every edit of an option, the oldest first.
type History struct {
	Edits []Edit `json:"edits" nullable:"false"`
}

// Reason says why, for the record.
type Reason struct {
	Reason string `query:"reason" maxLength:"500" doc:"why; kept with the edit"`
}

// Revision is the revision that an edit was made from.
type Revision struct {
	Match string `header:"If-Match" maxLength:"40" doc:"the ETag of the option as it was read, such as \"3\""`
}

func (s *service) editResources() {
	get(s, operation("option", "/options/{id}", "An option as a document, with what it does", "options"), s.getOption)
	s.changing(operation("create-option", "/options", "Keep a new option; based_on and no sites copies one", "options"), http.MethodPost, http.StatusCreated, func(op huma.Operation) { get(s, op, s.createOption) })
	s.changing(operation("replace-option", "/options/{id}", "Replace an option that was read at some revision", "options"), http.MethodPut, http.StatusOK, func(op huma.Operation) { get(s, op, s.replaceOption) })
	s.changing(operation("delete-option", "/options/{id}", "Delete an option that was read at some revision; its history stays", "options"), http.MethodDelete, http.StatusNoContent, func(op huma.Operation) { get(s, op, s.deleteOption) })
	get(s, operation("option-history", "/options/{id}/history", "Every edit of an option, refused ones too, the oldest first", "options"), s.getHistory)
}

// changing registers what changes something: it needs a planner's token.
func (s *service) changing(op huma.Operation, method string, status int, register func(huma.Operation)) {
	op.Method, op.DefaultStatus, op.MaxBodyBytes = method, status, s.limits.Body
	op.Security = []map[string][]string{{tokenScheme: {string(store.Planner)}}}
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusConflict, http.StatusServiceUnavailable)
	if method == http.MethodPut || method == http.MethodDelete {
		op.Errors = append(op.Errors, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
	}
	register(op)
}

type optionOut struct {
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     OptionDetail
}

func (s *service) getOption(ctx context.Context, in *OptionID) (*optionOut, error) {
	return snapshotOf(ctx).detail(in.ID)
}

// detail returns an option whole.
func (s *Snapshot) detail(id string) (*optionOut, error) {
	o, k, err := s.option(id)
	if err != nil {
		return nil, s.leftOut(id, err)
	}
	out := &optionOut{ETag: s.etag, Body: OptionDetail{Option: s.optionOf(o, k == s.Results.Baseline), Districts: []DistrictTotal{}}}
	for _, d := range s.Results.Districts(o) {
		out.Body.Districts = append(out.Body.Districts, s.districtOf(d))
	}
	if e, edited := s.edits[o.Option.ID]; edited {
		out.ETag = etagOf(e.Revision)
		edit, err := editOf(e)
		out.Body.Edit, out.Body.Document = &edit, edit.Document
		return out, err
	}
	draft, err := s.Results.DraftOption(o.Option.ID, o.Option.ID, "")
	out.Body.Document = &draft
	return out, err
}

// leftOut says why an option that is kept is not served.
func (s *Snapshot) leftOut(id string, err error) error {
	for _, f := range s.faults {
		if string(f.edit.Option) == id {
			return fmt.Errorf("%w: it is kept, at revision %d, and this study cannot mean it: %v", err, f.edit.Revision, f.err)
		}
	}
	return err
}

// etagOf is the ETag of a revision of an option.
func etagOf(revision int) string { return strconv.Quote(strconv.Itoa(revision)) }

// revisionOf reads an If-Match header. The error wraps errNoRevision or errBad.
func revisionOf(match string) (int, error) {
	if match == "" {
		return 0, fmt.Errorf("%w send If-Match with the ETag of the option as you read it", errNoRevision)
	}
	n, err := strconv.Atoi(strings.Trim(match, `"`))
	if err != nil || n < 1 || etagOf(n) != match {
		return 0, fmt.Errorf("%w: If-Match %.40q: want the ETag of an option, such as \"3\"", errBad, match)
	}
	return n, nil
}

func editOf(e store.Edit) (Edit, error) {
	out := Edit{ID: e.ID, Option: e.Option, Revision: e.Revision, Base: e.Base, Deleted: e.Deleted, Refused: e.Refused, Author: e.Author, Reason: Text(e.Reason), At: e.At}
	if e.Deleted {
		return out, nil
	}
	d, err := study.ParseOptionDocument(e.Document, string(e.Option))
	out.Document = &d
	return out, err
}

func (s *service) createOption(ctx context.Context, in *struct {
	Reason
	Body study.OptionDocument
}) (*optionOut, error) {
	now, id := snapshotOf(ctx), in.Body.ID
	if _, _, ok := now.Results.Option(id); ok || now.edits[id].Revision > 0 {
		return nil, fmt.Errorf("option %s: %w: give this one another id", id, errTaken)
	}
	out, err := s.put(ctx, in.Body, in.Reason.Reason, 0)
	if err == nil {
		out.Location = base + "/options/" + string(id)
	}
	return out, err
}

func (s *service) replaceOption(ctx context.Context, in *struct {
	OptionID
	Revision
	Reason
	Body study.OptionDocument
}) (*optionOut, error) {
	from, err := s.editable(ctx, in.ID, in.Match)
	if err != nil {
		return nil, err
	}
	if string(in.Body.ID) != in.ID {
		return nil, fmt.Errorf("%w: id %.64q: want that of the path, %s; an id does not change", errBad, in.Body.ID, in.ID)
	}
	return s.put(ctx, in.Body, in.Reason.Reason, from)
}

func (s *service) deleteOption(ctx context.Context, in *struct {
	OptionID
	Revision
	Reason
}) (*struct{}, error) {
	from, err := s.editable(ctx, in.ID, in.Match)
	if err != nil {
		return nil, err
	}
	_, err = s.keeper.Put(ctx, store.Edit{Option: estate.OptionID(in.ID), Base: from, Deleted: true, Author: bearerOf(ctx), Reason: in.Reason.Reason})
	return nil, err
}

// editable returns the revision that an edit was made from, if the option is one
// that can be edited at all.
func (s *service) editable(ctx context.Context, id, match string) (int, error) {
	now := snapshotOf(ctx)
	if _, kept := now.edits[estate.OptionID(id)]; !kept {
		if _, _, err := now.option(id); err != nil {
			return 0, err
		}
		return 0, fmt.Errorf("option %s: %w, in the study file, and is not edited here: keep a copy under another id, with based_on %s", id, errTaken, id)
	}
	return revisionOf(match)
}

// put keeps a document and returns the option as it is then.
func (s *service) put(ctx context.Context, d study.OptionDocument, reason string, from int) (*optionOut, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	text, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	if _, err := s.keeper.Put(ctx, store.Edit{Option: d.ID, Base: from, Document: text, Author: bearerOf(ctx), Reason: reason}); err != nil {
		return nil, err
	}
	return s.keeper.Now().detail(string(d.ID))
}

type historyOut struct{ Body History }

func (s *service) getHistory(ctx context.Context, in *OptionID) (*historyOut, error) {
	id, err := estate.ParseOptionID(in.ID)
	if err != nil {
		return nil, err
	}
	now := snapshotOf(ctx)
	edits, err := s.store.History(ctx, now.Version.Study, id)
	if err != nil {
		return nil, err
	}
	if _, _, here := now.Results.Option(id); !here && len(edits) == 0 {
		_, _, err := now.option(in.ID)
		return nil, err
	}
	out := History{Edits: []Edit{}}
	for _, e := range edits {
		edit, err := editOf(e)
		if err != nil {
			return nil, err
		}
		out.Edits = append(out.Edits, edit)
	}
	return &historyOut{out}, nil
}
