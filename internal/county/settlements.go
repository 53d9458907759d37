package county

import (
	"cmp"
	"slices"
	"strings"
)

// settler gives the areas their settlements.
type settler struct {
	*builder
	names   map[SettlementID]string
	crosses map[SettlementID]bool
	// outside is set when a table reaches past the county, so that whether a
	// settlement crosses the county line can be told.
	outside bool
}

// settlements gives every area its town or village: by look-up, or by the
// polygon that holds at least half of the area's people. Look-ups come first;
// polygons fill in the areas that no look-up places.
func (b *builder) settlements() error {
	const title = "Settlements are known"
	if len(b.in.SettlementCodes) == 0 && len(b.in.SettlementShapes) == 0 {
		b.checks.notRun(title, "no settlements table; edge-of-town and whole-town outreach are not assessed")
		return nil
	}
	s := settler{builder: b, names: map[SettlementID]string{}, crosses: map[SettlementID]bool{}}
	if err := s.codes(); err != nil {
		return err
	}
	if err := s.polygons(); err != nil {
		return err
	}
	seen := map[SettlementID]bool{}
	inside := 0
	var crossing []string
	for i := range b.county.Areas {
		id := b.county.Areas[i].Settlement
		if id == "" {
			continue
		}
		inside++
		if seen[id] {
			continue
		}
		seen[id] = true
		town := Settlement{ID: id, Name: s.names[id], Crosses: s.crosses[id]}
		b.county.Settlements = append(b.county.Settlements, town)
		if town.Crosses {
			crossing = append(crossing, cmp.Or(town.Name, string(id)))
		}
	}
	slices.SortFunc(b.county.Settlements, func(x, y Settlement) int { return cmp.Compare(x.ID, y.ID) })
	line := "settlements that cross the county line: " + list(crossing)
	if !s.outside {
		line = "whether a settlement crosses the county line is not known: no table has a row outside the county"
	}
	b.checks.add(inside > 0, title, "%s in %s, %d in open country; %s", plural(inside, "area"), plural(len(seen), "settlement"), len(b.county.Areas)-inside, line)
	return nil
}

// codes reads the look-ups from area to settlement. Of several rows or tables
// the first that has a settlement for an area counts.
func (s *settler) codes() error {
	for _, t := range s.in.SettlementCodes {
		if err := s.linked(t.Head); err != nil {
			return err
		}
		rows := map[AreaCode]string{}
		var dropped []string
		for _, r := range t.Data.Rows {
			code := AreaCode(r.Texts[0])
			id, name := townOf(r.Texts)
			if id != "" && s.names[id] == "" {
				s.names[id] = name
			}
			switch {
			case !s.ours(t.Head, code):
				dropped = append(dropped, r.Texts[0])
				s.outside = true
				if id != "" {
					s.crosses[id] = true
				}
			case id != "" && rows[code] == "":
				rows[code] = string(id)
			}
		}
		for code, v := range s.carryTexts(t.Head, rows) {
			if i, ok := s.at[code]; ok && s.county.Areas[i].Settlement == "" {
				s.county.Areas[i].Settlement, s.county.Areas[i].SettlementFrom = SettlementID(v.text), v.basis
			}
		}
		s.use(t.Head, t.Data.Read, len(t.Data.Rows)-len(dropped), dropped)
	}
	return nil
}

// noSettlement is the code that tables of the Office for National Statistics
// give to open country.
const noSettlement = "J99999999"

// townOf returns the settlement of a row of codes: the part of a settlement
// where there is one, which is the town that people know (Margate, not Thanet).
func townOf(texts []string) (SettlementID, string) {
	for _, k := range []int{3, 1} {
		if id := texts[k]; id != "" && id != noSettlement {
			return SettlementID(id), townName(texts[k+1])
		}
	}
	return "", ""
}

// townName takes the table's own suffixes off a name: "Margate BUASD" is
// Margate, "Ashford (Ashford) BUA" is Ashford.
func townName(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(name, " BUASD"), " BUA")
	if i := strings.Index(name, " ("); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	return name
}
