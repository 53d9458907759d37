package geo

import (
	"errors"
	"fmt"
	"sync"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-proj/v11"
)

// ErrOutside means that a point lies outside the area where the British
// National Grid is defined, or is not a number.
var ErrOutside = errors.New("outside the British National Grid")

// Projection turns WGS 84 degrees into British National Grid metres and back.
// It may be used by many goroutines at once.
type Projection struct {
	mu sync.Mutex
	pj *proj.PJ
}

// NewProjection opens the projection.
func NewProjection() (*Projection, error) {
	pj, err := proj.NewContext().NewCRSToCRS("EPSG:4326", "EPSG:27700", nil)
	if err != nil {
		return nil, fmt.Errorf("open projection EPSG:27700: %w", err)
	}
	pj, err = pj.NormalizeForVisualization()
	if err != nil {
		return nil, fmt.Errorf("open projection EPSG:27700: %w", err)
	}
	return &Projection{pj: pj}, nil
}

// ToGrid projects p.
func (j *Projection) ToGrid(p LonLat) (Grid, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	c, err := j.pj.Forward(proj.NewCoord(p[0], p[1], 0, 0))
	if err != nil {
		return Grid{}, fmt.Errorf("project %v: %w", p, ErrOutside)
	}
	return Grid{c.X(), c.Y()}, nil
}

// ToLonLat is the inverse of ToGrid.
func (j *Projection) ToLonLat(p Grid) (LonLat, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	c, err := j.pj.Inverse(proj.NewCoord(p[0], p[1], 0, 0))
	if err != nil {
		return LonLat{}, fmt.Errorf("unproject %v: %w", p, ErrOutside)
	}
	return LonLat{c.X(), c.Y()}, nil
}

// GridOf returns a copy of the geometry g, read as degrees, with every point
// projected. The error is that of the first point outside.
func (j *Projection) GridOf(g orb.Geometry) (orb.Geometry, error) { return nil, errors.ErrUnsupported }

// LonLatOf is the inverse of GridOf.
func (j *Projection) LonLatOf(g orb.Geometry) (orb.Geometry, error) { return nil, errors.ErrUnsupported }
