package estate

import (
	"fmt"
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/reach"
)

// Live is an assessment that follows changes to its option: sites open, close,
// move and are added, and only what they touch is judged again. It is at every
// moment what Assess would say of the changed option, to the last bit.
//
// A Live belongs to one goroutine; Fork gives another its own.
type Live struct {
	in    Input // its County is the Live's own once a site was added or moved
	young []float64
	spans [][2]int // by area: its first point and the one after its last
	s     surveyor
	a     *Assessment
	at    []siteWalks // by site
	count []uint16    // by point: open sites within the limit
	push  []uint32    // by point: walk to the nearest open site with a pushchair
	owned bool        // the county is this Live's own

	dirty     []bool // by area: to be judged again
	areas     []int  // the areas of dirty
	partners  []bool // by site: whose only-here is to be added up again
	partnered []int  // the sites of partners
}

// siteWalks are the walks to one site, by ascending point.
type siteWalks struct{ adult, push []reach.Time }

// NewLive assesses the option once, whole. It panics as Assess does.
func NewLive(in Input, o Option) *Live {
	o.Status = slices.Clone(o.Status)
	in.County, o.Sites = o.In(in.County), nil // from here on the sites are the county's
	l := &Live{in: in, a: Assess(in, o), young: youngResidents(in.County), spans: make([][2]int, len(in.County.Areas)),
		at: make([]siteWalks, len(o.Status)), count: make([]uint16, len(in.County.Points)), push: make([]uint32, len(in.County.Points)),
		dirty: make([]bool, len(in.County.Areas)), partners: make([]bool, len(o.Status))}
	for _, span := range spans(in.County.Points) {
		l.spans[in.County.Points[span[0]].Area] = span
	}
	for i, ts := range bySite(in.Walks, len(o.Status)) {
		l.at[i].adult = ts
	}
	for i, ts := range bySite(in.Pushchair, len(o.Status)) {
		l.at[i].push = ts
	}
	l.survey(walks{base: in.Walks, sites: len(o.Status)}, walks{base: in.Pushchair, sites: len(o.Status)})
	for p := range l.push {
		l.push[p] = reach.NoWalk
	}
	for i, status := range o.Status {
		if !status.Open() {
			continue
		}
		for _, t := range l.at[i].adult {
			if t.Millis <= in.Limit {
				l.count[t.Point]++
			}
		}
		for _, t := range l.at[i].push {
			l.push[t.Point] = min(l.push[t.Point], t.Millis)
		}
	}
	return l
}

// survey makes a new surveyor for the sites as they are.
func (l *Live) survey(adult, push walks) {
	l.s = newSurveyor(l.in, l.a, l.young)
	l.s.adult, l.s.push = adult, push
	l.s.pushed = l.push
}

// Fork returns a Live that starts from where l stands and changes by itself.
func (l *Live) Fork() *Live {
	l.owned = false // the county is shared from here on
	f := &Live{in: l.in, young: l.young, spans: l.spans, a: l.copied(), at: slices.Clone(l.at), count: slices.Clone(l.count), push: slices.Clone(l.push),
		dirty: make([]bool, len(l.dirty)), partners: make([]bool, len(l.partners))}
	f.survey(l.s.adult.clone(), l.s.push.clone())
	return f
}

// copied returns the assessment without its totals.
func (l *Live) copied() *Assessment {
	o := l.a.Option
	o.Status = slices.Clone(o.Status)
	return &Assessment{Option: o, Areas: slices.Clone(l.a.Areas), Sites: slices.Clone(l.a.Sites), Millis: slices.Clone(l.a.Millis)}
}

// Assessment returns what Assess says of the option as it now is. It is the
// caller's own.
func (l *Live) Assessment() *Assessment {
	a := l.copied()
	a.totals(l.in, l.young)
	return a
}

// County returns the county with its sites as they now are: the study's own
// until a site was added or moved. It is not changed by later changes.
func (l *Live) County() *county.County {
	l.owned = false // what was handed out is never changed
	return l.in.County
}

// Input returns what the assessment is judged by, with the county as it now is.
// Its walks are those of the study and lack the sites added or moved.
func (l *Live) Input() Input {
	in := l.in
	in.County = l.County()
	return in
}

// SetJourneys sets the journeys by public transport that the assessment counts
// from now on; nil for none. They are to know the sites where they now stand.
func (l *Live) SetJourneys(j *Journeys) { l.in.Journeys, l.s.in.Journeys = j, j }

// Status returns what the option does with a site.
func (l *Live) Status(site int) Status { return l.a.Option.Status[site] }

// Times returns the walks to a site, on foot and with a pushchair. The slices
// belong to the Live.
func (l *Live) Times(site int) (adult, push []reach.Time) {
	return l.at[site].adult, l.at[site].push
}

// SetStatus changes what the option does with a site, by its position.
func (l *Live) SetStatus(site int, to Status) {
	was := l.a.Option.Status[site]
	if was.Open() && !to.Open() {
		l.leave(site)
	}
	l.a.Option.Status[site] = to
	l.s.open[site] = to.Open()
	if !was.Open() && to.Open() {
		l.enter(site)
	}
	l.settle()
}

