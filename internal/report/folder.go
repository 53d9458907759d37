package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hubreach/internal/estate"
)

// ErrOccupied means that a folder holds files that are no run of ours.
var ErrOccupied = errors.New("folder in use")

// Ready returns the error that Write would return for dir without writing
// anything, so that a long run need not be made first.
func Ready(dir string) error {
	_, err := resolve(dir)
	return err
}

// folder is the place of a run while its files are written.
type folder struct {
	dir    string // absolute, without links
	stage  string // where the files are written first
	inside bool   // stage is in dir, and its files are moved one by one
	lock   *os.File
}

// openFolder clears up after killed runs and makes a staging folder.
func openFolder(dir string) (*folder, error) {
	dir, err := resolve(dir)
	if err != nil {
		return nil, err
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return nil, fmt.Errorf("make the folder of %s: %w", dir, err)
	}
	if err := restore(dir); err != nil {
		return nil, err
	}
	f := &folder{dir: dir, inside: exists(dir) && (!sameDevice(dir, parent) || holdsUs(dir))}
	if !f.inside {
		err = f.claim(beside(dir, partial))
		f.inside = errors.Is(err, fs.ErrPermission) && exists(dir)
	}
	if f.inside {
		if _, err := sweep(within(dir)); err != nil {
			return nil, err
		}
		err = f.claim(within(dir))
	}
	if err != nil {
		return nil, fmt.Errorf("make a folder for the files of %s: %w", dir, err)
	}
	return f, nil
}

// The names of our working folders are a prefix, one of these, and a number.
const (
	partial  = "partial-"
	replaced = "replaced-"
)

func beside(dir, kind string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+"."+kind)
}

func within(dir string) string { return filepath.Join(dir, "."+partial) }

// resolve returns dir as an absolute path without links, and refuses one that a
// run must not be written to.
func resolve(dir string) (string, error) {
	if dir == "" {
		return "", errors.New("folder for the results: want a path, found none")
	}
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("folder for the results: %w", err)
	}
	real, err := filepath.EvalSymlinks(path)
	switch {
	case err == nil:
		path = real
	case !errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("folder for the results: %w", err)
	}
	if err := vacant(path); err != nil {
		return "", err
	}
	return path, nil
}

// vacant refuses a path that is no folder, and a folder that holds files and no
// run of ours.
func vacant(dir string) error {
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("folder for the results: %w", err)
	}
	if !info.IsDir() {
		return fmt.Errorf("folder for the results: %s: %w: want a folder, found a file; choose another name", dir, ErrOccupied)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("folder for the results: %w", err)
	}
	if len(entries) == 0 || isRun(dir) {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && numbered(e.Name(), "."+partial) {
			return nil // a run was killed while it moved its files in
		}
	}
	return fmt.Errorf("folder for the results: %s: %w: it holds %q and no %s of an earlier run; choose an empty or a new folder, or move its files away", dir, ErrOccupied, entries[0].Name(), summaryFile)
}

// isRun reports whether dir holds the summary of a run.
func isRun(dir string) bool {
	_, ok := optionsIn(dir)
	return ok
}

// optionsIn returns the options of the run in dir, by its summary, and whether
// there is one. Ids that no option can have, and that might lead elsewhere as
// part of a file's name, are left out.
func optionsIn(dir string) ([]estate.OptionID, bool) {
	b, err := os.ReadFile(filepath.Join(dir, summaryFile)) // #nosec G304 -- the operator names the folder of a run
	if err != nil {
		return nil, false
	}
	var s struct {
		Study struct {
			Fingerprint string `json:"fingerprint"`
		} `json:"study"`
		Options []struct {
			ID string `json:"id"`
		} `json:"options"`
	}
	if json.Unmarshal(b, &s) != nil || s.Study.Fingerprint == "" {
		return nil, false
	}
	var ids []estate.OptionID
	for _, o := range s.Options {
		if id, err := estate.ParseOptionID(o.ID); err == nil {
			ids = append(ids, id)
		}
	}
	return ids, true
}

// filesOf lists the files of the run in dir, the summary last; of any run when
// there is none. What a run may have beside its own files is listed where it is.
func filesOf(dir string) []string {
	ids, _ := optionsIn(dir)
	var files []string
	for _, name := range besideRun {
		if exists(filepath.Join(dir, name)) {
			files = append(files, name)
		}
	}
	for _, o := range outputs(ids) {
		files = append(files, o.name)
	}
	return files
}

// holdsUs reports whether dir is the working folder of this process or above it,
// and so, most likely, that of a shell, which would be left standing in a folder
// that is gone.
func holdsUs(dir string) bool {
	at, err := os.Getwd()
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(at); err == nil {
		at = real
	}
	rel, err := filepath.Rel(dir, at)
	return err == nil && filepath.IsLocal(rel)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// claim makes a staging folder with the first number that is free, and locks it.
func (f *folder) claim(prefix string) error {
	for n := 1; ; n++ {
		path := prefix + strconv.Itoa(n)
		err := os.Mkdir(path, 0o777)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		f.stage = path
		if f.lock, err = lock(path); err != nil {
			return errors.Join(err, f.discard())
		}
		return nil
	}
}

// discard removes the staging folder and what is in it.
func (f *folder) discard() error {
	if f.lock != nil {
		_ = f.lock.Close() // opened to be locked, never written
		f.lock = nil
	}
	return os.RemoveAll(f.stage)
}

// working lists the folders named prefix and a number, ascending by name.
func working(prefix string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(prefix))
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		if e.IsDir() && numbered(e.Name(), filepath.Base(prefix)) {
			found = append(found, filepath.Join(filepath.Dir(prefix), e.Name()))
		}
	}
	return found, nil
}

