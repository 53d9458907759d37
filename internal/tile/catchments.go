package tile

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/study"
)

// basins is the catchments.
type basins struct {
	caught     []study.Catchment
	catchments []orb.MultiPolygon
	zooms      [Deepest + 1]kept[[][]shape.Face]
}

func newBasins(r *study.Results, p *geo.Projection) (*basins, error) {
	b := &basins{caught: r.Catchments}
	for _, c := range r.Catchments {
		m, err := p.LonLatOf(c.Shape)
		if err != nil {
			return nil, fmt.Errorf("catchment of site %s, %s, %g minutes: %w", r.County.Sites[c.Site].ID, c.Profile, c.Minutes, err)
		}
		b.catchments = append(b.catchments, worldOf(m.(orb.MultiPolygon)))
	}
	return b, nil
}

// catchmentFaces returns the catchments at a zoom. They lie over one another and
// share no borders, so that each has a mesh of its own.
func (b *basins) catchmentFaces(zoom uint8) [][]shape.Face {
	return b.zooms[zoom].get(func() [][]shape.Face {
		outlines := make([][][]shape.Spot, len(b.catchments))
		for i := range b.catchments {
			mesh := shape.NewMesh(b.catchments[i:i+1], lattice(zoom)).Simplified(tolerance(zoom))
			outlines[i] = mesh.Outlines(1)[0]
		}
		return filled(outlines)
	})
}

// catchmentsOf draws the catchments, the greatest first, so that the lesser can
// be seen and clicked.
func catchmentsOf(r *study.Results, g *ground) drawing {
	words := newDictionary()
	features := make([]*feature, len(r.Catchments))
	for i, c := range r.Catchments {
		site := &r.County.Sites[c.Site]
		p := props{"site_id": string(site.ID), "profile": c.Profile}
		say(p, "site_name", site.Name)
		p.set("minutes", c.Minutes, 1)
		p.set("reached_0_19", c.People, 1)
		features[i] = &feature{layer: "catchments", tags: words.tags(p),
			id: identity(string(site.ID), c.Profile, strconv.FormatFloat(c.Minutes, 'g', -1, 64))}
	}
	order := byArea(r.Catchments)
	return drawing{
		words: words,
		layers: []layer{{name: "catchments", about: "Ground from which each site is reached on foot", fields: []field{
			{"site_id", "id of the site"}, {"site_name", "name of the site"}, {"profile", "who walks"}, {"minutes", "longest walk"},
			{"reached_0_19", "residents aged 0-19 whose walk is no longer"},
		}}},
		figures: func(zoom uint8) []figure {
			figures := make([]figure, 0, len(features))
			faces := g.catchmentFaces(zoom)
			for _, i := range order {
				figures = append(figures, figure{feature: features[i], faces: faces[i]})
			}
			return figures
		},
	}
}

// byArea lists catchments, the greatest first.
func byArea(catchments []study.Catchment) []int {
	order := make([]int, len(catchments))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(catchments[b].AreaM2, catchments[a].AreaM2) })
	return order
}
