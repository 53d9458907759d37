package report

import (
	"context"
	"fmt"
	"io"
	"strings"

	"hubreach/internal/study"
)

// csvWriter writes one table of a run.
type csvWriter func(context.Context, io.Writer, *study.Results) error

// csvTables are the tables of a run, in the order in which Write writes them.
var csvTables = []struct {
	name  string
	write csvWriter
}{
	{"areas.csv", csvOf(areasTable)},
	{"sites.csv", csvOf(sitesTable)},
	{"outreach.csv", csvOf(targetsTable)},
	{"transit.csv", csvOf(transitTable)},
	{"equality.csv", csvOf(equalityTable)},
	{"closure_groups.csv", csvOf(closureGroupsTable)},
	{"services.csv", csvOf(servicesTable)},
	{"losers.csv", csvOf(losersTable)},
	{"closures.csv", csvOf(closuresTable)},
}

func csvOf[R any](of func(*study.Results) table[R]) csvWriter {
	return func(ctx context.Context, w io.Writer, r *study.Results) error { return of(r).csv(ctx, w) }
}

// CSV writes one table of a run alone, as Write writes it: "areas.csv" for the
// areas, and so on. A name that Write gives to no table is an error that lists
// those it gives. The error wraps ErrUnfinished for results without an option.
func CSV(ctx context.Context, w io.Writer, r *study.Results, name string) error {
	if err := finished(r); err != nil {
		return err
	}
	var names []string
	for _, t := range csvTables {
		if t.name == name {
			return t.write(ctx, w, r)
		}
		names = append(names, t.name)
	}
	return fmt.Errorf("table %.64q: want one of %s", name, strings.Join(names, ", "))
}
