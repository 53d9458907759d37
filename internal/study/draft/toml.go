package draft

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"hubreach/internal/study"
)

// writeInput writes one [[input]] block.
func writeInput(w *writer, in study.Input) {
	w.line("[[input]]")
	for _, f := range []struct{ key, value string }{
		{"role", in.Role}, {"name", in.Name}, {"file", in.File}, {"format", in.Format}, {"layer", in.Layer}, {"areas", in.Areas}, {"crs", in.CRS},
	} {
		if f.value != "" {
			w.line("%s = %s", f.key, tomlText(f.value))
		}
	}
	if len(in.Columns) > 0 {
		w.line("columns = %s", tomlValue(reflect.ValueOf(in.Columns)))
	}
	if len(in.Keep) > 0 {
		w.line("keep = %s", tomlValue(reflect.ValueOf(in.Keep)))
	}
	for _, f := range []struct{ key, value string }{
		{"edition", in.Edition}, {"publisher", in.Publisher}, {"licence", in.Licence}, {"address", in.Address}, {"manifest", in.Manifest},
	} {
		if f.value != "" && f.value != placeholder {
			w.line("%s = %s", f.key, tomlText(f.value))
		}
	}
	if in.Publisher == "" && in.Licence == "" {
		w.off(func(w *writer) {
			w.line(`publisher = ""`)
			w.line(`licence = ""`)
		})
	}
	for _, ind := range in.Indicators {
		w.line("")
		w.line("[[input.indicator]]")
		writeFields(w, "", reflect.ValueOf(ind), false)
	}
	for _, g := range in.Groups {
		w.line("")
		w.line("[[input.group]]")
		writeFields(w, "", reflect.ValueOf(g), false)
	}
}

// writeFields writes the keys of a struct by its tags. Without zeros, keys of a
// zero value are left out. Explained says whose parameters they are; a key with
// words of explanation has them behind it.
func writeFields(w *writer, explained string, v reflect.Value, zeros bool) {
	for i := range v.NumField() {
		key := study.Key(v.Type().Field(i))
		f := v.Field(i)
		if key == "" || !zeros && f.IsZero() || f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Struct {
			continue
		}
		value := tomlValue(f)
		if value == "" {
			continue
		}
		if words := parameterWords[explained+"."+key]; words != "" {
			w.line("%s = %s # %s", key, value, words)
		} else {
			w.line("%s = %s", key, value)
		}
	}
}

// tomlValue writes a value on one line; empty for a kind that has none.
func tomlValue(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return tomlText(v.String())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case reflect.Slice, reflect.Array:
		var items []string
		for i := range v.Len() {
			items = append(items, tomlValue(v.Index(i)))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case reflect.Map:
		var items []string
		for _, k := range slices.SortedFunc(slices.Values(v.MapKeys()), func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) }) {
			items = append(items, tomlKey(k.String())+" = "+tomlValue(v.MapIndex(k)))
		}
		if len(items) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(items, ", ") + " }"
	}
	return ""
}

// tomlKey writes a key, in quotes where it has to be.
func tomlKey(s string) string {
	bare := s != "" && strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	}) < 0
	if bare {
		return s
	}
	return tomlText(s)
}

// tomlText writes a basic string of TOML.
func tomlText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
