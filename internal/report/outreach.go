package report

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
	"hubreach/internal/county"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// targetRow is one target area under one option.
type targetRow struct {
	r      *study.Results
	option *study.OptionResult
	outreach.Target
	plan   *outreach.Plan
	detail outreach.Detail
	moved  int           // thresholds that would change one of its areas by moving a tenth
	ways   [][]study.Way // by hub and window
}

// targetsTable is outreach.csv: one row per option and target area. People are
// those out of reach, but for detached youth, which counts everybody. The
// columns of the venue are empty for detached youth, and where no known venue
// is within reach. The age columns share out people_0_19. A hub's walk is empty
// where it is longer than walks are looked for; its straight line, in
// kilometres, is that from the middle of the target's people; its transit_min is
// that of the deciding window, and its windows say, for each window, the minutes
// of half and of nine in ten departures, the usable departures an hour, the last
// ride home and the share who can be there and back. fewest_venue_ids
// are the fewest that reach four fifths of those in need. stops are population
// points (postcodes, where points have them), route the order in which detached
// youth workers walk past them the shortest way, and youth_place_ids venues for
// young people, whoever runs them. near_threshold says what small change would
// move areas of the target. date_of_data lists the editions of the study's population
// and deprivation inputs.
func targetsTable(r *study.Results) table[targetRow] {
	dates := editions(r.Inputs, "population", "indicators")
	work := shape.NewWorker()
	return table[targetRow]{
		name: "outreach", about: "Target areas for outreach under every option; filter by option_id", kind: "MULTIPOLYGON",
		place: func(t targetRow) (orb.Geometry, error) { return t.ground(work) },
		rows: func(yield func(targetRow) bool) {
			for k := range r.Options {
				for t := range targetRowsOf(r, k) {
					if !yield(t) {
						return
					}
				}
			}
		},
		columns: append([]column[targetRow]{
			{"option_id", sqlText, func(t targetRow) value { return text(t.option.Option.ID) }},
			{"target_id", sqlText, func(t targetRow) value { return text(t.ID) }},
			{"category", sqlText, func(t targetRow) value { return text(t.Category) }},
			{"place", sqlText, func(t targetRow) value { return text(t.Place) }},
			{"district_code", sqlText, func(t targetRow) value { return text(t.District) }},
			{"area_codes", sqlText, func(t targetRow) value { return joined(t.codes()) }},
			{"people_0_19", sqlReal, func(t targetRow) value { return people(t.People) }},
			{"in_need_0_19", sqlReal, func(t targetRow) value { return people(t.InNeed) }},
			{"youth_10_19", sqlReal, func(t targetRow) value { return people(t.Youth) }},
			{"walk_min", sqlReal, func(t targetRow) value { return minutes(t.WalkMin).when(t.People > 0) }},
			{"transit_min", sqlReal, func(t targetRow) value { return minutes(t.Transit) }},
			{"frequency", sqlText, func(t targetRow) value { return text(t.Frequency) }},
			{"mode", sqlText, func(t targetRow) value { return text(t.Mode) }},
			{"venue_id", sqlText, func(t targetRow) value { return text(t.venue().ID) }},
			{"venue_name", sqlText, func(t targetRow) value { return text(t.venue().Name) }},
			{"venue_reach_share", sqlReal, func(t targetRow) value { return ratio(t.VenueShare).when(t.Venue >= 0) }},
			{"reason", sqlText, func(t targetRow) value { return text(t.Reason) }},

			{"sessions_per_year", sqlReal, func(t targetRow) value { return people(t.Frequency.PerYear()) }},
			{"nearest_site_id", sqlText, func(t targetRow) value { return siteID(t.r.County, t.Nearest) }},
			{"nearest_site_name", sqlText, func(t targetRow) value { return siteName(t.r.County, t.Nearest) }},
			{"date_of_data", sqlText, func(targetRow) value { return dates }},
			{"walk", sqlText, func(o targetRow) value { return text(walkBasis(o.r)) }},
		}, planColumns()...),
	}
}

