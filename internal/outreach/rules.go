package outreach

import (
	"fmt"
	"math"
)

// Each rule asks its questions of one area, all of them, and gives the sentence
// that stands in the reason if every answer holds.

// questions are what the rules ask, with the thresholds in words.
type questions struct{ high, hub, town, enough, rural, level, cut, youth, space string }

func ask(p Params) questions {
	u := whole(p.OutreachThreshold)
	return questions{
		hub:    "does its town have an open hub?",
		high:   fmt.Sprintf("is need high: in decile %d of 10 or a lower one?", p.NeedDecile),
		town:   fmt.Sprintf("is it in a settlement of %s or more residents with less than half of those aged 0-19 in reach of a hub?", whole(p.TownResidents)),
		enough: fmt.Sprintf("do its people in need out of reach number %s or more, but fewer than %s?", u, whole(p.BuildingThreshold)),
		rural:  "is the area rural?",
		level:  fmt.Sprintf("is need high, or are %s or more people in need out of reach here?", u),
		cut:    fmt.Sprintf("is it cut off: no hub on foot, and none within %g minutes by public transport?", p.TransitMinutes),
		youth:  fmt.Sprintf("is youth need among the highest %s of the county's areas?", percent(p.YouthShare)),
		space:  "is there no open youth space on foot?",
	}
}

// highNeed asks whether the area's need is in the worst deciles.
func (c *classifier) highNeed(i int, category Category) Step {
	n := c.in.Need.Areas[i]
	s := Step{Category: category, Question: c.ask.high}
	switch {
	case !n.Known:
		s.Found = "need is not known"
		return s
	case c.in.Need.PopulationOnly:
		s.Found = fmt.Sprintf("the share of residents aged 0-19 is in decile %d of 10 (1 is the highest in the county)", n.Decile)
	case c.in.Need.Local:
		s.Found = fmt.Sprintf("need is in decile %d of 10 (1 is the most in need in the county)", n.Decile)
	default:
		s.Found = fmt.Sprintf("need is in decile %d of 10 (1 is the most in need)", n.Decile)
	}
	s.Holds = c.high(i)
	return s
}

// high reports whether need is known and in the worst deciles.
func (c *classifier) high(i int) bool {
	n := c.in.Need.Areas[i]
	if c.highRank > 0 {
		return n.Known && float64(n.Rank) <= c.highRank
	}
	return n.Known && n.Decile <= c.p.NeedDecile
}

// lastHigh returns the last rank of need that is high, with its fraction; 0
// without ranks.
func (c *classifier) lastHigh() float64 {
	if c.highRank > 0 {
		return c.highRank
	}
	return float64(c.in.Need.Of) * float64(c.p.NeedDecile) / 10
}

// edgeOfTown: the settlement has an open hub, the area is outside, need is high.
func (c *classifier) edgeOfTown(i int) ([]Step, string) {
	settlement := c.in.County.Areas[i].Settlement
	name := c.townName(settlement)
	hub := Step{Category: EdgeOfTown, Question: c.ask.hub, Holds: c.hubs[settlement], Found: name + " has no open hub"}
	switch {
	case settlement == "":
		hub.Found = "the area is not part of a town"
	case hub.Holds:
		hub.Found = name + " has an open hub"
	}
	high := c.highNeed(i, EdgeOfTown)
	return []Step{hub, high}, fmt.Sprintf("Edge of town: %s, but this part of it is out of reach, and %s.", hub.Found, high.Found)
}

// wholeTown: a settlement of town size, less than half in reach, people in need
// outside of U or more and less than B.
func (c *classifier) wholeTown(i int) ([]Step, string) {
	settlement := c.in.County.Areas[i].Settlement
	t := c.town[settlement]
	town := Step{Category: WholeTown, Question: c.ask.town}
	enough := Step{Category: WholeTown, Question: c.ask.enough}
	if t == nil {
		town.Found = "the area is not part of a town"
		enough.Found = town.Found
		return []Step{town, enough}, ""
	}
	town.Holds = c.whole[settlement]
	only := ""
	if t.CoveredShare > 0 {
		only = "only "
	}
	if town.Found = fmt.Sprintf("%s of %s are in reach of a hub", ofYoung(t.CoveredShare, t.People), t.Name); t.Residents < c.p.TownResidents {
		town.Found = fmt.Sprintf("%s has %s of all ages", t.Name, residents(t.Residents))
	}
	found, b := apart(t.InNeedOutside, c.p.BuildingThreshold)
	enough.Holds = c.enough(t.InNeedOutside) && (c.p.BuildingThreshold <= 0 || t.InNeedOutside < c.p.BuildingThreshold)
	enough.Found = fmt.Sprintf("%s of %s are out of reach", inNeed(found), t.Name)
	return []Step{town, enough}, fmt.Sprintf("Whole town: %s%s, and %s: %s or more call for outreach to the town, %s or more for a building.%s",
		only, town.Found, enough.Found, whole(c.p.OutreachThreshold), b, crossing(t))
}

