package study

import (
	"reflect"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// keys looks for the first key of a study file that no field has. The decoder has
// a strict mode, which lists all of them and reads the rest of the file again for
// each: 4,000 unknown keys took it 2.2 s, and 100,000 would take an hour.
type keys struct {
	parser unstable.Parser
	line   int      // of the first unknown key, 0 for none
	path   []string // that key, table by table
	free   int      // keys so far that are anybody's choice
}

// maxFree bounds the keys of a study file that are anybody's choice: names of
// columns, codes of districts. A study of a county has some 60.
const maxFree = 5000

// find reads text until its end, the first key that to has no field for, one free
// key too many, or a fault, which the decoder words better.
func (k *keys) find(text []byte, to reflect.Type) {
	k.parser.Reset(text)
	table, at := to, []string(nil)
	for k.line == 0 && k.free <= maxFree && k.parser.NextExpression() {
		switch e := k.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table, at = k.follow(to, nil, e.Key())
		case unstable.KeyValue:
			k.pair(table, at, e)
		}
	}
}

// pair checks a key and the tables inside its value. t is the table it stands in.
func (k *keys) pair(t reflect.Type, at []string, pair *unstable.Node) {
	t, at = k.follow(t, at, pair.Key())
	k.value(t, at, pair.Value())
}

func (k *keys) value(t reflect.Type, at []string, v *unstable.Node) {
	if t == nil || v.Kind != unstable.Array && v.Kind != unstable.InlineTable {
		return
	}
	for in := v.Children(); k.line == 0 && k.free <= maxFree && in.Next(); {
		if v.Kind == unstable.Array {
			k.value(t, at, in.Node())
		} else {
			k.pair(t, at, in.Node())
		}
	}
}

// follow goes from a table along a key, and returns the type it leads to: nil
// when anything may stand there, or when there is no such field.
func (k *keys) follow(t reflect.Type, at []string, key unstable.Iterator) (reflect.Type, []string) {
	at = at[:len(at):len(at)]
	for key.Next() {
		part := key.Node()
		at = append(at, string(part.Data))
		var known bool
		if t, known = field(t, string(part.Data)); !known {
			k.line, k.path = k.parser.Shape(part.Raw).Start.Line, at
			return nil, at
		}
		if t == nil {
			k.free++
		}
	}
	return t, at
}

// field returns the type of a table's field: of one element, for a list. A map
// has every field. Names differ by more than their case, as for the decoder.
func field(t reflect.Type, name string) (reflect.Type, bool) {
	if t = element(t); t == nil || t.Kind() == reflect.Map {
		return nil, true
	}
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	for i := range t.NumField() {
		if tag := Key(t.Field(i)); tag != "" && strings.EqualFold(tag, name) {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}

// Key returns the key of a study file that a field of Spec, or of what is in it,
// is read from; empty for none.
func Key(f reflect.StructField) string {
	tag, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
	if !f.IsExported() || tag == "-" {
		return ""
	}
	return tag
}

// element looks through pointers and lists.
func element(t reflect.Type) reflect.Type {
	for t != nil && (t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array) {
		t = t.Elem()
	}
	return t
}
