package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// columnsOf returns the columns of a row: its fields, in order, by their names
// in JSON. A row is a struct of cells, texts, whole numbers, flags and lists of
// texts; anything else is a bug, found by the first test that lists it.
func columnsOf(row reflect.Type) []string {
	names := make([]string, row.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(row.Field(i).Tag.Get("json"), ",")
	}
	return names
}

// cellOf writes a field of a row for CSV.
func cellOf(v reflect.Value) string {
	if c, ok := v.Interface().(cell); ok {
		return c.cell()
	}
	if at, ok := v.Interface().(time.Time); ok {
		return at.UTC().Format(time.RFC3339Nano)
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return cellOf(v.Elem())
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = strings.ReplaceAll(v.Index(i).String(), ";", ",")
		}
		return strings.Join(parts, ";")
	}
	panic(fmt.Sprintf("api: a row holds a %s", v.Type()))
}

// safe keeps a spreadsheet from taking a text for a formula.
func safe(text string, v reflect.Value) string {
	if k := v.Kind(); k != reflect.String && k != reflect.Slice {
		return text
	}
	parts := strings.Split(text, ";") // a spreadsheet may split there too
	for i, p := range parts {
		if p != "" && strings.ContainsRune("=+-@\t\r", rune(p[0])) {
			parts[i] = "'" + p
		}
	}
	return strings.Join(parts, ";")
}

// writeCSV writes rows with a line of column names.
func writeCSV[R any](w io.Writer, rows []R) error {
	out := csv.NewWriter(w)
	if err := out.Write(columnsOf(reflect.TypeFor[R]())); err != nil {
		return err
	}
	var record []string
	for i := range rows {
		v := reflect.ValueOf(&rows[i]).Elem()
		record = record[:0]
		for f := range v.NumField() {
			record = append(record, safe(cellOf(v.Field(f)), v.Field(f)))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// plainJSON marshals v without HTML escapes.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
