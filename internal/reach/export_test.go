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
func (s *Streets) KeepTiles(bytes int) { s.raster.most = bytes }

// Tiles returns how many tiles are kept, and their bytes.
func (s *Streets) Tiles() (n, bytes int) {
	s.raster.mu.Lock()
	defer s.raster.mu.Unlock()
	return len(s.raster.kept), s.raster.bytes
}
