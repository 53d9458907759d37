package walk

// Stretch says how long the walks between the place of a search and every point
// of one edge are.
type Stretch struct {
	from, to uint32 // at the edge's ends, Never where the walk does not come in there
	whole    uint32
	direct   []directWalk
}

// directWalk is a walk along the edge from a link of the place on that edge.
type directWalk struct {
	at, millis        uint32 // offset of the link, and its length
	forward, backward bool   // which way from the link the edge may be walked
}

// Stretch returns the walks between the place of the last Run and edge e.
func (s *Search) Stretch(e EdgeID) Stretch {
	t := Stretch{from: Never, to: Never, whole: s.g.costs[s.profile][e]}
	if t.whole == Never {
		return t
	}
	_, asked := s.direction.roles()
	from, to := s.g.Ends(e, asked)
	forward, backward := s.g.directions(e)
	if s.direction == Towards {
		forward, backward = backward, forward
	}
	if forward && s.g.passable(s.profile, from) {
		t.from = s.Node(from)
	}
	if backward && s.g.passable(s.profile, to) {
		t.to = s.Node(to)
	}
	for _, d := range s.seeds {
		if d.place.Edge == e {
			t.direct = append(t.direct, directWalk{s.g.Offset(s.profile, d.place), d.millis, forward, backward})
		}
	}
	return t
}

// At returns the milliseconds at a share, 0 to 1, of the edge's length: Never
// where the search did not come to either end, and else perhaps over its limit.
func (t *Stretch) At(share float64) uint32 {
	best := Never
	offset := uint32(share*float64(t.whole) + 0.5)
	if t.from != Never {
		best = t.from + offset
	}
	if t.to != Never {
		best = min(best, t.to+t.whole-offset)
	}
	for _, d := range t.direct {
		switch {
		case offset >= d.at && d.forward:
			best = min(best, d.millis+offset-d.at)
		case offset <= d.at && d.backward:
			best = min(best, d.millis+d.at-offset)
		}
	}
	return best
}

// Reached reports whether a walk within any limit comes to the edge.
func (t *Stretch) Reached() bool { return t.from != Never || t.to != Never || len(t.direct) > 0 }
