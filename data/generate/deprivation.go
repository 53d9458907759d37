package main

import (
	"math"
	"slices"
	"sort"
)

// nationalAreas is how many areas the Indices of Deprivation 2025 rank.
const nationalAreas = 33755

// measure is one score of the Indices of Deprivation with its national rank, 1
// the most deprived.
type measure struct {
	score float64
	rank  int
}

// decile returns the published decile of a rank: 1 is ranks 1 to 3,376.
func (m measure) decile() int { return (m.rank-1)*10/nationalAreas + 1 }

// decile returns the decile of the Index of Multiple Deprivation.
func (a area21) decile() int { return a.measures[0].decile() }

// indicator says how one of the sixteen measures follows from an area's need.
type indicator struct {
	title  string
	rate   bool
	loads  float64 // share of the need in the measure; the rest is chance
	rural  float64 // added in open country, in standard deviations
	weight float64 // in the Index of Multiple Deprivation; 0 for those inside another
	scale  [15]float64
}

// shares are the places on the national scale that an indicator's scale is
// given at: the share of areas that are more deprived.
var shares = [15]float64{0.002, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1}

// indicators in the order of File 7. The weights are the published ones. The
// scales were read off the published scores and ranks of 2025 (Ministry of
// Housing, Communities and Local Government, Open Government Licence v3.0);
// those of the two age indices, of which no scores were at hand, are plausible
// only.
var indicators = [16]indicator{
	{"Index of Multiple Deprivation (IMD)", false, 0, 0, 0, [15]float64{78.6, 68.7, 54.2, 44.8, 33.5, 26.6, 21.5, 17.5, 14.1, 11.1, 8.3, 5.46, 3.77, 1.91, 0.5}},
	{"Income", true, 0.93, -0.15, 0.225, [15]float64{0.742, 0.655, 0.542, 0.464, 0.362, 0.289, 0.231, 0.184, 0.149, 0.118, 0.093, 0.067, 0.05, 0.027, 0.013}},
	{"Employment", true, 0.90, -0.1, 0.225, [15]float64{0.454, 0.387, 0.307, 0.257, 0.199, 0.161, 0.133, 0.11, 0.092, 0.078, 0.064, 0.051, 0.041, 0.026, 0.01}},
	{"Education, Skills and Training", false, 0.85, 0, 0.135, [15]float64{84.5, 74.4, 59.3, 49.3, 35.8, 27.5, 21.3, 16.6, 12.6, 9.07, 6.07, 3.22, 1.69, 0.457, 0.05}},
	{"Health Deprivation and Disability", false, 0.84, -0.15, 0.135, [15]float64{2.35, 1.98, 1.51, 1.16, 0.764, 0.465, 0.202, -0.028, -0.261, -0.492, -0.755, -1.11, -1.42, -1.95, -2.8}},
	{"Crime", false, 0.68, -0.7, 0.093, [15]float64{2.34, 1.93, 1.39, 1.09, 0.72, 0.459, 0.218, -0.009, -0.239, -0.479, -0.737, -1.07, -1.33, -1.82, -2.6}},
	{"Barriers to Housing and Services", false, 0.30, 0.8, 0.093, [15]float64{55.0, 49.9, 41.5, 36.3, 29.8, 25.7, 22.8, 20.1, 17.7, 15.4, 12.8, 9.63, 7.62, 5.2, 1.8}},
	{"Living Environment", false, 0.42, 0.2, 0.093, [15]float64{75.1, 66.0, 53.3, 45.2, 35.4, 28.3, 22.5, 17.9, 13.7, 10.1, 7.07, 4.19, 2.6, 0.977, 0.15}},
	{"Income Deprivation Affecting Children Index (IDACI)", true, 0.91, -0.1, 0, [15]float64{0.86, 0.78, 0.66, 0.58, 0.47, 0.38, 0.31, 0.25, 0.2, 0.155, 0.115, 0.075, 0.05, 0.02, 0.004}},
	{"Income Deprivation Affecting Older People (IDAOPI)", true, 0.86, -0.15, 0, [15]float64{0.8, 0.66, 0.48, 0.38, 0.28, 0.215, 0.17, 0.14, 0.115, 0.095, 0.076, 0.057, 0.042, 0.02, 0.004}},
	{"Children and Young People Sub-domain", false, 0.80, 0, 0, [15]float64{2.36, 1.99, 1.46, 1.16, 0.749, 0.456, 0.204, -0.031, -0.256, -0.477, -0.744, -1.11, -1.39, -1.95, -2.6}},
	{"Adult Skills Sub-domain", false, 0.88, -0.05, 0, [15]float64{0.51, 0.473, 0.422, 0.38, 0.326, 0.285, 0.251, 0.223, 0.199, 0.176, 0.154, 0.125, 0.103, 0.067, 0.03}},
	{"Geographical Barriers Sub-domain", false, 0, 1.5, 0, [15]float64{88.0, 83.5, 70.4, 59.1, 46.5, 40.6, 36.2, 32.8, 29.6, 26.2, 22.2, 17.0, 13.8, 8.1, 2.3}},
	{"Wider Barriers Sub-domain", false, 0.62, -0.2, 0, [15]float64{7.65, 7.03, 5.37, 4.22, 2.58, 1.42, 0.534, -0.223, -0.953, -1.74, -2.55, -3.66, -4.45, -5.6, -7.2}},
	{"Indoors Sub-domain", false, 0.38, 0.5, 0, [15]float64{1.75, 1.52, 1.09, 0.865, 0.564, 0.326, 0.117, -0.054, -0.214, -0.369, -0.538, -0.773, -0.964, -1.31, -1.8}},
	{"Outdoors Sub-domain", false, 0.40, -0.7, 0, [15]float64{1.72, 1.55, 1.3, 1.0, 0.603, 0.331, 0.117, -0.07, -0.246, -0.428, -0.635, -0.9, -1.12, -1.5, -2.1}},
}

