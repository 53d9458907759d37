package need

import "hubreach/internal/county"

// rates gives every area its rate of need and its number of people in need.
// ids are the indicators that may give the rate, best first.
func (a *assessor) rates(ids []string) {
	from := map[string]int{}
	for i := range a.r.Areas {
		r := &a.r.Areas[i]
		r.Rate = 1
		for _, id := range ids {
			if v := a.county.Areas[i].Measures[a.at[id]].Rate; v.Known() {
				r.Rate, r.RateFrom = v.Number, id
				break
			}
		}
		from[r.RateFrom]++
	}
	districts, counties := 0, 0
	if from[""] < len(a.r.Areas) {
		districts, counties = a.standIn()
	}
	for i := range a.r.Areas {
		a.r.Areas[i].InNeed = a.county.Areas[i].Residents.Between(0, 19) * a.r.Areas[i].Rate
	}
	switch {
	case len(ids) == 0:
		a.r.NoRate = true
		a.note("rate of need: none given, everyone aged 0-19 counts as in need")
	case from[""] == len(a.r.Areas):
		a.r.NoRate = true
		a.note("rate of need: not published for any area, everyone aged 0-19 counts as in need")
	}
	for k, id := range ids {
		if k > 0 && from[id] > 0 {
			a.note("rate of need: %s stands in for %s in %s where that is not published", id, ids[0], areas(from[id]))
		}
	}
	if districts > 0 {
		a.note("rate of need: not published for %s; the mean rate of the district stands in", areas(districts))
	}
	if counties > 0 {
		a.note("rate of need: not published for %s whose districts have none; the mean rate of the county stands in", areas(counties))
	}
}

// mean is a rate over people aged 0-19.
type mean struct{ people, inNeed float64 }

func (m mean) plus(people, rate float64) mean {
	return mean{m.people + people, m.inNeed + people*rate}
}

// standIn gives the areas without a rate the mean rate of the people aged 0-19
// of their district's other areas, of the county's where the district has no
// rate. It counts both kinds.
func (a *assessor) standIn() (districts, counties int) {
	var all mean
	byDistrict := map[county.DistrictCode]mean{}
	for i := range a.county.Areas {
		if r := a.r.Areas[i]; r.RateFrom != "" {
			d, n := a.county.Areas[i].District, a.county.Areas[i].Residents.Between(0, 19)
			all, byDistrict[d] = all.plus(n, r.Rate), byDistrict[d].plus(n, r.Rate)
		}
	}
	for i := range a.county.Areas {
		r := &a.r.Areas[i]
		if r.RateFrom != "" {
			continue
		}
		if d := byDistrict[a.county.Areas[i].District]; d.people > 0 {
			r.Rate = d.inNeed / d.people
			districts++
		} else if all.people > 0 {
			r.Rate = all.inNeed / all.people
			counties++
		}
	}
	return districts, counties
}
