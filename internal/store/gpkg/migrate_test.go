package gpkg_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"hubreach/internal/store"
	"hubreach/internal/store/storetest"
)

// TestMigrations opens a store as each earlier version of the tables kept it.
func TestMigrations(t *testing.T) {
	all, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(all) < 2 {
		t.Fatalf("migrations: %q, %v, want two or more", all, err)
	}
	for version := 1; version < len(all); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			text, err := os.ReadFile(fmt.Sprintf("testdata/version%d.sql", version))
			if err != nil {
				t.Fatalf("every version but the newest has a store as it kept it: %v", err)
			}
			path := filepath.Join(t.TempDir(), "store.gpkg")
			db := raw(t, path)
			execute(t, db, string(text))
			storetest.Earlier(t, at(t, path))
			if got, want := lines(t, db, "SELECT max(version_id) FROM hubreach_migrations"), fmt.Sprint(len(all)); got != want {
				t.Errorf("the tables are of version %s, want %s", got, want)
			}
			gdal(t, "ogrinfo", "-al", "-so", path)
		})
	}
}

// TestOldJobsAreForgotten: 30 days after they ended, and not before.
func TestOldJobsAreForgotten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	s := at(t, path)
	for range 3 {
		if _, err := s.Queue().Add(t.Context(), store.Job{Kind: "run"}); err != nil {
			t.Fatal(err)
		}
	}
	ended := "UPDATE hubreach_jobs SET state = 'done', ended_at = strftime('%%Y-%%m-%%dT%%H:%%M:%%f000Z', 'now', '%s') WHERE id = %d"
	execute(t, raw(t, path), fmt.Sprintf(ended, "-31 days", 1), fmt.Sprintf(ended, "-29 days", 2))
	storetest.Forgotten(t, s, 1)
}
