package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/reach"
	"hubreach/internal/study"
	"hubreach/internal/walk"
)

// Doorstep is every site as reached from one doorstep.
type Doorstep struct {
	Lon         Degrees         `json:"lon"`
	Lat         Degrees         `json:"lat"`
	Postcode    Text            `json:"postcode" doc:"that was asked for"`
	Area        Text            `json:"area_code" doc:"of the nearest population point"`
	AreaName    Text            `json:"area_name"`
	Sites       []SiteFromHere  `json:"sites" nullable:"false" doc:"the nearest on foot first; those that no walk was found to come last, by id"`
	Nearest     []NearestOption `json:"nearest" nullable:"false" doc:"the nearest open site under each option"`
	TransitFrom Text            `json:"transit_from" doc:"the population point that transit_min is from"`
	Notes       []string        `json:"notes" nullable:"false"`
	Walk        string          `json:"walk" enum:"streets,approximate"`
}

// SiteFromHere is one site from a doorstep.
type SiteFromHere struct {
	ID      county.SiteID      `json:"site_id"`
	Name    string             `json:"name"`
	Walks   map[string]Minutes `json:"walk_min" doc:"by profile; null: longer than walks are looked for, or none"`
	Transit Minutes            `json:"transit_min" doc:"by public transport or on foot, the median over departures"`
	Inside  bool               `json:"inside" doc:"the study's first profile walks there within the walk that counts"`
	OpenIn  []estate.OptionID  `json:"open_in" nullable:"false"`
}

// NearestOption is the nearest open site under an option.
type NearestOption struct {
	OptionID estate.OptionID `json:"option_id"`
	Site     Text            `json:"site_id" doc:"null: none was found"`
	Name     Text            `json:"name"`
	WalkMin  Minutes         `json:"walk_min"`
	Inside   bool            `json:"inside"`
}

// near is how far a doorstep may be from a population point and still be told
// that point's journeys by public transport: a few minutes' walk.
const near geo.Metres = 250

type reachOut struct{ Body Doorstep }

func (s *service) reachResource() {
	get(s, operation("reach", "/reach", "One doorstep: minutes to every site, inside or out, and the nearest open site under each option", "reach"), s.getReach)
}

// ReachQuery is a place, or a postcode.
type ReachQuery struct {
	Lon      float64 `query:"lon" minimum:"-180" maximum:"180" doc:"degrees, east positive"`
	Lat      float64 `query:"lat" minimum:"-90" maximum:"90" doc:"degrees, north positive"`
	Postcode string  `query:"postcode" maxLength:"20" doc:"instead of lon and lat"`
}

func (s *service) getReach(ctx context.Context, in *ReachQuery) (*reachOut, error) {
	now := snapshotOf(ctx)
	probe, err := now.probe()
	if err != nil {
		return nil, err
	}
	d, err := now.door(probe, in)
	if err != nil {
		return nil, err
	}
	walks, err := probe.Walks(d.at)
	var snap *walk.SnapError
	if errors.As(err, &snap) {
		d.notes = append(d.notes, "no walk: "+snap.Reason.String())
		walks, err = make([][]reach.Time, len(now.Results.Spec.Walk.Profiles)), nil
	}
	if err != nil {
		return nil, err
	}
	out, err := now.doorstep(d, walks)
	return &reachOut{out}, err
}

// door is a doorstep.
type door struct {
	at       geo.Grid
	lonLat   geo.LonLat
	postcode string
	point    int // the population point that stands for it, -1: none is near
	notes    []string
}

