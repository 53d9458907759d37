package app

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// errNoFeed means that a folder holds no timetable.
var errNoFeed = errors.New("want a file, or the folder of a GTFS feed, found a folder without stop_times.txt")

// openFeed opens a folder with the text files of a GTFS feed as the archive that
// publishers pack it into. The same files give the same bytes.
func openFeed(dir string) (io.ReadCloser, error) {
	entries, err := os.ReadDir(dir) // by name
	if err != nil {
		return nil, err
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
		return nil, fmt.Errorf("open %s: %w", dir, errNoFeed)
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(pack(w, dir, names)) }() // ends when all is read, or when the reader closes
	return r, nil
}

// pack writes files of a folder into an archive, without their times.
func pack(w io.Writer, dir string, names []string) error {
	out := zip.NewWriter(w)
	for _, name := range names {
		to, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return err
		}
		if err := copyFile(to, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return out.Close()
}

func copyFile(to io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(to, f)
	return err
}
