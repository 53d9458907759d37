package estate

import (
	"math"

	"hubreach/internal/reach"
)

// Closure says who loses because one site closes: those whose nearest open site
// was within the limit and was this one, and who have none within it any more.
// So the closures of an option share its losers out: nobody counts twice.
type Closure struct {
	Site           int     // position in the county's sites
	People, InNeed float64 // aged 0-19
	Areas          []ClosureArea
	// Groups are the losers by age, decile of deprivation and group of people:
	// Lost and ExtraMin, and People and Before for the areas that lose.
	Groups []LoserRow
}

// ClosureArea is one area that loses by a closure.
type ClosureArea struct {
	Area           int
	People, InNeed float64 // who lose, aged 0-19
	// Next is the open site that is now nearest to most of those who lose, -1
	// when none was found; WalkMin the mean walk there of those whose nearest it
	// is, in minutes, NaN for none; Found the share of those who lose who have
	// any walk to any open site.
	Next    int
	WalkMin float64
	Found   float64
}

// Closures lists the sites that are open in the baseline and not in the option,
// ascending, and who loses by each. Losers whose nearest site of the baseline is
// still open, which happens only when it moved, are in none.
func Closures(in Input, baseline, option *Assessment, groups []Group) []Closure {
	c := closer{in: in, before: baseline, after: option, at: map[int]int{}}
	for i, was := range baseline.Option.Status {
		if was.Open() && !option.Option.Status[i].Open() {
			c.at[i] = len(c.all)
			c.all = append(c.all, Closure{Site: i})
		}
	}
	c.tables = make([]*loserTable, len(c.all))
	for k := range c.tables {
		c.tables[k] = &loserTable{at: map[[2]string]int{}}
	}
	for _, span := range spans(in.County.Points) {
		c.area(span, groups)
	}
	for k := range c.all {
		c.all[k].Groups = c.tables[k].filled()
	}
	return c.all
}

// closer is the state of Closures.
type closer struct {
	in            Input
	before, after *Assessment
	at            map[int]int // site to its place in all
	all           []Closure
	tables        []*loserTable
}

// loss is what one area loses by one closure, as shares of its people.
type loss struct {
	share, extra, found float64
	next                map[int]*[2]float64 // by new nearest site: share, and share x minutes
}

// area shares the losers of one area out.
func (c *closer) area(span [2]int, groups []Group) {
	i := c.in.County.Points[span[0]].Area
	losses := map[int]*loss{}
	var order []int
	for p := span[0]; p < span[1]; p++ {
		if c.before.Millis[p] > c.in.Limit || c.after.Millis[p] <= c.in.Limit {
			continue
		}
		k, ok := c.at[nearestOpen(c.in, c.before.Option, p)]
		if !ok {
			continue
		}
		l := losses[k]
		if l == nil {
			l = &loss{next: map[int]*[2]float64{}}
			losses[k] = l
			order = append(order, k)
		}
		share := c.in.County.Points[p].Share
		l.share += share
		l.extra += share * (Minutes(min(c.after.Millis[p], c.in.Longest)) - Minutes(c.before.Millis[p]))
		if next := nearestOpen(c.in, c.after.Option, p); next >= 0 {
			l.found += share
			sums := l.next[next]
			if sums == nil {
				sums = &[2]float64{}
				l.next[next] = sums
			}
			sums[0] += share
			sums[1] += share * Minutes(c.after.Millis[p])
		}
	}
	for _, k := range order {
		c.close(k, i, losses[k], groups)
	}
}

// close adds what area i loses to a closure.
func (c *closer) close(k, i int, l *loss, groups []Group) {
	area, n := &c.in.County.Areas[i], &c.in.Need.Areas[i]
	young := area.Residents.Between(0, 19)
	a := ClosureArea{Area: i, People: young * l.share, InNeed: n.InNeed * l.share, Next: -1, WalkMin: math.NaN(), Found: ratio(l.found, l.share)}
	most := -1.0
	for site, sums := range l.next {
		if sums[0] > most || sums[0] == most && site < a.Next {
			most, a.Next, a.WalkMin = sums[0], site, ratio(sums[1], sums[0])
		}
	}
	closure, t := &c.all[k], c.tables[k]
	closure.People += a.People
	closure.InNeed += a.InNeed
	closure.Areas = append(closure.Areas, a)
	lost := change{before: l.share, lost: l.share, extra: l.extra}
	for _, band := range ageBands {
		t.add("age", band.name, area.Residents.Between(band.from, band.to), lost)
	}
	t.add("need", "in need", n.InNeed, lost)
	t.add("decile", decileGroup(n.DeprivationDecile), young, lost)
	t.add(Infants, "under 1", area.Residents[0], lost)
	for _, g := range groups {
		if !math.IsNaN(g.Counts[i]) {
			t.add(g.Dimension, g.Name, g.Counts[i], lost)
		}
	}
}

// nearestOpen returns the open site nearest to a point, the lower of equals, -1
// for none.
func nearestOpen(in Input, o Option, p int) int {
	best, least := -1, uint32(reach.NoWalk)
	for _, t := range in.Walks.At(p) {
		if o.Status[t.Place].Open() && (best < 0 || t.Millis < least) {
			best, least = int(t.Place), t.Millis
		}
	}
	return best
}
