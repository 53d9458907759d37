package county

import (
	"fmt"
	"slices"
)

// classOf says whether a class of the rural-urban classifications is rural, and
// whether it is known at all: codes and names of 2021 (UN1, UF1 urban; RLN1 to
// RSF1 rural) and of 2011 (A1 to C2 urban; D1 to F2 rural; names begin with
// Urban or Rural).
//
// Source: Office for National Statistics, 2021 Rural Urban Classification;
// Department for Environment, Food and Rural Affairs, 2011 Rural Urban
// Classification.
func classOf(class string) (rural, known bool) {
	if class == "" {
		return false, false
	}
	switch class[0] {
	case 'R', 'D', 'E', 'F':
		return true, true
	case 'U', 'A', 'B', 'C':
		return false, true
	}
	return false, false
}

// ruralUrban gives every area its class and whether it is rural. Of several
// rows or tables the first that has a class for an area counts.
func (b *builder) ruralUrban() error {
	const title = "Every area has a rural-urban class"
	if len(b.in.RuralUrban) == 0 {
		b.checks.notRun(title, "no rural-urban table; the rural rule is not assessed")
		return nil
	}
	var strange []string
	for _, t := range b.in.RuralUrban {
		rows := map[AreaCode]string{}
		var dropped []string
		if err := b.linked(t.Head); err != nil {
			return err
		}
		for _, r := range t.Data.Rows {
			code, class := AreaCode(r.Texts[0]), r.Texts[1]
			if !b.ours(t.Head, code) {
				dropped = append(dropped, r.Texts[0])
				continue
			}
			if _, known := classOf(class); !known && class != "" && !slices.Contains(strange, class) {
				strange = append(strange, class)
			} else if known && rows[code] == "" {
				rows[code] = class
			}
		}
		b.use(t.Head, t.Data.Read, len(t.Data.Rows)-len(dropped), dropped)
		for code, v := range b.carryTexts(t.Head, rows) {
			if i, ok := b.at[code]; ok && b.county.Areas[i].RuralUrban == "" {
				a := &b.county.Areas[i]
				a.RuralUrban, a.RuralUrbanFrom = v.text, v.basis
				a.Rural, _ = classOf(v.text)
			}
		}
	}
	count := map[string]int{}
	var without []AreaCode
	for i := range b.county.Areas {
		if a := &b.county.Areas[i]; a.RuralUrban == "" {
			without = append(without, a.Code)
		} else {
			count[a.RuralUrban]++
		}
	}
	kinds := make([]string, 0, len(count))
	for k, n := range count {
		kinds = append(kinds, fmt.Sprintf("%s %d", k, n))
	}
	detail := fmt.Sprintf("%s; without: %s", list(kinds), list(without))
	if len(strange) > 0 {
		detail += "; not a class of 2011 or 2021, and taken as not known: " + list(strange)
	}
	b.checks.add(len(without) == 0, title, "%s", detail)
	return nil
}

// carried is a class of an area and where it comes from.
type carried struct {
	text  string
	basis Basis
}

// carryTexts turns classes of the table's areas into classes of the county's.
func (b *builder) carryTexts(h Head, rows map[AreaCode]string) map[AreaCode]carried {
	out := make(map[AreaCode]carried, len(rows))
	if !h.Older {
		for code, text := range rows {
			out[code] = carried{text, Measured}
		}
		return out
	}
	for code, text := range b.links.Texts(rows) {
		basis := Carried
		if b.links.Unchanged(code) {
			basis = Measured
		}
		out[code] = carried{text, basis}
	}
	return out
}
