package study

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"hubreach/internal/estate"
	"hubreach/internal/walk"
)

// ErrBadSpec means that a study file says something that cannot be meant. The
// message names the file, the line where it can, what was found, what is wanted
// and what to do.
var ErrBadSpec = errors.New("bad study file")

// roles lists the roles of an input; those that must be there come first.
var roles = []string{
	"boundaries", "population", "sites", "indicators", "districts", "lookup", "rural_urban", "settlements", "centroids",
	"points", "streets", "heights", "timetable", "neighbour_sites", "venues", "options", "costs", "catchments", "services", "groups",
}

const required = 3 // of roles

// Roles lists the roles that an input may have; those of RequiredRoles come first.
func Roles() []string { return slices.Clone(roles) }

// RequiredRoles lists the roles that a study needs an input of.
func RequiredRoles() []string { return slices.Clone(roles[:required]) }

// MaxSpec bounds a study file, in bytes. A study of a county takes 20 kB, and each
// site of an option some 300 bytes more.
const MaxSpec = 4 << 20

// ParseSpec reads a study file. file is its name, for messages. Defaults are
// filled in; a key that no field has is an error, so that a typing mistake never
// runs with a default in silence.
func ParseSpec(text []byte, file string) (Spec, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if len(text) > MaxSpec {
		return Spec{}, fmt.Errorf("%s: %w: want at most %d bytes, found %d", file, ErrBadSpec, MaxSpec, len(text))
	}
	var s Spec
	var k keys // before the decoder, which takes long over keys without end
	switch k.find(text, reflect.TypeOf(s)); {
	case k.free > maxFree:
		return Spec{}, fmt.Errorf("%s: %w: want at most %d keys that name columns, districts and the like, found more", file, ErrBadSpec, maxFree)
	case k.line > 0:
		return Spec{}, fmt.Errorf("%s: line %d: %w: key %q: want a key that study files have; correct its spelling or remove it", file, k.line, ErrBadSpec, short(strings.Join(k.path, ".")))
	}
	if err := toml.Unmarshal(text, &s); err != nil {
		return Spec{}, tomlError(file, err)
	}
	s.defaults()
	if err := s.validate(); err != nil {
		return Spec{}, fmt.Errorf("%s: %w: %w", file, ErrBadSpec, shortened{err})
	}
	return s, nil
}

// tomlError puts a decoder's error into one line.
func tomlError(file string, err error) error {
	var at *toml.DecodeError
	if errors.As(err, &at) {
		line, column := at.Position()
		return fmt.Errorf("%s: line %d, column %d: %w: %s", file, line, column, ErrBadSpec, short(strings.TrimPrefix(at.Error(), "toml: ")))
	}
	return fmt.Errorf("%s: %w: %s", file, ErrBadSpec, short(err.Error()))
}

// short cuts a key or a word of a file for a message of one line.
func short(text string) string { return clipTo(text, 200) }

// clipTo cuts a text to so many bytes.
func clipTo(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}

// shortened is an error whose message quotes a file, which may be a long one.
type shortened struct{ error }

func (s shortened) Error() string { return clipTo(s.error.Error(), 600) }

// Unwrap returns the error whole.
func (s shortened) Unwrap() error { return s.error }

// Defaults is a study that says nothing but which roles its inputs have: every
// parameter has its default, and those that no such study has are empty.
func Defaults(roles ...string) Spec {
	var s Spec
	for _, role := range roles {
		s.Inputs = append(s.Inputs, Input{Role: role})
	}
	s.defaults()
	return s
}

