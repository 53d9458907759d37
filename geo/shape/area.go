package shape

import (
	"math"

	"github.com/paulmach/orb"
)

// Area returns the area of m in square metres, by the shoelace formula on the
// plane: each part's outer ring less its holes, whichever way they run. Parts
// that overlap are counted twice, so make m valid first; an empty m has none.
func Area(m orb.MultiPolygon) float64 {
	var sum float64
	for _, p := range m {
		for i, r := range p {
			a := math.Abs(signedArea(r))
			if i > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum
}

// signedArea is positive for a ring that runs anticlockwise. A ring whose last
// vertex is not its first is read as closed. Coordinates are taken from the
// first vertex: at 600 km from the grid's origin their products would lose
// about 0.0001 m² a vertex.
func signedArea(r orb.Ring) float64 {
	if len(r) < 3 {
		return 0
	}
	var twice float64
	o := r[0]
	for i := 1; i+1 < len(r); i++ {
		ax, ay := r[i][0]-o[0], r[i][1]-o[1]
		bx, by := r[i+1][0]-o[0], r[i+1][1]-o[1]
		twice += ax*by - bx*ay
	}
	return twice / 2
}

// Wind returns m with outer rings anticlockwise and holes clockwise, the
// orientation that RFC 7946 section 3.1.6 asks of GeoJSON. m itself is not
// changed: a ring that runs the other way is copied, the others are shared. A
// ring without area is left as it is.
func Wind(m orb.MultiPolygon) orb.MultiPolygon {
	if m == nil {
		return nil
	}
	out := make(orb.MultiPolygon, len(m))
	for i, p := range m {
		out[i] = make(orb.Polygon, len(p))
		for j, r := range p {
			out[i][j] = wound(r, j == 0)
		}
	}
	return out
}

func wound(r orb.Ring, anticlockwise bool) orb.Ring {
	a := signedArea(r)
	if a == 0 || (a > 0) == anticlockwise {
		return r
	}
	back := make(orb.Ring, len(r))
	for i, v := range r {
		back[len(r)-1-i] = v
	}
	return back
}
