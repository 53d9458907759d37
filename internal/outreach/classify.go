package outreach

import (
	"fmt"
	"math"
	"strings"

	"hubreach/internal/county"
)

// Classify applies the rules to every area, then draws the targets.
func Classify(in Input, p Params) *Result {
	c := classifier{in: in, p: p, r: &Result{Areas: make([]Area, len(in.County.Areas))}}
	c.hubTowns()
	c.towns()
	for i := range c.r.Areas {
		c.r.Areas[i].Uncovered = uncovered(in.Covered[i], p.UncoveredShare)
	}
	for i := range c.r.Areas {
		c.area(i)
	}
	c.notAssessed()
	c.r.Targets = c.targets()
	return c.r
}

// uncovered reports whether the share outside is the given share or more. The
// sum of shares that were counted one by one is compared to nine digits.
func uncovered(coveredShare, share float64) bool {
	const slack = 1e-9
	return 1-coveredShare >= share-slack
}

type classifier struct {
	in     Input
	p      Params
	r      *Result
	hubs   map[county.SettlementID]string // settlements with an open site, and its name
	town   map[county.SettlementID]*Town
	youthN int // areas of the worst share of youth need
}

// hubTowns finds the settlements with an open site.
func (c *classifier) hubTowns() {
	c.hubs = map[county.SettlementID]string{}
	for i, s := range c.in.County.Sites {
		if c.in.Open[i] && s.Settlement != "" && c.hubs[s.Settlement] == "" {
			c.hubs[s.Settlement] = s.Name
		}
	}
	c.youthN = int(math.Ceil(c.p.YouthShare*float64(len(c.in.County.Areas)) - 1e-9))
}

// towns adds up the settlements of town size.
func (c *classifier) towns() {
	c.town = map[county.SettlementID]*Town{}
	sums := map[county.SettlementID]*Town{}
	for i, a := range c.in.County.Areas {
		if a.Settlement == "" {
			continue
		}
		t := sums[a.Settlement]
		if t == nil {
			t = &Town{Settlement: a.Settlement}
			sums[a.Settlement] = t
		}
		people := a.Residents.Between(0, 19)
		t.Residents += a.Residents.Total()
		t.People += people
		t.CoveredShare += people * c.in.Covered[i] // a number of people until below
		t.InNeedOutside += c.in.Need.Areas[i].InNeed * (1 - c.in.Covered[i])
	}
	for _, s := range c.in.County.Settlements {
		t := sums[s.ID]
		if t == nil || t.People == 0 {
			continue
		}
		t.Name, t.Crosses = c.in.County.SettlementName(s.ID), s.Crosses
		t.CoveredShare /= t.People
		if t.Residents >= c.p.TownResidents && t.CoveredShare < 0.5 {
			t.Warrants = t.InNeedOutside >= c.p.BuildingThreshold
			c.town[s.ID] = t
			c.r.Towns = append(c.r.Towns, *t)
		}
	}
}

// area applies the four rules to one area.
func (c *classifier) area(i int) {
	a := &c.r.Areas[i]
	if !a.Uncovered {
		a.Reason = fmt.Sprintf("Inside: %s of residents aged 0-19 live within %g minutes' walk of an open hub%s.", percent(c.in.Covered[i]), c.p.Minutes, c.nearest(i))
		return
	}
	words := []string{fmt.Sprintf("Outside: %s of the %.0f residents aged 0-19 live more than %g minutes' walk from an open hub%s.",
		percent(1-c.in.Covered[i]), c.in.County.Areas[i].Residents.Between(0, 19), c.p.Minutes, c.nearest(i))}
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
	if t := c.town[c.in.County.Areas[i].Settlement]; t != nil && t.Warrants {
		words = append(words, fmt.Sprintf("Building warranted: %.0f people in need aged 0-19 of %s are out of reach, and %.0f warrant a building.", t.InNeedOutside, t.Name, c.p.BuildingThreshold))
	}
	if len(words) == 1 {
		words = append(words, "No outreach rule applies: "+c.why(a.Trace))
	}
	a.Reason = strings.Join(words, " ")
}

