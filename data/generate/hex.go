package main

import "math"

// The ground is divided into six-sided cells, cellSpan metres from centre to
// centre. Exactly three cells meet at every corner, so an area made of cells
// has edges that never cross or touch themselves, and two neighbours share
// their edge to the last digit.
const cellSpan = 120.0

// cells is the sheet of cells that covers the plan.
type cells struct{ cols, rows int }

// newCells returns the sheet over width by height metres, with a margin of two
// cells that is always sea.
func newCells(width, height float64) cells {
	return cells{int(width/cellSpan) + 5, int(height/rowSpan) + 5}
}

// rowSpan is the distance between rows of cells: cellSpan times half the root of three.
const rowSpan = cellSpan * 0.8660254037844386

func (c cells) count() int { return c.cols * c.rows }

// centre returns the middle of cell i.
func (c cells) centre(i int) point {
	col, row := i%c.cols-2, i/c.cols-2
	x := float64(col) * cellSpan
	if row&1 != 0 {
		x += cellSpan / 2
	}
	return point{x, fine(float64(row) * rowSpan)}
}

// at returns the cell whose centre is nearest to p, which must lie on the sheet.
func (c cells) at(p point) int {
	row := int(math.Round(p.Y/rowSpan)) + 2
	best, metres := 0, math.Inf(1)
	for r := row - 1; r <= row+1; r++ {
		x := p.X
		if r&1 != 0 {
			x -= cellSpan / 2
		}
		col := int(math.Round(x/cellSpan)) + 2
		if r < 0 || r >= c.rows || col < 0 || col >= c.cols {
			continue
		}
		if d := c.centre(r*c.cols + col).distance(p); d < metres {
			best, metres = r*c.cols+col, d
		}
	}
	return best
}

// margin reports whether cell i is at the rim of the sheet, where neighbours
// are missing.
func (c cells) margin(i int) bool {
	col, row := i%c.cols, i/c.cols
	return col == 0 || row == 0 || col == c.cols-1 || row == c.rows-1
}

// neighbours returns the six cells around cell i: east, north-east, north-west,
// west, south-west, south-east. Cell i must not be in the margin.
func (c cells) neighbours(i int) [6]int {
	k := (i / c.cols) & 1 // odd rows stand half a cell to the east
	return [6]int{i + 1, i + c.cols + k, i + c.cols + k - 1, i - 1, i - c.cols + k - 1, i - c.cols + k}
}

// corners returns the six corners of cell i as numbers that neighbours share;
// the side from corner k to corner k+1 faces neighbour k.
func (c cells) corners(i int) [6]int {
	n := c.neighbours(i)
	// Each cell owns its top and bottom corner: 2i and 2i+1.
	return [6]int{2 * n[5], 2*n[1] + 1, 2 * i, 2*n[2] + 1, 2 * n[4], 2*i + 1}
}

// corner returns the place of a corner, moved a little so that an area's edge
// looks surveyed rather than stamped.
func (c cells) corner(k int) point {
	p := c.centre(k / 2)
	radius := fine(rowSpan * 2 / 3)
	if k&1 == 0 {
		p.Y += radius
	} else {
		p.Y -= radius
	}
	h := scramble(uint64(k) + 77)
	shift := point{float64(h&0xffff)/0x8000 - 1, float64(h>>16&0xffff)/0x8000 - 1}
	return p.plus(shift.times(0.25 * radius))
}
