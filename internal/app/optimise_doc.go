package app

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"hubreach/internal/optimise"
	"hubreach/internal/study"
)

// optimiseDoc is an answer as it is printed and written.
type optimiseDoc struct{ *study.OptimiseSummary }

func (d optimiseDoc) json(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(d.OptimiseSummary)
}

// csv writes one row a candidate. A price that was not asked for, or that does
// not exist because the rules leave no choice, is empty.
func (d optimiseDoc) csv(w io.Writer) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"site_id", "name", "district_code", "chosen", "price", "price_tier"}}
	for _, s := range d.Sites {
		price := ""
		if s.Price != nil {
			price = strconv.FormatFloat(*s.Price, 'f', -1, 64)
		}
		rows = append(rows, []string{s.ID, s.Name, s.District, strconv.FormatBool(s.Chosen), price, string(s.Tier)})
	}
	return c.WriteAll(rows)
}

// print writes the answer for people.
func (d optimiseDoc) print(out io.Writer) error {
	if d.Answer.Verdict != optimise.Found {
		return d.printNone(out)
	}
	for _, s := range d.Sites {
		if s.Chosen {
			fmt.Fprintf(out, "%s  %s (%s)\n", s.ID, s.Name, s.District)
		}
	}
	fmt.Fprintf(out, "\n%d of %d sites: %s %s", d.Answer.Open, d.Size.Candidates, d.amount(*d.Answer.Value), d.Unit)
	if d.Answer.Share != nil {
		fmt.Fprintf(out, ", %.1f%% of %.0f %s", 100**d.Answer.Share, d.Size.People, d.Size.PeopleAre)
	}
	fmt.Fprintf(out, ".\n%s\n", d.sureness())
	if d.WalkNote != "" {
		fmt.Fprintln(out, d.WalkNote)
	}
	if len(d.Options) > 0 {
		fmt.Fprintln(out)
	}
	for _, o := range d.Options {
		fmt.Fprintln(out, d.distance(o))
	}
	if c := d.Changes; c != nil {
		fmt.Fprintf(out, "\nFewest changes from the baseline within %g%% of the best: %d open, %d close, %s %s (%s; %d changes at least).\n",
			100*d.Request.Within, len(c.Opens), len(c.Closes), d.amount(c.Value), d.Unit, c.Tier, c.Fewest)
	}
	return d.printTables(out)
}

// printNone says why there is no set.
func (d optimiseDoc) printNone(out io.Writer) error {
	if d.Answer.Verdict == optimise.NotFound {
		_, err := fmt.Fprintln(out, "No set that keeps all rules was found. Whether there is one only --tier proven can say.")
		return err
	}
	fmt.Fprintln(out, "No set of sites keeps all rules:")
	for _, c := range d.Answer.Clashes {
		fmt.Fprintf(out, "  %s\n", c.Text)
	}
	return nil
}

// sureness says how far from the best possible the answer can be.
func (d optimiseDoc) sureness() string {
	a := d.Answer
	switch {
	case a.Tier == optimise.Proven:
		return fmt.Sprintf("Proven: no other set is better (%s: %s).", a.Solver, a.Says)
	case a.Solver != "":
		return fmt.Sprintf("Not proven: %s says %q. The best possible is %s at most, %.2f%% better.", a.Solver, a.Says, d.amount(*a.Bound), 100**a.Gap)
	}
	return fmt.Sprintf("%s: within %.2f%% of the best possible, whose bound is %s.", capital(string(a.Tier)), 100**a.Gap, d.amount(*a.Bound))
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

func (d optimiseDoc) distance(o study.OptimiseDistance) string {
	if o.Best == nil {
		return fmt.Sprintf("%s: %d sites; no best to compare with", o.ID, o.Open)
	}
	rules := ""
	if o.Breaks {
		rules = "; it breaks the rules asked for, so the best is of any sites"
	}
	tier := string(o.Tier)
	if o.Tier != optimise.Proven {
		tier = fmt.Sprintf("%s, within %.2f%%", o.Tier, 100**o.Gap)
	}
	said := fmt.Sprintf("%s of %s", d.amount(o.Value), d.amount(*o.Best))
	if d.Request.Model == optimise.MaximalCovering {
		return fmt.Sprintf("%s reaches %.1f%% of what %d buildings can reach (%s; %s%s)", o.ID, 100*o.Share, o.Open, said, tier, rules)
	}
	if d.Request.Model != optimise.BackupCover { // less is better
		said = fmt.Sprintf("%s against %s", d.amount(o.Value), d.amount(*o.Best))
	}
	return fmt.Sprintf("%s is %.1f%% as good as the best %d buildings (%s; %s%s)", o.ID, 100*o.Share, o.Open, said, tier, rules)
}

// amount writes a value with the decimals that it deserves.
func (d optimiseDoc) amount(v float64) string {
	if d.Request.Model == optimise.PCenter {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// printTables writes the prices and the closing order.
func (d optimiseDoc) printTables(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if len(d.Sites) > 0 && d.Sites[0].Forced != "" {
		fmt.Fprintf(w, "\nPrice of every building, in %s that the others lose:\n\nsite\tbest set\tprice\t\n", d.Unit)
		for _, s := range d.Sites {
			does, price := "closed; price of keeping it", "the rules leave no choice"
			if s.Chosen {
				does = "open; price of closing it"
			}
			if s.Price != nil {
				price = d.amount(*s.Price)
			}
			if s.Tier != optimise.Proven {
				price += " (" + string(s.Tier) + ")"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t\n", s.ID, does, price)
		}
	}
	if len(d.Closing) > 0 {
		fmt.Fprintf(w, "\nOrder in which to close the best set, in %s:\n\nclose\topen after it\tvalue\tbest of as many\t\n", d.Unit)
		for _, c := range d.Closing {
			best := ""
			if c.Best != nil {
				best = fmt.Sprintf("%s (%s)", d.amount(*c.Best), c.Tier)
			}
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\t\n", c.ID, c.Left, d.amount(c.Value), best)
		}
	}
	if len(d.Front) > 0 {
		fmt.Fprintf(w, "\nWhat budgets buy, in pounds a year and %s:\n\nbudget\tcost\topen sites\tvalue\t\n", d.Unit)
		for _, f := range d.Front {
			value := "none: the other rules cost more"
			if f.Value != nil {
				value = fmt.Sprintf("%s (%s)", d.amount(*f.Value), f.Tier)
			}
			fmt.Fprintf(w, "%.0f\t%.0f\t%d\t%s\t\n", f.Budget, f.Cost, f.Open, value)
		}
	}
	return w.Flush()
}
