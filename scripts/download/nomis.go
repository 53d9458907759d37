package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Nomis gives at most this many rows at a time to people who are not registered.
const nomisRows = 25000

// The codes of Nomis' single years of age: 200 is all ages, 101 is age 0, and
// 191 is 90 and over.
const (
	nomisAllAges = 200
	nomisAge0    = 101
	nomisAge90   = 191
)

// nomisColumns are the headers of the table asked for.
var nomisColumns = []string{"GEOGRAPHY_CODE", "GEOGRAPHY_NAME", "C_AGE", "OBS_VALUE"}

// residents are the people of one area: [0] all ages, then age 0 to 90 and over.
type residents struct {
	name   string
	counts [2 + nomisAge90 - nomisAge0]string
}

// bringNomis asks for all areas and writes one row an area and one column an
// age, with the publisher's total.
func (f *fetcher) bringNomis(ctx context.Context, s Source, address string, queries []query, path string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	kept, err := openPages(f.pagesDir(s), fmt.Sprint(address, queries), f.client)
	if err != nil {
		return err
	}
	f.progress.start(s.ID, 0, int64(len(queries)), "pages")
	var rows [][]string
	for i, q := range queries {
		areas := map[string]*residents{}
		for offset := 0; ; offset += nomisRows {
			params := u.Query()
			for k, v := range q.params {
				params[k] = v
			}
			params.Set("RecordOffset", strconv.Itoa(offset))
			params.Set("RecordLimit", strconv.Itoa(nomisRows))
			page := *u
			page.RawQuery = params.Encode()
			var got [][]string
			_, err := kept.page(ctx, fmt.Sprintf("%03d-%06d.csv", i, offset), page.String(), func(text []byte) (err error) {
				got, err = parseNomis(text)
				return err
			})
			if err != nil {
				return err
			}
			if err := gather(areas, got); err != nil {
				return err
			}
			if len(got) < nomisRows {
				break
			}
		}
		for _, code := range q.codes {
			row, err := areas[code].row(code)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		f.progress.add(1)
	}
	return writeWhole(path, func(w io.Writer) error {
		cw := csv.NewWriter(w)
		header := append(slices.Clone(s.Fields), "Total")
		for age := range nomisAge90 - nomisAge0 {
			header = append(header, strconv.Itoa(age))
		}
		return cw.WriteAll(append([][]string{append(header, "90+")}, rows...))
	})
}

// parseNomis reads one page and returns its rows in the order of nomisColumns.
func parseNomis(text []byte) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], nomisColumns) {
		return nil, &fault{what: fmt.Sprintf("the answer is not the table asked for: it begins with %q", clip(string(text))), cause: err}
	}
	for i, row := range rows[1:] {
		age, err := strconv.Atoi(row[2])
		if err != nil || age != nomisAllAges && (age < nomisAge0 || age > nomisAge90) {
			return nil, &fault{what: fmt.Sprintf("line %d of the answer: C_AGE %q: want %d, or %d to %d", i+2, row[2], nomisAllAges, nomisAge0, nomisAge90)}
		}
	}
	return rows[1:], nil
}

// gather adds the rows of a page to the areas.
func gather(areas map[string]*residents, rows [][]string) error {
	for _, row := range rows {
		a := areas[row[0]]
		if a == nil {
			a = &residents{name: row[1]}
			areas[row[0]] = a
		}
		at := 0
		if age, err := strconv.Atoi(row[2]); err != nil {
			return err
		} else if age != nomisAllAges {
			at = 1 + age - nomisAge0
		}
		if a.counts[at] != "" {
			return errTwice
		}
		a.counts[at] = row[3]
	}
	return nil
}

// row is the area's row of the result. Every age must have come, and the ages
// must add up to the total.
func (a *residents) row(code string) ([]string, error) {
	if a == nil {
		return nil, &fault{what: "Nomis has nothing for area " + code}
	}
	sum, total := 0, 0
	for i, text := range a.counts {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return nil, &fault{what: fmt.Sprintf("area %s, age %d: found %q, want a count", code, i-1, text)}
		}
		if i == 0 {
			total = n
		} else {
			sum += n
		}
	}
	if sum != total {
		return nil, &fault{what: fmt.Sprintf("area %s: the ages add up to %d and the total is %d", code, sum, total)}
	}
	return append([]string{code, a.name}, a.counts[:]...), nil
}
