//go:build linux

package gpkg_test

import (
	"errors"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"hubreach/internal/store"
	"hubreach/internal/store/storetest"
)

// TestDiskFull: a load for which there is no room leaves the versions before it
// as they were, and the store goes on once there is room.
func TestDiskFull(t *testing.T) {
	t.Run("a small disk", func(t *testing.T) {
		dir := t.TempDir()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=12m"); err != nil {
			t.Skipf("this user may not mount a disk of 12 MB: %v", err)
		}
		t.Cleanup(func() {
			if err := syscall.Unmount(dir, 0); err != nil {
				t.Error(err)
			}
		})
		path := filepath.Join(dir, "store.gpkg")
		kept := storetest.Full(t, path, nil)
		whole(t, path, kept)
		s := at(t, path)
		l := storetest.Load("kent", "too much")
		l.Inputs = append(l.Inputs, storetest.Input("noise", noise(12<<20)))
		if _, err := s.Load(t.Context(), l); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("Load onto a full disk: %v, want ErrUnavailable", err)
		}
		if vs, err := s.Versions(t.Context(), ""); err != nil || len(vs) != kept {
			t.Errorf("after it there are %d versions (%v), want %d", len(vs), err, kept)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
			t.Fatal(err)
		}
		if v := load(t, at(t, path), l); int(v.ID) != kept+1 {
			t.Errorf("with room again the load is version %d, want %d", v.ID, kept+1)
		}
	})
	t.Run("a limit on files", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "store.gpkg")
		kept := storetest.Full(t, path, func(cmd *exec.Cmd) {
			cmd.Args = []string{"sh", "-c", `ulimit -f 12288; trap "" XFSZ; exec "$0"`, cmd.Path} // 6 MB: sh counts blocks of 512 bytes
			cmd.Path = "/bin/sh"
		})
		whole(t, path, kept)
	})
}

// whole checks a file in which a load has failed for want of room.
func whole(t *testing.T, path string, versions int) {
	t.Helper()
	s := at(t, path)
	vs, err := s.Versions(t.Context(), "")
	if err != nil || len(vs) != versions || versions == 0 {
		t.Errorf("%d loads were kept and there are %d versions (%v), want as many, and more than none", versions, len(vs), err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	db := raw(t, path)
	if got := lines(t, db, "PRAGMA integrity_check"); got != "ok" {
		t.Errorf("the file is not whole: %s", got)
	}
	if got := lines(t, db, "SELECT count(*) FROM hubreach_parts WHERE sha256 NOT IN (SELECT sha256 FROM hubreach_inputs)"); got != "0" {
		t.Errorf("%s parts belong to no version, want none", got)
	}
}

// noise returns n bytes that do not get smaller.
func noise(n int) []byte {
	body := make([]byte, n)
	state := uint32(1)
	for i := range body {
		state = state*1664525 + 1013904223 // Numerical Recipes, 3rd edition, 7.1
		body[i] = byte(state >> 24)
	}
	return body
}
