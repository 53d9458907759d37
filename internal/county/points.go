package county

import (
	"fmt"
	"sort"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// Tolerance is how far outside every boundary a point or site may lie and still
// belong to the nearest area: published boundaries are generalised to 20 m, and
// postcodes of a sea front fall just off them. Exactly on it is inside.
const Tolerance geo.Metres = 100

// points shares the people of every area over the places where they live, then
// settles which settlement an area belongs to where that is told by polygons.
func (b *builder) points() error {
	method := b.p.Points
	if method == BestPoints {
		switch {
		case len(b.in.Points) > 0:
			method = PublishedPoints
		case b.in.Streets != nil:
			method = StreetPoints
		default:
			method = CentroidPoints
		}
	}
	var err error
	switch method {
	case PublishedPoints:
		b.county.PointsFrom = "published points (postcodes or addresses)"
		err = b.publishedPoints()
	case StreetPoints:
		b.county.PointsFrom = fmt.Sprintf("points every %.0f m along residential streets", float64(b.p.Spacing))
		err = b.streetPoints()
	case CentroidPoints:
		b.county.PointsFrom = "one point per area: its population-weighted centroid, else a point inside it"
	default:
		err = fmt.Errorf("points: method %q: want points, streets, centroids or areal", method)
	}
	if err != nil {
		return err
	}
	if err := b.fillPoints(method); err != nil {
		return err
	}
	b.sharePoints()
	return b.settlementShapes()
}

func (b *builder) publishedPoints() error {
	for _, t := range b.in.Points {
		outside, unlocated := 0, 0
		for _, r := range t.Data.Rows {
			if !r.Located {
				unlocated++
				continue
			}
			at, err := b.place(t.File, t.Data.CRS, r)
			if err != nil {
				return err
			}
			area, err := b.areaOf(at)
			if err != nil {
				return err
			}
			if area < 0 {
				area = b.nearest(at, Tolerance)
			}
			if area < 0 {
				outside++
				continue
			}
			weight := 1.0
			if r.Weight.Known {
				weight = r.Weight.Number
			}
			if weight > 0 {
				b.county.Points = append(b.county.Points, Point{ID: r.ID, Area: area, At: at, Share: weight})
			}
		}
		b.use(t.Head, t.Data.Read, len(t.Data.Rows)-outside-unlocated, outside+unlocated)
		b.checks.add(true, fmt.Sprintf("Every point of %s lies in an area, or is counted as outside", t.Name),
			"%s points in the county, %s outside it, %s without coordinates", people(float64(len(t.Data.Rows)-outside-unlocated)), people(float64(outside)), people(float64(unlocated)))
	}
	return nil
}

// residential lists the highway values along which people live.
var residential = map[string]bool{"residential": true, "living_street": true, "unclassified": true, "tertiary": true, "pedestrian": true}

// streetPoints puts a point every Spacing metres along residential streets,
// the first half a spacing from the start of the way.
func (b *builder) streetPoints() error {
	s := b.in.Streets
	if s == nil {
		return fmt.Errorf("points: method \"streets\" needs an input with role \"streets\"")
	}
	at := make(map[int64]geo.Grid, len(s.Nodes))
	for _, n := range s.Nodes {
		g, err := b.p.Projection.ToGrid(geo.LonLat(n.At))
		if err != nil {
			continue // far outside; no area of the county is there
		}
		at[n.ID] = g
	}
	for _, w := range s.Ways {
		if !residential[w.Tags["highway"]] {
			continue
		}
		if err := b.alongWay(w, at); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) alongWay(w source.Way, at map[int64]geo.Grid) error {
	next := b.p.Spacing / 2
	for k := 1; k < len(w.Nodes); k++ {
		p, ok := at[w.Nodes[k-1]]
		q, ok2 := at[w.Nodes[k]]
		if !ok || !ok2 {
			continue
		}
		length := p.Distance(q)
		for ; next < length; next += b.p.Spacing {
			f := float64(next / length)
			g := geo.Grid{p[0] + f*(q[0]-p[0]), p[1] + f*(q[1]-p[1])}
			area, err := b.areaOf(g)
			if err != nil {
				return err
			}
			if area >= 0 {
				b.county.Points = append(b.county.Points, Point{Area: area, At: g, Share: 1})
			}
		}
		next -= length
	}
	return nil
}

// fillPoints gives every area without a point its centroid, or a point inside.
func (b *builder) fillPoints(method PointMethod) error {
	has := make([]bool, len(b.county.Areas))
	for _, p := range b.county.Points {
		has[p.Area] = true
	}
	centres, err := b.centroids()
	if err != nil {
		return err
	}
	var filled []AreaCode
	for i, a := range b.county.Areas {
		if has[i] {
			continue
		}
		filled = append(filled, a.Code)
		at, ok := centres[a.Code]
		if !ok {
			inside, err := b.work.PointInside(a.Shape)
			if err != nil {
				return fmt.Errorf("area %s: %w", a.Code, err)
			}
			at = geo.Grid(inside)
		}
		b.county.Points = append(b.county.Points, Point{Area: i, At: at, Share: 1})
	}
	if method != CentroidPoints {
		b.checks.add(len(filled)*20 <= len(b.county.Areas), "Nearly every area has population points of its own", "%d of %d have; one point stands for each of: %s",
			len(b.county.Areas)-len(filled), len(b.county.Areas), list(filled))
	}
	return nil
}

// centroids reads the population-weighted centroids of the county's areas; the
// centroid of an older area stands in for the area it became unchanged.
func (b *builder) centroids() (map[AreaCode]geo.Grid, error) {
	out := map[AreaCode]geo.Grid{}
	for _, t := range b.in.Centroids {
		used := 0
		for _, r := range t.Data.Rows {
			code := AreaCode(r.ID)
			if t.Older {
				if b.links == nil || len(b.links.Children(code)) != 1 || !b.unchanged(b.links.Children(code)[0]) {
					continue
				}
				code = b.links.Children(code)[0]
			}
			if _, ok := b.at[code]; !ok || !r.Located {
				continue
			}
			at, err := b.place(t.File, t.Data.CRS, r)
			if err != nil {
				return nil, err
			}
			out[code] = at
			used++
		}
		b.use(t.Head, t.Data.Read, used, len(t.Data.Rows)-used)
	}
	return out, nil
}

// sharePoints sorts the points and scales the shares of each area to one.
func (b *builder) sharePoints() {
	ps := b.county.Points
	sort.Slice(ps, func(i, j int) bool {
		p, q := ps[i], ps[j]
		switch {
		case p.Area != q.Area:
			return p.Area < q.Area
		case p.At != q.At:
			return p.At[0] < q.At[0] || p.At[0] == q.At[0] && p.At[1] < q.At[1]
		}
		return p.ID < q.ID
	})
	sum := make([]float64, len(b.county.Areas))
	for _, p := range ps {
		sum[p.Area] += p.Share
	}
	for i := range ps {
		ps[i].Share /= sum[ps[i].Area]
	}
}

// Bound returns the box around all areas.
func (c *County) Bound() orb.Bound {
	var bound orb.Bound
	for i, a := range c.Areas {
		if i == 0 {
			bound = a.Shape.Bound()
			continue
		}
		bound = bound.Union(a.Shape.Bound())
	}
	return bound
}
