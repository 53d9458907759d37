package report

import (
	"context"
	"fmt"
	"strings"

	"hubreach/internal/study"
)

// Files lists the names of the files that Write writes, in their order.
func Files(r *study.Results) []string {
	var names []string
	for _, o := range outputs(optionIDs(r)) {
		names = append(names, o.name)
	}
	return names
}

// Sheets lists the printable pages among Files, one for each option, in the
// order of the study.
func Sheets(r *study.Results) []string { return sheetNames(optionIDs(r)) }

// File writes one of Files alone, as Write writes it, to a path where nothing is
// yet. The error wraps ErrUnfinished for results without an option.
func File(ctx context.Context, path string, r *study.Results, name string) error {
	if err := finished(r); err != nil {
		return err
	}
	for _, o := range outputs(optionIDs(r)) {
		if o.name == name {
			if err := o.write(ctx, path, r); err != nil {
				return fmt.Errorf("write %s: %w", name, err)
			}
			return nil
		}
	}
	return fmt.Errorf("file %q: want one of %s", name, strings.Join(Files(r), ", "))
}
