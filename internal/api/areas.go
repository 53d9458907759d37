package api

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
	"hubreach/internal/transit"
)

// Area is one area under one option: the columns of areas.csv.
type Area struct {
	OptionID     estate.OptionID     `json:"option_id"`
	Code         county.AreaCode     `json:"area_code"`
	Name         string              `json:"area_name"`
	District     county.DistrictCode `json:"district_code"`
	Settlement   Text                `json:"settlement"`
	RuralUrban   Text                `json:"rural_urban"`
	Population   People              `json:"population_0_19"`
	NeedRank     *int                `json:"need_rank"`
	NeedScore    Ratio               `json:"need_score"`
	Decile       *int                `json:"deprivation_decile"`
	InNeed       People              `json:"in_need_0_19"`
	Share        Ratio               `json:"covered_share"`
	Covered      People              `json:"covered_0_19"`
	Nearest      Text                `json:"nearest_site_id"`
	WalkMin      Minutes             `json:"walk_min"`
	Pushchair    Minutes             `json:"pushchair_min"`
	Transit      Minutes             `json:"transit_min"`
	Categories   []outreach.Category `json:"categories" nullable:"false"`
	Primary      Text                `json:"primary_category"`
	Reason       Text                `json:"reason"`
	NeedDecile   *int                `json:"need_decile"`
	Uncovered    bool                `json:"uncovered"`
	Rural        *bool               `json:"rural" doc:"null: the class is not known"`
	DistrictName string              `json:"district_name"`
	Rate         Ratio               `json:"in_need_rate"`
	RateFrom     Text                `json:"rate_from"`
	Walk         string              `json:"walk" enum:"streets,approximate"`
	PeopleFrom   Text                `json:"population_basis" doc:"measured, carried or estimated"`
	TownFrom     Text                `json:"settlement_basis" doc:"as population_basis"`
	ClassFrom    Text                `json:"rural_urban_basis" doc:"as population_basis"`
	TransitP90   Minutes             `json:"transit_p90_min" doc:"public transport in the deciding window: nine in ten departures take no longer"`
	TransitSite  Text                `json:"transit_site_id"`
	PerHour      Hourly              `json:"transit_per_hour" doc:"departures an hour that are best for somebody"`
	LastHome     Text                `json:"last_home" doc:"last moment to leave for a ride home; past 24:00 after midnight"`
	RoundTrip    Ratio               `json:"round_trip_share" doc:"who can be there and back"`
	Near         Text                `json:"near_threshold" doc:"which small change would put it into a category or take it out; within a tenth"`
	NearMargin   Ratio               `json:"near_margin" doc:"how small, as a share of the threshold"`
	Flips        int                 `json:"flips" doc:"thresholds that change its categories by moving a tenth"`
	FlipNames    []string            `json:"flip_thresholds" nullable:"false"`
}

// areaView is what rows of areas under one option are made from.
type areaView struct {
	*study.Results
	option *study.OptionResult
	plan   *outreach.Plan
	moves  map[county.AreaCode][]string // thresholds that move an area by moving a tenth
	ways   []study.AreaWay              // in the deciding window; nil: not assessed
}

// areasUnder returns the view of option k, which is made once: it adds up every
// journey of every area.
func (s *Snapshot) areasUnder(k int) *areaView { return s.views[k]() }

// viewOf makes the view of option k.
func viewOf(r *study.Results, k int) *areaView {
	v := &areaView{Results: r, option: &r.Options[k], plan: r.Plan(k), moves: map[county.AreaCode][]string{}}
	for _, m := range v.plan.Moves {
		name := m.Threshold + " up"
		if m.To < m.From {
			name = m.Threshold + " down"
		}
		for _, code := range m.Codes {
			v.moves[code] = append(v.moves[code], name)
		}
	}
	if r.Transit != nil && len(r.Transit.Windows) > 0 {
		open := make([]bool, len(v.option.Option.Status))
		for i, status := range v.option.Option.Status {
			open[i] = status.Open()
		}
		v.ways = r.Transit.Windows[0].AreaWays(r, open)
	}
	return v
}