// defaults fills in every parameter that the study leaves out (design.md
// section 7).
func (s *Spec) defaults() {
	number := func(v *float64, d float64) {
		if *v == 0 {
			*v = d
		}
	}
	number(&s.Walk.Minutes, 20)
	number(&s.Walk.LimitMinutes, 60)
	number(&s.Walk.DetourFactor, 1.3)
	number(&s.Walk.SnapLimitM, 500)
	if s.Walk.IslandNodes == 0 {
		s.Walk.IslandNodes = 20
	}
	if len(s.Walk.Outlines) == 0 {
		s.Walk.Outlines = []float64{s.Walk.Minutes}
	}
	if len(s.Walk.Profiles) == 0 {
		s.Walk.Profiles = defaultProfiles()
	}
	for i := range s.Walk.Profiles {
		number(&s.Walk.Profiles[i].RoughFactor, 1)
	}
	if s.Walk.Direction == "" {
		s.Walk.Direction = "to_hub"
	}
	number(&s.Points.SpacingM, 50)
	s.transitDefaults()
	number(&s.Outreach.UncoveredShare, 0.5)
	if s.Outreach.NeedDecile == 0 {
		s.Outreach.NeedDecile = 3
	}
	number(&s.Outreach.TownResidents, 5000)
	number(&s.Outreach.YouthShare, 0.2)
	number(&s.Outreach.TransitMinutes, 30)
	number(&s.Outreach.VenueMinutes, 15)
	number(&s.Outreach.VenueGain, 0.1)
	if s.Outreach.DistrictSessions == nil {
		s.Outreach.DistrictSessions = map[string]float64{}
	}
	if len(s.Score.Weights) == 0 {
		s.Score.Weights = map[string]float64{}
		for c, w := range estate.DefaultWeights() {
			s.Score.Weights[string(c)] = w
		}
	}
	s.slopeDefault()
	s.dark()
	s.names()
	for i := range s.Options {
		if s.Options[i].Name == "" {
			s.Options[i].Name = s.Options[i].ID
		}
	}
}

// names gives every input without a name that of its role, with a number from
// the second of a role on.
func (s *Spec) names() {
	count := map[string]int{}
	for i := range s.Inputs {
		in := &s.Inputs[i]
		count[in.Role]++
		if in.Name == "" {
			in.Name = in.Role
			if n := count[in.Role]; n > 1 {
				in.Name = fmt.Sprintf("%s %d", in.Role, n)
			}
		}
	}
}

// validate finds what cannot be meant.
func (s *Spec) validate() error {
	if s.Name == "" {
		return errors.New("name: want a name for the study, such as name = \"Kent\"")
	}
	have := map[string]bool{}
	names := map[string]bool{}
	for i, in := range s.Inputs {
		if !slices.Contains(roles, in.Role) {
			return fmt.Errorf("input %d (%s): role %q: want one of %s", i+1, in.File, in.Role, strings.Join(roles, ", "))
		}
		if in.File == "" {
			return fmt.Errorf("input %d (%s): file: want the path of a file", i+1, in.Role)
		}
		if names[in.Name] {
			return fmt.Errorf("input %d: name %q stands twice: give each input a name of its own", i+1, in.Name)
		}
		if in.Areas != "" && in.Areas != "2011" && in.Areas != "2021" {
			return fmt.Errorf("input %s: areas %q: want \"2011\" or \"2021\"", in.Name, in.Areas)
		}
		if in.CRS != "" && in.CRS != "EPSG:4326" && in.CRS != "EPSG:27700" {
			return fmt.Errorf("input %s: crs %q: want \"EPSG:4326\" or \"EPSG:27700\"", in.Name, in.CRS)
		}
		if in.Role == "indicators" {
			if err := in.indicators(); err != nil {
				return err
			}
		}
		if in.Role == "groups" {
			if err := in.groups(); err != nil {
				return err
			}
		}
		have[in.Role], names[in.Name] = true, true
	}
	for _, role := range roles[:required] {
		if !have[role] {
			return fmt.Errorf("no input with role %q: add an [[input]] block with role and file", role)
		}
	}
	if err := s.parameters(); err != nil {
		return err
	}
	return s.options()
}

