package tile

import (
	"fmt"

	"hubreach/internal/county"
	"hubreach/internal/study"
)

// sitesOf draws every site, open or not, outside the county too.
func sitesOf(r *study.Results, g *ground) drawing {
	words := newDictionary()
	sites := make([]*feature, len(r.County.Sites))
	for i := range r.County.Sites {
		sites[i] = &feature{layer: "sites", id: siteIdentity(&r.County.Sites[i]), tags: words.tags(siteProps(r, i))}
	}
	fields := []field{
		{"site_id", "id of the site"}, {"name", "name of the site"}, {"kind", "kind of building"}, {"district_code", "code of its district"},
		{"youth_space", "yes or no; not stated: no attribute"}, {"outside_county", "it lies outside the county"},
	}
	fields = append(fields, perOption(r, "status", "what is there")...)
	fields = append(fields, perOption(r, "reached_0_19", "residents aged 0-19 within the walk; 0 for a closed site")...)
	fields = append(fields, perOption(r, "hub_required", "without it the building threshold is passed")...)
	return drawing{
		words:   words,
		layers:  []layer{{name: "sites", about: "Sites, and what each option does with them", fields: fields}},
		figures: func(zoom uint8) []figure { return spots(sites, g.sites, lattice(zoom)) },
	}
}

// siteIdentity is the id of a site. One that an option proposes may have the id
// of the site that it stands for, at another place.
func siteIdentity(s *county.Site) uint64 {
	if s.Proposed() {
		return identity(string(s.ID), fmt.Sprintf("%.1f %.1f", s.At[0], s.At[1]))
	}
	return identity(string(s.ID))
}

func siteProps(r *study.Results, i int) props {
	s := &r.County.Sites[i]
	p := props{"site_id": string(s.ID), "outside_county": s.Outside()}
	say(p, "name", s.Name)
	say(p, "kind", s.Kind)
	say(p, "district_code", s.District)
	say(p, "youth_space", s.YouthSpace.String())
	for _, o := range r.Options {
		p[ofOption("status", o)] = o.Option.Status[i].String()
		p.set(ofOption("reached_0_19", o), o.Sites[i].Reached, 1)
		p[ofOption("hub_required", o)] = o.Required[i]
	}
	return p
}
