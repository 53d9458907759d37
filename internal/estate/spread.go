package estate

import (
	"math"
	"math/rand/v2"
)

// Spread says how far weights are drawn from the declared ones. With Dirichlet
// over 0, they come from the Dirichlet distribution with the declared weights as
// means and Dirichlet as concentration: 10 is a loose opinion, 100 a firm one.
// Otherwise each is multiplied by a number between 1 - PlusMinus and 1 +
// PlusMinus, evenly drawn. The zero value keeps the declared weights.
//
// Source: OECD and Joint Research Centre, "Handbook on constructing composite
// indicators" (2008), step 7; R. Lahdelma and P. Salminen, Operations Research
// 49 (2001), 444-454.
type Spread struct {
	Dirichlet float64 `json:"dirichlet,omitempty"`
	PlusMinus float64 `json:"plus_minus,omitempty"` // 0 to 1
}

// Draw returns weights that add up to one, from declared weights of 0 or more
// that do not need to. A declared weight of 0 stays 0. When all are 0, so is the
// answer.
func (s Spread) Draw(r *rand.Rand, declared []float64) []float64 {
	sum := 0.0
	for _, w := range declared {
		sum += w
	}
	drawn := make([]float64, len(declared))
	total := 0.0
	for i, w := range declared {
		switch {
		case w == 0:
		case s.Dirichlet > 0:
			drawn[i] = gamma(r, s.Dirichlet*w/sum)
		default:
			drawn[i] = w * (1 + s.PlusMinus*(2*r.Float64()-1))
		}
		total += drawn[i]
	}
	if total == 0 { // nothing declared, or every draw too small for a float
		copy(drawn, declared)
		total = sum
	}
	for i := range drawn {
		if total > 0 {
			drawn[i] /= total
		}
	}
	return drawn
}

// gamma draws from the gamma distribution of a shape over 0 and scale 1.
// Source: G. Marsaglia and W. W. Tsang, "A simple method for generating gamma
// variables", ACM Transactions on Mathematical Software 26 (2000), 363-372; a
// shape under 1 by its note: draw with shape + 1 and multiply by u^(1/shape).
func gamma(r *rand.Rand, shape float64) float64 {
	if shape < 1 {
		u := r.Float64()
		return gamma(r, shape+1) * math.Pow(u, 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if u := r.Float64(); u > 0 && math.Log(u) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
