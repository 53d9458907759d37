package api_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Whoever comes with a browser gets pages, each of which leads to the others and
// to its own JSON; programs get JSON unless they ask otherwise.
func TestOGCAsPages(t *testing.T) {
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	seen, todo := map[string]bool{}, []string{"/ogc"}
	for len(todo) > 0 && len(seen) < 60 {
		path := todo[0]
		todo = todo[1:]
		if kind := kindOf(path); seen[kind] {
			continue
		} else {
			seen[kind] = true
		}
		r := ask(t, "GET", path, "Accept", browser)
		body := string(read(t, r))
		if r.StatusCode != 200 || r.Header.Get("Content-Type") != "text/html; charset=utf-8" || !slices.Contains(r.Header.Values("Vary"), "Accept") {
			t.Fatalf("%s: %d %s, Vary %q", path, r.StatusCode, r.Header.Get("Content-Type"), r.Header.Values("Vary"))
		}
		links, title := linksOf(t, path, body)
		if title == "" || !strings.Contains(body, `<html lang="en">`) || strings.Contains(body, "<script") {
			t.Errorf("%s: title %q; want one, the language, and no script", path, title)
		}
		other := ""
		for _, l := range links {
			u, err := url.Parse(l)
			if err != nil || u.Host != "example.com" {
				t.Errorf("%s links to %q", path, l)
				continue
			}
			if u.Query().Get("f") == "json" {
				other = u.RequestURI()
			} else {
				todo = append(todo, u.RequestURI())
			}
		}
		if other == "" {
			t.Errorf("%s has no link to its JSON", path)
		} else if media := ask(t, "GET", other, "Accept", browser).Header.Get("Content-Type"); !strings.Contains(media, "json") {
			t.Errorf("%s from %s is %s", other, path, media)
		}
	}
	for _, kind := range []string{"/ogc", "/ogc/conformance", "/ogc/api", "/ogc/collections", "/ogc/collections/*", "/ogc/collections/*/items", "/ogc/collections/*/items/*"} {
		if !seen[kind] {
			t.Errorf("no link leads to %s: seen are %v", kind, seen)
		}
	}
	for accept, media := range map[string]string{"": "application/geo+json", "*/*": "application/geo+json", "application/geo+json, text/html;q=0.5": "application/geo+json", "application/json": "application/geo+json", "text/html": "text/html; charset=utf-8", "image/png": "application/geo+json"} {
		if got := ask(t, "GET", "/ogc/collections/areas/items?limit=1", "Accept", accept).Header.Get("Content-Type"); got != media {
			t.Errorf("Accept %q: %s, want %s", accept, got, media)
		}
	}
}

// kindOf puts * for the names in a path, and drops its query.
func kindOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for i := range parts {
		if i == 3 || i == 5 {
			parts[i] = "*"
		}
	}
	return strings.Join(parts, "/")
}

// linksOf reads a page: where its links go, and its heading.
func linksOf(t *testing.T, path, body string) (links []string, title string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(body))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return links, title
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		start, is := token.(xml.StartElement)
		if !is {
			continue
		}
		for _, a := range start.Attr {
			if start.Name.Local == "a" && a.Name.Local == "href" {
				links = append(links, a.Value)
			}
		}
		if start.Name.Local == "h1" {
			if text, err := d.Token(); err == nil {
				words, _ := text.(xml.CharData)
				title = string(words)
			}
		}
	}
}

// What is said of an area cannot become part of the page.
func TestOGCAsPagesEscapes(t *testing.T) {
	body := string(read(t, ask(t, "GET", "/ogc/collections?f=html&x=<script>")))
	if strings.Contains(body, "<script>") {
		t.Errorf("a question comes back as it was: %.300s", body)
	}
	body = string(read(t, ask(t, "GET", "/ogc/collections/sites/items?limit=200&f=html&name=%22%3E%3Cscript%3E")))
	if strings.Contains(body, "<script>") {
		t.Errorf("a question comes back as it was: %.300s", body)
	}
}
