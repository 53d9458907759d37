package cbc_test

import (
	"context"
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/cbc"
	"hubreach/internal/realdata"
)

// solver returns the exact solver, or skips the test and says so.
func solver(t testing.TB) optimise.Solver {
	t.Helper()
	s, err := cbc.Find()
	if err != nil {
		t.Skip(err)
	}
	return s
}

// sanFrancisco is the store data of pysal/spopt: 16 candidate sites, 205 demand
// points. Pairs further apart than limit, in metres, are out of reach.
func sanFrancisco(t testing.TB, model optimise.Model, limit float64) *optimise.Problem {
	t.Helper()
	p := &optimise.Problem{Model: model}
	site, demand := map[string]int32{}, map[string]int{}
	for _, r := range realdata.Rows(t, "facility_location/SF_store_site_16_longlat.csv") {
		site[r["NAME"]] = int32(len(p.Sites))
		p.Sites = append(p.Sites, optimise.Site{ID: r["NAME"], District: -1})
	}
	for _, r := range realdata.Rows(t, "facility_location/SF_demand_205_centroid_uniform_weight.csv") {
		demand[r["NAME"]] = len(p.Demands)
		w, err := strconv.ParseFloat(r["POP2000"], 64)
		if err != nil {
			t.Fatal(err)
		}
		p.Demands = append(p.Demands, optimise.Demand{Weight: w, Reach: make([]optimise.Reach, 0, len(p.Sites))})
	}
	near := make([]map[int32]float64, len(p.Demands))
	for _, r := range realdata.Rows(t, "facility_location/SF_network_distance_candidateStore_16_censusTract_205_new.csv") {
		d, err := strconv.ParseFloat(r["distance"], 64)
		if err != nil {
			t.Fatal(err)
		}
		i, ok := demand[r["DestinationName"]]
		if !ok {
			t.Fatalf("no demand %q", r["DestinationName"])
		}
		if near[i] == nil {
			near[i] = map[int32]float64{}
		}
		near[i][site[r["name"]]] = d
		p.Longest = max(p.Longest, d)
	}
	for i := range p.Demands {
		for s := range p.Sites {
			if d, ok := near[i][int32(s)]; ok && d <= limit {
				p.Demands[i].Reach = append(p.Demands[i].Reach, optimise.Reach{Site: int32(s), Time: d})
			}
		}
	}
	return p
}

type knownOptima struct {
	Results struct {
		PMedian struct {
			Objective float64 `json:"objective_weighted_distance"`
			Open      []string
		} `json:"p_median_p4"`
		PCenter struct {
			Objective float64 `json:"objective_max_distance"`
			Open      []string
		} `json:"p_center_p4"`
		MCLP struct {
			Covered float64 `json:"covered_weight"`
			Open    []string
		} `json:"mclp_p4_s5000"`
		LSCP struct {
			Fewest float64 `json:"minimum_facilities"`
		} `json:"lscp_s5000"`
	}
}

// The known optima were found by full enumeration. Each is reproduced, proven,
// and, p-center and fewest sites apart, where sets tie, with the same sites.
func TestSanFranciscoKnownOptima(t *testing.T) {
	s := solver(t)
	text := realdata.Bytes(t, "facility_location/SF_known_optima.json")
	var known knownOptima
	if err := json.Unmarshal(text, &known); err != nil {
		t.Fatal(err)
	}
	r := known.Results
	for _, tt := range []struct {
		model optimise.Model
		limit float64 // metres
		keep  int
		want  float64
		open  []string
	}{
		{optimise.PMedian, math.Inf(1), 4, r.PMedian.Objective, r.PMedian.Open},
		{optimise.PCenter, math.Inf(1), 4, r.PCenter.Objective, nil},
		{optimise.MaximalCovering, 5000, 4, r.MCLP.Covered, r.MCLP.Open},
		{optimise.FewestSites, 5000, 0, r.LSCP.Fewest, nil},
	} {
		t.Run(string(tt.model), func(t *testing.T) {
			p := sanFrancisco(t, tt.model, tt.limit)
			p.Rules.Keep = tt.keep
			for _, tier := range []optimise.Tier{optimise.Live, optimise.Certified, optimise.Proven} {
				a, err := optimise.Solve(context.Background(), p, tier, optimise.Env{Solver: s})
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%s: value %v bound %v gap %.4f %s %q", tier, a.Value, a.Bound, a.Gap(), a.Solver, a.Says)
				if a.Tier != tier {
					t.Errorf("%s: tier %s: %s", tier, a.Tier, a.Says)
				}
				if p.Model.Better(a.Value, a.Bound) && math.Abs(a.Value-a.Bound) > 1e-9*a.Value {
					t.Errorf("%s: value %v is better than its bound %v", tier, a.Value, a.Bound)
				}
				if tier == optimise.Live {
					continue
				}
				const tolerance = 1e-12 // relative: the sums are of 205 products
				if math.Abs(a.Value-tt.want) > tolerance*tt.want {
					t.Errorf("%s: value %v, want %v", tier, a.Value, tt.want)
				}
				if tt.open == nil {
					continue
				}
				got := map[string]bool{}
				for _, i := range a.Open {
					got[p.Sites[i].ID] = true
				}
				for _, id := range tt.open {
					if !got[id] || len(got) != len(tt.open) {
						t.Errorf("%s: open %v, want %v", tier, got, tt.open)
					}
				}
			}
		})
	}
}
