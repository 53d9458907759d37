package draft

import (
	"fmt"
)

// judge tells what an offer is for.
func (s *sniffer) judge(o *offer) {
	if o.role != "" { // a feed or an extract
		o.input.Role = o.role
		return
	}
	if len(o.header) == 0 {
		if o.why == "" {
			o.why = "shapes without any properties: no role fits"
		}
		return
	}
	o.kinds = make([]string, len(o.header))
	for i := range o.header {
		o.kinds[i] = kindOf(o.rows, i)
	}
	if s.manifest(o) {
		return
	}
	switch {
	case o.geometry == "polygon":
		o.judgeShapes()
	case o.geometry != "" && o.geometry != "point":
		o.why = "a layer of lines or of mixed shapes: no role fits"
	case o.column("optionid") >= 0 && o.column("siteid") >= 0:
		o.take("options", "it has the columns option_id and site_id")
	case o.column("serviceoptionid") >= 0:
		o.take("services", "it has the column service_option_id")
	case o.column("siteid") >= 0 && o.costs():
		o.take("costs", "it has site_id and columns of costs")
	case o.geometry == "" && o.isAreaTable():
		o.judgeAreas()
	default:
		s.judgePlaces(o)
	}
	o.input.Role = o.role
	if o.role == "" && o.why == "" {
		o.why = "no role fits its columns: " + firstHeaders(o.header)
	}
}

func (o *offer) take(role, why string) { o.role, o.why = role, why }

// judgeShapes tells what polygons are for.
func (o *offer) judgeShapes() {
	count := fmt.Sprintf("%d", len(o.rows))
	if !o.whole {
		count = "at least " + count
	}
	areas := o.columnsOf("lsoa")
	switch site, minutes := o.column("siteid|site|library|slug|name"), o.column("minutes|walkmin|timemin|seconds|aasecs"); {
	case site >= 0 && minutes >= 0:
		o.take("catchments", fmt.Sprintf("%s polygons with a site (%s) and a time (%s)", count, o.header[site], o.header[minutes]))
	case len(areas) > 0:
		o.keyOn(areas[0])
		o.take("boundaries", fmt.Sprintf("%s polygons with LSOA codes%s in %s", count, ofEdition(o.areas), o.header[o.key]))
		o.map1("code", o.key)
		o.map1("name", o.named(o.key))
		if d := o.columnsOf("district"); len(d) > 0 {
			o.map1("district", d[0])
		}
		if o.areas == "2001" {
			o.role, o.why = "", "areas of 2001: no look-up carries them to newer ones"
		}
	case o.has("bua"):
		column := o.columnsOf("bua")[0]
		o.take("settlements", fmt.Sprintf("%s polygons with codes of built-up areas in %s", count, o.header[column]))
		o.map1("code", column)
		o.map1("name", o.named(column))
	case o.has("oa") || o.has("msoa") || o.has("ward") || o.has("district"):
		o.why = "polygons of " + o.unit() + ": a study is made of LSOAs"
	default:
		o.why = "polygons without area codes, or with a site and no time: no role fits"
	}
}

// isAreaTable tells tables keyed to areas from those of places that name the
// area they are in.
func (o *offer) isAreaTable() bool {
	if o.has("postcode") || o.column("urn|siteid|venueid|atcocode") >= 0 {
		return false
	}
	areas := o.has("lsoa") || o.has("oa") || o.has("msoa") || o.has("ward") || o.has("district")
	return areas && !o.hasPosition()
}

// costColumns are the fields of a table of costs by what their headers begin
// with.
var costColumns = []struct{ field, form string }{
	{"running", "running.*|maintenance.*|premises.*"}, {"staffing", "staff.*"}, {"backlog", "backlog.*"}, {"one_off", "oneoff.*|capital.*"},
}

// costs maps the columns of a table of costs and tells whether it is one.
func (o *offer) costs() bool {
	for _, c := range costColumns {
		if i := o.column(c.form); i >= 0 {
			o.map1(c.field, i)
			o.level-- // the more columns, the better
		}
	}
	return o.level < 0
}
