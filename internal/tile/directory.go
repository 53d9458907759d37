package tile

import (
	"bytes"
	"encoding/binary"

	"github.com/klauspost/compress/gzip"
)

// entry is one line of a directory of an archive: a run of tiles that follow each
// other and are the same, or, with a run of none, a directory of more entries.
type entry struct {
	tile   uint64 // number of the first tile
	run    uint32
	offset uint64 // in the section of tiles, or of leaves
	length uint32
}

// numberOf returns the number of a tile in an archive: all tiles of the zooms
// above come before it, and those of its own zoom stand along a Hilbert curve, so
// that neighbours on the map are near each other in the file.
//
// Source: D. Hilbert, "Ueber die stetige Abbildung einer Linie auf ein
// Flaechenstueck", Mathematische Annalen 38 (1891), 459-460; the turns are those
// of the PMTiles specification, version 3, section 4.
func numberOf(id ID) uint64 {
	number := (uint64(1)<<(2*id.Z) - 1) / 3 // 1 + 4 + 16 + ... over the zooms above
	x, y := id.X, id.Y
	for side := uint32(1) << id.Z >> 1; side > 0; side >>= 1 {
		var right, low uint32
		if x&side != 0 {
			right = 1
		}
		if y&side != 0 {
			low = 1
		}
		number += uint64(side) * uint64(side) * uint64((3*right)^low)
		if low == 0 {
			if right == 1 {
				x, y = side-1-x&(side-1), side-1-y&(side-1)
			}
			x, y = y, x
		}
		x, y = x&(side-1), y&(side-1)
	}
	return number
}

// encodeDirectory writes entries column by column, as differences, and packs
// them: PMTiles version 3, section 3.2.
func encodeDirectory(entries []entry) ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(entries)))
	last := uint64(0)
	for _, e := range entries {
		b = binary.AppendUvarint(b, e.tile-last)
		last = e.tile
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.run))
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.length))
	}
	for i, e := range entries {
		if i > 0 && e.offset == entries[i-1].offset+uint64(entries[i-1].length) {
			b = append(b, 0) // right after the one before
			continue
		}
		b = binary.AppendUvarint(b, e.offset+1)
	}
	return zip(b)
}

// zip packs a directory or metadata.
func zip(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// leafEntries is how many entries a leaf has at least: some 2 kB to fetch for a
// reader who wants one tile.
const leafEntries = 512

// directories returns the root directory, of at most limit bytes, and the leaves
// that it points to, one after another. Leaves are made twice as large until the
// root fits.
func directories(entries []entry, limit int) (root, leaves []byte, err error) {
	if root, err = encodeDirectory(entries); err != nil || len(root) <= limit {
		return root, nil, err
	}
	for size := leafEntries; ; size *= 2 {
		var pointers []entry
		leaves = leaves[:0]
		for from := 0; from < len(entries); from += size {
			leaf, err := encodeDirectory(entries[from:min(from+size, len(entries))])
			if err != nil {
				return nil, nil, err
			}
			pointers = append(pointers, entry{tile: entries[from].tile, offset: uint64(len(leaves)), length: uint32(len(leaf))})
			leaves = append(leaves, leaf...)
		}
		if root, err = encodeDirectory(pointers); err != nil || len(root) <= limit {
			return root, leaves, err
		}
	}
}
