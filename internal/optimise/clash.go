package optimise

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Clash is one reason why no set keeps all rules.
type Clash struct {
	Rule string  `json:"rule"` // keep, district, budget, floor, one_of, needs, in, out or cover
	By   float64 `json:"by"`   // by how much, in the unit of Text
	Text string  `json:"text"`
}

// clashes finds the rules that cannot be kept together by counting, which needs
// no solver. None found does not mean that there is none: rules that each leave
// room may still cross, and then elastic finds how.
func clashes(p *Problem) []Clash {
	c := &counter{p: p, in: make([]bool, len(p.Sites)), out: make([]bool, len(p.Sites))}
	c.forced()
	c.quotas()
	if len(c.found) == 0 {
		c.number()
	}
	if len(c.found) == 0 {
		c.money()
		c.floors()
	}
	return c.found
}

// counter counts what the rules demand.
type counter struct {
	p       *Problem
	in, out []bool // forced, the hubs of forced satellites included
	found   []Clash
}

func (c *counter) clash(rule string, by float64, format string, args ...any) {
	c.found = append(c.found, Clash{rule, by, fmt.Sprintf(format, args...)})
}

func (c *counter) id(site int32) string { return c.p.Sites[site].ID }

// forced checks what is forced against itself.
func (c *counter) forced() {
	r := c.p.Rules
	for _, s := range r.In {
		c.in[s] = true
	}
	for _, s := range r.Out {
		c.out[s] = true
	}
	for changed := true; changed; {
		changed = false
		for _, n := range r.Needs {
			if c.in[n.Satellite] && !c.in[n.Hub] {
				c.in[n.Hub], changed = true, true
			}
		}
	}
	for s := range c.in {
		if !c.in[s] || !c.out[s] {
			continue
		}
		if slices.Contains(r.In, int32(s)) {
			c.clash("in", 1, "%s is both kept and closed", c.id(int32(s)))
		} else {
			c.clash("needs", 1, "%s is closed, and a site that is kept needs it", c.id(int32(s)))
		}
	}
	for _, set := range r.OneOf {
		var kept []string
		for _, s := range distinct(set) {
			if c.in[s] {
				kept = append(kept, c.id(s))
			}
		}
		if len(kept) > 1 {
			c.clash("one_of", float64(len(kept)-1), "%s are all kept, and only one of them may be open", strings.Join(kept, ", "))
		}
	}
}

// need says how many sites of each district must, and may, be open; the last
// entry is for sites of no district.
type need struct{ least, most, kept int }

func (c *counter) needs() []need {
	ds := c.p.Rules.Districts
	out := make([]need, len(ds)+1)
	for s, site := range c.p.Sites {
		d := site.District
		if d < 0 {
			d = len(ds)
		}
		if c.in[s] {
			out[d].kept++
		}
		if !c.out[s] {
			out[d].most++
		}
	}
	for d := range out {
		out[d].least = out[d].kept
		if d < len(ds) {
			out[d].least = max(out[d].kept, ds[d].Min)
			if ds[d].Max > 0 {
				out[d].most = min(out[d].most, ds[d].Max)
			}
		}
	}
	return out
}

// quotas checks each district by itself.
func (c *counter) quotas() {
	for d, n := range c.needs()[:len(c.p.Rules.Districts)] {
		q := c.p.Rules.Districts[d]
		switch {
		case n.least <= n.most:
		case q.Max > 0 && n.kept > q.Max:
			c.clash("district", float64(n.kept-q.Max), "%s: %d kept is over its maximum of %d by %d", q.Name, n.kept, q.Max, n.kept-q.Max)
		case q.Max > 0 && q.Min > q.Max:
			c.clash("district", float64(q.Min-q.Max), "%s: minimum %d is over its maximum of %d by %d", q.Name, q.Min, q.Max, q.Min-q.Max)
		default:
			c.clash("district", float64(n.least-n.most), "%s: minimum %d, and only %d sites there may be open: short by %d", q.Name, n.least, n.most, n.least-n.most)
		}
	}
}

