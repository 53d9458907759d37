package tile_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/study"
	"hubreach/internal/tile"
)

// A name stands where people live: of three postcodes along a bay, with 60, 30 and
// 10 in 100 of the people at 0, 400 and 1000 m east, the mean is 220 m east
// (0.3 x 400 + 0.1 x 1000), and the postcode at 400 m is the nearest to it
// (180 m, against 220 m).
func TestSettlementName(t *testing.T) {
	east := func(m float64) geo.Grid { return geo.Grid{575_000 + m, 155_000} }
	r := small()
	r.County.Areas[1].Settlement = "B2" // has no name
	r.County.Settlements = append(r.County.Settlements, county.Settlement{ID: "B2"})
	r.County.Points = []county.Point{
		{Area: 0, At: east(0), Share: 0.6}, {Area: 0, At: east(400), Share: 0.3}, {Area: 0, At: east(1000), Share: 0.1},
		{Area: 1, At: east(1500), Share: 1}, {Area: 2, At: east(990), Share: 1}, // elsewhere
	}
	named := settlementsOf(t, r, tile.ID{Z: 13, X: 4107, Y: 2732})
	if len(named) != 1 || named[0].Properties["settlement"] != "Anglebury" {
		t.Fatalf("settlements %v, want Anglebury alone: the other has no name", named)
	}
	p, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	at, err := p.ToLonLat(east(400))
	if err != nil {
		t.Fatal(err)
	}
	world := maptile.Fraction(orb.Point(at), 13)
	want := orb.Point{math.Round((world[0] - 4107) * tile.Extent), math.Round((world[1] - 2732) * tile.Extent)}
	if got := named[0].Geometry; got != want {
		t.Errorf("Anglebury stands at %v, want %v", got, want)
	}
}

// settlementsOf returns the names of settlements in a tile of a study.
func settlementsOf(t *testing.T, r *study.Results, id tile.ID) []*geojson.Feature {
	t.Helper()
	s, err := tile.New(r, tile.Params{})
	if err != nil {
		t.Fatal(err)
	}
	body, err := s.Tile(t.Context(), tile.Areas, id, tile.Plain)
	if err != nil {
		t.Fatal(err)
	}
	layers, err := mvt.Unmarshal(body)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range layers {
		if l.Name == "settlements" {
			return l.Features
		}
	}
	return nil
}

// Ranks count residents of all ages, and a settlement with an area that nobody
// counted comes last, without a number.
func TestSettlementRank(t *testing.T) {
	r := small()
	r.County.Settlements = []county.Settlement{{ID: "B1", Name: "Anglebury"}, {ID: "B2", Name: "Melstock"}, {ID: "B3", Name: "Weatherbury"}}
	for i, id := range []county.SettlementID{"B2", "B3", "B1"} { // 001A and 001B have 100 residents, 001C is unknown
		r.County.Areas[i].Settlement = id
	}
	r.County.Areas[1].Residents[80] = 1
	got := map[any][2]any{}
	for _, f := range settlementsOf(t, r, tile.ID{Z: 8, X: 128, Y: 85}) {
		got[f.Properties["settlement"]] = [2]any{f.Properties["rank"], f.Properties["residents"]}
	}
	want := map[any][2]any{"Weatherbury": {1.0, 101.0}, "Melstock": {2.0, 100.0}, "Anglebury": {3.0, nil}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rank and residents (-want +got):\n%s", diff)
	}
}