// AreaQuery chooses areas of a list.
type AreaQuery struct {
	Paging
	Options    []string `query:"option,explode" maxItems:"50" doc:"options, each by itself or separated by commas; without: the baseline"`
	District   string   `query:"district" maxLength:"20" doc:"code of a district"`
	Category   string   `query:"category" enum:"edge_of_town,whole_town,rural,detached_youth" doc:"one of the area's outreach categories"`
	Settlement string   `query:"settlement" maxLength:"100" doc:"name of a settlement"`
	Uncovered  string   `query:"uncovered" enum:"true,false" doc:"whether half or more live out of reach"`
	Decile     int      `query:"max_decile" minimum:"1" maximum:"10" doc:"this deprivation decile or a worse one"`
}

// AreaDetail is an area under every option.
type AreaDetail struct {
	Code       county.AreaCode `json:"area_code"`
	Name       string          `json:"area_name"`
	Neighbours []string        `json:"neighbours" nullable:"false" doc:"codes of the areas that touch it"`
	Options    []AreaFinding   `json:"options" nullable:"false"`
}

// AreaFinding is what one option does for an area, and why it is in its
// outreach categories.
type AreaFinding struct {
	Area
	Trace []Step `json:"trace" nullable:"false"`
}

// Step is one question of a rule and its answer.
type Step struct {
	Category outreach.Category `json:"category"`
	Question string            `json:"question"`
	Holds    bool              `json:"holds"`
	Found    string            `json:"found"`
}

func (s *service) areaResources() {
	list(s, operation("areas", "/areas", "Areas: people, need, coverage, walks and outreach categories under each option", "areas"), true, s.listAreas)
	get(s, operation("area", "/areas/{code}", "One area under every option, with every question that the outreach rules asked", "areas"), s.getArea)
}

func (s *service) listAreas(ctx context.Context, in *AreaQuery) (listed[Area], error) {
	now := snapshotOf(ctx)
	options, err := now.options(in.Options)
	if err != nil {
		return listed[Area]{}, err
	}
	var rows []Area
	for _, k := range options {
		view := now.areasUnder(k)
		for i := range now.Results.County.Areas {
			if in.keeps(now.Results, k, i) {
				rows = append(rows, view.area(i))
			}
		}
	}
	return listed[Area]{rows, func(a Area) (orb.Geometry, error) {
		ground, err := now.ground()
		if err != nil {
			return nil, err
		}
		return ground[now.areas[a.Code]], nil
	}}, nil
}

// keeps reports whether area i is asked for under option k.
func (q *AreaQuery) keeps(r *study.Results, k, i int) bool {
	area, found, n := &r.County.Areas[i], &r.Options[k].Outreach.Areas[i], &r.Need.Areas[i]
	in := q.Category == ""
	for _, c := range found.Categories {
		in = in || string(c) == q.Category
	}
	return in && (q.District == "" || string(area.District) == q.District) &&
		(q.Settlement == "" || r.County.SettlementName(area.Settlement) == q.Settlement) &&
		(q.Uncovered == "" || (q.Uncovered == "true") == found.Uncovered) &&
		(q.Decile == 0 || n.DeprivationDecile > 0 && n.DeprivationDecile <= q.Decile)
}

