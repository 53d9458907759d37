package shape

import (
	"errors"
	"fmt"
)

// Why an operation has no answer. Ask with errors.Is.
var (
	// ErrInvalid means that a polygon crosses or touches itself in a way that
	// leaves its inside undefined. MakeValid mends it.
	ErrInvalid = errors.New("invalid polygon")
	// ErrNotFinite means that a coordinate is infinite or not a number, or so
	// large that areas overflow. Nothing mends it.
	ErrNotFinite = errors.New("coordinate is not a usable number")
	// ErrEmpty means that a polygon without any ground has no answer to give.
	ErrEmpty = errors.New("empty polygon")
	// ErrTolerance means that a tolerance is negative or not a finite number.
	ErrTolerance = errors.New("tolerance is not a length")
)

// Error is an operation that failed. Op is the operation in words and Reason
// what GEOS said of it, with the place where it says one; Err is one of the
// errors of this package, or nil when GEOS gave up for reasons of its own.
type Error struct {
	Op     string
	Reason string
	Err    error
}

// Error returns one line: operation, kind of fault, reason.
func (e *Error) Error() string {
	switch {
	case e.Err == nil:
		return fmt.Sprintf("%s: %s", e.Op, e.Reason)
	case e.Reason == "":
		return fmt.Sprintf("%s: %v", e.Op, e.Err)
	}
	return fmt.Sprintf("%s: %v: %s", e.Op, e.Err, e.Reason)
}

// Unwrap returns the kind of fault.
func (e *Error) Unwrap() error { return e.Err }
