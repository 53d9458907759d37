package app

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// comparison is options side by side, as it is printed. The change is from the
// first option to the second, More from the first to each other.
type comparison struct {
	Fingerprint string `json:"fingerprint"`
	Walk        string `json:"walk"`
	change
	More        []change        `json:"more,omitempty"`
	Performance *performanceDoc `json:"performance"`
}

// change is what replacing one option by another does.
type change struct {
	A      side              `json:"a"`
	B      side              `json:"b"`
	Closes []string          `json:"closes"` // sites open in A only
	Opens  []string          `json:"opens"`  // sites open in B only
	Groups []groupDifference `json:"groups"`
}

type side struct {
	ID            string   `json:"id"`
	Name          string   `json:"name"`
	Rank          int      `json:"rank"`
	Score         float64  `json:"score"`
	OpenSites     int      `json:"open_sites"`
	Covered       float64  `json:"covered_0_19"`
	CoveredInNeed float64  `json:"covered_in_need"`
	MeanWalkMin   float64  `json:"mean_walk_min"`
	Equity        float64  `json:"equity_index"`
	AnnualCost    *float64 `json:"annual_cost_gbp"`
}

// groupDifference is one group; a number that is too small to be published, or
// would give one away, is null.
type groupDifference struct {
	Dimension string   `json:"dimension"`
	Group     string   `json:"group"`
	People    *float64 `json:"people"`
	Kept      *float64 `json:"kept"`
	Lost      *float64 `json:"lost"`
	Gained    *float64 `json:"gained"`
	ExtraMin  *float64 `json:"mean_extra_walk_min"` // of those who lose
}

// performanceDoc is the table of options over criteria.
type performanceDoc struct {
	Options   []estate.OptionID `json:"options"`
	Criteria  []criterionDoc    `json:"criteria"`
	Swings    []swingDoc        `json:"swings"`
	Dominated []dominanceDoc    `json:"dominance"`
	Rivals    []rivalDoc        `json:"rivals"`
	Ties      []string          `json:"ties"`
	Crowded   float64           `json:"crowded_in_need_per_place"`
	Flags     []flagDoc         `json:"site_flags"`
}

type criterionDoc struct {
	ID     string     `json:"id"`
	Title  string     `json:"title"`
	Unit   string     `json:"unit,omitempty"`
	Better string     `json:"better"` // "more" or "less"
	Values []*float64 `json:"values"` // by option; null: not known
}

type swingDoc struct {
	Criterion estate.Criterion `json:"criterion"`
	Weight    float64          `json:"weight"`
	Span      float64          `json:"span"`
	Share     float64          `json:"share_of_score"`
	Best      estate.OptionID  `json:"best"`
}

type dominanceDoc struct {
	Better estate.OptionID `json:"better"`
	Worse  estate.OptionID `json:"worse"`
}

type rivalDoc struct {
	Option estate.OptionID `json:"option"`
	Next   estate.OptionID `json:"next"`
	Lead   float64         `json:"lead"`
	Words  string          `json:"words"`
}

type flagDoc struct {
	Option   estate.OptionID `json:"option"`
	Site     county.SiteID   `json:"site_id"`
	Name     string          `json:"name"`
	InNeed   float64         `json:"in_need_nearest"`
	Places   *float64        `json:"places"`
	Crowding *float64        `json:"in_need_per_place"`
	Flags    []string        `json:"flags"`
}

func sideOf(o *study.OptionResult) side {
	s := side{ID: string(o.Option.ID), Name: o.Option.Name, Rank: o.Score.Rank, Score: o.Score.Score, OpenSites: len(o.Option.OpenSites()),
		Covered: o.Covered, CoveredInNeed: o.CoveredInNeed, MeanWalkMin: o.MeanWalkMin, Equity: o.Equity}
	if o.Costed {
		s.AnnualCost = &o.AnnualCost
	}
	return s
}

func performanceDocOf(r *study.Results, p *study.Performance) *performanceDoc {
	d := &performanceDoc{Options: p.Options, Crowded: p.Crowded, Criteria: []criterionDoc{}, Swings: []swingDoc{}, Dominated: []dominanceDoc{}, Rivals: []rivalDoc{}, Ties: []string{}, Flags: []flagDoc{}}
	for _, row := range p.Rows {
		c := criterionDoc{ID: row.ID, Title: row.Title, Unit: row.Unit, Better: "less"}
		if row.More {
			c.Better = "more"
		}
		for _, v := range row.Values {
			c.Values = append(c.Values, finite(v))
		}
		d.Criteria = append(d.Criteria, c)
	}
	for _, s := range p.Swings {
		d.Swings = append(d.Swings, swingDoc{s.Criterion, s.Weight, s.Span, s.Share(), p.Options[s.Best]})
	}
	for _, pair := range p.Dominate {
		d.Dominated = append(d.Dominated, dominanceDoc{p.Options[pair[0]], p.Options[pair[1]]})
	}
	for _, v := range p.Rivals {
		d.Rivals = append(d.Rivals, rivalDoc{p.Options[v.Option], p.Options[v.Next], v.Lead, v.Words})
	}
	for _, t := range p.Ties {
		d.Ties = append(d.Ties, t.Words)
	}
	for n, fits := range p.Fits {
		for _, f := range fits {
			if len(f.Flags) > 0 {
				s := r.County.Sites[f.Site]
				d.Flags = append(d.Flags, flagDoc{p.Options[n], s.ID, s.Name, f.InNeed, finite(f.Places), finite(f.Crowding()), f.Flags})
			}
		}
	}
	return d
}

