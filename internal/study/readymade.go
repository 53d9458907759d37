package study

import (
	"context"
	"fmt"
	"sort"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/county"
	"hubreach/internal/reach"
	"hubreach/internal/source"
)

// readyMade measures walks by catchments that somebody else has computed: the
// walk of a point is the least minutes of a catchment that holds it, so it is
// never under the true one of that engine. It is the same for every profile.
type readyMade struct {
	points *reach.Points
	sites  [][]reach.Catchment // by site, by ascending minutes
	times  [][]reach.Time      // by site, for the areal method; nil otherwise
}

// readyMade joins the catchments of the study to its sites, by id or by name.
func (r *Results) readyMade(ctx context.Context, l *loaded, points []geo.Grid, env Env) (*readyMade, error) {
	at := map[string]int{}
	for i, s := range r.County.Sites {
		at[string(s.ID)] = i
		if _, taken := at[s.Name]; !taken {
			at[s.Name] = i
		}
	}
	m := &readyMade{points: reach.NewPoints(points), sites: make([][]reach.Catchment, len(r.County.Sites))}
	work := shape.NewWorker()
	for _, t := range l.catchments {
		used, unknown := 0, map[string]bool{}
		for _, row := range t.Data.Rows {
			i, ok := at[row.Site]
			if !ok {
				unknown[row.Site] = true
				continue
			}
			ground, err := gridShape(l.projection, work, t.File, t.Data.CRS, row)
			if err != nil {
				return nil, err
			}
			m.sites[i] = append(m.sites[i], reach.Catchment{Minutes: row.Minutes, Shape: ground})
			used++
		}
		l.use(t.Name, t.Data.Read, used, len(t.Data.Rows)-used)
		r.Checks = append(r.Checks, county.Check{Title: fmt.Sprintf("Every catchment of %s belongs to a site", t.Name), Ran: true,
			Passed: len(unknown) == 0, Detail: fmt.Sprintf("%d catchments of sites that the study does not have%s", len(t.Data.Rows)-used, firstFew(sorted(unknown)))})
	}
	for _, cs := range m.sites {
		sort.SliceStable(cs, func(a, b int) bool { return cs[a].Minutes < cs[b].Minutes })
	}
	if err := m.nest(r, work); err != nil {
		return nil, err
	}
	bare := map[string]bool{}
	for i, s := range r.County.Sites {
		if len(m.sites[i]) == 0 {
			bare[string(s.ID)] = true
		}
	}
	r.Checks = append(r.Checks, county.Check{Title: "Every site has a ready-made catchment", Ran: true, Passed: len(bare) == 0,
		Detail: fmt.Sprintf("%d without: nobody counts as in their reach%s", len(bare), firstFew(sorted(bare)))})
	r.Walk.Note = "walk: approximate: ready-made catchments; a walk is the least minutes of a catchment that holds the point, the same for every profile"
	if r.Spec.Points.Method == "areal" {
		return m, m.areal(ctx, r, env)
	}
	return m, nil
}

// nest cuts the catchments of fewer minutes to that of the study's own minutes,
// where a site has it: other engines smooth each outline by itself, so a
// ten-minute outline can leave the twenty-minute one, and the published
// twenty-minute outline is what says who is inside.
func (m *readyMade) nest(r *Results, work *shape.Worker) error {
	var leaving []string
	for site, cs := range m.sites {
		own := -1
		for k := range cs {
			if cs[k].Minutes == r.Spec.Walk.Minutes {
				own = k
			}
		}
		for k := 0; k < own; k++ {
			before := shape.Area(cs[k].Shape)
			cut, err := work.Intersection(cs[k].Shape, cs[own].Shape)
			if err != nil {
				return fmt.Errorf("catchment of %s, %g minutes: %w", r.County.Sites[site].ID, cs[k].Minutes, err)
			}
			cs[k].Shape = cut
			const hair = 1 // square metre
			if before-shape.Area(cut) > hair {
				leaving = append(leaving, fmt.Sprintf("%s %g", r.County.Sites[site].ID, cs[k].Minutes))
			}
		}
	}
	r.Checks = append(r.Checks, county.Check{Title: fmt.Sprintf("Catchments of fewer than %g minutes lie within those of %g", r.Spec.Walk.Minutes, r.Spec.Walk.Minutes), Ran: true,
		Passed: len(leaving) == 0, Detail: fmt.Sprintf("%d leave it, and were cut to it%s", len(leaving), firstFew(leaving))})
	return nil
}

