package estate

import (
	"cmp"
	"math"
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/reach"
)

// Fairness says how evenly an option serves the people aged 0-19 of a county.
type Fairness struct {
	// Deciles holds the published deciles of deprivation from 1, the most
	// deprived, to 10, and last, as decile 0, the areas whose decile is not known.
	Deciles [11]DecileReach
	// Gap is the covered share of decile 1 less that of decile 10; NaN when the
	// county has nobody in one of them.
	Gap float64
	// Slope is the slope index of inequality: the points of coverage, as a share,
	// between the least and the most deprived by the straight line through all
	// areas. More than 0 when the more deprived are covered more.
	Slope float64
	// Erreygers is the headline, see the function. Wagstaff is a check on it: the
	// concentration index over its bound, in [-1, 1]; 0 when nobody or everybody
	// is covered.
	Erreygers, Wagstaff float64
	// WalkGini is the Gini coefficient of the walk to the nearest open site, 0
	// when all walk the same. A walk that was not found counts as Input.Longest.
	WalkGini float64
	// Beyond are the Foster-Greer-Thorbecke measures of poverty of access: the
	// share of people who walk longer than the limit, the mean by how much, and
	// the mean square of by how much, both as shares of the limit.
	Beyond [3]float64
	// Coast compares the coastal districts with the others; nil without a list.
	Coast *CoastGap
}

// DecileReach is what an option does for the areas of one decile.
type DecileReach struct {
	Decile          int // 0: not known
	People, Covered float64
}

// Share returns the covered share, NaN for nobody.
func (d DecileReach) Share() float64 {
	if d.People == 0 {
		return math.NaN()
	}
	return d.Covered / d.People
}

// CoastGap is the coast against the rest: people aged 0-19, and those of them in
// need.
type CoastGap struct {
	Coast, Rest                   DistrictReach // District is empty
	Gap, GapInNeed                float64       // covered share of the coast less that of the rest
	WalkCoast, WalkRest           float64       // mean minutes to the nearest open site
	ErreygersCoast, ErreygersRest float64       // among the areas of each
}

// Fair measures how fair an option is. coastal are the districts on the coast;
// none, when the study names none.
//
// Sources: A. Wagstaff, P. Paci and E. van Doorslaer, Social Science & Medicine
// 33 (1991), 545-557 (slope index); A. Wagstaff, Health Economics 14 (2005),
// 429-432; J. Foster, J. Greer and E. Thorbecke, Econometrica 52 (1984), 761-766.
func Fair(in Input, a *Assessment, coastal []county.DistrictCode) Fairness {
	young := youngResidents(in.County)
	f := Fairness{Erreygers: a.Equity}
	for d := range f.Deciles {
		f.Deciles[d].Decile = (d + 1) % 11
	}
	for i := range a.Areas {
		d := &f.Deciles[(in.Need.Areas[i].DeprivationDecile+10)%11]
		d.People += young[i]
		d.Covered += a.Areas[i].Covered
	}
	f.Gap = f.Deciles[0].Share() - f.Deciles[9].Share()
	f.Slope, f.Wagstaff = slope(equityRows(in, a.Areas, young))
	f.walks(in, a, young)
	if len(coastal) > 0 {
		f.Coast = coast(in, a, coastal)
	}
	return f
}

// slope returns the slope index of inequality and Wagstaff's index.
func slope(rows []EquityRow) (sii, wagstaff float64) {
	rank, total := middles(rows)
	if total == 0 {
		return 0, 0
	}
	mu, mean, cov, spread := 0.0, 0.0, 0.0, 0.0
	for i, r := range rows {
		mu += r.People * r.Covered / total
		mean += r.People * rank[i] / total
	}
	for i, r := range rows {
		cov += r.People / total * (r.Covered - mu) * (rank[i] - mean)
		spread += r.People / total * (rank[i] - mean) * (rank[i] - mean)
	}
	return ratio(cov, spread), ratio(2*cov, mu*(1-mu))
}

// walks measures how the walks to the nearest open site differ.
func (f *Fairness) walks(in Input, a *Assessment, young []float64) {
	walks := make([]reach.Weighted, len(in.County.Points))
	for p, point := range in.County.Points {
		walks[p] = reach.Weighted{Millis: min(a.Millis[p], in.Longest), Weight: young[point.Area] * point.Share}
	}
	slices.SortStableFunc(walks, func(x, y reach.Weighted) int { return cmp.Compare(x.Millis, y.Millis) })
	people, walked, under := 0.0, 0.0, 0.0 // under: twice the area under the Lorenz curve
	limit := Minutes(in.Limit)
	for _, w := range walks {
		t := Minutes(w.Millis)
		under += w.Weight * (2*walked + w.Weight*t)
		people += w.Weight
		walked += w.Weight * t
		if w.Millis > in.Limit {
			over := ratio(t-limit, limit)
			f.Beyond[0] += w.Weight
			f.Beyond[1] += w.Weight * over
			f.Beyond[2] += w.Weight * over * over
		}
	}
	for k := range f.Beyond {
		f.Beyond[k] = ratio(f.Beyond[k], people)
	}
	if people*walked > 0 {
		f.WalkGini = 1 - under/(people*walked)
	}
}

// coast compares the coastal districts with the others.
func coast(in Input, a *Assessment, coastal []county.DistrictCode) *CoastGap {
	on := map[county.DistrictCode]bool{}
	for _, d := range coastal {
		on[d] = true
	}
	c := &CoastGap{}
	for _, d := range Districts(in, a) {
		part := &c.Rest
		if on[d.District] {
			part = &c.Coast
		}
		part.People += d.People
		part.Covered += d.Covered
		part.InNeed += d.InNeed
		part.CoveredInNeed += d.CoveredInNeed
		part.OpenSites += d.OpenSites
		part.YouthSpace = part.YouthSpace || d.YouthSpace
	}
	c.Gap = ratio(c.Coast.Covered, c.Coast.People) - ratio(c.Rest.Covered, c.Rest.People)
	c.GapInNeed = ratio(c.Coast.CoveredInNeed, c.Coast.InNeed) - ratio(c.Rest.CoveredInNeed, c.Rest.InNeed)
	var walked, people [2]float64
	young := youngResidents(in.County)
	side := func(i int) int {
		if on[in.County.Areas[i].District] {
			return 0
		}
		return 1
	}
	for p, point := range in.County.Points {
		n, k := young[point.Area]*point.Share, side(point.Area)
		walked[k] += n * Minutes(min(a.Millis[p], in.Longest))
		people[k] += n
	}
	c.WalkCoast, c.WalkRest = ratio(walked[0], people[0]), ratio(walked[1], people[1])
	var rows [2][]EquityRow
	for i := range a.Areas {
		if n := &in.Need.Areas[i]; n.Known {
			k := side(i)
			rows[k] = append(rows[k], EquityRow{People: young[i], Covered: a.Areas[i].CoveredShare, Deprivation: n.Score})
		}
	}
	c.ErreygersCoast, c.ErreygersRest = Erreygers(rows[0]), Erreygers(rows[1])
	return c
}
