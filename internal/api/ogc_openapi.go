package api

import (
	"fmt"
	"maps"
	"reflect"

	"hubreach/internal/study"
)

// The parts of an OpenAPI 3.0.3 document that ours has.
type (
	object = map[string]any
	list30 = []any
)

// openAPI describes the standard's resources with the collections that there
// are: OpenAPI 3.0, which the standard asks for, where the rest of the service
// is described in 3.1.
func (q *ogcRequest) openAPI() (any, error) {
	if err := q.none(); err != nil {
		return nil, err
	}
	all, err := q.now.collections()
	if err != nil {
		return nil, err
	}
	paths := object{
		"/":            path30("landing", "Landing page", "landingPage", mediaJSON, nil),
		"/conformance": path30("conformance", "What of the standard is kept to", "confClasses", mediaJSON, nil),
		"/api":         path30("api", "This document", "object", mediaOpenAPI, nil),
		"/collections": path30("collections", "Collections", "collections", mediaJSON, nil),
	}
	schemas := maps.Clone(schemas30)
	for _, c := range all {
		at := "/collections/" + c.id
		schemas["properties_"+c.id] = object{"type": "object", "properties": properties30(c.row)}
		schemas["feature_"+c.id] = feature30("properties_" + c.id)
		schemas["features_"+c.id] = features30("feature_" + c.id)
		paths[at] = path30("collection."+c.id, c.title, "collection", mediaJSON, nil)
		paths[at+"/items"] = path30("items."+c.id, c.about, "features_"+c.id, mediaGeoJSON, itemParameters(c))
		paths[at+"/items/{featureId}"] = path30("item."+c.id, "One feature", "feature_"+c.id, mediaGeoJSON, list30{
			object{"name": "featureId", "in": "path", "required": true, "schema": object{"type": "string"}}, crsParameter("crs", "coordinates of the answer"),
		})
	}
	return object{
		"openapi":    "3.0.3",
		"info":       object{"title": q.now.Results.Spec.Title, "version": study.Method, "description": "OGC API Features, parts 1 and 2"},
		"servers":    list30{object{"url": q.home}},
		"paths":      paths,
		"components": object{"schemas": schemas},
	}, nil
}

// path30 describes a question: its answer, and the problem that it may be.
func path30(id, summary, schema, media string, parameters list30) object {
	get := object{
		"operationId": id, "summary": summary, "tags": list30{"ogc"},
		"responses": object{
			"200":     object{"description": summary, "content": object{media: object{"schema": ref(schema)}, mediaHTML: object{"schema": object{"type": "string"}}}},
			"default": object{"description": "a problem (RFC 9457)", "content": object{"application/problem+json": object{"schema": ref("problem")}}},
		},
	}
	if parameters != nil {
		get["parameters"] = parameters
	}
	return object{"get": get}
}

func ref(schema string) object { return object{"$ref": "#/components/schemas/" + schema} }

func crsParameter(name, about string) object {
	var uris list30
	for _, s := range crsList {
		uris = append(uris, s.uri)
	}
	return object{"name": name, "in": "query", "description": about, "schema": object{"type": "string", "format": "uri", "enum": uris, "default": crs84.uri}}
}

// itemParameters are what the items of a collection can be asked.
func itemParameters(c *ogcCollection) list30 {
	whole := func(name, about string, least, without int) object {
		return object{"name": name, "in": "query", "description": about, "schema": object{"type": "integer", "minimum": least, "default": without}}
	}
	parameters := list30{
		object{"name": "bbox", "in": "query", "description": "box that features meet", "style": "form", "explode": false,
			"schema": object{"type": "array", "items": object{"type": "number"}, "minItems": 4, "maxItems": 6}},
		crsParameter("bbox-crs", "coordinates of bbox"), crsParameter("crs", "coordinates of the answer"),
		object{"name": "datetime", "in": "query", "description": "chooses nothing: features have no time", "schema": object{"type": "string"}},
		whole("limit", fmt.Sprintf("most features of the answer, %d at most", ogcMost), 1, ogcLimit),
		whole("offset", "features to pass over", 0, 0),
		object{"name": "f", "in": "query", "schema": object{"type": "string", "enum": list30{"json", "html"}}},
	}
	for at, name := range columnsOf(c.row) {
		kind := typeIn(c.row.Field(at).Type)
		about := "features whose " + name + " is this"
		if kind == "array" {
			kind, about = "string", "features one of whose "+name+" is this"
		}
		parameters = append(parameters, object{"name": name, "in": "query", "description": about, "schema": object{"type": kind}})
	}
	return parameters
}

// properties30 describes the columns of a row.
func properties30(row reflect.Type) object {
	out := object{}
	for at, name := range columnsOf(row) {
		out[name] = object{"type": typeIn(row.Field(at).Type), "nullable": true}
		if typeIn(row.Field(at).Type) == "array" {
			out[name] = object{"type": "string", "nullable": true, "description": "several, with ; between"}
		}
	}
	return out
}

func feature30(properties string) object {
	return object{"type": "object", "required": list30{"type", "id", "geometry", "properties"}, "properties": object{
		"type": object{"type": "string", "enum": list30{"Feature"}}, "id": object{"type": "string"},
		"geometry": ref("geometry"), "properties": ref(properties), "links": object{"type": "array", "items": ref("link")},
	}}
}

func features30(feature string) object {
	return object{"type": "object", "required": list30{"type", "features"}, "properties": object{
		"type": object{"type": "string", "enum": list30{"FeatureCollection"}}, "features": object{"type": "array", "items": ref(feature)},
		"links": object{"type": "array", "items": ref("link")}, "numberMatched": object{"type": "integer"}, "numberReturned": object{"type": "integer"},
	}}
}

// schemas30 are the schemas that every collection shares.
var schemas30 = func() object {
	text := object{"type": "string"}
	links := object{"type": "array", "items": ref("link")}
	return object{
		"object":      object{"type": "object"},
		"link":        object{"type": "object", "required": list30{"href", "rel"}, "properties": object{"href": text, "rel": text, "type": text, "title": text}},
		"landingPage": object{"type": "object", "required": list30{"links"}, "properties": object{"title": text, "description": text, "links": links}},
		"confClasses": object{"type": "object", "required": list30{"conformsTo"}, "properties": object{"conformsTo": object{"type": "array", "items": text}}},
		"collections": object{"type": "object", "required": list30{"links", "collections"}, "properties": object{"links": links, "collections": object{"type": "array", "items": ref("collection")}}},
		"collection": object{"type": "object", "required": list30{"id", "links"}, "properties": object{
			"id": text, "title": text, "description": text, "itemType": text, "extent": object{"type": "object"},
			"crs": object{"type": "array", "items": text}, "storageCrs": text, "links": links,
		}},
		"geometry": object{"type": "object", "nullable": true, "required": list30{"type", "coordinates"}, "properties": object{
			"type": object{"type": "string", "enum": list30{"Point", "MultiPolygon"}}, "coordinates": object{"type": "array", "items": object{}},
		}},
		"problem": object{"type": "object", "properties": object{"title": text, "status": object{"type": "integer"}, "detail": text}},
	}
}()
