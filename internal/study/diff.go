package study

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Kind is what a change of a study is a change of.
type Kind string

// The kinds, in the order in which they are listed. Threshold stands for every
// parameter, those of need and of walking included.
const (
	ByBoundary  Kind = "boundary"
	ByData      Kind = "data"
	ByThreshold Kind = "threshold"
	ByOption    Kind = "option"
)

var kinds = []Kind{ByBoundary, ByData, ByThreshold, ByOption}

// Cause is one thing that differs between two runs.
type Cause struct {
	Kind Kind   `json:"kind"`
	What string `json:"what"` // "walk.minutes", or the name of an input
	Old  string `json:"old"`  // empty: not there
	New  string `json:"new"`
}

// AreaChange is an area whose outreach categories differ between two runs.
type AreaChange struct {
	Code     string   `json:"area_code"`
	Name     string   `json:"area_name"`
	District string   `json:"district"`
	Change   string   `json:"change"` // "entered" (no category before), "left" (none after) or "changed"
	Old      []string `json:"old"`
	New      []string `json:"new"`
	Why      []Kind   `json:"why"`
	Because  string   `json:"because"` // a sentence
}

// OptionChange is what became of one option that both runs have.
type OptionChange struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Opened []string `json:"opened"` // ids of sites
	Closed []string `json:"closed"`
	// Areas are the changed areas, by code. Entered, Left and Changed count them.
	Areas   []AreaChange `json:"areas"`
	Entered int          `json:"entered"`
	Left    int          `json:"left"`
	Changed int          `json:"changed"`
}

// Diff is the difference between two runs of a study of one county.
type Diff struct {
	Old RunID `json:"old"`
	New RunID `json:"new"`
	// Same is set when the fingerprints agree: nothing can differ.
	Same    bool           `json:"same"`
	Causes  []Cause        `json:"causes"`
	Options []OptionChange `json:"options"` // in the order of the new run
	// OnlyOld and OnlyNew are the ids of the options that one run alone has.
	OnlyOld []string `json:"options_only_old"`
	OnlyNew []string `json:"options_only_new"`
	// AreasOnlyOld and AreasOnlyNew are the codes of the areas that one run alone
	// has, ascending.
	AreasOnlyOld []string `json:"areas_only_old"`
	AreasOnlyNew []string `json:"areas_only_new"`
}

// RunID names a run.
type RunID struct {
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"`
}

// ErrOtherCounty means that two runs are not of one county.
var ErrOtherCounty = errors.New("different counties")

// Compare says which areas entered, left or changed their outreach category
// from one run to another, and why. Runs whose districts are not, by half at
// least, those of the other, are refused: the error wraps ErrOtherCounty.
func Compare(before, after *Snapshot) (*Diff, error) {
	if err := sameCounty(before, after); err != nil {
		return nil, err
	}
	d := &Diff{
		Old: RunID{before.Name, before.Fingerprint}, New: RunID{after.Name, after.Fingerprint},
		Same: before.Fingerprint == after.Fingerprint, Causes: causes(before, after), Options: []OptionChange{},
	}
	for _, o := range before.Options {
		if after.option(o.ID) == nil {
			d.OnlyOld = append(d.OnlyOld, o.ID)
		}
	}
	for k := range after.Options {
		now := &after.Options[k]
		was := before.option(now.ID)
		if was == nil {
			d.OnlyNew = append(d.OnlyNew, now.ID)
			continue
		}
		d.Options = append(d.Options, optionChange(was, now, after, d.Causes))
	}
	d.AreasOnlyOld, d.AreasOnlyNew = onlyIn(before, after), onlyIn(after, before)
	return d, nil
}

// option returns an option by its id, nil for none.
func (s *Snapshot) option(id string) *SnapshotOption {
	for k := range s.Options {
		if s.Options[k].ID == id {
			return &s.Options[k]
		}
	}
	return nil
}

// onlyIn lists the areas of a's first option that b's does not have.
func onlyIn(a, b *Snapshot) []string {
	var only []string
	for code := range a.Options[0].Areas {
		if _, ok := b.Options[0].Areas[code]; !ok {
			only = append(only, code)
		}
	}
	slices.Sort(only)
	return only
}

