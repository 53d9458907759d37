package county

import (
	"fmt"
	"strings"

	"hubreach/internal/source"
)

// changes are the kinds of change of the look-up, in the order of the report.
var changes = []struct{ code, words string }{
	{"U", "unchanged"}, {"S", "split"}, {"M", "merged"}, {"X", "reshaped (shared like a split)"}, {"", "of unstated change"},
}

// lookup indexes the links between the editions of the areas: of every older
// area that became, in part at least, an area of the county. Its parts outside
// the county are kept, so that the county does not get their people.
func (b *builder) lookup() error {
	if len(b.in.Lookup) == 0 {
		return nil
	}
	rows, err := b.linkRows()
	if err != nil {
		return err
	}
	parents := map[AreaCode]bool{}
	for _, ks := range rows {
		for _, k := range ks {
			if _, ok := b.at[k.To]; ok {
				parents[k.From] = true
			}
		}
	}
	var links []Link
	counts := map[string]int{}
	outside := 0
	for i, t := range b.in.Lookup {
		var dropped []string
		for _, k := range rows[i] {
			if !parents[k.From] {
				dropped = append(dropped, string(k.To))
				continue
			}
			links = append(links, k)
			if _, ok := b.at[k.To]; ok {
				counts[k.Change]++
			} else {
				outside++
			}
		}
		b.use(t.Head, t.Data.Read, len(rows[i])-len(dropped), dropped)
	}
	if len(links) > 0 {
		b.links = NewLookup(links)
	}
	b.checkLinks(counts, outside)
	return nil
}

// linkRows reads the rows of the look-ups, table by table.
func (b *builder) linkRows() ([][]Link, error) {
	tables := make([][]Link, len(b.in.Lookup))
	seen := map[[2]string]bool{}
	for i, t := range b.in.Lookup {
		for _, r := range t.Data.Rows {
			pair := [2]string{r.Texts[0], r.Texts[1]}
			if seen[pair] {
				return nil, twice(t.File, r.Line, "from and to", pair[0]+" to "+pair[1], "each pair once")
			}
			seen[pair] = true
			change := strings.ToUpper(r.Texts[2])
			if !strings.Contains("USMX", change) || len(change) > 1 {
				return nil, &source.RowError{File: t.File, Line: r.Line, Field: "change", Found: r.Texts[2], Want: "U, S, M or X, or blank", Do: "map the column CHGIND"}
			}
			tables[i] = append(tables[i], Link{From: AreaCode(pair[0]), To: AreaCode(pair[1]), Change: change})
		}
	}
	return tables, nil
}

// checkLinks checks that the look-up fills the county.
func (b *builder) checkLinks(counts map[string]int, outside int) {
	var unfilled []AreaCode
	for i := range b.county.Areas {
		if code := b.county.Areas[i].Code; len(b.links.Parents(code)) == 0 {
			unfilled = append(unfilled, code)
		}
	}
	total := 0
	var kinds []string
	for _, c := range changes {
		if n := counts[c.code]; n > 0 {
			kinds = append(kinds, fmt.Sprintf("%d %s", n, c.words))
			total += n
		}
	}
	detail := fmt.Sprintf("%s: %s; areas without a row: %s", plural(total, "row"), strings.Join(kinds, ", "), list(unfilled))
	if outside > 0 {
		detail += fmt.Sprintf("; rows that lead from older areas of the county to areas outside it: %d", outside)
	}
	b.checks.add(len(unfilled) == 0, "Every area is made from areas of the older edition", "%s", detail)
}
