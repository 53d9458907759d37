package draft

import (
	"reflect"

	"hubreach/internal/study"
)

// writeParameters writes every table of parameters of a study with its defaults.
func (c *chooser) writeParameters(w *writer) {
	var roles []string
	for _, role := range []string{"timetable", "heights"} { // a study without them has no parameters of public transport, and no slopes
		if len(c.of(role)) > 0 {
			roles = append(roles, role)
		}
	}
	s := study.Defaults(roles...)
	c.setNeed(&s.Need)
	v := reflect.ValueOf(s)
	for i := range v.NumField() {
		key, section := study.Key(v.Type().Field(i)), v.Field(i)
		if key == "" || section.Kind() != reflect.Struct || section.IsZero() {
			continue
		}
		w.line("")
		if words := sectionWords[key]; words != "" {
			if key != "need" {
				words += " The values are the defaults."
			}
			w.say("%s", words)
		}
		if key == "need" {
			c.sayNeed(w)
		}
		w.line("[%s]", key)
		writeFields(w, key, section, true)
		for j := range section.NumField() {
			list, name := section.Field(j), key+"."+study.Key(section.Type().Field(j))
			if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Struct {
				continue
			}
			w.line("")
			if words := sectionWords[name]; words != "" {
				w.say("%s", words)
			}
			for k := range list.Len() {
				if k > 0 {
					w.line("")
				}
				w.line("[[%s]]", name)
				explained := name
				if k > 0 {
					explained = ""
				}
				writeFields(w, explained, list.Index(k), true)
			}
		}
	}
}

// setNeed weighs the indicators that the study has. The Index of Multiple
// Deprivation holds access to services as one of its parts; distance is measured
// here by walking, so need is made of the other parts where they are there.
func (c *chooser) setNeed(n *study.Need) {
	weigh := func(weights map[string]float64) map[string]float64 {
		have := map[string]float64{}
		for id, weight := range weights {
			if ind, ok := c.indicators[id]; ok && (ind.Rank != "" || ind.Value != "") {
				have[id] = weight
			}
		}
		return have
	}
	n.Rate = c.inNeed
	shares := map[string]float64{"idaci": 0.4, "children_education": 0.3, "education": 0.3, "health": 0.3}
	if c.indicators["idaci"].Rank == "" { // one of the two: they count the same families
		shares["income"] = 0.4
	}
	n.Weights = weigh(shares)
	if len(n.Weights) == 0 {
		n.Weights = weigh(map[string]float64{"imd": 1})
	}
	n.Youth = weigh(map[string]float64{"crime": 0.5, "children_education": 0.5, "education": 0.5})
	if imd := c.indicators["imd"]; imd.Decile != "" {
		n.Decile = "imd"
	}
}

func (c *chooser) sayNeed(w *writer) {
	if len(c.indicators) == 0 {
		w.say("No table of deprivation was taken, so need is told from the number of children alone.")
		return
	}
	w.say("The weights are hubreach's own choice for the indicators above: DECIDE yours.")
	if _, ok := c.indicators["imd"]; ok {
		w.say("The Index of Multiple Deprivation holds distance to services, which is measured here by walking: it is reported, and has no weight where its parts are there.")
	}
}
