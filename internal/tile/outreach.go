package tile

import (
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// outreachOf draws the target areas of every option. Their borders are those of
// the areas, unit by unit.
func outreachOf(r *study.Results, g *ground) drawing {
	words := newDictionary()
	var targets []*feature
	var areas [][]int // of each target
	for _, o := range r.Options {
		for _, t := range o.Outreach.Targets {
			targets = append(targets, &feature{layer: "outreach", id: identity(string(o.Option.ID), t.ID), tags: words.tags(targetProps(r, o, t))})
			areas = append(areas, t.Areas)
		}
	}
	return drawing{
		words: words,
		layers: []layer{{name: "outreach", about: "Target areas of every option: filter by option_id", fields: []field{
			{"option_id", "id of the option"}, {"target_id", "id of the target area"}, {"category", "why: edge_of_town, whole_town, rural or detached_youth"},
			{"place", "where"}, {"district_code", "code of its district"},
			{"people_0_19", "residents aged 0-19 out of reach"}, {"in_need_0_19", "those in need"}, {"youth_10_19", "residents aged 10-19 out of reach"},
			{"walk_min", "mean minutes on foot to the nearest open site"}, {"frequency", "how often: weekly, monthly, termly or unmet"}, {"venue_id", "where to meet"},
		}}},
		figures: func(zoom uint8) []figure {
			figures := make([]figure, len(targets))
			for i, faces := range filled(g.mesh(zoom).Unions(areas)) {
				if len(faces) == 0 {
					faces = dot(lattice(zoom)(g.labels[areas[i][0]]))
				}
				figures[i] = figure{feature: targets[i], faces: faces}
			}
			return figures
		},
	}
}

func targetProps(r *study.Results, o study.OptionResult, t outreach.Target) props {
	p := props{"option_id": string(o.Option.ID), "target_id": t.ID, "category": string(t.Category), "frequency": string(t.Frequency)}
	say(p, "place", t.Place)
	say(p, "district_code", t.District)
	p.set("people_0_19", t.People, 1)
	p.set("in_need_0_19", t.InNeed, 1)
	p.set("youth_10_19", t.Youth, 1)
	if t.People > 0 {
		p.set("walk_min", t.WalkMin, 1)
	}
	if t.Venue >= 0 {
		say(p, "venue_id", r.County.Venues[t.Venue].ID)
	}
	return p
}
