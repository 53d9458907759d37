package api

import (
	"context"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// Site is one site under one option: the columns of sites.csv.
type Site struct {
	OptionID       estate.OptionID     `json:"option_id"`
	ID             county.SiteID       `json:"site_id"`
	Name           string              `json:"name"`
	District       county.DistrictCode `json:"district_code"`
	Status         string              `json:"status" enum:"closed,outreach_only,hub,co_located,new"`
	Reached        People              `json:"reached_0_19"`
	ReachedInNeed  People              `json:"reached_in_need"`
	OnlyHere       People              `json:"only_here_0_19"`
	OnlyHereInNeed People              `json:"only_here_in_need"`
	Required       bool                `json:"hub_required"`
	YouthSpace     Text                `json:"youth_space"`
	Kind           Text                `json:"kind"`
	Postcode       Text                `json:"postcode"`
	Settlement     Text                `json:"settlement"`
	Lon            Degrees             `json:"lon"`
	Lat            Degrees             `json:"lat"`
	AnnualCost     Pounds              `json:"annual_cost_gbp"`
	Outside        bool                `json:"outside_county"`
	Walk           string              `json:"walk" enum:"streets,approximate"`
	Easting        Metres              `json:"easting" doc:"British National Grid"`
	Northing       Metres              `json:"northing" doc:"British National Grid"`
}

// SiteQuery chooses sites of a list.
type SiteQuery struct {
	Paging
	Options  []string `query:"option,explode" maxItems:"50" doc:"options, each by itself or separated by commas; without: the baseline"`
	District string   `query:"district" maxLength:"20" doc:"code of a district"`
	Status   string   `query:"status" enum:"closed,outreach_only,hub,co_located,new"`
	Open     string   `query:"open" enum:"true,false" doc:"whether families can walk in"`
}

// SiteDetail is a site under every option.
type SiteDetail struct {
	ID         county.SiteID     `json:"site_id"`
	Name       string            `json:"name"`
	Attributes map[string]string `json:"attributes" doc:"every other column of the sites file, as published"`
	Options    []Site            `json:"options" nullable:"false"`
}

func (s *service) siteResources() {
	list(s, operation("sites", "/sites", "Sites: who each reaches, and who only it reaches, under each option", "sites"), true, s.listSites)
	get(s, operation("site", "/sites/{id}", "One site under every option", "sites"), s.getSite)
	op := operation("catchment", "/sites/{id}/catchment", "The ground from which a site is reached on foot, as a GeoJSON feature", "sites")
	op.Errors = []int{404}
	op.Responses = map[string]*huma.Response{"200": {Description: "A feature (RFC 7946)", Content: map[string]*huma.MediaType{mediaGeoJSON: {Schema: &huma.Schema{Type: huma.TypeObject}}}}}
	get(s, op, s.getCatchment)
}

func (s *service) listSites(ctx context.Context, in *SiteQuery) (listed[Site], error) {
	now := snapshotOf(ctx)
	options, err := now.options(in.Options)
	if err != nil {
		return listed[Site]{}, err
	}
	var rows []Site
	for _, k := range options {
		o := &now.Results.Options[k]
		planned := o.Option.In(now.Results.County).Sites
		for i := range planned {
			status, site := o.Option.Status[i], &planned[i]
			if absent(status, site) || in.District != "" && string(site.District) != in.District || in.Status != "" && status.String() != in.Status || in.Open != "" && (in.Open == "true") != status.Open() {
				continue
			}
			row, err := now.siteOf(o, planned, i)
			if err != nil {
				return listed[Site]{}, err
			}
			rows = append(rows, row)
		}
	}
	return listed[Site]{rows, func(r Site) (orb.Geometry, error) { return orb.Point{float64(r.Lon), float64(r.Lat)}, nil }}, nil
}

// absent reports whether a site is a place that another option proposes.
func absent(status estate.Status, site *county.Site) bool {
	return site.Proposed() && status == estate.Closed
}

// siteOf returns site i of sites under an option.
func (s *Snapshot) siteOf(o *study.OptionResult, sites []county.Site, i int) (Site, error) {
	site, reached := &sites[i], &o.Sites[i]
	at, err := s.projection.ToLonLat(site.At)
	if err != nil {
		return Site{}, err
	}
	cost, costed := site.Cost.Annual()
	return Site{
		OptionID: o.Option.ID, ID: site.ID, Name: site.Name, District: site.District, Status: o.Option.Status[i].String(),
		Reached: People(reached.Reached), ReachedInNeed: People(reached.ReachedInNeed), OnlyHere: People(reached.OnlyHere), OnlyHereInNeed: People(reached.OnlyHereInNeed),
		Required: o.Required[i], YouthSpace: Text(site.YouthSpace.String()), Kind: Text(site.Kind), Postcode: Text(site.Postcode),
		Settlement: Text(s.Results.County.SettlementName(site.Settlement)), Lon: Degrees(at.Lon()), Lat: Degrees(at.Lat()),
		AnnualCost: known[Pounds](cost, costed), Outside: site.Outside(), Walk: walkBasis(s.Results),
		Easting: Metres(site.At.Easting()), Northing: Metres(site.At.Northing()),
	}, nil
}

// SiteID is the id of a site in a path.
type SiteID struct {
	ID string `path:"id" maxLength:"100"`
}

type siteOut struct{ Body SiteDetail }

func (s *service) getSite(ctx context.Context, in *SiteID) (*siteOut, error) {
	now := snapshotOf(ctx)
	i, err := now.site(in.ID)
	if err != nil {
		return nil, err
	}
	site := &now.Results.County.Sites[i]
	out := SiteDetail{ID: site.ID, Name: site.Name, Attributes: site.Attributes, Options: []Site{}}
	for k := range now.Results.Options {
		o := &now.Results.Options[k]
		planned := o.Option.In(now.Results.County).Sites
		if absent(o.Option.Status[i], &planned[i]) {
			continue
		}
		row, err := now.siteOf(o, planned, i)
		if err != nil {
			return nil, err
		}
		out.Options = append(out.Options, row)
	}
	return &siteOut{out}, nil
}

// Catchment is what is said of a catchment: the columns of catchments.geojson.
type Catchment struct {
	Site    county.SiteID `json:"site_id"`
	Profile string        `json:"profile"`
	Minutes Minutes       `json:"minutes"`
	Ground  Metres        `json:"area_m2"`
	Reached People        `json:"reached_0_19"`
	Name    string        `json:"site_name"`
	Walk    string        `json:"walk" enum:"streets,approximate"`
}

func (s *service) getCatchment(ctx context.Context, in *struct {
	SiteID
	Minutes float64 `query:"minutes" minimum:"0" maximum:"180" doc:"up to the study's longest walk; without: the walk that counts"`
	Profile string  `query:"profile" maxLength:"40" doc:"without: the study's first"`
}) (*written, error) {
	now := snapshotOf(ctx)
	i, err := now.site(in.ID)
	if err != nil {
		return nil, err
	}
	spec := now.Results.Spec.Walk
	if in.Minutes == 0 {
		in.Minutes = spec.Minutes
	}
	if in.Profile == "" {
		in.Profile = spec.Profiles[0].Name
	}
	probe, err := now.probe()
	if err != nil {
		return nil, err
	}
	c, err := probe.Catchment(i, in.Profile, in.Minutes)
	if err != nil {
		return nil, err
	}
	ground, err := now.degrees(c.Shape)
	if err != nil {
		return nil, err
	}
	body, err := plainJSON(struct {
		Type       string          `json:"type"`
		Properties Catchment       `json:"properties"`
		Geometry   json.RawMessage `json:"geometry"`
	}{"Feature", now.catchmentOf(c), geometryJSON(ground)})
	if err != nil {
		return nil, err
	}
	return &written{func(hc huma.Context) {
		hc.SetHeader("Content-Type", mediaGeoJSON)
		_, _ = hc.BodyWriter().Write(body) // the client may be gone
	}}, nil
}
