package study

import (
	"context"
	"fmt"
	"slices"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/transit"
)

// searched is what the journeys of one profile were found with, kept for places
// that options propose later. It is only read.
type searched struct {
	round   *round
	toSites walker // walks from the stops to places
	toStops walker // walks from places to the stops
}

// extendTransit finds the journeys to the sites from first on, which stand at
// places.
func (r *Results) extendTransit(ctx context.Context, first int, places []geo.Grid) error {
	t := *r.Transit
	t.decides = &decided{}
	t.Windows = slices.Clone(t.Windows)
	next := 0 // window
	for number, s := range t.searched {
		more, err := s.visit(ctx, r, number, first, places)
		if err != nil {
			return fmt.Errorf("public transport to proposed sites: %w", err)
		}
		for k := range s.round.windows {
			t.Windows[next] = t.Windows[next].with(more, k)
			next++
		}
	}
	r.Transit = &t
	r.input.Journeys = t.journeys(r.County, r.Spec.Outreach.TransitMinutes)
	return nil
}

// visit finds the journeys to places, by place and window. number is that of the
// profile among those searched for.
func (s searched) visit(ctx context.Context, r *Results, number, first int, places []geo.Grid) ([][][]pointJourney, error) {
	env := Env{}.withDefaults()
	var legs [2][][]reach.Time
	for i, m := range []walker{s.toSites, s.toStops} {
		found, err := each(ctx, m, 0, places, false, nil, env, "walk between stops and proposed sites")
		if err != nil {
			return nil, err
		}
		legs[i] = found.times
	}
	round := *s.round
	own := *round.legs
	own.toSite, own.fromSite = make([][]transit.Leg, first), make([][]transit.Leg, first)
	own.toSite, own.fromSite = append(own.toSite, legLists(legs[0])...), append(own.fromSite, legLists(legs[1])...)
	round.legs, round.onFoot = &own, r.walksOfSearch(number)
	v := round.visitor()
	more := make([][][]pointJourney, len(places))
	for i := range places {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		more[i] = v.visit(first + i)
	}
	return more, nil
}

// walksOfSearch are the walks of the profile with that number among those that
// journeys are searched for: the first, and the pushchair.
func (r *Results) walksOfSearch(number int) *reach.Matrix {
	if number == 0 {
		return r.measured.sites[0]
	}
	return r.walks[pushchair]
}

// with returns the window with the journeys of window k to more sites, which
// stand behind its own.
func (w TransitWindow) with(more [][][]pointJourney, k int) TransitWindow {
	var added TransitWindow
	added.collect(len(w.start)-1, more, k)
	all := w
	all.start = make([]int32, len(w.start))
	all.journeys = make([]Journey, 0, len(w.journeys)+len(added.journeys))
	for p := range len(w.start) - 1 {
		all.journeys = append(append(all.journeys, w.At(p)...), added.At(p)...)
		all.start[p+1] = int32(len(all.journeys))
	}
	return all
}
