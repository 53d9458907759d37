package draft

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"hubreach/internal/source"
	"hubreach/internal/study"
)

// judgeAreas tells what a table keyed to areas is for.
func (o *offer) judgeAreas() {
	areas := o.columnsOf("lsoa")
	if len(areas) == 0 {
		o.judgeOther()
		return
	}
	o.keyOn(areas[0])
	if len(areas) > 1 && o.judgeLookup(areas) {
		return
	}
	if o.areas == "2001" {
		o.why = "keyed to areas of 2001, which no look-up carries to newer ones"
		return
	}
	keyed := "keyed to LSOAs" + ofEdition(o.areas)
	if found, remarks := o.indicatorsOf(); len(found) > 0 {
		if len(remarks) > 0 {
			o.level = spoilt
		}
		o.take("indicators", fmt.Sprintf("%s, with %s", keyed, indicatorList(found)))
		o.input.Indicators, o.remarks = found, remarks
		o.year = map[string]int{"2011": 2019, "2021": 2025}[o.areas]
		o.map1("code", o.key)
		return
	}
	if o.judgeGroups(keyed) || o.judgePopulation(keyed) {
		return
	}
	switch {
	case o.has("class"):
		column := o.columnsOf("class")[0]
		o.take("rural_urban", fmt.Sprintf("%s, with rural-urban classes in %s", keyed, o.header[column]))
		o.map1("code", o.key)
		o.map1("class", column)
	case o.has("bua") || o.has("part"):
		o.judgeSettlements(keyed)
	case o.has("district"):
		column := o.columnsOf("district")[0]
		o.take("districts", fmt.Sprintf("%s, with the district in %s", keyed, o.header[column]))
		o.map1("code", o.key)
		o.map1("district", column)
		o.map1("district_name", o.named(column))
	default:
		o.why = keyed + ", but none of its columns is known: " + firstHeaders(o.header)
	}
}

func indicatorList(found []study.Indicator) string {
	var ids []string
	for _, ind := range found {
		ids = append(ids, ind.ID)
	}
	return "indicators of deprivation (" + strings.Join(ids, ", ") + ")"
}

// judgeLookup tells whether a table links areas of 2011 to those of 2021.
func (o *offer) judgeLookup(areas []int) bool {
	from, to := -1, -1
	for _, i := range areas {
		switch o.edition(i) {
		case "2011":
			from = i
		case "2021":
			to = i
		}
	}
	if from < 0 || to < 0 {
		if len(areas) > 1 && o.column(`chgind.*|chngind.*`) >= 0 {
			o.why = "a look-up between other editions of the areas than 2011 and 2021"
			return true
		}
		return false
	}
	change := o.column("chgind|chngind|change")
	if change < 0 {
		o.why = "a look-up from 2011 to 2021 without CHGIND: the best-fit table leaves split areas out; the exact-fit one is wanted"
		return true
	}
	o.keyOn(to)
	o.take("lookup", fmt.Sprintf("it links LSOAs of 2011 (%s) and of 2021 (%s) with %s", o.header[from], o.header[to], o.header[change]))
	o.areas = ""
	o.map1("from", from)
	o.map1("to", to)
	o.map1("change", change)
	return true
}

// judgePopulation tells whether a table counts residents, and how finely.
func (o *offer) judgePopulation(keyed string) bool {
	columns := map[string]string{}
	options := source.Options{Fields: columns}
	o.map1("code", o.key)
	if c := o.input.Columns["code"]; c != "" {
		columns["code"] = c
	}
	p, err := source.ReadPopulation(bytes.NewReader(o.text), o.file, options)
	if err != nil {
		return false
	}
	years := 0
	for _, b := range p.Bands {
		if b.From == b.To {
			years++
		}
	}
	const nearlyAll = 20 // single years: the ages that a study is about
	if o.year = yearOf(o.layer, path.Base(o.file)); o.year == 0 {
		for _, h := range o.header {
			if yearForms[0].MatchString(h) { // other years of a header are those of codes
				o.year = yearOf(h)
				break
			}
		}
	}
	switch {
	case years >= nearlyAll:
		o.take("population", fmt.Sprintf("%s, with residents by single year of age", keyed))
	case len(p.Bands) > 0:
		o.level = 1
		o.take("population", fmt.Sprintf("%s, with residents in %d bands of age", keyed, len(p.Bands)))
	default:
		o.level = 2
		o.take("population", fmt.Sprintf("%s, with residents in total, without ages", keyed))
	}
	if slices.ContainsFunc(o.header, func(h string) bool { return strings.Contains(squeeze(h), "excludingprisoners") }) {
		o.level = 3
		o.why += "; the denominators of the Indices, not an estimate of residents"
	}
	return true
}

// judgeSettlements maps the columns of a look-up to settlements.
func (o *offer) judgeSettlements(keyed string) {
	whole, parts := o.columnsOf("bua"), o.columnsOf("part")
	if len(whole) == 0 {
		whole, parts = parts, nil
	}
	o.take("settlements", fmt.Sprintf("%s, with built-up areas in %s", keyed, o.header[whole[0]]))
	o.map1("code", o.key)
	o.map1("settlement", whole[0])
	o.map1("settlement_name", o.named(whole[0]))
	if len(parts) > 0 {
		o.map1("part", parts[0])
		o.map1("part_name", o.named(parts[0]))
	}
}

// judgeOther tells what a table keyed to other units than LSOAs is for: a list
// of districts, or nothing.
func (o *offer) judgeOther() {
	if len(o.columnsOf("district")) > 0 && !o.has("oa") && !o.has("msoa") && !o.has("ward") {
		column := o.columnsOf("district")[0]
		if name := o.named(column); name >= 0 {
			o.take("districts", fmt.Sprintf("a list of districts: %s and %s", o.header[column], o.header[name]))
			o.level = 1 // names only
			o.map1("district", column)
			o.map1("district_name", name)
			return
		}
	}
	o.why = "keyed to " + o.unit() + ": a study is made of LSOAs"
}
