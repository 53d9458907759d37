package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// WhatIf asks what an option would do if it were changed. Nothing is kept.
type WhatIf struct {
	Option  string   `json:"option_id,omitempty" maxLength:"64" doc:"the option to begin with; without: the baseline"`
	Changes []Change `json:"changes" nullable:"false" maxItems:"1000" doc:"made one after another; none: the option as it is"`
}

// Change is one change of an option.
type Change struct {
	Do     string   `json:"do" enum:"open,close,status,move,add,remove" doc:"remove takes away the site that was added last"`
	Site   string   `json:"site_id" minLength:"1" maxLength:"100" doc:"of the county, or of an addition before"`
	Status string   `json:"status,omitempty" enum:"closed,outreach_only,hub,co_located,new" doc:"for status"`
	Lon    *float64 `json:"lon,omitempty" minimum:"-180" maximum:"180" doc:"for move and add"`
	Lat    *float64 `json:"lat,omitempty" minimum:"-90" maximum:"90" doc:"for move and add"`
	Name   string   `json:"name,omitempty" maxLength:"200" doc:"for add"`
	Youth  *bool    `json:"youth_space,omitempty" doc:"for add; without: not stated"`

	Running  *float64 `json:"running_gbp,omitempty" minimum:"0" maximum:"1000000000000" doc:"for add: pounds a year; without: not costed"`
	Staffing *float64 `json:"staffing_gbp,omitempty" minimum:"0" maximum:"1000000000000" doc:"for add: pounds a year; without: not costed"`
}

// WhatIfAnswer is what a changed option does. Its rank is that beside the other
// options, the one it began as left out.
type WhatIfAnswer struct {
	Fingerprint string          `json:"fingerprint"`
	Began       estate.OptionID `json:"option_id"`
	Totals      Option          `json:"totals"`
	Before      Option          `json:"before" doc:"the option that it began as"`
	Score       Score           `json:"score"`
	Districts   []DistrictTotal `json:"districts" nullable:"false"`
	Losers      []Loser         `json:"losers" nullable:"false" doc:"against the study's baseline; people rounded to the threshold of small numbers, 5 by default, and unknown below it"`
	Since       []Loser         `json:"losers_since" nullable:"false" doc:"against the option that it began as; people rounded as in losers"`
	Sites       []Site          `json:"sites" nullable:"false" doc:"those whose status, place or reach is another than before"`
	Areas       []ChangedArea   `json:"areas_changed" nullable:"false" doc:"those whose reach or outreach categories are others than before"`
	Targets     TargetChanges   `json:"outreach"`
	Notes       []string        `json:"notes" nullable:"false" doc:"what the answer leaves out"`
}

// DistrictTotal is what an option does for one district.
type DistrictTotal struct {
	Code          county.DistrictCode `json:"district_code"`
	Name          string              `json:"district_name"`
	People        People              `json:"population_0_19"`
	Covered       People              `json:"covered_0_19"`
	Share         Ratio               `json:"covered_share_0_19"`
	InNeed        People              `json:"in_need_0_19"`
	CoveredInNeed People              `json:"covered_in_need"`
	OpenSites     int                 `json:"open_sites"`
	YouthSpace    bool                `json:"youth_space"`
}

// ChangedArea is what a map needs to colour an area again.
type ChangedArea struct {
	Code        county.AreaCode     `json:"area_code"`
	Share       Ratio               `json:"covered_share"`
	ShareBefore Ratio               `json:"covered_share_before"`
	Nearest     Text                `json:"nearest_site_id"`
	WalkMin     Minutes             `json:"walk_min"`
	Categories  []outreach.Category `json:"categories" nullable:"false"`
	Primary     Text                `json:"primary_category"`
	Reason      Text                `json:"reason"`
}

// TargetChanges are the outreach target areas that come and go.
type TargetChanges struct {
	Added   []TargetName `json:"added" nullable:"false"`
	Removed []TargetName `json:"removed" nullable:"false"`
}

// TargetName is a target area in few words.
type TargetName struct {
	ID       string            `json:"target_id"`
	Category outreach.Category `json:"category"`
	Place    string            `json:"place"`
	InNeed   People            `json:"in_need_0_19"`
}

type whatIfOut struct{ Body WhatIfAnswer }

func (s *service) whatIfResource() {
	op := operation("what-if", "/what-if", "What an option would do if sites opened, closed, moved or were added; nothing is kept", "options")
	op.Method = http.MethodPost
	op.DefaultStatus = http.StatusOK
	op.MaxBodyBytes = s.limits.Body
	get(s, op, s.askWhatIf)
}

func (s *service) askWhatIf(ctx context.Context, in *struct{ Body WhatIf }) (*whatIfOut, error) {
	now := snapshotOf(ctx)
	o, k, err := now.option(in.Body.Option)
	if err != nil {
		return nil, err
	}
	if n := len(in.Body.Changes); n > s.limits.Changes {
		return nil, fmt.Errorf("%w: %d changes: want at most %d; keep them as an option instead", errBad, n, s.limits.Changes)
	}
	w, err := now.begin(o.Option.ID)
	if err != nil {
		return nil, err
	}
	for i, c := range in.Body.Changes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		change, err := now.changeOf(c)
		if err == nil {
			_, err = w.Apply(change)
		}
		if err != nil {
			return nil, fmt.Errorf("change %d: %w", i+1, err)
		}
	}
	answer, err := now.answer(w.Picture(), k)
	return &whatIfOut{answer}, err
}

