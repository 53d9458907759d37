package outreach_test

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"hubreach/internal/outreach"
)

// What flips are told by holds exactly when the rules' steps do.
func TestConditionsAreTheRules(t *testing.T) {
	for seed := range uint64(seeds) {
		in, _ := random(seed)
		holding := outreach.Holding(in, params())
		for i, a := range outreach.Classify(in, params()).Areas {
			if !slices.Equal(holding[i], a.Categories) {
				t.Fatalf("seed %d: area %d is %v, its conditions say %v", seed, i, a.Categories, holding[i])
			}
		}
	}
}

func TestFlip(t *testing.T) {
	edge := patch{town: "T1", young: 100, inNeed: 5, decile: 1, class: "UN1", walk: 25}
	for _, tc := range []struct {
		name   string
		patch  patch
		change func(*outreach.Input, *outreach.Params)
		want   outreach.Flip
	}{
		{"outside by 25%", edge, func(in *outreach.Input, _ *outreach.Params) { in.Open[0] = true },
			outreach.Flip{Category: outreach.EdgeOfTown, Margin: 0.25, Words: "Would no longer be edge of town if the typical walk to its nearest open hub, 25 minutes, were 5.0 minutes shorter."}},
		{"inside by 5%", patch{town: "T1", young: 100, inNeed: 5, covered: 1, decile: 1, class: "UN1", walk: 19}, func(in *outreach.Input, _ *outreach.Params) { in.Open[0] = true },
			outreach.Flip{Category: outreach.EdgeOfTown, Enters: true, Margin: 0.05, Words: "Would be edge of town if the typical walk to its nearest open hub, 19 minutes, were 1.0 minutes longer."}},
		// Of 1,000 ranks the last of decile 3 is 300.
		{"need just under the deciles", patch{town: "T1", young: 100, inNeed: 5, decile: 4, class: "UN1", walk: 40}, func(in *outreach.Input, _ *outreach.Params) {
			in.Open[0] = true
			in.Need.Of, in.Need.Areas[0].Rank = 1000, 303
		}, outreach.Flip{Category: outreach.EdgeOfTown, Enters: true, Margin: 0.01, Words: "Would be edge of town if its need ranked 300 or worse (1 is the most in need), not 303."}},
		// U is 10: 9 in need, 1 more.
		{"rural, people in need just under U", patch{young: 100, inNeed: 9, decile: 9, class: "RSN1", walk: 40}, nil,
			outreach.Flip{Category: outreach.Rural, Enters: true, Margin: 0.1, Words: "Would be rural if fewer than 5 more people in need were out of reach here."}},
		{"rural, exactly U", patch{young: 100, inNeed: 10, decile: 9, class: "RSN1", walk: 40}, nil,
			outreach.Flip{Category: outreach.Rural, Margin: 0, Words: "Would no longer be rural if fewer than 5 fewer people in need were out of reach here."}},
		{"rural, 20 over U by three times", patch{young: 100, inNeed: 30, decile: 9, class: "RSN1", walk: 100}, nil,
			outreach.Flip{Category: outreach.Rural, Margin: 2, Words: "Would no longer be rural if 21 fewer people in need were out of reach here."}},
		{"rural, near a hub by bus", patch{young: 100, inNeed: 30, decile: 9, class: "RSN1", walk: 60}, func(in *outreach.Input, _ *outreach.Params) { in.Transit = []float64{29.7} },
			outreach.Flip{Category: outreach.Rural, Enters: true, Margin: 0.01, Words: "Would be rural if the way to a hub by public transport, 29.7 minutes, were 0.3 minutes longer."}},
		// 5,000 residents make a town: 4,900 and 10 young need 90 more.
		{"town too small", patch{town: "T2", young: 20, adults: 4890, inNeed: 15, decile: 9, class: "UN1", walk: 50}, nil,
			outreach.Flip{Category: outreach.WholeTown, Enters: true, Margin: 0.018, Words: "Would be whole town if 90 more residents lived in Town T2."}},
		{"nothing decides alone", patch{town: "T2", young: 100, inNeed: 5, decile: 9, class: "UN1", walk: 50}, nil, outreach.Flip{Margin: math.NaN()}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := input(tc.patch)
			p := params()
			p.YouthShare = 0
			if tc.change != nil {
				tc.change(&in, &p)
			}
			in.Need.Areas[0].Youth = 0 // never detached youth
			_, got := plan(in, p)
			f := got.Flips[0]
			check(t, "margin", f.Margin, tc.want.Margin)
			f.Margin, tc.want.Margin = 0, 0
			if f != tc.want {
				t.Errorf("flip %+v, want %+v", f, tc.want)
			}
		})
	}
}

