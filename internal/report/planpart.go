package report

import (
	"math"

	"hubreach/internal/county"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// planPart is the outreach plan of an option in summary.json. People are those in
// need aged 0-19 who live out of reach: planned, unmet and below add up to
// outside, but for rounding.
type planPart struct {
	Outside   value          `json:"in_need_outside"`
	Planned   value          `json:"in_need_planned"`
	Unmet     value          `json:"in_need_unmet"`
	Below     value          `json:"in_need_no_category"`
	Building  value          `json:"of_those_building_warranted"`
	Mostly    value          `json:"of_those_in_areas_mostly_inside"`
	Sessions  sessionsPart   `json:"sessions_per_year"`
	Districts []staffPart    `json:"districts"`
	NearAreas int            `json:"areas_near_a_threshold"`
	Moves     []movePart     `json:"moves"`
	Frequency map[string]int `json:"targets_by_frequency"`
}

// sessionsPart counts sessions of a year; Staffed is null where a district does
// not say what it staffs.
type sessionsPart struct {
	Staffed value `json:"staffed"`
	Planned value `json:"planned"`
	Wanted  value `json:"wanted"`
}

// staffPart is the plan of one district. The next session is one more a week.
type staffPart struct {
	Code          county.DistrictCode `json:"code"`
	Sessions      sessionsPart        `json:"sessions_per_year"`
	Planned       value               `json:"in_need_planned"`
	Unmet         value               `json:"in_need_unmet"`
	NextReaches   value               `json:"one_more_weekly_session_reaches"`
	NextOftener   value               `json:"one_more_oftener_in_need"`
	NextTargets   value               `json:"one_more_new_targets"`
	NextMoreOften value               `json:"one_more_oftener_targets"`
}

// movePart says what a tenth less or more on one threshold moves, in areas.
type movePart struct {
	Threshold string `json:"threshold"`
	Unit      string `json:"unit"`
	From      value  `json:"from"`
	To        value  `json:"to"`
	Entered   int    `json:"areas_entered"`
	Left      int    `json:"areas_left"`
	Changed   int    `json:"areas_changed"`
}

// planPartOf returns the plan of option k.
func planPartOf(r *study.Results, k int) planPart {
	plan := r.Plan(k)
	t := plan.Totals
	p := planPart{
		Outside: people(t.Outside), Planned: people(t.Planned), Unmet: people(t.Unmet), Below: people(t.Below), Building: people(t.Building), Mostly: people(t.Mostly),
		Districts: []staffPart{}, Moves: []movePart{}, Frequency: map[string]int{},
	}
	var staffed, planned, wanted float64
	for _, d := range plan.Districts {
		staffed, planned, wanted = staffed+d.Staffed, planned+d.Planned, wanted+d.Wanted
		stated := !math.IsNaN(d.Staffed)
		p.Districts = append(p.Districts, staffPart{d.District, sessionsPart{people(d.Staffed), people(d.Planned), people(d.Wanted)},
			people(d.Totals.Planned), people(d.Unmet), people(d.Next.Reached).when(stated), people(d.Next.OftenerInNeed).when(stated),
			count(d.Next.Targets).when(stated), count(d.Next.Oftener).when(stated)})
	}
	p.Sessions = sessionsPart{people(staffed), people(planned), people(wanted)}
	for _, f := range plan.Flips {
		if f.Close() {
			p.NearAreas++
		}
	}
	for _, m := range plan.Moves {
		p.Moves = append(p.Moves, movePart{m.Threshold, m.Unit, ratio(m.From), ratio(m.To), m.Entered, m.Left, m.Changed})
	}
	for _, f := range []outreach.Frequency{outreach.Weekly, outreach.Monthly, outreach.Termly, outreach.Unmet} {
		p.Frequency[string(f)] = 0
	}
	for _, target := range r.Options[k].Outreach.Targets {
		p.Frequency[string(target.Frequency)]++
	}
	return p
}
