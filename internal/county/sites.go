package county

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hubreach/internal/source"
)

// sites places the sites: in their area, district and settlement. A site
// outside every area stays in the list, marked Outside, and is reported. One
// without coordinates is left out and reported.
func (b *builder) sites() error {
	seen := map[string]string{}
	var r siteReport
	for _, t := range b.in.Sites {
		var dropped []string
		for _, row := range t.Data.Rows {
			if first, again := seen[row.ID]; again {
				return twice(t.File, row.Line, "id", row.ID, "each site once (first: "+first+")")
			}
			seen[row.ID] = row.Name
			if !row.Located {
				r.unlocated = append(r.unlocated, fmt.Sprintf("%s (%s, line %d of %s)", row.Name, row.Postcode, row.Line, t.File))
				dropped = append(dropped, row.ID)
				continue
			}
			s, err := b.site(t.File, t.Data.CRS, row)
			if err != nil {
				return err
			}
			b.county.Sites = append(b.county.Sites, s)
			r.note(t.Head, row, s, b.county)
		}
		b.use(t.Head, t.Data.Read, len(t.Data.Rows)-len(dropped), dropped)
	}
	slices.SortFunc(b.county.Sites, func(x, y Site) int { return cmp.Compare(x.ID, y.ID) })
	b.checks.add(len(r.unlocated) == 0, "Every site has coordinates", "%s; without: %s", plural(len(b.county.Sites)+len(r.unlocated), "site"), list(r.unlocated))
	b.checks.add(len(r.outside) == 0, "Every site lies in the county", "in the sea or in another county, so not counted unless walk.outside_sites is set: %s", list(r.outside))
	b.checks.add(len(r.elsewhere) == 0, "Every site lies in the district its row names", "otherwise: %s", list(r.elsewhere))
	if r.neighbours {
		b.checks.add(len(r.inside) == 0, "Every neighbouring authority's site lies outside the county", "otherwise, and so counted like the county's own: %s", list(r.inside))
	}
	return nil
}

// siteReport gathers what is odd about the sites, in words.
type siteReport struct {
	unlocated, outside, elsewhere, inside []string
	neighbours                            bool // a table of neighbours' sites was given
}

// note adds one site.
func (r *siteReport) note(h Head, row source.Place, s Site, c *County) {
	r.neighbours = r.neighbours || h.Neighbours
	where := fmt.Sprintf("%s (line %d of %s, at %.0f, %.0f)", s.Name, row.Line, h.File, s.At[0], s.At[1])
	switch {
	case s.Outside() && !h.Neighbours:
		r.outside = append(r.outside, where)
	case !s.Outside() && h.Neighbours:
		r.inside = append(r.inside, where)
	}
	if row.District != "" && !s.Outside() && row.District != string(s.District) && !strings.EqualFold(row.District, c.DistrictName(s.District)) {
		r.elsewhere = append(r.elsewhere, fmt.Sprintf("%s (says %s, lies in %s)", s.Name, row.District, s.District))
	}
}

// site places one site. Its district is that of the ground, or what the row
// says when it lies outside the county.
func (b *builder) site(file string, crs source.CRS, r source.Place) (Site, error) {
	at, err := b.place(file, crs, r)
	if err != nil {
		return Site{}, err
	}
	area, err := b.locate(at)
	s := Site{ID: SiteID(r.ID), Name: r.Name, Kind: r.Kind, Postcode: r.Postcode, At: at, Area: area,
		District: DistrictCode(r.District), YouthSpace: triOf(r.Attributes["youth_space"]), Attributes: r.Attributes}
	if area >= 0 {
		s.District, s.Settlement = b.county.Areas[area].District, b.county.Areas[area].Settlement
	}
	return s, err
}

// triOf reads a yes or a no as people write them.
func triOf(s string) Tri {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "yes", "y", "true", "1":
		return Yes
	case "no", "n", "false", "0":
		return No
	}
	return NotStated
}

// venues places the venues. One outside the county is kept: its door may be
// the nearest all the same. Of two with one id the first counts.
func (b *builder) venues() error {
	seen := map[string]bool{}
	for _, t := range b.in.Venues {
		var dropped []string
		for _, r := range t.Data.Rows {
			if !r.Located || seen[r.ID] {
				dropped = append(dropped, r.ID)
				continue
			}
			seen[r.ID] = true
			at, err := b.place(t.File, t.Data.CRS, r)
			if err != nil {
				return err
			}
			area, err := b.locate(at)
			if err != nil {
				return err
			}
			b.county.Venues = append(b.county.Venues, Venue{ID: SiteID(r.ID), Name: r.Name, Kind: r.Kind, At: at, Area: area,
				Used: triOf(cmp.Or(r.Attributes["used_for_outreach"], r.Attributes["used"])), Hours: r.Attributes["opening_hours"]})
		}
		used := len(t.Data.Rows) - len(dropped)
		b.use(t.Head, t.Data.Read, used, dropped)
		b.checks.add(len(dropped) == 0, fmt.Sprintf("Every venue of %s has coordinates and stands once", t.Name), "%d of %d; left out: %s", used, len(t.Data.Rows), list(dropped))
	}
	slices.SortFunc(b.county.Venues, func(x, y Venue) int { return cmp.Compare(x.ID, y.ID) })
	return nil
}