// addDeprivation gives every area its sixteen measures.
func (c *country) addDeprivation(areas []area21) {
	for m := 1; m < len(indicators); m++ {
		in := indicators[m]
		ranks := make([]int, len(areas))
		for k := range areas {
			a := &areas[k]
			d := newDice(c.seed, in.title+a.code)
			z := in.loads*a.need + 0.8*math.Sqrt(1-in.loads*in.loads)*d.bell()
			if a.rural[0] == 'R' {
				z += in.rural
			} else {
				z -= 0.25 * in.rural
			}
			ranks[k] = 1 + int((1-normal(z))*nationalAreas)
		}
		spreadRanks(ranks)
		for k := range areas {
			areas[k].measures[m] = measure{in.scoreAt(ranks[k]), ranks[k]}
		}
	}
	ranks := make([]int, len(areas))
	for k := range areas {
		var sum float64
		for m, in := range indicators {
			sum += in.weight * exponential(areas[k].measures[m].rank)
		}
		areas[k].measures[0].score = math.Round(sum*1000) / 1000
		ranks[k] = indicators[0].rankOf(sum)
	}
	spreadRanks(ranks)
	for k := range areas {
		areas[k].measures[0].rank = ranks[k]
	}
	// A higher score never has a less deprived rank.
	order := make([]int, len(areas))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool {
		return areas[order[a]].measures[0].score > areas[order[b]].measures[0].score
	})
	slices.Sort(ranks)
	for at, k := range order {
		areas[k].measures[0].rank = ranks[at]
	}
}

// spreadRanks moves equal ranks apart, so that each is taken once, as in a
// national ranking.
func spreadRanks(ranks []int) {
	order := make([]int, len(ranks))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return ranks[order[a]] < ranks[order[b]] })
	last := 0
	for _, k := range order {
		ranks[k] = max(ranks[k], last+1)
		last = ranks[k]
	}
	limit := nationalAreas
	for _, k := range slices.Backward(order) {
		ranks[k] = min(ranks[k], limit)
		limit = ranks[k] - 1
	}
}

// exponential is the transformation by which domains enter the index:
// X = -23 ln(1 - R (1 - exp(-100/23))), R from 0 (least deprived) to 1.
// Source: English Indices of Deprivation, Technical Report, appendix E.
func exponential(rank int) float64 {
	r := 1 - (float64(rank)-0.5)/nationalAreas
	return -23 * math.Log(1-r*(1-math.Exp(-100.0/23)))
}

// scoreAt returns the score that a rank had in 2025, to three decimals.
func (in indicator) scoreAt(rank int) float64 {
	p := float64(rank) / nationalAreas
	if p <= shares[0] {
		return in.scale[0]
	}
	for i := 1; i < len(shares); i++ {
		if p <= shares[i] {
			t := (p - shares[i-1]) / (shares[i] - shares[i-1])
			return math.Round((in.scale[i-1]+(in.scale[i]-in.scale[i-1])*t)*1000) / 1000
		}
	}
	return in.scale[len(shares)-1]
}

// rankOf is the inverse of scoreAt.
func (in indicator) rankOf(score float64) int {
	if score >= in.scale[0] {
		return max(1, int(shares[0]*nationalAreas*in.scale[0]/score*in.scale[0]/score*in.scale[0]/score))
	}
	for i := 1; i < len(shares); i++ {
		if score >= in.scale[i] {
			t := (in.scale[i-1] - score) / (in.scale[i-1] - in.scale[i])
			return max(1, int((shares[i-1]+(shares[i]-shares[i-1])*t)*nationalAreas))
		}
	}
	return nationalAreas
}

// normal is the standard normal distribution function, to seven decimals,
// without an exponential.
// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.19.
func normal(z float64) float64 {
	x := math.Abs(z)
	s := 1 + x*(0.0498673470+x*(0.0211410061+x*(0.0032776263+x*(0.0000380036+x*(0.0000488906+x*0.0000053830)))))
	s *= s
	s *= s
	s *= s
	s *= s
	p := 0.5 / s
	if z > 0 {
		return 1 - p
	}
	return p
}

// addRural gives every area its class of the Rural Urban Classification 2021:
// urban in settlements of 10,000 or more, larger rural in those of 3,000 or
// more, else smaller rural; nearer a major town within 16 km of Harrowmere.
func (c *country) addRural(areas []area21, homes []home) {
	for k := range areas {
		a := &areas[k]
		size := "RS"
		if a.settlement >= 0 {
			switch people := c.settlements[a.settlement].people; {
			case people >= 10000:
				size = "U"
			case people >= 3000:
				size = "RL"
			}
		}
		far := "F1"
		if balance(a.homes, homes).distance(c.settlements[0].at) < 16000 {
			far = "N1"
		}
		a.rural = size + far
	}
}

// ruralNames are the published names of the classes.
var ruralNames = map[string]string{
	"UN1": "Urban: Nearer to a major town or city", "UF1": "Urban: Further from a major town or city",
	"RLN1": "Larger rural: Nearer to a major town or city", "RLF1": "Larger rural: Further from a major town or city",
	"RSN1": "Smaller rural: Nearer to a major town or city", "RSF1": "Smaller rural: Further from a major town or city",
}
