package walk

// curve is a Hilbert curve over a square that holds what it is made for.
type curve struct {
	low  point
	side int64
}

// curveOver returns the curve over all points that each yields.
func curveOver(each func(yield func(point))) curve {
	var b box
	first := true
	each(func(p point) {
		if first {
			b, first = boxOf(p), false
		}
		b = b.with(p)
	})
	return curve{b.low, max(int64(b.high.x)-int64(b.low.x), int64(b.high.y)-int64(b.low.y))}
}

// along returns the position of p along the curve, of 2^16 x 2^16 cells.
//
// Source: D. Hilbert, "Ueber die stetige Abbildung einer Linie auf ein
// Flaechenstueck", Mathematische Annalen 38 (1891), 459-460; the loop turns
// each quadrant as the figure there does.
func (c curve) along(p point) uint32 {
	const order = 16
	const top = 1<<order - 1
	cell := func(v, from int32) uint32 {
		return uint32((int64(v) - int64(from)) * top / max(1, c.side))
	}
	x, y := cell(p.x, c.low.x), cell(p.y, c.low.y)
	var d uint32
	for s := uint32(1) << (order - 1); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = top-x, top-y
			}
			x, y = y, x
		}
	}
	return d
}
