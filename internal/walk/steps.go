package walk

// Steps calls yield with every node that a search of the profile goes on to from
// n, and the milliseconds of the step; with one node more than once where
// several streets lead there.
func (g *Graph) Steps(profile int, d Direction, n NodeID, yield func(to NodeID, millis uint32)) {
	row := g.rows[d][n]
	for _, a := range g.arcs[profile][row.first:row.last] {
		if a.millis < barredArc {
			yield(a.to, a.millis)
		}
	}
}
