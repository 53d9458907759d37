package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
)

// manifestName is the file that says what came from where.
const manifestName = "manifest.csv"

// byHand is the address of a file that a person put in place.
const byHand = "by hand"

// Entry is one file of the manifest.
type Entry struct {
	File        string
	Bytes       int64
	Records     int // features or rows, of those put together here; else 0
	SHA256      string
	ID          string
	Edition     string
	Fetched     string // date, UTC
	Address     string
	Filter      string // how the publisher was asked to cut it to the county
	Publisher   string
	Licence     string
	Attribution string // the line to show with results
}

var manifestColumns = []string{
	"file", "bytes", "records", "sha256", "id", "edition", "fetched", "address", "filter", "publisher", "licence", "attribution",
}

// manifest is the table of what is in a county's folder.
type manifest struct {
	path    string
	entries []Entry
}

// readManifest reads the table at path; without one it is empty.
func readManifest(path string) (*manifest, error) {
	m := &manifest{path: path}
	f, err := os.Open(path) // #nosec G304 -- who fetches names the folder
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if m.entries, err = parseManifest(f); err != nil {
		return nil, fmt.Errorf("%s: %w; mend it, or move it away and call again", path, err)
	}
	return m, nil
}

func parseManifest(r io.Reader) ([]Entry, error) {
	rows, err := readTable(r, manifestName, manifestColumns)
	if err != nil {
		return nil, err
	}
	var all []Entry
	for i, row := range rows {
		e := Entry{
			File: row[0], SHA256: row[3], ID: row[4], Edition: row[5], Fetched: row[6], Address: row[7],
			Filter: row[8], Publisher: row[9], Licence: row[10], Attribution: row[11],
		}
		if e.Bytes, err = strconv.ParseInt(row[1], 10, 64); err != nil {
			return nil, fmt.Errorf("line %d: bytes %q: want a whole number", i+2, row[1])
		}
		if row[2] != "" {
			if e.Records, err = strconv.Atoi(row[2]); err != nil {
				return nil, fmt.Errorf("line %d: records %q: want a whole number", i+2, row[2])
			}
		}
		all = append(all, e)
	}
	return all, nil
}

// find returns the entry of a source.
func (m *manifest) find(id string) (Entry, bool) {
	i := slices.IndexFunc(m.entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return m.entries[i], true
}

// put adds e, or replaces the entry of its source, and writes the table.
func (m *manifest) put(e Entry) error {
	if i := slices.IndexFunc(m.entries, func(o Entry) bool { return o.ID == e.ID }); i >= 0 {
		m.entries[i] = e
	} else {
		m.entries = append(m.entries, e)
	}
	return writeWhole(m.path, m.write)
}

func (m *manifest) write(w io.Writer) error {
	cw := csv.NewWriter(w)
	rows := [][]string{manifestColumns}
	for _, e := range m.entries {
		records := ""
		if e.Records > 0 {
			records = strconv.Itoa(e.Records)
		}
		rows = append(rows, []string{
			e.File, strconv.FormatInt(e.Bytes, 10), records, e.SHA256, e.ID, e.Edition, e.Fetched, e.Address,
			e.Filter, e.Publisher, e.Licence, e.Attribution,
		})
	}
	return cw.WriteAll(rows)
}
