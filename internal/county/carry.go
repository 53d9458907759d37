package county

import (
	"fmt"
	"maps"
	"slices"
)

// Link is one row of the exact-fit look-up from areas of 2011 to areas of 2021.
// Change is U for unchanged, S split, M merged and X reshaped, or empty when
// the table does not say.
// Source: Office for National Statistics, LSOA (2011) to LSOA (2021) to LAD
// (2022) exact fit look-up, column CHGIND.
type Link struct {
	From, To AreaCode
	Change   string
}

// Lookup carries values of 2011 areas to 2021 areas. It is never changed once
// built; nil leads nowhere.
//
// A count is conserved: an unchanged area keeps it, the parts of a split area
// share it by their own residents, a merged area adds its parts up. A rate is
// inherited: the parts of a split area all get the parent's, a merged area gets
// the mean of its parts, weighted by their residents. Reshaped areas (X) are
// shared like split ones, added up like merged ones, and never count as
// unchanged.
type Lookup struct {
	from     map[AreaCode][]AreaCode // 2011 to 2021, sorted
	to       map[AreaCode][]AreaCode // 2021 to 2011, sorted
	reshaped map[AreaCode]bool       // 2021
}

// NewLookup indexes the links, in any order. A pair that stands twice counts
// once.
func NewLookup(links []Link) *Lookup {
	l := &Lookup{from: map[AreaCode][]AreaCode{}, to: map[AreaCode][]AreaCode{}, reshaped: map[AreaCode]bool{}}
	for _, k := range links {
		l.from[k.From] = append(l.from[k.From], k.To)
		l.to[k.To] = append(l.to[k.To], k.From)
		if k.Change == "X" {
			l.reshaped[k.To] = true
		}
	}
	for _, m := range []map[AreaCode][]AreaCode{l.from, l.to} {
		for code, others := range m {
			slices.Sort(others)
			m[code] = slices.Compact(others)
		}
	}
	return l
}

// Parents returns the 2011 areas that the 2021 area was made from, ascending.
func (l *Lookup) Parents(to AreaCode) []AreaCode {
	if l == nil {
		return nil
	}
	return l.to[to]
}

// Children returns the 2021 areas that the 2011 area became, ascending.
func (l *Lookup) Children(from AreaCode) []AreaCode {
	if l == nil {
		return nil
	}
	return l.from[from]
}

// Unchanged reports whether the 2021 area is one 2011 area, whole: what was
// published for the one was measured for the other.
func (l *Lookup) Unchanged(to AreaCode) bool {
	parents := l.Parents(to)
	return len(parents) == 1 && len(l.Children(parents[0])) == 1 && !l.reshaped[to]
}

// Counts carries people by age. weights gives, per 2021 area, the residents by
// age that a split is shared by. An age that nobody has in any part is shared
// equally, and so is every age of a split of which weights lacks a part: who is
// not counted is not nobody. The result has one entry per 2021 area that a
// parent in old leads to; the sum of every age is that of old, up to the
// rounding of the last bits. A parent that the look-up does not have is an
// error that names it.
func (l *Lookup) Counts(old map[AreaCode]Ages, weights map[AreaCode]Ages) (map[AreaCode]Ages, error) {
	out := make(map[AreaCode]*Ages)
	for _, from := range slices.Sorted(maps.Keys(old)) {
		children := l.Children(from)
		if len(children) == 0 {
			return nil, fmt.Errorf("area %s has people but no row in the look-up: add it, or leave the area out of the population table", from)
		}
		ages, whole := old[from], Ages{}
		parts := make([]Ages, len(children))
		if weighted(children, weights) {
			for k, c := range children {
				parts[k] = weights[c]
				for age := range parts[k] {
					whole[age] += parts[k][age]
				}
			}
		}
		for k, c := range children {
			to := out[c]
			if to == nil {
				to = &Ages{}
				out[c] = to
			}
			for age := range ages {
				share := 1 / float64(len(children))
				if whole[age] > 0 {
					share = parts[k][age] / whole[age]
				}
				to[age] += ages[age] * share
			}
		}
	}
	counts := make(map[AreaCode]Ages, len(out))
	for c, a := range out {
		counts[c] = *a
	}
	return counts, nil
}

// weighted reports whether every one of the areas has a weight.
func weighted(areas []AreaCode, weights map[AreaCode]Ages) bool {
	for _, c := range areas {
		if _, ok := weights[c]; !ok {
			return false
		}
	}
	return true
}

// Numbers carries one number of people, counted among residents from age ages[0]
// to ages[1], both included: as Counts does, weighted by the residents of those
// ages. An area gets a number only when all of its parents have one.
func (l *Lookup) Numbers(old map[AreaCode]float64, residents map[AreaCode]Ages, ages [2]int) map[AreaCode]float64 {
	out := make(map[AreaCode]float64)
	for to, parents := range l.to {
		sum, complete := 0.0, true
		for _, from := range parents {
			n, ok := old[from]
			complete = complete && ok
			sum += n * shareOf(to, l.from[from], residents, ages)
		}
		if complete {
			out[to] = sum
		}
	}
	return out
}

// shareOf returns the share of the residents of parts that live in area, one of
// them; an equal share when they are not all known, or nobody lives there.
func shareOf(area AreaCode, parts []AreaCode, residents map[AreaCode]Ages, ages [2]int) float64 {
	equal := 1 / float64(len(parts))
	if !weighted(parts, residents) {
		return equal
	}
	mine, whole := 0.0, 0.0
	for _, c := range parts {
		a := residents[c]
		n := a.Between(ages[0], ages[1])
		whole += n
		if c == area {
			mine = n
		}
	}
	if whole == 0 {
		return equal
	}
	return mine / whole
}

// Rates carries a rate, a rank or a mean. residents weights the parts of a
// merged area; parts of which nobody is known count equally. Only areas all of
// whose parents have a value get one.
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
		case len(parents) == 1:
			out[to] = plain // not v x w / w, which can differ in its last bit
		case weight > 0:
			out[to] = sum / weight
		default:
			out[to] = plain / float64(len(parents))
		}
	}
	return out
}

// Texts carries a class: the parts of a split area inherit it; a merged area
// gets the class of the first parent, by code, that has one.
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
