//go:build unix

package report

import (
	"os"
	"syscall"
)

// lock opens a folder and locks it until it is closed or the process ends. It
// fails when somebody else has it.
func lock(dir string) (*os.File, error) {
	f, err := os.Open(dir) // #nosec G304 -- the operator names the folder of a run
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close() // nothing was written
		return nil, &os.PathError{Op: "lock", Path: dir, Err: err}
	}
	return f, nil
}

// sameDevice reports whether dir is on the file system of its parent. Where it
// is not, dir is a mount point and cannot be renamed.
func sameDevice(dir, parent string) bool {
	var d, p syscall.Stat_t
	if syscall.Stat(dir, &d) != nil || syscall.Stat(parent, &p) != nil {
		return true
	}
	return d.Dev == p.Dev
}
