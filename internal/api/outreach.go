package api

import (
	"context"

	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
)

// Target is a target area for outreach: the columns of outreach.csv.
type Target struct {
	OptionID    estate.OptionID     `json:"option_id"`
	ID          string              `json:"target_id"`
	Category    outreach.Category   `json:"category"`
	Place       string              `json:"place"`
	District    county.DistrictCode `json:"district_code"`
	Areas       []county.AreaCode   `json:"area_codes" nullable:"false"`
	People      People              `json:"people_0_19"`
	InNeed      People              `json:"in_need_0_19"`
	Youth       People              `json:"youth_10_19"`
	WalkMin     Minutes             `json:"walk_min"`
	Transit     Minutes             `json:"transit_min"`
	Frequency   outreach.Frequency  `json:"frequency"`
	Mode        string              `json:"mode"`
	VenueID     Text                `json:"venue_id"`
	VenueName   Text                `json:"venue_name"`
	VenueShare  Ratio               `json:"venue_reach_share"`
	Reason      string              `json:"reason"`
	Sessions    Ratio               `json:"sessions_per_year"`
	Nearest     Text                `json:"nearest_site_id"`
	NearestName Text                `json:"nearest_site_name"`
	Wanted      outreach.Frequency  `json:"wanted_frequency"`
	VenueIDs    []county.SiteID     `json:"venue_ids" nullable:"false"`
	Walk        string              `json:"walk" enum:"streets,approximate"`
	Near        Text                `json:"near_threshold" doc:"what small change would move areas of the target"`
	NearAreas   int                 `json:"near_areas" doc:"areas that a small change would move"`
	Flips       int                 `json:"flips" doc:"thresholds that would change one of its areas by moving a tenth"`
	Dated       Text                `json:"date_of_data" doc:"editions of the population and deprivation inputs"`
	Age0To4     People              `json:"age_0_4"`
	Age5To10    People              `json:"age_5_10"`
	Age11To15   People              `json:"age_11_15"`
	Age16To19   People              `json:"age_16_19"`
	Hub1        Text                `json:"hub_1_id" doc:"the open hub nearest to its people"`
	Hub1Name    Text                `json:"hub_1_name"`
	Hub1Walk    Minutes             `json:"hub_1_walk_min"`
	Hub1Transit Minutes             `json:"hub_1_transit_min"`
	Hub1Windows []string            `json:"hub_1_windows" nullable:"false" doc:"public transport to it, a window each"`
	Hub1Line    Kilometres          `json:"hub_1_line_km" doc:"in a straight line"`
	Hub2        Text                `json:"hub_2_id"`
	Hub2Name    Text                `json:"hub_2_name"`
	Hub2Walk    Minutes             `json:"hub_2_walk_min"`
	Hub2Transit Minutes             `json:"hub_2_transit_min"`
	Hub2Windows []string            `json:"hub_2_windows" nullable:"false"`
	Hub2Line    Kilometres          `json:"hub_2_line_km"`
	Fewest      []county.SiteID     `json:"fewest_venue_ids" nullable:"false" doc:"the fewest that reach four fifths of those in need"`
	FewestShare Ratio               `json:"fewest_reach_share"`
	Proven      *bool               `json:"fewest_proven"`
	Stops       []string            `json:"stops" nullable:"false" doc:"population points to stop at, by postcode where they have one"`
	Route       []string            `json:"route" nullable:"false" doc:"the stops in the order of the shortest walk past them"`
	RouteLength Kilometres          `json:"route_km"`
	YouthPlaces []county.SiteID     `json:"youth_place_ids" nullable:"false"`
}

// OutreachQuery chooses target areas.
type OutreachQuery struct {
	Paging
	Option    string `query:"option" maxLength:"64" doc:"without: the baseline"`
	District  string `query:"district" maxLength:"20" doc:"code of a district"`
	Category  string `query:"category" enum:"edge_of_town,whole_town,rural,detached_youth"`
	Frequency string `query:"frequency" enum:"weekly,monthly,termly,unmet"`
}

func (s *service) outreachResource() {
	list(s, operation("outreach", "/outreach", "Where to send outreach under an option: people, reasons, venue, frequency", "outreach"), true, s.listTargets)
}

func (s *service) listTargets(ctx context.Context, in *OutreachQuery) (listed[Target], error) {
	now := snapshotOf(ctx)
	o, k, err := now.option(in.Option)
	if err != nil {
		return listed[Target]{}, err
	}
	plan := now.Results.Plan(k)
	var rows []Target
	at := map[string][]int{}
	for i, t := range o.Outreach.Targets {
		if in.District != "" && string(t.District) != in.District || in.Category != "" && string(t.Category) != in.Category || in.Frequency != "" && string(t.Frequency) != in.Frequency {
			continue
		}
		at[t.ID] = t.Areas
		rows = append(rows, targetOf(now, k, t, plan, i))
	}
	return listed[Target]{rows, func(t Target) (orb.Geometry, error) {
		ground, err := now.ground()
		var all orb.MultiPolygon
		for _, i := range at[t.ID] {
			all = append(all, ground[i].(orb.MultiPolygon)...)
		}
		return all, err
	}}, nil
}

// targetOf returns target i of option k with what its plan adds.
func targetOf(s *Snapshot, k int, t outreach.Target, plan *outreach.Plan, i int) Target {
	option := s.Results.Options[k].Option.ID
	c, detail := s.Results.County, plan.Details[i]
	row := Target{
		OptionID: option, ID: t.ID, Category: t.Category, Place: t.Place, District: t.District, Areas: []county.AreaCode{},
		People: People(t.People), InNeed: People(t.InNeed), Youth: People(t.Youth), WalkMin: known[Minutes](t.WalkMin, t.People > 0), Transit: Minutes(t.Transit),
		Frequency: t.Frequency, Mode: t.Mode, VenueShare: known[Ratio](t.VenueShare, t.Venue >= 0), Reason: t.Reason, Sessions: Ratio(t.Frequency.PerYear()),
		Nearest: siteIDOf(c.Sites, t.Nearest), Wanted: detail.Wanted, VenueIDs: []county.SiteID{}, Walk: walkBasis(s.Results), Near: Text(plan.Nearby(c, t, 3)),
	}
	for _, a := range t.Areas {
		row.Areas = append(row.Areas, c.Areas[a].Code)
	}
	if t.Nearest >= 0 {
		row.NearestName = Text(c.Sites[t.Nearest].Name)
	}
	if t.Venue >= 0 {
		row.VenueID, row.VenueName = Text(c.Venues[t.Venue].ID), Text(c.Venues[t.Venue].Name)
	}
	for _, v := range detail.Venues {
		row.VenueIDs = append(row.VenueIDs, c.Venues[v.Venue].ID)
	}
	s.addMoves(&row, t, plan)
	s.addHubs(&row, k, t, detail)
	s.addPlaces(&row, detail)
	return row
}
