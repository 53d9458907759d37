package app

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"

	"hubreach/internal/optimise"
	"hubreach/internal/study"
)

// optimiseDoc is an answer as it is printed and written.
type optimiseDoc struct {
	Study       string                `json:"study"`
	Fingerprint string                `json:"fingerprint"`
	Walk        string                `json:"walk"`
	WalkNote    string                `json:"walk_note,omitempty"`
	Request     study.OptimiseRequest `json:"request"`
	Unit        string                `json:"unit"` // of every value, bound and price
	Answer      answerDoc             `json:"answer"`
	Size        sizeDoc               `json:"size"`
	Options     []distanceDoc         `json:"options"`
	Sites       []siteDoc             `json:"sites"`
	Closing     []closingDoc          `json:"closing,omitempty"`
	Changes     *changesDoc           `json:"fewest_changes,omitempty"`
}

type answerDoc struct {
	Tier    optimise.Tier    `json:"tier"` // what the answer is, not what was asked for
	Verdict optimise.Verdict `json:"verdict"`
	Open    int              `json:"open_sites"`
	Value   *float64         `json:"value"`
	Bound   *float64         `json:"bound"`
	Gap     *float64         `json:"gap"`
	Share   *float64         `json:"share_of_all"` // covering models: of everyone who counts
	Solver  string           `json:"solver,omitempty"`
	Says    string           `json:"solver_says,omitempty"`
	Clashes []optimise.Clash `json:"clashes,omitempty"`
}

type sizeDoc struct {
	Candidates   int     `json:"candidates"`
	Points       int     `json:"points"`
	CoverSets    int     `json:"cover_sets"`
	People       float64 `json:"people"`
	OutOfReach   float64 `json:"people_out_of_reach"` // of every candidate
	PeopleCalled string  `json:"people_are"`
}

type distanceDoc struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Open      int           `json:"open_sites"`
	Elsewhere int           `json:"open_elsewhere,omitempty"`
	Value     float64       `json:"value"`
	Best      *float64      `json:"best_value"`
	Tier      optimise.Tier `json:"best_tier"`
	Gap       *float64      `json:"best_gap"`
	Share     float64       `json:"share_of_best"`
	Breaks    bool          `json:"breaks_rules"`
}

type siteDoc struct {
	ID       string        `json:"site_id"`
	Name     string        `json:"name"`
	District string        `json:"district_code"`
	Chosen   bool          `json:"chosen"`
	Price    *float64      `json:"price"`
	Forced   string        `json:"price_verdict,omitempty"`
	Tier     optimise.Tier `json:"price_tier,omitempty"`
	Opens    []string      `json:"price_opens,omitempty"`
	Closes   []string      `json:"price_closes,omitempty"`
}

type closingDoc struct {
	ID    string  `json:"site_id"`
	Left  int     `json:"open_sites"`
	Value float64 `json:"value"`
}

type changesDoc struct {
	Tier   optimise.Tier `json:"tier"`
	Fewest int           `json:"fewest_possible"`
	Opens  []string      `json:"opens"`
	Closes []string      `json:"closes"`
	Value  float64       `json:"value"`
}

// units say what a value counts.
var units = map[optimise.Model]string{
	optimise.MaximalCovering: "people covered",
	optimise.BackupCover:     "people covered, and theta times those covered twice",
	optimise.PMedian:         "person-minutes of walking",
	optimise.FewestSites:     "sites",
	optimise.PCenter:         "minutes of the longest walk",
}

