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

// ground is what no option changes: where everything lies. Coordinates are
// parts of the world in Web Mercator, 0 to 1 eastward and southward.
type ground struct {
	county     *county.County
	areas      []orb.MultiPolygon
	labels     []orb.Point // inside each area
	sites      []orb.Point
	catchments []orb.MultiPolygon
	lines      []orb.LineString
	bound      orb.Bound // of areas and sites, degrees

	zooms [Deepest + 1]drawn
}

// drawn is the ground at one zoom, in its units, each part made when it is first
// asked for. It is never changed after that.
type drawn struct {
	mesh       kept[shape.Mesh]
	areas      kept[[][]shape.Face]
	catchments kept[[][]shape.Face]
	lines      kept[[][]shape.Spot]
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

// newGround puts a study on the world.
func newGround(r *study.Results) (*ground, error) {
	p, err := geo.NewProjection()
	if err != nil {
		return nil, err
	}
	g := &ground{county: r.County, bound: orb.MultiPoint{}.Bound()}
	if err := g.placeAreas(r.County, p); err != nil {
		return nil, err
	}
	for _, s := range r.County.Sites {
		at, err := p.LonLatOf(orb.Point(s.At))
		if err != nil {
			return nil, fmt.Errorf("site %s: %w", s.ID, err)
		}
		g.bound = widened(g.bound, at)
		g.sites = append(g.sites, world(at.(orb.Point)))
	}
	for _, c := range r.Catchments {
		m, err := p.LonLatOf(c.Shape)
		if err != nil {
			return nil, fmt.Errorf("catchment of site %s, %s, %g minutes: %w", r.County.Sites[c.Site].ID, c.Profile, c.Minutes, err)
		}
		g.catchments = append(g.catchments, worldOf(m.(orb.MultiPolygon)))
	}
	for _, l := range r.Lines {
		line, err := p.LonLatOf(l.Line)
		if err != nil {
			return nil, fmt.Errorf("street %d: %w", l.ID, err)
		}
		on := line.(orb.LineString)
		for i, at := range on {
			on[i] = world(at)
		}
		g.lines = append(g.lines, on)
	}
	return g, nil
}

func (g *ground) placeAreas(c *county.County, p *geo.Projection) error {
	work := shape.NewWorker()
	for i := range c.Areas {
		a := &c.Areas[i]
		m, err := p.LonLatOf(a.Shape)
		if err != nil {
			return fmt.Errorf("area %s: %w", a.Code, err)
		}
		inside, err := work.PointInside(a.Shape)
		if err != nil {
			return fmt.Errorf("area %s: %w", a.Code, err)
		}
		at, err := p.LonLatOf(inside)
		if err != nil {
			return fmt.Errorf("area %s: %w", a.Code, err)
		}
		g.bound = widened(g.bound, m)
		g.areas = append(g.areas, worldOf(m.(orb.MultiPolygon)))
		g.labels = append(g.labels, world(at.(orb.Point)))
	}
	return nil
}

// mesh returns the borders of the areas at a zoom, simplified.
func (g *ground) mesh(zoom uint8) shape.Mesh {
	return g.zooms[zoom].mesh.get(func() shape.Mesh {
		return shape.NewMesh(g.areas, lattice(zoom)).Simplified(tolerance(zoom))
	})
}

// areaFaces returns the areas at a zoom; one that has none is too small for it.
func (g *ground) areaFaces(zoom uint8) [][]shape.Face {
	return g.zooms[zoom].areas.get(func() [][]shape.Face { return filled(g.mesh(zoom).Outlines(len(g.areas))) })
}

// catchmentFaces returns the catchments at a zoom. They lie over one another and
// share no borders, so that each has a mesh of its own.
func (g *ground) catchmentFaces(zoom uint8) [][]shape.Face {
	return g.zooms[zoom].catchments.get(func() [][]shape.Face {
		outlines := make([][][]shape.Spot, len(g.catchments))
		for i := range g.catchments {
			mesh := shape.NewMesh(g.catchments[i:i+1], lattice(zoom)).Simplified(tolerance(zoom))
			outlines[i] = mesh.Outlines(1)[0]
		}
		return filled(outlines)
	})
}

// streetLines returns the streets at a zoom.
func (g *ground) streetLines(zoom uint8) [][]shape.Spot {
	return g.zooms[zoom].lines.get(func() [][]shape.Spot {
		place := lattice(zoom)
		out := make([][]shape.Spot, len(g.lines))
		for i, line := range g.lines {
			spots := make([]shape.Spot, len(line))
			for k, v := range line {
				spots[k] = place(v)
			}
			out[i] = shape.SimplifyLine(spots, tolerance(zoom))
		}
		return out
	})
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

// widened returns b grown to hold g.
func widened(b orb.Bound, g orb.Geometry) orb.Bound {
	if m, ok := g.(orb.MultiPolygon); ok && len(m) == 0 {
		return b
	}
	if b.IsEmpty() {
		return g.Bound()
	}
	return b.Union(g.Bound())
}
