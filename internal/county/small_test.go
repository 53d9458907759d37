package county_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/source"
)

// The counties of these tests are squares of 1 km on the British National Grid;
// square 0, 0 has its south-west corner at 600,000, 150,000.
const (
	originX, originY = 600_000.0, 150_000.0
	side             = 1000.0
)

// at is the point x, y kilometres east and north of the origin.
func at(x, y float64) orb.Point { return orb.Point{originX + side*x, originY + side*y} }

// square is a square whose south-west corner is x, y.
func square(x, y float64) orb.MultiPolygon { return rectangle(x, y, x+1, y+1) }

func rectangle(x0, y0, x1, y1 float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)}}}
}

// plot is one area of a drawn county.
type plot struct {
	code, district string
	shape          orb.MultiPolygon
	young, old     float64 // residents aged 7 and 40
}

// row draws areas A1, A2, ... of 10 young and 90 old people side by side, in
// district D1.
func row(n int) []plot {
	var plots []plot
	for i := range n {
		plots = append(plots, plot{fmt.Sprintf("A%d", i+1), "D1", square(float64(i), 0), 10, 90})
	}
	return plots
}

// tables are the inputs that every county needs, for the plots.
func tables(plots ...plot) county.Tables {
	b := source.Boundaries{CRS: source.BritishNationalGrid, Read: len(plots)}
	p := source.Population{Bands: years(), Read: len(plots)}
	for i, x := range plots {
		b.Rows = append(b.Rows, source.Boundary{Line: i + 1, Code: x.code, Name: "Thanet 00" + x.code[1:] + "A", District: x.district, Shape: x.shape})
		p.Rows = append(p.Rows, ages(i+2, x.code, x.young, x.old))
	}
	return county.Tables{
		Boundaries: county.Table[source.Boundaries]{Head: county.Head{Name: "boundaries", File: "areas.gpkg"}, Data: b},
		Population: []county.Table[source.Population]{{Head: county.Head{Name: "population", File: "people.csv"}, Data: p}},
	}
}

// years are the bands of single years of age, 90 and over the last.
func years() []source.AgeBand {
	var bands []source.AgeBand
	for y := range 90 {
		bands = append(bands, source.AgeBand{From: y, To: y})
	}
	return append(bands, source.AgeBand{From: 90, To: source.OpenAge})
}

// ages is a row of young people aged 7 and old ones aged 40.
func ages(line int, code string, young, old float64) source.PopulationRow {
	counts := make([]float64, 91)
	counts[7], counts[40] = young, old
	return source.PopulationRow{Line: line, Code: code, Counts: counts}
}

// codes is a table of text columns, one row a line, columns parted by "|".
func codes(name string, lines ...string) county.Table[source.Codes] {
	t := county.Table[source.Codes]{Head: county.Head{Name: name, File: name + ".csv"}, Data: source.Codes{Read: len(lines)}}
	for i, line := range lines {
		t.Data.Rows = append(t.Data.Rows, source.CodeRow{Line: i + 2, Texts: strings.Split(line, "|")})
	}
	return t
}

// values is a table of numbers by area: a code and its numbers, NaN for blank.
func values(name string, columns []county.IndicatorColumns, rows ...numbers) county.IndicatorTable {
	t := county.IndicatorTable{Columns: columns}
	t.Head, t.Data.Read = county.Head{Name: name, File: name + ".csv"}, len(rows)
	for i, r := range rows {
		v := source.ValueRow{Line: i + 2, Code: r.code}
		for _, n := range r.values {
			v.Values = append(v.Values, source.Value{Number: n, Known: !math.IsNaN(n)})
		}
		t.Data.Rows = append(t.Data.Rows, v)
	}
	return t
}

type numbers struct {
	code   string
	values []float64
}

// nums is a row of numbers.
func nums(code string, values ...float64) numbers { return numbers{code, values} }

// indicator is the columns of an indicator without any.
func indicator(id string) county.IndicatorColumns {
	const no = county.NoColumn
	return county.IndicatorColumns{Indicator: county.Indicator{ID: id}, Rank: no, Decile: no, Score: no, Rate: no, Numerator: no, Value: no}
}

// places is a table of located places.
func places(name string, rows ...source.Place) county.Table[source.Places] {
	for i := range rows {
		rows[i].Line = i + 2
	}
	return county.Table[source.Places]{Head: county.Head{Name: name, File: name + ".csv"}, Data: source.Places{CRS: source.BritishNationalGrid, Rows: rows, Read: len(rows)}}
}

// spot is a located place.
func spot(id string, x, y float64) source.Place {
	return source.Place{ID: id, Name: "Place " + id, At: at(x, y), Located: true}
}

func build(t *testing.T, in county.Tables) *county.County {
	t.Helper()
	c, err := county.Build(in, county.Params{})
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	return c
}

// fails wants Build to fail with exactly this text.
func fails(t *testing.T, name string, in county.Tables, p county.Params, want string) {
	t.Helper()
	c, err := county.Build(in, p)
	if err == nil {
		t.Errorf("%s: Build made %d areas, want the error %q", name, len(c.Areas), want)
	} else if err.Error() != want {
		t.Errorf("%s: Build = %q, want %q", name, err, want)
	}
}

// failsRow wants Build to fail with exactly this text, on a *source.RowError.
func failsRow(t *testing.T, name string, in county.Tables, want string) {
	t.Helper()
	fails(t, name, in, county.Params{}, want)
	_, err := county.Build(in, county.Params{})
	var row *source.RowError
	if !errors.As(err, &row) {
		t.Errorf("%s: %T, want a *source.RowError", name, err)
	}
}

// found returns the check of the title.
func found(t *testing.T, c *county.County, title string) county.Check {
	t.Helper()
	for _, k := range c.Checks {
		if k.Title == title {
			return k
		}
	}
	t.Fatalf("no check %q among %d", title, len(c.Checks))
	return county.Check{}
}

// checked wants a check that passed, or did not, with a text in its detail.
func checked(t *testing.T, c *county.County, title string, passed bool, detail string) {
	t.Helper()
	k := found(t, c, title)
	if !k.Ran || k.Passed != passed || !strings.Contains(k.Detail, detail) {
		t.Errorf("check %q: ran %v, passed %v, %q, want passed %v with %q", title, k.Ran, k.Passed, k.Detail, passed, detail)
	}
}

// use returns what became of an input.
func use(t *testing.T, c *county.County, input string) county.Use {
	t.Helper()
	for _, u := range c.Used {
		if u.Input == input {
			return u
		}
	}
	t.Fatalf("no use of %q", input)
	return county.Use{}
}

const tol = 1e-9

func check(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}