func (in *Input) indicators() error {
	if len(in.Indicators) == 0 {
		return fmt.Errorf("input %s: no [[input.indicator]] block: say which columns mean what", in.Name)
	}
	for _, ind := range in.Indicators {
		switch {
		case ind.ID == "":
			return fmt.Errorf("input %s: an indicator has no id", in.Name)
		case ind.Rank == "" && ind.Rate == "" && ind.Value == "" && ind.Numerator == "":
			return fmt.Errorf("input %s: indicator %s: want at least one of rank, rate, value or numerator", in.Name, ind.ID)
		case ind.Rank != "" && ind.Of < 1:
			return fmt.Errorf("input %s: indicator %s: of: want how many areas the rank counts, such as 33755 for the Indices of 2025", in.Name, ind.ID)
		case ind.Numerator != "" && ind.Ages[1] < max(1, ind.Ages[0]):
			return fmt.Errorf("input %s: indicator %s: ages: want first and last age of the numerator, such as [0, 15]", in.Name, ind.ID)
		}
	}
	return nil
}

// parameters checks the ranges of the numbers.
func (s *Spec) parameters() error {
	for _, n := range []struct {
		name    string
		v       float64
		lo, hi  float64
		wanting string
	}{
		{"walk.minutes", s.Walk.Minutes, 1, 120, "minutes"},
		{"walk.limit_minutes", s.Walk.LimitMinutes, s.Walk.Minutes, 180, "minutes, no fewer than walk.minutes"},
		{"walk.detour_factor", s.Walk.DetourFactor, 1, 5, "a factor of the straight line"},
		{"walk.snap_limit_m", s.Walk.SnapLimitM, 1, 5000, "metres"},
		{"points.spacing_m", s.Points.SpacingM, 5, 5000, "metres"},
		{"outreach.uncovered_share", s.Outreach.UncoveredShare, 0.01, 1, "a share"},
		{"outreach.need_decile", float64(s.Outreach.NeedDecile), 1, 10, "a decile"},
		{"outreach.youth_share", s.Outreach.YouthShare, 0.01, 1, "a share"},
		{"outreach.building_threshold", s.Outreach.BuildingThreshold, 0, 1e6, "people in need, or 0 for the default"},
		{"outreach.outreach_threshold", s.Outreach.OutreachThreshold, 0, 1e6, "people in need, or 0 for the default"},
		{"outreach.venue_gain", s.Outreach.VenueGain, 0, 1, "a share of people, 0 to 1"},
		{"outreach.venue_minutes", s.Outreach.VenueMinutes, 1, s.Walk.LimitMinutes, "minutes, no more than walk.limit_minutes"},
	} {
		if !(n.v >= n.lo && n.v <= n.hi) {
			return fmt.Errorf("%s %g: want %g to %g (%s)", n.name, n.v, n.lo, n.hi, n.wanting)
		}
	}
	if err := s.sessions(); err != nil {
		return err
	}
	if !slices.Contains([]string{"", "streets", "straight_line", "catchments"}, s.Walk.Method) {
		return fmt.Errorf("walk.method %q: want streets, straight_line or catchments", s.Walk.Method)
	}
	if !slices.Contains([]string{"", "points", "streets", "centroids", "areal"}, s.Points.Method) {
		return fmt.Errorf("points.method %q: want points, streets, centroids or areal", s.Points.Method)
	}
	if !slices.Contains([]string{"", noSlope, string(walk.Tobler), string(walk.Naismith)}, s.Walk.Slope) {
		return fmt.Errorf("walk.slope %q: want none, tobler or naismith", s.Walk.Slope)
	}
	if s.Walk.Direction != "to_hub" && s.Walk.Direction != "from_hub" {
		return fmt.Errorf("walk.direction %q: want to_hub or from_hub", s.Walk.Direction)
	}
	if err := s.transit(); err != nil {
		return err
	}
	for _, n := range []struct {
		name string
		v    *float64
	}{{"budget.grant_gbp", s.Budget.Grant}, {"budget.base_gbp", s.Budget.Base}, {"budget.crowded", &s.Budget.Crowded}} {
		if n.v != nil && !(*n.v >= 0 && *n.v <= 1e12) {
			return fmt.Errorf("%s %g: want 0 to 1e12; leave it out when it is not known", n.name, *n.v)
		}
	}
	if !(s.Equality.SmallNumber >= 0 && s.Equality.SmallNumber <= 1000) {
		return fmt.Errorf("equality.small_number %g: want 0 (the default, 5) to 1000 people", s.Equality.SmallNumber)
	}
	return s.profiles()
}

