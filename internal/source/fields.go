package source

import (
	"math"
	"slices"
	"strings"
)

// wellKnown lists, per field, the headers under which the publishers give it,
// best first. "#" stands for one digit, so that editions need no new line; case
// and the kind of blank do not matter. A field that is not listed is looked for
// under its own name.
//
// Sources: ONS Open Geography Portal layers and look-ups, ONS and Nomis
// population tables, MHCLG Indices of Deprivation 2019 and 2025, DfE Get
// Information about Schools and list of family hub sites, OS Code-Point Open,
// ONS Postcode Directory, NaPTAN.
var wellKnown = map[string][]string{
	// The finest geography comes first: a table of output areas also names
	// their LSOAs, never the other way round.
	"code": {
		"code", "area_code", "OA##CD", "oa##_code",
		"LSOA21CD", "LSOA11CD", "LSOA##CD", "LSOA code (####)", "LSOA #### Code", "lsoa##_code", "lsoacd", "lsoa_code",
		"MSOA##CD", "msoa##_code", "MSOA code (####)", "WD##CD", "ward##_code",
		"BUA##CD", "gsscode", "geography code", "mnemonic",
		"lad_code", "LAD##CD", "ltla##_code",
	},
	"name": {
		"name", "area_name", "OA##NM",
		"LSOA21NM", "LSOA11NM", "LSOA##NM", "LSOA name (####)", "LSOA #### Name", "lsoa##_name", "lsoanm", "lsoa_name",
		"MSOA##NM", "msoa##_name", "MSOA name (####)", "WD##NM", "ward##_name",
		"BUA##NM", "geography",
		"lad_name", "LAD##NM", "ltla##_name",
	},
	"district": {
		"district", "district_code", "LADCD_ACTIVE", "LAD##CD", "ltla##_code", "lad_code",
		"LAD #### Code", "Local Authority District code (####)",
		"Admin_district_code", "DistrictCode",
	},
	"district_name": {
		"district_name", "LAD##NM", "ltla##_name", "lad_name", "LAD #### Name", "Local Authority District name (####)",
	},

	"from":   {"from", "F_LSOA11CD", "LSOA11CD", "lsoa11_code", "LSOA code (2011)"},
	"to":     {"to", "LSOA21CD", "lsoa21_code", "LSOA code (2021)"},
	"change": {"change", "CHGIND", "CHNGIND"},

	"class":           {"class", "RUC##CD", "ruc##_code", "rural_urban", "RUC21CD", "RUC11CD", "ruc##ind", "Rural Urban Classification #### code"},
	"class_name":      {"class_name", "RUC##NM", "classification", "RUC##"},
	"settlement":      {"settlement", "BUA24CD", "BUA22CD", "BUA##CD", "bua##_code", "BUASD##CD", "settlement_code"},
	"settlement_name": {"settlement_name", "BUA##NM", "bua##_name", "BUASD##NM"},

	"total": {
		"total", "total_population", "population", "Total population", "All ages", "All usual residents", "All persons",
		"Total population: mid ####", "Total population: mid #### (excluding prisoners)", "Total: All usual residents",
	},

	// Places: the field is looked up under "place." and its name first.
	"place.id":        {"id", "site_id", "venue_id", "URN", "ATCOCode", "tiploc"},
	"place.name":      {"name", "site_name", "venue_name", "establishment_name", "EstablishmentName", "Family_Hub", "Family Hub", "library", "CommonName"},
	"place.kind":      {"kind", "type", "establishment_type", "TypeOfEstablishment (name)", "StopType"},
	"place.district":  {"district", "district_code", "district_code_from_codepoint####", "lad_code", "LAD##CD", "Admin_district_code", "DistrictAdministrative (code)"},
	"place.postcode":  {"postcode", "post_code", "pcds", "pcd8", "pcd7", "pcd"},
	"place.easting":   {"easting", "eastings", "east1m", "oseast1m", "BNG_E", "X"},
	"place.northing":  {"northing", "northings", "north1m", "osnrth1m", "BNG_N", "Y"},
	"place.longitude": {"longitude", "long", "lon", "lng"},
	"place.latitude":  {"latitude", "lat"},
	"place.weight":    {"weight", "homes", "households", "addresses", "delivery_points", "dwellings"},

	"catchment.site":    {"site_id", "site", "library", "slug", "name"},
	"catchment.profile": {"profile"},
	"catchment.minutes": {"minutes", "walk_min", "time_min"},
	"catchment.seconds": {"seconds", "value", "AA_SECS"},
}

