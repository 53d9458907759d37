package tile_test

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

// rectangle is a piece of ground east and north of a point in Maidstone, in
// metres.
func rectangle(east, north, wide, tall float64) orb.MultiPolygon {
	x, y := 575_000+east, 155_000+north
	return orb.MultiPolygon{{{{x, y}, {x + wide, y}, {x + wide, y + tall}, {x, y + tall}, {x, y}}}}
}

// small is a study of three areas by hand: Anglebury 001A and 001B, squares of
// 1 km that touch, and between their northern ends 001C, a yard of 20 m that
// only a near map can show. The hub castle is open under both options, quarry
// under "all" alone.
func small() *study.Results {
	nan := math.NaN()
	var young county.Ages
	young[5] = 100
	west := rectangle(0, 0, 1000, 1000)
	west[0][0] = orb.Ring{west[0][0][0], west[0][0][1], {576_000, 155_980}, {575_980, 155_980}, {575_980, 156_000}, west[0][0][3], west[0][0][0]}
	c := &county.County{
		Districts: []county.District{{Code: "E07000001", Name: "Anglebury"}}, Settlements: []county.Settlement{{ID: "B1", Name: "Anglebury"}},
		Areas: []county.Area{
			{Code: "E01000001", Name: "Anglebury 001A", District: "E07000001", Settlement: "B1", Shape: west, Residents: young, People: county.Measured},
			{Code: "E01000002", Name: "Anglebury 001B", District: "E07000001", Shape: rectangle(1000, 0, 1000, 1000), Residents: young, People: county.Carried},
			{Code: "E01000003", Name: "Anglebury 001C", District: "E07000001", Shape: rectangle(980, 980, 20, 20)},
		},
		Sites: []county.Site{
			{ID: "castle", Name: "Castle Street", Kind: "hub", At: geo.Grid{575_400, 155_400}, District: "E07000001", YouthSpace: county.Yes},
			{ID: "quarry", Name: "Quarry Wood", At: geo.Grid{576_600, 155_400}, Area: 1, District: "E07000001"},
		},
		Venues: []county.Venue{{ID: "library", Name: "Library"}},
	}
	option := func(id estate.OptionID, second estate.Status, share float64, found outreach.Area, targets ...outreach.Target) study.OptionResult {
		return study.OptionResult{
			Assessment: &estate.Assessment{
				Option: estate.Option{ID: id, Status: []estate.Status{estate.Hub, second}},
				Areas:  []estate.AreaReach{{CoveredShare: 1, WalkMin: 5.25}, {CoveredShare: share, WalkMin: 21.04}, {WalkMin: nan}},
				Sites:  []estate.SiteReach{{Reached: 100}, {Reached: 100 * share}},
			},
			Required: []bool{true, false},
			Outreach: &outreach.Result{Areas: []outreach.Area{{}, found, {}}, Targets: targets},
		}
	}
	edge := outreach.Area{Uncovered: true, Primary: outreach.EdgeOfTown}
	target := outreach.Target{ID: "edge_of_town-E01000002", Category: outreach.EdgeOfTown, Place: "Anglebury", District: "E07000001", Areas: []int{1, 2},
		People: 100, InNeed: 20, Youth: 30, WalkMin: 21.04, Transit: nan, Frequency: outreach.Monthly, Venue: 0}
	return &study.Results{
		Spec: study.Spec{Name: "anglebury", Title: "Anglebury"}, Fingerprint: "5ca1ab1e", County: c,
		Inputs: []study.InputUse{{Publisher: "ONS", Licence: "OGL v3"}, {Publisher: "ONS", Licence: "OGL v3"}},
		Need: need.Result{Areas: []need.Area{
			{Rank: 1234, Decile: 1, Known: true, DeprivationDecile: 1, InNeed: 50}, {Rank: 9876, Decile: 3, Known: true, InNeed: 20}, {},
		}},
		Options:    []study.OptionResult{option("all", estate.CoLocated, 0.6666667, outreach.Area{}), option("one-hub", estate.Closed, 0, edge, target)},
		Catchments: []study.Catchment{{Site: 0, Profile: "adult", Minutes: 20, Shape: rectangle(200, 200, 600, 500), AreaM2: 300_000, People: 90}, {Site: 1, Profile: "adult", Minutes: 20}},
		Lines: []study.StreetLine{
			{ID: 7, Highway: "primary", Name: "Castle Street", Line: orb.LineString{{575_000, 155_400}, {577_000, 155_400}}},
			{ID: 8, Highway: "footway", Line: orb.LineString{{575_400, 155_400}, {575_400, 155_700}}},
			{ID: 9, Highway: "construction", Line: orb.LineString{{575_000, 155_900}, {577_000, 155_900}}},
		},
	}
}
