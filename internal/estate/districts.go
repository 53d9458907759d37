package estate

import "hubreach/internal/county"

// DistrictReach is what an option does for one district: residents aged 0-19
// and those of them in need, and how many are within the limit of an open site
// of any district.
type DistrictReach struct {
	District              county.DistrictCode
	People, Covered       float64
	InNeed, CoveredInNeed float64
	OpenSites             int // in the district
	YouthSpace            bool
}

// Districts adds an option up by district, in the county's order. The people of
// the districts add up to those of the county.
func Districts(in Input, a *Assessment) []DistrictReach {
	rows := make([]DistrictReach, len(in.County.Districts))
	at := make(map[county.DistrictCode]int, len(rows))
	for i, d := range in.County.Districts {
		rows[i].District, at[d.Code] = d.Code, i
	}
	for i := range in.County.Areas {
		area := &in.County.Areas[i]
		r, n := &rows[at[area.District]], &in.Need.Areas[i]
		r.People += area.Residents.Between(0, 19)
		r.Covered += a.Areas[i].Covered
		r.InNeed += n.InNeed
		r.CoveredInNeed += n.InNeed * a.Areas[i].CoveredShare
	}
	for _, i := range a.Option.OpenSites() {
		if k, ok := at[in.County.Sites[i].District]; ok && !in.County.Sites[i].Outside() {
			rows[k].OpenSites++
		}
	}
	for _, d := range a.YouthDistricts {
		rows[at[d]].YouthSpace = true
	}
	return rows
}
