package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// LonLat is a point in WGS 84 degrees, longitude first.
type LonLat orb.Point

// Lon returns the longitude in degrees east.
func (p LonLat) Lon() float64 { return p[0] }

// Lat returns the latitude in degrees north.
func (p LonLat) Lat() float64 { return p[1] }

// Grid is a point of the British National Grid (EPSG:27700) in metres, easting
// first.
type Grid orb.Point

// Easting returns the metres east of the grid's false origin.
func (p Grid) Easting() float64 { return p[0] }

// Northing returns the metres north of the grid's false origin.
func (p Grid) Northing() float64 { return p[1] }

// Distance returns the straight line from p to q on the grid.
func (p Grid) Distance(q Grid) Metres {
	return Metres(math.Hypot(p[0]-q[0], p[1]-q[1]))
}
