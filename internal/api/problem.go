package api

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"hubreach/internal/estate"
	"hubreach/internal/optimise"
	"hubreach/internal/reach"
	"hubreach/internal/store"
	"hubreach/internal/study"
	"hubreach/internal/tile"
	"hubreach/internal/walk"
)

// errBad means a request that says something that cannot be meant; the message
// says what is wanted.
var errBad = errors.New("bad request")

// errAbsent means that what is asked for is not there.
var errAbsent = errors.New("not found")

// statusOf is the only table from errors to HTTP statuses.
func statusOf(err error) int {
	var snap *walk.SnapError
	for _, row := range []struct {
		is     error
		status int
	}{
		{store.ErrUnavailable, http.StatusServiceUnavailable},
		{errLoading, http.StatusServiceUnavailable},
		{errBusy, http.StatusTooManyRequests},
		{context.DeadlineExceeded, http.StatusGatewayTimeout},
		{context.Canceled, statusGone},
		{store.ErrConflict, http.StatusPreconditionFailed},
		{errNoRevision, http.StatusPreconditionRequired},
		{errTaken, http.StatusConflict},
		{errInUse, http.StatusConflict},
		{errNotYet, http.StatusConflict},
		{study.ErrBadDocument, http.StatusUnprocessableEntity},
		{store.ErrInvalid, http.StatusUnprocessableEntity},
		{estate.ErrNoOption, http.StatusNotFound},
		{study.ErrNoSite, http.StatusNotFound},
		{study.ErrNoPostcode, http.StatusNotFound},
		{study.ErrNoProfile, http.StatusNotFound},
		{study.ErrNoCatchment, http.StatusNotFound},
		{store.ErrNoOption, http.StatusNotFound},
		{store.ErrNoJob, http.StatusNotFound},
		{errAbsent, http.StatusNotFound},
		{errParameter, http.StatusBadRequest},
		{tile.ErrNoSet, http.StatusNotFound},
		{tile.ErrBadTile, http.StatusNotFound},
		{estate.ErrBadOptionID, http.StatusUnprocessableEntity},
		{estate.ErrBadStatus, http.StatusUnprocessableEntity},
		{study.ErrBadChange, http.StatusUnprocessableEntity},
		{optimise.ErrBadProblem, http.StatusUnprocessableEntity},
		{reach.ErrMinutes, http.StatusUnprocessableEntity},
		{errBad, http.StatusUnprocessableEntity},
	} {
		if errors.Is(err, row.is) {
			return row.status
		}
	}
	if errors.As(err, &snap) {
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

// statusGone is what is logged when the client went away before the answer.
const statusGone = 499

// awayDetail is what is said while the store is away.
const awayDetail = "the store does not answer; the study can be read, ask again in a few seconds to change anything"

// retryAfter is how many seconds a client waits before it asks again a service
// whose store is away.
const retryAfter = 5

// problem turns an error into what is sent. The text of one that is no fault of
// the client is logged, and not sent.
func (s *service) problem(ctx context.Context, err error) error {
	status := statusOf(err)
	var own huma.StatusError
	switch {
	case errors.As(err, &own):
		return err
	case status == http.StatusTooManyRequests:
		return huma.ErrorWithHeaders(huma.NewError(status, err.Error()), http.Header{"Retry-After": {strconv.Itoa(retryAfter)}})
	case status == http.StatusServiceUnavailable:
		s.log.LogAttrs(ctx, slog.LevelWarn, "cannot answer now", slog.String("error", err.Error()), requestAttr(ctx))
		return huma.ErrorWithHeaders(huma.NewError(status, awayDetail),
			http.Header{"Retry-After": {strconv.Itoa(retryAfter)}})
	case status == http.StatusGatewayTimeout:
		return huma.NewError(status, "the answer took longer than a request may")
	case status >= http.StatusInternalServerError:
		s.log.LogAttrs(ctx, slog.LevelError, "cannot answer", slog.String("error", err.Error()), requestAttr(ctx))
		return huma.NewError(status, "a fault of the service; it is in its log under this request's id")
	}
	return huma.NewError(status, err.Error())
}

// refuse sends the problem that an error is, outside huma.
func (s *service) refuse(w http.ResponseWriter, r *http.Request, err error) {
	err = s.problem(r.Context(), err)
	var headers huma.HeadersError
	if errors.As(err, &headers) {
		maps.Copy(w.Header(), headers.GetHeaders())
	}
	status, detail := http.StatusInternalServerError, ""
	var model *huma.ErrorModel
	if errors.As(err, &model) {
		status, detail = model.Status, model.Detail
	}
	for _, name := range []string{"ETag", "Cache-Control"} {
		w.Header().Del(name) // those of the answer that there is none of
	}
	writeProblem(w, status, detail)
}

// writeProblem sends a problem where there is no handler: an unknown path, a
// method that it does not have, a panic.
func writeProblem(w http.ResponseWriter, status int, detail string) {
	body, err := plainJSON(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail})
	if err != nil {
		body = []byte("{}") // three plain fields: never
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may be gone
}
