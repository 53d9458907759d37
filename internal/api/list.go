package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/paulmach/orb"
)

// listed is a list as a handler gives it: rows, and where each of them lies, in
// degrees. A list without places has no GeoJSON.
type listed[R any] struct {
	rows  []R
	place func(R) (orb.Geometry, error)
}

// written is an answer that writes itself.
type written struct {
	Body func(huma.Context)
}

// list registers a list: filtered by the handler, then sorted, paged and
// written as the client likes it. places says that rows have one.
func list[I any, R any](s *service, op huma.Operation, places bool, handler func(context.Context, *I) (listed[R], error)) {
	offers := []string{mediaJSON, mediaCSV}
	if places {
		offers = append(offers, mediaGeoJSON)
	}
	op.Responses = map[string]*huma.Response{"200": listResponse[R](s.api, offers)}
	op.Errors = append(op.Errors, http.StatusNotFound, http.StatusNotAcceptable)
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*written, error) {
		got, err := handler(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		p := any(in).(interface{ paging() Paging }).paging()
		if got.rows, err = sorted(got.rows, p.Sort); err != nil {
			return nil, s.problem(ctx, err)
		}
		return &written{func(hc huma.Context) {
			at := hc.URL()
			if err := s.writeList(hc, at, offers, p, got.page(p)); err != nil {
				s.fail(hc, err)
			}
		}}, nil
	})
}

// sheet is a page that can be written in any of the media types.
type sheet interface {
	size() int
	link(url.URL) string
	write(media string) ([]byte, error)
}

type pageSheet[R any] struct {
	Page[R]
	place func(R) (orb.Geometry, error)
}

func (l listed[R]) page(p Paging) sheet { return pageSheet[R]{pageOf(l.rows, p), l.place} }

func (p pageSheet[R]) size() int              { return p.Total }
func (p pageSheet[R]) link(at url.URL) string { return p.next(at) }

func (p pageSheet[R]) write(media string) ([]byte, error) {
	switch media {
	case mediaCSV:
		var b bytes.Buffer
		err := writeCSV(&b, p.Items)
		return b.Bytes(), err
	case mediaGeoJSON:
		places := make([]json.RawMessage, len(p.Items))
		for i, row := range p.Items {
			g, err := p.place(row)
			if err != nil {
				return nil, err
			}
			places[i] = geometryJSON(g)
		}
		return geoJSONOf(p.Items, places)
	}
	return plainJSON(p.Page)
}

// writeList sends a page in the media type that the client likes.
func (s *service) writeList(hc huma.Context, at url.URL, offers []string, p Paging, page sheet) error {
	media := negotiate(acceptOf(hc.Context()), offers)
	if p.Format != "" {
		media = map[string]string{"json": mediaJSON, "csv": mediaCSV, "geojson": mediaGeoJSON}[p.Format]
		if media == mediaGeoJSON && len(offers) < 3 {
			media = ""
		}
	}
	if media == "" {
		return huma.NewError(http.StatusNotAcceptable, fmt.Sprintf("there is no such form of this list: want one of %v", offers))
	}
	body, err := page.write(media)
	if err != nil {
		return err
	}
	if link := page.link(at); link != "" {
		hc.SetHeader("Link", link)
	}
	hc.SetHeader("X-Total-Count", strconv.Itoa(page.size()))
	hc.SetHeader("Content-Type", typeOf[media])
	_, _ = hc.BodyWriter().Write(body) // the client may be gone
	return nil
}

// typeOf adds to a media type what clients need to read it.
var typeOf = map[string]string{mediaJSON: mediaJSON, mediaCSV: mediaCSV + "; charset=utf-8; header=present", mediaGeoJSON: mediaGeoJSON}

// listResponse describes a list in OpenAPI.
func listResponse[R any](api huma.API, offers []string) *huma.Response {
	schemas := api.OpenAPI().Components.Schemas
	content := map[string]*huma.MediaType{mediaJSON: {Schema: schemas.Schema(reflect.TypeFor[Page[R]](), true, "")}}
	for _, media := range offers[1:] {
		content[media] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		if media == mediaGeoJSON {
			content[media].Schema = &huma.Schema{Type: huma.TypeObject, Description: "a feature collection (RFC 7946), the columns as properties"}
		}
	}
	text := &huma.Schema{Type: huma.TypeString}
	return &huma.Response{Description: "One page of the list", Content: content, Headers: map[string]*huma.Param{
		"Link":          {Description: "the next page, rel=\"next\", if there is one", Schema: text},
		"X-Total-Count": {Description: "items of the whole list", Schema: &huma.Schema{Type: huma.TypeInteger}},
	}}
}

// get registers a question that has one answer.
func get[I, O any](s *service, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	op.Errors = append(op.Errors, http.StatusNotFound)
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return out, nil
	})
}

// fail sends a problem after the handler has returned.
func (s *service) fail(hc huma.Context, err error) {
	err = s.problem(hc.Context(), err)
	status := http.StatusInternalServerError
	if own, ok := err.(huma.StatusError); ok {
		status = own.GetStatus()
	}
	_ = huma.WriteErr(s.api, hc, status, err.Error())
}
