package transit

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Params says how people travel. There are no hidden defaults.
type Params struct {
	// Limit is the longest journey, door to door; exactly as long is found.
	Limit time.Duration
	// Change is what a change takes beside the walk, a second at least, so that
	// nobody changes between vehicles of one and the same instant.
	Change time.Duration
	// Boarding is how long before each departure one has to be at the stop: to
	// fold a pushchair, say.
	Boarding time.Duration
}

// The declared defaults.
const (
	// DefaultChange is a declared assumption: buses are seldom early by more.
	DefaultChange = 2 * time.Minute
	// PushchairBoarding is a declared assumption.
	PushchairBoarding = time.Minute
)

// ErrParams means that Params cannot be used.
var ErrParams = errors.New("public transport parameters not usable")

// maxDuration bounds every duration, so that sums of times fit 32 bits.
const maxDuration = 24 * time.Hour

// Validate returns an error that wraps ErrParams and names the field, or nil.
func (p Params) Validate() error {
	for _, f := range []struct {
		name   string
		v, low time.Duration
	}{{"limit", p.Limit, time.Second}, {"change", p.Change, time.Second}, {"boarding", p.Boarding, 0}} {
		if f.v < f.low || f.v > maxDuration {
			return fmt.Errorf("%s of %v: want %v to %v: %w", f.name, f.v, f.low, maxDuration, ErrParams)
		}
	}
	return nil
}

// Millis is a moment of a day in milliseconds after its midnight, or a length
// of time.
type Millis = int32

// NoTime is later than every moment, and longer than every journey.
const NoTime Millis = math.MaxInt32

// MillisOf returns d in whole milliseconds. d has to be within 24 days.
func MillisOf(d time.Duration) Millis { return Millis(d.Milliseconds()) }

// Leg is a walk to or from a stop, or any other numbered place.
type Leg struct {
	Stop   int32
	Millis uint32
}
