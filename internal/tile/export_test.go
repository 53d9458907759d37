package tile

import (
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// Settle waits until the cache has thrown out what is too much.
func (s *Sets) Settle() { s.cache.CleanUp() }

// NumberOf exposes the order of tiles in an archive.
func NumberOf(id ID) uint64 { return numberOf(id) }

// WithRoot returns an archive whose root directory has at most so many bytes, so
// that a small one needs leaves too.
func (a Archive) WithRoot(bytes int) Archive {
	a.root = bytes
	return a
}

// TilesOf lists the tiles that an archive may hold.
func (s *Sets) TilesOf(a Archive) []ID { return s.tilesOf(a) }

// Faces returns the areas as they are drawn at a zoom, and the outline of all of
// them together.
func (s *Sets) Faces(zoom uint8) ([][]shape.Face, [][]shape.Spot) {
	return s.ground.areaFaces(zoom), s.ground.mesh(zoom).Outline(func(int) bool { return true })
}

// TargetFaces returns the target areas as they are drawn at a zoom.
func (s *Sets) TargetFaces(zoom uint8) [][]shape.Face {
	var out [][]shape.Face
	for _, f := range s.sets[3].figures(zoom) {
		out = append(out, f.faces)
	}
	return out
}

// Clip returns the rings of what of faces lies in a window, and whether each of
// the faces could be cut.
func Clip(faces []shape.Face, window orb.Bound) (rings [][]shape.Spot, cut bool) {
	c := new(clipper)
	rings = slices.Clone(c.clipped(faces, touching(faces), window))
	cut = true
	for _, f := range faces {
		cut = cut && c.face(f)
	}
	return rings, cut
}
