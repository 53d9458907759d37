package county

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"hubreach/geo"
	"hubreach/internal/source"
)

// Tolerance is how far outside every boundary a point or site may lie and still
// belong to the nearest area: published boundaries are generalised to 20 m, and
// postcodes of a sea front fall just off them. Exactly on it is inside.
const Tolerance geo.Metres = 100

// points shares the people of every area over the places where they live.
func (b *builder) points() error {
	method := b.pointMethod()
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
		err = fmt.Errorf("%w: points by %q: want points, streets or centroids", ErrParams, method)
	}
	if err != nil {
		return err
	}
	if err := b.fillPoints(method); err != nil {
		return err
	}
	b.sharePoints()
	return nil
}

// pointMethod returns the method asked for, or the best that the inputs allow.
func (b *builder) pointMethod() PointMethod {
	switch {
	case b.p.Points != BestPoints:
		return b.p.Points
	case len(b.in.Points) > 0:
		return PublishedPoints
	case b.in.Streets != nil:
		return StreetPoints
	}
	return CentroidPoints
}

// publishedPoints reads the points of the tables. A point's weight is the homes
// there, 1 where the table does not say; one without homes is left out.
func (b *builder) publishedPoints() error {
	if len(b.in.Points) == 0 {
		return fmt.Errorf("%w: points by %q need an input with role \"points\"", ErrParams, PublishedPoints)
	}
	for _, t := range b.in.Points {
		outside, unlocated, empty := 0, 0, 0
		var dropped []string
		for _, r := range t.Data.Rows {
			weight := 1.0
			if r.Weight.Known {
				weight = r.Weight.Number
			}
			if !(weight >= 0) || math.IsInf(weight, 1) {
				return &source.RowError{File: t.File, Line: r.Line, Field: "weight", Found: fmt.Sprint(weight), Want: "a number of homes, zero or more, or blank", Do: "correct the cell"}
			}
			area := -1
			var at geo.Grid
			var err error
			if r.Located {
				if at, err = b.place(t.File, t.Data.CRS, r); err != nil {
					return err
				}
				if area, err = b.locate(at); err != nil {
					return err
				}
			}
			switch {
			case !r.Located:
				unlocated++
			case area < 0:
				outside++
			case weight == 0:
				empty++
			default:
				b.county.Points = append(b.county.Points, Point{ID: r.ID, Area: area, At: at, Share: weight})
				continue
			}
			dropped = append(dropped, r.ID)
		}
		used := len(t.Data.Rows) - len(dropped)
		b.use(t.Head, t.Data.Read, used, dropped)
		b.checks.add(used > 0, fmt.Sprintf("The points of %s lie in the county, some at least", t.Name), "%s points in the county, %s outside it, %s without coordinates, %s without homes",
			people(float64(used)), people(float64(outside)), people(float64(unlocated)), people(float64(empty)))
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
		var dropped []string
		for _, r := range t.Data.Rows {
			code := AreaCode(r.ID)
			if children := b.links.Children(code); t.Older && len(children) == 1 && b.links.Unchanged(children[0]) {
				code = children[0]
			} else if t.Older {
				code = ""
			}
			if !r.Located || !b.ours(Head{}, code) {
				dropped = append(dropped, r.ID)
				continue
			}
			at, err := b.place(t.File, t.Data.CRS, r)
			if err != nil {
				return nil, err
			}
			out[code] = at
		}
		b.use(t.Head, t.Data.Read, len(t.Data.Rows)-len(dropped), dropped)
	}
	return out, nil
}

// sharePoints sorts the points and scales the shares of each area to one.
func (b *builder) sharePoints() {
	ps := b.county.Points
	slices.SortFunc(ps, func(p, q Point) int {
		return cmp.Or(cmp.Compare(p.Area, q.Area), cmp.Compare(p.At[0], q.At[0]), cmp.Compare(p.At[1], q.At[1]), cmp.Compare(p.ID, q.ID), cmp.Compare(p.Share, q.Share))
	})
	sum := make([]float64, len(b.county.Areas))
	for _, p := range ps {
		sum[p.Area] += p.Share
	}
	for i := range ps {
		ps[i].Share /= sum[ps[i].Area]
	}
}
