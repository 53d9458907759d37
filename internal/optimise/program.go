package optimise

import (
	"fmt"
	"slices"
)

// program is a mixed integer linear program: make the sum of cost times value
// small under the constraints.
type program struct {
	about   []string // lines of the comment that maps the names
	columns []column
	rows    []constraint
}

// column is a variable from zero to most; whole says that it must be a whole number.
type column struct {
	name  string
	cost  float64
	most  float64
	whole bool
}

type constraint struct {
	name  string
	sense byte // 'L' at most, 'G' at least, 'E' equal to limit
	limit float64
	terms []term
}

type term struct {
	column int
	times  float64
}

// siteName is the variable that is 1 when a site is open. The position counts
// from 1, so that files read as people count.
func siteName(site int) string { return fmt.Sprintf("y%04d", site+1) }

// newProgram writes a problem down. Its first len(p.Sites) columns are the
// sites. constant has to be added to what a set costs here.
func newProgram(p *Problem) (g *program, constant float64) {
	g = &program{}
	for s := range p.Sites {
		g.columns = append(g.columns, column{siteName(s), 0, 1, true})
	}
	switch p.Model {
	case PCenter:
		constant = g.center(p)
		g.note("value = cost + %v, the longest time to the nearest open site", constant)
		g.note("r..... = 1 when it is over one more of the possible times; c..... = sites within a time of somebody")
	case FewestSites:
		in := reduce(p)
		for s := range p.Sites {
			g.columns[s].cost = 1
		}
		for i := range in.rows {
			g.rows = append(g.rows, constraint{fmt.Sprintf("c%05d", i+1), 'G', 1, sitesOf(in.rows[i].sites)})
		}
		g.note("value = cost + 0, the open sites; c..... = the sites that reach somebody")
	default:
		in := reduce(p)
		constant = in.always
		g.covering(in)
		switch {
		case p.Model == PMedian:
			g.note("value = cost + %v, weight times time to the nearest open site", constant)
			g.note("c..... = somebody's first few sites, whose weight is theirs times the time to the next")
		case in.theta > 0:
			g.note("value = %v - cost, weight covered once and %v of that covered twice", in.base(), in.theta)
			g.note("v..... = 1 when c..... is not covered twice")
		default:
			g.note("value = %v - cost, weight covered", in.base())
		}
		g.note("x..... = 1 when no site of c..... is open")
	}
	g.rules(p)
	return g, constant
}

func (g *program) note(format string, args ...any) {
	g.about = append(g.about, fmt.Sprintf(format, args...))
}

func sitesOf(sites []int32) []term {
	out := make([]term, len(sites))
	for k, s := range sites {
		out[k] = term{int(s), 1}
	}
	return out
}

// covering adds the cover sets: x says not covered, v not covered twice. With
// whole sites they come out whole by themselves.
func (g *program) covering(in *instance) {
	floors := make([][]term, len(in.Rules.Floors))
	for i := range in.rows {
		r := &in.rows[i]
		x := len(g.columns)
		terms := sitesOf(r.sites)
		g.columns = append(g.columns, column{fmt.Sprintf("x%05d", i+1), r.weight, 1, false})
		terms = append(terms, term{x, 1})
		need := 1.0
		if in.theta > 0 {
			g.columns = append(g.columns, column{fmt.Sprintf("v%05d", i+1), in.theta * r.weight, 1, false})
			terms = append(terms, term{x + 1, 1})
			need = 2
			g.rows = append(g.rows, constraint{fmt.Sprintf("o%05d", i+1), 'G', 0, []term{{x, -1}, {x + 1, 1}}})
		}
		g.rows = append(g.rows, constraint{fmt.Sprintf("c%05d", i+1), 'G', need, terms})
		for _, f := range r.floors {
			floors[f.floor] = append(floors[f.floor], term{x, f.weight})
		}
	}
	reached := make([]float64, len(floors))
	for k, terms := range floors {
		for _, t := range terms {
			reached[k] += t.times
		}
	}
	for k, f := range in.Rules.Floors {
		// Not covered at most: what is reached less what must be covered.
		need := f.Share * in.group[k] * (1 - slackEps)
		g.rows = append(g.rows, constraint{fmt.Sprintf("floor%02d", k+1), 'L', reached[k] - need, floors[k]})
		g.note("floor%02d = %v of the weight of %s is covered", k+1, f.Share, f.Name)
	}
}

