package study

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// Results is everything a study says. It is complete when Run returns and is
// never changed afterwards.
type Results struct {
	Spec        Spec
	Fingerprint string // SHA-256 over the method's version, the parameters and the bytes of every input
	Inputs      []InputUse
	Checks      []county.Check
	NotAssessed []string

	County     *county.County
	Need       need.Result
	Thresholds outreach.Params
	Walk       WalkMethod
	// Refused lists the points, sites and venues that could not be joined to the streets.
	Refused []Refused

	Scales   []estate.Scale
	Options  []OptionResult // in the order of the study
	Baseline int            // position in Options
	// Catchments holds the outlines of every located site for every profile and
	// minutes, by site, profile and minutes.
	Catchments []Catchment
	// Groups are the people counted by the study's tables of groups.
	Groups []GroupCount
	// Services are the service options; nil without a table of them.
	Services []estate.ServiceOption
	// Projection says how exact coordinates are.
	Projection string

	// Transit holds the journeys by public transport; nil without a timetable.
	Transit *TransitTimes
	// Streets says what the street graph was made of; nil without streets.
	Streets *walk.Report
	// Lines are the streets as lines, by id, when Env.Lines asked for them.
	Lines []StreetLine

	input         estate.Input
	walks         map[string]*reach.Matrix // by profile
	refusedPoints []int                    // positions in the county's points
	plans         *plans                   // of the options, kept once made
	measured      *walks                   // what the options were assessed by
	walker        walker                   // for walks to places that are not sites yet
	projection    *geo.Projection
	appraisal     *appraisal // kept once made
}

// WalkMethod says how walks were measured.
type WalkMethod struct {
	Method string // "streets", "straight_line" or "catchments"
	// Note is empty for walks along streets, else begins "walk: approximate".
	Note string
	// Slope is the rule by which heights lengthen walks, empty on level ground.
	Slope walk.Slope
	// PointsFrom says where the people of an area are put.
	PointsFrom string
}

// Approximate reports whether walks are anything but walks along streets.
func (w WalkMethod) Approximate() bool { return w.Note != "" }

// OptionResult is what a study says of one option.
type OptionResult struct {
	*estate.Assessment
	Score    estate.Score
	Outreach *outreach.Result
	Losers   []estate.LoserRow // against the baseline; empty for the baseline itself
	// TransitMin is, by area, the minutes to the nearest open site by public
	// transport or on foot, see TransitTimes.AreaMinutes; NaN when there is none
	// within the limit. Nil: not assessed.
	TransitMin []float64
	// Required marks the sites without which people are left out, see estate.Required.
	Required []bool
}

// Refused is a place that could not be joined to the streets.
type Refused struct {
	Kind   string // "site", "venue" or "population point"
	ID     string
	Metres geo.Metres // to the nearest street, Unreachable when there is none near
	Reason string
}

// Catchment is the ground from which a site is reached on foot.
type Catchment struct {
	Site    int // position in the county's sites
	Profile string
	Minutes float64
	Shape   orb.MultiPolygon // British National Grid
	AreaM2  float64
	People  float64 // residents aged 0-19 whose walk is within Minutes, counted at their points
}

// Option returns the result of the option with the given id, and its position.
func (r *Results) Option(id estate.OptionID) (*OptionResult, int, bool) {
	for i := range r.Options {
		if r.Options[i].Option.ID == id {
			return &r.Options[i], i, true
		}
	}
	return nil, -1, false
}

// Compare says who loses and who gains when option to replaces option from,
// group by group. The error wraps estate.ErrNoOption and lists the options.
func (r *Results) Compare(from, to estate.OptionID) ([]estate.LoserRow, error) {
	a, b, err := r.pair(from, to)
	if err != nil {
		return nil, err
	}
	return estate.Losers(r.input, a.Assessment, b.Assessment), nil
}

// ComparePublic is Compare with the groups of the study's tables beside it, and with
// small numbers hidden and others rounded: what may be published, beside the
// tables of other pairs too, see estate.Publish.
func (r *Results) ComparePublic(from, to estate.OptionID) ([]estate.PublicRow, error) {
	a, b, err := r.pair(from, to)
	if err != nil {
		return nil, err
	}
	return estate.Publish(estate.LosersByGroup(r.input, a.Assessment, b.Assessment, r.groups()), r.SmallNumber()), nil
}

// pair finds two options, or says which one is not there.
func (r *Results) pair(from, to estate.OptionID) (a, b *OptionResult, err error) {
	a, _, ok := r.Option(from)
	if !ok {
		return nil, nil, r.noOption(from)
	}
	b, _, ok = r.Option(to)
	if !ok {
		return nil, nil, r.noOption(to)
	}
	return a, b, nil
}

func (r *Results) noOption(id estate.OptionID) error {
	var ids []string
	for _, o := range r.Options {
		ids = append(ids, string(o.Option.ID))
	}
	return fmt.Errorf("option %q: %w: want one of %s", id, estate.ErrNoOption, strings.Join(ids, ", "))
}

// Walks returns the walks of a profile, nil when the study has no such profile.
func (r *Results) Walks(profile string) *reach.Matrix { return r.walks[profile] }

// Measured reports whether Run made the results, so that losers, closures and
// plans can be told; those put together by hand hold no walks.
func (r *Results) Measured() bool { return r.input.County != nil }
