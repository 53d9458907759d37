package tile

import (
	"github.com/paulmach/orb"

	"hubreach/geo/shape"
	"hubreach/internal/county"
	"hubreach/internal/study"
)

// namesFrom is the least zoom at which areas are named: before it, a county's
// areas are smaller than their names.
const namesFrom = 10

// areasOf draws the areas and, in layers of their own, a point for each name of
// an area and of a settlement: a map that names a polygon cut by tiles names
// every piece.
func areasOf(r *study.Results, g *ground) drawing {
	words := newDictionary()
	areas := make([]*feature, len(r.County.Areas))
	labels := make([]*feature, len(r.County.Areas))
	for i := range r.County.Areas {
		a := &r.County.Areas[i]
		areas[i] = &feature{layer: "areas", id: identity(string(a.Code)), tags: words.tags(areaProps(r, i))}
		named := props{"area_code": string(a.Code)}
		say(named, "area_name", a.Name)
		labels[i] = &feature{layer: "area_labels", id: areas[i].id, tags: words.tags(named)}
	}
	towns, named := settlementsOf(r.County, words)
	return drawing{
		words: words,
		layers: []layer{
			{name: "areas", about: "Small areas, and what each option leaves them", fields: areaFields(r)},
			{name: "area_labels", about: "A point inside each area, for its name", from: namesFrom,
				fields: []field{{"area_code", "code of the area"}, {"area_name", "name of the area"}}},
			towns,
		},
		figures: func(zoom uint8) []figure {
			figures := make([]figure, 0, 2*len(areas)+len(named))
			place := lattice(zoom)
			for i, faces := range g.areaFaces(zoom) {
				if len(faces) == 0 {
					faces = dot(place(g.labels[i]))
				}
				figures = append(figures, figure{feature: areas[i], faces: faces})
			}
			if zoom >= namesFrom {
				figures = append(figures, spots(labels, g.labels, place)...)
			}
			return append(figures, spots(named, g.hearts, place)...)
		},
	}
}

// spots draws points; a feature that is nil is left out.
func spots(features []*feature, at []orb.Point, place func(orb.Point) shape.Spot) []figure {
	var figures []figure
	for i, f := range features {
		if f != nil {
			spot := place(at[i])
			figures = append(figures, figure{feature: f, spot: &spot})
		}
	}
	return figures
}

// dot stands for an area that is too small for a zoom: a square of half a pixel
// over its neighbours, so that it can still be seen, clicked and counted.
func dot(at shape.Spot) []shape.Face {
	const half = 2 // units
	x0, y0, x1, y1 := at.X-half, at.Y-half, at.X+half, at.Y+half
	return []shape.Face{{{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}, {X: x0, Y: y0}}}}
}

func areaFields(r *study.Results) []field {
	fields := []field{
		{"area_code", "code of the area"}, {"area_name", "name of the area"},
		{"district_code", "code of its district"}, {"settlement", "name of its town or village"},
		{"need_rank", "rank of need, 1 the worst, among the areas of England where indicators have national ranks"},
		{"need_decile", "tenth of that rank, 1 the worst"},
		{"deprivation_decile", "published decile, 1 the most deprived"},
		{"population_0_19", "residents aged 0-19"}, {"in_need_0_19", "residents aged 0-19 in need"},
	}
	fields = append(fields, perOption(r, "covered_share", "share of residents aged 0-19 within the walk, 0 to 1, three decimals")...)
	fields = append(fields, perOption(r, "uncovered", "half or more of its residents aged 0-19 live outside the walk")...)
	fields = append(fields, perOption(r, "walk_min", "minutes on foot to the nearest open site")...)
	if r.Transit != nil {
		fields = append(fields, perOption(r, "transit_min", "minutes to the nearest open site by public transport or on foot; none: not within the time that was searched")...)
	}
	return append(fields, perOption(r, "primary_category", "outreach category; none: no attribute")...)
}

// areaProps are the attributes of an area. What is not known is not there.
func areaProps(r *study.Results, i int) props {
	a, n := &r.County.Areas[i], &r.Need.Areas[i]
	p := props{"area_code": string(a.Code)}
	say(p, "area_name", a.Name)
	say(p, "district_code", a.District)
	say(p, "settlement", r.County.SettlementName(a.Settlement))
	if n.Known {
		p["need_rank"], p["need_decile"] = n.Rank, n.Decile
	}
	if n.DeprivationDecile > 0 {
		p["deprivation_decile"] = n.DeprivationDecile
	}
	if a.People != county.Unknown {
		p.set("population_0_19", a.Residents.Between(0, 19), 1)
		p.set("in_need_0_19", n.InNeed, 1)
	}
	for _, o := range r.Options {
		reach, finding := &o.Areas[i], &o.Outreach.Areas[i]
		p.set(ofOption("covered_share", o), reach.CoveredShare, 3)
		p.set(ofOption("walk_min", o), reach.WalkMin, 1)
		if o.TransitMin != nil {
			p.set(ofOption("transit_min", o), o.TransitMin[i], 1)
		}
		say(p, ofOption("primary_category", o), finding.Primary)
		p[ofOption("uncovered", o)] = finding.Uncovered
	}
	return p
}
