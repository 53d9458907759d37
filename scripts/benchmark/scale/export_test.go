package scale

import "hubreach/internal/source"

// Streets returns the whole county as ReadStreets would, in memory.
func (c *County) Streets() source.Streets {
	var s source.Streets
	_ = c.EachNode(func(n source.Node) error { // the functions return no error
		s.Nodes = append(s.Nodes, n)
		return nil
	})
	_ = c.EachWay(func(w Way) error {
		if w.Street {
			s.Ways = append(s.Ways, w.Way)
		}
		if w.Barrier {
			s.Barriers = append(s.Barriers, w.Way)
		}
		return nil
	})
	return s
}

// Nodes returns the number of vertices on the streets of one copy.
func (t *Tile) Nodes() int { return t.used }

// Joins returns how many roads lead from one copy to the copy to the east, and
// to the copy to the north.
func (t *Tile) Joins() (east, north int) { return len(t.east), len(t.north) }
