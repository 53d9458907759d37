package reach

import (
	"errors"
	"fmt"
	"math"
	"time"

	"hubreach/internal/walk"
)

// Time is the walk between one population point and a place.
type Time struct {
	Point  int32  // index of the point, from 0
	Millis uint32 // at most the limit
}

// Duration returns the walk as a duration.
func (t Time) Duration() time.Duration { return time.Duration(t.Millis) * time.Millisecond }

// Minutes returns the walk in minutes.
func (t Time) Minutes() float64 { return float64(t.Millis) / 60_000 }

// Params says which walks are looked for. There are no hidden defaults: see
// DefaultParams.
type Params struct {
	LimitMinutes float64        // longer walks are not looked for; exactly as long is
	Direction    walk.Direction // walk.Towards the place, or walk.From it
}

// DefaultParams returns walks to a place of up to 60 minutes.
func DefaultParams() Params { return Params{LimitMinutes: 60, Direction: walk.Towards} }

// MaxMinutes is the longest limit.
const MaxMinutes = 24 * 60

// ErrMinutes means a number of minutes that is not above 0 and at most
// MaxMinutes.
var ErrMinutes = errors.New("minutes not usable")

// Validate returns an error that wraps ErrMinutes, or nil.
func (p Params) Validate() error { return checkMinutes(p.LimitMinutes) }

func checkMinutes(m float64) error {
	if !(m > 0 && m <= MaxMinutes) {
		return fmt.Errorf("limit of %v minutes: want above 0, at most %d: %w", m, MaxMinutes, ErrMinutes)
	}
	return nil
}

// millisOf returns minutes in whole milliseconds, so that 20 minutes are
// exactly 20:00.000.
func millisOf(minutes float64) uint32 { return uint32(math.Round(minutes * 60_000)) }