// sameCounty refuses two runs that share fewer than half of the districts of
// either. Runs that list no districts are told by their areas.
func sameCounty(a, b *Snapshot) error {
	what, x, y := "districts", sortedKeys(a.Districts), sortedKeys(b.Districts)
	if len(x) == 0 || len(y) == 0 {
		what, x, y = "areas", sortedKeys(a.Options[0].Areas), sortedKeys(b.Options[0].Areas)
	}
	shared := 0
	for _, code := range x {
		if slices.Contains(y, code) {
			shared++
		}
	}
	if 2*shared < max(len(x), len(y)) || shared == 0 {
		return fmt.Errorf("%w: %s has %d %s and %s %d, of which they share %d: want two runs of one county", ErrOtherCounty, a.Name, len(x), what, b.Name, len(y), shared)
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// causes lists what differs between two runs, by kind, then by name. Sites that
// an option opens or closes are listed with the option.
func causes(a, b *Snapshot) []Cause {
	out := []Cause{}
	for _, name := range sortedKeys(merged(a.Inputs, b.Inputs)) {
		was, had := a.Inputs[name]
		now, has := b.Inputs[name]
		if had && has && was.SHA256 == now.SHA256 {
			continue
		}
		kind := ByData
		switch cmp.Or(now.Role, was.Role) {
		case "boundaries", "districts", "lookup":
			kind = ByBoundary
		case "options":
			kind = ByOption
		}
		out = append(out, Cause{kind, name, was.words(had), now.words(has)})
	}
	for _, set := range []struct {
		prefix   string
		old, new map[string]string
	}{{"", a.Parameters, b.Parameters}, {"in use: ", a.Thresholds, b.Thresholds}} {
		for _, path := range sortedKeys(merged(set.old, set.new)) {
			if set.old[path] != set.new[path] && !parameterTold(out, path) {
				out = append(out, Cause{ByThreshold, set.prefix + path, set.old[path], set.new[path]})
			}
		}
	}
	if a.Method != b.Method {
		out = append(out, Cause{ByThreshold, "method", a.Method, b.Method})
	}
	slices.SortStableFunc(out, func(x, y Cause) int { return cmp.Compare(slices.Index(kinds, x.Kind), slices.Index(kinds, y.Kind)) })
	return out
}

// parameterTold reports whether a threshold in use only repeats a parameter
// that is already listed: "walk_min" beside "walk.minutes".
func parameterTold(told []Cause, path string) bool {
	same := map[string]string{"walk_min": "walk.minutes", "transit_min": "outreach.transit_minutes", "venue_min": "outreach.venue_minutes",
		"district_sessions_per_week": "outreach.sessions_per_week"}
	name := cmp.Or(same[path], "outreach."+path)
	return slices.ContainsFunc(told, func(c Cause) bool { return c.What == name })
}

func merged[V any](a, b map[string]V) map[string]V {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]V{}
	}
	maps.Copy(out, b)
	return out
}

// words names an input by its edition and the beginning of its SHA-256.
func (in SnapshotInput) words(there bool) string {
	if !there {
		return ""
	}
	return fmt.Sprintf("%s (%.12s)", cmp.Or(in.Edition, in.File), in.SHA256)
}

// optionChange compares one option of two runs.
func optionChange(was, now *SnapshotOption, after *Snapshot, causes []Cause) OptionChange {
	c := OptionChange{ID: now.ID, Name: now.Name, Opened: without(now.Open, was.Open), Closed: without(was.Open, now.Open), Areas: []AreaChange{}}
	sites := changedSites{opened: c.Opened, closed: c.Closed, told: was.Open != nil && now.Open != nil}
	for _, code := range sortedKeys(merged(was.Areas, now.Areas)) {
		a, had := was.Areas[code]
		b, has := now.Areas[code]
		if slices.Equal(a.Categories, b.Categories) {
			continue
		}
		change := AreaChange{Code: code, Name: cmp.Or(b.Name, a.Name), District: cmp.Or(b.District, a.District), Old: noNil(a.Categories), New: noNil(b.Categories)}
		change.District = cmp.Or(after.Districts[change.District], change.District)
		switch {
		case len(a.Categories) == 0:
			change.Change = "entered"
			c.Entered++
		case len(b.Categories) == 0:
			change.Change = "left"
			c.Left++
		default:
			change.Change = "changed"
			c.Changed++
		}
		change.Why, change.Because = why(a, b, had, has, causes, sites)
		c.Areas = append(c.Areas, change)
	}
	return c
}

func noNil(s []string) []string { return append([]string{}, s...) }

