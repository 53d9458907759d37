package estate_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/estate"
)

func TestDefaultSpace(t *testing.T) {
	for service, want := range map[string]estate.Space{
		"Home learning environment": estate.NoSpace, "Community outreach": estate.NoSpace, "Digital offer": estate.NoSpace, "Detached youth work": estate.NoSpace,
		"Parenthood preparation": estate.AnySpace, "Information and advice": estate.AnySpace, "Something else": estate.AnySpace,
		"Infant feeding": estate.UnderFives, "Stay and play": estate.UnderFives, "Groups for young parents": estate.UnderFives,
		"Perinatal mental health": estate.PrivateRoom, "Health visiting clinics": estate.PrivateRoom, "Support for parental conflict": estate.PrivateRoom,
		"Support for special educational needs": estate.PrivateRoom, "Money and housing advice": estate.PrivateRoom,
		"Youth sessions in buildings": estate.YouthRoom,
	} {
		if got := estate.DefaultSpace(service); got != want {
			t.Errorf("DefaultSpace(%q) = %s, want %s", service, got, want)
		}
	}
}

// fte is a service delivered with staff.
func fte(name string, needs estate.Space, n float64) estate.Service {
	return estate.Service{Name: name, Needs: needs, Delivered: true, StaffFTE: county.Value{Number: n, Basis: county.Measured}}
}

// buildings is a county of two districts with three sites: a and b in D, c in E.
func buildings() *county.County {
	pounds := func(n float64) county.Cost {
		return county.Cost{Staffing: county.Value{Number: n, Basis: county.Measured}}
	}
	return &county.County{
		Districts: []county.District{{Code: "D", Name: "Dale"}, {Code: "E", Name: "East"}},
		Sites: []county.Site{
			{ID: "a", District: "D", YouthSpace: county.Yes, Cost: pounds(100), Attributes: map[string]string{"under_fives": "no", "private_room": "yes", "annual_hours": "1,000"}},
			{ID: "b", District: "D", YouthSpace: county.No, Cost: pounds(50), Attributes: map[string]string{"under_fives": "yes", "annual_hours": "500"}},
			{ID: "c", District: "E", YouthSpace: county.No, Cost: pounds(80), Attributes: map[string]string{"under_fives": "yes", "private_room": "yes"}},
		},
	}
}

func TestCombine(t *testing.T) {
	c := buildings()
	services := []estate.ServiceOption{
		{ID: "A", Name: "Basic", Services: []estate.Service{fte("Advice", estate.AnySpace, 5), {Name: "Play", Needs: estate.UnderFives}}},
		{ID: "B", Name: "Full", Services: []estate.Service{fte("Advice", estate.AnySpace, 5), fte("Play", estate.UnderFives, 4), fte("Youth", estate.YouthRoom, 1), fte("Outreach", estate.NoSpace, 0)}},
		{ID: "C", Name: "Private", Services: []estate.Service{fte("Clinic", estate.PrivateRoom, 5)}},
	}
	options := []estate.Option{estate.Keep(c, "all", "All", []int{0, 1, 2}), estate.Keep(c, "one", "One each", []int{1, 2}), estate.Keep(c, "west", "Dale only", []int{0})}
	options[1].Name, options[2].Name = "One each", "Dale only"
	all := estate.Combine(c, services, options, 0)
	if len(all) != 9 {
		t.Fatalf("%d combinations, want 3 x 3", len(all))
	}
	for _, tt := range []struct {
		at       int
		want     county.Tri
		staffing float64
		change   float64
		says     string
	}{
		// Basic has half of the fullest option's staff: half of 230 pounds.
		{0, county.Yes, 115, 0, "every service can be delivered in every district"},
		{1, county.Yes, 65, -50, "-50 beside the baseline"},
		{2, county.No, 50, -65, "Advice (has no open site: East)"},
		{3, county.No, 230, 0, "Youth (has no open site with a youth space: East)"},
		{4, county.No, 130, -100, "Youth (has no open site with a youth space: Dale, East)"},
		// Whether b has a private room is not stated; a has one, while it is open.
		{6, county.Yes, 115, 0, "every service"},
		{7, county.NotStated, 65, -50, "Clinic (no open site says it has a private room: Dale)"},
		{8, county.No, 50, -65, "Clinic (has no open site with a private room: East)"},
	} {
		x := all[tt.at]
		if x.Deliverable != tt.want || x.Staffing != tt.staffing || x.Change != tt.change || !x.StaffKnown || !strings.Contains(x.Words, tt.says) {
			t.Errorf("combination %d: %v, %v pounds, %+v, %q; want %v, %v, %+v and %q", tt.at, x.Deliverable, x.Staffing, x.Change, x.Words, tt.want, tt.staffing, tt.change, tt.says)
		}
	}
	if all[2].Hours != 1000 || !all[2].HoursKnown || all[0].HoursKnown {
		t.Errorf("hours %v, known %v and %v; want 1,000 of site a, and not known for all three", all[2].Hours, all[2].HoursKnown, all[0].HoursKnown)
	}
}

// V22: at equal hours a site more never lowers the staffing cost, and never makes
// a service undeliverable.
func TestMoreSitesNeverLowerStaffing(t *testing.T) {
	answers := []string{"yes", "no", ""}
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 9))
		c := buildings()
		for n := range 6 {
			c.Sites = append(c.Sites, county.Site{District: c.Districts[n%2].Code, YouthSpace: county.Tri(r.IntN(3)),
				Cost:       county.Cost{Staffing: county.Value{Number: float64(r.IntN(100)), Basis: county.Measured}},
				Attributes: map[string]string{"under_fives": answers[r.IntN(3)], "private_room": answers[r.IntN(3)]}})
		}
		few := subset(r, len(c.Sites))
		more := append(few[:len(few):len(few)], r.IntN(len(c.Sites)))
		s := []estate.ServiceOption{{Services: []estate.Service{fte("x", estate.Spaces[1+r.IntN(4)], 2), fte("y", estate.Spaces[1+r.IntN(4)], float64(r.IntN(3)))}}}
		got := estate.Combine(c, s, []estate.Option{estate.Keep(c, "few", "", few), estate.Keep(c, "more", "", more)}, 0)
		if got[1].Staffing < got[0].Staffing || got[1].Change < 0 || got[0].Deliverable == county.Yes && got[1].Deliverable != county.Yes {
			t.Fatalf("seed %d: a site more takes %+v to %+v", seed, got[0], got[1])
		}
	}
}
