package tile

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Archive says which tiles go into an archive: those of Sets from zoom Least to
// zoom Most, both included.
type Archive struct {
	Sets        Choice
	Least, Most uint8

	root int // most bytes of the root directory, for tests; 0: what the head has room for
}

// The parts of an archive (PMTiles version 3, section 2 and 3.1): the header,
// the root directory, which a reader wants in the first 16 kB, then the tiles,
// the leaf directories and the metadata.
const (
	headerBytes = 127
	headBytes   = 16 << 10
)

// WriteArchive writes one PMTiles archive of version 3 to w from its beginning:
// vector tiles packed with gzip, each content once, in the order in which a
// reader goes over a map. The bytes are the same for the same results. tell,
// which may be nil, is told how many tiles are done. The error is w's or ctx's,
// or wraps ErrNoSet, or ErrBadTile for zooms that are not 0 to Deepest in order.
func (s *Sets) WriteArchive(ctx context.Context, w io.WriteSeeker, a Archive, tell func(done, total int)) error {
	if a.Sets == 0 || a.Sets > All {
		return fmt.Errorf("%w: choice %d: want one or more of %s", ErrNoSet, a.Sets, All)
	}
	if a.Least > a.Most || a.Most > Deepest {
		return fmt.Errorf("%w: zoom %d to %d: want 0 to %d in order", ErrBadTile, a.Least, a.Most, Deepest)
	}
	if tell == nil {
		tell = func(int, int) {}
	}
	if _, err := w.Seek(headBytes, io.SeekStart); err != nil {
		return err
	}
	c := contents{w: w, at: map[[sha256.Size]byte]entry{}}
	tiles := s.tilesOf(a)
	for i, id := range tiles {
		if err := ctx.Err(); err != nil {
			return err
		}
		tell(i, len(tiles))
		body, err := s.make(a.Sets, id, Gzip)
		if err != nil {
			return err
		}
		if err := c.add(numberOf(id), body); err != nil {
			return err
		}
	}
	tell(len(tiles), len(tiles))
	return s.finish(w, a, &c)
}

// tilesOf lists the tiles that may hold anything, by their numbers.
func (s *Sets) tilesOf(a Archive) []ID {
	var ids []ID
	b := s.ground.extent()
	if b.IsEmpty() {
		return nil
	}
	const margin = float64(buffer) / Extent // what a tile shows of its neighbours
	for zoom := a.Least; zoom <= a.Most; zoom++ {
		n := math.Ldexp(1, int(zoom))
		index := func(part, margin float64) uint32 { return uint32(min(max(part*n+margin, 0), n-1)) }
		for x := index(b.Min[0], -margin); x <= index(b.Max[0], margin); x++ {
			for y := index(b.Min[1], -margin); y <= index(b.Max[1], margin); y++ {
				ids = append(ids, ID{Z: zoom, X: x, Y: y})
			}
		}
	}
	slices.SortFunc(ids, func(a, b ID) int { return cmp.Compare(numberOf(a), numberOf(b)) })
	return ids
}

// contents are the tiles of an archive while they are written.
type contents struct {
	w       io.Writer
	entries []entry
	at      map[[sha256.Size]byte]entry // where each content stands
	size    uint64
	tiles   uint64
}

// add writes a tile that comes after all that were added; an empty one is left
// out, and one that is there already is pointed to.
func (c *contents) add(number uint64, body []byte) error {
	if len(body) == 0 {
		return nil
	}
	c.tiles++
	sum := sha256.Sum256(body)
	e, known := c.at[sum]
	if !known {
		e = entry{offset: c.size, length: uint32(len(body))}
		c.at[sum] = e
		c.size += uint64(len(body))
		if _, err := c.w.Write(body); err != nil {
			return err
		}
	}
	if n := len(c.entries) - 1; n >= 0 {
		last := &c.entries[n]
		if last.offset == e.offset && last.tile+uint64(last.run) == number {
			last.run++
			return nil
		}
	}
	e.tile, e.run = number, 1
	c.entries = append(c.entries, e)
	return nil
}

// finish writes what follows the tiles, and then what comes before them.
func (s *Sets) finish(w io.WriteSeeker, a Archive, c *contents) error {
	limit := headBytes - headerBytes
	if a.root > 0 {
		limit = a.root
	}
	root, leaves, err := directories(c.entries, limit)
	if err != nil {
		return err
	}
	metadata, err := s.metadata(a)
	if err != nil {
		return err
	}
	for _, part := range [][]byte{leaves, metadata} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	if _, err := w.Seek(0, io.SeekStart); err != nil {
		return err
	}
	head := s.header(a, c, len(root), len(leaves), len(metadata))
	_, err = w.Write(append(head, root...))
	return err
}

// header is the fixed part of the file, little-endian.
func (s *Sets) header(a Archive, c *contents, root, leaves, metadata int) []byte {
	const (
		version    = 3
		clustered  = 1
		gzipped    = 2
		vectorTile = 1
	)
	h := append([]byte("PMTiles"), version)
	afterTiles := headBytes + c.size
	for _, n := range []uint64{
		headerBytes, uint64(root), afterTiles + uint64(leaves), uint64(metadata), afterTiles, uint64(leaves), headBytes, c.size,
		c.tiles, uint64(len(c.entries)), uint64(len(c.at)),
	} {
		h = binary.LittleEndian.AppendUint64(h, n)
	}
	h = append(h, clustered, gzipped, gzipped, vectorTile, a.Least, a.Most)
	b := s.ground.bound
	if b.IsEmpty() {
		b = orb.Bound{}
	}
	position := func(p orb.Point) {
		for _, v := range p {
			h = binary.LittleEndian.AppendUint32(h, uint32(int32(math.Round(v*1e7))))
		}
	}
	position(b.Min)
	position(b.Max)
	h = append(h, uint8(min(int(a.Most), max(int(a.Least), overview(b)))))
	position(b.Center())
	return h
}

// metadata says what TileJSON says of the tiles.
func (s *Sets) metadata(a Archive) ([]byte, error) {
	b, err := json.Marshal(struct {
		about
		Type    string `json:"type"`
		Version string `json:"version"`
	}{s.about(a.Sets), "overlay", s.version})
	if err != nil {
		return nil, err
	}
	return zip(b)
}