// without returns what a has and b has not.
func without(a, b []string) []string {
	out := []string{}
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// changedSites are the sites that an option opens and closes from one run to
// the other.
type changedSites struct {
	opened, closed []string
	told           bool // both runs said which sites are open
}

func (s changedSites) any() bool { return len(s.opened)+len(s.closed) > 0 }

// why tells what moved an area, from what differs in its own row: its ground
// (population, need, settlement, class) follows the data, or the weights of
// need; its reach follows the option's sites, the parameters of walking, or the
// data. A row that differs in nothing else was moved by a threshold, or by the
// rest of its town.
func why(a, b SnapshotArea, had, has bool, causes []Cause, sites changedSites) ([]Kind, string) {
	if !had || !has {
		if has {
			return []Kind{ByBoundary}, "The area is new: the boundaries changed."
		}
		return []Kind{ByBoundary}, "The area is no longer there: the boundaries changed."
	}
	var words []string
	found := map[Kind]bool{}
	say := func(kind Kind, format string, args ...any) {
		found[kind] = true
		words = append(words, fmt.Sprintf(format, args...))
	}
	inputs, needs, walks, rules := ofKind(causes, ByData), under(causes, "need."), under(causes, "walk.", "points.", "transit."), thresholds(causes)
	if cells := differing(a, b, groundColumns); cells != "" {
		if len(inputs) == 0 && len(needs) > 0 {
			say(ByThreshold, "%s, with the parameters of need.", cells)
		} else if boundary := ofKind(causes, ByBoundary); len(inputs) == 0 && len(boundary) > 0 {
			say(ByBoundary, "%s, with the boundaries.", cells)
		} else {
			say(ByData, "%s, with the data.", cells)
		}
	}
	if cells := differing(a, b, reachColumns); cells != "" {
		switch {
		case sites.any() || !sites.told && a.values["nearest_site_id"] != b.values["nearest_site_id"]:
			say(ByOption, "%s, with the sites that the option opens and closes.", cells)
		case len(walks) > 0:
			say(ByThreshold, "%s, with %s.", cells, strings.Join(causeNames(walks), ", "))
		default:
			say(ByData, "%s, with the data on sites, homes or streets.", cells)
		}
	}
	switch {
	case len(rules) > 0 && len(words) == 0:
		say(ByThreshold, "Nothing of the area itself changed; the thresholds did: %s.", causeList(rules))
	case len(words) == 0 && sites.any():
		say(ByOption, "Nothing of the area itself changed; the option's sites changed the reach of the places around it.")
	case len(words) == 0:
		say(ByData, "Nothing of the area itself changed; the data of the places around it did.")
	case len(rules) > 0:
		say(ByThreshold, "The thresholds changed too: %s.", causeList(rules))
	}
	out := []Kind{}
	for _, k := range kinds {
		if found[k] {
			out = append(out, k)
		}
	}
	return out, strings.Join(words, " ")
}

// differing says which cells of two rows differ: "Need_rank 10 to 12, walk_min
// 19.0 to 21.0"; empty for none.
func differing(a, b SnapshotArea, columns []string) string {
	var words []string
	for _, c := range columns {
		if x, y := a.values[c], b.values[c]; x != y {
			words = append(words, fmt.Sprintf("%s went from %s to %s", c, cmp.Or(x, "not known"), cmp.Or(y, "not known")))
		}
	}
	return strings.Join(words, ", ")
}

// ofKind returns the causes of a kind.
func ofKind(causes []Cause, kind Kind) []Cause {
	var out []Cause
	for _, c := range causes {
		if c.Kind == kind {
			out = append(out, c)
		}
	}
	return out
}

// under returns the causes whose parameters stand in one of the tables.
func under(causes []Cause, tables ...string) []Cause {
	var out []Cause
	for _, c := range causes {
		if c.Kind == ByThreshold && slices.ContainsFunc(tables, func(t string) bool { return strings.HasPrefix(c.What, t) }) {
			out = append(out, c)
		}
	}
	return out
}

// thresholds returns the causes that the rules of outreach read: their
// thresholds, given or following from the data, but for those of venues and
// sessions, which put no area into a category.
func thresholds(causes []Cause) []Cause {
	var out []Cause
	for _, c := range causes {
		name := strings.TrimPrefix(strings.TrimPrefix(c.What, "in use: "), "outreach.")
		rule := c.Kind == ByThreshold && (c.What != name || c.What == "method" || strings.HasPrefix(c.What, "walk.minutes"))
		if rule && !strings.HasPrefix(name, "venue") && !strings.Contains(name, "sessions") && !strings.HasPrefix(name, "weekly") && !strings.HasPrefix(name, "monthly") {
			out = append(out, c)
		}
	}
	return out
}

func causeNames(causes []Cause) []string {
	var out []string
	for _, c := range causes {
		out = append(out, c.What)
	}
	return out
}

// causeList writes causes as "need_decile 3 to 2".
func causeList(causes []Cause) string {
	var out []string
	for _, c := range causes {
		out = append(out, fmt.Sprintf("%s %s to %s", c.What, cmp.Or(c.Old, "none"), cmp.Or(c.New, "none")))
	}
	return strings.Join(out, ", ")
}
