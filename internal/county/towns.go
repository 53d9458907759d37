package county

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo/index"
	"hubreach/geo/shape"
	"hubreach/internal/source"
)

// town is a settlement's polygon.
type town struct {
	id    SettlementID
	shape orb.MultiPolygon
	ready *shape.Prepared
}

// polygons gives areas their settlement by polygon.
func (s *settler) polygons() error {
	for _, t := range s.in.SettlementShapes {
		towns, dropped, err := s.towns(t)
		if err != nil {
			return err
		}
		share := s.shares(towns)
		used := map[*town]bool{}
		for i := range s.county.Areas {
			best := mostPeople(share[i])
			if best < 0 || s.county.Areas[i].Settlement != "" {
				continue
			}
			s.county.Areas[i].Settlement, s.county.Areas[i].SettlementFrom = towns[best].id, Estimated
			used[towns[best]] = true
		}
		for _, town := range towns {
			if !used[town] {
				dropped = append(dropped, string(town.id))
				continue
			}
			inside, err := s.shareInCounty(town.shape)
			if err != nil {
				return fmt.Errorf("%s: settlement %s: %w", t.File, town.id, err)
			}
			const slack = 0.05 // generalised lines of two tables do not meet exactly
			s.crosses[town.id] = inside < 1-slack
		}
		s.outside = true
		s.use(t.Head, t.Data.Read, len(t.Data.Rows)-len(dropped), dropped)
	}
	return nil
}

// towns makes the polygons of one table ready, by id. Those far from the county
// are dropped before the work.
func (s *settler) towns(t Table[source.Boundaries]) (towns []*town, dropped []string, err error) {
	county := s.county.Bound()
	seen := map[string]bool{}
	for _, r := range t.Data.Rows {
		if seen[r.Code] {
			return nil, nil, twice(t.File, r.Line, "code", r.Code, "each settlement once")
		}
		seen[r.Code] = true
		if s.far(t.Data.CRS, r.Shape, county) {
			dropped = append(dropped, r.Code)
			continue
		}
		m, _, err := s.shapeOf(t.File, t.Data.CRS, r)
		if err != nil {
			return nil, nil, err
		}
		ready, err := s.work.Prepare(m)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: feature %d: settlement %s: %w", t.File, r.Line, r.Code, err)
		}
		towns = append(towns, &town{SettlementID(r.Code), m, ready})
		if s.names[SettlementID(r.Code)] == "" {
			s.names[SettlementID(r.Code)] = townName(r.Name)
		}
	}
	slices.SortFunc(towns, func(x, y *town) int { return cmp.Compare(x.id, y.id) })
	return towns, dropped, nil
}

// far reports whether a polygon lies well outside the county. It asks the box
// alone, so that a national table costs little.
func (s *settler) far(crs source.CRS, m orb.MultiPolygon, county orb.Bound) bool {
	box := m.Bound()
	if crs != source.BritishNationalGrid {
		g, err := s.p.Projection.GridOf(box)
		if err != nil {
			return false // shapeOf says what is wrong with it
		}
		box = g.(orb.Bound)
	}
	const margin = 1000.0 // metres
	return !box.Pad(margin).Intersects(county)
}

// shares returns, by area and town, the share of the area's people in the town.
func (s *settler) shares(towns []*town) []map[int]float64 {
	byBound := index.New(indices(len(towns)), func(i int) orb.Bound { return towns[i].shape.Bound() })
	share := make([]map[int]float64, len(s.county.Areas))
	for _, p := range s.county.Points {
		byBound.Intersecting(orb.Bound{Min: orb.Point(p.At), Max: orb.Point(p.At)}, func(i int) bool {
			if towns[i].ready.Covers(orb.Point(p.At)) {
				if share[p.Area] == nil {
					share[p.Area] = map[int]float64{}
				}
				share[p.Area][i] += p.Share
			}
			return true
		})
	}
	return share
}

// mostPeople returns the town with the largest share, half or more, the first
// of equals, or -1.
func mostPeople(share map[int]float64) int {
	const slack = 1e-9 // a half that was added up point by point
	best, most := -1, 0.5-slack
	for _, i := range slices.Sorted(maps.Keys(share)) {
		if v := share[i]; v >= most {
			best, most = i, v+slack
		}
	}
	return best
}

// shareInCounty returns the share of m's ground that lies in the county's areas.
func (s *settler) shareInCounty(m orb.MultiPolygon) (float64, error) {
	inside := 0.0
	var fault error
	s.shapes.Intersecting(m.Bound(), func(i int) bool {
		var share float64
		share, fault = s.work.Share(m, s.county.Areas[i].Shape)
		inside += share
		return fault == nil
	})
	return inside, fault
}
