package source

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
)

// Population is residents by age and area.
type Population struct {
	// Bands are the age bands of the counts, youngest first, none overlapping.
	// They are empty when the table has only a total.
	Bands []AgeBand
	Rows  []PopulationRow
	// Read counts the rows of the file, Filtered those that Options.Keep left
	// out; Rows holds the difference.
	Read, Filtered int
	// Notes are sentences on what the table says of itself that does not agree.
	Notes []string
}

// ReadPopulation reads residents by age. Age bands are told by their headers:
// single years "0" to "89" and "90+", by sex "F0" to "F90" and "M0" to "M90" or
// "F0 to 15" (added up), and words such as "Aged 15 years and under", "Aged 16
// to 24 years", "Aged 65 years and over". Options.Fields may name the columns
// instead: its keys are then bands ("0-15", "65+") or "code" and "total"; only
// the bands it names are read. The last single year of a table is open when it
// is 85 or more: "90" is 90 and over.
//
// A count that is blank, negative or no number is a *RowError, and so are bands
// that overlap. A total that differs from the sum is a note. A table with
// neither bands nor total is a *RowError.
func ReadPopulation(r io.Reader, file string, o Options) (Population, error) {
	p := populationReader{o: o, seen: lines{}}
	err := eachRow(r, file, o, rowReader{header: p.header, row: p.row, counts: func(read, filtered int) { p.out.Read, p.out.Filtered = read, filtered }})
	if err != nil {
		return Population{}, err
	}
	p.note()
	return p.out, nil
}

type populationReader struct {
	o     Options
	cols  columns
	code  cellOf
	total cellOf
	// from holds, per band, the columns that are added up.
	from [][]int
	seen lines
	out  Population

	differ    int // rows whose total is not the sum
	differing PopulationRow
	sum       float64
}

func (p *populationReader) header(c columns) (err error) {
	p.cols = c
	if p.code, err = c.require("", "code", p.o); err != nil {
		return err
	}
	if p.total, err = c.field("", "total", p.o); err != nil {
		return err
	}
	bands, err := ageColumns(c, p.o)
	if err != nil {
		return err
	}
	for _, b := range bands {
		p.out.Bands = append(p.out.Bands, b.band)
		p.from = append(p.from, b.columns)
	}
	if len(bands) == 0 && p.total.column < 0 {
		return &RowError{File: c.file, Line: c.line, Want: `columns of ages such as "0", "F0" or "Aged 16 to 24 years", or a total`,
			Do: "the first headers are " + quoteList(c.names[:min(5, len(c.names))], 5) + `: name bands in columns, as "0-15"`}
	}
	return nil
}

func (p *populationReader) row(line int, cells []string) error {
	row := PopulationRow{Line: line, Code: p.code.in(cells)}
	if err := p.seen.add(p.cols.file, line, "code", row.Code); err != nil {
		return err
	}
	sum := 0.0
	if len(p.from) > 0 {
		row.Counts = make([]float64, len(p.from))
	}
	for i, columns := range p.from {
		for _, column := range columns {
			n, err := p.people(line, column, cells)
			if err != nil {
				return err
			}
			row.Counts[i] += n
		}
		sum += row.Counts[i]
	}
	if p.total.column >= 0 {
		var err error
		if row.Total, err = p.cols.number(line, p.total.column, cells); err != nil {
			return err
		}
		if row.Total.Known && row.Total.Number < 0 {
			return p.negative(line, p.total.column, cells)
		}
	}
	p.compare(row, sum)
	p.out.Rows = append(p.out.Rows, row)
	return nil
}

// people reads a count, which has to be known and not negative.
func (p *populationReader) people(line, column int, cells []string) (float64, error) {
	v, err := p.cols.number(line, column, cells)
	if err != nil {
		return 0, err
	}
	if !v.Known {
		return 0, &RowError{File: p.cols.file, Line: line, Field: p.cols.names[column], Found: cells[column], Want: "a number of people, found none"}
	}
	if v.Number < 0 {
		return 0, p.negative(line, column, cells)
	}
	return v.Number, nil
}

