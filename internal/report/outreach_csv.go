package report

import (
	"context"
	"fmt"
	"io"

	"hubreach/internal/study"
)

// CSV writes one table of a run alone, as Write writes it: "areas.csv",
// "sites.csv", "outreach.csv", "transit.csv", "losers.csv", "equality.csv",
// "closures.csv", "closure_groups.csv" or "services.csv"; another name is an error.
// The error wraps ErrUnfinished for results without an option.
func CSV(ctx context.Context, w io.Writer, r *study.Results, name string) error {
	if err := finished(r); err != nil {
		return err
	}
	switch name {
	case "areas.csv":
		return areasTable(r).csv(ctx, w)
	case "sites.csv":
		return sitesTable(r).csv(ctx, w)
	case "outreach.csv":
		return targetsTable(r).csv(ctx, w)
	case "transit.csv":
		return transitTable(r).csv(ctx, w)
	case "losers.csv":
		return losersTable(r).csv(ctx, w)
	case "equality.csv":
		return equalityTable(r).csv(ctx, w)
	case "closures.csv":
		return closuresTable(r).csv(ctx, w)
	case "closure_groups.csv":
		return closureGroupsTable(r).csv(ctx, w)
	case "services.csv":
		return servicesTable(r).csv(ctx, w)
	}
	return fmt.Errorf("table %q: want areas.csv, sites.csv, outreach.csv, transit.csv, losers.csv, equality.csv, closures.csv, closure_groups.csv or services.csv", name)
}
