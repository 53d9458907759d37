package draft

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"hubreach/internal/source"
)

// Words that tell a place of family help from a place where outreach can meet.
var (
	siteWords  = regexp.MustCompile(`(?i)family[-_ ]?hub|child(ren)?['’]?s?[-_ ]?centre|start[-_ ]for[-_ ]life|\bhubs?\b`)
	siteFiles  = regexp.MustCompile(`(?i)family[-_ ]?hub|child(ren)?['’]?s?[-_ ]?centre|(^|[-_ ])(hub|site)s?([-_ .]|$)`)
	venueWords = regexp.MustCompile(`(?i)librar|school|nursery|academy|college|hall|church|communit|youth|worship|leisure`)
	venueFiles = regexp.MustCompile(`(?i)venue|librar|school|hall|church|communit|gias|edubase`)
)

// The forms of the columns that lists of places have, squeezed.
const (
	nameForm      = `name|sitename|venuename|establishmentname|familyhub|familyhubname|hub|hubname|library|libraryname|centrename|centre|childrenscentre`
	typeForm      = `kind|type|establishmenttype|typeofestablishmentname|category`
	authorityForm = `uppertierauthority|uppertierlocalauthority|localauthority|localauthorityname|laname|authority|county`
	postcodeNames = `postcode|postcodes|pcds|pcd|pcd7|pcd8|postalcode`
)

// judgePlaces tells what a list of places is for.
func (s *sniffer) judgePlaces(o *offer) {
	name := o.column(nameForm)
	keyed := slices.Concat(o.columnsOf("lsoa"), o.columnsOf("oa"))
	named := name >= 0 || o.column("urn|siteid|venueid") >= 0
	located := o.geometry == "point" || o.hasPosition()
	postcodes := o.has("postcode") || o.column(postcodeNames) >= 0
	switch {
	case o.column("atcocode|stopid|tiploc|crscode|naptancode") >= 0:
		o.why = "stops or stations: a timetable comes from a GTFS feed"
	case len(o.header) == len(codePointCells) && postcodeForm.MatchString(o.header[0]):
		o.take("points", "postcodes in the layout of Code-Point Open, without a header")
		s.place(o)
	case located && len(keyed) > 0 && !named && !postcodes:
		s.judgeCentres(o, keyed[0])
	case located && postcodes && !named:
		o.take("points", "postcodes with coordinates")
		o.mapPostcode()
		s.place(o)
		o.live()
	case !named || !located && !postcodes:
	default:
		s.judgeNamed(o, name)
	}
}

// codePointCells is a row of Code-Point Open: postcode, quality, easting,
// northing and six codes. Source: OS, Code-Point Open technical specification.
var codePointCells = [10]string{}

// judgeCentres takes one point an area.
func (s *sniffer) judgeCentres(o *offer, key int) {
	if o.kinds[key] == "oa" {
		o.take("points", "one point for each output area")
		o.level = 2
	} else {
		o.keyOn(key)
		o.take("centroids", "one point for each LSOA"+ofEdition(o.areas))
	}
	o.mapTo("id", key)
	s.place(o)
}

// mapPostcode makes the column of postcodes the id of a point.
func (o *offer) mapPostcode() {
	for _, form := range []string{"pcds", postcodeNames} {
		if i := o.column(form); i >= 0 {
			o.mapTo("id", i)
			return
		}
	}
	if all := o.columnsOf("postcode"); len(all) > 0 {
		o.mapTo("id", all[0])
	}
}

// live keeps the postcodes that are still in use: the ONS Postcode Directory
// has the date of termination of the others. Source: ONS, ONSPD User Guide.
func (o *offer) live() {
	if i := o.column("doterm"); i >= 0 {
		o.keep(i, "")
	}
}

func (o *offer) keep(column int, values ...string) {
	if o.input.Keep == nil {
		o.input.Keep = map[string][]string{}
	}
	o.input.Keep[o.header[column]] = values
}

// judgeNamed tells sites from venues.
func (s *sniffer) judgeNamed(o *offer, name int) {
	base := path.Base(o.file)
	kind := o.column(typeForm)
	site := o.share(kind, siteWords) * 3
	if o.column("siteid|familyhub|familyhubname") >= 0 {
		site += 2
	}
	if siteFiles.MatchString(base) {
		site++
	}
	venue := o.share(kind, venueWords) * 2
	if o.column("venueid") >= 0 {
		venue += 2
	}
	if venueFiles.MatchString(base) || slices.ContainsFunc(o.header, func(h string) bool { return strings.Contains(strings.ToLower(h), "librar") }) {
		venue++
	}
	if o.column("urn") >= 0 {
		venue++
	}
	what := fmt.Sprintf("a list of %d places", len(o.rows))
	if !o.whole {
		what = "a list of places"
	}
	switch {
	case site >= 1 && site >= venue:
		o.take("sites", what+" that speaks of hubs, centres or sites")
		o.level = -int(site * 10)
	case venue >= 1:
		o.take("venues", what+" where outreach can meet: libraries, schools, halls")
	default:
		o.take("venues", what+" of an unknown kind")
		o.level = 2
	}
	if name >= 0 {
		o.mapPlaceName(name)
	}
	if i := o.column("establishmentstatusname"); i >= 0 {
		o.keep(i, "Open", "Open, but proposed to close")
	}
	if i := o.column("type"); i >= 0 && o.share(i, regexp.MustCompile(`^Static Library$`)) > 0 {
		o.keep(i, "Static Library")
	}
	s.place(o)
}

// share returns the share of the rows whose cell fits.
func (o *offer) share(column int, form *regexp.Regexp) float64 {
	if column < 0 || len(o.rows) == 0 {
		return 0
	}
	n := 0
	for _, row := range o.rows {
		if form.MatchString(row[column]) {
			n++
		}
	}
	return float64(n) / float64(len(o.rows))
}

// mapPlaceName names the column of the names, unless the reader finds it.
func (o *offer) mapPlaceName(column int) {
	p, err := source.ReadPlaces(bytes.NewReader(o.sample()), o.file, source.Options{})
	if err != nil || len(p.Rows) == 0 || p.Rows[0].Name != o.rows[0][column] {
		o.mapTo("name", column)
	}
}

// place reads the places of a table as a run will, and says what keeps a run
// from reading them.
func (s *sniffer) place(o *offer) {
	options := source.Options{Fields: o.input.Columns, Keep: o.input.Keep}
	p, err := source.ReadPlaces(bytes.NewReader(o.text), o.file, options)
	if err != nil && o.geometry == "" { // columns such as X and Y do not say what they are in
		for _, crs := range []source.CRS{source.WGS84, source.BritishNationalGrid} {
			options.CRS = crs
			if q, again := source.ReadPlaces(bytes.NewReader(o.text), o.file, options); again == nil {
				p, err = q, nil
				o.input.CRS = string(crs)
				break
			}
		}
	}
	if err != nil && o.geometry == "" {
		o.spoil(err)
		return
	}
	o.places = p.Rows
	if o.geometry == "" {
		s.putPlaces(o, p)
		if p.Unlocated > 0 {
			o.remarks = append(o.remarks, fmt.Sprintf("%d of %d have no coordinates: a run puts them at their postcode, where an input with role points has it.", p.Unlocated, len(p.Rows)))
		}
	}
}

// spoil marks an offer that its reader refuses.
func (o *offer) spoil(err error) {
	o.level = spoilt
	o.remarks = append(o.remarks, "DECIDE: it cannot be read as it stands: "+oneLine(err.Error()))
}

// spoilt is the level of an offer that is never taken by itself.
const spoilt = 9
