package transit

import (
	"cmp"
	"slices"

	"hubreach/internal/source"
)

// leastChange keeps a change from taking no time at all, so that connections of
// one instant need no order among trips.
const leastChange Millis = 1000

// row is a change with the stop it begins at.
type row struct {
	from int32
	change
}

// pair is two stops, in the direction of travel.
type pair struct{ from, to int32 }

// layChanges puts together the walks between stops and what the feeds say.
func (n *Network) layChanges(t *Timetable, walks [][]Leg) {
	rules := t.rules()
	used := map[pair]bool{}
	longest := uint32(maxDuration.Milliseconds())
	var rows []row
	add := func(from, to int32, walk Millis) {
		takes := walk + MillisOf(n.params.Change)
		if rule, ok := rules[pair{from, to}]; ok {
			used[pair{from, to}] = true
			switch {
			case rule.Kind == source.TransferImpossible:
				return
			case rule.Kind == source.TransferTimed:
				takes = walk
			case rule.Seconds >= 0:
				takes = max(walk, rule.Seconds*1000)
			}
		}
		rows = append(rows, row{from, change{to, max(takes, leastChange)}})
	}
	for s := range int32(n.stops) {
		add(s, s, 0)
		if len(walks) == 0 {
			continue
		}
		for _, l := range walks[s] {
			if l.Stop != s && l.Millis <= longest {
				add(s, l.Stop, Millis(l.Millis))
			}
		}
	}
	// Changes that the feed times although no walk between the two was found.
	for p, rule := range rules {
		if !used[p] && rule.Kind == source.TransferTakes && rule.Seconds > 0 {
			rows = append(rows, row{p.from, change{p.to, max(rule.Seconds*1000, leastChange)}})
		}
	}
	n.pack(rows)
}

// pack sorts the changes into rows; of two between the same stops the shorter
// stays.
func (n *Network) pack(rows []row) {
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.millis, b.millis))
	})
	rows = slices.CompactFunc(rows, func(a, b row) bool { return a.from == b.from && a.to == b.to })
	n.changeFirst = make([]int32, n.stops+1)
	n.changes = make([]change, len(rows))
	for i, r := range rows {
		n.changeFirst[r.from+1]++
		n.changes[i] = r.change
	}
	for s := range n.stops {
		n.changeFirst[s+1] += n.changeFirst[s]
	}
}

// mostPlatforms bounds the stops of a station that a rule is spread over. The
// largest stations of the country have some thirty.
const mostPlatforms = 100

// rules returns what the feeds say of changes, by stop. A rule between stations
// holds between all their stops, unless two of them have one of their own.
func (t *Timetable) rules() map[pair]source.Transfer {
	out := map[pair]source.Transfer{}
	for f, feed := range t.feeds {
		parts := make([][]int32, len(feed.Stops))
		for i, s := range feed.Stops {
			parts[i] = append(parts[i], int32(i))
			if s.Station >= 0 && len(parts[s.Station]) < mostPlatforms {
				parts[s.Station] = append(parts[s.Station], int32(i))
			}
		}
		for _, own := range []bool{false, true} { // later ones replace
			for _, x := range feed.Transfers {
				if direct := len(parts[x.From]) == 1 && len(parts[x.To]) == 1; direct != own {
					continue
				}
				for _, a := range parts[x.From] {
					for _, b := range parts[x.To] {
						if from, to := t.at[f][a], t.at[f][b]; from >= 0 && to >= 0 {
							out[pair{from, to}] = x
						}
					}
				}
			}
		}
	}
	return out
}
