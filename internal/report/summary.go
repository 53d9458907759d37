package report

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// ErrUnfinished means that the results hold no option, as those of study.Load
// do: there is nothing to report before study.Run.
var ErrUnfinished = errors.New("the study has not been run")

// finished returns an error that wraps ErrUnfinished unless r is what
// study.Run returns.
func finished(r *study.Results) error {
	if r == nil || r.County == nil || len(r.Options) == 0 || len(r.Need.Areas) != len(r.County.Areas) {
		return fmt.Errorf("report: %w: want results with at least one option", ErrUnfinished)
	}
	return nil
}

// Summary returns summary.json: UTF-8, two spaces a level, ended by a line
// feed. Keys stand in the order of the types below; parameters holds the study
// file with every default filled in. What nobody has appraised yet is appraised
// with a bound, see study.Results.Appraise. The error wraps ErrUnfinished for
// results without an option, or is that of ctx.
func Summary(ctx context.Context, r *study.Results) ([]byte, error) {
	if err := finished(r); err != nil {
		return nil, err
	}
	appraisal, err := r.Appraise(ctx, study.Env{})
	if err != nil {
		return nil, err
	}
	s := summary{
		Study: studyPart{
			Name: r.Spec.Name, Fingerprint: r.Fingerprint,
			Title: text(r.Spec.Title), About: text(r.Spec.About), Baseline: r.Options[r.Baseline].Option.ID,
		},
		Inputs:      []inputPart{},
		Parameters:  r.Spec,
		County:      countyPartOf(r),
		Options:     []optionPart{},
		Checks:      []checkPart{},
		NotAssessed: append([]string{}, r.NotAssessed...),
		Method: methodPart{
			Walk: r.Walk.Method, Note: text(r.Walk.Note), PointsFrom: text(r.Walk.PointsFrom),
			Projection: text(r.Projection), NeedBasis: text(r.Need.Basis), Version: study.Method,
		},
		Thresholds: thresholdPartOf(r.Thresholds),
		Scales:     []scalePart{},
		Refused:    []refusedPart{},
		Timetable:  timetablePartOf(r),
		Equality:   equalityPartOf(r),
		Services:   combinationParts(r),
	}
	if appraisal != nil {
		s.Differences = differencesOf(r, appraisal.Uncertainty)
	}
	for _, in := range r.Inputs {
		s.Inputs = append(s.Inputs, inputPartOf(in))
	}
	for k := range r.Options {
		s.Options = append(s.Options, wholePartOf(r, appraisal, k))
	}
	for _, c := range r.Checks {
		s.Checks = append(s.Checks, checkPart{c.Title, flag(c.Passed).when(c.Ran), c.Detail, c.Ran})
	}
	for _, c := range r.Scales {
		s.Scales = append(s.Scales, scalePart{c.Criterion, ratio(c.Weight), anchorPart{ratio(c.Lo), ratio(c.Hi)}})
	}
	for _, f := range r.Refused {
		s.Refused = append(s.Refused, refusedPart{f.Kind, f.ID, metres(float64(f.Metres)), f.Reason})
	}
	b, err := indented(s)
	if err != nil {
		return nil, fmt.Errorf("write summary.json: %w", err)
	}
	return b, nil
}

// summary is summary.json.
type summary struct {
	Study       studyPart      `json:"study"`
	Inputs      []inputPart    `json:"inputs"`
	Parameters  study.Spec     `json:"parameters"`
	County      countyPart     `json:"county"`
	Options     []optionPart   `json:"options"`
	Checks      []checkPart    `json:"checks"`
	NotAssessed []string       `json:"not_assessed"`
	Method      methodPart     `json:"method"`
	Thresholds  thresholdsPart `json:"thresholds"`
	Scales      []scalePart    `json:"scales"`
	Refused     []refusedPart  `json:"refused"`
	Timetable   *timetablePart `json:"timetable"`
	// Differences say of each two options whether they can be told apart.
	Differences []differencePart  `json:"differences"`
	Equality    equalityPart      `json:"equality"`
	Services    []combinationPart `json:"services"`
}

type studyPart struct {
	Name        string          `json:"name"`
	Fingerprint string          `json:"fingerprint"`
	Title       value           `json:"title"`
	About       value           `json:"about"`
	Baseline    estate.OptionID `json:"baseline"`
}

type inputPart struct {
	Role      string `json:"role"`
	File      string `json:"file"`
	SHA256    string `json:"sha256"`
	Edition   value  `json:"edition"`
	Read      int    `json:"rows_read"`
	Used      int    `json:"rows_used"`
	Dropped   int    `json:"dropped"`
	Publisher value  `json:"publisher"`
	Licence   value  `json:"licence"`
	Name      string `json:"name"`
}

