package need

import "math"

// youth measures youth need and ranks the areas by it, most first.
func (a *assessor) youth(weights map[string]float64) error {
	scores := make([]float64, len(a.county.Areas))
	if len(weights) == 0 {
		a.note("youth need: no youth indicators given, told from residents aged 10-19 alone")
		for i := range scores {
			scores[i] = 100
		}
	} else {
		ids, err := a.usable("youth need", weights)
		if err != nil {
			return err
		}
		scores, _ = a.index(ids, weights)
	}
	missing := 0
	need := make([]float64, len(scores))
	for i, s := range scores {
		if math.IsNaN(s) {
			missing++
			continue
		}
		need[i] = a.county.Areas[i].Residents.Between(10, 19) * s / 100
		a.r.Areas[i].Youth = need[i]
	}
	for i, rank := range ranks(need) {
		a.r.Areas[i].YouthRank = rank
	}
	if missing > 0 {
		a.note("youth need: %s none of the youth indicators; these rank last", have(missing))
	}
	return nil
}
