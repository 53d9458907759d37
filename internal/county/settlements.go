package county

import (
	"fmt"
	"sort"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
	"hubreach/geo/shape"
)

// settlements gives every area its town or village: by look-up, or by the
// polygon that holds at least half of the area's people.
func (b *builder) settlements() error {
	names := map[SettlementID]string{}
	for _, t := range b.in.SettlementCodes {
		rows := map[AreaCode]string{}
		for _, r := range t.Data.Rows {
			id, name := r.Texts[1], r.Texts[2]
			if r.Texts[3] != "" { // the part of a settlement is the town that people know
				id, name = r.Texts[3], r.Texts[4]
			}
			if id == "" || id == noSettlement {
				continue
			}
			rows[AreaCode(r.Texts[0])] = id
			names[SettlementID(id)] = townName(name)
		}
		if t.Older {
			if b.links == nil {
				return fmt.Errorf("%s is keyed to older areas, and there is no look-up: add an input with role \"lookup\"", t.File)
			}
			rows = b.links.Texts(rows)
		}
		for code, id := range rows {
			if i, ok := b.at[code]; ok && b.county.Areas[i].Settlement == "" {
				b.county.Areas[i].Settlement = SettlementID(id)
			}
		}
		used := 0
		for _, r := range t.Data.Rows {
			code := AreaCode(r.Texts[0])
			if _, ok := b.at[code]; ok || t.Older && len(b.links.Children(code)) > 0 {
				used++
			}
		}
		b.use(t.Head, t.Data.Read, used, len(t.Data.Rows)-used)
	}
	if len(b.in.SettlementCodes) == 0 && len(b.in.SettlementShapes) == 0 {
		b.checks.notRun("Settlements are known", "no settlements table; edge-of-town and whole-town outreach are not assessed")
		return nil
	}
	if len(b.in.SettlementShapes) == 0 {
		b.nameSettlements(names, nil)
	}
	return nil
}

// noSettlement is the code that ONS tables give to open country.
const noSettlement = "J99999999"

// townName takes the table's own suffixes off a name: "Margate BUASD" is
// Margate, "Ashford (Ashford) BUA" is Ashford.
func townName(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(name, " BUASD"), " BUA")
	if i := strings.Index(name, " ("); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	return name
}

func (b *builder) nameSettlements(names map[SettlementID]string, crosses map[SettlementID]bool) {
	seen := map[SettlementID]int{}
	for _, a := range b.county.Areas {
		if a.Settlement != "" {
			seen[a.Settlement]++
		}
	}
	inside := 0
	var crossing []string
	for id, n := range seen {
		b.county.Settlements = append(b.county.Settlements, Settlement{ID: id, Name: names[id], Crosses: crosses[id]})
		inside += n
		if crosses[id] {
			crossing = append(crossing, names[id])
		}
	}
	sort.Slice(b.county.Settlements, func(i, j int) bool { return b.county.Settlements[i].ID < b.county.Settlements[j].ID })
	b.checks.add(inside > 0, "Settlements are known", "%d areas in %d settlements, %d in open country; settlements that cross the county line: %s",
		inside, len(seen), len(b.county.Areas)-inside, list(crossing))
}

// settlementShapes gives areas their settlement by polygon; it runs after the
// points are placed.
func (b *builder) settlementShapes() error {
	names := map[SettlementID]string{}
	crosses := map[SettlementID]bool{}
	for _, t := range b.in.SettlementShapes {
		type town struct {
			id    SettlementID
			shape orb.MultiPolygon
			ready *shape.Prepared
		}
		var towns []*town
		for _, r := range t.Data.Rows {
			m, err := b.project(t.File, r.Line, r.Code, t.Data.CRS, r.Shape)
			if err != nil {
				return err
			}
			if m, _, err = b.work.MakeValid(m); err != nil {
				return fmt.Errorf("%s: feature %d: settlement %s: %w", t.File, r.Line, r.Code, err)
			}
			ready, err := b.work.Prepare(m)
			if err != nil {
				return err
			}
			towns = append(towns, &town{SettlementID(r.Code), m, ready})
			names[SettlementID(r.Code)] = townName(r.Name)
		}
		sort.Slice(towns, func(i, j int) bool { return towns[i].id < towns[j].id })
		byBound := index.New(indices(len(towns)), func(i int) orb.Bound { return towns[i].shape.Bound() })
		share := make([]map[int]float64, len(b.county.Areas))
		for _, p := range b.county.Points {
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
		used := map[SettlementID]bool{}
		for a := range b.county.Areas {
			best, most := -1, 0.5
			for i := range towns {
				if s := share[a][i]; s >= most && (best < 0 || s > most) {
					best, most = i, s
				}
			}
			if best >= 0 && b.county.Areas[a].Settlement == "" {
				b.county.Areas[a].Settlement = towns[best].id
				used[towns[best].id] = true
			}
		}
		for _, town := range towns {
			if !used[town.id] {
				continue
			}
			inside, err := b.shareInCounty(town.shape)
			if err != nil {
				return err
			}
			const slack = 0.05 // generalised lines of two tables do not meet exactly
			crosses[town.id] = inside < 1-slack
		}
		b.use(t.Head, t.Data.Read, len(used), len(t.Data.Rows)-len(used))
	}
	if len(b.in.SettlementShapes) > 0 {
		for _, s := range b.in.SettlementCodes {
			for _, r := range s.Data.Rows {
				if id := SettlementID(r.Texts[1]); names[id] == "" {
					names[id] = townName(r.Texts[2])
				}
			}
		}
		b.nameSettlements(names, crosses)
	}
	return nil
}

// shareInCounty returns the share of m's ground that lies in the county's areas.
func (b *builder) shareInCounty(m orb.MultiPolygon) (float64, error) {
	inside := 0.0
	var fault error
	b.shapes.Intersecting(m.Bound(), func(i int) bool {
		var s float64
		if s, fault = b.work.Share(m, b.county.Areas[i].Shape); fault != nil {
			return false
		}
		inside += s
		return true
	})
	return inside, fault
}

// nearest returns the area nearest to p within limit, or -1.
func (b *builder) nearest(p geo.Grid, limit geo.Metres) int {
	best, most := -1, limit
	box := orb.Bound{Min: orb.Point(p), Max: orb.Point(p)}.Pad(float64(limit))
	b.shapes.Intersecting(box, func(i int) bool {
		d := distanceTo(p, b.county.Areas[i].Shape)
		if d < most || d == most && (best < 0 || i < best) {
			best, most = i, d
		}
		return true
	})
	return best
}

// distanceTo returns the distance from p to the nearest edge of m.
func distanceTo(p geo.Grid, m orb.MultiPolygon) geo.Metres {
	best := geo.Unreachable
	for _, poly := range m {
		for _, ring := range poly {
			for k := 1; k < len(ring); k++ {
				best = min(best, toSegment(p, ring[k-1], ring[k]))
			}
		}
	}
	return best
}

func toSegment(p geo.Grid, a, c orb.Point) geo.Metres {
	dx, dy := c[0]-a[0], c[1]-a[1]
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = min(1, max(0, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	return p.Distance(geo.Grid{a[0] + t*dx, a[1] + t*dy})
}
