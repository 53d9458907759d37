package estate

import (
	"fmt"
	"math"
)

// Band is a range of people, both ends included.
type Band struct{ Lo, Hi float64 }

// Contains reports whether x lies in the band, its ends included.
func (b Band) Contains(x float64) bool { return b.Lo <= x && x <= b.Hi }

// reach widens the band to take in x.
func (b *Band) reach(x float64) { b.Lo, b.Hi = min(b.Lo, x), max(b.Hi, x) }

// MethodCoverage is the covered share of each area by one way of telling where
// its people live.
type MethodCoverage struct {
	Method string
	Shares []float64 // one per area, 0 to 1
}

// MethodValue is a figure by one way of telling where people live.
type MethodValue struct {
	Method string
	People float64
}

// Bands say how sure one figure of people within the limit is.
type Bands struct {
	People float64 // by the study's own way
	// Hard holds whatever the places within each area are: from the people of
	// the areas that are wholly inside to those of all that are touched.
	Hard Band
	// Method goes from the least to the most of Methods.
	Method  Band
	Methods []MethodValue // the study's own way first
	// Soft holds in 19 of 20 cases when each household of an area lives at one
	// of its points by chance: see PerHousehold.
	Soft Band
}

// Uncertainty is how sure the coverage figures of an assessment are.
type Uncertainty struct {
	Covered, CoveredInNeed, CoveredDecile1 Bands
}

// PerHousehold is the declared number of people aged 0-19 that live, and so are
// covered, together: families with children at home have 1.7 to 2. It makes the
// soft band wider than that of people who live by themselves:
//
//	Var = PerHousehold x sum over the areas of people x s x (1 - s),  s covered share
const PerHousehold = 1.85

// sureness is the number of standard deviations of the soft band: 19 in 20.
const sureness = 1.96

// Uncertain says how sure the coverage figures of an assessment are. others are
// other ways of telling where people live, beside the study's own.
func Uncertain(in Input, a *Assessment, others []MethodCoverage) Uncertainty {
	own := MethodCoverage{Method: ByPoints, Shares: make([]float64, len(a.Areas))}
	for i := range a.Areas {
		own.Shares[i] = a.Areas[i].CoveredShare
	}
	methods := []MethodCoverage{own}
	for _, m := range others {
		if m.Method != ByPoints {
			methods = append(methods, m)
		}
	}
	f := figuresOf(in)
	return Uncertainty{Covered: bands(f[0].people, methods), CoveredInNeed: bands(f[1].people, methods), CoveredDecile1: bands(f[2].people, methods)}
}

// The coverage figures that bands and differences are of.
const (
	FigureCovered = "covered_0_19"
	FigureInNeed  = "covered_in_need"
	FigureDecile1 = "covered_0_19_decile_1"
)

// figure is what one coverage figure counts: people, by area.
type figure struct {
	name, words string
	people      []float64
}

// figuresOf returns the people that the three figures count.
func figuresOf(in Input) [3]figure {
	young := youngResidents(in.County)
	need, worst := make([]float64, len(young)), make([]float64, len(young))
	for i := range young {
		need[i] = in.Need.Areas[i].InNeed
		if in.Need.Areas[i].DeprivationDecile == 1 {
			worst[i] = young[i]
		}
	}
	return [3]figure{
		{FigureCovered, "people aged 0-19", young},
		{FigureInNeed, "people in need aged 0-19", need},
		{FigureDecile1, "people aged 0-19 in areas of decile 1", worst},
	}
}

// bands judges one figure; methods[0] is the study's own way.
func bands(people []float64, methods []MethodCoverage) Bands {
	var b Bands
	variance := 0.0
	for i, n := range people {
		s := methods[0].Shares[i]
		b.People += n * s
		variance += n * s * (1 - s)
		if s == 1 {
			b.Hard.Lo += n
		}
		if s > 0 {
			b.Hard.Hi += n
		}
	}
	half := sureness * math.Sqrt(PerHousehold*max(0, variance))
	b.Soft = Band{max(0, b.People-half), b.People + half}
	b.Method = Band{b.People, b.People}
	for _, m := range methods {
		sum := 0.0
		for i, n := range people {
			sum += n * m.Shares[i]
		}
		b.Methods = append(b.Methods, MethodValue{m.Method, sum})
		b.Method.reach(sum)
	}
	return b
}

// Difference says whether two options can be told apart on one figure.
type Difference struct {
	Figure string  // FigureCovered, FigureInNeed or FigureDecile1
	People float64 // of the second option less the first
	// Method and Soft are the bands of the difference itself.
	Method, Soft Band
	// Tie is set when either band holds no difference at all, 0.
	Tie   bool
	Words string // one sentence
}

// Differences compares two options figure by figure. others are the same other
// ways of telling where people live for each, in the same order.
//
// The bands are those of the difference: what both options cover, or both do
// not, is as uncertain in the one as in the other and takes no part. Two bands
// laid side by side would call nearly everything a tie.
func Differences(in Input, a, b *Assessment, othersA, othersB []MethodCoverage) []Difference {
	var ds []Difference
	cs := changes(in, a, b)
	for _, f := range figuresOf(in) {
		d := Difference{Figure: f.name}
		variance := 0.0
		for i, n := range f.people {
			net := cs[i].gained - cs[i].lost
			d.People += n * net
			variance += n * (cs[i].gained + cs[i].lost - net*net)
		}
		half := sureness * math.Sqrt(PerHousehold*max(0, variance))
		d.Soft = Band{d.People - half, d.People + half}
		d.Method = Band{d.People, d.People}
		for k := range othersA {
			sum := 0.0
			for i, n := range f.people {
				sum += n * (othersB[k].Shares[i] - othersA[k].Shares[i])
			}
			d.Method.reach(sum)
		}
		d.Tie = d.Method.Contains(0) || d.Soft.Contains(0)
		d.Words = d.say(a.Option, b.Option, f.words)
		ds = append(ds, d)
	}
	return ds
}

// say puts a difference into a sentence.
func (d Difference) say(a, b Option, people string) string {
	more, less, n, band := b, a, d.People, Band{min(d.Method.Lo, d.Soft.Lo), max(d.Method.Hi, d.Soft.Hi)}
	if n < 0 {
		more, less, n, band = a, b, -n, Band{-band.Hi, -band.Lo}
	}
	switch {
	case n == 0 && band.Lo == band.Hi:
		return fmt.Sprintf("\"%s\" and \"%s\" cover the same %s.", a.Name, b.Name, people)
	case d.Tie:
		return fmt.Sprintf("A tie: \"%s\" and \"%s\" cannot be told apart on %s: %.0f more in \"%s\", anything from %.0f fewer to %.0f more.",
			a.Name, b.Name, people, n, more.Name, max(0, -band.Lo), max(0, band.Hi))
	}
	return fmt.Sprintf("\"%s\" covers %.0f more %s than \"%s\", %.0f at least and %.0f at most.", more.Name, n, people, less.Name, band.Lo, band.Hi)
}
