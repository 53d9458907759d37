package web

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// Settings are what the pages are told by whoever runs the service. The zero
// value draws the base map from the service's own tiles.
type Settings struct {
	// StyleURL is the address of a MapLibre style to draw below the areas, instead
	// of the study's own streets. Browsers are allowed to ask its host.
	StyleURL string
}

// origin returns the scheme and host of the base map's style, "" for none.
func (s Settings) origin() (string, error) {
	if s.StyleURL == "" {
		return "", nil
	}
	u, err := url.Parse(s.StyleURL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(u.Host, " ;,'\"") {
		return "", fmt.Errorf("style address %q: want http:// or https://, a host and a path", s.StyleURL)
	}
	return u.Scheme + "://" + u.Host, nil
}

// policy is the content security policy of the pages: nothing but what the
// service itself sends, and the host of the base map where one is set.
func (s Settings) policy() (string, error) {
	origin, err := s.origin()
	if err != nil {
		return "", err
	}
	if origin != "" {
		origin = " " + origin
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:" + origin + "; connect-src 'self'" + origin +
		"; font-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'", nil
}

// into tells the document the settings.
func (s Settings) into(index []byte) []byte {
	if s.StyleURL == "" {
		return index
	}
	meta := fmt.Sprintf("<head>\n    <meta name=\"hubreach-style\" content=\"%s\" />", html.EscapeString(s.StyleURL))
	return bytes.Replace(index, []byte("<head>"), []byte(meta), 1)
}
