package api

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hubreach/internal/county"
	"hubreach/internal/outreach"
)

// addMoves says how near a target is to being another, and of what year it is.
func (s *Snapshot) addMoves(row *Target, t outreach.Target, plan *outreach.Plan) {
	for _, i := range t.Areas {
		if plan.Flips[i].Close() {
			row.NearAreas++
		}
	}
	for _, m := range plan.Moves {
		if slices.ContainsFunc(row.Areas, func(a county.AreaCode) bool { return slices.Contains(m.Codes, a) }) {
			row.Flips++
		}
	}
	var editions []string
	for _, in := range s.Results.Inputs {
		about := in.Role == "population" || in.Role == "indicators"
		if about && in.Edition != "" && !slices.Contains(editions, in.Edition) {
			editions = append(editions, in.Edition)
		}
	}
	row.Dated = Text(strings.Join(editions, ";"))
}

// addHubs says which open hubs are nearest, and who lives there.
func (s *Snapshot) addHubs(row *Target, k int, t outreach.Target, d outreach.Detail) {
	row.Age0To4, row.Age5To10, row.Age11To15, row.Age16To19 = People(d.Ages[0]), People(d.Ages[1]), People(d.Ages[2]), People(d.Ages[3])
	row.Hub1Windows, row.Hub2Windows = []string{}, []string{}
	row.Hub1Walk, row.Hub1Transit, row.Hub1Line = Minutes(NotKnown), Minutes(NotKnown), Kilometres(NotKnown)
	row.Hub2Walk, row.Hub2Transit, row.Hub2Line = Minutes(NotKnown), Minutes(NotKnown), Kilometres(NotKnown)
	for n, h := range d.Hubs {
		site := &s.Results.County.Sites[h.Site]
		id, name, walk, ride, line := Text(site.ID), Text(site.Name), Minutes(h.WalkMin), Minutes(h.TransitMin), Kilometres(h.Line/1000)
		switch windows := s.windows(k, t, h); n {
		case 0:
			row.Hub1, row.Hub1Name, row.Hub1Walk, row.Hub1Transit, row.Hub1Line, row.Hub1Windows = id, name, walk, ride, line, windows
		case 1:
			row.Hub2, row.Hub2Name, row.Hub2Walk, row.Hub2Transit, row.Hub2Line, row.Hub2Windows = id, name, walk, ride, line, windows
		}
	}
}

// windows says how a hub is reached in every window, as outreach.csv does:
// "weekday, adult: 34.5 min (90%: 41.0), 2.0 an hour, last home 19:42, there and back 85%".
func (s *Snapshot) windows(k int, t outreach.Target, h outreach.Hub) []string {
	out := []string{}
	for n, w := range s.Results.TargetWays(k, &t, h) {
		window := &s.Results.Transit.Windows[n]
		if w.Share == 0 {
			out = append(out, fmt.Sprintf("%s, %s: no journey", window.Name, window.Profile))
			continue
		}
		none := func(text string) string { return cmp.Or(text, "none") }
		back := "-"
		if number(w.RoundTrip, 0, false) != "" {
			back = fmt.Sprintf("%.0f%%", w.RoundTrip*100)
		}
		out = append(out, fmt.Sprintf("%s, %s: %s min (90%%: %s), %s an hour, last home %s, there and back %s", window.Name, window.Profile,
			none(Minutes(w.Median).cell()), none(Minutes(w.P90).cell()), none(number(w.PerHour, 1, true)), none(string(clock(w.LastHome))), back))
	}
	return out
}

// addPlaces says where to meet and where to stop.
func (s *Snapshot) addPlaces(row *Target, d outreach.Detail) {
	c := s.Results.County
	row.Fewest, row.YouthPlaces, row.Stops, row.Route = []county.SiteID{}, []county.SiteID{}, []string{}, []string{}
	for _, v := range d.Fewest {
		row.Fewest = append(row.Fewest, c.Venues[v].ID)
	}
	for _, v := range d.Youth {
		row.YouthPlaces = append(row.YouthPlaces, c.Venues[v.Venue].ID)
	}
	for _, stop := range d.Stops {
		p := &c.Points[stop.Point]
		row.Stops = append(row.Stops, cmp.Or(p.ID, fmt.Sprintf("%.0f %.0f", p.At[0], p.At[1])))
	}
	for _, stop := range d.Route {
		row.Route = append(row.Route, row.Stops[stop])
	}
	row.FewestShare, row.Proven = known[Ratio](d.FewestShare, len(d.Fewest) > 0), flag(d.Exact, len(d.Fewest) > 0)
	row.RouteLength = known[Kilometres](float64(d.RouteLine)/1000, len(d.Route) > 0)
}
