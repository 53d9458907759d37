package api

import (
	"context"
	"fmt"

	"hubreach/internal/county"
	"hubreach/internal/outreach"
)

// StaffPlan sets the outreach that an option calls for against what the
// districts can staff.
type StaffPlan struct {
	Districts []DistrictStaff `json:"districts" nullable:"false" doc:"in the county's order"`
	InNeed    Shared          `json:"in_need_0_19" doc:"of the county: people in need aged 0-19 out of reach"`
}

// DistrictStaff is what a district can staff and what it would take.
type DistrictStaff struct {
	Code    county.DistrictCode `json:"district_code"`
	Name    string              `json:"district_name"`
	Staffed Ratio               `json:"staffed_sessions" doc:"a year; null: not stated, and every target has what it calls for"`
	Planned Ratio               `json:"planned_sessions" doc:"a year"`
	Wanted  Ratio               `json:"wanted_sessions" doc:"a year: what the people in need call for"`
	InNeed  Shared              `json:"in_need_0_19" doc:"people in need aged 0-19 out of reach"`
}

// Shared shares out people in need: outside is the sum of the others.
type Shared struct {
	Outside People `json:"outside"`
	Planned People `json:"planned" doc:"in a target area with a session"`
	Unmet   People `json:"unmet" doc:"in a target area for which no session is left"`
	Below   People `json:"below" doc:"where no outreach category applies"`
}

// TargetDetail is a target area with what its plan adds.
type TargetDetail struct {
	Target
	Ages   []AgeBand   `json:"ages" nullable:"false"`
	Hubs   []NearHub   `json:"hubs" nullable:"false" doc:"the open hubs nearest to its people, nearest first"`
	Venues []VenueFrom `json:"venues" nullable:"false" doc:"where to meet, the most reached first"`
	Youth  []VenueFrom `json:"youth_places" nullable:"false" doc:"places for young people in reach, of detached youth work"`
}

// AgeBand counts residents of a target by age.
type AgeBand struct {
	Band   string `json:"band"`
	People People `json:"people"`
}

// NearHub is an open hub and the way to it.
type NearHub struct {
	ID      county.SiteID `json:"site_id"`
	Name    string        `json:"name"`
	WalkMin Minutes       `json:"walk_min"`
	Transit Minutes       `json:"transit_min"`
	Line    Metres        `json:"line_m" doc:"in a straight line"`
}

// VenueFrom is a venue and the people of a target who can walk to it.
type VenueFrom struct {
	ID     county.SiteID `json:"venue_id"`
	Name   string        `json:"name"`
	People People        `json:"people"`
	Share  Ratio         `json:"reach_share"`
	Lon    Degrees       `json:"lon"`
	Lat    Degrees       `json:"lat"`
}

// OutreachOption is the option that a plan is of.
type OutreachOption struct {
	Option string `query:"option" maxLength:"64" doc:"without: the baseline"`
}

func (s *service) outreachPlanResources() {
	get(s, operation("outreach-plan", "/outreach/plan", "Sessions that an option's outreach calls for, against what the districts can staff", "outreach"), s.getStaffPlan)
	get(s, operation("target", "/outreach/targets/{id}", "One target area: people by age, hubs, venues with what each reaches", "outreach"), s.getTarget)
}

type staffOut struct{ Body StaffPlan }

func (s *service) getStaffPlan(ctx context.Context, in *OutreachOption) (*staffOut, error) {
	now := snapshotOf(ctx)
	_, k, err := now.option(in.Option)
	if err != nil {
		return nil, err
	}
	plan := now.Results.Plan(k)
	out := StaffPlan{Districts: []DistrictStaff{}, InNeed: sharedOf(plan.Totals)}
	for _, d := range plan.Districts {
		out.Districts = append(out.Districts, DistrictStaff{d.District, now.Results.County.DistrictName(d.District), Ratio(d.Staffed), Ratio(d.Planned), Ratio(d.Wanted), sharedOf(d.Totals)})
	}
	return &staffOut{out}, nil
}

func sharedOf(t outreach.Totals) Shared {
	return Shared{People(t.Outside), People(t.Planned), People(t.Unmet), People(t.Below)}
}

type targetOut struct{ Body TargetDetail }

func (s *service) getTarget(ctx context.Context, in *struct {
	OutreachOption
	ID string `path:"id" maxLength:"200"`
}) (*targetOut, error) {
	now := snapshotOf(ctx)
	o, k, err := now.option(in.Option)
	if err != nil {
		return nil, err
	}
	for i, t := range o.Outreach.Targets {
		if t.ID == in.ID {
			plan := now.Results.Plan(k)
			out, err := now.targetDetail(targetOf(now, k, t, plan, i), plan.Details[i])
			return &targetOut{out}, err
		}
	}
	return nil, fmt.Errorf("target %.60q: %w: option %s has none of that id; its outreach is another", in.ID, errAbsent, o.Option.ID)
}

// targetDetail puts what a plan says of a target into rows.
func (s *Snapshot) targetDetail(t Target, d outreach.Detail) (TargetDetail, error) {
	out := TargetDetail{Target: t, Ages: []AgeBand{}, Hubs: []NearHub{}}
	for i, band := range outreach.Bands {
		out.Ages = append(out.Ages, AgeBand{band.Name, People(d.Ages[i])})
	}
	for _, h := range d.Hubs {
		site := &s.Results.County.Sites[h.Site]
		out.Hubs = append(out.Hubs, NearHub{site.ID, site.Name, Minutes(h.WalkMin), Minutes(h.TransitMin), Metres(h.Line)})
	}
	var err error
	if out.Venues, err = s.venuesOf(d.Venues); err != nil {
		return out, err
	}
	out.Youth, err = s.venuesOf(d.Youth)
	return out, err
}

func (s *Snapshot) venuesOf(reached []outreach.VenueReach) ([]VenueFrom, error) {
	out := []VenueFrom{}
	for _, v := range reached {
		venue := &s.Results.County.Venues[v.Venue]
		at, err := s.projection.ToLonLat(venue.At)
		if err != nil {
			return nil, err
		}
		out = append(out, VenueFrom{venue.ID, venue.Name, People(v.People), Ratio(v.Share), Degrees(at.Lon()), Degrees(at.Lat())})
	}
	return out, nil
}
