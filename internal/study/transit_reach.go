package study

import (
	"hubreach/internal/reach"
	"hubreach/internal/source"
)

// TransitReach is what public transport adds to an option in one window: who
// reaches how many open hubs within the study's transit minutes on foot only,
// and with it. A walk is a journey, so Both is never less than OnFoot.
type TransitReach struct {
	Window
	Profile string
	Date    source.Date
	Trips   int // of that date that serve the county
	Minutes float64
	OnFoot  Within
	Both    Within
	// RoundTrip is the share of residents aged 0-19 who can go to an open hub and
	// back by public transport or on foot, with the study's stay between.
	RoundTrip float64
}

// TransitReach tables an option by window, those of the deciding profile first;
// nil when public transport was not assessed. An unknown position panics.
func (r *Results) TransitReach(option int) []TransitReach {
	if r.Transit == nil {
		return nil
	}
	open := make([]bool, len(r.County.Sites))
	for i, s := range r.Options[option].Option.Status {
		open[i] = s.Open()
	}
	minutes := r.Spec.Outreach.TransitMinutes
	onFoot := map[string]Within{}
	var out []TransitReach
	for k := range r.Transit.Windows {
		w := &r.Transit.Windows[k]
		if _, ok := onFoot[w.Profile]; !ok {
			onFoot[w.Profile] = OnFoot(r.County, r.walksOf(w.Profile), open, minutes)
		}
		round := within(r.County, func(p int) int {
			if j, ok := w.nearestJourney(p, open); ok && j.RoundTrip {
				return 1
			}
			return 0
		})
		out = append(out, TransitReach{Window: w.Window, Profile: w.Profile, Date: w.Date, Trips: w.Trips, Minutes: minutes,
			OnFoot: onFoot[w.Profile], Both: w.Within(r.County, open, minutes), RoundTrip: round.Share})
	}
	return out
}

// walksOf returns the walks of a profile; none when they were not kept.
func (r *Results) walksOf(profile string) *reach.Matrix {
	if m := r.walks[profile]; m != nil {
		return m
	}
	return reach.NewMatrix(len(r.County.Points), nil)
}
