package outreach

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"hubreach/internal/county"
)

// Flip is the smallest single change that would put an area into an outreach
// category, or take it out of the one it is in. Words is empty when no single
// number decides.
type Flip struct {
	Category Category // that would be entered, or left
	Enters   bool
	// Margin is how far the deciding number is from its threshold, as a share of
	// the threshold; NaN without one.
	Margin float64
	Words  string // a sentence
}

// CloseMargin is the margin up to which, itself included, an area is marked as
// near a threshold.
const CloseMargin = 0.1

// Close reports whether the area is near a threshold.
func (f Flip) Close() bool { return f.Margin <= CloseMargin }

// condition is one thing that a category asks, as a number beside a threshold.
type condition struct {
	holds  bool
	margin float64 // how far from changing; NaN: not by a number
	say    func() string
}

// yes is a condition that no number decides.
func yes(holds bool) condition { return condition{holds: holds, margin: math.NaN()} }

// flips finds the nearest change for every area.
func (c *classifier) flips() []Flip {
	out := make([]Flip, len(c.r.Areas))
	for i := range out {
		out[i] = c.flip(i)
	}
	return out
}

// flip returns the nearest change of one area. Entering a category takes one
// condition to change, when all others hold already; leaving takes one of them.
func (c *classifier) flip(i int) Flip {
	best := Flip{Margin: math.NaN()}
	offer := func(category Category, enters bool, k condition) {
		if k.say == nil || math.IsNaN(k.margin) || best.Words != "" && k.margin >= best.Margin {
			return
		}
		words := fmt.Sprintf("Would be %s if %s.", category.Title(), k.say())
		if !enters {
			words = fmt.Sprintf("Would no longer be %s if %s.", category.Title(), k.say())
		}
		best = Flip{Category: category, Enters: enters, Margin: k.margin, Words: words}
	}
	for _, category := range Categories {
		ks := append([]condition{c.outsideCondition(i)}, c.conditions(category, i)...)
		failing := -1
		n := 0
		for k := range ks {
			if !ks[k].holds {
				failing = k
				n++
			}
		}
		switch n {
		case 0:
			for _, k := range ks {
				offer(category, false, k)
			}
		case 1:
			offer(category, true, ks[failing])
		}
	}
	return best
}

// conditions lists what a category asks of area i beside being uncovered. They
// hold exactly when the rule's steps do; a test compares the two.
func (c *classifier) conditions(category Category, i int) []condition {
	switch category {
	case EdgeOfTown:
		return []condition{yes(c.hubs[c.in.County.Areas[i].Settlement]), c.highCondition(i)}
	case WholeTown:
		return c.townConditions(i)
	case Rural:
		a := &c.in.County.Areas[i]
		return []condition{yes(a.Rural && a.RuralUrban != ""), c.levelCondition(i), c.cutCondition(i)}
	}
	return []condition{c.youthCondition(i), c.spaceCondition(i)}
}

// short returns how far found is from limit, as a share of limit.
func short(found, limit float64) float64 {
	if limit == 0 {
		return math.NaN()
	}
	return math.Abs(found-limit) / math.Abs(limit)
}

// outsideCondition: the area is uncovered. At a share of a half that is a
// question of the typical walk.
func (c *classifier) outsideCondition(i int) condition {
	k := condition{holds: c.r.Areas[i].Uncovered, margin: math.NaN()}
	walk := c.in.WalkMin[i]
	switch {
	case c.p.UncoveredShare == 0.5 && !math.IsNaN(walk):
		k.margin = short(walk, c.p.Minutes)
		word := "longer"
		if k.holds {
			word = "shorter"
		}
		k.say = func() string {
			return fmt.Sprintf("the typical walk to its nearest open hub, %s, were %s %s", minutes(walk, c.p.Minutes), amount(math.Abs(walk-c.p.Minutes), "minute"), word)
		}
	case c.p.UncoveredShare != 0.5 && c.young[i] > 0:
		outside := 1 - c.in.Covered[i]
		k.margin = short(outside, c.p.UncoveredShare)
		k.say = func() string {
			return fmt.Sprintf("%s of its residents lived out of reach, not %s", percent(c.p.UncoveredShare), percent(outside))
		}
	}
	return k
}

// amount writes a positive difference: "0.4 minutes", "under 0.1 minutes".
func amount(d float64, unit string) string {
	if d < 0.05 {
		return "under 0.1 " + unit + "s"
	}
	return fmt.Sprintf("%.1f %ss", d, unit)
}

// highCondition: need is in the worst deciles. The margin is that of the rank
// beside the last rank of the decile.
func (c *classifier) highCondition(i int) condition {
	n := c.in.Need.Areas[i]
	k := condition{holds: c.high(i), margin: math.NaN()}
	last := c.lastHigh()
	if !n.Known || n.Rank == 0 || last == 0 || (float64(n.Rank) <= last) != k.holds {
		return k
	}
	k.margin = short(float64(n.Rank), last)
	k.say = func() string {
		better := "or better"
		if !k.holds {
			better = "or worse"
		}
		limit := math.Floor(last)
		if k.holds {
			limit++
		}
		return fmt.Sprintf("its need ranked %s %s (1 is the most in need), not %s", whole(limit), better, whole(float64(n.Rank)))
	}
	return k
}

