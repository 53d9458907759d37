package api

import (
	"context"
	"time"

	"hubreach/internal/store"
)

// Version is one load of the study.
type Version struct {
	ID          store.VersionID `json:"version"`
	Study       string          `json:"study"`
	Title       Text            `json:"title"`
	Fingerprint string          `json:"fingerprint"`
	Program     string          `json:"program"`
	By          Text            `json:"by"`
	At          time.Time       `json:"at"`
	Served      bool            `json:"served"`
}

func (s *service) versionResource() {
	list(s, operation("versions", "/versions", "Every load of the study, the newest first", "study"), false, s.listVersions)
}

func (s *service) listVersions(ctx context.Context, _ *struct{ Paging }) (listed[Version], error) {
	now := snapshotOf(ctx)
	all, err := s.store.Versions(ctx, now.Version.Study)
	var rows []Version
	for _, v := range all {
		rows = append(rows, Version{v.ID, v.Study, Text(v.Title), v.Fingerprint, v.Program, Text(v.By), v.At, v.ID == now.Version.ID})
	}
	return listed[Version]{rows: rows}, err
}
