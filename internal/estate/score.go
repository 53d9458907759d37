package estate

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Criterion is one thing that options are scored on.
type Criterion string

// The criteria. Each option has a value of each, in natural units; the value is
// scaled between fixed anchors to 0 (no building at all) and 1 (a bound that no
// set of the county's sites can beat).
const (
	CoveredInNeed Criterion = "covered_in_need"  // share of people in need aged 0-19 within the limit
	Equity        Criterion = "equity"           // Erreygers index of coverage
	WalkingTime   Criterion = "walking_time"     // mean minutes to the nearest open site
	YouthSpace    Criterion = "youth_space"      // share of districts with an open youth space
	Transit       Criterion = "public_transport" // share of people in need aged 0-19 who reach a site by public transport or on foot
	Cost          Criterion = "cost"             // pounds a year, running and staffing
)

// DefaultWeights are declared, not derived: a study may set its own.
func DefaultWeights() map[Criterion]float64 {
	return map[Criterion]float64{CoveredInNeed: 0.4, Equity: 0.2, WalkingTime: 0.2, YouthSpace: 0.1, Transit: 0.1, Cost: 0.1}
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
	Rank   int // 1 is best; equal scores share the better rank
	// Score is the weighted sum of the scaled values. It is below 0 for an option
	// worse than no building, such as one that reaches the least deprived only.
	Score  float64
	Values []Value // one per Scale, in its order
}

// Value is an option's value on one criterion, as measured and scaled. Both are
// NaN when it is not known for the option, such as the cost of an option with a
// building that nobody has costed. It then adds nothing to the score, as if it
// were at the anchor that scores 0: nothing is gained by not saying.
type Value struct{ Raw, Scaled float64 }

// counted is what v adds to a score of weight one.
func (v Value) counted() float64 {
	if math.IsNaN(v.Scaled) {
		return 0
	}
	return v.Scaled
}

// ErrNoWeight means that every weight is zero, or none is given: nothing to
// score by.
var ErrNoWeight = errors.New("no weight")

// criteria are the criteria and what each is between: anchors gives the values
// that score 0 and 1, and why it cannot be assessed, if so; value an option's.
var criteria = map[Criterion]struct {
	anchors func(in Input, all *Assessment) (lo, hi float64, why string)
	value   func(in Input, a *Assessment) float64
}{
	CoveredInNeed: {
		func(_ Input, all *Assessment) (float64, float64, string) {
			return 0, ratio(all.CoveredInNeed, all.InNeed), ""
		},
		func(_ Input, a *Assessment) float64 { return ratio(a.CoveredInNeed, a.InNeed) },
	},
	Equity: {
		func(in Input, all *Assessment) (float64, float64, string) {
			return 0, bestErreygers(equityRows(in, all.Areas, youngResidents(in.County))), ""
		},
		func(_ Input, a *Assessment) float64 { return a.Equity },
	},
	WalkingTime: {
		func(in Input, all *Assessment) (float64, float64, string) {
			return Minutes(in.Longest), all.MeanWalkMin, ""
		},
		func(_ Input, a *Assessment) float64 { return a.MeanWalkMin },
	},
	YouthSpace: {
		func(in Input, all *Assessment) (float64, float64, string) {
			if !all.YouthStated {
				return 0, 0, "no site says whether it has a youth space"
			}
			return 0, youthShare(in, all), ""
		},
		youthShare,
	},
	Transit: {
		func(in Input, all *Assessment) (float64, float64, string) {
			if in.Journeys == nil {
				return 0, 0, "public transport was not assessed: no timetable"
			}
			return 0, ratio(all.ByTransitInNeed, all.InNeed), ""
		},
		func(_ Input, a *Assessment) float64 { return ratio(a.ByTransitInNeed, a.InNeed) },
	},
	Cost: {
		func(_ Input, all *Assessment) (float64, float64, string) {
			if !all.Costed {
				return 0, 0, "not every site has a running and a staffing cost"
			}
			return all.AnnualCost, 0, ""
		},
		func(_ Input, a *Assessment) float64 {
			if !a.Costed {
				return math.NaN()
			}
			return a.AnnualCost
		},
	},
}

// youthShare returns the share of districts with an open youth space.
func youthShare(in Input, a *Assessment) float64 {
	return ratio(float64(len(a.YouthDistricts)), float64(len(in.County.Districts)))
}

// Scales fixes the anchors from an assessment with every site of the county
// open, which bounds coverage from above and walks from below, and an estate
// without a building. A criterion that cannot be assessed is left out, its
// weight shared by the others, and the reason is among the notes; when that
// leaves no weight at all, there are no scales. Scales are sorted by criterion.
//
// A weight that is negative or not a number is an error, and so is a criterion
// that does not exist. With no weight over 0 the error wraps ErrNoWeight.
func Scales(in Input, all *Assessment, weights map[Criterion]float64) ([]Scale, []string, error) {
	var scales []Scale
	var notes []string
	given, sum := 0.0, 0.0
	for _, c := range slices.Sorted(maps.Keys(weights)) {
		s := Scale{Criterion: c, Weight: weights[c]}
		rule, ok := criteria[c]
		if !ok {
			return nil, nil, fmt.Errorf("score: criterion %q: want one of covered_in_need, equity, walking_time, youth_space, public_transport, cost", c)
		}
		if !(s.Weight >= 0) || math.IsInf(s.Weight, 1) {
			return nil, nil, fmt.Errorf("score: weight of %s is %g: want 0 or more", c, s.Weight)
		}
		given += s.Weight
		why := ""
		if s.Lo, s.Hi, why = rule.anchors(in, all); why == "" && s.Lo == s.Hi {
			why = "no set of the county's sites changes it"
		}
		if why != "" {
			notes = append(notes, fmt.Sprintf("criterion %s: %s", c, why))
			continue
		}
		sum += s.Weight
		scales = append(scales, s)
	}
	switch {
	case given == 0:
		return nil, nil, fmt.Errorf("score: %w: want more than 0 for one criterion at least", ErrNoWeight)
	case sum == 0:
		return nil, append(notes, "score: none of the criteria with a weight can be assessed, so options are not scored"), nil
	}
	for i := range scales {
		scales[i].Weight /= sum
	}
	return scales, notes, nil
}

// Rank scores options, in the order given. Adding an option never changes the
// score of another. Without scales every score is 0 and every rank 1. A scale
// of a criterion that does not exist is a bug in the caller and panics.
func Rank(in Input, scales []Scale, options []*Assessment) []Score {
	scores := make([]Score, len(options))
	for i, a := range options {
		s := Score{Option: a.Option.ID}
		for _, scale := range scales {
			raw := criteria[scale.Criterion].value(in, a)
			v := Value{Raw: raw, Scaled: (raw - scale.Lo) / (scale.Hi - scale.Lo)}
			s.Values = append(s.Values, v)
			s.Score += scale.Weight * v.counted()
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
