package api

import (
	"context"
	"fmt"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// StudyAnswer is the study that is served.
type StudyAnswer struct {
	Name        string          `json:"name"`
	Title       Text            `json:"title"`
	About       Text            `json:"about"`
	Fingerprint string          `json:"fingerprint" doc:"same fingerprint, same numbers"`
	Version     int64           `json:"version" doc:"the load that is served; 0: kept nowhere"`
	Baseline    estate.OptionID `json:"baseline"`
	Method      MethodAnswer    `json:"method"`
	County      CountyAnswer    `json:"county"`
	Thresholds  Thresholds      `json:"thresholds"`
	Profiles    []Profile       `json:"profiles" nullable:"false"`
	Scales      []Scale         `json:"scales" nullable:"false"`
	Inputs      []InputUse      `json:"inputs" nullable:"false"`
	NotAssessed []string        `json:"not_assessed" nullable:"false"`
	Licences    []LicenceLine   `json:"licences" nullable:"false"`
}

// MethodAnswer says how walks, places and need were measured.
type MethodAnswer struct {
	Version     string `json:"version"`
	Walk        string `json:"walk" enum:"streets,straight_line,catchments"`
	Approximate bool   `json:"approximate"`
	Note        Text   `json:"note"`
	PointsFrom  Text   `json:"points_from"`
	Projection  Text   `json:"projection"`
	NeedBasis   Text   `json:"need_basis"`
	Transit     bool   `json:"transit" doc:"public transport was assessed"`
}

// CountyAnswer counts the county.
type CountyAnswer struct {
	Areas         int        `json:"areas"`
	Population    People     `json:"population"`
	Population019 People     `json:"population_0_19"`
	InNeed019     People     `json:"in_need_0_19"`
	Points        int        `json:"population_points"`
	Sites         int        `json:"sites"`
	Venues        int        `json:"venues"`
	Settlements   int        `json:"settlements"`
	Bounds        []Degrees  `json:"bounds" nullable:"false" minItems:"4" maxItems:"4" doc:"west, south, east, north"`
	Districts     []District `json:"districts" nullable:"false"`
}

// District is a district of the county.
type District struct {
	Code county.DistrictCode `json:"district_code"`
	Name string              `json:"name"`
}

// Thresholds are those of the outreach rules, in use.
type Thresholds struct {
	WalkMin        Minutes `json:"walk_min" doc:"exactly this walk is inside"`
	LongestMin     Minutes `json:"longest_min" doc:"longer walks were not looked for"`
	Building       Ratio   `json:"building_threshold" doc:"people in need aged 0-19"`
	Outreach       Ratio   `json:"outreach_threshold" doc:"people in need aged 0-19"`
	UncoveredShare Ratio   `json:"uncovered_share"`
	NeedDecile     int     `json:"need_decile"`
	TownResidents  People  `json:"town_residents"`
	YouthShare     Ratio   `json:"youth_share"`
	TransitMin     Minutes `json:"transit_min"`
	VenueMin       Minutes `json:"venue_min"`
}

// Profile is a way of walking.
type Profile struct {
	Name     string `json:"name"`
	SpeedKmh Ratio  `json:"speed_kmh"`
}

// Scale is a criterion of the score between its anchors.
type Scale struct {
	Criterion estate.Criterion `json:"criterion"`
	Weight    Ratio            `json:"weight"`
	Score0    Ratio            `json:"score_0" doc:"the value that scores 0"`
	Score1    Ratio            `json:"score_1" doc:"the value that scores 1"`
}

// InputUse says what became of one input.
type InputUse struct {
	Role      string `json:"role"`
	Name      string `json:"name"`
	SHA256    string `json:"sha256"`
	Edition   Text   `json:"edition"`
	Publisher Text   `json:"publisher"`
	Licence   Text   `json:"licence"`
	Read      int    `json:"rows_read"`
	Used      int    `json:"rows_used"`
	Dropped   int    `json:"dropped"`
}

// LicenceLine is a line to show with every result.
type LicenceLine struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Check is a sentence about the data that is true or not.
type Check struct {
	Title  string `json:"title"`
	Ran    bool   `json:"ran"`
	Passed *bool  `json:"passed" doc:"null: not run"`
	Detail string `json:"detail"`
}

func (s *service) studyResources() {
	get(s, operation("study", "/study", "The study that is served: method, county, thresholds, inputs", "study"), s.getStudy)
	list(s, operation("checks", "/checks", "What was checked of the data", "study"), false,
		func(ctx context.Context, in *struct{ Paging }) (listed[Check], error) {
			return listed[Check]{rows: checksOf(snapshotOf(ctx).Results.Checks)}, nil
		})
}

type studyOut struct{ Body StudyAnswer }

func (s *service) getStudy(ctx context.Context, _ *struct{}) (*studyOut, error) {
	now := snapshotOf(ctx)
	r := now.Results
	bounds, err := now.bounds()
	if err != nil {
		return nil, err
	}
	out := StudyAnswer{
		Name: r.Spec.Name, Title: Text(r.Spec.Title), About: Text(r.Spec.About), Fingerprint: r.Fingerprint, Version: int64(now.Version.ID),
		Baseline: r.Options[r.Baseline].Option.ID,
		Method: MethodAnswer{Version: study.Method, Walk: r.Walk.Method, Approximate: r.Walk.Approximate(), Note: Text(r.Walk.Note), PointsFrom: Text(r.Walk.PointsFrom),
			Projection: Text(r.Projection), NeedBasis: Text(r.Need.Basis), Transit: r.Transit != nil && len(r.Transit.Windows) > 0},
		County: countyOf(r), Thresholds: thresholdsOf(r),
		Profiles: []Profile{}, Scales: []Scale{}, Inputs: []InputUse{}, NotAssessed: append([]string{}, r.NotAssessed...), Licences: []LicenceLine{},
	}
	out.County.Bounds = bounds
	for _, p := range r.Spec.Walk.Profiles {
		out.Profiles = append(out.Profiles, Profile{p.Name, Ratio(p.SpeedKmh)})
	}
	for _, c := range r.Scales {
		out.Scales = append(out.Scales, Scale{c.Criterion, Ratio(c.Weight), Ratio(c.Lo), Ratio(c.Hi)})
	}
	for _, in := range r.Inputs {
		out.Inputs = append(out.Inputs, InputUse{in.Role, in.Name, in.SHA256, Text(in.Edition), Text(in.Publisher), Text(in.Licence), in.Read, in.Used, in.Dropped})
	}
	for _, f := range now.faults {
		out.NotAssessed = append(out.NotAssessed, fmt.Sprintf("option %s, as it was edited: %v", f.edit.Option, f.err))
	}
	for _, l := range r.Spec.Licences {
		out.Licences = append(out.Licences, LicenceLine{l.ID, l.Text})
	}
	return &studyOut{out}, nil
}

func countyOf(r *study.Results) CountyAnswer {
	c := r.County
	out := CountyAnswer{
		Areas: len(c.Areas), Population: People(c.People(0, county.LastAge)), Population019: People(c.People(0, 19)), InNeed019: People(r.Options[0].InNeed),
		Points: len(c.Points), Sites: len(c.Sites), Venues: len(c.Venues), Settlements: len(c.Settlements), Districts: []District{},
	}
	for _, d := range c.Districts {
		out.Districts = append(out.Districts, District{d.Code, c.DistrictName(d.Code)})
	}
	return out
}

func thresholdsOf(r *study.Results) Thresholds {
	p := r.Thresholds
	return Thresholds{
		WalkMin: Minutes(p.Minutes), LongestMin: Minutes(r.Spec.Walk.LimitMinutes), Building: Ratio(p.BuildingThreshold), Outreach: Ratio(p.OutreachThreshold),
		UncoveredShare: Ratio(p.UncoveredShare), NeedDecile: p.NeedDecile, TownResidents: People(p.TownResidents), YouthShare: Ratio(p.YouthShare),
		TransitMin: Minutes(p.TransitMinutes), VenueMin: Minutes(p.VenueMinutes),
	}
}

func checksOf(checks []county.Check) []Check {
	rows := make([]Check, len(checks))
	for i, c := range checks {
		rows[i] = Check{Title: c.Title, Ran: c.Ran, Detail: c.Detail}
		if c.Ran {
			rows[i].Passed = ptr(c.Passed)
		}
	}
	return rows
}

// walkBasis is "streets" for walks along streets and "approximate" for any other
// method; the study says which.
func walkBasis(r *study.Results) string {
	if r.Walk.Approximate() {
		return "approximate"
	}
	return "streets"
}
