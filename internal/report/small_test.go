package report_test

import (
	"math"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// square returns a square of 1 km whose south-west corner is east and north of
// a point in Maidstone by so many kilometres, with a hole of 100 m if asked for.
func square(east, north float64, hole bool) orb.MultiPolygon {
	x, y := 575_000+east*1000, 155_000+north*1000
	p := orb.Polygon{{{x, y}, {x + 1000, y}, {x + 1000, y + 1000}, {x, y + 1000}, {x, y}}}
	if hole {
		p = append(p, orb.Ring{{x + 400, y + 400}, {x + 400, y + 500}, {x + 500, y + 500}, {x + 500, y + 400}, {x + 400, y + 400}})
	}
	return orb.MultiPolygon{p}
}

// aged returns residents: some aged 5, some aged 12, some aged 40.
func aged(children, youths, adults float64) county.Ages {
	var a county.Ages
	a[5], a[12], a[40] = children, youths, adults
	return a
}

// smallCounty has three areas in a row, west to east: Anglebury 001A and 001B,
// which touch, and Casterbridge 002A. Aged 0-19 are 100, 300 and 100.
func smallCounty() *county.County {
	return &county.County{
		Districts:   []county.District{{Code: "E07000001", Name: "Anglebury"}, {Code: "E07000002", Name: "Casterbridge"}},
		Settlements: []county.Settlement{{ID: "B1", Name: "Anglebury"}},
		Areas: []county.Area{
			{Code: "E01000001", Name: "Anglebury 001A", District: "E07000001", Settlement: "B1", RuralUrban: "UN1", SettlementFrom: county.Measured, RuralUrbanFrom: county.Carried, Shape: square(0, 0, false), Residents: aged(60, 40, 900), People: county.Measured},
			{Code: "E01000002", Name: "Anglebury 001B", District: "E07000001", Settlement: "B1", RuralUrban: "UN1", Shape: square(1, 0, true), Residents: aged(200, 100, 1200), People: county.Carried},
			{Code: "E01000003", Name: "Casterbridge 002A", District: "E07000002", RuralUrban: "RSN1", Rural: true, Shape: square(2.5, 0, false), Residents: aged(50, 50, 400), People: county.Estimated},
		},
		Neighbours: [][]int{{1}, {0}, {}},
		Points: []county.Point{
			{Area: 0, At: geo.Grid{575_500, 155_500}, Share: 1},
			{Area: 1, At: geo.Grid{576_200, 155_500}, Share: 0.5},
			{Area: 1, At: geo.Grid{576_800, 155_500}, Share: 0.5},
			{Area: 2, At: geo.Grid{578_000, 155_500}, Share: 1},
		},
		Sites: []county.Site{
			{ID: "castle", Name: "Castle Street, Hub", Kind: "hub", Postcode: "ME14 1XX", At: geo.Grid{575_400, 155_400}, Area: 0, District: "E07000001", Settlement: "B1", YouthSpace: county.Yes,
				Cost: county.Cost{Running: county.Value{Number: 40_000, Basis: county.Measured}, Staffing: county.Value{Number: 60_000.5, Basis: county.Measured}}},
			{ID: "quarry", Name: "Quarry \"Wood\" Centre", Kind: "children's centre", At: geo.Grid{576_100, 155_400}, Area: 1, District: "E07000001", Settlement: "B1", YouthSpace: county.No},
		},
		Venues: []county.Venue{{ID: "library", Name: "Library & Archive <old>", Kind: "library", At: geo.Grid{576_500, 155_500}, Area: 1}},
	}
}

// small is a finished study of smallCounty, made up by hand. Both sites are open
// under "all", which covers 100 + 150 + 0 of 500 people; "one-hub" keeps castle
// alone and covers 100. In need are 50 + 60 + 20 = 130.
func small() *study.Results {
	nan := math.NaN()
	c := smallCounty()
	r := &study.Results{
		Spec: study.Spec{
			Name: "anglebury", Title: "Anglebury and Casterbridge", Baseline: "all",
			Inputs: []study.Input{{Role: "boundaries", File: "areas.geojson"}},
			Need:   study.Need{Weights: map[string]float64{"imd": 2, "crime": 1}, Rate: []string{"idaci"}, Decile: "imd"},
			Walk:   study.Walk{Minutes: 20, LimitMinutes: 60, Outlines: []float64{20}, Profiles: []study.Profile{{Name: "adult", SpeedKmh: 4.8}}},
		},
		Fingerprint: "5ca1ab1e",
		Inputs: []study.InputUse{
			{Role: "boundaries", Name: "boundaries", File: "areas.geojson", SHA256: "aa", Edition: "2021", Publisher: "ONS", Licence: "OGL v3", Read: 4, Used: 3, Dropped: 1},
			{Role: "population", Name: "mid-2020", File: "/srv/private/people.csv", SHA256: "bb", Edition: "mid-2020; revised", Read: 3, Used: 3},
			{Role: "indicators", Name: "imd", File: "imd.csv", SHA256: "cc", Edition: "2025", Read: 33755, Used: 3},
		},
		Checks: []county.Check{
			{Title: "Every area has a population", Ran: true, Passed: true, Detail: "3 areas"},
			{Title: "Every site lies in the county", Ran: true, Detail: "in the sea: none"},
			{Title: "Every site has a running and a staffing cost", Detail: "not run: no costs table"},
		},
		NotAssessed: []string{"public transport: no timetable, so rural areas are judged on foot alone"},
		County:      c,
		Need: need.Result{Of: 33755, Basis: "weighted mean of transformed ranks", Areas: []need.Area{
			{Score: 61.25, Rank: 1234, Decile: 1, Known: true, DeprivationDecile: 1, Rate: 0.5, RateFrom: "idaci", InNeed: 50},
			{Score: 20.0000004, Rank: 9876, Decile: 3, Known: true, DeprivationDecile: 4, Rate: 0.2, RateFrom: "idaci", InNeed: 60},
			{Rate: 0.2, InNeed: 20},
		}},
		Thresholds: outreach.Params{Minutes: 20, BuildingThreshold: 65, OutreachThreshold: 6.5, UncoveredShare: 0.5, NeedDecile: 3, TownResidents: 5000,
			YouthShare: 0.2, TransitMinutes: 30, VenueMinutes: 15, WeeklyInNeed: 32.5, MonthlyInNeed: 6.5},
		Walk:       study.WalkMethod{Method: "straight_line", Note: "walk: approximate, straight line x 1.3", PointsFrom: "population-weighted centroids"},
		Refused:    []study.Refused{{Kind: "venue", ID: "library", Metres: geo.Unreachable, Reason: "no street near"}},
		Projection: "British National Grid coordinates are within about 1 cm.",
		Scales: []estate.Scale{
			{Criterion: estate.CoveredInNeed, Weight: 2.0 / 3, Hi: 80.0 / 130},
			{Criterion: estate.WalkingTime, Weight: 1.0 / 3, Lo: 60, Hi: 19.05},
		},
		Catchments: []study.Catchment{
			{Site: 0, Profile: "adult", Minutes: 20, Shape: square(0.2, 0.1, true), AreaM2: 990_000, People: 100},
			{Site: 1, Profile: "adult", Minutes: 20, AreaM2: 0, People: 0},
		},
	}
	both := []estate.Status{estate.Hub, estate.CoLocated}
	one := []estate.Status{estate.Hub, estate.OutreachOnly}
	edge := []outreach.Category{outreach.EdgeOfTown, outreach.DetachedYouth}
	rural := []outreach.Category{outreach.Rural}
	target := outreach.Target{ID: "edge_of_town-E01000002", Category: outreach.EdgeOfTown, Place: "Anglebury", District: "E07000001", Areas: []int{1},
		People: 150, InNeed: 30, Youth: 50, Nearest: 1, WalkMin: 21.04, Transit: nan, Frequency: outreach.Monthly, Mode: "targeted group",
		Venue: 0, VenueShare: 0.75, Reason: "Edge of town: 1 area(s)."}
	both2 := target
	both2.Areas, both2.People, both2.Nearest, both2.Venue = []int{0, 1}, 300, 0, -1
	both2.ID, both2.Category = "whole_town-E01000001", outreach.WholeTown
	country := outreach.Target{ID: "rural-E01000003", Category: outreach.Rural, Place: "Casterbridge 002A", District: "E07000002", Areas: []int{2},
		People: 100, InNeed: 20, Youth: 50, Nearest: -1, WalkMin: nan, Transit: nan, Frequency: outreach.Termly, Mode: "joint session with partners",
		Venue: -1, Reason: "Rural: no open hub."}
	r.Options = []study.OptionResult{
		{
			Assessment: &estate.Assessment{
				Option: estate.Option{ID: "all", Name: "All sites open", Status: both},
				Areas: []estate.AreaReach{
					{CoveredShare: 1, Covered: 100, YouthShare: 1, Nearest: 0, WalkMin: 2.3, PushchairMin: 3.04},
					{CoveredShare: 0.5, Covered: 150, Nearest: 1, WalkMin: 21.04, PushchairMin: nan},
					{Nearest: -1, WalkMin: nan, PushchairMin: nan},
				},
				Sites:  []estate.SiteReach{{Reached: 100, ReachedInNeed: 50, OnlyHere: 100, OnlyHereInNeed: 50}, {Reached: 150, ReachedInNeed: 30, OnlyHere: 150, OnlyHereInNeed: 30}},
				People: 500, Covered: 250, InNeed: 130, CoveredInNeed: 80, PeopleDecile1: 100, CoveredDecile1: 100,
				Equity: 0.1234567, MeanWalkMin: 19.05, AnnualCost: 100_000.5, YouthDistricts: []county.DistrictCode{"E07000001"}, YouthStated: true,
			},
			Score:    estate.Score{Option: "all", Rank: 1, Score: 1, Values: []estate.Value{{Raw: 80.0 / 130, Scaled: 1}, {Raw: 19.05, Scaled: 1}}},
			Required: []bool{true, false},
			Outreach: &outreach.Result{
				Areas: []outreach.Area{
					{Reason: "Inside: 100% of residents aged 0-19."},
					{Uncovered: true, Categories: edge, Primary: outreach.EdgeOfTown, Reason: "Outside: 50%, \"half\"."},
					{Uncovered: true, Categories: rural, Primary: outreach.Rural, Reason: "Outside: 100%."},
				},
				Targets: []outreach.Target{target, country},
			},
		},
		{
			Assessment: &estate.Assessment{
				Option: estate.Option{ID: "one-hub", Name: "Castle Street alone", About: "the smallest estate", Status: one},
				Areas: []estate.AreaReach{
					{CoveredShare: 1, Covered: 100, YouthShare: 1, Nearest: 0, WalkMin: 2.3, PushchairMin: 3.04},
					{Nearest: 0, WalkMin: 33.333, PushchairMin: 44.44},
					{Nearest: -1, WalkMin: nan, PushchairMin: nan},
				},
				Sites:  []estate.SiteReach{{Reached: 100, ReachedInNeed: 50, OnlyHere: 100, OnlyHereInNeed: 50}, {}},
				People: 500, Covered: 100, InNeed: 130, CoveredInNeed: 50, PeopleDecile1: 100, CoveredDecile1: 100,
				Equity: -0.0000001, MeanWalkMin: 32.46, AnnualCost: 100_000.5, Costed: true, YouthDistricts: []county.DistrictCode{"E07000001"}, YouthStated: true,
			},
			Score:    estate.Score{Option: "one-hub", Rank: 2, Score: 0.6408, Values: []estate.Value{{Raw: 50.0 / 130, Scaled: 0.625}, {Raw: 32.46, Scaled: 0.672527}}},
			Required: []bool{true, false},
			Outreach: &outreach.Result{
				Areas: []outreach.Area{
					{Reason: "Inside: 100% of residents aged 0-19."},
					{Uncovered: true, Categories: edge, Primary: outreach.EdgeOfTown, Reason: "Outside: 100%."},
					{Uncovered: true, Categories: rural, Primary: outreach.Rural, Reason: "Outside: 100%."},
				},
				Towns:   []outreach.Town{{Settlement: "B1", Name: "Anglebury", Residents: 2500, People: 400, CoveredShare: 0.25, InNeedOutside: 66, Warrants: true, Crosses: true}},
				Targets: []outreach.Target{both2, country},
			},
			Losers: []estate.LoserRow{
				{Dimension: "county", Group: "aged 0-19", People: 500, Before: 250, After: 100, Lost: 150, ExtraMin: 12.345},
				{Dimension: "age", Group: "5-10", People: 310, Before: 160, After: 60, Lost: 100, ExtraMin: 12.3},
				{Dimension: "decile", Group: "4", People: 300, Before: 150, After: 0, Lost: 150, ExtraMin: 12.3},
				{Dimension: "district", Group: "E07000001", People: 400, Before: 250, After: 100, Lost: 150, ExtraMin: 12.3},
				{Dimension: "district", Group: "E07000002", People: 100},
			},
		},
	}
	return r
}
