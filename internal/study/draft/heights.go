package draft

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"hubreach/internal/source"
)

// isHeights tells an elevation grid by its first bytes: a TIFF in either order of
// bytes, or the head of an ESRI ASCII grid.
func isHeights(head []byte) bool {
	return bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*")) ||
		len(head) > 6 && strings.EqualFold(string(head[:5]), "ncols") && (head[5] == ' ' || head[5] == '\t')
}

// mayHoldHeights tells members of an archive that are grids, or archives of
// their own as OS Terrain 50 comes.
func mayHoldHeights(name string) bool {
	switch path.Ext(strings.ToLower(name)) {
	case ".asc", ".tif", ".tiff", ".zip":
		return true
	}
	return false
}

// heights describes an elevation grid.
func (s *sniffer) heights(file string, r io.Reader) ([]*offer, error) {
	data, err := io.ReadAll(io.LimitReader(r, wholeMost+1))
	if err != nil {
		return nil, err
	}
	if len(data) > wholeMost {
		return nil, fmt.Errorf("over %d MB: cut it down to the county", wholeMost>>20)
	}
	rows, err := source.ReadHeights(bytes.NewReader(data), file, source.Options{MaxBytes: 4 * wholeMost})
	if err != nil {
		return nil, err
	}
	low, high := rows.Range()
	return []*offer{{file: file, role: "heights", key: -1, whole: true, box: rows.Bound(),
		why: fmt.Sprintf("an elevation grid: %d heights, %g m apart, from %.0f to %.0f m", rows.Posts(), float64(rows.Cell()), float64(low), float64(high))}}, nil
}

// archivedHeights is heights of an archive that may hold some; errNothing when
// it holds none.
func (s *sniffer) archivedHeights(file string, r io.Reader) ([]*offer, error) {
	offers, err := s.heights(file, r)
	if none, ok := errors.AsType[*source.RowError](err); ok && none.File == file {
		return nil, errNothing
	}
	return offers, err
}

// chooseHeights takes every grid that lies about the county.
func (c *chooser) chooseHeights() {
	for _, o := range c.of("heights") {
		if c.boundaries != nil && !c.box.Intersects(o.box) {
			o.refuse("its heights lie elsewhere")
			continue
		}
		o.taken = true
	}
}
