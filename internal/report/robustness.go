package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"

	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// Robustness is the answer of draws of everything uncertain, as it is printed and
// written: robustness.json, robustness_options.csv, robustness_sites.csv and
// robustness_areas.csv. What is not known is null in JSON and empty in CSV.
type Robustness struct {
	Fingerprint string                 `json:"fingerprint"`
	Walk        string                 `json:"walk"`
	Params      study.RobustnessParams `json:"parameters"`
	Options     []optionDrawn          `json:"options"`
	Ties        []string               `json:"ties"` // population: what cannot be told apart, in words
	Wins        []pairDrawn            `json:"wins"`
	Flips       []flipDrawn            `json:"flip_weights"`
	Moves       []moveDrawn            `json:"threshold_moves"`
	Sites       []siteDrawn            `json:"sites"`
	// Hangs says, in words, which hubs are required as the study is set and not in
	// nearly every draw, and the other way round.
	Hangs []string `json:"required_hangs_on_settings"`
	Notes []string `json:"notes"`

	r     *study.Results
	drawn *study.Robustness
}

type optionDrawn struct {
	ID             string             `json:"id"`
	Name           string             `json:"name"`
	First          float64            `json:"first_share"`
	Ranks          []float64          `json:"rank_shares"`
	Score          float64            `json:"score"`
	ScoreLo        float64            `json:"score_lo"`
	ScoreHi        float64            `json:"score_hi"`
	RegretMean     float64            `json:"regret_mean"`
	RegretMax      float64            `json:"regret_max"`
	Central        map[string]float64 `json:"central_weights"`
	Covered        bandDrawn          `json:"covered_0_19"`
	CoveredInNeed  bandDrawn          `json:"covered_in_need"`
	CoveredShare   [3]float64         `json:"covered_share_mean_lo_hi"`
	CategoriesSame *float64           `json:"areas_categories_same_share"`
}

// bandDrawn is a number of people and its bands.
type bandDrawn struct {
	People  float64            `json:"people"`
	Hard    [2]float64         `json:"hard"`
	Method  [2]float64         `json:"method"`
	Soft    [2]float64         `json:"soft"`
	Methods map[string]float64 `json:"methods"`
}

type pairDrawn struct {
	A     string  `json:"a"`
	B     string  `json:"b"`
	Share float64 `json:"a_beats_b_share"`
}

type flipDrawn struct {
	Criterion string   `json:"criterion"`
	Weight    float64  `json:"weight"`
	Down      *float64 `json:"down"`
	DownTo    string   `json:"down_to,omitempty"`
	Up        *float64 `json:"up"`
	UpTo      string   `json:"up_to,omitempty"`
}

type moveDrawn struct {
	Threshold string  `json:"threshold"`
	Option    string  `json:"option"`
	Value     float64 `json:"value"`
	DownTo    float64 `json:"down_to"`
	Down      int     `json:"areas_changed_down"`
	UpTo      float64 `json:"up_to"`
	Up        int     `json:"areas_changed_up"`
}

type siteDrawn struct {
	ID       string             `json:"site_id"`
	Name     string             `json:"name"`
	InBest   float64            `json:"in_best_share"`
	Required map[string]float64 `json:"required_share"` // by option that opens the site
}

// NewRobustness puts draws beside how sure the figures are that they are of: both
// are of r.
func NewRobustness(r *study.Results, drawn *study.Robustness, sure *study.Uncertainty) *Robustness {
	d := &Robustness{Fingerprint: r.Fingerprint, Walk: r.Walk.Method, Params: drawn.Params, Notes: drawn.Notes, r: r, drawn: drawn}
	ids := make([]string, len(r.Options))
	for k := range drawn.Options {
		o := &drawn.Options[k]
		ids[k] = string(o.Option)
		d.Options = append(d.Options, optionDrawnOf(r.Options[k].Option.Name, o, drawn.Criteria, &sure.Options[k]))
	}
	for a := range ids {
		for b := range ids {
			if a != b {
				d.Wins = append(d.Wins, pairDrawn{ids[a], ids[b], drawn.Wins[a][b]})
			}
		}
	}
	for _, p := range sure.Pairs {
		for _, f := range p.Differences {
			if f.Tie {
				d.Ties = append(d.Ties, f.Words)
			}
		}
	}
	for _, f := range drawn.Flips {
		d.Flips = append(d.Flips, flipDrawn{string(f.Criterion), f.Weight, finite(f.Down), string(f.DownTo), finite(f.Up), string(f.UpTo)})
	}
	for _, m := range drawn.Moves {
		d.Moves = append(d.Moves, moveDrawn{m.Threshold, ids[m.Option], m.Value, m.DownTo, len(m.Down), m.UpTo, len(m.Up)})
	}
	for i, s := range r.County.Sites {
		site := siteDrawn{ID: string(s.ID), Name: s.Name, InBest: drawn.InBest[i], Required: map[string]float64{}}
		for k, o := range drawn.Options {
			if r.Options[k].Option.Status[i].Open() {
				site.Required[ids[k]] = o.Required[i]
			}
		}
		d.Sites = append(d.Sites, site)
	}
	d.Hangs = requiredHangs(r, drawn)
	return d
}

