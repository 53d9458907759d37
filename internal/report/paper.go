package report

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// PaperParams say what a committee report is about.
type PaperParams struct {
	// Options are those to report, in that order; none: every option of the study,
	// best first.
	Options []estate.OptionID
	// Robust says how sure the ranking is; nil: it was not drawn, and the report
	// says so.
	Robust *study.Robustness
}

// ErrNoPaper means that results cannot be reported: those that study.Run did not
// make hold no walks to tell losers by.
var ErrNoPaper = errors.New("not the results of a run")

// paper is a committee report before it is laid out: one content for HTML, PDF
// and workbook, so that all three say the same.
type paper struct {
	Title, Subtitle, About string
	Study, Print           string
	Sections               []section

	r       *study.Results
	options []int // positions in the results, in the order of the report
	robust  *study.Robustness
	best    int // position of the first in rank among the options reported
}

// section is one heading and what stands below it. Level is 2 or 3.
type section struct {
	ID, Title string
	Level     int
	Blocks    []block
}

// block is one of prose, points, grid and figure.
type block interface{ kind() string }

// prose is one paragraph of ours. Its reading age is measured.
type prose string

// points are a list of short sentences; of texts of others, such as licence
// lines, when Quoted is set, which are not measured.
type points struct {
	Items  []string
	Quoted bool
}

// grid is a table. The first column heads the rows. Sheet is its name in a workbook,
// short and not that of another table.
type grid struct {
	ID, Sheet, Caption string
	Head               []string
	Rows               [][]datum
	Note               string
}

// datum is one cell. Key, when there is one, is the place of Value in
// summary.json: "options/O1/covered_0_19".
type datum struct {
	Text  string
	Value value
	Key   string
}

// figure is a picture: a chart, or the map of an option.
type figure struct {
	ID, Caption string
	Chart       chart  // nil: a map
	Map         int    // position of the option
	Alt         string // what the map shows, in words
}

// words say what a figure shows.
func (f figure) words() string {
	if f.Chart != nil {
		return f.Chart.told()
	}
	return f.Alt
}

func (prose) kind() string  { return "prose" }
func (points) kind() string { return "points" }
func (grid) kind() string   { return "grid" }
func (figure) kind() string { return "figure" }

// newPaper gathers a report. The error wraps ErrUnfinished, ErrNoPaper or
// estate.ErrNoOption.
func newPaper(r *study.Results, params PaperParams) (*paper, error) {
	if err := finished(r); err != nil {
		return nil, err
	}
	if !r.Measured() {
		return nil, fmt.Errorf("report: %w: want those of a study that was run", ErrNoPaper)
	}
	p := &paper{r: r, robust: params.Robust, Title: titleOf(r), Subtitle: "Report on " + optionsInWords(r, params.Options), About: r.Spec.About, Study: r.Spec.Name, Print: r.Fingerprint}
	if err := p.choose(params.Options); err != nil {
		return nil, err
	}
	for _, part := range []func() []section{p.summary, p.compared, p.maps, p.losses, p.equality, p.byDistrict, p.transit, p.outreach, p.sure, p.method, p.sources} {
		p.Sections = append(p.Sections, part()...)
	}
	return p, nil
}

// optionsInWords counts the options of a report.
func optionsInWords(r *study.Results, ids []estate.OptionID) string {
	n := len(ids)
	if n == 0 {
		n = len(r.Options)
	}
	if n == 1 {
		return "one option"
	}
	return fmt.Sprintf("%d options", n)
}

// choose finds the options of the report.
func (p *paper) choose(ids []estate.OptionID) error {
	if len(ids) == 0 {
		for k := range p.r.Options {
			p.options = append(p.options, k)
		}
		slices.SortStableFunc(p.options, func(a, b int) int { return p.r.Options[a].Score.Rank - p.r.Options[b].Score.Rank })
	}
	for _, id := range ids {
		_, k, ok := p.r.Option(id)
		if !ok {
			var have []estate.OptionID
			for _, o := range p.r.Options {
				have = append(have, o.Option.ID)
			}
			return fmt.Errorf("report: option %q: %w: want some of %v", id, estate.ErrNoOption, have)
		}
		if !slices.Contains(p.options, k) {
			p.options = append(p.options, k)
		}
	}
	p.best = p.options[0]
	for _, k := range p.options {
		if p.r.Options[k].Score.Rank < p.r.Options[p.best].Score.Rank {
			p.best = k
		}
	}
	return nil
}

// option returns the option at a position.
func (p *paper) option(k int) *study.OptionResult { return &p.r.Options[k] }

// name returns what an option is called, with its id.
func (p *paper) name(k int) string {
	o := p.option(k)
	if o.Option.Name == "" || o.Option.Name == string(o.Option.ID) {
		return string(o.Option.ID)
	}
	return fmt.Sprintf("%s (%s)", o.Option.Name, o.Option.ID)
}

// words is a cell without a number.
func cell(s string) datum { return datum{Text: s, Value: text(s)} }

// figureOf is a cell with a number of summary.json, shown in a text of its own.
func figureOf(key string, v value, show string) datum {
	if v.kind == unknown {
		show = "not known"
	}
	return datum{Text: show, Value: v, Key: key}
}

// number is a cell with a number that summary.json does not have.
func numberCell(v value, show string) datum {
	if v.kind == unknown {
		return datum{Text: "not known"}
	}
	return datum{Text: show, Value: v}
}

// minutesCell is a cell of a column of minutes; where there are none, words.
func minutesCell(m float64, otherwise string) datum {
	if math.IsNaN(m) {
		return cell(otherwise)
	}
	return numberCell(minutes(m), fmt.Sprintf("%.0f", m))
}

// peopleCell is a cell of people rounded to 5; a few are said in words.
func peopleCell(n float64) datum {
	if math.IsNaN(n) || n < 5 {
		return cell(roundPeople(n))
	}
	return numberCell(people(math.Round(n/5)*5), roundPeople(n))
}

// key is the place of a figure of option k in summary.json.
func (p *paper) key(k int, name string) string {
	return "options/" + string(p.option(k).Option.ID) + "/" + name
}
