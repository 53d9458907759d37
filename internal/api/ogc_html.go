package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// mediaHTML is the media type of pages for people.
const mediaHTML = "text/html"

//go:embed ogc.html
var ogcHTML string

// ogcTemplate is the one page: a table and links, without a script.
var ogcTemplate = template.Must(template.New("ogc").Parse(ogcHTML))

// ogcPage is an answer as a page.
type ogcPage struct {
	Title, About string
	Caption      string // of the table
	Head         []string
	Rows         [][]ogcCell
	Links        []ogcLink
	Trail        []ogcLink // the pages above; the last, this one, has no address
}

// ogcCell is a cell of the table of a page, a link where it has an address. The
// first of a row is its heading.
type ogcCell struct{ Text, Href string }

// Head reports whether a link says something of the whole page, for programs.
func (l ogcLink) Head() bool {
	return slices.Contains([]string{"alternate", "next", "prev"}, l.Rel)
}

// wantsHTML reports whether a question is to be answered by a page: when f says
// so, or there is no f and its Accept header likes a page best. Who likes neither
// gets JSON.
func wantsHTML(f, accept, media string) bool {
	if f != "" {
		return f == "html"
	}
	return negotiate(accept, []string{media, mediaJSON, mediaHTML}) == mediaHTML
}

// alternate links to the same document as a page, or from there as JSON.
func (q *ogcRequest) alternate(media string) ogcLink {
	query := cloned(q.query)
	if q.html {
		query.Set("f", "json")
		return ogcLink{q.home + q.path + "?" + query.Encode(), "alternate", media, "this document as JSON"}
	}
	query.Set("f", "html")
	return ogcLink{q.home + q.path + "?" + query.Encode(), "alternate", mediaHTML, "this document as a page"}
}

// page writes an answer as a page.
func (q *ogcRequest) page(said any) ([]byte, error) {
	var p ogcPage
	switch said := said.(type) {
	case ogcLanding:
		p = ogcPage{Title: said.Title, About: said.Description, Links: said.Links}
	case ogcConformance:
		p = ogcPage{Title: "Conformance", About: "What of the standard is kept to.", Caption: "Classes of requirements", Links: []ogcLink{q.alternate(mediaJSON)}}
		for _, class := range said.ConformsTo {
			p.Rows = append(p.Rows, []ogcCell{{class, ""}})
		}
	case ogcCollections:
		p = ogcPage{Title: "Collections", Caption: "What there is, under each estate option", Head: []string{"Collection", "What it holds"}, Links: said.Links}
		for _, c := range said.Collections {
			p.Rows = append(p.Rows, []ogcCell{{c.Title, q.home + "/collections/" + c.ID}, {c.About, ""}})
		}
	case ogcDescription:
		p = ogcPage{Title: said.Title, About: said.About, Caption: "Where it lies, and how its coordinates may be asked", Links: said.Links}
		if said.Extent != nil {
			p.Rows = append(p.Rows, []ogcCell{{"West, south, east, north", ""}, {strings.Trim(fmt.Sprint(said.Extent.Spatial.Bbox[0]), "[]"), ""}})
		}
		for _, name := range said.CRS {
			p.Rows = append(p.Rows, []ogcCell{{"Coordinates", ""}, {name, ""}})
		}
	case ogcItems:
		p = q.itemsPage(said)
	case ogcItem:
		p = ogcPage{Title: said.ID, Caption: "What is known of it", Links: said.Links}
		for _, field := range fieldsOf(said.Properties) {
			p.Rows = append(p.Rows, []ogcCell{{field[0], ""}, {field[1], ""}})
		}
	case object:
		p = q.apiPage(said)
	default:
		return nil, fmt.Errorf("no page of a %T", said) // a resource without one: found by the first test
	}
	q.sayWhere(&p)
	var b bytes.Buffer
	err := ogcTemplate.Execute(&b, p)
	return b.Bytes(), err
}

// itemsPage lists the features of a page, with all of their columns.
func (q *ogcRequest) itemsPage(said ogcItems) ogcPage {
	p := ogcPage{Title: "Items of " + q.collectionID, Links: said.Links, Caption: fmt.Sprintf("%d of %d", said.Returned, said.Matched)}
	for i, f := range said.Features {
		row := []ogcCell{{f.ID, q.home + "/collections/" + q.collectionID + "/items/" + f.ID}}
		for _, field := range fieldsOf(f.Properties) {
			if i == 0 {
				p.Head = append(p.Head, field[0])
			}
			row = append(row, ogcCell{field[1], ""})
		}
		p.Rows = append(p.Rows, row)
	}
	if len(p.Rows) > 0 {
		p.Head = append([]string{"id"}, p.Head...)
	}
	return p
}

// apiPage lists what can be asked.
func (q *ogcRequest) apiPage(document object) ogcPage {
	p := ogcPage{Title: "What can be asked", Caption: "Paths below " + q.home, Head: []string{"Path", "What it answers"}, Links: []ogcLink{q.alternate(mediaOpenAPI)}}
	paths, _ := document["paths"].(object)
	for path, methods := range paths {
		get, _ := methods.(object)["get"].(object)
		p.Rows = append(p.Rows, []ogcCell{{path, ""}, {fmt.Sprint(get["summary"]), ""}})
	}
	slices.SortFunc(p.Rows, func(a, b []ogcCell) int { return strings.Compare(a[0].Text, b[0].Text) })
	return p
}

// sayWhere adds the pages above to a page.
func (q *ogcRequest) sayWhere(p *ogcPage) {
	at, title := q.home, q.now.Results.Spec.Title
	for _, part := range strings.Split(strings.Trim(q.path, "/"), "/") {
		if part != "" {
			p.Trail = append(p.Trail, ogcLink{Href: at, Title: title})
			at, title = at+"/"+part, part
		}
	}
	p.Trail = append(p.Trail, ogcLink{Title: p.Title})
}

// fieldsOf returns the properties of a feature in their order, as text; what is
// not known is empty.
func fieldsOf(properties json.RawMessage) [][2]string {
	d := json.NewDecoder(bytes.NewReader(properties))
	d.UseNumber()
	var fields [][2]string
	for {
		t, err := d.Token()
		if err != nil {
			return fields
		}
		name, is := t.(string)
		if !is { // a brace
			continue
		}
		value, err := d.Token() // columns are numbers, texts and flags, never lists (ogcItem)
		if err != nil {
			return fields
		}
		text := ""
		if value != nil {
			text = fmt.Sprint(value)
		}
		fields = append(fields, [2]string{name, text})
	}
}
