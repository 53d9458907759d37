package geo

import (
	"math"
	"strconv"
)

// Metres is a length on the ground or a walk along the network. Distances cross
// package boundaries as Metres, never as float64.
type Metres float64

// Unreachable is the walk to a place that no path leads to. It exceeds every
// finite length, so comparisons need no special case.
var Unreachable = Metres(math.Inf(1))

// MarshalJSON encodes m as a number of metres to one decimal place, or null
// when m is unreachable or not a number: JSON has neither. Fields that hold it
// end in "_m".
func (m Metres) MarshalJSON() ([]byte, error) {
	if math.IsInf(float64(m), 0) || math.IsNaN(float64(m)) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(m), 'f', 1, 64), nil
}
