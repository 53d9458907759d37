package draft

import (
	"bytes"
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

// firstHeaders names the first columns for a message.
func firstHeaders(names []string) string {
	const most = 4
	text := strings.Join(names[:min(most, len(names))], ", ")
	if len(names) > most {
		text += ", ..."
	}
	return oneLine(text)
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
