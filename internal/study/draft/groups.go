package draft

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hubreach/internal/study"
)

// censusGroup is a group of people or households that tables of the Census count.
type censusGroup struct {
	dimension, name string
	// ways are forms of squeezed headers: the first way of which a table has every
	// column counts the group. Narrower groups have longer headers, and fit none.
	ways [][]string
}

// censusGroups are those that a draft looks for.
// Source of the headers: ONS, Census 2021, topic summaries TS003, TS008, TS021,
// TS030, TS038 and TS045, as Nomis publishes them in bulk; some end in "; measures:
// Value".
var censusGroups = []censusGroup{
	{"sex", "female", [][]string{{"sexfemales?"}}},
	{"sex", "male", [][]string{{"sexmales?"}}},
	{"ethnicity", "Asian", [][]string{{"ethnicgroupasianasianbritish(orasianwelsh)?"}}},
	{"ethnicity", "Black", [][]string{{"ethnicgroupblack(blackbritishblackwelshcaribbeanorafrican|africancaribbeanblackbritish)"}}},
	{"ethnicity", "Mixed", [][]string{{"ethnicgroupmixed(or)?multipleethnicgroups?"}}},
	{"ethnicity", "White", [][]string{{"ethnicgroupwhite"}}},
	{"ethnicity", "Other", [][]string{{"ethnicgroupotherethnicgroup"}}},
	{"disability", "disabled", [][]string{{"disabilitydisabledundertheequalityact"},
		{"disabilitydisabledundertheequalityactdaytodayactivitieslimitedalot", "disabilitydisabledundertheequalityactdaytodayactivitieslimitedalittle"}}},
	{"disability", "not disabled", [][]string{{"disabilitynotdisabledundertheequalityact"},
		{"disabilitynotdisabledundertheequalityacthaslongterm.*", "disabilitynotdisabledundertheequalityactnolongterm.*"}}},
	{"lone_parents", "lone-parent households", [][]string{{"householdcomposition(singlefamilyhousehold|onefamilyonly)loneparent(family)?"}}},
	{"no_car", "households without a car", [][]string{{"(numberofcarsorvans|cars)nocarsorvansinhousehold"}}},
	{"religion", "no religion", [][]string{{"religionnoreligion"}}},
	{"religion", "Christian", [][]string{{"religionchristian"}}},
	{"religion", "Buddhist", [][]string{{"religionbuddhist"}}},
	{"religion", "Hindu", [][]string{{"religionhindu"}}},
	{"religion", "Jewish", [][]string{{"religionjewish"}}},
	{"religion", "Muslim", [][]string{{"religionmuslim"}}},
	{"religion", "Sikh", [][]string{{"religionsikh"}}},
	{"religion", "other religion", [][]string{{"religionotherreligion"}}},
	{"religion", "not answered", [][]string{{"religionnotanswered"}}},
}

// measuresValue ends some headers of Nomis, squeezed.
const measuresValue = "measuresvalue"

// groupsOf finds the groups that a table counts, in the order of censusGroups.
func (o *offer) groupsOf() (found []study.Group) {
	for _, g := range censusGroups {
		for _, way := range g.ways {
			if columns := o.counted(way); columns != nil {
				found = append(found, study.Group{Dimension: g.dimension, Name: g.name, Columns: columns})
				break
			}
		}
	}
	return found
}

// counted returns the headers that fit the forms, one each; nil when one is missing.
func (o *offer) counted(forms []string) []string {
	var columns []string
	for _, form := range forms {
		at := o.column("(?:" + form + ")(?:" + measuresValue + ")?")
		if at < 0 {
			return nil
		}
		columns = append(columns, o.header[at])
	}
	return columns
}

// dimensionsOf names what groups tell people apart by, each once.
func dimensionsOf(groups []study.Group) (names []string) {
	for _, g := range groups {
		if !slices.Contains(names, g.Dimension) {
			names = append(names, g.Dimension)
		}
	}
	return names
}

// longForm fits the header of the one column of counts of a table that has a row
// for each area and group, as the ONS and Nomis give what was chosen by hand.
var longForm = regexp.MustCompile(`^(observation|obsvalue)$`)

// judgeGroups tells whether a table counts groups of people.
func (o *offer) judgeGroups(keyed string) bool {
	found := o.groupsOf()
	if len(found) == 0 {
		if slices.ContainsFunc(o.header, func(h string) bool { return longForm.MatchString(squeeze(h)) }) {
			o.why = keyed + ", with a row for each area and group: a study reads a row an area and a column a group, as in the bulk files of the Census (census2021-ts021-lsoa.csv and the like)"
			return true
		}
		return false
	}
	o.take("groups", fmt.Sprintf("%s, with people or households by %s", keyed, strings.Join(dimensionsOf(found), ", ")))
	o.input.Groups = found
	o.year = yearOf(o.layer, o.file)
	o.map1("code", o.key)
	return true
}

// chooseGroups takes for each dimension one table: of the areas' own edition, and
// the newest, and the one that tells most groups apart.
func (c *chooser) chooseGroups() {
	all := c.of("groups")
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(cmp.Compare(c.older(a), c.older(b)), -cmp.Compare(a.year, b.year), -cmp.Compare(len(a.input.Groups), len(b.input.Groups)))
	})
	from := map[string]*offer{}
	for _, o := range all {
		var rest []study.Group
		other := ""
		for _, g := range o.input.Groups {
			switch first := from[g.Dimension]; first {
			case nil, o:
				from[g.Dimension] = o
				rest = append(rest, g)
			default:
				other = first.label()
			}
		}
		if len(rest) == 0 {
			o.refuse("%s is taken", other)
			continue
		}
		o.input.Groups, o.taken = rest, true
	}
}
