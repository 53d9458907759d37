package estate

import (
	"fmt"
	"sort"
)

// Criterion is one thing that options are scored on.
type Criterion string

// The criteria. Each option has a value of each, in natural units; the value is
// scaled between fixed anchors to 0 (no building at all) and 1 (a bound that no
// set of the county's sites can beat).
const (
	CoveredInNeed Criterion = "covered_in_need" // share of people in need aged 0-19 within the limit
	Equity        Criterion = "equity"          // Erreygers index of coverage
	WalkingTime   Criterion = "walking_time"    // mean minutes to the nearest open site
	YouthSpace    Criterion = "youth_space"     // share of districts with an open youth space
	Cost          Criterion = "cost"            // pounds a year, running and staffing
)

// DefaultWeights are declared, not derived: a study may set its own.
func DefaultWeights() map[Criterion]float64 {
	return map[Criterion]float64{CoveredInNeed: 0.4, Equity: 0.2, WalkingTime: 0.2, YouthSpace: 0.1, Cost: 0.1}
}

// Scale is one criterion as it is used: its weight after those that cannot be
// assessed were taken out, and its anchors.
type Scale struct {
	Criterion Criterion
	Weight    float64 // the weights in use add up to one
	Lo, Hi    float64 // values that score 0 and 1
}

// Score is an option's place among the others.
type Score struct {
	Option OptionID
	Rank   int     // 1 is best; equal scores share the better rank
	Score  float64 // weighted sum of the scaled values
	Values []Value // one per Scale, in its order
}

// Value is an option's value on one criterion, as measured and scaled.
type Value struct{ Raw, Scaled float64 }

// Scales fixes the anchors from an assessment with every site of the county
// open, which bounds coverage from above and walks from below, and an estate
// without a building. A criterion that cannot be assessed is left out, its
// weight shared by the others, and the reason is among the notes.
func Scales(in Input, all *Assessment, weights map[Criterion]float64) ([]Scale, []string, error) {
	var names []Criterion
	for c := range weights {
		names = append(names, c)
	}
	sort.Slice(names, func(i, j int) bool { return names[i] < names[j] })
	var scales []Scale
	var notes []string
	sum := 0.0
	for _, c := range names {
		s := Scale{Criterion: c, Weight: weights[c]}
		if s.Weight < 0 {
			return nil, nil, fmt.Errorf("score: weight of %s is %g: want 0 or more", c, s.Weight)
		}
		why := ""
		switch c {
		case CoveredInNeed:
			s.Hi = ratio(all.CoveredInNeed, all.InNeed)
		case Equity:
			s.Hi = bestErreygers(equityRows(in, all))
		case WalkingTime:
			s.Lo, s.Hi = Minutes(in.Longest), all.MeanWalkMin
		case YouthSpace:
			s.Hi = ratio(float64(len(all.YouthDistricts)), float64(len(in.County.Districts)))
			if !all.YouthStated {
				why = "no site says whether it has a youth space"
			}
		case Cost:
			s.Lo = all.AnnualCost
			if !all.Costed {
				why = "not every site has a running and a staffing cost"
			}
		default:
			return nil, nil, fmt.Errorf("score: criterion %q: want one of covered_in_need, equity, walking_time, youth_space, cost", c)
		}
		if why == "" && s.Lo == s.Hi {
			why = "no set of the county's sites changes it"
		}
		if why != "" {
			notes = append(notes, fmt.Sprintf("criterion %s: %s", c, why))
			continue
		}
		sum += s.Weight
		scales = append(scales, s)
	}
	for i := range scales {
		if sum > 0 {
			scales[i].Weight /= sum
		}
	}
	return scales, notes, nil
}

// Rank scores options, in the order given. Adding an option never changes the
// score of another.
func Rank(in Input, scales []Scale, options []*Assessment) []Score {
	scores := make([]Score, len(options))
	for i, a := range options {
		s := Score{Option: a.Option.ID}
		for _, scale := range scales {
			raw := rawValue(in, a, scale.Criterion)
			v := Value{Raw: raw, Scaled: (raw - scale.Lo) / (scale.Hi - scale.Lo)}
			s.Values = append(s.Values, v)
			s.Score += scale.Weight * v.Scaled
		}
		scores[i] = s
	}
	for i := range scores {
		scores[i].Rank = 1
		for j := range scores {
			if scores[j].Score > scores[i].Score {
				scores[i].Rank++
			}
		}
	}
	return scores
}

func rawValue(in Input, a *Assessment, c Criterion) float64 {
	switch c {
	case CoveredInNeed:
		return ratio(a.CoveredInNeed, a.InNeed)
	case Equity:
		return a.Equity
	case WalkingTime:
		return a.MeanWalkMin
	case YouthSpace:
		return ratio(float64(len(a.YouthDistricts)), float64(len(in.County.Districts)))
	case Cost:
		return a.AnnualCost
	}
	panic("estate: unknown criterion " + string(c)) // Scales has refused it
}
