package app

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// errNoFeed means that a folder holds no timetable.
var errNoFeed = errors.New("want a file, or the folder of a GTFS feed, found a folder without stop_times.txt")

// openFeed opens a folder with the text files of a GTFS feed as the archive that
// publishers pack it into. The same files give the same bytes; symbolic links,
// devices and named pipes in the folder are none of them. dir is closed in the end.
func openFeed(dir *os.Root) (io.ReadCloser, error) {
	entries, err := fs.ReadDir(dir.FS(), ".") // by name
	if err != nil {
		return nil, errors.Join(err, dir.Close())
	}
	var names []string
	feed := false
	for _, e := range entries {
		if name := strings.ToLower(e.Name()); e.Type().IsRegular() && strings.HasSuffix(name, ".txt") {
			names = append(names, e.Name())
			feed = feed || name == "stop_times.txt"
		}
	}
	if !feed {
		_ = dir.Close() // nothing was written
		return nil, fmt.Errorf("open %s: %w", dir.Name(), errNoFeed)
	}
	r, w := io.Pipe()
	go func() { // ends when all is read, or when the reader closes
		defer dir.Close()
		w.CloseWithError(pack(w, dir, names))
	}()
	return r, nil
}

// pack writes files of a folder into an archive, without their times.
func pack(w io.Writer, dir *os.Root, names []string) error {
	out := zip.NewWriter(w)
	for _, name := range names {
		to, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return err
		}
		if err := copyFile(to, dir, name); err != nil {
			return err
		}
	}
	return out.Close()
}

func copyFile(to io.Writer, dir *os.Root, name string) error {
	f, err := dir.OpenFile(name, readable, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(to, f)
	return err
}
