package main

import "math"

// dice is a stream of numbers that depends only on its name: the same name
// throws the same numbers on every machine and in every release of Go. Each
// part of the county throws its own dice, so that a change to the streets of
// one town leaves the rest of the county alone.
type dice struct{ state uint64 }

// newDice returns the stream of that seed and name.
func newDice(seed uint64, name string) *dice {
	// FNV-1a, 64 bits, folds the name into the seed.
	h := seed ^ 14695981039346656037
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return &dice{h}
}

// next returns 64 bits by the splitmix64 step.
// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014, figure 17.
func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	return scramble(d.state)
}

func scramble(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit returns a number in [0, 1).
func (d *dice) unit() float64 { return float64(d.next()>>11) / (1 << 53) }

// between returns a number in [lo, hi).
func (d *dice) between(lo, hi float64) float64 { return lo + float64((hi-lo)*d.unit()) }

// below returns a whole number in [0, n); n must be positive.
func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

// chance is true in a share p of the throws.
func (d *dice) chance(p float64) bool { return d.unit() < p }

// bell returns a number of mean 0 and variance 1, within 6 of 0: twelve units
// added up, which needs no function whose last bit differs between machines.
func (d *dice) bell() float64 {
	sum := -6.0
	for range 12 {
		sum += d.unit()
	}
	return sum
}

// pick returns one of xs, which must not be empty.
func pick[T any](d *dice, xs []T) T { return xs[d.below(len(xs))] }

// noise returns a smooth field over the plane with values in [-1, 1]. Features
// are about wave metres across; salt tells one field from another.
func noise(at point, wave float64, salt uint64) float64 {
	x, y := at.X/wave, at.Y/wave
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := ease(x-x0), ease(y-y0)
	corner := func(dx, dy float64) float64 {
		key := uint64(int64(x0+dx))*0x9e3779b97f4a7c15 ^ uint64(int64(y0+dy))*0xc2b2ae3d27d4eb4f ^ salt*0x165667b19e3779f9
		return float64(scramble(key)>>11)/(1<<52) - 1
	}
	low := corner(0, 0) + fx*(corner(1, 0)-corner(0, 0))
	high := corner(0, 1) + fx*(corner(1, 1)-corner(0, 1))
	// To 20 binary digits, for the reason given at point.
	return math.Round((low+fy*(high-low))*(1<<20)) / (1 << 20)
}

// ease is 0 at 0 and 1 at 1, level at both ends.
func ease(t float64) float64 { return t * t * (3 - 2*t) }
