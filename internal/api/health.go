package api

import (
	"net/http"
)

// alive answers as long as the process does.
func alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n")) // the client may be gone
}

// readiness is what /readyz says.
type readiness struct {
	Ready   bool   `json:"ready"`
	Study   Text   `json:"study"`
	Version int64  `json:"version"`
	Store   string `json:"store"` // "ok" or "does not answer"
}

// ready answers 200 with a study loaded and a store that answers, else 503.
// Without a store what is in memory can still be read.
func (s *service) ready(w http.ResponseWriter, r *http.Request) {
	said := readiness{Store: "ok"}
	if now := s.keeper.Now(); now != nil {
		said.Study, said.Version = Text(now.Results.Spec.Name), int64(now.Version.ID)
	}
	if err := s.store.Ping(r.Context()); err != nil {
		said.Store = "does not answer"
	}
	said.Ready = said.Study != "" && said.Store == "ok"
	body, err := plainJSON(said)
	if err != nil {
		writeProblem(w, http.StatusInternalServerError, "readiness cannot be written")
		return
	}
	w.Header().Set("Content-Type", mediaJSON)
	if !said.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(body) // the client may be gone
}
