// Package data holds the sample county: small files in the publishers' own
// formats with their study file. The county, its people and its buildings are
// invented; sample/README.md says what is in each file.
//
// The files are made by data/generate, which gives the same bytes each time:
//
//	go generate ./data/...
package data

import (
	"embed"
	"io/fs"
)

//go:generate go run ./generate -dir sample

//go:embed sample
var files embed.FS

// Study is the name of the study file in Sample.
const Study = "study.toml"

// Sample returns the files of the sample county; the names in its study file
// are relative to the root. It may be used by many goroutines at once.
func Sample() fs.FS {
	sub, err := fs.Sub(files, "sample")
	if err != nil {
		panic("data: the folder is embedded under another name: " + err.Error()) // the name above is a constant
	}
	return sub
}
