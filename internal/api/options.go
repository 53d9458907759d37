package api

import (
	"context"

	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// Option is an option and what it does: the options of summary.json.
type Option struct {
	ID            estate.OptionID `json:"option_id"`
	Name          string          `json:"name"`
	Rank          int             `json:"rank"`
	Score         Ratio           `json:"score"`
	OpenSites     int             `json:"open_sites"`
	Covered       People          `json:"covered_0_19"`
	Share         Ratio           `json:"covered_share_0_19"`
	ShareDecile1  Ratio           `json:"covered_share_0_19_decile_1"`
	CoveredInNeed People          `json:"covered_in_need"`
	ShareInNeed   Ratio           `json:"covered_share_in_need"`
	Equity        Ratio           `json:"equity_index"`
	MeanWalkMin   Minutes         `json:"mean_walk_min"`
	AnnualCost    Pounds          `json:"annual_cost_gbp"`
	EdgeOfTown    int             `json:"edge_of_town" doc:"areas"`
	WholeTown     int             `json:"whole_town" doc:"areas"`
	Rural         int             `json:"rural" doc:"areas"`
	DetachedYouth int             `json:"detached_youth" doc:"areas"`
	Warranted     []string        `json:"building_warranted" nullable:"false" doc:"settlements that warrant a building"`
	Baseline      bool            `json:"baseline"`
	Edited        bool            `json:"edited" doc:"kept by this service, so that it can be edited"`
	Revision      int             `json:"revision" doc:"0: an option of the study file"`
	About         Text            `json:"about"`
}

// Score is how an option scores on each criterion.
type Score struct {
	ID     estate.OptionID  `json:"option_id"`
	Rank   int              `json:"rank"`
	Score  Ratio            `json:"score" doc:"0: no building at all; 1: a bound that no set of the county's sites can beat"`
	Values []CriterionScore `json:"values" nullable:"false"`
}

// CriterionScore is the value of an option on one criterion.
type CriterionScore struct {
	Criterion estate.Criterion `json:"criterion"`
	Weight    Ratio            `json:"weight"`
	Raw       Ratio            `json:"raw" doc:"in the criterion's own unit"`
	Scaled    Ratio            `json:"scaled" doc:"between the anchors, 0 and 1"`
}

// Loser says, for one group of people, who loses and who gains: the columns of
// losers.csv. Small numbers are hidden, and null, and the others rounded; hidden names
// those that are hidden.
type Loser struct {
	ID        estate.OptionID `json:"option_id"`
	Dimension string          `json:"dimension" doc:"county, district, decile, age, need, rural_urban, or one of the study's tables of groups"`
	Group     string          `json:"group"`
	GroupName string          `json:"group_name"`
	People    People          `json:"people"`
	Before    People          `json:"covered_before"`
	After     People          `json:"covered_after"`
	Lost      People          `json:"lost"`
	Gained    People          `json:"gained"`
	LostShare Ratio           `json:"lost_share" doc:"of covered_before"`
	ExtraMin  Minutes         `json:"mean_extra_walk_min" doc:"of those who lose, in whole minutes"`
	Walk      string          `json:"walk" enum:"streets,approximate"`
	Hidden    []string        `json:"hidden" nullable:"false" doc:"numbers that are too small to be published, and what they could be told from: people, kept, lost, gained, neither; the others are rounded to the study's small number, 5 by default"`
}

// OptionID is the id of an option in a path.
type OptionID struct {
	ID string `path:"id" maxLength:"64"`
}

func (s *service) optionResources() {
	list(s, operation("options", "/options", "Options side by side: score, rank, coverage, cost and outreach of each", "options"), false, s.listOptions)
	get(s, operation("score", "/options/{id}/score", "The score of an option, criterion by criterion", "options"), s.getScore)
	list(s, operation("losers", "/options/{id}/losers", "Who loses and who gains a site within the walk, by group, against the baseline or another option", "options"), false, s.listLosers)
}

func (s *service) listOptions(ctx context.Context, _ *struct{ Paging }) (listed[Option], error) {
	now := snapshotOf(ctx)
	var rows []Option
	for k := range now.Results.Options {
		rows = append(rows, now.optionOf(&now.Results.Options[k], k == now.Results.Baseline))
	}
	return listed[Option]{rows: rows}, nil
}

// optionOf returns an option and what it does.
func (s *Snapshot) optionOf(o *study.OptionResult, baseline bool) Option {
	edit, edited := s.edits[o.Option.ID]
	out := Option{
		ID: o.Option.ID, Name: o.Option.Name, Rank: o.Score.Rank, Score: Ratio(o.Score.Score), OpenSites: len(o.Option.OpenSites()),
		Covered: People(o.Covered), Share: Ratio(o.CoveredShare()), ShareDecile1: share(o.CoveredDecile1, o.PeopleDecile1),
		CoveredInNeed: People(o.CoveredInNeed), ShareInNeed: share(o.CoveredInNeed, o.InNeed), Equity: Ratio(o.Equity), MeanWalkMin: Minutes(o.MeanWalkMin),
		AnnualCost: known[Pounds](o.AnnualCost, o.Costed),
		EdgeOfTown: o.Outreach.Count(outreach.EdgeOfTown), WholeTown: o.Outreach.Count(outreach.WholeTown), Rural: o.Outreach.Count(outreach.Rural), DetachedYouth: o.Outreach.Count(outreach.DetachedYouth),
		Warranted: []string{}, Baseline: baseline, Edited: edited, Revision: edit.Revision, About: Text(o.Option.About),
	}
	for _, t := range o.Outreach.Towns {
		if t.Warrants {
			out.Warranted = append(out.Warranted, t.Name)
		}
	}
	return out
}

// share returns part of whole, not known where there is nobody.
func share(part, whole float64) Ratio { return known[Ratio](part/whole, whole > 0) }

type scoreOut struct{ Body Score }

func (s *service) getScore(ctx context.Context, in *OptionID) (*scoreOut, error) {
	now := snapshotOf(ctx)
	o, _, err := now.option(in.ID)
	if err != nil {
		return nil, err
	}
	return &scoreOut{scoreOf(now.Results.Scales, o.Score)}, nil
}

func scoreOf(scales []estate.Scale, s estate.Score) Score {
	out := Score{ID: s.Option, Rank: s.Rank, Score: Ratio(s.Score), Values: []CriterionScore{}}
	for i, v := range s.Values {
		out.Values = append(out.Values, CriterionScore{scales[i].Criterion, Ratio(scales[i].Weight), Ratio(v.Raw), Ratio(v.Scaled)})
	}
	return out
}
