package walk

// chains are rows of segments between two nodes, the edges to be, one after
// another: chain i runs over vertices[first[i]:first[i+1]], and ways[k] is the
// way from vertices[k] to the next. The last vertex of a chain has the way of
// the one before it.
type chains struct {
	first    []uint32
	vertices []int32
	ways     []int32
	kinds    []int32
}

func (c *chains) len() int { return len(c.kinds) }

// ends returns the first and last vertex of chain i.
func (c *chains) ends(i int) (u, v int32) { return c.vertices[c.first[i]], c.vertices[c.first[i+1]-1] }

// chains contracts the segments, in the order of vertex ids. A ring without a
// node is cut at its lowest vertex.
func (b *builder) chains() chains {
	joins := 0
	node := make([]bool, len(b.nodes))
	for v := range b.nodes {
		if node[v] = b.isNode(int32(v)); node[v] {
			joins += len(b.meeting(int32(v)))
		}
	}
	c := chains{
		first: append(make([]uint32, 0, joins/2+1), 0),
		kinds: make([]int32, 0, joins/2),
	}
	room := len(b.segments) + joins/2
	c.vertices, c.ways = make([]int32, 0, room), make([]int32, 0, room)
	used := make([]bool, len(b.segments))
	for _, nodes := range []bool{true, false} {
		for v := range b.nodes {
			if node[v] != nodes {
				continue
			}
			for _, s := range b.meeting(int32(v)) {
				if !used[s] {
					b.follow(&c, int32(v), s, used, node)
				}
			}
		}
	}
	return c
}

// maxBends is the most segments of a chain. A longer street is cut, so that no
// edge takes longer than a time can say: the cut is a node like any other.
const maxBends = 1 << 16

// follow walks from v along s over bends to the next node, or back to v, and
// adds the chain. One-way ground is turned so that a chain with a direction runs
// as its way does.
func (b *builder) follow(c *chains, v, s int32, used, node []bool) {
	start := len(c.vertices)
	kind, turned := b.segments[s].kind, b.segments[s].a != v
	c.vertices = append(c.vertices, v)
	at, more := v, int32(-1)
	for {
		used[s] = true
		seg := b.segments[s]
		at = seg.a + seg.b - at
		c.vertices = append(c.vertices, at)
		c.ways = append(c.ways, seg.way)
		if at == v || node[at] {
			break
		}
		m := b.meeting(at)
		s = m[0] + m[1] - s
		if len(c.vertices)-start > maxBends {
			node[v], node[at], more = true, true, s // v too: a ring comes back to it
			break
		}
	}
	c.ways = append(c.ways, c.ways[len(c.ways)-1])
	if b.kinds[kind].feature&(featureForward|featureBackward) != 0 && turned {
		c.vertices[start], c.vertices[start+1] = c.vertices[start+1], c.vertices[start] // one segment: one-way ground is never joined
	}
	c.kinds = append(c.kinds, kind)
	c.first = append(c.first, uint32(len(c.vertices)))
	if more >= 0 && !used[more] {
		b.follow(c, at, more, used, node)
	}
}
