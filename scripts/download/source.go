package main

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

//go:embed sources.csv counties.csv inputs
var tables embed.FS

// The kinds of source.
const (
	kindFile   = "file"   // one file, kept as it is
	kindArcGIS = "arcgis" // a layer of a feature service, asked for in pages
	kindNomis  = "nomis"  // a table of Nomis, asked for in pages
)

// Source is one official download: a row of sources.csv.
type Source struct {
	ID      string
	Roles   []string // of the study file's inputs; none: for the reader's own use
	Default bool     // fetched when --only does not say otherwise
	Kind    string

	Publisher   string
	Licence     string
	Attribution string // {year}
	Edition     string // {modified}, {fetched}
	Areas       string // edition of the small areas it is keyed to

	Address string   // {slug}, {region}, {yyyymmdd}
	Filter  []string // how it is cut to the county; see pagedQueries
	Fields  []string // columns to ask for, or that the result must have
	File    string   // name in the county's folder
	Check   string   // a column, an archive's file or a mark that the content must have
	CRS     string
	Keep    []Keep // rows of the county in a file kept whole
	ByHand  string // what to do where the machine cannot; {file}
}

// Keep is a column and the value, or {districts} or {name}, of the rows to read.
type Keep struct{ Column, Value string }

// sourceColumns are the headers of sources.csv, in order.
var sourceColumns = []string{
	"id", "role", "default", "kind", "publisher", "licence", "attribution", "edition", "areas",
	"address", "filter", "fields", "file", "check", "crs", "keep", "by_hand",
}

// loadSources reads the table that is built in.
func loadSources() ([]Source, error) {
	f, err := tables.Open("sources.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parseSources(f)
}

// parseSources reads a table of sources. Every source has an id and a file of
// its own, a known kind, and a filter that leans only on sources above it.
func parseSources(r io.Reader) ([]Source, error) {
	rows, err := readTable(r, "sources.csv", sourceColumns)
	if err != nil {
		return nil, err
	}
	var all []Source
	for i, row := range rows {
		s := Source{
			ID: row[0], Roles: list(row[1]), Default: row[2] == "yes", Kind: row[3],
			Publisher: row[4], Licence: row[5], Attribution: row[6], Edition: row[7], Areas: row[8],
			Address: row[9], Filter: strings.Fields(row[10]), Fields: list(row[11]),
			File: row[12], Check: row[13], CRS: row[14], ByHand: row[16],
		}
		for _, pair := range list(row[15]) {
			column, value, ok := strings.Cut(pair, "=")
			if !ok {
				return nil, fmt.Errorf("sources.csv: line %d: keep %q: want column=value", i+2, pair)
			}
			s.Keep = append(s.Keep, Keep{column, value})
		}
		if fault := s.fault(all); fault != "" {
			return nil, fmt.Errorf("sources.csv: line %d: %s", i+2, fault)
		}
		all = append(all, s)
	}
	return all, nil
}

// fault returns what is wrong with s, after the sources above it, or "".
func (s Source) fault(above []Source) string {
	switch {
	case s.ID == "" || s.Address == "" || s.File == "" || s.ByHand == "" || s.Licence == "":
		return "id, address, licence, file and by_hand must not be empty"
	case filepath.Base(s.File) != s.File || strings.HasPrefix(s.File, "."):
		return fmt.Sprintf("file %q: want a plain name", s.File)
	case !slices.Contains([]string{kindFile, kindArcGIS, kindNomis}, s.Kind):
		return fmt.Sprintf("kind %q: want file, arcgis or nomis", s.Kind)
	case s.Kind == kindNomis && len(s.Fields) != 2:
		return "fields: want the headers of the code and the name"
	}
	for _, a := range above {
		if a.ID == s.ID || a.File == s.File {
			return fmt.Sprintf("%s has the id or the file of a line above", s.ID)
		}
	}
	if need := s.needs(); need != "" && !slices.ContainsFunc(above, func(a Source) bool { return a.ID == need }) {
		return fmt.Sprintf("filter leans on %s, which is not above it", need)
	}
	return s.filterFault()
}

// readTable reads a CSV table with exactly these headers and returns its rows.
func readTable(r io.Reader, name string, headers []string) ([][]string, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], headers) {
		return nil, fmt.Errorf("%s: want the columns %s", name, strings.Join(headers, ","))
	}
	return rows[1:], nil
}

// list splits at ";"; an empty text gives no elements.
func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

// choose returns the sources of the ids, or the default ones, in the table's order.
func choose(all []Source, ids string) ([]Source, error) {
	if ids == "" {
		return slices.DeleteFunc(slices.Clone(all), func(s Source) bool { return !s.Default }), nil
	}
	var names []string
	for _, s := range all {
		names = append(names, s.ID)
	}
	wanted := map[string]bool{}
	for id := range strings.SplitSeq(ids, ",") {
		id = strings.TrimSpace(id)
		if !slices.Contains(names, id) {
			return nil, fmt.Errorf("--only %q: want some of %s", id, strings.Join(names, ", "))
		}
		wanted[id] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(s Source) bool { return !wanted[s.ID] }), nil
}

// listSources prints the table for people.
func listSources(w io.Writer, all []Source) {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "id\tdefault\trole\tlicence\tedition\taddress")
	for _, s := range all {
		marked := map[bool]string{true: "yes", false: "--only"}[s.Default]
		role := strings.Join(s.Roles, ", ")
		if role == "" {
			role = "-"
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", s.ID, marked, role, s.Licence, s.Edition, s.Address)
	}
	_ = tw.Flush() // the terminal; a fault there has nobody to be told to
}

// fragment returns the study file's lines that belong to a source in a role,
// beyond those that every input has.
func fragment(id, role string) string {
	text, err := fs.ReadFile(tables, "inputs/"+id+"."+role+".toml")
	if err != nil {
		return ""
	}
	return string(text)
}
