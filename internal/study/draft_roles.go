package study

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hubreach/internal/source"
)

// judged is how many rows are looked at to tell what a column holds.
const judged = 200

// codeKinds are the sorts of codes of the Office for National Statistics by the
// digits after the letter of the country. Source: ONS, Register of Geographic
// Codes.
var codeKinds = map[string]string{
	"00": "oa", "01": "lsoa", "02": "msoa", "05": "ward", "06": "district", "07": "district", "08": "district", "09": "district",
	"10": "county", "11": "county", "34": "bua", "35": "part", "37": "bua", "38": "part", "63": "bua", "45": "bua",
}

var (
	officialCode = regexp.MustCompile(`^[EW](\d\d)\d{6}$`)
	ruralClass   = regexp.MustCompile(`^(UN1|UF1|RLN1|RLF1|RSN1|RSF1|A1|B1|C1|C2|D1|D2|E1|E2|F1|F2)$`)
	editionForm  = regexp.MustCompile(`(?:^|[^0-9])(?:20)?(01|11|21)(?:[^0-9]|$)`)
	postcodeForm = regexp.MustCompile(`^[A-Z]{1,2}[0-9][0-9A-Z]? *[0-9][A-Z]{2}$`)
)

// kindOf says what sort of codes a column holds; empty when none.
func kindOf(rows [][]string, column int) string {
	count := map[string]int{}
	filled := 0
	for _, row := range rows[:min(judged, len(rows))] {
		cell := row[column]
		if cell == "" {
			continue
		}
		filled++
		if m := officialCode.FindStringSubmatch(cell); m != nil {
			count[codeKinds[m[1]]]++
		} else if ruralClass.MatchString(cell) {
			count["class"]++
		} else if postcodeForm.MatchString(cell) {
			count["postcode"]++
		}
	}
	for _, kind := range []string{"oa", "lsoa", "msoa", "ward", "district", "county", "bua", "part", "class", "postcode"} {
		if count[kind]*10 >= filled*8 && filled > 0 {
			return kind
		}
	}
	return ""
}

// column returns the first column whose squeezed header fits a form, or -1.
func (o *offer) column(form string) int {
	re := regexp.MustCompile(`^(?:` + form + `)$`)
	return slices.IndexFunc(o.header, func(h string) bool { return re.MatchString(squeeze(h)) })
}

// columnsOf lists the columns that hold codes of a kind.
func (o *offer) columnsOf(kind string) (all []int) {
	for i, k := range o.kinds {
		if k == kind {
			all = append(all, i)
		}
	}
	return all
}

func (o *offer) has(kind string) bool { return slices.Contains(o.kinds, kind) }

// newest2011 are the highest codes of the areas of 2011; those of 2021 go on
// from there. Source: ONS, LSOA (2011) to LSOA (2021) exact fit look-up.
var newest2011 = map[byte]int{'E': 33_768, 'W': 1_958}

// edition tells which edition of the areas a column is keyed to: by its header,
// else by a code that only the newer edition has.
func (o *offer) edition(column int) string {
	if m := editionForm.FindStringSubmatch(o.header[column]); m != nil {
		return "20" + m[1]
	}
	for _, row := range o.rows {
		if code := row[column]; officialCode.MatchString(code) {
			if n, err := strconv.Atoi(code[3:]); err == nil && n > newest2011[code[0]] {
				return "2021"
			}
		}
	}
	return ""
}

// keyOn makes a column the key of an offer.
func (o *offer) keyOn(column int) {
	o.key, o.areas, o.codes = column, o.edition(column), map[string]bool{}
	for _, row := range o.rows {
		if row[column] != "" {
			o.codes[row[column]] = true
		}
	}
}

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

// firstHeaders names the first columns for a message.
func firstHeaders(names []string) string {
	const most = 4
	text := strings.Join(names[:min(most, len(names))], ", ")
	if len(names) > most {
		text += ", ..."
	}
	return oneLine(text)
}

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