// sessions checks what districts staff. Whether the districts are those of the
// county is told once it is read.
func (s *Spec) sessions() error {
	const most = 1000 // a week
	if n := s.Outreach.SessionsPerWeek; !(n >= 0 && n <= most) {
		return fmt.Errorf("outreach.sessions_per_week %g: want 0 (not stated) to %d sessions a week", n, most)
	}
	for _, code := range slices.Sorted(maps.Keys(s.Outreach.DistrictSessions)) {
		if n := s.Outreach.DistrictSessions[code]; !(n >= 0 && n <= most) {
			return fmt.Errorf("outreach.district_sessions: %s %g: want 0 to %d sessions a week", code, n, most)
		}
	}
	return nil
}

// profiles checks the ways of walking, and goes on to the weights.
func (s *Spec) profiles() error {
	names := map[string]bool{}
	for _, p := range s.Walk.Profiles {
		switch {
		case p.Name == "" || names[p.Name]:
			return fmt.Errorf("walk.profile %q: want a name of its own for each profile", p.Name)
		case !(p.SpeedKmh >= 0.5 && p.SpeedKmh <= 10):
			return fmt.Errorf("walk.profile %s: speed_kmh %g: want 0.5 to 10", p.Name, p.SpeedKmh)
		case !(p.StepsKmh >= 0 && p.StepsKmh <= p.SpeedKmh):
			return fmt.Errorf("walk.profile %s: steps_kmh %g: want 0 (barred) to the walking speed %g", p.Name, p.StepsKmh, p.SpeedKmh)
		case !(p.RoughFactor >= 1 && p.RoughFactor <= 10):
			return fmt.Errorf("walk.profile %s: rough_factor %g: want 1 to 10", p.Name, p.RoughFactor)
		}
		names[p.Name] = true
	}
	if err := s.checkDark(); err != nil {
		return err
	}
	return s.weights()
}

// weights checks the criteria of the score.
func (s *Spec) weights() error {
	for name, w := range s.Score.Weights {
		if _, ok := estate.DefaultWeights()[estate.Criterion(name)]; !ok {
			return fmt.Errorf("score.weights: criterion %q: want one of covered_in_need, equity, walking_time, youth_space, public_transport, cost", name)
		}
		if !(w >= 0) {
			return fmt.Errorf("score.weights: %s %g: want 0 or more", name, w)
		}
	}
	return nil
}

// options checks the options of the study file; their sites are checked once
// the sites are read.
func (s *Spec) options() error {
	have := map[string]bool{}
	for _, o := range s.Options {
		if _, err := estate.ParseOptionID(o.ID); err != nil {
			return fmt.Errorf("option: %w", err)
		}
		if have[o.ID] {
			return fmt.Errorf("option %q stands twice: give each option an id of its own", o.ID)
		}
		have[o.ID] = true
		if d, ok := o.document(); ok {
			if len(o.Open)+len(o.Close)+len(o.Where) > 0 || o.Rule != nil {
				return fmt.Errorf("option %s: based_on and site say it site by site: leave out open, close, where and rule, or put them into an option that this one is based on", o.ID)
			}
			if err := d.Validate(); err != nil {
				return err
			}
		}
		if r := o.Rule; r != nil && r.Kind != "greedy" && r.Kind != "merge" {
			return fmt.Errorf("option %s: rule %q: want greedy or merge", o.ID, r.Kind)
		}
	}
	return nil
}
