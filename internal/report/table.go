package report

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"iter"

	"github.com/paulmach/orb"
)

// table is one set of rows, as it is written to CSV and to the GeoPackage.
type table[R any] struct {
	name    string
	about   string // one line for the GeoPackage's list of contents
	columns []column[R]
	rows    iter.Seq[R]
	// place gives a row its geometry on the British National Grid; nil in a
	// table without. CSV leaves it out.
	place func(R) (orb.Geometry, error)
	kind  string // of the geometries, as GeoPackage names it
}

// column is one column of a table. sql is its type in a GeoPackage.
type column[R any] struct {
	name string
	sql  string
	of   func(R) value
}

// The types of columns.
const (
	sqlText  = "TEXT"
	sqlWhole = "INTEGER"
	sqlReal  = "REAL"
	sqlFlag  = "BOOLEAN"
)

// stride is how many rows are written between two looks at the context.
const stride = 256

// csv writes the table with a line of column names.
func (t table[R]) csv(ctx context.Context, w io.Writer) error {
	out := csv.NewWriter(w)
	record := make([]string, len(t.columns))
	for i, c := range t.columns {
		record[i] = c.name
	}
	if err := out.Write(record); err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	n := 0
	for r := range t.rows {
		if n%stride == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		n++
		for i, c := range t.columns {
			record[i] = c.of(r).cell()
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write %s: row %d: %w", t.name, n, err)
		}
	}
	out.Flush()
	return out.Error()
}
