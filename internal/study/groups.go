package study

import (
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/source"
)

// Equality says how losers by group are published, and which districts lie on
// the coast.
type Equality struct {
	// Coastal lists districts whose people are compared with the rest.
	Coastal []string `toml:"coastal" json:"coastal,omitempty"`
	// SmallNumber is the threshold under which numbers of people are not
	// published, and of which others are multiples; 0: 5, see estate.Publish.
	SmallNumber float64 `toml:"small_number" json:"small_number,omitempty"`
}

// Group says which people a column of a table of groups counts.
type Group struct {
	// Dimension is what the table tells people apart by: sex, ethnicity,
	// disability, lone_parents, no_car, religion or any other word.
	Dimension string   `toml:"dimension"`
	Name      string   `toml:"name"`    // of the group: "female", "Asian", "no car"
	Columns   []string `toml:"columns"` // added up; blank in one: not known for the area
}

// GroupCount is one group, counted by area of the county.
type GroupCount struct {
	estate.Group
	Input string // name of the input
	// Carried is set when the counts were carried from areas of an older edition.
	Carried bool
	// Known is the number of areas with a count.
	Known int
}

// groupTable is a table of groups as read: for each group its columns.
type groupTable struct {
	county.Head
	groups []Group
	at     [][]int // by group: positions in a row's values
	data   source.Values
}

// dimensionName is how a dimension is written.
var dimensionName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// reserved are the dimensions that a study tells people apart by itself.
var reserved = []string{"county", "age", "need", "decile", "district", "rural_urban", estate.Infants}

// groups finds what cannot be meant in a table of groups.
func (in *Input) groups() error {
	if len(in.Groups) == 0 {
		return fmt.Errorf("input %s: no [[input.group]] block: say which columns count whom", in.Name)
	}
	seen := map[[2]string]bool{}
	for _, g := range in.Groups {
		key := [2]string{g.Dimension, g.Name}
		switch {
		case !dimensionName.MatchString(g.Dimension):
			return fmt.Errorf("input %s: group %q: dimension %q: want a word in small letters such as \"ethnicity\"", in.Name, g.Name, g.Dimension)
		case slices.Contains(reserved, g.Dimension):
			return fmt.Errorf("input %s: group %q: dimension %q is told from other inputs: want another word", in.Name, g.Name, g.Dimension)
		case g.Name == "":
			return fmt.Errorf("input %s: a group of dimension %s has no name", in.Name, g.Dimension)
		case len(g.Columns) == 0:
			return fmt.Errorf("input %s: group %q: columns: want the columns that count it", in.Name, g.Name)
		case seen[key]:
			return fmt.Errorf("input %s: group %q of dimension %s stands twice: give each group once", in.Name, g.Name, g.Dimension)
		}
		seen[key] = true
	}
	return nil
}

// groupTable reads the columns of a table of groups.
func (l *loaded) groupTable(in *Input, head county.Head, r io.Reader, o source.Options) error {
	t := groupTable{Head: head, groups: in.Groups, at: make([][]int, len(in.Groups))}
	var names []string
	for i, g := range in.Groups {
		for _, name := range g.Columns {
			k := slices.Index(names, name)
			if k < 0 {
				k = len(names)
				names = append(names, name)
			}
			t.at[i] = append(t.at[i], k)
		}
	}
	rows, err := source.ReadValues(r, in.File, o, names)
	if err != nil {
		return err
	}
	t.data = rows
	l.groups = append(l.groups, t)
	return nil
}

