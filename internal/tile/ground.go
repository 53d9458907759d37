package tile

import (
	"fmt"
	"math"
	"sync"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/county"
	"hubreach/internal/study"
)

// ground is where everything lies. Coordinates are parts of the world in Web
// Mercator, 0 to 1 eastward and southward. Its parts are shared by the tiles of
// results that differ in their options alone.
type ground struct {
	*land
	*basins
	*ways
	sites []orb.Point
}

// newGround puts a study on the world, taking from before, which may be nil, what
// is the same.
func newGround(r *study.Results, before *ground) (*ground, error) {
	p, err := geo.NewProjection()
	if err != nil {
		return nil, err
	}
	if before == nil {
		before = &ground{land: &land{bound: orb.MultiPoint{}.Bound()}, basins: &basins{}, ways: &ways{}}
	}
	g := *before
	if !same(g.from, r.County.Areas) {
		if g.land, err = newLand(r.County, p); err != nil {
			return nil, err
		}
	}
	if !same(g.caught, r.Catchments) {
		if g.basins, err = newBasins(r, p); err != nil {
			return nil, err
		}
	}
	if !same(g.published, r.Lines) {
		if g.ways, err = newWays(r.Lines, p); err != nil {
			return nil, err
		}
	}
	g.sites = nil
	for _, s := range r.County.Sites {
		at, err := p.ToLonLat(s.At)
		if err != nil {
			return nil, fmt.Errorf("site %s: %w", s.ID, err)
		}
		g.sites = append(g.sites, world(orb.Point(at)))
	}
	return &g, nil
}

// same reports whether two slices are one.
func same[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// extent is the box around everything, in parts of the world.
func (g *ground) extent() orb.Bound {
	b := orb.MultiPoint(g.sites).Bound()
	for _, shapes := range [][]orb.MultiPolygon{g.areas, g.catchments} {
		for _, m := range shapes {
			b = b.Union(m.Bound())
		}
	}
	for _, l := range g.lines {
		b = b.Union(l.Bound())
	}
	return b
}

// land is the areas, and where the names of their settlements stand.
type land struct {
	from   []county.Area
	areas  []orb.MultiPolygon
	labels []orb.Point // inside each area
	hearts []orb.Point // one a settlement
	bound  orb.Bound   // degrees
	zooms  [Deepest + 1]struct {
		mesh  kept[shape.Mesh]
		faces kept[[][]shape.Face]
	}
}

func newLand(c *county.County, p *geo.Projection) (*land, error) {
	areas := c.Areas
	l := &land{from: areas, bound: orb.MultiPoint{}.Bound()}
	work := shape.NewWorker()
	for i := range areas {
		a := &areas[i]
		inside, err := work.PointInside(a.Shape)
		if err != nil {
			return nil, fmt.Errorf("area %s: %w", a.Code, err)
		}
		at, err := p.ToLonLat(geo.Grid(inside))
		if err != nil {
			return nil, fmt.Errorf("area %s: %w", a.Code, err)
		}
		m, err := p.LonLatOf(a.Shape)
		if err != nil {
			return nil, fmt.Errorf("area %s: %w", a.Code, err)
		}
		l.bound = l.bound.Union(m.Bound())
		l.areas = append(l.areas, worldOf(m.(orb.MultiPolygon)))
		l.labels = append(l.labels, world(orb.Point(at)))
	}
	var err error
	if l.hearts, err = hearts(c, l.labels, p); err != nil {
		return nil, fmt.Errorf("settlements: %w", err)
	}
	return l, nil
}

// mesh returns the borders of the areas at a zoom, simplified.
func (l *land) mesh(zoom uint8) shape.Mesh {
	return l.zooms[zoom].mesh.get(func() shape.Mesh {
		return shape.NewMesh(l.areas, lattice(zoom)).Simplified(tolerance(zoom))
	})
}

// areaFaces returns the areas at a zoom; one that has none is too small for it.
func (l *land) areaFaces(zoom uint8) [][]shape.Face {
	return l.zooms[zoom].faces.get(func() [][]shape.Face { return filled(l.mesh(zoom).Outlines(len(l.areas))) })
}

// kept is a value that is made once.
type kept[T any] struct {
	once  sync.Once
	value T
}

func (k *kept[T]) get(of func() T) T {
	k.once.Do(func() { k.value = of() })
	return k.value
}

func filled(outlines [][][]shape.Spot) [][]shape.Face {
	faces := make([][]shape.Face, len(outlines))
	for i, lines := range outlines {
		faces[i] = shape.Fill(lines)
	}
	return faces
}

// lattice returns how a place of the world falls on the units of a zoom.
func lattice(zoom uint8) func(orb.Point) shape.Spot {
	units := math.Ldexp(Extent, int(zoom))
	return func(p orb.Point) shape.Spot {
		return shape.Spot{X: int(math.Round(p[0] * units)), Y: int(math.Round(p[1] * units))}
	}
}

// tolerance is how far a simplified line may be from the true one, in units. A
// map shows a tile 512 pixels wide, eight units a pixel: half a pixel is not
// seen. Tiles of the deepest zoom are enlarged, and keep all but a unit.
func tolerance(zoom uint8) float64 {
	if zoom == Deepest {
		return 1
	}
	return 4
}

// world places a point in degrees.
func world(at orb.Point) orb.Point { return maptile.Fraction(at, 0) }

// worldOf places a polygon in degrees, in its own memory.
func worldOf(m orb.MultiPolygon) orb.MultiPolygon {
	for _, p := range m {
		for _, ring := range p {
			for i, at := range ring {
				ring[i] = world(at)
			}
		}
	}
	return m
}
