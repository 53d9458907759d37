package walk

// chain is a row of segments between two nodes: an edge to be. One more vertex
// than ways; ways[i] joins vertices[i] and vertices[i+1].
type chain struct {
	vertices []int32
	ways     []int32
	kind     int32
}

// chains contracts the segments, in the order of vertex ids. A ring without a
// node is cut at its lowest vertex.
func (b *builder) chains() []chain {
	used := make([]bool, len(b.segments))
	var out []chain
	follow := func(v int32) {
		for _, s := range b.meeting(v) {
			if !used[s] {
				out = append(out, b.follow(v, s, used))
			}
		}
	}
	for v := range b.vertices {
		if b.isNode(int32(v)) {
			follow(int32(v))
		}
	}
	for v := range b.vertices {
		if !b.isNode(int32(v)) {
			follow(int32(v))
		}
	}
	return out
}

// follow walks from v along s over bends to the next node, or back to v. One-way
// ground is turned so that a chain with a direction runs as its way does.
func (b *builder) follow(v, s int32, used []bool) chain {
	c := chain{vertices: []int32{v}, kind: b.segments[s].kind}
	at := v
	for {
		used[s] = true
		seg := b.segments[s]
		at = seg.a + seg.b - at
		c.vertices = append(c.vertices, at)
		c.ways = append(c.ways, seg.way)
		if at == v || b.isNode(at) {
			break
		}
		m := b.meeting(at)
		s = m[0] + m[1] - s
	}
	if b.kinds[c.kind].feature&(featureForward|featureBackward) != 0 && b.segments[s].a != v {
		c.vertices[0], c.vertices[1] = c.vertices[1], c.vertices[0] // one segment: one-way ground is never joined
	}
	return c
}
