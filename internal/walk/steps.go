package walk

// Steps calls yield with every node that a search of the profile goes on to from
// n, and the milliseconds of the step; with one node more than once where
// several streets lead there.
func (g *Graph) Steps(profile int, d Direction, n NodeID, yield func(to NodeID, millis uint32)) {
	r := g.rows[d][n]
	words := g.arcs[profile][r>>rowBits:][:g.countWords(d, n, r)]
	for len(words) > 0 {
		to, millis, size := unpack(n, words)
		if millis < barredArc {
			yield(to, millis)
		}
		words = words[size:]
	}
}

// unpack returns the first arc of words, which leave n, and how many words it is.
func unpack(n NodeID, words []uint32) (to NodeID, millis uint32, size int) {
	to, millis = n+uint32(int32(words[0])>>stepBits), words[0]&stepMask
	if to == n {
		return words[1], words[2], 3
	}
	return to, millis, 1
}
