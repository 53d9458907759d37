package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Paging is what every list can be asked.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"10000" default:"1000" doc:"most items of the answer"`
	Offset int    `query:"offset" minimum:"0" maximum:"100000000" default:"0" doc:"items to pass over"`
	Sort   string `query:"sort" maxLength:"200" doc:"columns to sort by, separated by commas; - before one: the highest first" example:"-in_need_0_19"`
	Format string `query:"format" enum:"json,csv,geojson" doc:"as the Accept header, for a link"`
}

// Page is one page of a list.
type Page[R any] struct {
	Items  []R `json:"items" nullable:"false"`
	Total  int `json:"total" doc:"items of the whole list"`
	Limit  int `json:"limit"`
	Offset int `json:"offset"`
}

func (p Paging) paging() Paging { return p }

// sorted puts rows in the order of the columns asked for; rows that are equal
// stay as they stood. What is not known comes last, whichever way round.
func sorted[R any](rows []R, by string) ([]R, error) {
	if by == "" {
		return rows, nil
	}
	columns := columnsOf(reflect.TypeFor[R]())
	type key struct{ field, sign int }
	var keys []key
	for _, name := range strings.Split(by, ",") {
		k := key{sign: 1}
		if plain, down := strings.CutPrefix(name, "-"); down {
			name, k.sign = plain, -1
		}
		if k.field = slices.Index(columns, name); k.field < 0 {
			return nil, fmt.Errorf("%w: sort %.40q: want one of %s", errBad, name, strings.Join(columns, ", "))
		}
		keys = append(keys, k)
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b R) int {
		x, y := reflect.ValueOf(a), reflect.ValueOf(b)
		for _, k := range keys {
			if c := compareCells(x.Field(k.field), y.Field(k.field), k.sign); c != 0 {
				return c
			}
		}
		return 0
	})
	return rows, nil
}

// compareCells compares two values of one column, sign turning the order round.
func compareCells(a, b reflect.Value, sign int) int {
	switch a.Kind() {
	case reflect.Float64:
		x, y := a.Float(), b.Float()
		if math.IsNaN(x) || math.IsNaN(y) {
			return cmp.Compare(cellOf(b), "") - cmp.Compare(cellOf(a), "")
		}
		return sign * cmp.Compare(x, y)
	case reflect.Int, reflect.Int64:
		return sign * cmp.Compare(a.Int(), b.Int())
	}
	x, y := cellOf(a), cellOf(b)
	if x == "" || y == "" {
		return cmp.Compare(y, "") - cmp.Compare(x, "")
	}
	if a.Kind() == reflect.Pointer {
		return compareCells(a.Elem(), b.Elem(), sign)
	}
	return sign * cmp.Compare(x, y)
}

// pageOf cuts one page out of rows.
func pageOf[R any](rows []R, p Paging) Page[R] {
	from := min(p.Offset, len(rows))
	to := min(from+p.Limit, len(rows))
	items := rows[from:to]
	if items == nil {
		items = []R{}
	}
	return Page[R]{Items: items, Total: len(rows), Limit: p.Limit, Offset: p.Offset}
}

// next returns the Link header to the page after p, empty after the last.
func (p Page[R]) next(at url.URL) string {
	after := p.Offset + len(p.Items)
	if after >= p.Total || len(p.Items) == 0 {
		return ""
	}
	q := at.Query()
	q.Set("limit", strconv.Itoa(p.Limit))
	q.Set("offset", strconv.Itoa(after))
	return fmt.Sprintf("<%s?%s>; rel=\"next\"", at.EscapedPath(), q.Encode())
}

// geoJSONOf returns rows as a feature collection (RFC 7946). places are the
// geometries of the rows, as JSON.
func geoJSONOf[R any](rows []R, places []json.RawMessage) ([]byte, error) {
	type feature struct {
		Type       string          `json:"type"`
		Properties R               `json:"properties"`
		Geometry   json.RawMessage `json:"geometry"`
	}
	all := make([]feature, len(rows))
	for i := range rows {
		all[i] = feature{"Feature", rows[i], places[i]}
	}
	return plainJSON(struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}{"FeatureCollection", all})
}