// changeOf turns a change into that of package study.
func (s *Snapshot) changeOf(c Change) (study.Change, error) {
	id := county.SiteID(c.Site)
	switch c.Do {
	case "open":
		return study.SetStatus(id, estate.Hub), nil
	case "close":
		return study.SetStatus(id, estate.Closed), nil
	case "remove":
		return study.RemoveSite(id), nil
	case "status":
		if c.Status == "" {
			return study.Change{}, fmt.Errorf("%w: status of site %s: want one of hub, co_located, outreach_only, closed, new", errBad, id)
		}
		status, err := estate.ParseStatus(c.Status)
		return study.SetStatus(id, status), err
	}
	if c.Lon == nil || c.Lat == nil {
		return study.Change{}, fmt.Errorf("%w: %s site %s: want lon and lat", errBad, c.Do, id)
	}
	at, err := s.projection.ToGrid(geo.LonLat{*c.Lon, *c.Lat})
	if err != nil {
		return study.Change{}, fmt.Errorf("%w: %s site %s: %w", errBad, c.Do, id, err)
	}
	if c.Do == "move" {
		return study.MoveSite(id, at, nil), nil
	}
	return study.AddSite(county.Site{ID: id, Name: c.Name, At: at, YouthSpace: triOf(c.Youth), Cost: county.Cost{Running: valueOf(c.Running), Staffing: valueOf(c.Staffing)}}, nil), nil
}

// valueOf returns a cost as a planner puts it; nil is not known.
func valueOf(v *float64) county.Value {
	if v == nil {
		return county.Value{}
	}
	return county.Value{Number: *v, Basis: county.Estimated}
}

func triOf(b *bool) county.Tri {
	switch {
	case b == nil:
		return county.NotStated
	case *b:
		return county.Yes
	}
	return county.No
}

// answer puts a picture into words and numbers. k is the position of the option
// that it began as.
func (s *Snapshot) answer(p *study.Picture, k int) (WhatIfAnswer, error) {
	began := &s.Results.Options[k]
	out := WhatIfAnswer{
		Fingerprint: s.Results.Fingerprint, Began: began.Option.ID, Totals: s.optionOf(&p.OptionResult, false), Before: s.optionOf(began, k == s.Results.Baseline),
		Score: scoreOf(s.Results.Scales, p.Score), Districts: []DistrictTotal{}, Losers: s.losersOf(began.Option.ID, s.Results.Rounded(p.Losers)),
		Since: s.losersOf(began.Option.ID, s.Results.Rounded(p.Since)), Sites: []Site{}, Areas: []ChangedArea{},
		Targets: targetChanges(began.Outreach.Targets, p.Outreach.Targets), Notes: []string{},
	}
	for _, d := range p.Districts {
		out.Districts = append(out.Districts, s.districtOf(d))
	}
	for _, i := range p.Changed {
		out.Areas = append(out.Areas, s.changedArea(p, began, i))
	}
	for i := range p.Sites {
		if i < len(began.Sites) && p.Sites[i].At == s.Results.County.Sites[i].At && p.Option.Status[i] == began.Option.Status[i] && p.OptionResult.Sites[i] == began.Sites[i] && p.Required[i] == began.Required[i] {
			continue
		}
		site, err := s.siteOf(&p.OptionResult, p.Sites, i)
		if err != nil {
			return out, err
		}
		out.Sites = append(out.Sites, site)
	}
	return out, nil
}

func (s *Snapshot) districtOf(d estate.DistrictReach) DistrictTotal {
	return DistrictTotal{
		Code: d.District, Name: s.Results.County.DistrictName(d.District), People: People(d.People), Covered: People(d.Covered), Share: share(d.Covered, d.People),
		InNeed: People(d.InNeed), CoveredInNeed: People(d.CoveredInNeed), OpenSites: d.OpenSites, YouthSpace: d.YouthSpace,
	}
}

func (s *Snapshot) changedArea(p *study.Picture, began *study.OptionResult, i int) ChangedArea {
	a, found := &p.Areas[i], &p.Outreach.Areas[i]
	return ChangedArea{
		Code: s.Results.County.Areas[i].Code, Share: Ratio(a.CoveredShare), ShareBefore: Ratio(began.Areas[i].CoveredShare), Nearest: siteIDOf(p.Sites, a.Nearest),
		WalkMin: Minutes(a.WalkMin), Categories: append([]outreach.Category{}, found.Categories...), Primary: Text(found.Primary), Reason: Text(found.Reason),
	}
}

// targetChanges compares two lists of targets by their ids.
func targetChanges(before, after []outreach.Target) TargetChanges {
	gone := func(from, to []outreach.Target) []TargetName {
		names := []TargetName{}
		for _, t := range from {
			if !slices.ContainsFunc(to, func(u outreach.Target) bool { return u.ID == t.ID }) {
				names = append(names, TargetName{t.ID, t.Category, t.Place, People(t.InNeed)})
			}
		}
		return names
	}
	return TargetChanges{Added: gone(after, before), Removed: gone(before, after)}
}
