package outreach

import (
	"fmt"
	"math"
	"strings"

	"hubreach/internal/county"
)

// Classify applies the rules to every area, then draws the targets. The slices
// of in agree in length with its county; else it panics.
func Classify(in Input, p Params) *Result {
	c := newClassifier(in, p)
	c.judge()
	c.notAssessed()
	c.targets()
	return c.r
}

// newClassifier returns a classifier of nothing yet.
func newClassifier(in Input, p Params) *classifier {
	return &classifier{in: in, p: p, ask: ask(p), r: &Result{Areas: make([]Area, len(in.County.Areas))}}
}

// judge applies the rules to every area.
func (c *classifier) judge() {
	c.prepare()
	c.r.Towns = c.towns
	for i := range c.r.Areas {
		c.r.Areas[i].Uncovered = uncovered(c.in.Covered[i], c.p.UncoveredShare)
	}
	for i := range c.r.Areas {
		c.area(i)
	}
}

// prepare counts what the rules, and the plan after them, share.
func (c *classifier) prepare() {
	c.youthN = int(math.Ceil(c.p.YouthShare*float64(len(c.in.County.Areas)) - slack))
	c.count()
	c.placePoints()
	c.hubTowns()
	c.sumTowns()
}

// slack is how far shares that were added up point by point may miss a share
// that they are compared with.
const slack = 1e-9

// uncovered reports whether the given share or more lives outside.
func uncovered(coveredShare, share float64) bool { return 1-coveredShare >= share-slack }

// classifier holds what the rules share.
type classifier struct {
	in  Input
	p   Params
	ask questions
	r   *Result
	// highRank, when not 0, is the last rank of need that is high, in place of
	// the decile of p.
	highRank float64
	planning bool // points are wanted without venues too

	young  []float64                     // residents aged 0-19, by area
	hubs   map[county.SettlementID]bool  // settlements with an open hub
	town   map[county.SettlementID]*Town // every settlement
	whole  map[county.SettlementID]bool  // those of town size with less than half in reach
	towns  []Town                        // the towns of whole, in the county's order
	youthN int                           // areas of the worst share of youth need
	points [][]int32                     // the population points of each area; nil without venues, but for planning
}

// count adds up the young residents of every area.
func (c *classifier) count() {
	c.young = make([]float64, len(c.in.County.Areas))
	for i := range c.young {
		c.young[i] = c.in.County.Areas[i].Residents.Between(0, 19)
	}
}

// hubTowns finds the settlements with an open hub in the county.
func (c *classifier) hubTowns() {
	c.hubs = map[county.SettlementID]bool{}
	for i, s := range c.in.County.Sites {
		if c.in.Open[i] && !s.Outside() && s.Settlement != "" {
			c.hubs[s.Settlement] = true
		}
	}
}

// sumTowns adds up the settlements and lists those that the whole-town rule
// looks at.
func (c *classifier) sumTowns() {
	c.town, c.whole = map[county.SettlementID]*Town{}, map[county.SettlementID]bool{}
	for _, s := range c.in.County.Settlements {
		name := s.Name
		if name == "" {
			name = string(s.ID)
		}
		c.town[s.ID] = &Town{Settlement: s.ID, Name: name, Crosses: s.Crosses}
	}
	covered := map[county.SettlementID]float64{}
	for i := range c.in.County.Areas {
		a := &c.in.County.Areas[i]
		t := c.town[a.Settlement]
		if t == nil {
			continue
		}
		t.Residents += a.Residents.Total()
		t.People += c.young[i]
		t.InNeedOutside += c.in.Need.Areas[i].InNeed * (1 - c.in.Covered[i])
		covered[a.Settlement] += c.young[i] * c.in.Covered[i]
	}
	for _, s := range c.in.County.Settlements {
		t := c.town[s.ID]
		if t.People == 0 {
			continue
		}
		t.CoveredShare = covered[s.ID] / t.People
		if t.Residents >= c.p.TownResidents && t.CoveredShare < 0.5-slack {
			t.Warrants = c.p.BuildingThreshold > 0 && t.InNeedOutside >= c.p.BuildingThreshold
			c.whole[s.ID] = true
			c.towns = append(c.towns, *t)
		}
	}
}

// townName returns the name of a settlement, or its id.
func (c *classifier) townName(id county.SettlementID) string {
	if t := c.town[id]; t != nil {
		return t.Name
	}
	return string(id)
}

// enough reports whether a number of people in need calls for outreach of its
// own: U or more, and somebody.
func (c *classifier) enough(inNeed float64) bool {
	return inNeed > 0 && inNeed >= c.p.OutreachThreshold
}

// area applies the four rules to one area.
func (c *classifier) area(i int) {
	a := &c.r.Areas[i]
	if !a.Uncovered {
		a.Reason = c.inside(i)
		return
	}
	words := []string{c.outside(i)}
	for _, rule := range []func(int) ([]Step, string){c.edgeOfTown, c.wholeTown, c.rural, c.detachedYouth} {
		steps, why := rule(i)
		a.Trace = append(a.Trace, steps...)
		if !all(steps) {
			continue
		}
		category := steps[0].Category
		a.Categories = append(a.Categories, category)
		if a.Primary == "" {
			a.Primary = category
		}
		words = append(words, why)
	}
	if s := c.in.County.Areas[i].Settlement; c.whole[s] && c.town[s].Warrants {
		words = append(words, c.warranted(c.town[s]))
	}
	if len(words) == 1 {
		words = append(words, "No outreach category applies."+refusals(a.Trace))
	}
	if c.in.Need.NoRate {
		words = append(words, everybody)
	}
	a.Reason = strings.Join(words, " ")
}

// everybody is said wherever people in need are counted without a rate.
const everybody = "No rate of need is known, so everybody aged 0-19 counts as in need."

// refusals says, category by category, which answer kept it away: the first
// that does not hold.
func refusals(trace []Step) string {
	var b strings.Builder
	var last Category
	for _, s := range trace {
		if !s.Holds && s.Category != last {
			last = s.Category
			fmt.Fprintf(&b, " %s: %s.", capital(s.Category.Title()), s.Found)
		}
	}
	return b.String()
}

func all(steps []Step) bool {
	for _, s := range steps {
		if !s.Holds {
			return false
		}
	}
	return true
}

// notAssessed says what the rules could not ask.
func (c *classifier) notAssessed() {
	say := func(sentence string) { c.r.NotAssessed = append(c.r.NotAssessed, sentence) }
	if c.in.Transit == nil {
		say("public transport: no timetable, so rural areas are judged on foot alone")
	}
	if c.in.Youth == nil {
		say("youth space: no site says whether it has one; any open hub on foot counts")
	}
	if c.p.BuildingThreshold <= 0 {
		say("building threshold: nobody in need is in reach of the baseline's hubs, so no town is found to warrant a building")
	}
}
