package walk

import (
	"cmp"
	"reflect"
	"slices"
	"unsafe"

	"hubreach/internal/source"
)

// segment is a straight piece of a way between two vertices.
type segment struct {
	a, b int32
	way  int32
	kind int32
}

// kind is what tells the ground of two segments apart.
type kind struct {
	feature feature // steps, rough, ends, direction and spans only
	barred  uint32
}

const kindFeatures = featureSteps | featureRough | featureEnds | featureForward | featureBackward

// judged is what the rules say of one way.
type judged struct {
	ground
	kind kind
}

// takeWays judges the ways and returns the walkable ones in the order of their
// ids, each once.
func (b *builder) takeWays(ways []source.Way) []source.Way {
	ways = b.sortWays(ways)
	all := make([]judged, len(ways))
	spread(b.workers, len(ways), func(first, last int) {
		known := map[unsafe.Pointer]judged{} // many ways share their tags
		for i := first; i < last; i++ {
			tags := reflect.ValueOf(ways[i].Tags).UnsafePointer()
			j, ok := known[tags]
			if !ok {
				j = b.judge(ways[i].Tags)
				known[tags] = j
			}
			all[i] = j
		}
	})
	b.numbers = map[kind]int32{}
	walkable := make([]source.Way, 0, len(ways))
	for i, j := range all {
		if j.reason != "" {
			b.barred.add(j.reason, j.why)
			continue
		}
		walkable = append(walkable, ways[i])
		b.wayIDs = append(b.wayIDs, ways[i].ID)
		b.wayKinds = append(b.wayKinds, b.kindNumber(j.kind))
	}
	b.report.Ways = len(walkable)
	return walkable
}

// sortWays returns the ways by id, each id once.
func (b *builder) sortWays(ways []source.Way) []source.Way {
	inOrder := true
	for i := 1; i < len(ways); i++ {
		inOrder = inOrder && ways[i-1].ID < ways[i].ID
	}
	if inOrder {
		return ways
	}
	ways = slices.Clone(ways)
	slices.SortFunc(ways, func(v, w source.Way) int {
		return cmp.Or(cmp.Compare(v.ID, w.ID), slices.Compare(v.Nodes, w.Nodes), compareTags(v.Tags, w.Tags))
	})
	whole := len(ways)
	ways = slices.CompactFunc(ways, func(v, w source.Way) bool { return v.ID == w.ID })
	b.report.Repeated += whole - len(ways)
	return ways
}

func compareTags(a, b source.Tags) int {
	return slices.Compare(tagList(a), tagList(b))
}

func tagList(t source.Tags) []string {
	out := make([]string, 0, len(t))
	for k, v := range t {
		out = append(out, k+"="+v)
	}
	slices.Sort(out)
	return out
}

func (b *builder) judge(t source.Tags) judged {
	g := groundOf(t)
	j := judged{ground: g, kind: kind{feature: g.feature & kindFeatures}}
	if g.reason != "" {
		return j
	}
	for i, p := range b.params.Profiles {
		if p.bars(g) {
			j.kind.barred |= 1 << i
		}
	}
	if b.heights != nil && spans(t) {
		j.kind.feature |= featureSpan
	}
	return j
}

func (b *builder) kindNumber(k kind) int32 {
	n, ok := b.numbers[k]
	if !ok {
		n = int32(len(b.kinds))
		b.numbers[k] = n
		b.kinds = append(b.kinds, k)
	}
	return n
}

// cut makes the segments of the walkable ways. A vertex that is missing or
// outside leaves a gap; a repeated vertex adds nothing.
func (b *builder) cut(vertices []int32, first []int) {
	b.segments = make([]segment, 0, max(0, len(vertices)-len(b.wayIDs)))
	for w := range b.wayIDs {
		last := noVertex
		for _, v := range vertices[first[w]:first[w+1]] {
			switch {
			case v == noVertex:
				b.report.Missing++
			case b.states[v]&placed == 0:
				v = noVertex
			case last != noVertex && last != v:
				b.segments = append(b.segments, segment{a: last, b: v, way: int32(w), kind: b.wayKinds[w]})
			}
			last = v
		}
	}
}
