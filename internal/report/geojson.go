package report

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// ErrNoLayer means that a name is not that of a layer with geometry.
var ErrNoLayer = errors.New("no such layer")

// layerNames lists the layers that GeoJSON writes.
func layerNames() []string { return []string{"areas", "sites", "outreach", "catchments"} }

// GeoJSON writes one layer of results as GeoJSON (RFC 7946), with the columns of
// the file of that name. Areas, sites and target areas are those of an option;
// catchments are the same under all. The error wraps ErrNoLayer, estate.ErrNoOption,
// or ErrUnfinished for results without an option, or is w's or ctx's.
func GeoJSON(ctx context.Context, w io.Writer, r *study.Results, layer string, id estate.OptionID) error {
	if err := finished(r); err != nil {
		return err
	}
	option, _, ok := r.Option(id)
	if !ok {
		return fmt.Errorf("%w: %q", estate.ErrNoOption, id)
	}
	switch layer {
	case "areas":
		t := areasTable(r)
		t.place = func(a areaRow) (orb.Geometry, error) { return a.area.Shape, nil }
		return t.only(func(a areaRow) bool { return a.option == option }).geoJSON(ctx, w)
	case "sites":
		return sitesTable(r).only(func(s siteRow) bool { return s.option == option }).geoJSON(ctx, w)
	case "outreach":
		return targetsTable(r).only(func(t targetRow) bool { return t.option == option }).geoJSON(ctx, w)
	case "catchments":
		return writeCatchments(ctx, w, r)
	}
	return fmt.Errorf("%w: %q: want one of %v", ErrNoLayer, layer, layerNames())
}

// GeoPackage writes study.gpkg alone, to a path where nothing is yet. The error
// wraps ErrUnfinished for results without an option, or is ctx's.
func GeoPackage(ctx context.Context, path string, r *study.Results) error {
	if err := finished(r); err != nil {
		return err
	}
	return writeGeoPackage(ctx, path, r)
}

// only returns the table with the rows that keep holds for.
func (t table[R]) only(keep func(R) bool) table[R] {
	all := t.rows
	t.rows = func(yield func(R) bool) {
		for r := range all {
			if keep(r) && !yield(r) {
				return
			}
		}
	}
	return t
}

// geoJSON writes the table as RFC 7946 has it, one feature a line, polygons valid
// and all in WGS 84 degrees of seven decimals, about a centimetre. What has no
// ground has a feature whose geometry is null.
func (t table[R]) geoJSON(ctx context.Context, w io.Writer) error {
	projection, err := geo.NewProjection()
	if err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	out := bufio.NewWriter(w)
	g := geoJSON{projection: projection, work: shape.NewWorker()}
	fmt.Fprint(out, "{\"type\":\"FeatureCollection\",\"features\":[")
	between := "\n"
	n := 0
	for r := range t.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		n++
		g.line = append(g.line[:0], between...)
		if err := feature(&g, t, r); err != nil {
			return fmt.Errorf("write %s: row %d: %w", t.name, n, err)
		}
		between = ",\n"
		_, _ = out.Write(g.line) // Flush tells what went wrong
	}
	fmt.Fprint(out, "\n]}\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	return nil
}

// geoJSON builds one feature at a time.
type geoJSON struct {
	projection *geo.Projection
	work       *shape.Worker
	line       []byte
}

func feature[R any](g *geoJSON, t table[R], r R) error {
	g.line = append(g.line, "{\"type\":\"Feature\",\"properties\":{"...)
	for i, col := range t.columns {
		if i > 0 {
			g.line = append(g.line, ',')
		}
		b, err := col.of(r).MarshalJSON()
		if err != nil {
			return err
		}
		g.line = strconv.AppendQuote(g.line, col.name) // names are plain ASCII
		g.line = append(append(g.line, ':'), b...)
	}
	g.line = append(g.line, "},\"geometry\":"...)
	on, err := t.place(r)
	if err != nil {
		return err
	}
	if err := g.geometry(on); err != nil {
		return err
	}
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

// geometry writes a geometry of the grid in degrees, null for no ground.
func (g *geoJSON) geometry(on orb.Geometry) error {
	if p, ok := on.(orb.Point); ok {
		at, err := g.projection.ToLonLat(geo.Grid(p))
		if err != nil {
			return err
		}
		g.line = append(g.line, "{\"type\":\"Point\",\"coordinates\":["...)
		g.position(orb.Point(at), inDegrees)
		g.line = append(g.line, '}')
		return nil
	}
	m, decimals, err := g.degrees(on.(orb.MultiPolygon)) // tables hold points and polygons
	if err != nil {
		return err
	}
	g.multiPolygon(m, decimals)
	return nil
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
				g.position(v, decimals)
			}
			g.line = append(g.line, ']')
		}
		g.line = append(g.line, ']')
	}
	g.line = append(g.line, "]}"...)
}

// position writes longitude and latitude and closes their list.
func (g *geoJSON) position(v orb.Point, decimals int) {
	g.line = strconv.AppendFloat(g.line, v[0], 'f', decimals, 64)
	g.line = append(g.line, ',')
	g.line = strconv.AppendFloat(g.line, v[1], 'f', decimals, 64)
	g.line = append(g.line, ']')
}

// open begins element i of a list with a list of its own.
func (g *geoJSON) open(i int) {
	if i > 0 {
		g.line = append(g.line, ',')
	}
	g.line = append(g.line, '[')
}
