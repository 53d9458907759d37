package reach

import (
	"github.com/paulmach/orb"

	"hubreach/geo"
)

// Traced returns the outlines as they are before they are pulled straight: every
// gate is passed where it passes best.
func (w *Worker) Traced(place geo.Grid, minutes []float64) ([]orb.MultiPolygon, error) {
	w.tracer.stiff = true
	defer func() { w.tracer.stiff = false }()
	return w.Outlines(place, minutes)
}

// KeepTiles bounds the raster to so many bytes.
func (s *Streets) KeepTiles(bytes int) { s.doors.raster.most = bytes }

// Tiles returns how many tiles are kept, and their bytes.
func (s *Streets) Tiles() (n, bytes int) {
	s.doors.raster.mu.Lock()
	defer s.doors.raster.mu.Unlock()
	return len(s.doors.raster.kept), s.doors.raster.bytes
}

// PulledIn says whether a junction at (east, north) of its cell, in 256ths, pulls
// that corner of a square in, as the tracer tells it, and the cross product of
// the two sides there in square metres.
func PulledIn(corner, east, north int) (is bool, cross float64) {
	f := &field{spots: make([]spot, 16), millis: make([]uint32, 16), knots: []knot{{at: warp(east + 256*north)}}}
	const stride = 4
	f.setStride(stride)
	corners := [4]int{0, 1, 1 + stride, stride}
	f.spots[corners[corner]] = warped
	a, b, c := f.at(corners[(corner+3)%4]), f.at(corners[corner]), f.at(corners[(corner+1)%4])
	return f.pulledIn(0) == corners[corner], float64(over(b.from(a), c.from(b))) * grainM * grainM
}
