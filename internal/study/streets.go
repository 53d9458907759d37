package study

import (
	"fmt"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// onStreets measures walks along streets.
type onStreets struct{ profiles []*reach.Streets }

// streets builds the graph and links the population points to it.
func (r *Results) streets(l *loaded, points []geo.Grid, env Env) (walker, error) {
	s := r.Spec.Walk
	params := walk.DefaultParams()
	params.SnapLimit = geo.Metres(s.SnapLimitM)
	params.IslandNodes = s.IslandNodes
	params.Profiles = nil
	for _, p := range s.Profiles {
		params.Profiles = append(params.Profiles, walk.Profile(p))
	}
	env.Progress("build the street graph", 0, 1)
	g, err := walk.Build(*l.streets, l.projection, params)
	if err != nil {
		return nil, err
	}
	report := g.Report()
	for _, in := range r.Spec.Inputs {
		if in.Role == "streets" {
			l.use(in.Name, len(l.streets.Ways), report.Ways, len(l.streets.Ways)-report.Ways)
		}
	}
	r.Streets = &report
	r.Checks = append(r.Checks, streetCheck(report, len(l.streets.Ways)))
	env.Progress("build the street graph", 1, 1)
	find := reach.Params{LimitMinutes: s.LimitMinutes, Direction: walk.Towards}
	if s.Direction == "from_hub" {
		find.Direction = walk.From
	}
	w := &onStreets{}
	for i, p := range s.Profiles {
		env.Progress("link people to the streets", i, len(s.Profiles))
		var linked *reach.Streets
		if i == 0 {
			linked, err = reach.NewStreets(g, p.Name, points, find)
		} else {
			linked, err = w.profiles[0].With(p.Name, find)
		}
		if err != nil {
			return nil, fmt.Errorf("profile %s: %w", p.Name, err)
		}
		w.profiles = append(w.profiles, linked)
	}
	for _, f := range w.profiles[0].Refused() {
		r.refusedPoints = append(r.refusedPoints, int(f.Point))
		r.Refused = append(r.Refused, Refused{Kind: "population point", ID: r.pointName(int(f.Point)), Metres: f.Metres, Reason: f.Reason.String()})
	}
	env.Progress("link people to the streets", len(s.Profiles), len(s.Profiles))
	return w, nil
}

// streetCheck says what the street graph is made of.
func streetCheck(g walk.Report, ways int) county.Check {
	var barred []string
	for _, b := range g.Barred {
		barred = append(barred, fmt.Sprintf("%s %d", b.Reason, b.Ways))
	}
	const most = 0.9 // of the nodes
	return county.Check{Title: "Nearly all streets hang together", Ran: true,
		Passed: float64(g.Largest) >= most*float64(g.Nodes),
		Detail: fmt.Sprintf("%d of %d ways can be walked, %.0f km; %d of %d junctions in one piece, %d islands (%.1f km) never joined to; %d nodes missing from the file; ways not walked%s",
			g.Ways, ways, g.Metres/1000, g.Largest, g.Nodes, g.Islands, g.IslandKm, g.Missing, firstFew(barred))}
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