// warranted says that a town's people in need warrant a building.
func (c *classifier) warranted(t *Town) string {
	found, b := apart(t.InNeedOutside, c.p.BuildingThreshold)
	return fmt.Sprintf("Building warranted: %s of %s are out of reach, and %s or more warrant a building.%s", inNeed(found), t.Name, b, crossing(t))
}

// crossing warns that a town does not end at the county line.
func crossing(t *Town) string {
	if !t.Crosses {
		return ""
	}
	return " The town crosses the county line; only the county's part is counted."
}

// rural: rural by class; high need, or U or more people in need in the cluster;
// and cut off.
func (c *classifier) rural(i int) ([]Step, string) {
	area := &c.in.County.Areas[i]
	class := Step{Category: Rural, Question: c.ask.rural, Holds: area.Rural && area.RuralUrban != ""}
	switch {
	case area.RuralUrban == "":
		class.Found = "whether the area is rural is not known"
	case area.Rural:
		class.Found = "the area is rural (class " + area.RuralUrban + ")"
	default:
		class.Found = "the area is urban (class " + area.RuralUrban + ")"
	}
	high := c.highNeed(i, Rural)
	n, touching := c.clusterNeed(i)
	level := Step{Category: Rural, Question: c.ask.level,
		Holds: high.Holds || c.enough(n),
		Found: fmt.Sprintf("%s, and %s are out of reach %s", high.Found, inNeed(whole(n)), touching)}
	cut := Step{Category: Rural, Question: c.ask.cut, Holds: true}
	switch {
	case c.in.Transit == nil:
		cut.Found = "there is no hub on foot; public transport: not assessed"
	case math.IsNaN(c.in.Transit[i]):
		cut.Found = "there is no hub on foot, and none by public transport"
	default:
		cut.Holds = c.in.Transit[i] > c.p.TransitMinutes
		cut.Found = fmt.Sprintf("there is no hub on foot, and the nearest is %s by public transport", minutes(c.in.Transit[i], c.p.TransitMinutes))
	}
	return []Step{class, level, cut}, fmt.Sprintf("Rural: %s; %s; %s.", class.Found, level.Found, cut.Found)
}

// clusterNeed adds up the people in need out of reach of the uncovered rural
// areas that touch area i, directly or through each other, in one settlement,
// and says where that is. An urban area is taken by itself.
func (c *classifier) clusterNeed(i int) (float64, string) {
	rural := func(j int) bool { return c.r.Areas[j].Uncovered && c.in.County.Areas[j].Rural }
	cluster := []int{i}
	if rural(i) {
		cluster = c.cluster(i, rural)
	}
	sum := 0.0
	for _, j := range cluster {
		sum += c.in.Need.Areas[j].InNeed * (1 - c.in.Covered[j])
	}
	switch len(cluster) {
	case 1:
		return sum, "here"
	case 2:
		return sum, "in this area and 1 more next to it"
	}
	return sum, fmt.Sprintf("in this area and %d more around it", len(cluster)-1)
}

// detachedYouth: youth need among the county's worst and no youth space on foot.
func (c *classifier) detachedYouth(i int) ([]Step, string) {
	rank := c.in.Need.Areas[i].YouthRank
	youth := Step{Category: DetachedYouth, Question: c.ask.youth,
		Holds: rank <= c.youthN && c.in.Need.Areas[i].Youth > 0,
		Found: fmt.Sprintf("youth need ranks %s of %s in the county (1 is the highest)", whole(float64(rank)), whole(float64(len(c.in.County.Areas))))}
	if c.in.Need.Areas[i].Youth == 0 {
		youth.Found = "no youth need is known here"
	}
	space := Step{Category: DetachedYouth, Question: c.ask.space, Holds: true,
		Found: "there is no open hub on foot, and which hubs have a youth space is not stated"}
	if c.in.Youth != nil {
		space.Holds = uncovered(c.in.Youth[i], c.p.UncoveredShare)
		if space.Found = "nobody can walk to an open youth space"; c.in.Youth[i] > 0 {
			space.Found = percent(c.in.Youth[i]) + " of residents can walk to an open youth space"
		}
	}
	return []Step{youth, space}, fmt.Sprintf("Detached youth: %s; %s.", youth.Found, space.Found)
}
