package report

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/study"
)

// catchmentRow is the catchment of one site, for one profile and one number of
// minutes.
type catchmentRow struct {
	r *study.Results
	study.Catchment
}

// catchmentsTable is the catchments layer of the GeoPackage. Catchments are
// those of the sites, whatever an option does with them.
func catchmentsTable(r *study.Results) table[catchmentRow] {
	return table[catchmentRow]{
		name: "catchments", about: "Ground from which each site is reached on foot", kind: "MULTIPOLYGON",
		place: func(c catchmentRow) (orb.Geometry, error) { return c.Shape, nil },
		rows: func(yield func(catchmentRow) bool) {
			for _, c := range r.Catchments {
				if !yield(catchmentRow{r, c}) {
					return
				}
			}
		},
		columns: []column[catchmentRow]{
			{"site_id", sqlText, func(c catchmentRow) value { return siteID(c.r.County, c.Site) }},
			{"profile", sqlText, func(c catchmentRow) value { return text(c.Profile) }},
			{"minutes", sqlReal, func(c catchmentRow) value { return minutes(c.Minutes) }},
			{"area_m2", sqlReal, func(c catchmentRow) value { return metres(c.AreaM2) }},
			{"reached_0_19", sqlReal, func(c catchmentRow) value { return people(c.People) }},
			{"walk", sqlText, func(c catchmentRow) value { return text(walkBasis(c.r)) }},
			{"site_name", sqlText, func(c catchmentRow) value { return siteName(c.r.County, c.Site) }},
		},
	}
}

// writeCatchments writes catchments.geojson (RFC 7946), one feature a line, each
// a valid MultiPolygon in WGS 84 degrees of seven decimals, about a centimetre.
// A site that nobody reaches has a feature whose geometry is null.
func writeCatchments(ctx context.Context, w io.Writer, r *study.Results) error {
	projection, err := geo.NewProjection()
	if err != nil {
		return fmt.Errorf("write catchments.geojson: %w", err)
	}
	out := bufio.NewWriter(w)
	g := geoJSON{projection: projection, work: shape.NewWorker()}
	out.WriteString("{\"type\":\"FeatureCollection\",\"features\":[")
	t := catchmentsTable(r)
	between := "\n"
	for c := range t.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		g.line = append(g.line[:0], between...)
		if err := g.feature(t, c); err != nil {
			return fmt.Errorf("write catchments.geojson: %w", err)
		}
		between = ",\n"
		out.Write(g.line)
	}
	out.WriteString("\n]}\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write catchments.geojson: %w", err)
	}
	return nil
}

// geoJSON builds one feature at a time.
type geoJSON struct {
	projection *geo.Projection
	work       *shape.Worker
	line       []byte
}

func (g *geoJSON) feature(t table[catchmentRow], c catchmentRow) error {
	g.line = append(g.line, "{\"type\":\"Feature\",\"properties\":{"...)
	for i, col := range t.columns {
		if i > 0 {
			g.line = append(g.line, ',')
		}
		b, err := col.of(c).MarshalJSON()
		if err != nil {
			return err
		}
		g.line = strconv.AppendQuote(g.line, col.name) // names are plain ASCII
		g.line = append(append(g.line, ':'), b...)
	}
	g.line = append(g.line, "},\"geometry\":"...)
	m, decimals, err := g.degrees(c.Shape)
	if err != nil {
		return fmt.Errorf("site %s, %s, %g minutes: %w", c.r.County.Sites[c.Site].ID, c.Profile, c.Minutes, err)
	}
	g.multiPolygon(m, decimals)
	g.line = append(g.line, '}')
	return nil
}

// inDegrees is how many decimals a degree is written with, and exactly stands
// for as many as it takes.
const (
	inDegrees = 7
	exactly   = -1
)

// degrees returns m in degrees, valid and wound as RFC 7946 asks, and with how
// many decimals it can be written so that it stays valid.
//
// Rounding can make a polygon cross itself. It is then mended and rounded again,
// a few times, and what crosses even then is written exactly.
func (g *geoJSON) degrees(m orb.MultiPolygon) (orb.MultiPolygon, int, error) {
	on, err := g.projection.LonLatOf(m)
	if err != nil {
		return nil, 0, err
	}
	const tries = 5 // one is almost always enough
	exact := on.(orb.MultiPolygon)
	round := rounded(exact)
	for range tries {
		mended, reason, err := g.work.MakeValid(round)
		if err != nil {
			return nil, 0, err
		}
		if reason == "" {
			return shape.Wind(mended), inDegrees, nil
		}
		round = rounded(mended)
	}
	mended, _, err := g.work.MakeValid(exact)
	return shape.Wind(mended), exactly, err
}

// rounded returns m with its degrees rounded, without the vertices that then
// fall together and without the rings that have no inside left.
func rounded(m orb.MultiPolygon) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, p := range m {
		var q orb.Polygon
		for i, ring := range p {
			r := roundedRing(ring)
			if len(r) < 4 && i == 0 {
				break
			}
			if len(r) >= 4 {
				q = append(q, r)
			}
		}
		if q != nil {
			out = append(out, q)
		}
	}
	return out
}

func roundedRing(ring orb.Ring) orb.Ring {
	const scale = 1e7 // ten to the inDegrees
	var r orb.Ring
	for _, v := range ring {
		at := orb.Point{math.Round(v[0]*scale) / scale, math.Round(v[1]*scale) / scale}
		if len(r) == 0 || r[len(r)-1] != at {
			r = append(r, at)
		}
	}
	return r
}

func (g *geoJSON) multiPolygon(m orb.MultiPolygon, decimals int) {
	if len(m) == 0 {
		g.line = append(g.line, "null"...)
		return
	}
	g.line = append(g.line, "{\"type\":\"MultiPolygon\",\"coordinates\":["...)
	for i, p := range m {
		g.open(i)
		for j, ring := range p {
			g.open(j)
			for k, v := range ring {
				g.open(k)
				g.line = strconv.AppendFloat(g.line, v[0], 'f', decimals, 64)
				g.line = append(g.line, ',')
				g.line = strconv.AppendFloat(g.line, v[1], 'f', decimals, 64)
				g.line = append(g.line, ']')
			}
			g.line = append(g.line, ']')
		}
		g.line = append(g.line, ']')
	}
	g.line = append(g.line, "]}"...)
}

// open begins element i of a list with a list of its own.
func (g *geoJSON) open(i int) {
	if i > 0 {
		g.line = append(g.line, ',')
	}
	g.line = append(g.line, '[')
}