// townConditions: of town size, less than half in reach, people in need outside
// from U to below B.
func (c *classifier) townConditions(i int) []condition {
	t := c.town[c.in.County.Areas[i].Settlement]
	if t == nil {
		return []condition{yes(false), yes(false)}
	}
	size := condition{holds: t.Residents >= c.p.TownResidents, margin: short(t.Residents, c.p.TownResidents), say: func() string {
		return c.moved(t.Residents, c.p.TownResidents, "residents lived in "+t.Name)
	}}
	half := condition{holds: t.People > 0 && t.CoveredShare < 0.5-slack, margin: short(t.CoveredShare, 0.5), say: func() string {
		if t.CoveredShare < 0.5-slack {
			return fmt.Sprintf("half of %s's residents aged 0-19 were in reach of a hub, not %s", t.Name, percent(t.CoveredShare))
		}
		return fmt.Sprintf("less than half of %s's residents aged 0-19 were in reach of a hub, not %s", t.Name, percent(t.CoveredShare))
	}}
	enough := condition{holds: c.enough(t.InNeedOutside), margin: short(t.InNeedOutside, c.p.OutreachThreshold), say: func() string {
		return c.moved(t.InNeedOutside, c.p.OutreachThreshold, "people in need aged 0-19 of "+t.Name+" were out of reach")
	}}
	below := yes(true)
	if c.p.BuildingThreshold > 0 {
		below = condition{holds: t.InNeedOutside < c.p.BuildingThreshold, margin: short(t.InNeedOutside, c.p.BuildingThreshold), say: func() string {
			return c.moved(t.InNeedOutside, c.p.BuildingThreshold, "people in need aged 0-19 of "+t.Name+" were out of reach")
		}}
	}
	return []condition{size, half, enough, below}
}

// moved says by how many people a number misses its threshold.
func (c *classifier) moved(found, limit float64, what string) string {
	n := math.Ceil(math.Abs(found - limit))
	if found >= limit {
		n = math.Floor(math.Abs(found-limit)) + 1
		return fmt.Sprintf("%s fewer %s", fewest(whole(n)), what)
	}
	return fmt.Sprintf("%s more %s", fewest(whole(n)), what)
}

// levelCondition: need is high, or the people in need of the cluster number U
// or more. When both hold, both must change.
func (c *classifier) levelCondition(i int) condition {
	high := c.highCondition(i)
	n, where := c.clusterNeed(i)
	enough := condition{holds: c.enough(n), margin: short(n, c.p.OutreachThreshold), say: func() string {
		return c.moved(n, c.p.OutreachThreshold, "people in need were out of reach "+where)
	}}
	switch {
	case high.holds && enough.holds:
		both := condition{holds: true, margin: math.Max(high.margin, enough.margin)}
		if high.say != nil {
			both.say = func() string { return high.say() + ", and " + enough.say() }
		}
		return both
	case high.holds:
		return high
	case enough.holds:
		return enough
	case !math.IsNaN(high.margin) && !(enough.margin < high.margin):
		return high
	}
	return enough
}

// cutCondition: no hub by public transport within the limit.
func (c *classifier) cutCondition(i int) condition {
	if c.in.Transit == nil || math.IsNaN(c.in.Transit[i]) {
		return yes(true)
	}
	at := c.in.Transit[i]
	k := condition{holds: at > c.p.TransitMinutes, margin: short(at, c.p.TransitMinutes)}
	word := "longer"
	if k.holds {
		word = "shorter"
	}
	k.say = func() string {
		return fmt.Sprintf("the way to a hub by public transport, %s, were %s %s", minutes(at, c.p.TransitMinutes), amount(math.Abs(at-c.p.TransitMinutes), "minute"), word)
	}
	return k
}

// youthCondition: youth need among the county's worst.
func (c *classifier) youthCondition(i int) condition {
	n := c.in.Need.Areas[i]
	if n.Youth <= 0 {
		return yes(false)
	}
	k := condition{holds: n.YouthRank <= c.youthN, margin: short(float64(n.YouthRank), float64(c.youthN))}
	k.say = func() string {
		if k.holds {
			return fmt.Sprintf("its youth need ranked %s or lower in the county (1 is the highest), not %s", whole(float64(c.youthN+1)), whole(float64(n.YouthRank)))
		}
		return fmt.Sprintf("its youth need ranked %s or higher in the county (1 is the highest), not %s", whole(float64(c.youthN)), whole(float64(n.YouthRank)))
	}
	return k
}

// spaceCondition: no open youth space on foot.
func (c *classifier) spaceCondition(i int) condition {
	if c.in.Youth == nil {
		return yes(true)
	}
	outside := 1 - c.in.Youth[i]
	k := condition{holds: uncovered(c.in.Youth[i], c.p.UncoveredShare), margin: short(outside, c.p.UncoveredShare)}
	k.say = func() string {
		if k.holds {
			return fmt.Sprintf("more than %s of its residents could walk to an open youth space, not %s", percent(1-c.p.UncoveredShare), percent(c.in.Youth[i]))
		}
		return fmt.Sprintf("%s or more of its residents could not walk to an open youth space, not %s", percent(c.p.UncoveredShare), percent(outside))
	}
	return k
}

