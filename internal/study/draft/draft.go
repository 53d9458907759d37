// Package draft writes a study file for a folder of files as they were downloaded:
// it tells by content what each is for, and says in comments why.
//
// Every file becomes offers, one for each table or layer in it (sniff.go and the
// files named for what they tell); a chooser takes the best for each role; and
// what it took is written as TOML with the reasons beside it (write.go). Nothing
// is guessed in silence: what only a person can decide is a question.
package draft

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"hubreach/geo"
)

// Draft is a study file made from what a folder holds.
type Draft struct {
	// Text is the study file: TOML, in UTF-8. study.ParseSpec reads it when Missing is
	// empty, and otherwise says which of the roles that have to be there is not.
	Text []byte
	// Found says what every file of the folder was taken for, in the order of
	// their paths.
	Found []Found
	// Missing are the roles that have to be there and that no file fits.
	Missing []string
	// Decide are the questions that only a person can answer, one line each.
	Decide []string
}

// Found says what became of one file, or of one table or layer of it.
type Found struct {
	File  string `json:"file"`
	Layer string `json:"layer,omitempty"`
	Role  string `json:"role,omitempty"` // empty: no role fits
	Taken bool   `json:"taken"`          // false: left out, or commented out in the draft
	Why   string `json:"why"`
}

// How far a folder is looked through.
const (
	deepest   = 6     // folders below the top one
	mostFiles = 2_000 // files looked into
)

// New looks at the files of a folder and writes a study file for them: it
// tells by content what each is for, takes the best for each role, and says in
// comments why, what was left out, and what is missing.
//
// It reads the beginning of each file, and all of it only where a file is small
// or of a format that cannot be read in part. Hidden files and folders, study
// files and what lies more than six folders deep are passed over; after 2,000
// files it stops and says so. A file that cannot be read is reported, and is no
// error. The draft depends on the files' paths and bytes alone.
//
// The error is ctx's, or that of a folder that cannot be listed.
func New(ctx context.Context, fsys fs.FS) (Draft, error) {
	projection, err := geo.NewProjection()
	if err != nil {
		return Draft{}, err
	}
	files, cut, err := list(ctx, fsys)
	if err != nil {
		return Draft{}, err
	}
	s := sniffer{ctx: ctx, fsys: fsys, projection: projection}
	var offers []*offer
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return Draft{}, err
		}
		offers = append(offers, s.sniff(f)...)
	}
	c := newChooser(offers, s.manifests)
	c.choose()
	if cut {
		c.decide("the folder holds more than %d files: the others were not looked at; move what the study needs into a folder of its own", mostFiles)
	}
	d := Draft{Missing: c.missing, Decide: c.questions}
	d.Text = c.write()
	for _, o := range offers {
		d.Found = append(d.Found, Found{File: o.file, Layer: o.layer, Role: o.role, Taken: o.taken, Why: o.why})
	}
	return d, nil
}

// list lists the files to look at, in the order of their paths; cut tells
// whether there were too many.
func list(ctx context.Context, fsys fs.FS) (files []string, cut bool, err error) {
	err = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && p == ".":
			return fmt.Errorf("list the folder: %w", err)
		case err != nil:
			return nil // a folder that may not be listed holds nothing for us
		case p == ".":
			return nil
		case strings.HasPrefix(d.Name(), ".") || d.Name() == "__MACOSX" || d.IsDir() && strings.Count(p, "/") >= deepest:
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || !d.Type().IsRegular() || strings.EqualFold(path.Ext(p), ".toml"):
			return nil
		case len(files) == mostFiles:
			cut = true
			return fs.SkipAll
		}
		files = append(files, p)
		return nil
	})
	if errors.Is(err, fs.SkipAll) {
		err = nil
	}
	return files, cut, err
}