// why says which answer kept each category away.
func (c *classifier) why(trace []Step) string {
	var parts []string
	seen := map[Category]bool{}
	for _, s := range trace {
		if !s.Holds && !seen[s.Category] {
			seen[s.Category] = true
			parts = append(parts, s.Category.Title()+": "+s.Found)
		}
	}
	return strings.Join(parts, "; ") + "."
}

func all(steps []Step) bool {
	for _, s := range steps {
		if !s.Holds {
			return false
		}
	}
	return true
}

func (c *classifier) nearest(i int) string {
	if c.in.Nearest[i] < 0 || math.IsNaN(c.in.WalkMin[i]) {
		return ""
	}
	return fmt.Sprintf(" (nearest: %s, %.0f minutes)", c.in.County.Sites[c.in.Nearest[i]].Name, c.in.WalkMin[i])
}

// highNeed asks whether the area's need is in the worst deciles.
func (c *classifier) highNeed(i int, category Category) Step {
	n := c.in.Need.Areas[i]
	s := Step{Category: category, Question: fmt.Sprintf("is need in the worst %d of 10 deciles?", c.p.NeedDecile)}
	if !n.Known {
		s.Found = "need is not known"
		return s
	}
	s.Holds = n.Decile <= c.p.NeedDecile
	s.Found = fmt.Sprintf("need is in decile %d of 10", n.Decile)
	return s
}

// edgeOfTown: the settlement has an open hub, the area is outside, need is high.
func (c *classifier) edgeOfTown(i int) ([]Step, string) {
	settlement := c.in.County.Areas[i].Settlement
	hub := Step{Category: EdgeOfTown, Question: "does its town have an open hub?"}
	name := c.in.County.SettlementName(settlement)
	switch {
	case settlement == "":
		hub.Found = "the area is not part of a town"
	case c.hubs[settlement] == "":
		hub.Found = name + " has no open hub"
	default:
		hub.Holds, hub.Found = true, name+" has an open hub"
	}
	high := c.highNeed(i, EdgeOfTown)
	return []Step{hub, high}, fmt.Sprintf("Edge of town: %s, this part of it is out of reach, and %s.", hub.Found, high.Found)
}

// wholeTown: a settlement of town size, less than half in reach, people in need
// outside of U or more and less than B.
func (c *classifier) wholeTown(i int) ([]Step, string) {
	settlement := c.in.County.Areas[i].Settlement
	name := c.in.County.SettlementName(settlement)
	town := Step{Category: WholeTown, Question: fmt.Sprintf("is it in a settlement of %.0f or more with less than half of its residents aged 0-19 in reach?", c.p.TownResidents)}
	t := c.town[settlement]
	if t == nil {
		town.Found = "the area is not part of a settlement"
		if settlement != "" {
			town.Found = name + " is smaller, or half or more of it is in reach"
		}
		return []Step{town}, ""
	}
	town.Holds = true
	town.Found = fmt.Sprintf("%s of %s is in reach", percent(t.CoveredShare), name)
	enough := Step{Category: WholeTown, Question: fmt.Sprintf("do people in need out of reach add up to between %.0f and %.0f?", c.p.OutreachThreshold, c.p.BuildingThreshold),
		Holds: t.InNeedOutside >= c.p.OutreachThreshold && t.InNeedOutside < c.p.BuildingThreshold,
		Found: fmt.Sprintf("%.0f people in need aged 0-19 of %s are out of reach", t.InNeedOutside, name)}
	crosses := ""
	if t.Crosses {
		crosses = " The town crosses the county line; only the county's part is counted."
	}
	return []Step{town, enough}, fmt.Sprintf("Whole town: only %s, and %s, fewer than the %.0f that warrant a building.%s", town.Found, enough.Found, c.p.BuildingThreshold, crosses)
}