// numbered reports whether name is prefix and a number.
func numbered(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	return ok && rest != "" && strings.Trim(rest, "0123456789") == ""
}

// sweep removes the staging folders of killed runs, and reports whether there is
// one of a run that is still alive.
func sweep(prefix string) (alive bool, err error) {
	found, err := working(prefix)
	if err != nil {
		return false, err
	}
	for _, path := range found {
		l, err := lock(path)
		if err != nil {
			alive = true
			continue
		}
		err = os.RemoveAll(path)
		_ = l.Close() // opened to be locked, never written
		if err != nil {
			return alive, fmt.Errorf("remove what a killed run left: %w", err)
		}
	}
	return alive, nil
}

// restore clears up beside dir after killed runs. One that was killed while it
// replaced dir has left the folder it was to replace, with files that are not
// ours to lose.
func restore(dir string) error {
	alive, err := sweep(beside(dir, partial))
	if err != nil || alive {
		return err
	}
	left, err := working(beside(dir, replaced))
	if err != nil {
		return err
	}
	for _, old := range left {
		if !exists(dir) {
			err = os.Rename(old, dir)
		} else {
			err = carry(old, dir)
		}
		if err != nil {
			return fmt.Errorf("restore what a killed run left in %s: %w", old, err)
		}
	}
	return nil
}

// commit puts the files in their place.
func (f *folder) commit() error {
	err := f.place()
	if err != nil {
		return errors.Join(fmt.Errorf("move the results to %s: %w", f.dir, err), f.discard())
	}
	_ = f.lock.Close() // opened to be locked, never written
	syncFolder(filepath.Dir(f.dir))
	return nil
}

func (f *folder) place() error {
	if err := vacant(f.dir); err != nil {
		return err
	}
	syncFolder(f.stage)
	if f.inside {
		return f.moveIn()
	}
	info, err := os.Stat(f.dir)
	if err != nil {
		return os.Rename(f.stage, f.dir)
	}
	if err := os.Chmod(f.stage, info.Mode().Perm()); err != nil {
		return err
	}
	old, err := vacate(f.dir)
	if err != nil {
		return err
	}
	if err := os.Rename(f.stage, f.dir); err != nil {
		return errors.Join(err, os.Rename(old, f.dir))
	}
	f.stage = ""
	if err := carry(old, f.dir); err != nil {
		return fmt.Errorf("the results are in place, but other files are still in %s, move them by hand: %w", old, err)
	}
	return nil
}

// vacate moves dir out of the way and returns where it is.
func vacate(dir string) (string, error) {
	for n := 1; ; n++ {
		old := beside(dir, replaced) + strconv.Itoa(n)
		if !exists(old) {
			return old, os.Rename(dir, old)
		}
	}
}

// moveIn moves the files into dir one by one. While it does there is no summary,
// so that a mixture is not taken for a run; and the staging folder is there, by
// which the next run knows what happened. It stays if a move fails. Pictures of
// options that are no more go before the summary, which alone knows of them.
func (f *folder) moveIn() error {
	stage := f.stage
	f.stage = ""
	files := filesOf(stage)
	var gone []string
	for _, name := range filesOf(f.dir) {
		if !slices.Contains(files, name) {
			gone = append(gone, name)
		}
	}
	if err := removeAll(f.dir, append(append(gone, summaryFile), besides...)); err != nil {
		return err
	}
	for _, name := range files { // the summary is the last
		if err := os.Rename(filepath.Join(stage, name), filepath.Join(f.dir, name)); err != nil {
			return err
		}
	}
	syncFolder(f.dir)
	return os.Remove(stage)
}

// besides are files that SQLite keeps beside an open GeoPackage. They belong to
// the very file they were made for and would spoil another.
var besides = []string{"study.gpkg-wal", "study.gpkg-shm", "study.gpkg-journal"}

// carry moves the files that are not of a run from old to dir, then removes old.
// Where dir has something of the same name already, it stops.
func carry(old, dir string) error {
	ours := slices.Concat(besides, filesOf(dir), filesOf(old))
	entries, err := os.ReadDir(old)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if slices.Contains(ours, e.Name()) {
			continue
		}
		to := filepath.Join(dir, e.Name())
		if exists(to) {
			return fmt.Errorf("%s: %w", to, fs.ErrExist)
		}
		if err := os.Rename(filepath.Join(old, e.Name()), to); err != nil {
			return err
		}
	}
	ours = slices.DeleteFunc(ours, func(name string) bool { return name == summaryFile })
	if err := removeAll(old, append(ours, summaryFile)); err != nil {
		return err
	}
	return os.Remove(old)
}

// removeAll removes files from dir, in their order. One that is not there is
// removed already.
func removeAll(dir string, files []string) error {
	for _, name := range files {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// syncFolder flushes the names in a folder to the disk. Some file systems cannot,
// and the files themselves are safe already, so that a refusal is not an error.
func syncFolder(dir string) {
	d, err := os.Open(dir) // #nosec G304 -- the operator names the folder of a run
	if err != nil {
		return
	}
	_, _ = d.Sync(), d.Close() // see above
}
