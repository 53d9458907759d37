package walk

// Stretch says how long the walks between the place of a search and every point
// of one edge are.
type Stretch struct {
	from, to uint32 // at the edge's ends, Never where the walk does not come in there
	// The time of the whole edge for a walk that comes in at its first node, and
	// for one that comes in at its last. They differ on slopes.
	whole, wholeBack uint32
	direct           []directWalk
}

// directWalk is a walk along the edge from a link of the place on that edge.
type directWalk struct {
	at, atBack        uint32 // offset of the link, in shares of whole and of wholeBack
	millis            uint32 // length of the link
	forward, backward bool   // which way from the link the edge may be walked
}

// Sides returns the walk to the first node of edge e that goes on along it, and
// the time of the whole edge from there, and the same for its last node: Never
// where no walk comes in there. begins reports whether walks also begin on the
// edge itself, which only Stretch takes into account.
func (s *Search) Sides(e EdgeID) (from, whole, to, wholeBack uint32, begins bool) {
	from, to = Never, Never
	whole, wholeBack = s.g.Cost(s.profile, e), s.g.CostBack(s.profile, e)
	if whole == Never {
		return from, whole, to, wholeBack, false
	}
	_, asked := s.direction.roles()
	first, last := s.g.Ends(e, asked)
	forward, backward := s.g.directions(e)
	if s.direction == Towards {
		forward, backward = backward, forward
		whole, wholeBack = wholeBack, whole
	}
	if forward && s.g.passable(s.profile, first) {
		from = s.Node(first)
	}
	if backward && s.g.passable(s.profile, last) {
		to = s.Node(last)
	}
	for i := range s.seeds {
		begins = begins || s.seeds[i].place.Edge == e
	}
	return from, whole, to, wholeBack, begins
}

// Ends returns the first and last node of e, as the walks of the last Run see
// them.
func (s *Search) Ends(e EdgeID) (from, to NodeID) {
	_, asked := s.direction.roles()
	return s.g.Ends(e, asked)
}

// Costs returns, by edge, the time of a whole edge for a walk of the last Run that
// comes in at its first node, and for one that comes in at its last: Never where
// the profile is barred. They must not be changed.
func (s *Search) Costs() (first, last []uint32) {
	first, last = s.g.costs[s.profile], s.g.costs[s.profile]
	if s.g.costsBack != nil {
		last = s.g.costsBack[s.profile]
	}
	if s.direction == Towards {
		first, last = last, first
	}
	return first, last
}

// Stretch returns the walks between the place of the last Run and edge e.
func (s *Search) Stretch(e EdgeID) Stretch {
	var t Stretch
	var begins bool
	if t.from, t.whole, t.to, t.wholeBack, begins = s.Sides(e); !begins {
		return t
	}
	forward, backward := s.g.directions(e)
	if s.direction == Towards {
		forward, backward = backward, forward
	}
	for _, d := range s.seeds {
		if d.place.Edge == e {
			at, atBack := s.g.offsets(s.profile, d.place)
			if s.direction == Towards {
				at, atBack = atBack, at
			}
			t.direct = append(t.direct, directWalk{at, atBack, d.millis, forward, backward})
		}
	}
	return t
}

// At returns the milliseconds at a share, 0 to 1, of the edge's length: Never
// where the search did not come to either end, and else perhaps over its limit.
func (t *Stretch) At(share float64) uint32 {
	best := Never
	offset, offsetBack := part32(t.whole, share), part32(t.wholeBack, share)
	if t.from != Never {
		best = t.from + offset
	}
	if t.to != Never {
		best = min(best, t.to+t.wholeBack-offsetBack)
	}
	for _, d := range t.direct {
		switch {
		case offset >= d.at && d.forward:
			best = min(best, d.millis+offset-d.at)
		case offsetBack <= d.atBack && d.backward:
			best = min(best, d.millis+d.atBack-offsetBack)
		}
	}
	return best
}

// Reached reports whether a walk within any limit comes to the edge.
func (t *Stretch) Reached() bool { return t.from != Never || t.to != Never || len(t.direct) > 0 }