// columns are the headers of a table or the properties of a layer.
type columns struct {
	file  string
	line  int // of the headers; 0 when they are not on a line
	names []string
	keys  []string // names folded for comparison
}

func newColumns(file string, line int, names []string) columns {
	c := columns{file: file, line: line, names: names, keys: make([]string, len(names))}
	for i, n := range names {
		c.keys[i] = fold(n)
	}
	return c
}

// fold brings two spellings of a header together: case, and runs of blanks and
// underscores, do not count.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == '_' || r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0'
	}), " ")
}

// The shortest headers that stand for a longer or a shorter one. A Shapefile
// cuts names to 10 characters; 8 leaves room for other programs.
const (
	minCut    = 8 // a header of the file that is the beginning of the name asked for
	minPrefix = 3 // a name asked for that is the beginning of a header of the file
)

// find returns the column of the given name: spelt exactly so, else the only
// one that differs in case or blanks, else the only one of which one name is
// the beginning of the other (an export that cuts its headers, or a name that
// leaves the explanation in brackets out).
func (c columns) find(name string) (int, error) {
	want := strings.TrimSpace(name)
	for _, level := range []func(i int) bool{
		func(i int) bool { return c.names[i] == want },
		func(i int) bool { return c.keys[i] == fold(want) },
		func(i int) bool { return isCut(c.keys[i], fold(want)) || isBeginning(fold(want), c.keys[i]) },
	} {
		var hits []int
		for i := range c.names {
			if level(i) {
				hits = append(hits, i)
			}
		}
		if len(hits) == 1 {
			return hits[0], nil
		}
		if len(hits) > 1 {
			return 0, c.ambiguous(want, hits)
		}
	}
	return 0, c.missing(want)
}

// isCut tells whether a header is a name that was cut short.
func isCut(header, name string) bool {
	return len(header) >= minCut && len(header) < len(name) && strings.HasPrefix(name, header)
}

// isBeginning tells whether a name is the beginning of a longer header and ends
// where a word of it ends.
func isBeginning(name, header string) bool {
	return len(name) >= minPrefix && strings.HasPrefix(header, name) &&
		len(header) > len(name) && !isWordByte(header[len(name)])
}

func isWordByte(b byte) bool { return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 0x80 }

func (c columns) ambiguous(name string, hits []int) error {
	var names []string
	for _, i := range hits {
		names = append(names, c.names[i])
	}
	return &RowError{File: c.file, Line: c.line, Field: "column", Found: clip(name), Want: "one column of that name",
		Do: "it fits " + quoteList(names, 5) + ": write the header in full"}
}

func (c columns) missing(name string) error {
	return &RowError{File: c.file, Line: c.line, Field: "column", Found: clip(name), Want: "a column of that name",
		Do: "the nearest headers are " + quoteList(c.nearest(name), 3)}
}

// nearest returns up to three headers, nearest in spelling to one of the names
// first.
func (c columns) nearest(wanted ...string) []string {
	type near struct {
		name     string
		distance int
	}
	var all []near
	const most = 500 // headers compared: more is no table that a person will mend
	for i, n := range c.names {
		if i == most {
			break
		}
		if n == "" {
			continue
		}
		best := math.MaxInt
		for _, w := range wanted {
			best = min(best, editDistance(fold(clip(w)), fold(clip(n))))
		}
		all = append(all, near{n, best})
	}
	slices.SortStableFunc(all, func(a, b near) int { return a.distance - b.distance })
	var names []string
	for _, n := range all[:min(3, len(all))] {
		names = append(names, n.name)
	}
	return names
}