// door finds the place that is asked for.
func (s *Snapshot) door(probe *study.Probe, in *ReachQuery) (door, error) {
	points := s.Results.County.Points
	if in.Postcode != "" {
		i, err := probe.Postcode(in.Postcode)
		if err != nil {
			return door{}, err
		}
		lonLat, err := s.projection.ToLonLat(points[i].At)
		return door{at: points[i].At, lonLat: lonLat, postcode: points[i].ID, point: i}, err
	}
	if in.Lon == 0 && in.Lat == 0 {
		return door{}, fmt.Errorf("%w: want lon and lat, or postcode", errBad)
	}
	d := door{lonLat: geo.LonLat{in.Lon, in.Lat}}
	var err error
	if d.at, err = s.projection.ToGrid(d.lonLat); err != nil {
		return d, fmt.Errorf("%w: %w", errBad, err)
	}
	var far geo.Metres
	if d.point, far = probe.NearestPoint(d.at); far > near {
		d.point = -1
		d.notes = append(d.notes, fmt.Sprintf("nobody is known to live within %.0f m of this place: it may lie outside the county, and public transport is not told", float64(near)))
	}
	return d, nil
}

// doorstep puts walks into rows.
func (s *Snapshot) doorstep(d door, walks [][]reach.Time) (Doorstep, error) {
	r := s.Results
	out := Doorstep{Lon: Degrees(d.lonLat.Lon()), Lat: Degrees(d.lonLat.Lat()), Postcode: Text(d.postcode), Notes: append([]string{}, d.notes...), Walk: walkBasis(r), Nearest: []NearestOption{}}
	if d.point >= 0 {
		area := &r.County.Areas[r.County.Points[d.point].Area]
		out.Area, out.AreaName = Text(area.Code), Text(area.Name)
	}
	rows := make([]SiteFromHere, len(r.County.Sites))
	first := make([]uint32, len(rows))
	for i, site := range r.County.Sites {
		rows[i] = SiteFromHere{ID: site.ID, Name: site.Name, Walks: map[string]Minutes{}, Transit: Minutes(math.NaN()), OpenIn: []estate.OptionID{}}
		first[i] = reach.NoWalk
		for _, p := range r.Spec.Walk.Profiles {
			rows[i].Walks[p.Name] = Minutes(math.NaN())
		}
		for k := range r.Options {
			if r.Options[k].Option.Status[i].Open() {
				rows[i].OpenIn = append(rows[i].OpenIn, r.Options[k].Option.ID)
			}
		}
	}
	for p, times := range walks {
		for _, t := range times {
			rows[t.Point].Walks[r.Spec.Walk.Profiles[p].Name] = Minutes(t.Minutes())
			if p == 0 {
				first[t.Point] = t.Millis
				rows[t.Point].Inside = t.Minutes() <= r.Spec.Walk.Minutes
			}
		}
	}
	if r.Transit != nil && len(r.Transit.Windows) > 0 && d.point >= 0 {
		out.TransitFrom = Text(r.County.Points[d.point].ID)
		byTransit(rows, &r.Transit.Windows[0], d.point)
	}
	for k := range r.Options {
		out.Nearest = append(out.Nearest, nearestOf(&r.Options[k], rows, first))
	}
	out.Sites = byWalk(rows, first)
	return out, nil
}

// byTransit fills in the journeys from a population point.
func byTransit(rows []SiteFromHere, w *study.TransitWindow, point int) {
	for _, j := range w.At(point) {
		if j.Median != reach.NoWalk {
			rows[j.Site].Transit = Minutes(estate.Minutes(j.Median))
		}
	}
}

// nearestOf finds the nearest open site of an option, the first of equals.
func nearestOf(o *study.OptionResult, rows []SiteFromHere, first []uint32) NearestOption {
	out := NearestOption{OptionID: o.Option.ID, WalkMin: Minutes(NotKnown)}
	best := uint32(reach.NoWalk)
	for i, status := range o.Option.Status {
		if status.Open() && first[i] < best {
			best = first[i]
			out.Site, out.Name, out.WalkMin, out.Inside = Text(rows[i].ID), Text(rows[i].Name), Minutes(estate.Minutes(best)), rows[i].Inside
		}
	}
	return out
}

// byWalk puts rows in the order of their walks.
func byWalk(rows []SiteFromHere, first []uint32) []SiteFromHere {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(first[a], first[b]) })
	out := make([]SiteFromHere, len(rows))
	for to, from := range order {
		out[to] = rows[from]
	}
	return out
}
