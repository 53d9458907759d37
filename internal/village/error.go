package village

import "fmt"

// Error is a mistake in a drawing. Line and Column count from 1, Column after
// the common indentation.
type Error struct {
	Line, Column int
	Symbol       rune
	Reason       string
}

// Error returns one line.
func (e *Error) Error() string {
	return fmt.Sprintf("village: line %d, column %d: %q: %s", e.Line, e.Column, e.Symbol, e.Reason)
}