func (p *populationReader) negative(line, column int, cells []string) error {
	return &RowError{File: p.cols.file, Line: line, Field: p.cols.names[column], Found: cells[column], Want: "0 or more people"}
}

// compare notes a row whose total is not the sum of its bands. Totals are only
// compared when the bands hold every age.
func (p *populationReader) compare(row PopulationRow, sum float64) {
	const tolerance = 0.5 // people: totals of apportioned tables are rounded
	if !row.Total.Known || !wholeLife(p.out.Bands) || math.Abs(row.Total.Number-sum) <= tolerance {
		return
	}
	if p.differ == 0 {
		p.differing, p.sum = row, sum
	}
	p.differ++
}

// wholeLife tells whether the bands hold every age from 0 without a gap.
func wholeLife(bands []AgeBand) bool {
	next := 0
	for _, b := range bands {
		if b.From != next {
			return false
		}
		next = b.To + 1
	}
	return next == OpenAge+1
}

func (p *populationReader) note() {
	if p.differ == 0 {
		return
	}
	p.out.Notes = append(p.out.Notes, fmt.Sprintf("the total differs from the sum of the ages in %d of %d rows, first on line %d (%s): total %s, sum %s",
		p.differ, len(p.out.Rows), p.differing.Line, p.differing.Code, plainNumber(p.differing.Total.Number), plainNumber(p.sum)))
}

// bandColumns are the columns that make up one age band.
type bandColumns struct {
	band    AgeBand
	columns []int
	sexes   string // of the columns, in their order: f, m or p for persons
}

// ageColumns finds the age bands of a table, youngest first.
func ageColumns(c columns, o Options) ([]bandColumns, error) {
	found, err := mappedBands(c, o)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		for i, name := range c.names {
			if a, ok := parseAge(name); ok {
				found = addBand(found, a, i)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b bandColumns) int {
		return cmp.Or(cmp.Compare(a.band.From, b.band.From), cmp.Compare(a.band.To, b.band.To))
	})
	openLast(found)
	return found, checkBands(c, found)
}

// mappedBands are the bands that Options.Fields names.
func mappedBands(c columns, o Options) ([]bandColumns, error) {
	var found []bandColumns
	for _, key := range sortedKeys(o.Fields) {
		a, ok := parseAge(key)
		if !ok {
			continue
		}
		i, err := c.find(o.Fields[key])
		if err != nil {
			return nil, err
		}
		found = addBand(found, a, i)
	}
	return found, nil
}

func addBand(found []bandColumns, a age, column int) []bandColumns {
	for i := range found {
		if found[i].band == a.band {
			found[i].columns = append(found[i].columns, column)
			found[i].sexes += string(a.sex)
			return found
		}
	}
	return append(found, bandColumns{a.band, []int{column}, string(a.sex)})
}

// openLast makes the last single year of a table an open band.
func openLast(bands []bandColumns) {
	const oldest = 85 // years: no table of single years ends its open band earlier
	if len(bands) == 0 {
		return
	}
	if last := &bands[len(bands)-1]; last.band.From == last.band.To && last.band.From >= oldest {
		last.band.To = OpenAge
	}
}

// checkBands refuses bands that overlap, and bands of one sex alone.
func checkBands(c columns, bands []bandColumns) error {
	for i, b := range bands {
		if b.sexes != "p" && b.sexes != "fm" && b.sexes != "mf" {
			return &RowError{File: c.file, Line: c.line, Field: c.names[b.columns[0]],
				Want: "each age once for all people, or once for each sex", Do: `name the columns to read in columns, as "0-15"`}
		}
		if i > 0 && b.band.From <= bands[i-1].band.To {
			return &RowError{File: c.file, Line: c.line, Field: c.names[b.columns[0]],
				Want: fmt.Sprintf("ages that do not overlap those of %q", clip(c.names[bands[i-1].columns[0]])), Do: `name the columns to read in columns, as "0-15"`}
		}
	}
	return nil
}