func newOptimiseDoc(r *study.Results, found *study.OptimiseResult) *optimiseDoc {
	a := found.Answer
	d := &optimiseDoc{
		Study: r.Spec.Name, Fingerprint: r.Fingerprint, Walk: r.Walk.Method, WalkNote: r.Walk.Note,
		Request: found.Request, Unit: units[a.Model],
		Answer: answerDoc{Tier: a.Tier, Verdict: a.Verdict, Open: len(a.Open), Solver: a.Solver, Says: a.Says, Clashes: a.Clashes},
		Size:   sizeDoc{a.Size.Sites, a.Size.Demands, a.Size.Rows, a.Size.Weight, a.Size.Aside, "residents aged 0-19 in need"},
	}
	if found.Request.Weight == study.WeightYoung {
		d.Size.PeopleCalled = "residents aged 0-19"
	}
	if a.Verdict == optimise.Found {
		d.Answer.Value, d.Answer.Gap = finite(a.Value), finite(a.Gap())
		if a.Model == optimise.MaximalCovering && a.Size.Weight > 0 {
			d.Answer.Share = finite(a.Value / a.Size.Weight)
		}
	}
	if a.Verdict != optimise.Impossible {
		d.Answer.Bound = finite(a.Bound)
	}
	for _, o := range found.Options {
		x := distanceDoc{ID: string(o.ID), Name: o.Name, Open: o.Open, Elsewhere: o.Elsewhere, Value: o.Value, Tier: o.Best.Tier, Share: o.Share, Breaks: o.Breaks}
		if o.Best.Verdict == optimise.Found {
			x.Best, x.Gap = finite(o.Best.Value), finite(o.Best.Gap())
		}
		d.Options = append(d.Options, x)
	}
	d.sites(r, found)
	return d
}

// sites fills in what is said of each candidate.
func (d *optimiseDoc) sites(r *study.Results, found *study.OptimiseResult) {
	ids := func(positions []int) []string {
		out := []string{}
		for _, p := range positions {
			out = append(out, string(r.County.Sites[found.Candidates[p]].ID))
		}
		return out
	}
	chosen := map[int]bool{}
	for _, p := range found.Answer.Open {
		chosen[p] = true
	}
	for i, site := range found.Candidates {
		s := r.County.Sites[site]
		x := siteDoc{ID: string(s.ID), Name: s.Name, District: string(s.District), Chosen: chosen[i]}
		if found.Prices != nil {
			p := found.Prices[i]
			x.Price, x.Forced, x.Tier = finite(p.Price), string(p.Forced), p.Tier
			x.Opens, x.Closes = ids(p.Opens), ids(p.Closes)
		}
		d.Sites = append(d.Sites, x)
	}
	for _, c := range found.Closing {
		d.Closing = append(d.Closing, closingDoc{ids([]int{c.Site})[0], c.Left, c.Value})
	}
	if c := found.Changes; c != nil {
		d.Changes = &changesDoc{c.Tier, c.Fewest, ids(c.Opens), ids(c.Closes), c.Value}
	}
}

// finite returns a number that JSON has, or nil.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

func (d *optimiseDoc) json(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(d)
}

// csv writes one row a candidate. A price that was not asked for, or that does
// not exist because the rules leave no choice, is empty.
func (d *optimiseDoc) csv(w io.Writer) error {
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
func (d *optimiseDoc) print(out io.Writer) error {
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
		fmt.Fprintf(out, ", %.1f%% of %.0f %s", 100**d.Answer.Share, d.Size.People, d.Size.PeopleCalled)
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
func (d *optimiseDoc) printNone(out io.Writer) error {
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
func (d *optimiseDoc) sureness() string {
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

func (d *optimiseDoc) distance(o distanceDoc) string {
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
func (d *optimiseDoc) amount(v float64) string {
	if d.Request.Model == optimise.PCenter {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// printTables writes the prices and the closing order.
func (d *optimiseDoc) printTables(out io.Writer) error {
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
		fmt.Fprintf(w, "\nOrder in which to close the best set:\n\nclose\topen after it\t%s\t\n", d.Unit)
		for _, c := range d.Closing {
			fmt.Fprintf(w, "%s\t%d\t%s\t\n", c.ID, c.Left, d.amount(c.Value))
		}
	}
	return w.Flush()
}