// rural: rural by class; high need, or U or more people in need in the cluster;
// and cut off.
func (c *classifier) rural(i int) ([]Step, string) {
	area := c.in.County.Areas[i]
	class := Step{Category: Rural, Question: "is the area rural?", Holds: area.Rural, Found: "class " + area.RuralUrban}
	if area.RuralUrban == "" {
		class.Found = "the rural-urban class is not known"
	}
	if !class.Holds {
		class.Found = strings.Replace(class.Found, "class ", "urban, class ", 1)
		return []Step{class}, ""
	}
	high := c.highNeed(i, Rural)
	inNeed := c.clusterNeed(i)
	level := Step{Category: Rural, Question: fmt.Sprintf("is need high, or are there %.0f or more people in need here?", c.p.OutreachThreshold),
		Holds: high.Holds || inNeed >= c.p.OutreachThreshold,
		Found: fmt.Sprintf("%s, and %.0f people in need aged 0-19 live here", high.Found, inNeed)}
	cut := Step{Category: Rural, Question: fmt.Sprintf("is it cut off: no hub on foot, none within %g minutes by public transport?", c.p.TransitMinutes), Holds: true}
	switch {
	case c.in.Transit == nil:
		cut.Found = "no hub on foot; public transport: not assessed"
	case math.IsNaN(c.in.Transit[i]):
		cut.Found = "no hub on foot and none by public transport"
	default:
		cut.Holds = c.in.Transit[i] > c.p.TransitMinutes
		cut.Found = fmt.Sprintf("no hub on foot, and the nearest is %.0f minutes away by public transport", c.in.Transit[i])
	}
	return []Step{class, level, cut}, fmt.Sprintf("Rural: %s; %s; %s.", class.Found, level.Found, cut.Found)
}

// clusterNeed adds up the people in need out of reach of the uncovered rural
// areas that touch area i, directly or through each other, in one settlement.
func (c *classifier) clusterNeed(i int) float64 {
	sum := 0.0
	for _, j := range c.cluster(i, func(j int) bool {
		return c.r.Areas[j].Uncovered && c.in.County.Areas[j].Rural
	}) {
		sum += c.in.Need.Areas[j].InNeed * (1 - c.in.Covered[j])
	}
	return sum
}

// detachedYouth: youth need among the county's worst and no youth space on foot.
func (c *classifier) detachedYouth(i int) ([]Step, string) {
	rank := c.in.Need.Areas[i].YouthRank
	youth := Step{Category: DetachedYouth, Question: fmt.Sprintf("is youth need among the county's worst %s?", percent(c.p.YouthShare)),
		Holds: rank <= c.youthN && c.in.Need.Areas[i].Youth > 0, Found: fmt.Sprintf("youth need ranks %d of %d", rank, len(c.in.County.Areas))}
	space := Step{Category: DetachedYouth, Question: "is there no open youth space on foot?", Holds: true, Found: "no open hub on foot; which sites have a youth space is not stated"}
	if c.in.Youth != nil {
		space.Holds = uncovered(c.in.Youth[i], c.p.UncoveredShare)
		space.Found = fmt.Sprintf("%s of it can walk to an open youth space", percent(c.in.Youth[i]))
	}
	return []Step{youth, space}, fmt.Sprintf("Detached youth: %s, and %s.", youth.Found, space.Found)
}

func (c *classifier) notAssessed() {
	if c.in.Transit == nil {
		c.r.NotAssessed = append(c.r.NotAssessed, "public transport: no timetable, so rural areas are judged on foot alone")
	}
	if c.in.Youth == nil {
		c.r.NotAssessed = append(c.r.NotAssessed, "youth space: no site says whether it has one; any open hub on foot counts")
	}
}

// percent writes a share in whole per cent.
func percent(share float64) string { return fmt.Sprintf("%.0f%%", share*100) }
