package report

import (
	"fmt"

	"hubreach/internal/study"
	"hubreach/internal/transit"
)

// transitRow is one area under one option in one window.
type transitRow struct {
	r      *study.Results
	option *study.OptionResult
	at     int
	window *study.TransitWindow
	way    study.AreaWay
}

// transitTable is transit.csv: one row per option, window, profile and area; no
// row in a study without a timetable. transit_min and transit_p90_min are
// minutes that half, and nine in ten, of the departures do not exceed, for just
// more than half of the area's people, each to the open site nearest to them;
// site_id is that of most of them. departures_per_hour counts journeys with a
// ride that are best for some departure, last_home is the last moment to leave
// for a ride home (past 24:00 after midnight), and round_trip_share is that of
// the people who can go, stay as long as the study says, and be back.
func transitTable(r *study.Results) table[transitRow] {
	return table[transitRow]{
		name: "transit", about: "Minutes by public transport or on foot to the nearest open site, by option, window, profile and area",
		rows: func(yield func(transitRow) bool) {
			if r.Transit == nil {
				return
			}
			for k := range r.Options {
				open := openOf(&r.Options[k])
				for n := range r.Transit.Windows {
					w := &r.Transit.Windows[n]
					for i, way := range w.AreaWays(r, open) {
						if !yield(transitRow{r, &r.Options[k], i, w, way}) {
							return
						}
					}
				}
			}
		},
		columns: []column[transitRow]{
			{"option_id", sqlText, func(t transitRow) value { return text(t.option.Option.ID) }},
			{"window", sqlText, func(t transitRow) value { return text(t.window.Name) }},
			{"date", sqlText, func(t transitRow) value { return text(t.window.Date.String()) }},
			{"from", sqlText, func(t transitRow) value { return text(t.window.From) }},
			{"to", sqlText, func(t transitRow) value { return text(t.window.To) }},
			{"profile", sqlText, func(t transitRow) value { return text(t.window.Profile) }},
			{"area_code", sqlText, func(t transitRow) value { return text(t.r.County.Areas[t.at].Code) }},
			{"transit_min", sqlReal, func(t transitRow) value { return minutes(t.way.Median) }},
			{"transit_p90_min", sqlReal, func(t transitRow) value { return minutes(t.way.P90) }},
			{"site_id", sqlText, func(t transitRow) value { return siteID(t.r.County, t.way.Site) }},
			{"departures_per_hour", sqlReal, func(t transitRow) value { return real(t.way.PerHour, 2, false) }},
			{"last_home", sqlText, func(t transitRow) value { return clock(t.way.LastHome) }},
			{"round_trip_share", sqlReal, func(t transitRow) value { return ratio(t.way.RoundTrip) }},
			{"reached_share", sqlReal, func(t transitRow) value { return ratio(t.way.Share) }},
			{"walk", sqlText, func(t transitRow) value { return text(walkBasis(t.r)) }},
		},
	}
}

// openOf says which sites an option opens.
func openOf(o *study.OptionResult) []bool {
	open := make([]bool, len(o.Option.Status))
	for i, s := range o.Option.Status {
		open[i] = s.Open()
	}
	return open
}

// clock writes a moment as 19:42, and one after midnight as 24:10; unknown for
// transit.NoTime.
func clock(m transit.Millis) value {
	if m == transit.NoTime {
		return value{}
	}
	const minute = 60_000
	return text(fmt.Sprintf("%02d:%02d", m/minute/60, m/minute%60))
}

// transitPart is one window and profile of an option in summary.json.
type transitPart struct {
	Window  string `json:"window"`
	Day     string `json:"day"`
	Date    string `json:"date"`
	From    string `json:"from"`
	To      string `json:"to"`
	Profile string `json:"profile"`
	Trips   int    `json:"trips"`
	Minutes value  `json:"minutes"`
	// OnFoot and Both are who reaches an open site within Minutes, and how many.
	OnFoot    withinPart `json:"on_foot"`
	Both      withinPart `json:"with_public_transport"`
	RoundTrip value      `json:"round_trip_share_0_19"`
}

type withinPart struct {
	Share value `json:"share_0_19"`
	Hubs  value `json:"mean_hubs"`
}

// transitPartsOf tables option k; null where public transport was not assessed.
func transitPartsOf(r *study.Results, k int) []transitPart {
	var parts []transitPart
	for _, t := range r.TransitReach(k) {
		parts = append(parts, transitPart{
			Window: t.Name, Day: t.Day, Date: t.Date.String(), From: t.From, To: t.To, Profile: t.Profile, Trips: t.Trips, Minutes: ratio(t.Minutes),
			OnFoot: withinPart{ratio(t.OnFoot.Share), real(t.OnFoot.Sites, 3, false)}, Both: withinPart{ratio(t.Both.Share), real(t.Both.Sites, 3, false)},
			RoundTrip: ratio(t.RoundTrip),
		})
	}
	return parts
}

// timetablePart says in summary.json what the timetable is; null without one.
type timetablePart struct {
	Stops    int      `json:"stops"`
	Findings []string `json:"findings"`
	Notes    []string `json:"notes"`
}

func timetablePartOf(r *study.Results) *timetablePart {
	if r.Transit == nil {
		return nil
	}
	return &timetablePart{r.Transit.Stops, append([]string{}, r.Transit.Findings...), append([]string{}, r.Transit.Notes...)}
}
