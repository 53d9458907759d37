package need

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// score gives every area its score, rank and decile of need.
func (a *assessor) score(weights map[string]float64) error {
	if len(weights) == 0 {
		a.byPopulation()
		return nil
	}
	ids, err := a.usable("need", weights)
	if err != nil {
		return err
	}
	scores, partial := a.index(ids, weights)
	a.twice(ids)
	a.basis(ids)
	missing, known := 0, 0
	for _, s := range scores {
		if math.IsNaN(s) {
			missing++
		} else {
			known++
		}
	}
	if a.r.Local {
		a.r.Of = known
	}
	within := ranks(scores)
	for i, s := range scores {
		if math.IsNaN(s) {
			continue
		}
		rank := whole(RankOf(s, a.r.Of))
		if a.r.Local {
			rank = float64(within[i])
		}
		r := &a.r.Areas[i]
		r.Known, r.Score, r.Rank, r.Decile = true, s, int(math.Round(rank)), decile(rank, a.r.Of)
	}
	if partial > 0 {
		a.note("need score: some of the indicators are missing in %s; the others stand in there", areas(partial))
	}
	if missing > 0 {
		a.note("need score: %s none of the indicators, so need is not known there", have(missing))
	}
	return nil
}

// have writes "1 area has" or "2 areas have".
func have(n int) string {
	if n == 1 {
		return "1 area has"
	}
	return areas(n) + " have"
}

// usable returns the indicators with a weight, sorted. what names the index in
// an error.
func (a *assessor) usable(what string, weights map[string]float64) ([]string, error) {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(weights)) {
		w := weights[id]
		switch {
		case !(w >= 0) || math.IsInf(w, 1):
			return nil, fmt.Errorf("%s: weight of %s is %g: want 0 or more", what, id, w)
		case w == 0:
			continue
		case a.county.Indicators[a.at[id]].Of == 0:
			return nil, fmt.Errorf("%s: indicator %q has no rank: give its rank column and how many areas it counts, or a value column", what, id)
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("%s: every weight is 0: want more than 0 for one indicator at least, or no weights", what)
	}
	return ids, nil
}

// index returns the weighted mean of the transformed ranks, NaN for an area
// that has none. An indicator without a value for an area is left out there,
// and the other weights are scaled up; partial counts the areas where that is so.
func (a *assessor) index(ids []string, weights map[string]float64) (scores []float64, partial int) {
	type term struct {
		at, of int
		weight float64
	}
	terms := make([]term, len(ids))
	for k, id := range ids {
		terms[k] = term{a.at[id], a.county.Indicators[a.at[id]].Of, weights[id]}
	}
	scores = make([]float64, len(a.county.Areas))
	for i := range a.county.Areas {
		measures := a.county.Areas[i].Measures
		sum, total, used := 0.0, 0.0, 0
		for _, t := range terms {
			if rank := measures[t.at].Rank; rank.Known() {
				sum += t.weight * Transform(rank.Number, t.of)
				total += t.weight
				used++
			}
		}
		scores[i] = math.NaN()
		if used > 0 {
			scores[i] = sum / total
		}
		if used > 0 && used < len(terms) {
			partial++
		}
	}
	return scores, partial
}

// basis says what the rank counts. With one indicator that has no national
// rank there is no national rank of the score either: the areas are then ranked
// among themselves.
func (a *assessor) basis(ids []string) {
	var local []string
	var editions []int
	for _, id := range ids {
		ind := a.county.Indicators[a.at[id]]
		if ind.Local {
			local = append(local, id)
			continue
		}
		if !slices.Contains(editions, ind.Of) {
			editions = append(editions, ind.Of)
		}
		a.r.Of = max(a.r.Of, ind.Of)
	}
	how := "transformed rank of " + ids[0]
	if len(ids) > 1 {
		how = "weighted mean of the transformed ranks of " + strings.Join(ids, ", ")
	}
	if len(local) > 0 {
		a.r.Local = true
		a.r.Basis = how + "; ranked within the county, no national rank"
		a.note("need rank: no national rank, because %s is ranked within the county only; decile 1 is the county's own worst tenth", strings.Join(local, ", "))
		return
	}
	a.r.Basis = fmt.Sprintf("%s; the rank is the one that this score has among %d areas", how, a.r.Of)
	if len(editions) > 1 {
		slices.Sort(editions)
		a.note("need rank: the indicators' ranks count different numbers of areas (%s): editions that were not made to be compared", numbers(editions))
	}
}

func numbers(ns []int) string {
	texts := make([]string, len(ns))
	for i, n := range ns {
		texts[i] = fmt.Sprint(n)
	}
	return strings.Join(texts, ", ")
}

// contains lists, by the usual id of an index, the ids of those that are part
// of it. Source: English Indices of Deprivation, research report, the domains
// of the Index of Multiple Deprivation and their sub-domains and supplements.
var contains = map[string][]string{
	"imd": {"income", "employment", "education", "health", "crime", "barriers", "living_environment", "idaci", "idaopi",
		"children_education", "adult_skills", "geographical_barriers", "wider_barriers", "indoors", "outdoors"},
	"income":             {"idaci", "idaopi"},
	"education":          {"children_education", "adult_skills"},
	"barriers":           {"geographical_barriers", "wider_barriers"},
	"living_environment": {"indoors", "outdoors"},
}

// distances are the indices that count the way to shops, schools and doctors.
var distances = []string{"imd", "barriers", "geographical_barriers"}

// twice notes what the weights count twice.
func (a *assessor) twice(ids []string) {
	for _, id := range ids {
		var parts []string
		for _, part := range contains[id] {
			if slices.Contains(ids, part) {
				parts = append(parts, part)
			}
		}
		if len(parts) > 0 {
			a.note("need score: %s already contains %s, which the weights therefore count twice", id, strings.Join(parts, ", "))
		}
	}
	for _, id := range distances {
		if slices.Contains(ids, id) {
			a.note("need score: %s contains distance to services, which the walks count again", id)
			return
		}
	}
}

// byPopulation ranks areas by the share of their residents aged 0-19.
func (a *assessor) byPopulation() {
	r := &a.r
	r.PopulationOnly, r.Local, r.Of = true, true, len(a.county.Areas)
	r.Basis = "population alone: ranked within the county by the share of residents aged 0-19; no deprivation indicator was given"
	share := make([]float64, len(a.county.Areas))
	for i := range a.county.Areas {
		residents := &a.county.Areas[i].Residents
		if all := residents.Total(); all > 0 {
			share[i] = residents.Between(0, 19) / all
		}
	}
	for i, rank := range ranks(share) {
		r.Areas[i] = Area{Known: true, Rank: rank, Score: Transform(float64(rank), r.Of), Decile: decile(float64(rank), r.Of)}
	}
	a.note("deprivation: no indicator given, need is told from population alone")
}
