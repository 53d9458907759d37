package county

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"hubreach/internal/source"
)

// sites places the sites: in their area, district and settlement. A site
// outside every area stays in the list, marked Outside, and is reported.
func (b *builder) sites() error {
	seen := map[SiteID]string{}
	var outside, unlocated, elsewhere []string
	for _, t := range b.in.Sites {
		used := 0
		for _, r := range t.Data.Rows {
			id := SiteID(r.ID)
			if first, twice := seen[id]; twice {
				return &source.RowError{File: t.File, Line: r.Line, Field: "id", Found: r.ID, Want: "each site once (first: " + first + ")", Do: "give one of them another id"}
			}
			seen[id] = r.Name
			if !r.Located {
				unlocated = append(unlocated, fmt.Sprintf("%s (%s, line %d of %s)", r.Name, r.Postcode, r.Line, t.File))
				continue
			}
			at, err := b.place(t.File, t.Data.CRS, r)
			if err != nil {
				return err
			}
			area, err := b.areaOf(at)
			if err != nil {
				return err
			}
			if area < 0 {
				area = b.nearest(at, Tolerance)
			}
			s := Site{ID: id, Name: r.Name, Kind: r.Kind, Postcode: r.Postcode, At: at, Area: area,
				YouthSpace: triOf(r.Attributes["youth_space"]), Attributes: r.Attributes}
			if area >= 0 {
				s.District, s.Settlement = b.county.Areas[area].District, b.county.Areas[area].Settlement
				if stated := DistrictCode(r.District); stated != "" && stated != s.District && string(stated) != b.county.DistrictName(s.District) {
					elsewhere = append(elsewhere, fmt.Sprintf("%s (says %s, lies in %s)", r.Name, stated, s.District))
				}
			} else {
				s.District = DistrictCode(r.District)
			}
			if area < 0 && !t.Neighbours {
				outside = append(outside, fmt.Sprintf("%s (line %d of %s, at %.0f, %.0f)", r.Name, r.Line, t.File, at[0], at[1]))
			}
			b.county.Sites = append(b.county.Sites, s)
			used++
		}
		b.use(t.Head, t.Data.Read, used, len(t.Data.Rows)-used)
	}
	sort.Slice(b.county.Sites, func(i, j int) bool { return b.county.Sites[i].ID < b.county.Sites[j].ID })
	b.checks.add(len(unlocated) == 0, "Every site has coordinates", "%d sites; without: %s", len(b.county.Sites)+len(unlocated), list(unlocated))
	b.checks.add(len(outside) == 0, "Every site lies in the county", "in the sea or in another county, so not counted unless walk.outside_sites is set: %s", list(outside))
	b.checks.add(len(elsewhere) == 0, "Every site lies in the district its row names", "otherwise: %s", list(elsewhere))
	return nil
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
// the nearest all the same.
func (b *builder) venues() error {
	seen := map[SiteID]bool{}
	for _, t := range b.in.Venues {
		used := 0
		for _, r := range t.Data.Rows {
			if !r.Located || seen[SiteID(r.ID)] {
				continue
			}
			seen[SiteID(r.ID)] = true
			at, err := b.place(t.File, t.Data.CRS, r)
			if err != nil {
				return err
			}
			area, err := b.areaOf(at)
			if err != nil {
				return err
			}
			b.county.Venues = append(b.county.Venues, Venue{ID: SiteID(r.ID), Name: r.Name, Kind: r.Kind, At: at, Area: area})
			used++
		}
		b.use(t.Head, t.Data.Read, used, len(t.Data.Rows)-used)
		b.checks.add(used == len(t.Data.Rows), fmt.Sprintf("Every venue of %s has coordinates and stands once", t.Name), "%d of %d", used, len(t.Data.Rows))
	}
	sort.Slice(b.county.Venues, func(i, j int) bool { return b.county.Venues[i].ID < b.county.Venues[j].ID })
	return nil
}

// costs reads what each site costs.
func (b *builder) costs() error {
	const title = "Every site has a running and a staffing cost"
	if len(b.in.Costs) == 0 {
		b.checks.notRun(title, "no costs table; cost is not assessed")
		return nil
	}
	at := map[SiteID]int{}
	for i, s := range b.county.Sites {
		at[s.ID] = i
	}
	for _, t := range b.in.Costs {
		used := 0
		for _, r := range t.Data.Rows {
			i, ok := at[SiteID(r.Texts[0])]
			if !ok {
				return &source.RowError{File: t.File, Line: r.Line, Field: "site_id", Found: r.Texts[0], Want: "the id of a site", Do: "correct it, or add the site"}
			}
			c := &b.county.Sites[i].Cost
			for k, v := range []*Value{&c.Running, &c.Staffing, &c.Backlog, &c.OneOff} {
				text := strings.NewReplacer(",", "", "£", "", " ", "").Replace(r.Texts[k+1])
				if text == "" {
					continue
				}
				n, err := strconv.ParseFloat(text, 64)
				if err != nil || n < 0 {
					return &source.RowError{File: t.File, Line: r.Line, Field: costFields[k], Found: r.Texts[k+1], Want: "pounds a year, zero or more, or blank", Do: "correct the cell"}
				}
				*v = Value{n, Measured}
			}
			used++
		}
		b.use(t.Head, t.Data.Read, used, len(t.Data.Rows)-used)
	}
	var without []string
	for _, s := range b.county.Sites {
		if _, ok := s.Cost.Annual(); !ok {
			without = append(without, string(s.ID))
		}
	}
	b.checks.add(len(without) == 0, title, "not costed: %s", list(without))
	return nil
}

var costFields = [...]string{"running", "staffing", "backlog", "one_off"}