// area returns area i.
func (v *areaView) area(i int) Area {
	r, o := v.Results, v.option
	a, n, reached, found := &r.County.Areas[i], &r.Need.Areas[i], &o.Areas[i], &o.Outreach.Areas[i]
	counted := a.People != county.Unknown
	row := Area{
		OptionID: o.Option.ID, Code: a.Code, Name: a.Name, District: a.District, Settlement: Text(r.County.SettlementName(a.Settlement)), RuralUrban: Text(a.RuralUrban),
		Population: known[People](a.Residents.Between(0, 19), counted),
		NeedRank:   whole(n.Rank, n.Known), NeedScore: known[Ratio](n.Score, n.Known), Decile: whole(n.DeprivationDecile, n.DeprivationDecile > 0),
		InNeed: known[People](n.InNeed, counted), Share: Ratio(reached.CoveredShare), Covered: known[People](reached.Covered, counted),
		Nearest: siteIDOf(r.County.Sites, reached.Nearest), WalkMin: Minutes(reached.WalkMin), Pushchair: Minutes(reached.PushchairMin), Transit: transitOf(o, i),
		Categories: append([]outreach.Category{}, found.Categories...), Primary: Text(found.Primary), Reason: Text(found.Reason),
		NeedDecile: whole(n.Decile, n.Known), Uncovered: found.Uncovered, Rural: flag(a.Rural, a.RuralUrban != ""),
		DistrictName: r.County.DistrictName(a.District), Rate: Ratio(n.Rate), RateFrom: Text(n.RateFrom), Walk: walkBasis(r),
		PeopleFrom: Text(a.People), TownFrom: Text(a.SettlementFrom), ClassFrom: Text(a.RuralUrbanFrom),
		TransitP90: Minutes(NotKnown), PerHour: Hourly(NotKnown), RoundTrip: Ratio(NotKnown),
		NearMargin: Ratio(v.plan.Flips[i].Margin), FlipNames: append([]string{}, v.moves[a.Code]...), Flips: len(v.moves[a.Code]),
	}
	if v.plan.Flips[i].Close() {
		row.Near = Text(v.plan.Flips[i].Words)
	}
	if v.ways != nil {
		way := &v.ways[i]
		row.TransitP90, row.TransitSite, row.PerHour = Minutes(way.P90), siteIDOf(r.County.Sites, way.Site), Hourly(way.PerHour)
		row.LastHome, row.RoundTrip = clock(way.LastHome), Ratio(way.RoundTrip)
	}
	return row
}

// clock writes a moment as 19:42, and one after midnight as 24:10; unknown for
// transit.NoTime.
func clock(m transit.Millis) Text {
	if m == transit.NoTime {
		return ""
	}
	const minute = 60_000
	return Text(fmt.Sprintf("%02d:%02d", m/minute/60, m/minute%60))
}

// whole returns a whole number, nil when it is not known.
func whole(n int, known bool) *int {
	if !known {
		return nil
	}
	return &n
}

// flag returns a yes or no, nil when it is not known.
func flag(is, known bool) *bool {
	if !known {
		return nil
	}
	return &is
}

// siteIDOf returns the id of a site by its position, unknown for -1.
func siteIDOf(sites []county.Site, i int) Text {
	if i < 0 {
		return ""
	}
	return Text(sites[i].ID)
}

// transitOf returns the minutes by public transport, unknown where it was not
// assessed.
func transitOf(o *study.OptionResult, i int) Minutes {
	if o.TransitMin == nil {
		return Minutes(NotKnown)
	}
	return Minutes(o.TransitMin[i])
}

type areaOut struct{ Body AreaDetail }

func (s *service) getArea(ctx context.Context, in *struct {
	Code string `path:"code" maxLength:"20"`
}) (*areaOut, error) {
	now := snapshotOf(ctx)
	i, ok := now.areas[county.AreaCode(in.Code)]
	if !ok {
		return nil, fmt.Errorf("area %.20q: %w: want the code of one of the county's %d areas, such as %s", in.Code, errAbsent, len(now.areas), now.Results.County.Areas[0].Code)
	}
	c := now.Results.County
	out := AreaDetail{Code: c.Areas[i].Code, Name: c.Areas[i].Name, Neighbours: []string{}}
	for _, n := range c.Neighbours[i] {
		out.Neighbours = append(out.Neighbours, string(c.Areas[n].Code))
	}
	for k := range now.Results.Options {
		o := &now.Results.Options[k]
		f := AreaFinding{Area: now.areasUnder(k).area(i), Trace: []Step{}}
		for _, t := range o.Outreach.Areas[i].Trace {
			f.Trace = append(f.Trace, Step(t))
		}
		out.Options = append(out.Options, f)
	}
	return &areaOut{out}, nil
}