func ofEdition(areas string) string {
	if areas == "" {
		return ""
	}
	return " of " + areas
}

// unit names the areas that an offer is keyed to, when they are not LSOAs.
func (o *offer) unit() string {
	for _, u := range [][2]string{{"oa", "output areas"}, {"msoa", "MSOAs"}, {"ward", "wards"}, {"district", "districts"}} {
		if o.has(u[0]) {
			return u[1]
		}
	}
	return "other areas"
}

// named returns the column of the names that belong to a column of codes: the
// same header with NM for CD, or name for code; -1 when there is none.
func (o *offer) named(code int) int {
	s := squeeze(o.header[code])
	for _, want := range []string{strings.Replace(s, "code", "name", 1), strings.TrimSuffix(s, "cd") + "nm", strings.TrimSuffix(s, "cdactive") + "nm"} {
		if want == s {
			continue
		}
		if i := slices.IndexFunc(o.header, func(h string) bool { return squeeze(h) == want }); i >= 0 {
			return i
		}
	}
	return -1
}

// map1 names a field's column, unless the readers find it by themselves.
func (o *offer) map1(field string, column int) {
	if column < 0 {
		return
	}
	codes, err := source.ReadCodes(bytes.NewReader(o.sample()), o.file, source.Options{}, []string{field})
	if err == nil && len(codes.Rows) > 0 {
		same := true
		for i, r := range codes.Rows {
			same = same && i < len(o.rows) && r.Texts[0] == o.rows[i][column]
		}
		if same {
			return
		}
	}
	o.mapTo(field, column)
}

func (o *offer) mapTo(field string, column int) {
	if o.input.Columns == nil {
		o.input.Columns = map[string]string{}
	}
	o.input.Columns[field] = o.header[column]
}

// sample is the header and the first rows as CSV.
func (o *offer) sample() []byte {
	const rows = 20
	text, err := csvText(o.header, o.rows[:min(rows, len(o.rows))])
	if err != nil {
		return nil
	}
	return text
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

// hasPosition tells whether a table has coordinates.
func (o *offer) hasPosition() bool {
	x, y := o.position()
	return x >= 0 && y >= 0
}

// position returns the columns of the coordinates, metres before degrees.
func (o *offer) position() (x, y int) {
	for _, pair := range [][2]string{
		{"eastings?|oseast1m|east1m|bnge|x", "northings?|osnrth1m|north1m|bngn|y"},
		{"longitude|long?|lng|stoplon", "latitude|lat|stoplat"},
	} {
		if x, y = o.column(pair[0]), o.column(pair[1]); x >= 0 && y >= 0 {
			return x, y
		}
	}
	return -1, -1
}

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
	if found, remarks := o.indicatorsOf(); len(found) > 0 || len(remarks) > 0 {
		o.take("indicators", fmt.Sprintf("%s, with %s", keyed, indicatorList(found)))
		o.input.Indicators, o.remarks = found, remarks
		o.year = map[string]int{"2011": 2019, "2021": 2025}[o.areas]
		o.map1("code", o.key)
		return
	}
	if o.judgePopulation(keyed) {
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

func indicatorList(found []Indicator) string {
	if len(found) == 0 {
		return "ranks that need a decision"
	}
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

var yearForms = []*regexp.Regexp{
	regexp.MustCompile(`(?i)mid[-_ ]?((?:19|20)\d\d)`),
	regexp.MustCompile(`(?i)(?:mye|census|estimates?)[-_ ]?((?:19|20)\d\d)`),
	regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)(?:[^0-9]|$)`),
}

// yearOf finds the year of figures in the names around them, the nearest first;
// 0 when there is none.
func yearOf(texts ...string) int {
	for _, form := range yearForms {
		for _, text := range texts {
			if m := form.FindStringSubmatch(text); m != nil {
				year, _ := strconv.Atoi(m[1]) // four digits: no error
				return year
			}
		}
	}
	return 0
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
