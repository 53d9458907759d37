package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hubreach/internal/estate"
	"hubreach/internal/optimise"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// width is the number of columns of a terminal that Table keeps to.
const width = 100

// Table writes the options for a terminal, best first, in at most 100 columns of
// plain text: what the study is and how walks were measured, one line an
// option, what its columns mean, the options' names with how many of their hubs
// are required, how far each is from the best possible and where a building is
// warranted, which options cannot be told apart, and what was not assessed.
// People are rounded to whole people, money to thousands of pounds. The error
// wraps ErrUnfinished for results without an option, or is that of w or of ctx.
func Table(ctx context.Context, w io.Writer, r *study.Results) error {
	if err := finished(r); err != nil {
		return err
	}
	appraisal, err := r.Appraise(ctx, study.Env{})
	if err != nil {
		return err
	}
	var b strings.Builder
	heading(&b, r)
	b.WriteByte('\n')
	ranking(&b, r)
	b.WriteByte('\n')
	wrapped(&b, "", "", "Covered: residents aged 0-19 within the walk; % of all, and of those in the worst tenth, deprivation decile 1. "+
		"Equity: above 0 when the more deprived are covered more. Walk: mean minutes to the nearest open hub. "+
		"Edge town to Youth: small areas that call for outreach at the edge of a town, across a whole town, in the country, and by detached youth work. "+
		"Cost in thousands of pounds, running and staffing; uncosted when that of a hub is not known. "+
		"Required: hubs without which B or more people in need would have none within the walk.")
	b.WriteByte('\n')
	for k, o := range r.Options {
		note := ""
		if k == r.Baseline {
			note = " (baseline)"
		}
		wrapped(&b, "  ", "    ", fmt.Sprintf("%s: %s%s; %d of %d required", o.Option.ID, o.Option.Name, note, requiredSites(&r.Options[k]), len(o.Option.OpenSites())))
		if appraisal != nil && appraisal.Best != nil {
			wrapped(&b, "    ", "    ", ofBest(&appraisal.Best[k]))
		}
		if towns := warranted(o.Outreach.Towns); towns != "" {
			wrapped(&b, "    ", "    ", "building warranted: "+towns+" people in need out of reach")
		}
	}
	if appraisal != nil {
		ties(&b, r, appraisal.Uncertainty)
	}
	if len(r.NotAssessed) > 0 {
		b.WriteString("\nNot assessed:\n")
		for _, n := range r.NotAssessed {
			wrapped(&b, "  - ", "    ", n)
		}
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// ofBest says how far an option is from the best set of as many buildings.
func ofBest(d *study.OptionDistance) string {
	if d.Best.Verdict != optimise.Found {
		return "no set of the study's sites to compare with"
	}
	sure := "proven"
	if d.Best.Tier != optimise.Proven {
		sure = fmt.Sprintf("certified within %.2f%%", 100*d.Best.Gap())
	}
	return fmt.Sprintf("reaches %.1f%% of the people in need that %d buildings can reach (%s of %s; %s)", 100*d.Share, d.Open, thousands(d.Value), thousands(d.Best.Value), sure)
}

// ties lists the options that cannot be told apart by the people in need that they
// cover.
func ties(b *strings.Builder, r *study.Results, u *study.Uncertainty) {
	head := "\nOptions that the data cannot tell apart, by people in need covered:\n"
	for _, p := range u.Pairs {
		for _, d := range p.Differences {
			if d.Tie && d.Figure == estate.FigureInNeed {
				b.WriteString(head)
				head = ""
				wrapped(b, "  - ", "    ", d.Words)
			}
		}
	}
}

// warranted lists the towns whose people in need out of reach warrant a building,
// each with their number.
func warranted(towns []outreach.Town) string {
	var parts []string
	for _, t := range towns {
		if t.Warrants {
			parts = append(parts, t.Name+" "+thousands(t.InNeedOutside))
		}
	}
	return strings.Join(parts, ", ")
}

// heading says what the study is.
func heading(b *strings.Builder, r *study.Results) {
	wrapped(b, "", "", titleOf(r))
	wrapped(b, "", "  ", walked(r))
	wrapped(b, "", "  ", fmt.Sprintf("Building threshold B: %s people in need aged 0-19. Outreach threshold U: %s.",
		tenths(r.Thresholds.BuildingThreshold), tenths(r.Thresholds.OutreachThreshold)))
}

// field is one column of the ranking. Numbers stand at the right, texts at the
// left. The widths, and a space between each two, add up to width.
type field struct {
	above, below string
	width        int
	left         bool
	of           func(o *study.OptionResult) string
}

func fields() []field {
	return []field{
		{"", "#", 2, false, func(o *study.OptionResult) string { return fmt.Sprint(o.Score.Rank) }},
		{"", "Option", 15, true, func(o *study.OptionResult) string { return string(o.Option.ID) }},
		{"", "Score", 5, false, func(o *study.OptionResult) string { return real(o.Score.Score, 3, true).text }},
		{"Open", "hubs", 4, false, func(o *study.OptionResult) string { return fmt.Sprint(len(o.Option.OpenSites())) }},
		{"Covered", "0-19", 7, false, func(o *study.OptionResult) string { return thousands(o.Covered) }},
		{"% of", "all", 4, false, func(o *study.OptionResult) string { return percent(ratio(o.CoveredShare())) }},
		{"worst", "tenth", 5, false, func(o *study.OptionResult) string { return percent(decile1Share(o)) }},
		{"In need", "covered", 7, false, func(o *study.OptionResult) string { return thousands(o.CoveredInNeed) }},
		{"Equity", "index", 6, false, func(o *study.OptionResult) string { return real(o.Equity, 3, true).text }},
		{"Walk", "min", 4, false, func(o *study.OptionResult) string { return minutes(o.MeanWalkMin).text }},
		{"Edge", "town", 4, false, areasOf(outreach.EdgeOfTown)},
		{"Whole", "town", 5, false, areasOf(outreach.WholeTown)},
		{"", "Rural", 5, false, areasOf(outreach.Rural)},
		{"", "Youth", 5, false, areasOf(outreach.DetachedYouth)},
		{"£000", "a year", 8, false, func(o *study.OptionResult) string {
			if !o.Costed {
				return "uncosted"
			}
			return thousands(o.AnnualCost / 1000)
		}},
	}
}

func areasOf(c outreach.Category) func(*study.OptionResult) string {
	return func(o *study.OptionResult) string { return fmt.Sprint(o.Outreach.Count(c)) }
}

// ranking writes the options by rank, equal ones in the study's order.
func ranking(b *strings.Builder, r *study.Results) {
	order := make([]*study.OptionResult, len(r.Options))
	for k := range r.Options {
		order[k] = &r.Options[k]
	}
	slices.SortStableFunc(order, func(a, c *study.OptionResult) int { return a.Score.Rank - c.Score.Rank })
	line(b, func(f field) string { return f.above })
	line(b, func(f field) string { return f.below })
	for _, o := range order {
		line(b, func(f field) string { return f.of(o) })
	}
}

func line(b *strings.Builder, of func(field) string) {
	var cells []string
	for _, f := range fields() {
		s := cut(clean(of(f)), f.width)
		pad := strings.Repeat(" ", f.width-utf8.RuneCountInString(s))
		if f.left {
			cells = append(cells, s+pad)
		} else {
			cells = append(cells, pad+s)
		}
	}
	b.WriteString(strings.TrimRight(strings.Join(cells, " "), " "))
	b.WriteByte('\n')
}

// cut shortens s to n characters, the last of which is then "~".
func cut(s string, n int) string {
	rs := []rune(s)
	if len(rs) <= n {
		return s
	}
	return string(rs[:n-1]) + "~"
}

// clean takes out what a terminal would act on.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
}

// wrapped writes a text in lines of at most width characters, the first after
// first and the others after next.
func wrapped(b *strings.Builder, first, next, s string) {
	b.WriteString(first)
	used := utf8.RuneCountInString(first)
	begun := false // a word stands on the line
	newLine := func() {
		b.WriteString("\n" + next)
		used, begun = utf8.RuneCountInString(next), false
	}
	for _, text := range strings.Fields(clean(s)) {
		word := []rune(text)
		if begun && used+1+len(word) > width {
			newLine()
		}
		if begun {
			b.WriteByte(' ')
			used++
		}
		for used+len(word) > width { // longer than a line
			b.WriteString(string(word[:width-used]))
			word = word[width-used:]
			newLine()
		}
		b.WriteString(string(word))
		used += len(word)
		begun = true
	}
	b.WriteByte('\n')
}

// percent writes a share in whole per cent, "-" for one that is not known.
func percent(share value) string {
	if share.kind == unknown {
		return "-"
	}
	return fmt.Sprintf("%.0f%%", share.number*100)
}

// thousands writes a whole number with commas.
func thousands(f float64) string {
	s := fmt.Sprintf("%.0f", f)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// tenths writes a number of people to a tenth.
func tenths(f float64) string { return real(f, 1, true).text }

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
