package county

import (
	"slices"
	"strconv"
	"strings"

	"hubreach/internal/source"
)

// costs reads what each site costs. Costs of a site that was left out for want
// of coordinates are dropped; those of a site nobody knows are an error.
func (b *builder) costs() error {
	const title = "Every site has a running and a staffing cost"
	if len(b.in.Costs) == 0 {
		b.checks.notRun(title, "no costs table; cost is not assessed")
		return nil
	}
	at := map[string]int{}
	for _, t := range b.in.Sites {
		for _, r := range t.Data.Rows {
			at[r.ID] = -1
		}
	}
	for i, s := range b.county.Sites {
		at[string(s.ID)] = i
	}
	seen := map[string]bool{}
	for _, t := range b.in.Costs {
		var dropped []string
		for _, r := range t.Data.Rows {
			i, ok := at[r.Texts[0]]
			switch {
			case !ok:
				return &source.RowError{File: t.File, Line: r.Line, Field: "site_id", Found: r.Texts[0], Want: "the id of a site", Do: "correct it, or add the site"}
			case seen[r.Texts[0]]:
				return twice(t.File, r.Line, "site_id", r.Texts[0], "each site once")
			}
			seen[r.Texts[0]] = true
			cost, err := costOf(t.File, r)
			if err != nil {
				return err
			}
			if i < 0 {
				dropped = append(dropped, r.Texts[0])
				continue
			}
			b.county.Sites[i].Cost = cost
		}
		b.use(t.Head, t.Data.Read, len(t.Data.Rows)-len(dropped), dropped)
	}
	without := slices.DeleteFunc(slices.Clone(b.county.Sites), func(s Site) bool {
		_, known := s.Cost.Annual()
		return known || s.Outside()
	})
	ids := make([]SiteID, len(without))
	for i, s := range without {
		ids[i] = s.ID
	}
	b.checks.add(len(ids) == 0, title, "not costed: %s", list(ids))
	return nil
}

var costFields = [...]string{"running", "staffing", "backlog", "one_off"}

// costOf reads the cells of one row; a blank one is not known.
func costOf(file string, r source.CodeRow) (Cost, error) {
	var c Cost
	for k, v := range []*Value{&c.Running, &c.Staffing, &c.Backlog, &c.OneOff} {
		cell := r.Texts[k+1]
		text := strings.NewReplacer(",", "", "£", "", " ", "").Replace(cell)
		if text == "" {
			continue
		}
		const most = 1e12 // pounds; anything beyond is no cost of a building
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !(n >= 0 && n <= most) {
			return Cost{}, &source.RowError{File: file, Line: r.Line, Field: costFields[k], Found: cell, Want: "pounds, zero or more, or blank", Do: "correct the cell"}
		}
		*v = Value{n, Measured}
	}
	return c, nil
}