// areal puts people on the pieces into which the catchments cut their area, in
// proportion to ground, so that the covered share of an area under any option
// is the share of its ground under the union of the open sites' catchments.
func (m *readyMade) areal(ctx context.Context, r *Results, env Env) error {
	var shapes []orb.MultiPolygon
	var of []struct {
		site   int
		millis uint32
	}
	for site, cs := range m.sites {
		for _, c := range cs {
			shapes = append(shapes, c.Shape)
			of = append(of, struct {
				site   int
				millis uint32
			}{site, millis(c.Minutes)})
		}
	}
	m.times = make([][]reach.Time, len(m.sites))
	c := *r.County // the county of Build is never changed
	c.Points = nil
	c.PointsFrom = "areal: people spread evenly over the ground of their area"
	work := shape.NewWorker()
	const stage = "cut areas along the catchments"
	for i, a := range c.Areas {
		if err := ctx.Err(); err != nil {
			return err
		}
		env.Progress(stage, i, len(c.Areas))
		pieces, err := reach.Areal(work, a.Shape, shapes)
		if err != nil {
			return fmt.Errorf("area %s: %w", a.Code, err)
		}
		inside, err := work.PointInside(a.Shape)
		if err != nil {
			return fmt.Errorf("area %s: %w", a.Code, err)
		}
		for _, piece := range pieces {
			point := int32(len(c.Points))
			c.Points = append(c.Points, county.Point{Area: i, At: geo.Grid(inside), Share: piece.Share})
			least := map[int]uint32{}
			for _, k := range piece.In {
				if old, ok := least[of[k].site]; !ok || of[k].millis < old {
					least[of[k].site] = of[k].millis
				}
			}
			for site, t := range least {
				m.times[site] = append(m.times[site], reach.Time{Point: point, Millis: t})
			}
		}
	}
	env.Progress(stage, len(c.Areas), len(c.Areas))
	r.County, r.Walk.PointsFrom = &c, c.PointsFrom
	return nil
}

func sorted(set map[string]bool) []string {
	var items []string
	for s := range set {
		items = append(items, s)
	}
	sort.Strings(items)
	return items
}

// gridShape returns a catchment's ground, projected and valid.
func gridShape(p *geo.Projection, work *shape.Worker, file string, crs source.CRS, row source.Catchment) (orb.MultiPolygon, error) {
	m := row.Shape
	if crs != source.BritishNationalGrid {
		g, err := p.GridOf(m)
		if err != nil {
			return nil, &source.RowError{File: file, Line: row.Line, Field: "geometry of " + row.Site, Want: "longitude and latitude in Great Britain", Err: err, Do: "check the file's coordinate reference system"}
		}
		m = g.(orb.MultiPolygon)
	}
	m, _, err := work.MakeValid(m)
	if err != nil {
		return nil, fmt.Errorf("%s: feature %d: catchment of %s: %w", file, row.Line, row.Site, err)
	}
	return m, nil
}

func (m *readyMade) worker(int) (timer, error) { return &readyTimer{m, shape.NewWorker()}, nil }

type readyTimer struct {
	m    *readyMade
	work *shape.Worker
}

func (t *readyTimer) times(_ geo.Grid, position int) ([]reach.Time, error) {
	if position < 0 {
		return nil, nil // a venue: nobody has computed its catchment
	}
	if t.m.times != nil {
		return t.m.times[position], nil
	}
	return t.m.points.FromCatchments(t.work, t.m.sites[position])
}

// outlines returns the catchments as given, for the minutes they were given for.
func (t *readyTimer) outlines(_ geo.Grid, position int, minutes []float64) ([]orb.MultiPolygon, error) {
	if position < 0 {
		return nil, nil
	}
	out := make([]orb.MultiPolygon, len(minutes))
	for k, want := range minutes {
		for _, c := range t.m.sites[position] {
			if c.Minutes == want {
				out[k] = c.Shape
			}
		}
	}
	return out, nil
}