// print writes the comparison for people.
func (c *comparison) print(out io.Writer, minutes float64) error {
	fmt.Fprintf(out, "Walks: %s\n\n", c.Walk)
	if err := c.Performance.print(out, append([]side{c.A, c.B}, seconds(c.More)...)); err != nil {
		return err
	}
	for _, x := range append([]change{c.change}, c.More...) {
		if err := x.print(out, minutes); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(out, "\nPeople are rounded to the study's small number; hidden: under it, or would give one away by subtraction.")
	return err
}

func seconds(all []change) []side {
	sides := make([]side, len(all))
	for i, x := range all {
		sides[i] = x.B
	}
	return sides
}

// print writes the table and what follows from it.
func (d *performanceDoc) print(out io.Writer, names []side) error {
	for _, id := range d.Options {
		k := slices.IndexFunc(names, func(s side) bool { return s.ID == string(id) })
		fmt.Fprintf(out, "%s: %s\n", id, names[k].Name)
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, id := range d.Options {
		fmt.Fprintf(w, "\t%s", id)
	}
	fmt.Fprintln(w, "\tbetter\t")
	for _, c := range d.Criteria {
		fmt.Fprint(w, strings.TrimSuffix(c.Title+", "+c.Unit, ", "))
		for _, v := range c.Values {
			fmt.Fprintf(w, "\t%s", figure(v))
		}
		fmt.Fprintf(w, "\t%s\t\n", c.Better)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nWhat decides the score between them:")
	for _, s := range d.Swings {
		fmt.Fprintf(out, "  %s: weight %.2f, up to %.3f of the score; best in %s\n", strings.ReplaceAll(string(s.Criterion), "_", " "), s.Weight, s.Share, s.Best)
	}
	fmt.Fprintln(out)
	for _, x := range d.Dominated {
		fmt.Fprintf(out, "%s is as good as %s on every scored criterion, and better on one.\n", x.Better, x.Worse)
	}
	for _, v := range d.Rivals {
		fmt.Fprintln(out, v.Words)
	}
	for _, t := range d.Ties {
		fmt.Fprintln(out, t)
	}
	return d.printFlags(out)
}

// printFlags lists the buildings that do not fit.
func (d *performanceDoc) printFlags(out io.Writer) error {
	if len(d.Flags) == 0 {
		return nil
	}
	if d.Crowded > 0 {
		fmt.Fprintf(out, "\nBuildings that do not fit all who would come (crowded: over %.1f people in need a place):\n", d.Crowded)
	} else {
		fmt.Fprintln(out, "\nBuildings that do not fit all who would come:")
	}
	for _, f := range d.Flags {
		crowding := ""
		if f.Crowding != nil {
			crowding = fmt.Sprintf("; %.1f people in need a place", *f.Crowding)
		}
		fmt.Fprintf(out, "  %s: %s %s: %s%s\n", f.Option, f.Site, f.Name, strings.Join(f.Flags, ", "), crowding)
	}
	return nil
}

// figure writes a number with the decimals that it deserves.
func figure(v *float64) string {
	switch {
	case v == nil:
		return "not known"
	case math.Abs(*v) < 10 && *v != math.Trunc(*v):
		return fmt.Sprintf("%.3f", *v)
	case math.Abs(*v) < 100 && *v != math.Trunc(*v):
		return fmt.Sprintf("%.1f", *v)
	}
	return fmt.Sprintf("%.0f", *v)
}

// print writes who keeps, loses and gains.
func (x *change) print(out io.Writer, minutes float64) error {
	fmt.Fprintf(out, "\n%s closes %d sites of %s and opens %d. Who keeps, loses and gains a site within %g minutes:\n\n", x.B.ID, len(x.Closes), x.A.ID, len(x.Opens), minutes)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tgroup\tpeople\tkept\tlost\tgained\textra minutes of those who lose\t")
	whole := func(v *float64) string {
		if v == nil {
			return "hidden"
		}
		return fmt.Sprintf("%.0f", *v)
	}
	for _, g := range x.Groups {
		extra := ""
		if g.ExtraMin != nil {
			extra = fmt.Sprintf("%.1f", *g.ExtraMin)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", g.Dimension, g.Group, whole(g.People), whole(g.Kept), whole(g.Lost), whole(g.Gained), extra)
	}
	return w.Flush()
}

// finite returns nil for what is not a number, which JSON does not have.
func finite(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}
