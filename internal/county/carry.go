package county

import (
	"fmt"
	"sort"
)

// Link is one row of the exact-fit look-up from areas of 2011 to areas of 2021.
// Source: Office for National Statistics, LSOA (2011) to LSOA (2021) to LAD
// (2022) exact fit look-up; CHGIND is U unchanged, S split, M merged, X
// reshaped.
type Link struct {
	From, To AreaCode
	Change   string
}

// Lookup carries values of 2011 areas to 2021 areas.
//
// A count is conserved: an unchanged area keeps it, the parts of a split area
// share it by their own residents, a merged area adds its parts up. A rate is
// inherited: the parts of a split area all get the parent's, a merged area gets
// the mean of its parts, weighted by their residents. Reshaped areas (X) are
// shared like split ones and reported.
type Lookup struct {
	from map[AreaCode][]AreaCode // 2011 to 2021, sorted
	to   map[AreaCode][]AreaCode // 2021 to 2011, sorted
}

// NewLookup indexes the links.
func NewLookup(links []Link) *Lookup {
	l := &Lookup{from: map[AreaCode][]AreaCode{}, to: map[AreaCode][]AreaCode{}}
	for _, k := range links {
		l.from[k.From] = append(l.from[k.From], k.To)
		l.to[k.To] = append(l.to[k.To], k.From)
	}
	for _, m := range []map[AreaCode][]AreaCode{l.from, l.to} {
		for _, codes := range m {
			sort.Slice(codes, func(i, j int) bool { return codes[i] < codes[j] })
		}
	}
	return l
}

// Parents returns the 2011 areas that the 2021 area was made from.
func (l *Lookup) Parents(to AreaCode) []AreaCode { return l.to[to] }

// Children returns the 2021 areas that the 2011 area became.
func (l *Lookup) Children(from AreaCode) []AreaCode { return l.from[from] }

// Counts carries people by age. weights gives, per 2021 area, the residents by
// age that a split is shared by; nil, or nobody of an age in any part, shares
// equally. The result has one entry per 2021 area that a parent in old leads
// to; the sum of every age is that of old (up to rounding of the last bit).
// A parent that the look-up does not have is an error that names it.
func (l *Lookup) Counts(old map[AreaCode]Ages, weights map[AreaCode]Ages) (map[AreaCode]Ages, error) {
	out := make(map[AreaCode]Ages)
	for _, from := range sortedCodes(old) {
		children := l.from[from]
		if len(children) == 0 {
			return nil, fmt.Errorf("area %s has people but no row in the look-up: add it, or leave the area out of the population table", from)
		}
		ages := old[from]
		for age := range ages {
			sum := 0.0
			for _, c := range children {
				w := weights[c]
				sum += w[age]
			}
			for _, c := range children {
				share := 1 / float64(len(children))
				if sum > 0 {
					w := weights[c]
					share = w[age] / sum
				}
				a := out[c]
				a[age] += ages[age] * share
				out[c] = a
			}
		}
	}
	return out, nil
}

// Rates carries a rate, rank or class mean. residents weights the parts of a
// merged area; nil or zero weights count equally. Only areas all of whose
// parents have a value get one.
func (l *Lookup) Rates(old map[AreaCode]float64, residents map[AreaCode]Ages) map[AreaCode]float64 {
	out := make(map[AreaCode]float64)
	for to, parents := range l.to {
		sum, weight, plain := 0.0, 0.0, 0.0
		complete := true
		for _, p := range parents {
			v, ok := old[p]
			if !ok {
				complete = false
				break
			}
			ages := residents[p]
			w := ages.Total()
			sum, weight, plain = sum+v*w, weight+w, plain+v
		}
		switch {
		case !complete:
		case weight > 0:
			out[to] = sum / weight
		default:
			out[to] = plain / float64(len(parents))
		}
	}
	return out
}

// Texts carries a class: the parts of a split area inherit it; a merged area
// gets the class of the first parent that has one.
func (l *Lookup) Texts(old map[AreaCode]string) map[AreaCode]string {
	out := make(map[AreaCode]string)
	for to, parents := range l.to {
		for _, p := range parents {
			if t, ok := old[p]; ok {
				out[to] = t
				break
			}
		}
	}
	return out
}

func sortedCodes[V any](m map[AreaCode]V) []AreaCode {
	codes := make([]AreaCode, 0, len(m))
	for c := range m {
		codes = append(codes, c)
	}
	sort.Slice(codes, func(i, j int) bool { return codes[i] < codes[j] })
	return codes
}
