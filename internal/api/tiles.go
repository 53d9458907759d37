package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"hubreach/internal/tile"
)

// mediaTile is a Mapbox Vector Tile.
const mediaTile = "application/vnd.mapbox-vector-tile"

// How long caches may keep a tile. An address that names the version of the
// tiles never changes what it means; any other is asked about each time, which
// costs an answer of 304.
const (
	keepForEver = "public, max-age=31536000, immutable"
	keepAndAsk  = "public, no-cache"
)

// tiles is the beginning of the paths of tiles.
const tiles = "/tiles/"

// tileRoutes serves vector tiles and their TileJSON. {sets} is a set, or several
// with commas between.
func (s *service) tileRoutes(r chi.Router) {
	for path, handler := range map[string]http.HandlerFunc{
		"/tiles/{sets}/{z}/{x}/{y}.mvt": s.getTile,
		"/tiles/{sets}.json":            s.getTileJSON,
	} {
		r.Get(path, handler)
		r.Head(path, handler)
	}
}

// getTile answers 204 where nothing is drawn, and 304 to a client that has the
// tile, without making it.
func (s *service) getTile(w http.ResponseWriter, r *http.Request) {
	sets, choice, err := chosen(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	id, err := tile.ParseID(chi.URLParam(r, "z"), chi.URLParam(r, "x"), chi.URLParam(r, "y"))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	encoding := encodingFor(r.Header.Values("Accept-Encoding"))
	etag := `"` + sets.Version() + "-mvt" + encoding.String() + `"`
	h := w.Header()
	h.Set("ETag", etag)
	h.Add("Vary", "Accept-Encoding") // and Origin, whose pages are let in
	h.Set("Cache-Control", keepAndAsk)
	if r.URL.Query().Get("v") == sets.Version() {
		h.Set("Cache-Control", keepForEver)
	}
	if holds(r.Header.Values("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, err := sets.Tile(r.Context(), choice, id, encoding)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	if len(body) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.Set("Content-Type", mediaTile)
	if encoding != tile.Plain {
		h.Set("Content-Encoding", encoding.String())
	}
	s.keepTile(w, r, body)
}

// keepTile sends a tile, and keeps the answer where tiles are kept: the bytes are
// those of their cache.
func (s *service) keepTile(w http.ResponseWriter, r *http.Request, body []byte) {
	now := snapshotOf(r.Context())
	if q, ok := questionOf(r, now); ok && now.tileParams.CacheBytes > 0 {
		s.keep(q, w, r, body)
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client may be gone
}

// getTileJSON describes sets for a map library, with addresses that caches may
// keep for ever.
func (s *service) getTileJSON(w http.ResponseWriter, r *http.Request) {
	sets, choice, err := chosen(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	etag := `W/"` + sets.Version() + `-json"`
	w.Header().Set("ETag", etag)
	w.Header().Set("Cache-Control", keepAndAsk)
	if holds(r.Header.Values("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, err := sets.TileJSON(choice, fmt.Sprintf("%s/tiles/%s/{z}/{x}/{y}.mvt?v=%s", origin(r), choice, sets.Version()))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", mediaJSON)
	_, _ = w.Write(body) // the client may be gone
}

// chosen returns the tiles of the snapshot and which of them a path names.
func chosen(r *http.Request) (*tile.Sets, tile.Choice, error) {
	choice, err := tile.ParseChoice(chi.URLParam(r, "sets"))
	if err != nil {
		return nil, 0, err
	}
	sets, err := snapshotOf(r.Context()).tiles()
	return sets, choice, err
}

// origin is the beginning of this service's own addresses, as the client wrote
// them.
func origin(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host}
	if visitOf(r.Context()).secure {
		u.Scheme = "https"
	}
	return u.String()
}
