package draft

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"hubreach/internal/study"
)

// describe fills in what an input is called and which edition it is.
func (c *chooser) describe() {
	count := map[string]int{}
	for _, o := range c.offers {
		if o.role != "" {
			count[o.role]++
		}
	}
	used := map[string]bool{}
	for _, role := range study.Roles() {
		used[role] = true
	}
	for _, o := range c.offers {
		if o.role == "" {
			continue
		}
		in := &o.input
		if o.role == "streets" || o.role == "timetable" {
			in.Format = o.format
		}
		if o.role == "settlements" && o.geometry == "" && !in.IsTable() {
			in.Format = o.format
		}
		if count[o.role] > 1 {
			in.Name = o.uniqueName(used)
		}
		in.Edition = o.editionText()
		if m, ok := c.manifests[o.file]; ok {
			in.Edition, in.Publisher, in.Licence, in.Address, in.Manifest = m.edition, m.publisher, m.licence, m.address, m.manifest
		}
	}
}

// uniqueName makes a name for an input from that of its file.
func (o *offer) uniqueName(used map[string]bool) string {
	base := strings.TrimSuffix(path.Base(o.file), ".gz")
	base = strings.TrimSuffix(base, path.Ext(base))
	name := slug(base + " " + path.Base(o.layer))
	for n := 2; used[name]; n++ {
		name = fmt.Sprintf("%s_%d", slug(base+" "+path.Base(o.layer)), n)
	}
	used[name] = true
	return name
}

// slug writes a text in lower-case letters and digits with underscores
// between them.
func slug(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	if len(words) == 0 || words[len(words)-1] == "." {
		return "input"
	}
	return strings.Join(words, "_")
}

var (
	headerYear = regexp.MustCompile(`(?i)(?:RUC|BUA|BUASD)(\d\d)`)
	fileDate   = regexp.MustCompile(`((?:19|20)\d\d-?[01]\d-?[0-3]\d)`)
)

// editionText says which edition an offer is, as far as its columns and its
// name tell; empty when they do not.
func (o *offer) editionText() string {
	switch o.role {
	case "boundaries", "centroids":
		if o.areas != "" {
			return map[string]string{"boundaries": "LSOA ", "centroids": "centroids of LSOA "}[o.role] + o.areas
		}
	case "lookup":
		return "LSOA 2011 to LSOA 2021, exact fit"
	case "indicators":
		if o.year > 0 {
			return fmt.Sprintf("Indices of Deprivation %d, by its areas and columns", o.year)
		}
	case "population":
		if o.year > 0 {
			return fmt.Sprintf("residents of %d, by its name", o.year)
		}
	case "rural_urban", "settlements":
		what := map[string]string{"rural_urban": "Rural Urban Classification", "settlements": "built-up areas"}[o.role]
		if m := headerYear.FindStringSubmatch(strings.Join(o.header, " ")); m != nil {
			return fmt.Sprintf("%s 20%s, by its columns", what, m[1])
		}
	default:
		if m := fileDate.FindStringSubmatch(path.Base(o.file)); m != nil {
			return m[1] + ", by its name"
		}
		if year := yearOf(path.Base(o.file)); year > 0 {
			return fmt.Sprintf("%d, by its name", year)
		}
	}
	return ""
}

// countyTitle names the place that the draft is of.
func (c *chooser) countyTitle() (name string, known bool) {
	if c.county != "" {
		return c.county, true
	}
	var names []string
	for _, n := range c.districts {
		names = append(names, n)
	}
	slices.Sort(names)
	if len(names) == 1 && names[0] != "" {
		return names[0], true
	}
	return "My county", false
}