// A hub hangs on the settings when it is required as the study is set, and in
// fewer than nearlyAll of the draws, or is not, and in half of them or more.
const nearlyAll, half = 0.95, 0.5

// requiredHangs says which hubs hang on the settings, option by option. Each
// option begins with how many do not.
func requiredHangs(r *study.Results, drawn *study.Robustness) []string {
	words := []string{}
	for k, o := range drawn.Options {
		option, firm := &r.Options[k], 0
		var hang []string
		for i, s := range r.County.Sites {
			if !option.Option.Status[i].Open() {
				continue
			}
			switch share := o.Required[i]; {
			case option.Required[i] && share >= nearlyAll:
				firm++
			case option.Required[i]:
				hang = append(hang, fmt.Sprintf("%s: %s is required as the study is set, and in %.0f%% of the draws.", option.Option.ID, s.Name, 100*share))
			case share >= half:
				hang = append(hang, fmt.Sprintf("%s: %s is not required as the study is set, and is in %.0f%% of the draws.", option.Option.ID, s.Name, 100*share))
			}
		}
		words = append(words, fmt.Sprintf("%s: %d of %d required hubs are required in %.0f%% of the draws or more.", option.Option.ID, firm, requiredSites(option), 100*nearlyAll))
		words = append(words, hang...)
	}
	return words
}

func optionDrawnOf(name string, o *study.OptionRobustness, criteria []estate.Criterion, sure *estate.Uncertainty) optionDrawn {
	d := optionDrawn{ID: string(o.Option), Name: name, First: o.First(), Ranks: o.Rank, Score: o.Score, ScoreLo: o.ScoreLo, ScoreHi: o.ScoreHi,
		RegretMean: o.RegretMean, RegretMax: o.RegretMax, Covered: bandDrawnOf(sure.Covered), CoveredInNeed: bandDrawnOf(sure.CoveredInNeed),
		CoveredShare: [3]float64{o.CoveredShare.Mean, o.CoveredShare.Lo, o.CoveredShare.Hi}}
	if o.Central != nil {
		d.Central = map[string]float64{}
		for k, c := range criteria {
			d.Central[string(c)] = o.Central[k]
		}
	}
	if len(o.Same) > 0 {
		same := 0.0
		for _, s := range o.Same {
			same += s / float64(len(o.Same))
		}
		d.CategoriesSame = &same
	}
	return d
}

func bandDrawnOf(b estate.Bands) bandDrawn {
	d := bandDrawn{People: b.People, Hard: [2]float64{b.Hard.Lo, b.Hard.Hi}, Method: [2]float64{b.Method.Lo, b.Method.Hi}, Soft: [2]float64{b.Soft.Lo, b.Soft.Hi}, Methods: map[string]float64{}}
	for _, m := range b.Methods {
		d.Methods[m.Method] = m.People
	}
	return d
}

// finite returns nil for what is not a number, which JSON does not have.
func finite(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

// JSON writes robustness.json.
func (d *Robustness) JSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(d)
}