// targetRowsOf yields the targets of option k.
func targetRowsOf(r *study.Results, k int) iter.Seq[targetRow] {
	return func(yield func(targetRow) bool) {
		plan := r.Plan(k)
		for x, t := range r.Options[k].Outreach.Targets {
			row := targetRow{r: r, option: &r.Options[k], Target: t, plan: plan, detail: plan.Details[x]}
			for _, m := range plan.Moves {
				if slices.ContainsFunc(row.codes(), func(c county.AreaCode) bool { return slices.Contains(m.Codes, c) }) {
					row.moved++
				}
			}
			for _, h := range row.detail.Hubs {
				row.ways = append(row.ways, r.TargetWays(k, &row.Target, h))
			}
			if !yield(row) {
				return
			}
		}
	}
}

// near counts the areas of the target that are near a threshold.
func (t targetRow) near() int {
	n := 0
	for _, i := range t.Areas {
		if t.plan.Flips[i].Close() {
			n++
		}
	}
	return n
}

// windows says how hub n is reached in every window, "weekday, adult: 34.5 min
// (90%: 41.0), 2.0 an hour, last home 19:42, there and back 85%".
func (t targetRow) windows(n int) value {
	var parts []string
	for k, w := range t.ways[n] {
		window := &t.r.Transit.Windows[k]
		if w.Share == 0 {
			parts = append(parts, fmt.Sprintf("%s, %s: no journey", window.Name, window.Profile))
			continue
		}
		parts = append(parts, fmt.Sprintf("%s, %s: %s min (90%%: %s), %s an hour, last home %s, there and back %s", window.Name, window.Profile,
			orNone(minutes(w.Median)), orNone(minutes(w.P90)), orNone(real(w.PerHour, 1, true)), orNone(clock(w.LastHome)), percent(ratio(w.RoundTrip))))
	}
	return joined(parts)
}

// orNone returns the text of a value, "none" for one that is not known.
func orNone(v value) string {
	if v.kind == unknown {
		return "none"
	}
	return v.text
}

// planColumns are the columns that the plan adds to a target.
func planColumns() []column[targetRow] {
	var out []column[targetRow]
	for b, band := range outreach.Bands {
		out = append(out, column[targetRow]{"age_" + strings.ReplaceAll(band.Name, "-", "_"), sqlReal, func(t targetRow) value { return people(t.detail.Ages[b]) }})
	}
	for n := range 2 {
		hub := func(of func(targetRow, outreach.Hub) value) func(targetRow) value {
			return func(t targetRow) value {
				if n >= len(t.detail.Hubs) {
					return value{}
				}
				return of(t, t.detail.Hubs[n])
			}
		}
		prefix := fmt.Sprintf("hub_%d_", n+1)
		out = append(out,
			column[targetRow]{prefix + "id", sqlText, hub(func(t targetRow, h outreach.Hub) value { return siteID(t.r.County, h.Site) })},
			column[targetRow]{prefix + "name", sqlText, hub(func(t targetRow, h outreach.Hub) value { return siteName(t.r.County, h.Site) })},
			column[targetRow]{prefix + "walk_min", sqlReal, hub(func(_ targetRow, h outreach.Hub) value { return minutes(h.WalkMin) })},
			column[targetRow]{prefix + "transit_min", sqlReal, hub(func(_ targetRow, h outreach.Hub) value { return minutes(h.TransitMin) })},
			column[targetRow]{prefix + "windows", sqlText, hub(func(t targetRow, _ outreach.Hub) value { return t.windows(n) })},
			column[targetRow]{prefix + "line_km", sqlReal, hub(func(_ targetRow, h outreach.Hub) value { return real(float64(h.Line)/1000, 1, false) })})
	}
	return append(out,
		column[targetRow]{"wanted_frequency", sqlText, func(t targetRow) value { return text(t.detail.Wanted) }},
		column[targetRow]{"venue_ids", sqlText, func(t targetRow) value { return t.venueIDs(reachedVenues(t.detail.Venues)) }},
		column[targetRow]{"fewest_venue_ids", sqlText, func(t targetRow) value { return t.venueIDs(t.detail.Fewest) }},
		column[targetRow]{"fewest_reach_share", sqlReal, func(t targetRow) value { return ratio(t.detail.FewestShare).when(len(t.detail.Fewest) > 0) }},
		column[targetRow]{"fewest_proven", sqlFlag, func(t targetRow) value { return flag(t.detail.Exact).when(len(t.detail.Fewest) > 0) }},
		column[targetRow]{"stops", sqlText, func(t targetRow) value { return joined(t.stops()) }},
		column[targetRow]{"route", sqlText, func(t targetRow) value { return joined(t.route()) }},
		column[targetRow]{"route_km", sqlReal, func(t targetRow) value {
			return real(float64(t.detail.RouteLine)/1000, 1, false).when(len(t.detail.Route) > 0)
		}},
		column[targetRow]{"youth_place_ids", sqlText, func(t targetRow) value { return t.venueIDs(reachedVenues(t.detail.Youth)) }},
		column[targetRow]{"near_threshold", sqlText, func(t targetRow) value { return text(t.plan.Nearby(t.r.County, t.Target, 3)) }},
		column[targetRow]{"near_areas", sqlWhole, func(t targetRow) value { return count(t.near()) }},
		column[targetRow]{"flips", sqlWhole, func(t targetRow) value { return count(t.moved) }},
	)
}

