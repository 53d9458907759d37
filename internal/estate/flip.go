package estate

import "math"

// FlipWeight says at which weight of one criterion another option would come
// first, the other criteria keeping their weights among themselves.
type FlipWeight struct {
	Criterion Criterion
	Weight    float64
	// Down is the nearest weight under Weight, or equal, at which another option
	// comes level with the leader, and DownTo that option; Up the nearest over it.
	// NaN, with an empty option, when no weight from 0 to 1 does it.
	Down   float64
	DownTo OptionID
	Up     float64
	UpTo   OptionID
}

// FlipWeights returns one row a scale, in their order, for scores made with
// these scales. With fewer than two options nothing can flip.
//
// With weight w on criterion k and the others in proportion, an option's score
// is w v + (1 - w) R, where v is its scaled value on k (0 when unknown) and R its score without
// k. Leader and rival are level at w = (Ra - Rb) / ((Ra - Rb) - (va - vb)).
func FlipWeights(scales []Scale, scores []Score) []FlipWeight {
	leader := -1
	for i, s := range scores {
		if leader < 0 || s.Score > scores[leader].Score {
			leader = i
		}
	}
	flips := make([]FlipWeight, len(scales))
	for k, scale := range scales {
		f := FlipWeight{Criterion: scale.Criterion, Weight: scale.Weight, Down: math.NaN(), Up: math.NaN()}
		for i := range scores {
			if i == leader || scale.Weight == 1 {
				continue
			}
			dv := scores[leader].Values[k].counted() - scores[i].Values[k].counted()
			dr := (scores[leader].Score - scores[i].Score - scale.Weight*dv) / (1 - scale.Weight)
			w := dr / (dr - dv)
			switch {
			case !(w >= 0 && w <= 1): // never level, or outside
			case w <= scale.Weight && !(w <= f.Down):
				f.Down, f.DownTo = w, scores[i].Option
			case w > scale.Weight && !(w >= f.Up):
				f.Up, f.UpTo = w, scores[i].Option
			}
		}
		flips[k] = f
	}
	return flips
}
