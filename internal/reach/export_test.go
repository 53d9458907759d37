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
