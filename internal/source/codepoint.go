package source

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"path"
	"regexp"
	"slices"
	"strings"
)

// codePointColumns are the columns of Code-Point Open in the publisher's order,
// whose CSV files have no header. Source: OS, Code-Point Open technical
// specification, "CSV file structure".
var codePointColumns = []string{
	"Postcode", "Positional_quality_indicator", "Eastings", "Northings", "Country_code",
	"NHS_regional_HA_code", "NHS_HA_code", "Admin_county_code", "Admin_district_code", "Admin_ward_code",
}

// codePointRow is the beginning of a row of them: a postcode, a quality from 10
// to 90 and a position. The files have blanks in the shorter postcodes.
var codePointRow = regexp.MustCompile(`^"?[A-Z]{1,2}[0-9][0-9A-Z]? *[0-9][A-Z]{2}"?,[0-9]{2},[0-9]+,[0-9]+,`)

// placeTables returns the tables of a file with places, and the options to read
// them with. Only Code-Point Open comes as several.
func placeTables(c content, o Options) ([]records, Options, error) {
	if c.archive == nil {
		return oneTable(c, o)
	}
	fs := codePointMembers(c.archive, o.Layer)
	if isWorkbook(c.archive) || len(fs) == 0 {
		return oneTable(c, o)
	}
	var tables []records
	read := o
	for _, f := range fs {
		data, err := readMember(f, c.file, o)
		if err != nil {
			return nil, o, err
		}
		if len(bytes.TrimSpace(data)) == 0 {
			continue // a postcode area without postcodes
		}
		var t []records
		if t, read, err = oneTable(content{file: c.file + "/" + f.Name, data: data}, o); err != nil {
			return nil, o, err
		}
		tables = append(tables, t...)
	}
	return tables, read, nil
}

// codePointMembers are the CSV files in Data/CSV, where the publisher keeps
// the tables apart from the documents: all, or the one that layer names.
func codePointMembers(z *zip.Reader, layer string) []*zip.File {
	return slices.DeleteFunc(members(z, ".csv"), func(f *zip.File) bool {
		inData := strings.HasSuffix(strings.ToLower("/"+path.Dir(f.Name)), "/data/csv")
		return !inData || layer != "" && !isMember(f, layer)
	})
}

func isCodePoint(data []byte) bool { return codePointRow.Match(data) }

// oneTable is tableOf with the header of Code-Point Open put in where it lacks.
func oneTable(c content, o Options) ([]records, Options, error) {
	t, err := tableOf(c, o)
	if err != nil {
		return nil, o, err
	}
	if o.HeaderRow > 0 || c.archive != nil || !isCodePoint(c.data) || !hasCells(c.data, len(codePointColumns)) {
		return []records{t}, o, nil
	}
	o.HeaderRow = 0
	return []records{{file: t.file, each: func(add func(record) error) error {
		if err := add(record{0, slices.Clone(codePointColumns)}); err != nil {
			return err
		}
		return t.each(add)
	}}}, o, nil
}

// hasCells tells whether the first line of a CSV has n cells.
func hasCells(data []byte, n int) bool {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	cells, err := csv.NewReader(bytes.NewReader(line)).Read()
	return err == nil && len(cells) == n
}
