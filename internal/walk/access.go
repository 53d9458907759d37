package walk

import (
	"strconv"
	"strings"

	"hubreach/internal/source"
)

// rule bars the ways whose key has this value.
type rule struct {
	key, value string
	unlessFoot bool // an explicit foot=yes, designated, permissive or official keeps the way
	why        string
}

// barredWays is tried in order and the first rule that fits bars the way; the
// report counts ways by "key=value". foot and access are judged after it, by
// accessOf.
var barredWays = []rule{
	{"route", "ferry", false, "a ferry is not a walk"},
	{"highway", "motorway", false, "closed to walkers by law"},
	{"highway", "motorway_link", false, "closed to walkers by law"},
	{"motorroad", "yes", true, "closed to walkers by sign"},
	{"highway", "construction", false, "not open yet"},
	{"highway", "proposed", false, "not built"},
	{"highway", "planned", false, "not built"},
	{"highway", "abandoned", false, "no longer there"},
	{"highway", "disused", false, "no longer kept"},
	{"highway", "razed", false, "no longer there"},
	{"highway", "demolished", false, "no longer there"},
	{"highway", "raceway", true, "a racing track"},
	{"highway", "bus_guideway", true, "for guided buses"},
	{"highway", "busway", true, "for buses"},
	{"highway", "escape", false, "for runaway vehicles"},
	{"highway", "emergency_bay", false, "for stopped vehicles"},
	{"highway", "rest_area", true, "an area, not a way"},
	{"highway", "services", true, "an area, not a way"},
	{"highway", "via_ferrata", false, "a climb"},
	{"highway", "no", false, "not a way"},
	{"abandoned", "yes", false, "no longer kept"},
	{"disused", "yes", false, "no longer kept"},
}

// walkableHighways are the values of highway that people walk along. A
// cycleway and a bridleway carry a right of way on foot in England (Highways
// Act 1980 s329; OpenStreetMap's access defaults for the United Kingdom).
// Indoor corridors and lifts count: their opening hours are not known.
var walkableHighways = setOf(
	"trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link",
	"tertiary", "tertiary_link", "unclassified", "residential", "living_street",
	"service", "road", "track", "pedestrian", "footway", "path", "steps", "ladder",
	"bridleway", "cycleway", "corridor", "elevator", "platform", "crossing",
)

// access is what the foot and access tags of a way say.
type access uint8

const (
	accessOpen access = iota
	accessEnds        // only as the first or last part of a walk
	accessNone
)

// accessValues gives the meaning of the values of foot, and of access where
// there is no foot. A value that is not listed, and no value, is open: unknown
// is not "no".
var accessValues = map[string]struct {
	access access
	why    string
}{
	"no":           {accessNone, "closed"},
	"agricultural": {accessNone, "for farm traffic"},
	"forestry":     {accessNone, "for forest traffic"},
	"delivery":     {accessNone, "for deliveries"},
	"military":     {accessNone, "closed to the public"},
	"emergency":    {accessNone, "for emergencies"},
	"use_sidepath": {accessNone, "the path beside it is drawn as a way of its own"},
	"private":      {accessEnds, "only to or from a door on it"},
	"customers":    {accessEnds, "only to or from a door on it"},
	"residents":    {accessEnds, "only to or from a door on it"},
	"permit":       {accessEnds, "only to or from a door on it"},
	"destination":  {accessEnds, "only to or from a door on it"},
}

var (
	footAllows     = setOf("yes", "designated", "permissive", "official", "public")
	sidewalkValues = setOf("yes", "both", "left", "right", "separate")
	roughSurfaces  = setOf("cobblestone", "unhewn_cobblestone", "pebblestone", "gravel", "rock", "rocks",
		"ground", "dirt", "earth", "soil", "mud", "grass", "sand", "woodchips", "unpaved")
	roughTracks     = setOf("grade3", "grade4", "grade5")
	roughSmoothness = setOf("bad", "very_bad", "horrible", "very_horrible", "impassable")
)

// feature is what makes ground slow or barred to some profiles.
type feature uint16

const (
	featureSteps       feature = 1 << iota // a flight without a ramp
	featureRough                           // poor surface
	featureUnlit                           // lit=no
	featureNoWheels                        // ladder, escalator, ford, stroller=no
	featureNoWheelseat                     // wheelchair=no
	featureEnds                            // private: first or last part only
	featureForward                         // on foot only in the way's own direction
	featureBackward                        // on foot only against it
	featureSpan                            // bridge or tunnel: not on the ground
)

// ground is how one way may be walked.
type ground struct {
	feature feature
	widthM  float64 // 0 when not tagged
	reason  string  // why it is barred to everyone, as "key=value"; empty when walkable
	why     string
}

