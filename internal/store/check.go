package store

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// word is the form of the names of layers and columns. They become names of
// tables, so nothing else may be in them.
var word = regexp.MustCompile(`^[a-z][a-z0-9_]{0,47}$`)

// taken are names of a store's own tables and views, which no layer may have.
var taken = map[string]bool{
	"versions": true, "current": true, "contents": true, "parts": true, "inputs": true, "layers": true, "edits": true, "tokens": true, "jobs": true,
	"migrations": true, "keep_edits": true, AreasByOption: true,
}

// AreasByOption is the view that a store makes of the layers areas and
// area_results where both have a column area_code: what each option does for
// each area, with the area's ground.
const AreasByOption = "areas_by_option"

// reserved are names that a store gives to its own columns.
var reserved = map[string]bool{"fid": true, "ogc_fid": true, "version_id": true, "study": true}

// reservedPrefixes begin the names of tables that are not ours to make.
var reservedPrefixes = []string{"hubreach_", "gpkg_", "sqlite_", "rtree_", "pg_", "river_"}

// Check says what of l cannot be kept, before anything is written. The error
// wraps ErrInvalid.
func (l Load) Check() error {
	if err := texts("study", l.Study, "title", l.Title, "fingerprint", l.Fingerprint, "program", l.Program, "by", l.By); err != nil {
		return err
	}
	if l.Study == "" || l.Fingerprint == "" || len(l.Spec) == 0 {
		return invalid("a load needs the name of its study, a fingerprint and the study file")
	}
	if !json.Valid(l.Summary) || !isText(string(l.Summary)) {
		return invalid("the summary is not JSON")
	}
	paths := map[string]bool{}
	for _, in := range l.Inputs {
		if err := in.check(); err != nil {
			return err
		}
		if paths[in.Path] {
			return invalid("input %q is given twice", in.Path)
		}
		paths[in.Path] = true
	}
	names := map[string]bool{}
	for _, layer := range l.Layers {
		if err := layer.check(); err != nil {
			return err
		}
		if names[layer.Name] {
			return invalid("layer %q is given twice", layer.Name)
		}
		names[layer.Name] = true
	}
	return nil
}

func (in Input) check() error {
	if err := texts("path of an input", in.Path); err != nil {
		return err
	}
	if in.Path == "" || in.Open == nil {
		return invalid("an input needs a path and something to read")
	}
	if !isSum(in.SHA256) {
		return invalid("input %q: SHA-256 %q: want 64 hexadecimal digits in lower case", in.Path, in.SHA256)
	}
	return nil
}

func isSum(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && strings.ToLower(s) == s
}

func (l Layer) check() error {
	if !word.MatchString(l.Name) || taken[l.Name] || strings.HasSuffix(l.Name, "_versions") || hasPrefix(l.Name, reservedPrefixes) {
		return invalid("layer %q: want a lower-case word of at most 48 letters, digits and _ that is none of a store's own", l.Name)
	}
	names, spatial := map[string]bool{}, 0
	for _, c := range l.Columns {
		switch {
		case !word.MatchString(c.Name) || reserved[c.Name]:
			return invalid("layer %s: column %q: want a lower-case word of at most 48 letters, digits and _ that is none of a store's own", l.Name, c.Name)
		case names[c.Name]:
			return invalid("layer %s: column %q is given twice", l.Name, c.Name)
		case !c.Kind.known():
			return invalid("layer %s: column %s is of kind %q: want bool, int, float, text, point, multipolygon or geometry", l.Name, c.Name, c.Kind)
		case c.Kind.Spatial():
			spatial++
		}
		names[c.Name] = true
	}
	if spatial > 1 {
		return invalid("layer %s has %d geometries: want one at most", l.Name, spatial)
	}
	for i, row := range l.Rows {
		if len(row) != len(l.Columns) {
			return invalid("layer %s: row %d has %d values: want %d", l.Name, i+1, len(row), len(l.Columns))
		}
		for k, v := range row {
			if !l.Columns[k].Kind.holds(v) {
				return invalid("layer %s: row %d: %s is %v (%T): want %s", l.Name, i+1, l.Columns[k].Name, v, v, l.Columns[k].Kind)
			}
		}
	}
	return nil
}

