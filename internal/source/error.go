package source

import (
	"fmt"
	"strings"
)

// RowError says which value of which file could not be read. Line counts from 1
// and is 0 when the fault is not on a line; Field is the column or property as
// the file names it. Found, Want and Do are a value, a value and a step for the
// person who has to mend the file; each may be empty. Err is the cause, if any.
type RowError struct {
	File  string
	Line  int
	Field string
	Found string
	Want  string
	Do    string
	Err   error
}

// Error returns one line: file, line, field, found, wanted, what to do.
func (e *RowError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ": line %d", e.Line)
	}
	if e.Field != "" {
		fmt.Fprintf(&b, ": %s", e.Field)
	}
	if e.Found != "" {
		fmt.Fprintf(&b, " %q", e.Found)
	}
	if e.Want != "" {
		fmt.Fprintf(&b, ": want %s", e.Want)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	if e.Do != "" {
		fmt.Fprintf(&b, "; %s", e.Do)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *RowError) Unwrap() error { return e.Err }