// inputPartOf gives the file as the study file does, but for a path from the
// root of a machine, of which the last part is kept.
func inputPartOf(in study.InputUse) inputPart {
	file := in.File
	if filepath.IsAbs(file) {
		file = filepath.Base(file)
	}
	return inputPart{
		Role: in.Role, File: file, SHA256: in.SHA256, Edition: text(in.Edition),
		Read: in.Read, Used: in.Used, Dropped: in.Dropped,
		Publisher: text(in.Publisher), Licence: text(in.Licence), Name: in.Name,
	}
}

// countyPart counts the county. AreasInDecile1 is null when no area has a
// published decile.
type countyPart struct {
	Districts       int            `json:"districts"`
	Areas           int            `json:"areas"`
	Population      value          `json:"population"`
	Population0To19 value          `json:"population_0_19"`
	AreasInDecile1  value          `json:"areas_in_decile_1"`
	InNeed0To19     value          `json:"in_need_0_19"`
	Settlements     int            `json:"settlements"`
	Points          int            `json:"population_points"`
	Sites           int            `json:"sites"`
	Venues          int            `json:"venues"`
	DistrictList    []districtPart `json:"district_list"`
}

type districtPart struct {
	Code county.DistrictCode `json:"code"`
	Name string              `json:"name"`
}

func countyPartOf(r *study.Results) countyPart {
	c := r.County
	p := countyPart{
		Districts: len(c.Districts), Areas: len(c.Areas),
		Population: people(c.People(0, county.LastAge)), Population0To19: people(c.People(0, 19)),
		InNeed0To19: people(r.Options[0].InNeed), Settlements: len(c.Settlements),
		Points: len(c.Points), Sites: len(c.Sites), Venues: len(c.Venues),
		DistrictList: []districtPart{},
	}
	worst, known := 0, false
	for _, n := range r.Need.Areas {
		known = known || n.DeprivationDecile > 0
		if n.DeprivationDecile == 1 {
			worst++
		}
	}
	p.AreasInDecile1 = count(worst).when(known)
	for _, d := range c.Districts {
		p.DistrictList = append(p.DistrictList, districtPart{d.Code, c.DistrictName(d.Code)})
	}
	return p
}

// checkPart is one check; Passed is null for one that was not run.
type checkPart struct {
	Title  string `json:"title"`
	Passed value  `json:"passed"`
	Detail string `json:"detail"`
	Ran    bool   `json:"ran"`
}

type methodPart struct {
	Walk       string `json:"walk"`
	Note       value  `json:"note"`
	PointsFrom value  `json:"points_from"`
	Projection value  `json:"projection"`
	NeedBasis  value  `json:"need_basis"`
	Version    string `json:"version"`
}

// thresholdsPart holds the thresholds in use. Those of buildings, outreach and
// sessions are people in need aged 0-19.
type thresholdsPart struct {
	WalkMin         value `json:"walk_min"`
	Building        value `json:"building_threshold"`
	Outreach        value `json:"outreach_threshold"`
	UncoveredShare  value `json:"uncovered_share"`
	NeedDecile      int   `json:"need_decile"`
	TownResidents   value `json:"town_residents"`
	YouthShare      value `json:"youth_share"`
	TransitMin      value `json:"transit_min"`
	VenueMin        value `json:"venue_min"`
	WeeklyInNeed    value `json:"weekly_in_need"`
	MonthlyInNeed   value `json:"monthly_in_need"`
	SessionsPerWeek value `json:"district_sessions_per_week"` // null: not stated
	// DistrictSessions are those of single districts, null where none is stated.
	DistrictSessions map[county.DistrictCode]float64 `json:"district_sessions"`
}

func thresholdPartOf(p outreach.Params) thresholdsPart {
	return thresholdsPart{
		WalkMin: ratio(p.Minutes), Building: ratio(p.BuildingThreshold), Outreach: ratio(p.OutreachThreshold),
		UncoveredShare: ratio(p.UncoveredShare), NeedDecile: p.NeedDecile,
		TownResidents: people(p.TownResidents), YouthShare: ratio(p.YouthShare),
		TransitMin: ratio(p.TransitMinutes), VenueMin: ratio(p.VenueMinutes),
		WeeklyInNeed: ratio(p.WeeklyInNeed), MonthlyInNeed: ratio(p.MonthlyInNeed),
		SessionsPerWeek: ratio(p.SessionsPerWeek).when(p.SessionsPerWeek > 0), DistrictSessions: p.DistrictSessions,
	}
}

type scalePart struct {
	Criterion estate.Criterion `json:"criterion"`
	Weight    value            `json:"weight"`
	Anchors   anchorPart       `json:"anchors"`
}

// anchorPart holds the values of a criterion that score 0 and 1.
type anchorPart struct {
	Zero value `json:"score_0"`
	One  value `json:"score_1"`
}

// refusedPart is a place that could not be joined to the streets; StreetM is the
// distance to the nearest street, null when there is none near.
type refusedPart struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	StreetM value  `json:"street_m"`
	Reason  string `json:"reason"`
}

// indented marshals v as all our JSON is laid out.
func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// quoted marshals a text without HTML escapes.
func quoted(s string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
