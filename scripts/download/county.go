package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// County is the place that inputs are fetched for.
type County struct {
	Code      string // of the upper tier; empty when not listed
	Slug      string // the name of its folder, and of Geofabrik's extract
	Name      string
	Region    string   // of the bus timetables; empty when not known
	Districts []string // LAD codes, sorted
}

var (
	slugForm     = regexp.MustCompile(`^[a-z][a-z-]*$`)
	districtForm = regexp.MustCompile(`^E0[6-9]\d{6}$`)
)

// taken are the folders of data/ that are not counties.
var taken = []string{"sample", "studies", "generate"}

// findCounty returns the county of a name or code. Districts and region, when
// not empty, stand in for those listed; a county that is not listed needs
// districts.
//
// Source of counties.csv: ONS, Lower Tier Local Authority to Upper Tier Local
// Authority look-up; the counties of two tiers as of April 2023.
func findCounty(county, districts, region string) (County, error) {
	if county == "" {
		return County{}, fmt.Errorf("which county? for example: scripts/fetch kent")
	}
	known, err := loadCounties()
	if err != nil {
		return County{}, err
	}
	c := County{Name: county, Slug: strings.ReplaceAll(strings.ToLower(county), " ", "-")}
	at := slices.IndexFunc(known, func(k County) bool { return k.Code == strings.ToUpper(county) || k.Slug == c.Slug })
	if at >= 0 {
		c = known[at]
	}
	if !slugForm.MatchString(c.Slug) || slices.Contains(taken, c.Slug) {
		return County{}, fmt.Errorf("county %q: want a name of letters, or a code such as E10000016", county)
	}
	if districts != "" {
		c.Districts = strings.Split(strings.ReplaceAll(districts, " ", ""), ",")
		slices.Sort(c.Districts)
		c.Districts = slices.Compact(c.Districts)
	}
	for _, d := range c.Districts {
		if !districtForm.MatchString(d) {
			return County{}, fmt.Errorf("district %q: want a code such as E07000105", d)
		}
	}
	if len(c.Districts) == 0 {
		var names []string
		for _, k := range known {
			names = append(names, k.Slug)
		}
		return County{}, fmt.Errorf("county %q is not listed: add --districts E07...,E07..., or take one of %s", county, strings.Join(names, ", "))
	}
	if region != "" {
		c.Region = region
	}
	return c, nil
}

// loadCounties reads the table that is built in.
func loadCounties() ([]County, error) {
	f, err := tables.Open("counties.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := readTable(f, "counties.csv", []string{"code", "slug", "name", "region", "districts"})
	if err != nil {
		return nil, err
	}
	var all []County
	for _, r := range rows {
		all = append(all, County{Code: r[0], Slug: r[1], Name: r[2], Region: r[3], Districts: list(r[4])})
	}
	return all, nil
}