// editDistance counts the letters to add, drop or change between a and b.
func editDistance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	row := make([]int, len(rb)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range ra {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range rb {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(rb)]
}

// findKnown returns the first of the well-known headers that the file has: all
// spelt whole first, then as a cut export has them.
func (c columns) findKnown(known []string) (int, bool) {
	for _, k := range known {
		pattern := fold(k)
		for i, key := range c.keys {
			if fits(pattern, key) {
				return i, true
			}
		}
	}
	for _, k := range known {
		pattern := fold(k)
		for i, key := range c.keys {
			if len(key) >= minCut && len(key) < len(pattern) && fits(pattern[:len(key)], key) {
				return i, true
			}
		}
	}
	return 0, false
}

// fits compares a folded header with a folded pattern in which "#" is a digit.
func fits(pattern, key string) bool {
	if len(pattern) != len(key) {
		return false
	}
	for i := range len(key) {
		digit := key[i] >= '0' && key[i] <= '9'
		if pattern[i] != key[i] && (pattern[i] != '#' || !digit) {
			return false
		}
	}
	return true
}

// cellOf says where a field's text comes from: a column, or one text for all rows.
type cellOf struct {
	column int // -1: no column
	text   string
}

// absent is a field that the file does not have.
var absent = cellOf{column: -1}

func (f cellOf) exists() bool { return f.column >= 0 || f.text != "" }

// in returns the field's text in a row.
func (f cellOf) in(cells []string) string {
	if f.column < 0 {
		return f.text
	}
	if f.column >= len(cells) {
		return ""
	}
	return cells[f.column]
}

// field resolves a field of a row type: by Options.Fields, by Options.Values,
// or by its well-known headers. It is absent when none gives it; the error is
// that of a column that Options.Fields names and the file lacks. kind is
// "place", "catchment" or empty, and goes before the field in wellKnown.
func (c columns) field(kind, name string, o Options) (cellOf, error) {
	if header := o.Fields[name]; header != "" {
		i, err := c.find(header)
		return cellOf{column: i}, err
	}
	if text, ok := o.Values[name]; ok {
		return cellOf{column: -1, text: text}, nil
	}
	if i, ok := c.findKnown(knownHeaders(kind, name)); ok {
		return cellOf{column: i}, nil
	}
	return absent, nil
}

// knownHeaders returns the well-known headers of a field.
func knownHeaders(kind, name string) []string {
	if kind != "" {
		if known, ok := wellKnown[kind+"."+name]; ok {
			return known
		}
	}
	if known, ok := wellKnown[name]; ok {
		return known
	}
	return []string{name}
}

// require is field for one that the reader cannot do without.
func (c columns) require(kind, name string, o Options) (cellOf, error) {
	f, err := c.field(kind, name, o)
	if err != nil || f.exists() {
		return f, err
	}
	known := knownHeaders(kind, name)
	return absent, &RowError{File: c.file, Line: c.line, Field: name,
		Want: "a column such as " + quoteList(examples(name, known), 3),
		Do:   "the nearest headers are " + quoteList(c.nearest(known...), 3) + ": name one in columns." + name}
}

// examples returns up to three well-known headers for a message: those without
// "#", which is ours.
func examples(name string, known []string) []string {
	var plain []string
	for _, k := range known {
		if !strings.Contains(k, "#") && k != name && len(plain) < 3 {
			plain = append(plain, k)
		}
	}
	if len(plain) == 0 {
		return []string{name}
	}
	return plain
}

// keep is Options.Keep with its columns found.
type keep []keepColumn

type keepColumn struct {
	column int
	values []string
}

func (c columns) keep(o Options) (keep, error) {
	var k keep
	for _, name := range sortedKeys(o.Keep) {
		if len(o.Keep[name]) == 0 {
			continue
		}
		i, err := c.find(name)
		if err != nil {
			return nil, err
		}
		k = append(k, keepColumn{i, o.Keep[name]})
	}
	return k, nil
}

// has tells whether a row has one of the wanted values in every column of k.
func (k keep) has(cells []string) bool {
	for _, c := range k {
		if c.column >= len(cells) || !slices.Contains(c.values, cells[c.column]) {
			return false
		}
	}
	return true
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