func TestClose(t *testing.T) {
	for _, tc := range []struct {
		margin float64
		want   bool
	}{{0, true}, {outreach.CloseMargin, true}, {0.1001, false}, {math.NaN(), false}} {
		if got := (outreach.Flip{Margin: tc.margin}).Close(); got != tc.want {
			t.Errorf("Flip with margin %v: Close = %t, want %t", tc.margin, got, tc.want)
		}
	}
}

// The target names the nearest of its areas, with the area.
func TestNearby(t *testing.T) {
	in := input(
		patch{town: "T1", young: 100, inNeed: 5, decile: 1, class: "UN1", walk: 21.5},
		patch{town: "T1", young: 100, inNeed: 5, decile: 1, class: "UN1", walk: 20.5},
		patch{town: "T1", young: 100, inNeed: 5, decile: 1, class: "UN1", walk: 40},
	)
	in.Open[0] = true
	p := params()
	p.YouthShare = 0
	r, got := plan(in, p)
	if got.Details[0].Near != 1 {
		t.Errorf("nearest area %d, want 1, half a minute from the limit", got.Details[0].Near)
	}
	want := "Area 1: Would no longer be edge of town if the typical walk to its nearest open hub, 20.5 minutes, were 0.5 minutes shorter. " +
		"Area 0: Would no longer be edge of town if the typical walk to its nearest open hub, 22 minutes, were 1.5 minutes shorter."
	if text := got.Nearby(in.County, r.Targets[0], 3); text != want {
		t.Errorf("near: %s\nwant: %s", text, want)
	}
}

func TestMoves(t *testing.T) {
	// U is 10. With 9.5 in need it takes a tenth less, with 10.5 a tenth more
	// takes it away.
	in := input(
		patch{young: 100, inNeed: 9.5, decile: 9, class: "RSN1", walk: 40},
		patch{young: 100, inNeed: 10.5, decile: 9, class: "RSN1", walk: 40},
		patch{young: 100, inNeed: 50, decile: 9, class: "RSN1", walk: 21, covered: 0},
	)
	in.Open[0] = true
	hubs(&in, []float64{40}, []float64{40}, []float64{21})
	p := params()
	p.YouthShare = 0
	_, got := plan(in, p)
	type counts struct{ entered, left, changed int }
	want := map[string]counts{"outreach_threshold 9": {1, 0, 0}, "outreach_threshold 11": {0, 1, 0}, "minutes 22": {0, 1, 0}}
	tried := map[string]bool{}
	for _, m := range got.Moves {
		name := m.Threshold + " " + trim(m.To)
		tried[name] = true
		if c := (counts{m.Entered, m.Left, m.Changed}); c != want[name] {
			t.Errorf("%s: %+v, want %+v", name, c, want[name])
		}
		if m.Areas() != len(m.Codes) {
			t.Errorf("%s: %d areas, and codes %v", name, m.Areas(), m.Codes)
		}
		if math.Abs(m.To/m.From-1) < 0.0999 || math.Abs(m.To/m.From-1) > 0.1001 {
			t.Errorf("%s: from %g, want a tenth", name, m.From)
		}
	}
	for _, name := range []string{"minutes 18", "minutes 22", "building_threshold 90", "building_threshold 110", "outreach_threshold 9", "town_residents 4500"} {
		if !tried[name] {
			t.Errorf("%s was not tried, of %v", name, tried)
		}
	}
	if tried["transit_minutes 27"] {
		t.Error("public transport was not assessed, and its threshold was moved")
	}
}

func trim(f float64) string { return strconv.FormatFloat(math.Round(f*1000)/1000, 'f', -1, 64) }