// center writes the p-center: r k = 1 says that the longest time is over the
// k-th of the possible times, so the longest time is a sum of steps. It returns
// the shortest possible longest time. Source: S. Elloumi, M. Labbe and Y.
// Pochet, "A new formulation and resolution method for the p-center problem",
// INFORMS Journal on Computing 16 (2004), 84-94.
func (g *program) center(p *Problem) float64 {
	times := centerTimes(p)
	if len(times) == 0 {
		return 0
	}
	first := len(g.columns)
	for k := 1; k < len(times); k++ {
		g.columns = append(g.columns, column{fmt.Sprintf("r%05d", k), times[k] - times[k-1], 1, false})
		if k > 1 {
			g.rows = append(g.rows, constraint{fmt.Sprintf("o%05d", k), 'G', 0, []term{{first + k - 2, 1}, {first + k - 1, -1}}})
		}
	}
	fixed := fixed(p)
	m := merger{in: &instance{Problem: p}, at: map[string]int{}}
	for _, d := range p.Demands {
		if d.Weight == 0 {
			continue
		}
		byTime := slices.DeleteFunc(slices.Clone(d.Reach), func(r Reach) bool { return fixed[r.Site] < 0 })
		slices.SortStableFunc(byTime, func(a, b Reach) int { return compare(a.Time, b.Time) })
		m.sites = m.sites[:0]
		for k, r := range byTime {
			at, _ := slices.BinarySearch(m.sites, r.Site)
			m.sites = slices.Insert(m.sites, at, r.Site)
			// Without any of these sites the longest time is the next one at least,
			// and when there is no next one, one of these must be open.
			next := len(times)
			if k+1 < len(byTime) {
				next, _ = slices.BinarySearch(times, byTime[k+1].Time)
			}
			if next > 0 && (k+1 == len(byTime) || byTime[k+1].Time > r.Time) {
				row := m.row(m.sites)
				row.weight = max(row.weight, float64(next))
			}
		}
	}
	for i, r := range m.in.rows {
		terms := sitesOf(r.sites)
		if next := int(r.weight); next < len(times) {
			terms = append(terms, term{first + next - 1, 1})
		}
		g.rows = append(g.rows, constraint{fmt.Sprintf("c%05d", i+1), 'G', 1, terms})
	}
	return times[0]
}

// centerTimes are the possible longest times, ascending: those no shorter than
// the longest of everyone's shortest.
func centerTimes(p *Problem) []float64 {
	fixed := fixed(p)
	var times []float64
	least := 0.0
	for _, d := range p.Demands {
		shortest, ok := 0.0, false
		for _, r := range d.Reach {
			if d.Weight > 0 && fixed[r.Site] >= 0 {
				times = append(times, r.Time)
				if !ok || r.Time < shortest {
					shortest, ok = r.Time, true
				}
			}
		}
		least = max(least, shortest)
	}
	slices.Sort(times)
	times = slices.Compact(times)
	at, _ := slices.BinarySearch(times, least)
	return times[at:]
}

// rules adds the constraints on the sites.
func (g *program) rules(p *Problem) {
	all := make([]int32, len(p.Sites))
	for s := range all {
		all[s] = int32(s)
	}
	r := p.Rules
	if r.Keep > 0 {
		sense := byte('E')
		if r.AtMost {
			sense = 'L'
		}
		g.rows = append(g.rows, constraint{"keep", sense, float64(r.Keep), sitesOf(all)})
	}
	for k, d := range r.Districts {
		var own []int32
		for s, site := range p.Sites {
			if site.District == k {
				own = append(own, int32(s))
			}
		}
		if d.Min > 0 {
			g.rows = append(g.rows, constraint{fmt.Sprintf("dmin%02d", k+1), 'G', float64(d.Min), sitesOf(own)})
			g.note("dmin%02d = fewest open in %s", k+1, d.Name)
		}
		if d.Max > 0 {
			g.rows = append(g.rows, constraint{fmt.Sprintf("dmax%02d", k+1), 'L', float64(d.Max), sitesOf(own)})
			g.note("dmax%02d = most open in %s", k+1, d.Name)
		}
	}
	if r.Budget > 0 {
		terms := sitesOf(all)
		for s := range terms {
			terms[s].times = p.Sites[s].Cost
		}
		g.rows = append(g.rows, constraint{"budget", 'L', r.Budget * (1 + slackEps), terms})
	}
	for k, set := range r.OneOf {
		g.rows = append(g.rows, constraint{fmt.Sprintf("one%04d", k+1), 'L', 1, sitesOf(distinct(set))})
	}
	for k, n := range r.Needs {
		if n.Satellite == n.Hub { // always kept, and two entries of one column are an error
			continue
		}
		g.rows = append(g.rows, constraint{fmt.Sprintf("need%04d", k+1), 'L', 0, []term{{int(n.Satellite), 1}, {int(n.Hub), -1}}})
	}
	for k, s := range distinct(r.In) {
		g.rows = append(g.rows, constraint{fmt.Sprintf("in%05d", k+1), 'E', 1, []term{{int(s), 1}}})
	}
	for k, s := range distinct(r.Out) {
		g.rows = append(g.rows, constraint{fmt.Sprintf("out%05d", k+1), 'E', 0, []term{{int(s), 1}}})
	}
}
