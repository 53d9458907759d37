package reach

import (
	"math"

	"github.com/paulmach/orb"

	"hubreach/internal/walk"
)

// field holds the milliseconds at the middles of a rectangle of cells, by rows
// from the south-west, walk.Never where no walk comes. Its outermost cells are
// always Never, so that every outline is closed.
type field struct {
	x, y          int // number of the cell in the corner
	width, height int
	millis        []uint32
}

// fill reads the times of a search off the raster.
func (f *field) fill(r *raster, s *walk.Search, g *walk.Graph, b orb.Bound) {
	const margin = 2
	f.x = int(math.Floor(b.Min[0]/cellM)) - margin
	f.y = int(math.Floor(b.Min[1]/cellM)) - margin
	f.width = int(math.Floor(b.Max[0]/cellM)) - f.x + 1 + margin
	f.height = int(math.Floor(b.Max[1]/cellM)) - f.y + 1 + margin
	n := f.width * f.height
	if cap(f.millis) < n {
		f.millis = make([]uint32, n)
	}
	f.millis = f.millis[:n]
	for i := range f.millis {
		f.millis[i] = walk.Never
	}
	last, stretch := nowhere, walk.Stretch{}
	for j := 1; j < f.height-1; j++ {
		for i := 1; i < f.width-1; {
			tx, ty := floorDiv(f.x+i, tileCells), floorDiv(f.y+j, tileCells)
			end := min(f.width-1, (tx+1)*tileCells-f.x)
			row := r.tile(tx, ty)[(f.y+j-ty*tileCells)*tileCells:]
			for ; i < end; i++ {
				c := row[f.x+i-tx*tileCells]
				if c.edge == nowhere {
					continue
				}
				if c.edge != last {
					last, stretch = c.edge, s.Stretch(c.edge)
				}
				if stretch.Reached() {
					f.millis[j*f.width+i] = stretch.At(float64(c.share) / math.MaxUint16)
				}
			}
		}
	}
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// middle returns the easting and northing of the middle of a cell of the field.
func (f *field) middle(i, j int) orb.Point {
	return orb.Point{(float64(f.x+i) + 0.5) * cellM, (float64(f.y+j) + 0.5) * cellM}
}