// number checks the districts together against the number to keep.
func (c *counter) number() {
	r := c.p.Rules
	if r.Keep == 0 {
		return
	}
	least, most := 0, 0
	for _, n := range c.needs() {
		least += n.least
		most += n.most
	}
	if least > r.Keep {
		c.clash("keep", float64(least-r.Keep), "%s is over %d by %d", c.minima(), r.Keep, least-r.Keep)
	}
	if most < r.Keep && !r.AtMost {
		c.clash("keep", float64(r.Keep-most), "%d sites may be open, %d are to be kept: short by %d", most, r.Keep, r.Keep-most)
	}
}

// minima puts the sum of the districts' minima into words: "12 districts x 3
// minimum + 5 kept beyond them".
func (c *counter) minima() string {
	counts, beyond := map[int]int{}, 0
	for d, n := range c.needs() {
		if d == len(c.p.Rules.Districts) {
			beyond += n.least
			continue
		}
		if m := c.p.Rules.Districts[d].Min; m > 0 {
			counts[m]++
			beyond += n.least - m
		} else {
			beyond += n.least
		}
	}
	var parts []string
	for _, m := range sortedKeys(counts) {
		word := "districts"
		if counts[m] == 1 {
			word = "district"
		}
		parts = append(parts, fmt.Sprintf("%d %s x %d minimum", counts[m], word, m))
	}
	if beyond > 0 && len(parts) > 0 {
		parts = append(parts, fmt.Sprintf("%d kept beyond them", beyond))
	} else if beyond > 0 {
		parts = append(parts, fmt.Sprintf("%d kept", beyond))
	}
	return strings.Join(parts, " + ")
}

func sortedKeys(m map[int]int) []int {
	var keys []int
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// money checks the cheapest sites that the numbers allow against the budget.
func (c *counter) money() {
	r := c.p.Rules
	if r.Budget == 0 {
		return
	}
	order := make([]int, 0, len(c.p.Sites))
	for s := range c.p.Sites {
		if !c.in[s] && !c.out[s] {
			order = append(order, s)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return compare(c.p.Sites[a].Cost, c.p.Sites[b].Cost) })
	needs := c.needs()
	n, cost := 0, 0.0
	taken := make([]bool, len(c.p.Sites))
	left := make([]need, len(needs))
	take := func(s int) {
		d := c.p.Sites[s].District
		if d < 0 {
			d = len(needs) - 1
		}
		taken[s] = true
		n++
		cost += c.p.Sites[s].Cost
		left[d].least--
		left[d].most--
	}
	copy(left, needs)
	for s, in := range c.in {
		if in {
			take(s)
		}
	}
	for _, s := range order {
		if d := c.p.Sites[s].District; d >= 0 && left[d].least > 0 {
			take(s)
		}
	}
	for _, s := range order {
		d := c.p.Sites[s].District
		if d < 0 {
			d = len(needs) - 1
		}
		if !r.AtMost && n < r.Keep && !taken[s] && left[d].most > 0 {
			take(s)
		}
	}
	if over := cost - r.Budget; over > r.Budget*slackEps {
		c.clash("budget", over, "the cheapest %d sites that the other rules allow cost %.0f pounds a year: over the budget of %.0f by %.0f", n, cost, r.Budget, math.Ceil(over))
	}
}

// floors checks what all sites together cover of each group.
func (c *counter) floors() {
	all := make([]float64, len(c.p.Rules.Floors))
	reached := make([]float64, len(c.p.Rules.Floors))
	for _, d := range c.p.Demands {
		ok := slices.ContainsFunc(d.Reach, func(r Reach) bool { return !c.out[r.Site] })
		for _, f := range d.Floors {
			all[f] += d.Weight
			if ok {
				reached[f] += d.Weight
			}
		}
	}
	for k, f := range c.p.Rules.Floors {
		if reached[k] < f.Share*all[k]*(1-slackEps) {
			share := reached[k] / all[k]
			c.clash("floor", f.Share-share, "%s: all sites together cover %.1f%% of it: under its floor of %.1f%% by %.1f points", f.Name, 100*share, 100*f.Share, 100*(f.Share-share))
		}
	}
}
