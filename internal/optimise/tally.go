package optimise

import "math"

// slackEps is by how much, relative to the limit, a sum of pounds or people may
// pass its limit and still count as on it: sums of decimals are not exact.
const slackEps = 1e-9

// tally counts what the rules ask about a set of open sites.
type tally struct {
	in       *instance
	open     []bool
	n        int
	district []int
	spend    float64
	oneOf    []int
	memberOf [][]int32 // by site: positions in Rules.OneOf
	meanCost float64
	needed   []float64 // by floor: weight to cover
	covered  []float64 // by floor: weight covered, kept by the owner
}

func newTally(in *instance) *tally {
	t := &tally{
		in: in, open: make([]bool, len(in.Sites)), district: make([]int, len(in.Rules.Districts)),
		oneOf: make([]int, len(in.Rules.OneOf)), memberOf: make([][]int32, len(in.Sites)),
		needed: make([]float64, len(in.Rules.Floors)), covered: make([]float64, len(in.Rules.Floors)),
	}
	for k, set := range in.Rules.OneOf {
		for _, s := range distinct(set) {
			t.memberOf[s] = append(t.memberOf[s], int32(k))
		}
	}
	for _, s := range in.Sites {
		t.meanCost += s.Cost / float64(len(in.Sites))
	}
	for k, f := range in.Rules.Floors {
		t.needed[k] = f.Share * in.group[k] * (1 - slackEps)
	}
	return t
}

// set opens or closes a site that is not so already.
func (t *tally) set(site int, open bool) {
	step := 1
	if !open {
		step = -1
	}
	t.open[site] = open
	t.n += step
	if d := t.in.Sites[site].District; d >= 0 {
		t.district[d] += step
	}
	if t.in.Rules.Budget > 0 {
		t.spend += float64(step) * t.in.Sites[site].Cost
	}
	for _, k := range t.memberOf[site] {
		t.oneOf[k] += step
	}
}

// violation is the sum of by how much each rule is broken: in sites, in mean
// costs of a site, and for a floor in the share that is missing times the
// number of sites. Zero: every rule is kept.
func (t *tally) violation() float64 {
	r := &t.in.Rules
	sum := 0.0
	if r.Keep > 0 {
		if over := float64(t.n - r.Keep); over > 0 || !r.AtMost {
			sum += math.Abs(over)
		}
	}
	for d, q := range r.Districts {
		sum += float64(max(0, q.Min-t.district[d]))
		if q.Max > 0 {
			sum += float64(max(0, t.district[d]-q.Max))
		}
	}
	if r.Budget > 0 && t.meanCost > 0 && t.spend > r.Budget*(1+slackEps) {
		sum += (t.spend - r.Budget) / t.meanCost
	}
	for _, n := range t.oneOf {
		sum += float64(max(0, n-1))
	}
	for _, n := range r.Needs {
		if t.open[n.Satellite] && !t.open[n.Hub] {
			sum++
		}
	}
	for k, need := range t.needed {
		if t.covered[k] < need {
			sum += (need - t.covered[k]) / t.in.group[k] * float64(len(t.open))
		}
	}
	return sum
}

// distinct returns the sites of a list, each once, in order.
func distinct(sites []int32) []int32 {
	var out []int32
	seen := map[int32]bool{}
	for _, s := range sites {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// violationOf says by how much a set breaks the rules, forced sites included,
// from the beginning, whatever search found it.
func (in *instance) violationOf(open []bool) float64 {
	t := newTally(in)
	broken := 0.0
	for s, on := range open {
		if on {
			t.set(s, true)
		}
		if on && in.fixed[s] < 0 || !on && in.fixed[s] > 0 {
			broken++
		}
	}
	for _, s := range in.Rules.In { // forced in and out at once
		if in.fixed[s] < 0 {
			broken++
		}
	}
	for i := range in.rows {
		if len(in.rows[i].floors) == 0 {
			continue
		}
		for _, site := range in.rows[i].sites {
			if open[site] {
				for _, f := range in.rows[i].floors {
					t.covered[f.floor] += f.weight
				}
				break
			}
		}
	}
	return broken + t.violation()
}
