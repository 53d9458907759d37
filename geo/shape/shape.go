// Package shape does polygon work on GEOS: valid, union, shares of area.
package shape

import "github.com/paulmach/orb"

// Worker owns one GEOS context. It must not be used by two goroutines at once;
// make one per goroutine.
type Worker struct{}

// NewWorker returns a Worker.
func NewWorker() *Worker { return &Worker{} }

// MakeValid returns m unchanged with an empty reason when it is valid, else a
// valid polygon that covers the same ground and what was wrong with m, with the place.
func (w *Worker) MakeValid(m orb.MultiPolygon) (orb.MultiPolygon, string, error) { panic("stub") }

// Union returns the union of valid polygons; no polygons give an empty one.
func (w *Worker) Union(ms ...orb.MultiPolygon) (orb.MultiPolygon, error) { panic("stub") }

// Intersection returns the ground common to a and b, lower-dimensional parts dropped.
func (w *Worker) Intersection(a, b orb.MultiPolygon) (orb.MultiPolygon, error) { panic("stub") }

// Difference returns the ground of a that is not in b.
func (w *Worker) Difference(a, b orb.MultiPolygon) (orb.MultiPolygon, error) { panic("stub") }

// Share returns the share of a's area that lies in b, in [0, 1].
func (w *Worker) Share(a, b orb.MultiPolygon) (float64, error) { panic("stub") }

// Area returns the area in square metres.
func Area(m orb.MultiPolygon) float64 { panic("stub") }

// PointInside returns a point in the interior of m, the same one each time.
func (w *Worker) PointInside(m orb.MultiPolygon) (orb.Point, error) { panic("stub") }

// Touching reports whether a and b share at least one point.
func (w *Worker) Touching(a, b orb.MultiPolygon) (bool, error) { panic("stub") }

// Simplify removes vertices of each ring that lie within tolerance metres of the simplified line, keeping the polygon valid.
func (w *Worker) Simplify(m orb.MultiPolygon, tolerance float64) (orb.MultiPolygon, error) { panic("stub") }

// Prepared is a polygon made ready for many point look-ups by one goroutine.
type Prepared struct{}

// Prepare makes m ready.
func (w *Worker) Prepare(m orb.MultiPolygon) (*Prepared, error) { panic("stub") }

// Covers reports whether p lies in the polygon or on its boundary.
func (p *Prepared) Covers(pt orb.Point) bool { panic("stub") }
