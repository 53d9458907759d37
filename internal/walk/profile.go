package walk

import (
	"errors"
	"fmt"
	"math"
)

// Profile is one way of walking. Times follow from the speeds; the other
// fields say which streets are barred. A profile is a wheelchair when Wheels is
// set and MinWidthM is above zero.
type Profile struct {
	Name     string
	SpeedKmh float64 // on the level, and along the link from a door to the street; above 0
	StepsKmh float64 // along steps; 0 bars them
	Wheels   bool    // barred by stiles, kissing gates, raised kerbs, escalators and ladders
	// MinWidthM bars paths and gates whose tagged width is smaller; 0 bars none.
	// A width that is not tagged is taken as wide enough.
	MinWidthM float64
	// RoughFactor multiplies the time on poor surfaces; 0 means 1.
	RoughFactor float64
	LitOnly     bool // bars ways tagged lit=no; a way without the tag is not barred
}

// The declared default speeds, in km/h.
const (
	// AdultKmh is 80 m a minute: Transport for London's PTAL method, and Manual
	// for Streets (DfT 2007) 4.4.1, 800 m in ten minutes.
	AdultKmh = 4.8
	// PushchairKmh is 1.0 m/s, the middle of 0.9 to 1.1 m/s for an adult with a
	// pushchair or toddler. Declared assumption: no British planning source was
	// found.
	PushchairKmh = 3.6
	// WheelchairKmh is 0.9 m/s, near the 3 ft/s of British road safety guidance
	// for unhurried crossing. Declared assumption.
	WheelchairKmh = 3.2
	// YoungPersonKmh is 1.1 m/s for a child of about ten walking alone. Declared
	// assumption.
	YoungPersonKmh = 4.0
	// AdultStepsKmh and YoungPersonStepsKmh are speeds along the plan length of
	// a flight. Declared assumption: half of the speed on the level.
	AdultStepsKmh       = 2.4
	YoungPersonStepsKmh = 2.0
	// WheelchairWidthM is the least clear width of a gate or path. Source:
	// Inclusive Mobility (DfT 2021), 900 mm for a wheelchair.
	WheelchairWidthM = 0.9
	// PushchairRough and WheelchairRough lengthen walks on poor surfaces.
	// Declared assumption.
	PushchairRough  = 1.25
	WheelchairRough = 1.5
)

// Profiles returns the declared default profiles: adult, pushchair, wheelchair
// and young_person. None of the later three is faster than adult anywhere.
func Profiles() []Profile {
	return []Profile{
		{Name: "adult", SpeedKmh: AdultKmh, StepsKmh: AdultStepsKmh, RoughFactor: 1},
		{Name: "pushchair", SpeedKmh: PushchairKmh, Wheels: true, RoughFactor: PushchairRough},
		{Name: "wheelchair", SpeedKmh: WheelchairKmh, Wheels: true, MinWidthM: WheelchairWidthM, RoughFactor: WheelchairRough},
		{Name: "young_person", SpeedKmh: YoungPersonKmh, StepsKmh: YoungPersonStepsKmh, RoughFactor: 1},
	}
}

// ErrProfile means that a profile cannot be used: no name, a speed that is not
// above zero and at most MaxSpeedKmh, a factor under 1, or a name used twice.
var ErrProfile = errors.New("profile not usable")

// MaxSpeedKmh is the highest speed of a profile. It keeps a slip of the unit
// (m/s, m/min) from passing for a walk.
const MaxSpeedKmh = 15

// Validate returns an ErrProfile that names the field, or nil.
func (p Profile) Validate() error {
	bad := func(field string, v float64, want string) error {
		return fmt.Errorf("profile %q: %s %v: want %s: %w", p.Name, field, v, want, ErrProfile)
	}
	switch {
	case p.Name == "":
		return fmt.Errorf("profile without a name: %w", ErrProfile)
	case !(p.SpeedKmh > 0 && p.SpeedKmh <= MaxSpeedKmh):
		return bad("speed_kmh", p.SpeedKmh, fmt.Sprintf("above 0, at most %d", MaxSpeedKmh))
	case !(p.StepsKmh >= 0 && p.StepsKmh <= MaxSpeedKmh):
		return bad("steps_kmh", p.StepsKmh, fmt.Sprintf("0 to %d", MaxSpeedKmh))
	case !(p.MinWidthM >= 0 && p.MinWidthM < 10):
		return bad("min_width_m", p.MinWidthM, "0 to 10")
	case p.RoughFactor != 0 && !(p.RoughFactor >= 1 && p.RoughFactor <= 100):
		return bad("rough_factor", p.RoughFactor, "1 to 100")
	}
	return nil
}

// LinkMillis returns the milliseconds of m metres off the streets, rounded to
// the nearest; more than about 24 days are given as Never.
func (p Profile) LinkMillis(m float64) uint32 { return millis(m*1000, p.pace(0)) }

// Never is the time of a walk that does not exist. It exceeds every limit.
const Never uint32 = math.MaxUint32

// pace returns the milliseconds per millimetre on ground with these features:
// 3.6 over the speed in km/h.
func (p Profile) pace(f feature) float64 {
	speed, factor := p.SpeedKmh, 1.0
	if f&featureSteps != 0 {
		speed = p.StepsKmh
	}
	if f&featureRough != 0 && p.RoughFactor > 1 {
		factor = p.RoughFactor
	}
	return 3.6 / speed * factor
}

// millis returns mm x pace to the nearest millisecond, or Never past maxCost.
func millis(mm, pace float64) uint32 {
	t := math.Round(mm * pace)
	if t > maxCost {
		return Never
	}
	return uint32(t)
}

// maxCost bounds the time of one edge, so that two of them and a label still
// fit 32 bits.
const maxCost = 1 << 30
