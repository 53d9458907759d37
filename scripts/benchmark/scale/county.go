package scale

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// Street vertices of the two sizes that engines are compared at, a fiftieth more
// than are to be walked on: the copies of Newport hold as many that are closed to
// walkers. Kent: 1.6 million is what the project's comparison of engines measured
// on. England: declared, 20 million, about twelve such counties.
const (
	KentNodes    = 1_640_000
	EnglandNodes = 20_400_000
)

// middle is where the middle of every county lies, so that the largest still
// fits the National Grid. That it is Shropshire means nothing.
var middle = orb.Point{-2.7, 52.5}

// ErrTooLarge means that the copies do not fit the National Grid.
var ErrTooLarge = errors.New("the copies do not fit the National Grid")

// County is columns x rows copies of a tile. It is only read, and may be used by
// many goroutines at once.
type County struct {
	tile          *Tile
	columns, rows int
}

// Of returns a county near a square in metres with at least nodes street
// vertices, and less than a row of copies more. The error wraps ErrTooLarge.
func Of(t *Tile, nodes int) (*County, error) {
	copies := max(1, (nodes+t.used-1)/max(1, t.used))
	width, height := t.size()
	columns := max(1, int(math.Round(math.Sqrt(float64(copies)*height/(width*math.Cos(radians(middle[1])))))))
	return New(t, columns, (copies+columns-1)/columns)
}

// New returns a county of columns x rows copies, at least one of each. The error
// wraps ErrTooLarge.
func New(t *Tile, columns, rows int) (*County, error) {
	c := &County{t, columns, rows}
	if columns < 1 || rows < 1 {
		return nil, fmt.Errorf("county of %d x %d copies: want at least 1 x 1", columns, rows)
	}
	// Half of the grid's width is 350 km, about 5.1 degrees at 52.5 N.
	width, height := t.size()
	if float64(columns)*width > 9 || float64(rows)*height > 6 {
		return nil, fmt.Errorf("county of %d x %d copies of %.2f x %.2f degrees: %w", columns, rows, width, height, ErrTooLarge)
	}
	return c, nil
}

// size returns the width of a copy at middle and its height, in degrees.
func (t *Tile) size() (width, height float64) {
	k := math.Cos(radians(t.box.Center()[1])) / math.Cos(radians(middle[1]))
	return max(1e-6, (t.box.Max[0]-t.box.Min[0])*k), max(1e-6, t.box.Max[1]-t.box.Min[1])
}

// Size returns the number of columns and of rows.
func (c *County) Size() (columns, rows int) { return c.columns, c.rows }

// Nodes returns the number of street vertices.
func (c *County) Nodes() int { return c.columns * c.rows * c.tile.used }

// place turns positions of the tile into those of one copy. Degrees of longitude
// are stretched with the latitude, so that every copy keeps its size in metres.
type place struct {
	from, to orb.Point
	k        float64
}

func (c *County) place(column, row int) place {
	from := c.tile.box.Center()
	_, height := c.tile.size()
	lat := middle[1] + (float64(row)-float64(c.rows-1)/2)*height
	k := math.Cos(radians(from[1])) / math.Cos(radians(lat))
	width := (c.tile.box.Max[0] - c.tile.box.Min[0]) * k
	return place{from, orb.Point{middle[0] + (float64(column)-float64(c.columns-1)/2)*width, lat}, k}
}

// at moves p, rounded to the 1e-7 degrees (about a centimetre) that street data
// are kept in, so that a county read back from a file is the same county.
func (m place) at(p orb.Point) orb.Point {
	return orb.Point{degrees(units(m.to[0] + (p[0]-m.from[0])*m.k)), degrees(units(m.to[1] + (p[1] - m.from[1])))}
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// EachNode calls yield with every node by ascending id, until yield returns an
// error, and returns that error.
func (c *County) EachNode(yield func(source.Node) error) error {
	for row := range c.rows {
		for column := range c.columns {
			first, to := c.firstNode(column, row), c.place(column, row)
			for _, n := range c.tile.nodes {
				if err := yield(source.Node{ID: first + n.ID, At: to.at(n.At), Tags: n.Tags}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// firstNode returns one less than the id of the copy's first node.
func (c *County) firstNode(column, row int) int64 {
	return int64(row*c.columns+column) * int64(len(c.tile.nodes))
}

// Way is a way of a county, a street or a barrier or both.
type Way struct {
	source.Way
	Street, Barrier bool
}

// EachWay calls yield with every way by ascending id, until yield returns an
// error, and returns that error.
func (c *County) EachWay(yield func(Way) error) error {
	var id int64
	add := func(l line, first ...int64) error {
		id++
		w := Way{source.Way{ID: id, Nodes: make([]int64, len(l.nodes)), Tags: l.tags}, l.street, l.barrier}
		for i, n := range l.nodes {
			w.Nodes[i] = first[min(i, len(first)-1)] + int64(n) + 1
		}
		return yield(w)
	}
	for row := range c.rows {
		for column := range c.columns {
			here := c.firstNode(column, row)
			for _, l := range c.tile.lines {
				if err := add(l, here); err != nil {
					return err
				}
			}
			if column+1 < c.columns {
				for _, j := range c.tile.east {
					if err := add(j.line(), here, c.firstNode(column+1, row)); err != nil {
						return err
					}
				}
			}
			if row+1 < c.rows {
				for _, j := range c.tile.north {
					if err := add(j.line(), here, c.firstNode(column, row+1)); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

var joinTags = source.Tags{"highway": "unclassified"}

func (j join) line() line { return line{nodes: []int{j.here, j.there}, tags: joinTags, street: true} }

// Doors returns n places up to about 25 m from residential streets, spread over
// the county by chance from the seed: the same seed gives the same doors.
func (c *County) Doors(n int, seed uint64) []geo.LonLat {
	if len(c.tile.homes) == 0 {
		return nil
	}
	rng := rand.New(rand.NewPCG(seed, 0)) // #nosec G404 -- a seed has to give the same places again
	out := make([]geo.LonLat, n)
	for i := range out {
		to := c.place(rng.IntN(c.columns), rng.IntN(c.rows))
		p := to.at(c.tile.nodes[c.tile.homes[rng.IntN(len(c.tile.homes))]].At)
		const spread = 0.00022 // degrees of latitude, 25 m
		out[i] = geo.LonLat{p[0] + spread*(2*rng.Float64()-1)*1.6, p[1] + spread*(2*rng.Float64()-1)}
	}
	return out
}
