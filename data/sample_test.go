package data_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"testing"

	"hubreach/data"
)

// read returns a file of the sample.
func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(data.Sample(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// table returns the rows of a CSV file by column name, in order.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(read(t, name))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return byColumn(all)
}

// byColumn turns cells under a row of headers into rows by column name.
func byColumn(all [][]string) []map[string]string {
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, head := range all[0] {
			row[head] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t *testing.T, row map[string]string, column string) float64 {
	t.Helper()
	cell, ok := row[column]
	if !ok {
		t.Fatalf("no column %q", column)
	}
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatalf("column %q: %v", column, err)
	}
	return x
}

func TestCountsOfACounty(t *testing.T) {
	districts := map[string]bool{}
	for _, a := range areas(t) {
		districts[a.district] = true
	}
	if got, want := len(districts), 12; got != want {
		t.Errorf("districts: got %d, want %d", got, want)
	}
	if got := len(areas(t)); got < 300 || got > 360 {
		t.Errorf("areas: got %d, want 300 to 360", got)
	}
	for _, name := range []string{"deprivation.csv", "population.csv", "districts.csv", "rural-urban.csv", "built-up-areas.csv"} {
		rows := table(t, name)
		if len(rows) != len(areas(t)) {
			t.Errorf("%s: got %d rows, want one for each of %d areas", name, len(rows), len(areas(t)))
		}
		for i, row := range rows {
			if code := areas(t)[i].code; !slices.ContainsFunc([]string{row["LSOA21CD"], row["LSOA code (2021)"], row["LSOA 2021 Code"]}, func(c string) bool { return c == code }) {
				t.Fatalf("%s: row %d is not of area %s", name, i+1, code)
			}
		}
	}
}

func TestSizeOfTheBinary(t *testing.T) {
	const most = 8 << 20
	var sum int64
	err := fs.WalkDir(data.Sample(), ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if sum > most {
		t.Errorf("the sample is %d bytes, want %d at most", sum, most)
	}
}

func TestSampleIsReadOnlyAndWhole(t *testing.T) {
	for _, name := range []string{data.Study, "README.md", "timetable.gtfs.zip", "services.csv", "built-up-areas.geojson"} {
		f, err := data.Sample().Open(name)
		if err != nil {
			t.Errorf("open %s: %v", name, err)
			continue
		}
		if n, err := io.Copy(io.Discard, f); err != nil || n == 0 {
			t.Errorf("read %s: %d bytes, %v", name, n, err)
		}
		f.Close()
	}
}