// reachedVenues returns the positions of venues.
func reachedVenues(vs []outreach.VenueReach) []int {
	var out []int
	for _, v := range vs {
		out = append(out, v.Venue)
	}
	return out
}

func (t targetRow) venueIDs(venues []int) value {
	var ids []county.SiteID
	for _, v := range venues {
		ids = append(ids, t.r.County.Venues[v].ID)
	}
	return joined(ids)
}

// stops names the target's stops: by postcode, else by place on the grid.
func (t targetRow) stops() []string {
	var out []string
	for _, s := range t.detail.Stops {
		p := t.r.County.Points[s.Point]
		name := p.ID
		if name == "" {
			name = fmt.Sprintf("%.0f %.0f", p.At[0], p.At[1])
		}
		out = append(out, name)
	}
	return out
}

// route names the stops in the order of a walk past all of them; none for one.
func (t targetRow) route() []string {
	var names []string
	stops := t.stops()
	for _, k := range t.detail.Route {
		names = append(names, stops[k])
	}
	return names
}

func (t targetRow) codes() []county.AreaCode {
	codes := make([]county.AreaCode, len(t.Areas))
	for i, a := range t.Areas {
		codes[i] = t.r.County.Areas[a].Code
	}
	return codes
}

// venue returns the target's venue, an empty one when it has none.
func (t targetRow) venue() county.Venue {
	if t.Venue < 0 {
		return county.Venue{}
	}
	return t.r.County.Venues[t.Venue]
}

// ground returns the areas of the target as one.
func (t targetRow) ground(work *shape.Worker) (orb.MultiPolygon, error) {
	var areas []orb.MultiPolygon
	for _, a := range t.Areas {
		areas = append(areas, t.r.County.Areas[a].Shape)
	}
	m, err := work.Union(areas...)
	if err != nil {
		return nil, fmt.Errorf("target %s of option %s: %w", t.ID, t.option.Option.ID, err)
	}
	return m, nil
}

// siteName returns the name of site i, unknown for -1.
func siteName(c *county.County, i int) value {
	if i < 0 {
		return value{}
	}
	return text(c.Sites[i].Name)
}

// editions lists the editions of the inputs of some roles, each once.
func editions(inputs []study.InputUse, roles ...string) value {
	var found []string
	for _, in := range inputs {
		if in.Edition != "" && slices.Contains(roles, in.Role) && !slices.Contains(found, in.Edition) {
			found = append(found, in.Edition)
		}
	}
	return joined(found)
}
