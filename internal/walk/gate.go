package walk

import "hubreach/internal/source"

// wheelBarriers are the values of a node's barrier that wheels do not pass,
// unless the node says wheelchair=yes or stroller=yes.
var wheelBarriers = setOf("stile", "kissing_gate", "turnstile", "full-height_turnstile", "horse_stile",
	"cycle_barrier", "motorcycle_barrier", "squeezer", "step", "log", "debris", "block", "jersey_barrier",
	"wall", "fence", "hedge", "ditch", "chain")

// gateOf returns which of the profiles cannot pass the node, as a bit each.
//
// A gate with foot=no, or access=no and no foot, or locked=yes and no foot,
// stops everyone. A private gate is judged by what lies behind it: see
// (*builder).closePrivateGates. Unknown is not "no".
func gateOf(t source.Tags, profiles []Profile) uint32 {
	if len(t) == 0 {
		return 0
	}
	var mask uint32
	for i, p := range profiles {
		if closed(t) || p.stopped(t) {
			mask |= 1 << i
		}
	}
	return mask
}

func closed(t source.Tags) bool {
	if t["barrier"] == "" {
		return false // access tags of crossings and signs are about vehicles
	}
	if foot := t["foot"]; foot != "" {
		return foot == "no"
	}
	return t["access"] == "no" || t["locked"] == "yes"
}

// stopped reports whether the wheels of p do not pass a node.
func (p Profile) stopped(t source.Tags) bool {
	if w := widthOf(t); w > 0 && w < p.MinWidthM {
		return true
	}
	if !p.Wheels {
		return false
	}
	switch {
	case t["wheelchair"] == "yes", t["stroller"] == "yes" && !p.wheelchair():
		return false
	case t["wheelchair"] == "no" && p.wheelchair(), t["stroller"] == "no" && !p.wheelchair():
		return true
	}
	return wheelBarriers[t["barrier"]] || t["kerb"] == "raised" || fords(t)
}

// privateGate reports whether only those who belong behind a gate may pass it.
func privateGate(t source.Tags) bool {
	if t["barrier"] == "" {
		return false
	}
	key := "foot"
	if t[key] == "" {
		key = "access"
	}
	return accessValues[t[key]].access == accessEnds
}

// closePrivateGates settles the private gates. The streets of each connected
// network fall into parts when they are cut at those gates; all parts but the
// largest become private ground, which walks may begin or end on but not cross.
// A private gate with one part all around it has a way round, and stops everyone.
//
// Why not stop everyone at every private gate: homes behind it would be out of
// reach. Why not let everyone pass: a gated estate would become a short cut.
func (b *builder) closePrivateGates() {
	some := false
	for v := range b.nodes {
		some = some || b.states[v]&private != 0 && len(b.meeting(int32(v))) > 1
	}
	if !some {
		return
	}
	whole, parts := newForest(len(b.segments)), newForest(len(b.segments))
	for v := range b.nodes {
		m := b.meeting(int32(v))
		for i := 1; i < len(m); i++ {
			whole.join(m[0], m[i])
			if b.states[v]&private == 0 {
				parts.join(m[0], m[i])
			}
		}
	}
	size := make([]int32, len(b.segments))
	for s := range b.segments {
		size[parts.root(int32(s))]++
	}
	largest := make([]int32, len(b.segments)) // root in whole to root in parts, and one more; 0 for none yet
	for s := range b.segments {
		w, p := whole.root(int32(s)), parts.root(int32(s))
		if l := largest[w]; l == 0 || size[p] > size[l-1] {
			largest[w] = p + 1
		}
	}
	b.shutGates(parts)
	for s := range b.segments {
		if largest[whole.root(int32(s))] != parts.root(int32(s))+1 {
			k := b.kinds[b.segments[s].kind]
			k.feature |= featureEnds
			b.segments[s].kind = b.kindNumber(k)
		}
	}
}

func (b *builder) shutGates(parts forest) {
	for v := range b.nodes {
		m := b.meeting(int32(v))
		if b.states[v]&private == 0 || len(m) < 2 {
			continue
		}
		round := true
		for _, s := range m[1:] {
			round = round && parts.root(s) == parts.root(m[0])
		}
		if round {
			b.gates[int32(v)] = ^uint32(0)
			b.states[v] |= gated
		}
	}
}
