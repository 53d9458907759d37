package study

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"

	"hubreach/internal/county"
	"hubreach/internal/source"
)

// manifests compares each input that names a manifest with its row there: the
// file must be the one that was fetched. What the study file does not say of an
// input's edition, publisher and licence is taken from the row.
func (r *Results) manifests(open Open) error {
	read := map[string]map[string][]string{}
	var differ, absent []string
	named := 0
	for i, in := range r.Spec.Inputs {
		if in.Manifest == "" {
			continue
		}
		named++
		rows, ok := read[in.Manifest]
		if !ok {
			var err error
			if rows, err = readManifest(open, in.Manifest); err != nil {
				return err
			}
			read[in.Manifest] = rows
		}
		row, ok := rows[path.Base(in.File)]
		if !ok {
			absent = append(absent, in.File)
			continue
		}
		u := &r.Inputs[i]
		if row[0] != u.SHA256 {
			differ = append(differ, in.File)
		}
		for k, v := range []*string{&u.Edition, &u.Publisher, &u.Licence} {
			if *v == "" {
				*v = row[k+1]
			}
		}
	}
	if named > 0 {
		r.Checks = append(r.Checks, county.Check{Title: "Every fetched file is the one in its manifest", Ran: true, Passed: len(differ)+len(absent) == 0,
			Detail: fmt.Sprintf("%d of %d files compared by SHA-256; changed since they were fetched%s; not in the manifest%s",
				named-len(absent), named, orNone(differ), orNone(absent))})
	}
	return nil
}

func orNone(items []string) string {
	if len(items) == 0 {
		return ": none"
	}
	return firstFew(items)
}

// readManifest reads SHA-256, edition, publisher and licence by file name.
func readManifest(open Open, file string) (map[string][]string, error) {
	f, err := open(file)
	if err != nil {
		return nil, fmt.Errorf("manifest %s: %w; fetch the inputs again, or remove the manifest from the study file", file, err)
	}
	defer f.Close()
	lines := csv.NewReader(f)
	header, err := lines.Read()
	if err != nil {
		return nil, &source.RowError{File: file, Line: 1, Want: "the header of a manifest", Err: err, Do: "fetch the inputs again"}
	}
	var at [5]int
	for k, name := range []string{"file", "sha256", "edition", "publisher", "licence"} {
		at[k] = -1
		for i, h := range header {
			if h == name {
				at[k] = i
			}
		}
		if at[k] < 0 {
			return nil, &source.RowError{File: file, Line: 1, Field: "column", Found: name, Want: "a column of that name", Do: "fetch the inputs again"}
		}
	}
	rows := map[string][]string{}
	for {
		line, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("manifest %s: %w; fetch the inputs again", file, err)
		}
		rows[path.Base(line[at[0]])] = []string{line[at[1]], line[at[2]], line[at[3]], line[at[4]]}
	}
}
