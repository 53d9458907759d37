package api

import (
	"hubreach/internal/county"
	"hubreach/internal/optimise"
	"hubreach/internal/study"
)

// OptimiseQuestion asks for the best set of sites. What is left out stands for
// no such rule, or for the default.
type OptimiseQuestion struct {
	Model         string             `json:"model,omitempty" enum:"maximal_covering,backup_cover,p_median,fewest_sites,p_center" doc:"default: maximal_covering"`
	Tier          string             `json:"tier,omitempty" enum:"live,certified,proven" doc:"how sure; default: certified"`
	Weight        string             `json:"weight,omitempty" enum:"in_need,0_19" doc:"who counts; default: in_need"`
	Minutes       float64            `json:"minutes,omitempty" minimum:"0" maximum:"180" doc:"the walk that counts; default: the study's"`
	Theta         float64            `json:"theta,omitempty" minimum:"0" maximum:"1" doc:"backup_cover: worth of a second site"`
	Keep          int                `json:"keep,omitempty" minimum:"0" maximum:"100000" doc:"sites to keep open"`
	AtMost        bool               `json:"at_most,omitempty" doc:"keep at most so many, not exactly"`
	DistrictMin   int                `json:"district_min,omitempty" minimum:"0" maximum:"100000"`
	DistrictMax   int                `json:"district_max,omitempty" minimum:"0" maximum:"100000"`
	Budget        float64            `json:"budget_gbp,omitempty" minimum:"0" maximum:"1e12" doc:"running and staffing, a year"`
	In            []county.SiteID    `json:"in,omitempty" maxItems:"10000" doc:"sites that stay open"`
	Out           []county.SiteID    `json:"out,omitempty" maxItems:"10000" doc:"sites that close"`
	OneOf         [][]county.SiteID  `json:"one_of,omitempty" maxItems:"1000" doc:"at most one of each list"`
	Needs         [][2]county.SiteID `json:"needs,omitempty" maxItems:"1000" doc:"the first only with the second"`
	DeprivedFloor float64            `json:"deprived_floor,omitempty" minimum:"0" maximum:"1" doc:"least share of the most deprived fifth to cover"`
	DistrictFloor float64            `json:"district_floor,omitempty" minimum:"0" maximum:"1" doc:"least share of every district to cover"`
	Prices        bool               `json:"prices,omitempty" doc:"also what each building is worth to the others"`
	Closing       bool               `json:"closing,omitempty" doc:"also the order in which to close the best sites"`
	ClosingBest   bool               `json:"closing_best,omitempty" doc:"the same, with the best set of each number beside it"`
	Within        float64            `json:"within,omitempty" minimum:"0" maximum:"1" doc:"also the fewest changes within this share of the best"`
	Front         []float64          `json:"front_gbp,omitempty" maxItems:"50" doc:"also the best under each of these budgets"`
}

// request returns the question as package study takes it.
func (q OptimiseQuestion) request() *study.OptimiseRequest {
	return &study.OptimiseRequest{
		Model: optimise.Model(q.Model), Tier: optimise.Tier(q.Tier), Weight: q.Weight, Minutes: q.Minutes, Theta: q.Theta,
		Keep: q.Keep, AtMost: q.AtMost, DistrictMin: q.DistrictMin, DistrictMax: q.DistrictMax, Budget: q.Budget,
		In: q.In, Out: q.Out, OneOf: q.OneOf, Needs: q.Needs, DeprivedFloor: q.DeprivedFloor, DistrictFloor: q.DistrictFloor,
		Prices: q.Prices, Closing: q.Closing, ClosingBest: q.ClosingBest, Within: q.Within, Front: q.Front,
	}
}
