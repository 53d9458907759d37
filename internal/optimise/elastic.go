package optimise

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// elastic asks the solver by how much, all in all, the rules have to give way
// until some set keeps them, and says which did. Every rule may give way; each
// is counted in its own unit: sites, mean costs of a site, and for a floor the
// share of its group times the number of sites.
func elastic(ctx context.Context, p *Problem, env Env) ([]Clash, error) {
	q, everyone := soft(p)
	g, _ := newProgram(q)
	rows := g.rows
	for k := range g.columns {
		g.columns[k].cost = 0
	}
	meanCost := 1.0
	for _, s := range q.Sites {
		meanCost += s.Cost / float64(len(q.Sites))
	}
	type slack struct {
		row  int
		name string
		more bool // the rule gives way upwards: its sum is over its limit
	}
	var slacks []slack
	for i := range rows {
		kind := ruleOf(rows[i].name)
		if kind == "" {
			continue
		}
		unit := 1.0
		switch kind {
		case "budget":
			unit = meanCost
		case "floor":
			unit = 1
			for _, t := range rows[i].terms {
				unit += t.times / float64(len(q.Sites))
			}
		}
		for _, sign := range []float64{1, -1} {
			if rows[i].sense == 'G' && sign < 0 || rows[i].sense == 'L' && sign > 0 {
				continue
			}
			name := fmt.Sprintf("s%06d", len(slacks))
			rows[i].terms = append(rows[i].terms, term{len(g.columns), sign})
			g.columns = append(g.columns, column{name, 1 / unit, 1e9, false})
			slacks = append(slacks, slack{i, name, sign < 0})
		}
	}
	out, _, err := env.solve(ctx, g, len(q.Sites), nil)
	if err != nil || out.Values == nil {
		return nil, err
	}
	var found []Clash
	for _, s := range slacks {
		if by := out.Values[s.name]; by > 1e-6 {
			found = append(found, giveWay(q, rows[s.row], s.more, by, everyone))
		}
	}
	return found, nil
}

// soft returns a covering problem with the same rules. Where the model wants
// everyone covered, that becomes a floor, at the position of the second result;
// else -1. Demand that no rule speaks of is left out.
func soft(p *Problem) (*Problem, int) {
	q := *p
	q.Model, q.Theta = MaximalCovering, 0
	everyone := -1
	if p.Model == FewestSites || p.Model == PCenter {
		everyone = 0
		q.Rules.Floors = []Floor{{Name: "everyone", Share: 1}}
	}
	fixed := fixed(p)
	q.Demands = nil
	for _, d := range p.Demands {
		reached := false
		for _, r := range d.Reach {
			reached = reached || fixed[r.Site] >= 0
		}
		if everyone == 0 && reached {
			d.Floors = []int32{0}
		}
		if len(d.Floors) > 0 {
			q.Demands = append(q.Demands, d)
		}
	}
	return &q, everyone
}

// ruleOf names the rule of a constraint by the letters that its name begins
// with; empty for a cover set, which cannot give way.
func ruleOf(name string) string {
	switch strings.TrimRight(name, "0123456789") {
	case "keep":
		return "keep"
	case "dmin", "dmax":
		return "district"
	case "budget":
		return "budget"
	case "floor":
		return "floor"
	case "one":
		return "one_of"
	case "need":
		return "needs"
	case "in":
		return "in"
	case "out":
		return "out"
	}
	return ""
}

// giveWay says by how much a rule has to give way.
func giveWay(p *Problem, c constraint, more bool, by float64, everyone int) Clash {
	kind := ruleOf(c.name)
	number, _ := strconv.Atoi(strings.TrimLeft(c.name, "abcdefghijklmnopqrstuvwxyz")) // keep and budget have none
	site := func(k int) string { return p.Sites[c.terms[k].column].ID }
	clash := Clash{Rule: kind, By: by}
	switch kind {
	case "keep":
		word := "many"
		if more {
			word = "few"
		}
		clash.Text = fmt.Sprintf("to keep %d is too %s by %.0f", p.Rules.Keep, word, by)
	case "district":
		d := p.Rules.Districts[number-1]
		word, limit := "minimum", d.Min
		if c.sense == 'L' {
			word, limit = "maximum", d.Max
		}
		clash.Text = fmt.Sprintf("%s: its %s of %d is missed by %.0f", d.Name, word, limit, by)
	case "budget":
		clash.Text = fmt.Sprintf("the budget of %.0f pounds a year is over by %.0f", p.Rules.Budget, math.Ceil(by))
	case "floor":
		f := p.Rules.Floors[number-1]
		all := 0.0
		for _, d := range p.Demands {
			for _, k := range d.Floors {
				if int(k) == number-1 {
					all += d.Weight
				}
			}
		}
		clash.By = by / all
		if number-1 == everyone {
			clash.Rule, clash.Text = "cover", fmt.Sprintf("%.1f of the %.0f people that some site reaches would be left without one", by, all)
			break
		}
		clash.Text = fmt.Sprintf("%s: its floor of %.1f%% is missed by %.2f points (%.1f of %.0f people)", f.Name, 100*f.Share, 100*by/all, by, all)
	case "one_of":
		clash.Text = fmt.Sprintf("%d more than one of %s and those beside it are open", int(math.Round(by)), site(0))
	case "needs":
		clash.Text = fmt.Sprintf("%s is open without %s, which it needs", site(0), site(1))
	case "in":
		clash.Text = fmt.Sprintf("%s cannot be kept", site(0))
	case "out":
		clash.Text = fmt.Sprintf("%s cannot be closed", site(0))
	}
	return clash
}
