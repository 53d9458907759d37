package main

import (
	"fmt"
	"slices"
	"sort"
)

// estateOption is one plan for the council's buildings: the status of each site.
type estateOption struct {
	id, name string
	status   []string // in the order of the sites
}

// estateOptions returns the five plans of the consultation.
func estateOptions(sites []site) []estateOption {
	plan := func(id, name string, status func(int, site) string) estateOption {
		o := estateOption{id: id, name: name}
		for k, s := range sites {
			o.status = append(o.status, status(k, s))
		}
		return o
	}
	rank := make([]int, len(sites)) // of the need around each site, the greatest first
	order := make([]int, len(sites))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return sites[order[a]].need > sites[order[b]].need })
	for at, k := range order {
		rank[k] = at
	}
	today := func(s site) string {
		switch {
		case s.proposed:
			return "closed"
		case s.with != "":
			return "co_located"
		}
		return "hub"
	}
	firstIn := func(k int) bool {
		return slices.IndexFunc(sites, func(s site) bool { return s.settlement == sites[k].settlement }) == k
	}
	return []estateOption{
		plan("O1", "Everything as today", func(_ int, s site) string { return today(s) }),
		plan("O2", "Town centres only", func(k int, s site) string {
			switch {
			case s.proposed || !firstIn(k) || s.settlement >= len(towns):
				return "closed"
			}
			return today(s)
		}),
		plan("O3", "Follow the need", func(k int, s site) string {
			switch {
			case s.proposed:
				return "new"
			case rank[k] < 28:
				return today(s)
			case s.settlement >= len(towns):
				return "outreach_only"
			}
			return "closed"
		}),
		plan("O4", "Leave the school sites", func(_ int, s site) string {
			if s.school {
				return "closed"
			}
			return today(s)
		}),
		plan("O5", "Share buildings", func(k int, s site) string {
			switch {
			case s.proposed && k == len(sites)-2:
				return "new"
			case s.proposed:
				return "closed"
			case s.with != "" || firstIn(k):
				return "co_located"
			case rank[k] < 22:
				return "hub"
			case rank[k] < 34:
				return "outreach_only"
			}
			return "closed"
		}),
	}
}

// cost is what a site costs: pounds a year, and pounds once. Negative is not
// known.
type cost struct{ running, staffing, backlog, oneOff int }

// costs makes up what every site costs; the repairs of three have not been surveyed.
func costs(seed uint64, sites []site) []cost {
	d := newDice(seed, "costs")
	out := make([]cost, len(sites))
	for k, s := range sites {
		out[k] = cost{
			running:  1000 * (18 + s.capacity/4 + d.below(30)),
			staffing: 1000 * (40 + s.hours/18 + d.below(40)),
			backlog:  1000 * d.below(320),
		}
		switch {
		case s.proposed:
			out[k].backlog, out[k].oneOff = 0, 1000*(420+d.below(300))
		case s.with != "":
			out[k].running = out[k].running * 6 / 10
		}
		if k%17 == 9 {
			out[k].backlog = -1
		}
	}
	return out
}

// serviceOptions are the four levels of service, each adding to the one before.
var serviceOptions = []struct{ id, name string }{
	{"A", "Mandated strands only"},
	{"B", "Mandated strands and start for life"},
	{"C", "All consulted services, fewer sessions"},
	{"D", "All consulted services in full"},
}

// services that a hub may deliver, with the first option that has them and the
// full-time staff they take across the county.
var services = []struct {
	name string
	from int
	fte  float64
}{
	{"Home learning environment", 0, 9}, {"Parenthood preparation", 0, 8}, {"Infant feeding", 0, 10}, {"Perinatal mental health", 0, 7},
	{"Information and advice", 0, 12}, {"Digital offer", 0, 4}, {"Community outreach", 1, 16}, {"Stay and play", 1, 14},
	{"Health visiting clinics", 1, 6}, {"Support for parental conflict", 2, 6}, {"Youth sessions in buildings", 2, 18}, {"Detached youth work", 2, 15},
	{"Support for special educational needs", 2, 11}, {"Groups for young parents", 3, 5}, {"Money and housing advice", 3, 6},
}

// serviceRows returns services.csv without its header.
func serviceRows() [][]string {
	var out [][]string
	for k, o := range serviceOptions {
		for _, s := range services {
			delivered, fte := "no", 0.0
			if k >= s.from {
				delivered, fte = "yes", s.fte
				if k == 2 { // fewer sessions
					fte *= 0.75
				}
			}
			out = append(out, []string{o.id, o.name, s.name, delivered, fmt.Sprintf("%.1f", fte)})
		}
	}
	return out
}
