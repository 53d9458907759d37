package outreach

import "math"

// placePoints lists the population points of each area, when there are venues
// to choose among or a plan is made.
func (c *classifier) placePoints() {
	if !c.planning && (c.in.Venues == nil || len(c.in.County.Venues) == 0) {
		return
	}
	c.points = make([][]int32, len(c.in.County.Areas))
	for p, point := range c.in.County.Points {
		c.points[point.Area] = append(c.points[point.Area], int32(p))
	}
}

// venue picks the building that the most people in need of the target reach on
// foot, of equals the first by id, or one used already, see continued, and
// returns their share; -1 and 0 for none.
// Where nobody is in need, it goes by people. Detached youth work never gets a
// building.
func (c *classifier) venue(t *Target) (int, float64) {
	if t.Category == DetachedYouth || c.in.Venues == nil || c.points == nil {
		return -1, 0
	}
	limit := uint32(math.Round(c.p.VenueMinutes * 60_000))
	reached := map[int]float64{}
	whole := 0.0
	for _, i := range t.Areas {
		people := c.in.Need.Areas[i].InNeed
		if t.InNeed == 0 {
			people = c.young[i]
		}
		for _, p := range c.points[i] {
			if c.in.Inside != nil && c.in.Inside[p] {
				continue
			}
			here := people * c.in.County.Points[p].Share
			whole += here
			for _, v := range c.in.Venues.At(int(p)) {
				if v.Millis <= limit {
					reached[int(v.Place)] += here
				}
			}
		}
	}
	if len(reached) == 0 || whole == 0 {
		return -1, 0
	}
	best := heaviest(reached)
	if reached[best] == 0 {
		return -1, 0 // only points where nobody lives
	}
	best = c.continued(best, reached, whole)
	return best, min(1, reached[best]/whole)
}