// SetSite replaces a site by one with the walks given, by ascending point: moved
// to another place, or with other rooms. Its status stays. The walks with a
// pushchair are left out of a study without them.
func (l *Live) SetSite(site int, as county.Site, adult, push []reach.Time) {
	open := l.s.open[site]
	if open {
		l.leave(site)
		l.s.open[site] = false
	}
	l.own()
	l.in.County.Sites[site] = as
	l.s.youth[site] = as.YouthSpace == county.Yes
	l.walksOf(site, adult, push)
	if open {
		l.s.open[site] = true
		l.enter(site)
	}
	l.settle()
}

// walksOf sets the walks to a site.
func (l *Live) walksOf(site int, adult, push []reach.Time) {
	l.at[site] = siteWalks{adult: adult}
	l.s.adult.set(site, adult)
	if l.in.Pushchair != nil {
		l.at[site].push = push
		l.s.push.set(site, push)
	}
}

// Add appends a site, closed, with the walks given, and returns its position.
func (l *Live) Add(site county.Site, adult, push []reach.Time) int {
	i := len(l.at)
	l.own()
	l.in.County.Sites = append(l.in.County.Sites, site)
	l.a.Option.Status = append(l.a.Option.Status, Closed)
	l.a.Sites = append(l.a.Sites, SiteReach{})
	l.at = append(l.at, siteWalks{})
	l.partners = append(l.partners, false)
	l.s.near, l.s.open = append(l.s.near, 0), append(l.s.open, false)
	l.s.youth = append(l.s.youth, site.YouthSpace == county.Yes)
	l.walksOf(i, adult, push)
	return i
}

// RemoveLast takes away the site added last. It panics when the last site is
// one of the study's own.
func (l *Live) RemoveLast() {
	i := len(l.at) - 1
	if i < l.s.adult.sites {
		panic(fmt.Sprintf("estate: site %d was not added", i))
	}
	l.SetStatus(i, Closed)
	l.own()
	l.in.County.Sites = l.in.County.Sites[:i]
	l.a.Option.Status, l.a.Sites, l.at, l.partners = l.a.Option.Status[:i], l.a.Sites[:i], l.at[:i], l.partners[:i]
	l.s.near, l.s.open, l.s.youth = l.s.near[:i], l.s.open[:i], l.s.youth[:i]
	l.s.adult.drop(i)
	if l.in.Pushchair != nil {
		l.s.push.drop(i)
	}
}

// own makes the county's sites the Live's own, and keeps every county handed
// out as it was.
func (l *Live) own() {
	if l.owned {
		return
	}
	c := *l.in.County
	c.Sites = slices.Clone(c.Sites)
	l.in.County, l.s.in.County = &c, &c
	l.owned = true
}

// leave takes an open site out of the counts, and marks what it touches.
func (l *Live) leave(site int) {
	for _, t := range l.at[site].adult {
		if t.Millis <= l.in.Limit {
			if l.count[t.Point]--; l.count[t.Point] == 1 {
				l.partner(int(t.Point), site)
			}
		}
	}
	l.touch(site)
	l.a.Sites[site] = SiteReach{}
}

// enter puts a site that is now open into the counts, and marks what it touches.
func (l *Live) enter(site int) {
	for _, t := range l.at[site].adult {
		if t.Millis <= l.in.Limit {
			if l.count[t.Point]++; l.count[t.Point] == 2 {
				l.partner(int(t.Point), site)
			}
		}
	}
	l.touch(site)
	l.mark(site)
}

// touch marks the areas in which a site is, or was, within the limit of a point
// or as near as any open one. Elsewhere nothing depends on it.
func (l *Live) touch(site int) {
	for _, t := range l.at[site].adult {
		if t.Millis <= l.in.Limit || t.Millis <= l.a.Millis[t.Point] {
			l.soil(t.Point)
		}
	}
	for _, t := range l.at[site].push {
		if t.Millis <= l.push[t.Point] {
			l.soil(t.Point)
		}
	}
}

func (l *Live) soil(point int32) {
	if i := l.in.County.Points[point].Area; !l.dirty[i] {
		l.dirty[i] = true
		l.areas = append(l.areas, i)
	}
}

// partner marks the one other open site within the limit of a point.
func (l *Live) partner(p, site int) {
	for _, t := range l.s.adult.at(p) {
		if int(t.Place) != site && l.s.open[t.Place] && t.Millis <= l.in.Limit {
			l.mark(int(t.Place))
		}
	}
}

func (l *Live) mark(site int) {
	if !l.partners[site] {
		l.partners[site] = true
		l.partnered = append(l.partnered, site)
	}
}

// settle judges what was marked again.
func (l *Live) settle() {
	for _, i := range l.areas {
		l.dirty[i] = false
		l.a.Areas[i] = nowhere()
		l.s.area(l.spans[i][0], l.spans[i][1])
	}
	for _, site := range l.partnered {
		l.partners[site] = false
		l.a.Sites[site] = l.sum(site)
	}
	l.areas, l.partnered = l.areas[:0], l.partnered[:0]
}

// sum adds up what a site reaches.
func (l *Live) sum(site int) SiteReach {
	var sum SiteReach
	if !l.s.open[site] {
		return sum
	}
	for _, t := range l.at[site].adult {
		if t.Millis <= l.in.Limit {
			point := &l.in.County.Points[t.Point]
			sum.add(l.young[point.Area]*point.Share, l.in.Need.Areas[point.Area].Rate, l.count[t.Point] == 1)
		}
	}
	return sum
}