// groundOf judges the tags of a way.
func groundOf(t source.Tags) ground {
	foot := footAllows[t["foot"]]
	var key, value string
	for i := range barredWays {
		r := &barredWays[i]
		if r.key != key { // most rules are about the key of the one before
			key, value = r.key, t[r.key]
		}
		if value == r.value && !(r.unlessFoot && foot) {
			return ground{reason: r.key + "=" + r.value, why: r.why}
		}
	}
	highway := t["highway"]
	platform := t["railway"] == "platform" || t["public_transport"] == "platform"
	switch {
	case walkableHighways[highway], platform, t["man_made"] == "pier":
	case highway == "":
		return ground{reason: "no highway", why: "not a street or path"}
	case !foot:
		return ground{reason: "highway: other value", why: "not known as a street or path"}
	}
	if (highway == "trunk" || highway == "trunk_link") && !foot && !hasSidewalk(t) {
		return ground{reason: "highway=trunk", why: "no sidewalk and no foot=yes"}
	}
	g := ground{widthM: widthOf(t)}
	switch a, reason, why := accessOf(t); a {
	case accessNone:
		return ground{reason: reason, why: why}
	case accessEnds:
		g.feature |= featureEnds
	}
	g.feature |= featuresOf(t) | directionOf(t)
	return g
}

// accessOf judges foot, and access where there is no foot. access=destination
// is about vehicles on British signs ("except for access"), so it is open.
func accessOf(t source.Tags) (a access, reason, why string) {
	key := "foot"
	if t[key] == "" {
		key = "access"
	}
	value, _, _ := strings.Cut(t[key], ";")
	value = strings.TrimSpace(value)
	if key == "access" && value == "destination" {
		return accessOpen, "", ""
	}
	v := accessValues[value]
	return v.access, key + "=" + value, v.why
}

func hasSidewalk(t source.Tags) bool {
	for _, k := range []string{"sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"} {
		if sidewalkValues[t[k]] {
			return true
		}
	}
	return false
}

// featuresOf judges what is underfoot. Steps with a wheelchair ramp are level
// ground to every profile: a pushchair is then never faster than an adult.
func featuresOf(t source.Tags) feature {
	var f feature
	moving := t["conveying"] != "" && t["conveying"] != "no"
	if t["highway"] == "steps" && t["ramp:wheelchair"] != "yes" || t["highway"] == "ladder" {
		f |= featureSteps
	}
	if moving && t["highway"] == "steps" || t["highway"] == "ladder" || fords(t) ||
		t["stroller"] == "no" || t["smoothness"] == "impassable" {
		f |= featureNoWheels
	}
	if t["wheelchair"] == "no" {
		f |= featureNoWheelseat
	}
	if roughSurfaces[t["surface"]] || roughSmoothness[t["smoothness"]] || t["surface"] == "" && roughTracks[t["tracktype"]] {
		f |= featureRough
	}
	if t["lit"] == "no" {
		f |= featureUnlit
	}
	return f
}

func fords(t source.Tags) bool { return t["ford"] != "" && t["ford"] != "no" }

// directionOf judges one-way walking. oneway alone is about vehicles.
func directionOf(t source.Tags) feature {
	switch t["oneway:foot"] {
	case "yes", "1", "true":
		return featureForward
	case "-1", "reverse":
		return featureBackward
	case "no", "0", "false":
		return 0
	}
	switch {
	case t["foot:backward"] == "no", t["conveying"] == "forward":
		return featureForward
	case t["foot:forward"] == "no", t["conveying"] == "backward":
		return featureBackward
	}
	return 0
}

// bars reports whether ground of this kind is closed to p.
func (p Profile) bars(g ground) bool {
	f := g.feature
	return f&featureSteps != 0 && p.StepsKmh == 0 ||
		f&featureNoWheels != 0 && p.Wheels ||
		f&featureNoWheelseat != 0 && p.wheelchair() ||
		f&featureUnlit != 0 && p.LitOnly ||
		g.widthM > 0 && g.widthM < p.MinWidthM
}

func (p Profile) wheelchair() bool { return p.Wheels && p.MinWidthM > 0 }

// widthOf returns the clear width in metres, or 0 when it is not tagged or not
// understood.
func widthOf(t source.Tags) float64 {
	for _, k := range []string{"maxwidth:physical", "maxwidth", "width"} {
		if m := parseMetres(t[k]); m > 0 {
			return m
		}
	}
	return 0
}

// parseMetres reads "0.9", "0.9 m", "90 cm" or "3'" and "2'6\"" (feet and
// inches). Anything else, and anything not in (0, 1000], is 0.
func parseMetres(s string) float64 {
	if s = strings.TrimSpace(s); s == "" {
		return 0
	}
	unit := 1.0
	switch {
	case strings.Contains(s, "'"):
		feet, inches, _ := strings.Cut(s, "'")
		inches = strings.TrimSuffix(strings.TrimSpace(inches), `"`)
		if inches == "" {
			inches = "0"
		}
		f, err1 := strconv.ParseFloat(strings.TrimSpace(feet), 64)
		i, err2 := strconv.ParseFloat(inches, 64)
		if err1 != nil || err2 != nil {
			return 0
		}
		return inRange(f*0.3048 + i*0.0254) // international foot and inch
	case strings.HasSuffix(s, "cm"):
		s, unit = strings.TrimSuffix(s, "cm"), 0.01
	case strings.HasSuffix(s, "m"):
		s = strings.TrimSuffix(s, "m")
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		return 0
	}
	return inRange(v * unit)
}

func inRange(m float64) float64 {
	if m > 0 && m <= 1000 {
		return m
	}
	return 0
}

func setOf(values ...string) map[string]bool {
	m := make(map[string]bool, len(values))
	for _, v := range values {
		m[v] = true
	}
	return m
}
