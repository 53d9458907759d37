package web

import (
	"embed"
	"io/fs"
	"net/http"
)

// dist holds README.md, and the pages once they were built.
//
//go:embed dist
var dist embed.FS

// Built reports whether the program holds the pages.
func Built() bool {
	_, err := fs.Stat(dist, "dist/pages/index.html")
	return err == nil
}

// Handler serves the pages that the program holds. It answers GET and HEAD for
// any path: a file, one of the addresses of the pages, or 404 as a page. The
// error says what is wrong with the settings.
func Handler(s Settings) (http.Handler, error) {
	pages, err := fs.Sub(dist, "dist/pages")
	if err != nil {
		panic(err) // the name is valid: a bug
	}
	return New(pages, s)
}
