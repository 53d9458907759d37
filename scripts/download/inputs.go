package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// writeInputs prints the study file's lines for the sources that are there: an
// [[input]] for each of their roles. Paths are relative to the folder.
func writeInputs(w io.Writer, c County, wanted []Source, m *manifest) {
	first := true
	for _, s := range wanted {
		e, ok := m.find(s.ID)
		if !ok {
			continue
		}
		if first {
			fmt.Fprintf(w, "# Inputs of %s, for a study file that is run with --data on this folder.\n", c.Name)
			first = false
		}
		if len(s.Roles) == 0 {
			fmt.Fprintf(w, "\n# %s is there for you to read; it has no places on the map, so it is no input.\n", s.File)
		}
		for i, role := range s.Roles {
			name := ""
			if i > 0 || len(s.Roles) > 1 {
				name = s.ID + "_" + role
			}
			fmt.Fprintln(w, "\n[[input]]")
			for _, line := range [][2]string{
				{"role", role}, {"name", name}, {"file", s.File}, {"areas", s.Areas}, {"crs", s.CRS}, {"edition", e.Edition},
				{"publisher", s.Publisher}, {"licence", s.Licence}, {"address", e.Address}, {"manifest", manifestName},
			} {
				if line[1] != "" {
					fmt.Fprintf(w, "%s = %s\n", line[0], strconv.Quote(line[1]))
				}
			}
			fmt.Fprint(w, fragment(s.ID, role))
			writeKeep(w, c, s.Keep)
		}
	}
}

// writeKeep prints which rows of a national file are the county's.
func writeKeep(w io.Writer, c County, keep []Keep) {
	if len(keep) == 0 {
		return
	}
	fmt.Fprintln(w, "[input.keep]")
	for _, k := range keep {
		values := []string{k.Value}
		switch k.Value {
		case "{districts}":
			values = c.Districts
		case "{name}":
			values = []string{c.Name}
		}
		quoted := make([]string, len(values))
		for i, v := range values {
			quoted[i] = strconv.Quote(v)
		}
		fmt.Fprintf(w, "%s = [%s]\n", strconv.Quote(k.Column), strings.Join(quoted, ", "))
	}
}
