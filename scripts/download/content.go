package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb/geojson"
)

// checkContent says what is wrong with the file of a source, judged by what is
// in it and not by what the publisher called it. It returns the number of
// features of GeoJSON and of rows of a table put together here, else 0.
func checkContent(s Source, path string) (records int, err error) {
	head, err := firstBytes(path, 4096)
	if err != nil {
		return 0, err
	}
	start := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))))
	switch {
	case len(start) == 0:
		return 0, &fault{what: "the file is empty"}
	case strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html"):
		return 0, &fault{what: "it is a web page, not data: the address has moved"}
	}
	switch filepath.Ext(s.File) {
	case ".csv":
		return checkCSV(s, path)
	case ".geojson":
		return checkGeoJSON(s, path)
	case ".zip", ".xlsx":
		return 0, checkZip(s, path)
	}
	if !bytes.Contains(head, []byte(s.Check)) {
		return 0, &fault{what: fmt.Sprintf("it is not what a %s should be: it begins with %q", filepath.Ext(s.File), clip(start))}
	}
	return 0, nil
}

func checkCSV(s Source, path string) (int, error) {
	f, err := os.Open(path) // #nosec G304 -- a file that was fetched here
	if err != nil {
		return 0, err
	}
	defer f.Close()
	buffered := bufio.NewReader(f)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		if _, err := buffered.Discard(3); err != nil {
			return 0, err
		}
	}
	r := csv.NewReader(buffered)
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, true
	header, err := r.Read()
	if err != nil {
		return 0, &fault{what: "it is not a table", cause: err}
	}
	header = slices.Clone(header)
	wanted := s.Fields
	if s.Check != "" {
		wanted = []string{s.Check}
	}
	for _, w := range wanted {
		if !slices.ContainsFunc(header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), w) }) {
			return 0, &fault{what: fmt.Sprintf("it has no column %q; its first line is %q", w, clip(strings.Join(header, ",")))}
		}
	}
	rows := 0
	for {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return 0, &fault{what: "it is not a whole table", cause: err}
		}
		rows++
	}
	if rows == 0 {
		return 0, &fault{what: "it has a header and no rows"}
	}
	return rows, nil
}

func checkGeoJSON(s Source, path string) (int, error) {
	text, err := os.ReadFile(path) // #nosec G304 -- a file that was fetched here
	if err != nil {
		return 0, err
	}
	fc, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		return 0, &fault{what: "it is not GeoJSON", cause: err}
	}
	if len(fc.Features) == 0 {
		return 0, &fault{what: "it has no features"}
	}
	for _, field := range s.Fields {
		if _, ok := fc.Features[0].Properties[field]; !ok {
			return 0, &fault{what: fmt.Sprintf("its features have no property %q", field)}
		}
	}
	return len(fc.Features), nil
}

func checkZip(s Source, path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return &fault{what: "it is not a whole archive", cause: err}
	}
	defer z.Close()
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == s.Check }) {
		return &fault{what: "the archive holds no " + s.Check}
	}
	return nil
}

func firstBytes(path string, n int) ([]byte, error) {
	f, err := os.Open(path) // #nosec G304 -- a file that was fetched here
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(n)))
}

// clip shortens a text for a message.
func clip(s string) string {
	const longest = 80
	if len(s) > longest {
		return strings.ToValidUTF8(s[:longest], "") + "..."
	}
	return s
}
