package app

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"hubreach/internal/source"
	"hubreach/internal/study"
)

// errNotFile means that what has the name of a file is a device, a named pipe or
// a socket: reading it may never begin, or never end.
var errNotFile = errors.New("want a file, found a device, a named pipe or a socket: put what comes out of it into a file")

// errOutside means that a store would keep a file from outside the folder of the
// study, through "..", an absolute path or a symbolic link.
var errOutside = errors.New("it lies outside the folder of the study, and a store keeps what is inside: move it there, or name a folder that holds both with --data")

// readable opens for reading and does not wait for the writer of a named pipe.
const readable = os.O_RDONLY | syscall.O_NONBLOCK

// openAny opens paths below dir for a run. A path may also be absolute or lead
// out of dir, because whoever calls the program may read those files anyhow and
// nobody else gets to see them; what is kept for others is opened by openWithin.
// A path may be that of a folder with a timetable.
func openAny(dir string) study.Open {
	return func(path string) (io.ReadCloser, error) {
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, filepath.FromSlash(path))
		}
		f, err := os.OpenFile(path, readable, 0) // #nosec G304 -- whoever calls the program may read it anyhow
		if err != nil {
			return nil, err
		}
		return input(f, func() (*os.Root, error) { return os.OpenRoot(path) })
	}
}

// openWithin opens paths below dir for a store, which keeps the bytes of every
// input and shows them to whoever may read the store. So it opens no file from
// outside dir, whatever the path says and wherever a symbolic link leads: a study
// file that came by mail would carry out the secrets of whoever loads it. dir may
// itself be a link. An absolute path is taken when it is one of a file in dir.
func openWithin(dir string) study.Open {
	return func(path string) (io.ReadCloser, error) {
		path, err := below(dir, path)
		if err != nil {
			return nil, err
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, err
		}
		defer root.Close() // what was opened through it stays open
		f, err := root.OpenFile(path, readable, 0)
		if err != nil {
			if _, there := os.Stat(filepath.Join(dir, path)); there == nil && !errors.Is(err, fs.ErrPermission) {
				return nil, fmt.Errorf("open %s: %w", path, errOutside) // it is there, only not in dir
			}
			return nil, err
		}
		return input(f, func() (*os.Root, error) {
			again, err := os.OpenRoot(dir)
			if err != nil {
				return nil, err
			}
			defer again.Close()
			return again.OpenRoot(path)
		})
	}
}

// below returns path as one that starts from dir, by its words alone.
func below(dir, path string) (string, error) {
	inside := filepath.FromSlash(path)
	if filepath.IsAbs(inside) {
		from, err := filepath.Abs(dir)
		if err != nil {
			return "", err
		}
		if inside, err = filepath.Rel(from, inside); err != nil {
			return "", fmt.Errorf("open %s: %w", path, errOutside)
		}
	}
	if !filepath.IsLocal(inside) {
		return "", fmt.Errorf("open %s: %w", path, errOutside)
	}
	return inside, nil
}

// input takes an open file of a size that a reader takes, or opens the folder of
// a timetable instead of it.
func input(f *os.File, folder func() (*os.Root, error)) (io.ReadCloser, error) {
	info, err := f.Stat()
	switch {
	case err == nil && info.IsDir():
		_ = f.Close() // nothing was written
		dir, err := folder()
		if err != nil {
			return nil, err
		}
		return openFeed(dir)
	case err == nil && !info.Mode().IsRegular():
		err = fmt.Errorf("open %s: %w", f.Name(), errNotFile)
	case err == nil && info.Size() > source.DefaultMaxBytes:
		err = fmt.Errorf("open %s: want at most %d bytes, found %d: cut the file down to the county", f.Name(), int64(source.DefaultMaxBytes), info.Size())
	}
	if err != nil {
		_ = f.Close() // nothing was written
		return nil, err
	}
	return f, nil
}

// readFile reads a file of at most that many bytes, whole.
func readFile(path string, most int64) ([]byte, error) {
	f, err := os.OpenFile(path, readable, 0) // #nosec G304 -- the operator names the file
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("open %s: want a file, found a folder", path)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("open %s: %w", path, errNotFile)
	}
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("read %s: want at most %d bytes, found more", path, most)
	}
	return text, err
}
