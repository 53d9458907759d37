package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
)

// ogcBase is the path of OGC API Features (OGC 17-069r4 part 1, OGC 18-058r1
// part 2), by which a desktop GIS connects.
const ogcBase = "/ogc"

// conformance is what of the standard is kept to.
var conformance = []string{
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
	"http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
}

// mediaOpenAPI is an OpenAPI 3.0 document as JSON.
const mediaOpenAPI = "application/vnd.oai.openapi+json;version=3.0"

// ogcRoutes serves the standard's resources.
func (s *service) ogcRoutes(r chi.Router) {
	s.ogc(r, "", mediaJSON, (*ogcRequest).landing)
	s.ogc(r, "/", mediaJSON, (*ogcRequest).landing)
	s.ogc(r, "/conformance", mediaJSON, (*ogcRequest).conformance)
	s.ogc(r, "/api", mediaOpenAPI, (*ogcRequest).openAPI)
	s.ogc(r, "/collections", mediaJSON, (*ogcRequest).collections)
	s.ogc(r, "/collections/{collection}", mediaJSON, (*ogcRequest).collection)
	s.ogc(r, "/collections/{collection}/items", mediaGeoJSON, (*ogcRequest).items)
	s.ogc(r, "/collections/{collection}/items/{feature}", mediaGeoJSON, (*ogcRequest).item)
}

// ogcRequest is a question while it is answered.
type ogcRequest struct {
	now    *Snapshot
	query  url.Values
	home   string // address of the landing page
	path   string // of the question, below the landing page
	html   bool   // to be answered by a page
	header http.Header

	collectionID, featureID string
}

// ogc registers one resource: a function from the request to what is sent.
func (s *service) ogc(r chi.Router, path, plain string, answer func(*ogcRequest) (any, error)) {
	r.Get(ogcBase+path, func(w http.ResponseWriter, r *http.Request) {
		media := plain
		now := snapshotOf(r.Context())
		h := w.Header()
		h.Set("ETag", now.etag)
		h.Set("Cache-Control", "no-cache")
		h.Add("Vary", "Accept")
		if holds(r.Header.Values("If-None-Match"), now.etag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			s.refuse(w, r, fmt.Errorf("%w: the query cannot be read: %w", errParameter, err))
			return
		}
		q := &ogcRequest{
			now: now, query: query, home: origin(r) + ogcBase, path: strings.TrimPrefix(r.URL.EscapedPath(), ogcBase), header: h,
			collectionID: chi.URLParam(r, "collection"), featureID: chi.URLParam(r, "feature"),
		}
		q.html = wantsHTML(query.Get("f"), r.Header.Get("Accept"), media)
		said, err := answer(q)
		var body []byte
		switch {
		case err == nil && q.html:
			media = mediaHTML + "; charset=utf-8"
			body, err = q.page(said)
		case err == nil:
			body, err = plainJSON(said)
		}
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		h.Set("Content-Type", media)
		_, _ = w.Write(body) // the client may be gone
	})
}

// ogcLink points from one resource to another.
type ogcLink struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitempty"`
	Title string `json:"title,omitempty"`
}

// self links to the question itself.
func (q *ogcRequest) self(media string) ogcLink {
	if q.html {
		media = mediaHTML
	}
	at := q.home + q.path
	if len(q.query) > 0 {
		at += "?" + q.query.Encode()
	}
	return ogcLink{at, "self", media, "this document"}
}

// none refuses parameters where there are none but f, which may ask for JSON or
// for a page.
func (q *ogcRequest) none() error { return q.only() }

// only refuses every parameter that is not named, and any given twice: an
// answer that passes over what was asked is a wrong answer.
func (q *ogcRequest) only(names ...string) error {
	names = append(names, "f")
	for name, values := range q.query {
		if !slices.Contains(names, name) {
			return fmt.Errorf("%w: there is no parameter %.40q here: want one of %s", errParameter, name, strings.Join(names, ", "))
		}
		if len(values) > 1 {
			return fmt.Errorf("%w: parameter %s is there %d times: want it once", errParameter, name, len(values))
		}
	}
	if f := q.query.Get("f"); q.query.Has("f") && f != "json" && f != "html" {
		return fmt.Errorf("%w: f=%.40s: want json or html", errParameter, f)
	}
	return nil
}

// ogcLanding is the first page.
type ogcLanding struct {
	Title       string    `json:"title"`
	Description string    `json:"description"`
	Links       []ogcLink `json:"links"`
}

// ogcConformance is what of the standard is kept to.
type ogcConformance struct {
	ConformsTo []string `json:"conformsTo"`
}

// landing is the first page.
func (q *ogcRequest) landing() (any, error) {
	if err := q.none(); err != nil {
		return nil, err
	}
	spec := q.now.Results.Spec
	return ogcLanding{spec.Title, "Family hub sites, small areas and outreach of a county, under every estate option", []ogcLink{
		q.self(mediaJSON), q.alternate(mediaJSON),
		{q.home + "/api", "service-desc", mediaOpenAPI, "OpenAPI 3.0 document"},
		{q.home + "/conformance", "conformance", mediaJSON, "what of the standard is kept to"},
		{q.home + "/collections", "data", mediaJSON, "collections of features"},
	}}, nil
}

func (q *ogcRequest) conformance() (any, error) {
	if err := q.none(); err != nil {
		return nil, err
	}
	return ogcConformance{conformance}, nil
}