func (k Kind) known() bool {
	return k == Bool || k == Int || k == Float || k == Text || k.Spatial()
}

// holds reports whether a column of this kind may hold v. Numbers are finite.
func (k Kind) holds(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return k == Bool
	case int64:
		return k == Int
	case float64:
		return k == Float && finite(v)
	case string:
		return k == Text && isText(v)
	case orb.Point:
		return (k == Point || k == Geometry) && onTheMap(v)
	case orb.MultiPolygon:
		return (k == Polygons || k == Geometry) && onTheMap(v)
	case orb.Geometry:
		return k == Geometry && onTheMap(v)
	}
	return false
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// onTheMap reports whether every coordinate of g is a number.
func onTheMap(g orb.Geometry) bool {
	each := func(n int, at func(i int) orb.Geometry) bool {
		for i := range n {
			if !onTheMap(at(i)) {
				return false
			}
		}
		return true
	}
	switch g := g.(type) {
	case orb.Point:
		return finite(g[0]) && finite(g[1])
	case orb.MultiPoint:
		return each(len(g), func(i int) orb.Geometry { return g[i] })
	case orb.LineString:
		return onTheMap(orb.MultiPoint(g))
	case orb.Ring:
		return onTheMap(orb.MultiPoint(g))
	case orb.MultiLineString:
		return each(len(g), func(i int) orb.Geometry { return g[i] })
	case orb.Polygon:
		return each(len(g), func(i int) orb.Geometry { return g[i] })
	case orb.MultiPolygon:
		return each(len(g), func(i int) orb.Geometry { return g[i] })
	case orb.Collection:
		return each(len(g), func(i int) orb.Geometry { return g[i] })
	}
	return false // a box is not a shape that a table holds
}

// Check says what of e cannot be kept. The error wraps ErrInvalid.
func (e Edit) Check() error {
	if err := texts("study", e.Study, "option", string(e.Option), "author", e.Author, "reason", e.Reason); err != nil {
		return err
	}
	switch {
	case e.Study == "" || e.Option == "" || e.Author == "":
		return invalid("an edit needs a study, an option and an author")
	case e.Base < 0:
		return invalid("an edit of revision %d: want 0 or more", e.Base)
	case e.Deleted && len(e.Document) > 0:
		return invalid("an edit that deletes %s has a document", e.Option)
	case !e.Deleted && (!json.Valid(e.Document) || !isText(string(e.Document))):
		return invalid("the document of option %s is not JSON", e.Option)
	}
	return nil
}

// Check says what of t cannot be kept. The error wraps ErrInvalid.
func (t Token) Check() error {
	if err := texts("name", t.Name); err != nil {
		return err
	}
	switch {
	case t.Name == "":
		return invalid("a token needs a name")
	case !isSum(t.Hash):
		return invalid("the hash of token %s: want 64 hexadecimal digits in lower case", t.Name)
	case t.Scope != Reader && t.Scope != Planner:
		return invalid("scope %q: want %s or %s", t.Scope, Reader, Planner)
	}
	return nil
}

// Check says what of j cannot be kept. The error wraps ErrInvalid.
func (j Job) Check() error {
	if err := texts("kind", j.Kind, "by", j.By); err != nil {
		return err
	}
	switch {
	case j.Kind == "":
		return invalid("a job needs a kind")
	case len(j.Args) > 0 && (!json.Valid(j.Args) || !isText(string(j.Args))):
		return invalid("the arguments of a job are not JSON")
	}
	return nil
}

// texts checks pairs of a name and a text.
func texts(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if !isText(pairs[i+1]) {
			return invalid("%s %q: want UTF-8 without NUL", pairs[i], pairs[i+1])
		}
	}
	return nil
}

// isText reports whether every store keeps s as it is: PostgreSQL has no NUL in
// texts and nothing but UTF-8.
func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func hasPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...)
}
