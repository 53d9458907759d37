package optimise

import (
	"encoding/binary"
	"math"
	"slices"
)

// row is all demand with one cover set: it costs its weight unless a site of
// the set is open.
type row struct {
	weight float64
	sites  []int32 // ascending, one at least
	floors []share // weight of the row that counts for each floor, ascending
}

type share struct {
	floor  int32
	weight float64
}

// instance is a problem reduced: equal cover sets merged, demand that no
// allowed site reaches set aside, and the same rows seen from the sites.
type instance struct {
	*Problem
	rows   []row
	cells  [][]int32 // by site: rows that it covers, ascending
	fixed  []int8    // by site: 1 forced in, -1 forced out (even if also in), 0 free
	theta  float64   // 0 unless BackupCover
	always float64   // cost of every set, PMedian only
	aside  float64   // weight that no allowed site reaches
	total  float64   // weight
	group  []float64 // by floor: weight, that set aside included
	demand int       // demands with a weight
}

// reduce builds the instance. Rows come in the order of their first demand; for
// FewestSites and PCenter they say who is covered at all.
//
// Merging loses nothing: demand with one cover set is covered, or not, together.
// A p-median is brought to the same form: someone whose sites are t1 <= t2 <=
// ... away costs t1 always, t2 - t1 more when the first is not open, t3 - t2
// more when neither of the first two is, and so on to Longest, so each prefix of
// the list is a cover set, and prefixes of different people merge. Source:
// G. Cornuejols, G. Nemhauser and L. Wolsey, "A canonical representation of
// simple plant location problems and its applications", SIAM Journal on
// Algebraic and Discrete Methods 1 (1980), 261-272.
func reduce(p *Problem) *instance {
	in := &instance{Problem: p, cells: make([][]int32, len(p.Sites)), fixed: fixed(p), group: make([]float64, len(p.Rules.Floors))}
	if p.Model == BackupCover {
		in.theta = p.Theta
	}
	m := merger{in: in, at: map[string]int{}}
	for _, d := range p.Demands {
		if d.Weight == 0 {
			continue
		}
		in.demand++
		in.total += d.Weight
		for _, f := range d.Floors {
			in.group[f] += d.Weight
		}
		reach := in.allowed(d.Reach)
		switch {
		case len(reach) == 0:
			in.aside += d.Weight
			in.always += d.Weight * in.far()
		case p.Model == PMedian:
			m.prefixes(d.Weight, reach)
		default:
			m.sites = m.sites[:0]
			for _, r := range reach {
				m.sites = append(m.sites, r.Site)
			}
			m.row(m.sites).add(d.Weight, d.Floors)
		}
	}
	for i := range in.rows {
		for _, s := range in.rows[i].sites {
			in.cells[s] = append(in.cells[s], int32(i))
		}
	}
	return in
}

func fixed(p *Problem) []int8 {
	fixed := make([]int8, len(p.Sites))
	for _, s := range p.Rules.In {
		fixed[s] = 1
	}
	for _, s := range p.Rules.Out {
		fixed[s] = -1
	}
	return fixed
}

// far is the time that counts for people whom no open site reaches.
func (in *instance) far() float64 {
	if in.Model == PMedian {
		return in.Longest
	}
	return 0
}

// allowed returns the part of a reach that is not forced out.
func (in *instance) allowed(reach []Reach) []Reach {
	out := func(r Reach) bool { return in.fixed[r.Site] < 0 }
	if !slices.ContainsFunc(reach, out) {
		return reach
	}
	return slices.DeleteFunc(slices.Clone(reach), out)
}

// merger finds the row of a cover set.
type merger struct {
	in    *instance
	at    map[string]int
	key   []byte
	sites []int32
}

// row returns the row of a cover set, new or known.
func (m *merger) row(sites []int32) *row {
	m.key = m.key[:0]
	for _, s := range sites {
		m.key = binary.LittleEndian.AppendUint32(m.key, uint32(s))
	}
	i, ok := m.at[string(m.key)]
	if !ok {
		i = len(m.in.rows)
		m.at[string(m.key)] = i
		m.in.rows = append(m.in.rows, row{sites: slices.Clone(sites)})
	}
	return &m.in.rows[i]
}

// prefixes adds the rows of one demand of a p-median.
func (m *merger) prefixes(weight float64, reach []Reach) {
	byTime := slices.Clone(reach)
	slices.SortStableFunc(byTime, func(a, b Reach) int { return compare(a.Time, b.Time) })
	m.in.always += weight * byTime[0].Time
	m.sites = m.sites[:0]
	for k, r := range byTime {
		at, _ := slices.BinarySearch(m.sites, r.Site)
		m.sites = slices.Insert(m.sites, at, r.Site)
		next := m.in.Longest
		if k+1 < len(byTime) {
			next = byTime[k+1].Time
		}
		if next > r.Time {
			m.row(m.sites).add(weight*(next-r.Time), nil)
		}
	}
}

// Merge returns the same problem with equal demand added up: the same sites (at
// the same times, where the model reads them) and the same floors. Whatever is
// asked of it has the same answer, rounding of sums aside, and sooner when many
// questions are asked. Demand keeps the order of its first.
func Merge(p *Problem) *Problem {
	out := *p
	out.Demands = nil
	at := map[string]int{}
	var key []byte
	for _, d := range p.Demands {
		key = binary.LittleEndian.AppendUint32(key[:0], uint32(len(d.Reach)))
		for _, r := range d.Reach {
			key = binary.LittleEndian.AppendUint32(key, uint32(r.Site))
			if p.Model.timed() {
				key = binary.LittleEndian.AppendUint64(key, math.Float64bits(r.Time))
			}
		}
		for _, f := range d.Floors {
			key = binary.LittleEndian.AppendUint32(key, uint32(f))
		}
		i, ok := at[string(key)]
		if !ok {
			at[string(key)] = len(out.Demands)
			out.Demands = append(out.Demands, d)
			continue
		}
		out.Demands[i].Weight += d.Weight
	}
	return &out
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (r *row) add(weight float64, floors []int32) {
	r.weight += weight
	for _, f := range floors {
		k, ok := slices.BinarySearchFunc(r.floors, f, func(s share, f int32) int { return int(s.floor - f) })
		if !ok {
			r.floors = slices.Insert(r.floors, k, share{floor: f})
		}
		r.floors[k].weight += weight
	}
}

// base is the cost of a set with no open site.
func (in *instance) base() float64 {
	sum := in.always
	for i := range in.rows {
		sum += in.rows[i].weight * (1 + in.theta)
	}
	return sum
}

// value turns a cost, which every search here makes small, into the value of
// the model, and back.
func (in *instance) value(cost float64) float64 {
	if in.Model.covers() {
		return in.base() - cost
	}
	return cost
}

// costOf returns the cost of a set of open sites, summed row by row, so that
// equal sets have equal costs however they were found.
func (in *instance) costOf(open []bool) float64 {
	cost := in.always
	for i := range in.rows {
		count := 0
		for _, s := range in.rows[i].sites {
			if open[s] {
				if count++; count == 2 {
					break
				}
			}
		}
		cost += in.rows[i].weight * in.lack(count)
	}
	return cost
}

// lack is the cost, a unit of weight, of count open sites within the limit.
func (in *instance) lack(count int) float64 {
	switch count {
	case 0:
		return 1 + in.theta
	case 1:
		return in.theta
	}
	return 0
}