func exact(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// options writes one row an option.
func (d *Robustness) options(w io.Writer) error {
	rows := [][]string{{"option_id", "first_share", "score", "score_lo", "score_hi", "regret_mean", "regret_max",
		"covered_0_19", "covered_0_19_hard_lo", "covered_0_19_hard_hi", "covered_0_19_method_lo", "covered_0_19_method_hi", "covered_0_19_soft_lo", "covered_0_19_soft_hi"}}
	for _, o := range d.Options {
		row := []string{o.ID}
		for _, v := range []float64{o.First, o.Score, o.ScoreLo, o.ScoreHi, o.RegretMean, o.RegretMax,
			o.Covered.People, o.Covered.Hard[0], o.Covered.Hard[1], o.Covered.Method[0], o.Covered.Method[1], o.Covered.Soft[0], o.Covered.Soft[1]} {
			row = append(row, exact(v))
		}
		rows = append(rows, row)
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// sites writes one row a site and option that opens it.
func (d *Robustness) sites(w io.Writer) error {
	rows := [][]string{{"option_id", "site_id", "name", "required_share", "in_best_share"}}
	for _, o := range d.Options {
		for _, s := range d.Sites {
			if share, ok := s.Required[o.ID]; ok {
				rows = append(rows, []string{o.ID, s.ID, s.Name, exact(share), exact(s.InBest)})
			}
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// areas writes one row an option and area: the share of the draws in which it is
// in each outreach category, and in the very categories of the study.
func (d *Robustness) areas(w io.Writer) error {
	head := []string{"option_id", "area_code", "same_share"}
	for _, c := range outreach.Categories {
		head = append(head, string(c)+"_share")
	}
	rows := [][]string{head}
	for _, o := range d.drawn.Options {
		for i := range o.Categories {
			row := []string{string(o.Option), string(d.r.County.Areas[i].Code), exact(o.Same[i])}
			for _, share := range o.Categories[i] {
				row = append(row, exact(share))
			}
			rows = append(rows, row)
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// Table writes the answer for people.
func (d *Robustness) Table(out io.Writer) error {
	fmt.Fprintf(out, "%d draws of walking speed, minutes, weights, index, population method and thresholds, seed %d. Walks: %s\n\n", d.Params.Draws, d.Params.Seed, d.Walk)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "option\tfirst\tscore\t9 draws in 10\tregret, mean\tworst\taged 0-19 covered\tby method\t")
	for _, o := range d.Options {
		fmt.Fprintf(w, "%s\t%.1f%%\t%.3f\t%.3f to %.3f\t%.4f\t%.4f\t%.0f\t%.0f to %.0f\t\n", o.ID, 100*o.First, o.Score, o.ScoreLo, o.ScoreHi, o.RegretMean, o.RegretMax,
			o.Covered.People, o.Covered.Method[0], o.Covered.Method[1])
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, tie := range d.Ties {
		fmt.Fprintln(out, tie)
	}
	fmt.Fprintln(out)
	for _, f := range d.Flips {
		fmt.Fprintln(out, f.words())
	}
	fmt.Fprintf(out, "\nAreas that change outreach category in %s when one threshold moves:\n\n", d.Options[d.r.Baseline].ID)
	w = tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "threshold\tvalue\tdown to\tareas\tup to\tareas\t")
	for _, m := range d.Moves {
		if m.Option == d.Options[d.r.Baseline].ID {
			fmt.Fprintf(w, "%s\t%.4g\t%.4g\t%d\t%.4g\t%d\t\n", m.Threshold, m.Value, m.DownTo, m.Down, m.UpTo, m.Up)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nHubs that are needed where they are:")
	for _, words := range d.Hangs {
		fmt.Fprintf(out, "  %s\n", words)
	}
	fmt.Fprintln(out)
	for _, n := range d.Notes {
		fmt.Fprintf(out, "Note: %s.\n", n)
	}
	return nil
}

// words says at which weight of a criterion the winner changes.
func (f flipDrawn) words() string {
	switch {
	case f.Down == nil && f.Up == nil:
		return fmt.Sprintf("%s weighs %.2f: no weight of it changes the winner.", f.Criterion, f.Weight)
	case f.Down == nil:
		return fmt.Sprintf("%s weighs %.2f: over %.2f, %s comes first.", f.Criterion, f.Weight, *f.Up, f.UpTo)
	case f.Up == nil:
		return fmt.Sprintf("%s weighs %.2f: under %.2f, %s comes first.", f.Criterion, f.Weight, *f.Down, f.DownTo)
	}
	return fmt.Sprintf("%s weighs %.2f: under %.2f, %s comes first, and over %.2f, %s.", f.Criterion, f.Weight, *f.Down, f.DownTo, *f.Up, f.UpTo)
}

// Files are the files of the answer, by name.
func (d *Robustness) Files() []Beside {
	return []Beside{
		{"robustness_options.csv", d.options},
		{"robustness_sites.csv", d.sites},
		{"robustness_areas.csv", d.areas},
		{"robustness.json", d.JSON},
	}
}

// Beside is a file that is written beside those of a run.
type Beside struct {
	Name  string
	Write func(io.Writer) error
}

// besideRun are the files that a run may have beside its own.
var besideRun = [...]string{"robustness_options.csv", "robustness_sites.csv", "robustness_areas.csv", "robustness.json"}
