package outreach

// Holding returns, for each area, the categories all of whose conditions hold,
// being uncovered among them: what flips are told by.
func Holding(in Input, p Params) [][]Category {
	c := newClassifier(in, p)
	c.judge()
	out := make([][]Category, len(c.r.Areas))
	for i := range out {
		for _, category := range Categories {
			holds := c.outsideCondition(i).holds
			for _, k := range c.conditions(category, i) {
				holds = holds && k.holds
			}
			if holds {
				out[i] = append(out[i], category)
			}
		}
	}
	return out
}