// readGroups joins the tables of groups to the areas, and checks the list of
// coastal districts. Counts of areas of an older edition are carried by the
// look-up, shared out by residents.
func (r *Results) readGroups(l *loaded) error {
	for _, d := range r.Spec.Equality.Coastal {
		if !slices.ContainsFunc(r.County.Districts, func(of county.District) bool { return string(of.Code) == d }) {
			return fmt.Errorf("equality.coastal: district %q: want the codes of districts of the study", d)
		}
	}
	for _, t := range l.groups {
		if t.Older && len(l.tables.Lookup) == 0 {
			return fmt.Errorf("%s: areas of an older edition: add an input with role \"lookup\"", t.File)
		}
		for i, g := range t.groups {
			counts, err := t.counts(i)
			if err != nil {
				return err
			}
			if t.Older {
				counts = carried(l, r.County, counts)
			}
			count := GroupCount{Group: estate.Group{Dimension: g.Dimension, Name: g.Name}, Input: t.Name, Carried: t.Older}
			for a := range r.County.Areas {
				n, ok := counts[r.County.Areas[a].Code]
				if !ok {
					n = math.NaN()
				} else {
					count.Known++
				}
				count.Counts = append(count.Counts, n)
			}
			r.Groups = append(r.Groups, count)
			r.Checks = append(r.Checks, county.Check{Title: fmt.Sprintf("Every area has a count of %s, %s", g.Dimension, g.Name), Ran: true,
				Passed: count.Known == len(r.County.Areas), Detail: fmt.Sprintf("%d of %d areas", count.Known, len(r.County.Areas))})
		}
		l.use(t.Name, t.data.Read, t.used(r.County), len(t.data.Rows)-t.used(r.County))
	}
	return nil
}

// used counts the rows that belong to the county; of an older edition, all.
func (t *groupTable) used(c *county.County) int {
	if t.Older {
		return len(t.data.Rows)
	}
	at, n := c.AreaIndex(), 0
	for _, row := range t.data.Rows {
		if _, ok := at[county.AreaCode(row.Code)]; ok {
			n++
		}
	}
	return n
}

// counts adds up the columns of one group, by area of the table.
func (t *groupTable) counts(group int) (map[county.AreaCode]float64, error) {
	counts := make(map[county.AreaCode]float64, len(t.data.Rows))
	for _, row := range t.data.Rows {
		sum, known := 0.0, true
		for _, k := range t.at[group] {
			v := row.Values[k]
			if v.Known && !(v.Number >= 0 && !math.IsInf(v.Number, 1)) {
				return nil, &source.RowError{File: t.File, Line: row.Line, Field: t.groups[group].Columns[0], Found: fmt.Sprint(v.Number), Want: "a number of people, zero or more", Do: "correct the value"}
			}
			sum += v.Number
			known = known && v.Known
		}
		if known {
			counts[county.AreaCode(row.Code)] = sum
		}
	}
	return counts, nil
}

// carried carries counts of older areas to the county's.
func carried(l *loaded, c *county.County, old map[county.AreaCode]float64) map[county.AreaCode]float64 {
	var links []county.Link
	for _, t := range l.tables.Lookup {
		for _, row := range t.Data.Rows {
			links = append(links, county.Link{From: county.AreaCode(row.Texts[0]), To: county.AreaCode(row.Texts[1]), Change: row.Texts[2]})
		}
	}
	residents := make(map[county.AreaCode]county.Ages, len(c.Areas))
	for i := range c.Areas {
		residents[c.Areas[i].Code] = c.Areas[i].Residents
	}
	return county.NewLookup(links).Numbers(old, residents, [2]int{0, county.LastAge})
}

// groups returns the groups as package estate takes them.
func (r *Results) groups() []estate.Group {
	groups := make([]estate.Group, len(r.Groups))
	for i, g := range r.Groups {
		groups[i] = g.Group
	}
	return groups
}

// Fairness measures how fair each option is, in the order of the study.
func (r *Results) Fairness() []estate.Fairness {
	coastal := districtCodes(r.Spec.Equality.Coastal)
	all := make([]estate.Fairness, len(r.Options))
	for k, o := range r.Options {
		all[k] = estate.Fair(r.input, o.Assessment, coastal)
	}
	return all
}

// GroupName returns a group of a dimension of a table of losers as people say it:
// "aged 0-4" for 0-4, the name of a district for its code.
func (r *Results) GroupName(dimension, group string) string {
	switch dimension {
	case "district":
		return r.County.DistrictName(county.DistrictCode(group))
	case "decile":
		return "deprivation decile " + group
	case "age":
		return "aged " + group
	}
	return group
}