// Move says how many areas change category when one threshold moves and all
// others stand.
type Move struct {
	Threshold string // as the study file names it
	From, To  float64
	Unit      string
	Entered   int // areas with no category before, and one after
	Left      int // the other way round
	Changed   int // areas whose categories are others, without the two above
	// Codes are the areas of all three, ascending.
	Codes []county.AreaCode
}

// Areas returns the areas that the move touches.
func (m Move) Areas() int { return m.Entered + m.Left + m.Changed }

// moves tries every threshold a tenth down and a tenth up. That of need is a
// rank, a tenth of which is less than a decile. Those that nothing is judged by
// are left out: minutes without walks, public transport that was not assessed.
func moves(in Input, p Params, r *Result) []Move {
	const tenth = 0.1
	var out []Move
	try := func(threshold, unit string, from float64, change func(to float64) *classifier) {
		if from == 0 {
			return
		}
		for _, to := range []float64{from * (1 - tenth), from * (1 + tenth)} {
			c := change(to)
			c.judge()
			out = append(out, moved(in.County, threshold, unit, from, to, r, c.r))
		}
	}
	with := func(set func(*Params, float64)) func(float64) *classifier {
		return func(to float64) *classifier {
			q := p
			set(&q, to)
			return newClassifier(in, q)
		}
	}
	if in.Walks != nil {
		try("minutes", "minutes' walk", p.Minutes, func(to float64) *classifier {
			q := p
			q.Minutes = to
			return newClassifier(within(in, to), q)
		})
	}
	try("building_threshold", "people in need", p.BuildingThreshold, with(func(q *Params, v float64) { q.BuildingThreshold = v }))
	try("outreach_threshold", "people in need", p.OutreachThreshold, with(func(q *Params, v float64) { q.OutreachThreshold = v }))
	try("uncovered_share", "of residents", p.UncoveredShare, with(func(q *Params, v float64) { q.UncoveredShare = v }))
	base := newClassifier(in, p)
	try("need_decile", "rank of need", base.lastHigh(), func(to float64) *classifier {
		c := newClassifier(in, p)
		c.highRank = to
		return c
	})
	try("town_residents", "residents", p.TownResidents, with(func(q *Params, v float64) { q.TownResidents = v }))
	try("youth_share", "of areas", p.YouthShare, with(func(q *Params, v float64) { q.YouthShare = v }))
	if in.Transit != nil {
		try("transit_minutes", "minutes by public transport", p.TransitMinutes, with(func(q *Params, v float64) { q.TransitMinutes = v }))
	}
	return out
}

// moved compares the categories of two results.
func moved(c *county.County, threshold, unit string, from, to float64, a, b *Result) Move {
	m := Move{Threshold: threshold, From: from, To: to, Unit: unit}
	for i := range a.Areas {
		before, after := a.Areas[i].Categories, b.Areas[i].Categories
		switch {
		case slices.Equal(before, after):
			continue
		case len(before) == 0:
			m.Entered++
		case len(after) == 0:
			m.Left++
		default:
			m.Changed++
		}
		m.Codes = append(m.Codes, c.Areas[i].Code)
	}
	return m
}

// within returns the input as it would be were limit minutes the walk that
// counts. Which youth spaces are in reach is told again too.
func within(in Input, limit float64) Input {
	out := in
	ms := uint32(math.Round(limit * 60_000))
	out.Covered = make([]float64, len(in.County.Areas))
	if in.Youth != nil {
		out.Youth = make([]float64, len(in.County.Areas))
	}
	out.Inside = make([]bool, len(in.County.Points))
	for p, point := range in.County.Points {
		youth := false
		for _, w := range in.Walks.At(p) {
			if in.Open[w.Place] && w.Millis <= ms {
				out.Inside[p] = true
				youth = youth || in.County.Sites[w.Place].YouthSpace == county.Yes
			}
		}
		if out.Inside[p] {
			out.Covered[point.Area] += point.Share
		}
		if youth && out.Youth != nil {
			out.Youth[point.Area] += point.Share
		}
	}
	return out
}

// Nearby returns the sentences of the areas of a target that are near a
// threshold, nearest first, at most most of them, each with its area's name.
func (p *Plan) Nearby(c *county.County, t Target, most int) string {
	near := slices.DeleteFunc(slices.Clone(t.Areas), func(i int) bool { return !p.Flips[i].Close() })
	slices.SortStableFunc(near, func(a, b int) int {
		switch {
		case p.Flips[a].Margin < p.Flips[b].Margin:
			return -1
		case p.Flips[a].Margin > p.Flips[b].Margin:
			return 1
		}
		return a - b
	})
	var words []string
	for _, i := range near[:min(most, len(near))] {
		words = append(words, c.Areas[i].Name+": "+p.Flips[i].Words)
	}
	return strings.Join(words, " ")
}
