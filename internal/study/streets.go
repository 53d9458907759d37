package study

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// onStreets measures walks along streets.
type onStreets struct{ profiles []*reach.Streets }

// streets links the population points to the street graph.
func (r *Results) streets(ctx context.Context, l *loaded, points []geo.Grid, env Env) (walker, error) {
	g, err := r.graph(ctx, l, env)
	if err != nil {
		return nil, err
	}
	report := g.Report()
	l.use(l.streets.in.Name, report.Read(), report.Ways, report.Read()-report.Ways)
	r.Streets = &report
	r.Checks = append(r.Checks, streetCheck(report))
	if r.Spec.Walk.slope() != walk.Level && len(l.heights) > 0 {
		r.Checks = append(r.Checks, slopeCheck(report, l.heights))
		l.useHeights(true)
		r.Walk.Slope = r.Spec.Walk.slope()
	}
	return r.link(ctx, g, points, env)
}

// link joins the population points to the streets.
func (r *Results) link(ctx context.Context, g *walk.Graph, points []geo.Grid, env Env) (walker, error) {
	s := r.Spec.Walk
	find := reach.Params{LimitMinutes: s.LimitMinutes, Direction: walk.Towards}
	if s.Direction == "from_hub" {
		find.Direction = walk.From
	}
	doors := reach.NewDoors(g, points)
	const run = 256 // points at a time
	err := share(ctx, env, "link people to the streets", (len(points)+run-1)/run, func() func(int) error {
		return func(i int) error {
			for p := i * run; p < min(len(points), (i+1)*run); p++ {
				doors.Link(p)
			}
			return nil
		}
	})
	if err != nil {
		return nil, err
	}
	w := &onStreets{profiles: make([]*reach.Streets, len(s.Profiles))}
	err = share(ctx, env, "lay out the links", len(s.Profiles), func() func(int) error {
		return func(i int) (err error) {
			if w.profiles[i], err = doors.Streets(s.Profiles[i].Name, find); err != nil {
				err = fmt.Errorf("profile %s: %w", s.Profiles[i].Name, err)
			}
			return err
		}
	})
	if err != nil {
		return nil, err
	}
	for _, f := range w.profiles[0].Refused() {
		r.refusedPoints = append(r.refusedPoints, int(f.Point))
		r.Refused = append(r.Refused, Refused{Kind: "population point", ID: r.pointName(int(f.Point)), Metres: f.Metres, Reason: f.Reason.String()})
	}
	return w, nil
}

// streetCheck says what the street graph is made of.
func streetCheck(g walk.Report) county.Check {
	var barred []string
	for _, b := range g.Barred {
		barred = append(barred, fmt.Sprintf("%s %d", b.Reason, b.Ways))
	}
	const most = 0.9 // of the nodes
	return county.Check{Title: "Nearly all streets hang together", Ran: true,
		Passed: float64(g.Largest) >= most*float64(g.Nodes),
		Detail: fmt.Sprintf("%d of %d ways can be walked, %.0f km; %d of %d junctions in one piece, %d islands (%.1f km) never joined to; %d nodes missing from the file; ways not walked%s",
			g.Ways, g.Read(), g.Metres/1000, g.Largest, g.Nodes, g.Islands, g.IslandKm, g.Missing, firstFew(barred))}
}

// pointName names a population point: its postcode, else its area and place.
func (r *Results) pointName(i int) string {
	p := r.County.Points[i]
	if p.ID != "" {
		return p.ID
	}
	return fmt.Sprintf("%s at %.0f, %.0f", r.County.Areas[p.Area].Code, p.At[0], p.At[1])
}

func (w *onStreets) worker(profile int) (timer, error) {
	return &streetTimer{w.profiles[profile].Worker()}, nil
}

type streetTimer struct{ w *reach.Worker }

func (t *streetTimer) times(at geo.Grid, _ int) ([]reach.Time, error) {
	times, _, err := t.w.Times(at)
	return times, err
}

func (t *streetTimer) outlines(at geo.Grid, _ int, minutes []float64) ([]orb.MultiPolygon, error) {
	return t.w.Outlines(at, minutes)
}
