package api

import (
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// lively are the operations whose answers change while the snapshot does not.
var lively = []string{"jobs", "job", "job-result", "option-history", "versions"}

// unchanged gives the answers that depend on the snapshot alone its ETag, and
// answers 304 to a client that has them already.
func (s *service) unchanged(hc huma.Context, next func(huma.Context)) {
	hc.SetHeader("Cache-Control", "no-cache") // keep it, and ask whether it still stands
	if hc.Method() != http.MethodGet && hc.Method() != http.MethodHead {
		hc.SetHeader("Cache-Control", "no-store")
		next(hc)
		return
	}
	id := hc.Operation().OperationID
	if slices.Contains(lively, id) || id == "option" { // an option's ETag is its revision
		next(hc)
		return
	}
	now := snapshotOf(hc.Context())
	hc.SetHeader("ETag", now.etag)
	hc.AppendHeader("Vary", "Accept")
	if holds([]string{hc.Header("If-None-Match")}, now.etag) {
		hc.SetStatus(http.StatusNotModified)
		return
	}
	next(hc)
}
