package geo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-proj/v11"
)

// ErrOutside means that a point lies outside the area where the British
// National Grid is defined, or is not a number. The text of the error that
// wraps it has the value found.
var ErrOutside = errors.New("outside the British National Grid")

// Projection turns WGS 84 degrees into British National Grid metres and back.
// It may be used by many goroutines at once. The zero value is not usable.
//
// The same input gives the same bits, on its own or as part of a geometry. The
// inverse leads back to within a millimetre.
type Projection struct {
	definition string
	grid       bool
}

// NewProjection opens the projection. It goes through the OSTN15 grid if one of
// GridFiles is in PROJ's search path (see Grid), else through seven parameters.
// The network is never asked for the file, whatever PROJ's settings say.
func NewProjection() (*Projection, error) {
	closeNetwork()
	for _, file := range GridFiles() {
		j := &Projection{definition: through(ostn15(file)), grid: true}
		if pj, err := transformations.take(j.definition); err == nil {
			transformations.give(j.definition, pj)
			return j, nil
		}
	}
	j := &Projection{definition: through(sevenParameters)}
	pj, err := transformations.take(j.definition)
	if err != nil {
		return nil, fmt.Errorf("open projection EPSG:27700: %w", err)
	}
	transformations.give(j.definition, pj)
	return j, nil
}

// Grid reports whether the OSTN15 grid is in use.
func (j *Projection) Grid() bool { return j.grid }

// Accuracy returns a sentence that says how far a projected point may be from
// where a surveyor would find it.
func (j *Projection) Accuracy() string {
	if j.grid {
		return "British National Grid coordinates are within about 1 cm: the OSTN15 grid is in use."
	}
	return "British National Grid coordinates are within about 2 m, 5 m at worst: the OSTN15 grid is not installed."
}

// ToGrid projects p. The error wraps ErrOutside when p is outside the grid's
// 700 km by 1,300 km, edges included; degrees given latitude first are outside.
func (j *Projection) ToGrid(p LonLat) (Grid, error) {
	flat := []float64{p[0], p[1]}
	if err := j.forward(flat); err != nil {
		return Grid{}, err
	}
	return Grid{flat[0], flat[1]}, nil
}

// ToLonLat is the inverse of ToGrid. The error wraps ErrOutside when p is
// outside the grid, edges included.
func (j *Projection) ToLonLat(p Grid) (LonLat, error) {
	flat := []float64{p[0], p[1]}
	if err := j.inverse(flat); err != nil {
		return LonLat{}, err
	}
	return LonLat{flat[0], flat[1]}, nil
}

// GridOf returns a copy of the geometry g, read as degrees, with every point
// projected; nil for nil. Lines stay straight between their vertices. A bound
// becomes the bound of its outline. The error is that of the first point outside.
func (j *Projection) GridOf(g orb.Geometry) (orb.Geometry, error) { return mapPoints(g, j.forward) }

// LonLatOf is the inverse of GridOf, but for bounds, which grow each way.
func (j *Projection) LonLatOf(g orb.Geometry) (orb.Geometry, error) { return mapPoints(g, j.inverse) }

// An area is a rectangle, edges included. Unlike an orb.Bound it does not hold
// what is not a number.
type area struct{ minX, minY, maxX, maxY float64 }

func (a area) holds(x, y float64) bool {
	return x >= a.minX && x <= a.maxX && y >= a.minY && y <= a.maxY
}

// The grid in metres, and an area in degrees that holds all of it.
var (
	gridArea   = area{0, 0, 700_000, 1_300_000}
	degreeArea = area{-10, 49, 4, 62}
)

// forward projects longitudes and latitudes, one after the other, in place.
func (j *Projection) forward(flat []float64) error {
	if i := firstOutside(degreeArea, flat); i >= 0 {
		return outsideDegrees(flat[i], flat[i+1])
	}
	from := slices.Clone(flat)
	if err := j.transform(proj.DirectionFwd, flat); err != nil {
		return err
	}
	// PROJ marks with infinity what its grid file does not reach.
	if i := firstOutside(gridArea, flat); i >= 0 {
		return outsideDegrees(from[i], from[i+1])
	}
	return nil
}

// inverse turns eastings and northings into degrees in place.
func (j *Projection) inverse(flat []float64) error {
	if i := firstOutside(gridArea, flat); i >= 0 {
		return outsideGrid(flat[i], flat[i+1])
	}
	want := slices.Clone(flat)
	if err := j.transform(proj.DirectionInv, flat); err != nil {
		return err
	}
	if !j.grid {
		if err := j.sharpen(flat, want); err != nil {
			return err
		}
	}
	if i := firstOutside(degreeArea, flat); i >= 0 {
		return outsideGrid(want[i], want[i+1])
	}
	return nil
}

// sharpen moves the degrees in flat so that they project onto want. The seven
// parameters lose the height of about 50 m between the two ellipsoids, and with
// it 1.1 mm there and back; one correction leaves less than a nanometre.
func (j *Projection) sharpen(flat, want []float64) error {
	again := slices.Clone(flat)
	if err := j.transform(proj.DirectionFwd, again); err != nil {
		return err
	}
	for i, got := range again {
		flat[i] = want[i] + (want[i] - got)
	}
	return j.transform(proj.DirectionInv, flat)
}

// firstOutside returns the index of the first pair that a does not hold, or -1.
func firstOutside(a area, flat []float64) int {
	for i := 0; i < len(flat); i += 2 {
		if !a.holds(flat[i], flat[i+1]) {
			return i
		}
	}
	return -1
}

func outsideDegrees(lon, lat float64) error {
	hint := ""
	if degreeArea.holds(lat, lon) {
		hint = "; latitude and longitude look swapped"
	}
	return fmt.Errorf("longitude %v, latitude %v: %w%s", lon, lat, ErrOutside, hint)
}

func outsideGrid(easting, northing float64) error {
	return fmt.Errorf("easting %v, northing %v: %w: want 0 to 700000, 0 to 1300000", easting, northing, ErrOutside)
}

// transform runs PROJ over pairs of coordinates in place.
func (j *Projection) transform(d proj.Direction, flat []float64) error {
	pj, err := transformations.take(j.definition)
	if err != nil {
		return fmt.Errorf("open projection EPSG:27700: %w", err)
	}
	defer transformations.give(j.definition, pj)
	if err := pj.TransFlatCoords(d, flat, 2, -1, -1); err != nil {
		return fmt.Errorf("project %d points: %w", len(flat)/2, err)
	}
	return nil
}
