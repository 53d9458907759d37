package estate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hubreach/internal/county"
)

// Space is what a service needs of a building.
type Space string

// The spaces. NoSpace is a service that needs no hub at all; AnySpace is content
// with any open site.
const (
	NoSpace     Space = "none"
	AnySpace    Space = "any"
	YouthRoom   Space = "youth_space"
	UnderFives  Space = "under_fives"
	PrivateRoom Space = "private_room"
)

// Spaces lists the spaces.
var Spaces = [...]Space{NoSpace, AnySpace, YouthRoom, UnderFives, PrivateRoom}

// Service is one service of a service option.
type Service struct {
	Name      string
	Needs     Space
	Delivered bool
	StaffFTE  county.Value // full-time equivalents, of the whole county
}

// ServiceOption is a level of service: what is delivered, and by how many staff.
type ServiceOption struct {
	ID, Name string
	Services []Service
}

// FTE returns the staff of the services delivered, in full-time equivalents, and
// whether that of each is known.
func (s *ServiceOption) FTE() (float64, bool) {
	sum, known := 0.0, true
	for _, x := range s.Services {
		if x.Delivered {
			sum += x.StaffFTE.Number
			known = known && x.StaffFTE.Known()
		}
	}
	return sum, known
}

// spaceWords are the declared rules for services whose table does not say what
// they need, first match first: an assumption that a column "needs" replaces.
var spaceWords = []struct {
	needs Space
	words []string
}{
	{NoSpace, []string{"detached", "outreach", "digital", "online", "virtual", "home learning"}},
	{UnderFives, []string{"young parent", "play", "infant", "baby", "babies", "toddler"}},
	{PrivateRoom, []string{"mental health", "conflict", "special educational", "health visit", "clinic", "money", "counselling", "midwi"}},
	{YouthRoom, []string{"youth", "young people", "adolescen"}},
}

// DefaultSpace returns what a service needs by its name.
func DefaultSpace(service string) Space {
	name := strings.ToLower(service)
	for _, rule := range spaceWords {
		if slices.ContainsFunc(rule.words, func(w string) bool { return strings.Contains(name, w) }) {
			return rule.needs
		}
	}
	return AnySpace
}

// offers reports whether a site can offer a service: one that lists its services
// offers those alone, any other what its rooms allow.
func offers(site *county.Site, s Service) county.Tri {
	if site.Services != nil && !slices.Contains(site.Services, s.Name) {
		return county.No
	}
	return has(site, s.Needs)
}

// has reports whether a site has a space.
func has(s *county.Site, space Space) county.Tri {
	switch space {
	case YouthRoom:
		return s.YouthSpace
	case UnderFives, PrivateRoom:
		switch strings.ToLower(strings.TrimSpace(s.Attributes[string(space)])) {
		case "yes", "y", "true", "1":
			return county.Yes
		case "no", "n", "false", "0":
			return county.No
		}
		return county.NotStated
	}
	return county.Yes
}

// Delivery says whether a service can be delivered under an estate option: staff
// work across the sites of their district, so it takes one open site with the
// space in every district.
type Delivery struct {
	Service string
	Needs   Space
	// Deliverable is No when a district has open sites that all say they lack the
	// space or leave the service out of those they list, or no open site; NotStated when it hangs on sites that say nothing.
	Deliverable county.Tri
	Lacking     []county.DistrictCode // that settle it: without the space
	Unsure      []county.DistrictCode // where no site says yes and some say nothing
}

// Combination is one service option in one estate option.
type Combination struct {
	Service int // position among the service options
	Estate  int // position among the estate options
	// Deliveries are of the services that the service option delivers, in order.
	Deliveries []Delivery
	// Deliverable is No when one of them is, else NotStated when one of them is.
	Deliverable county.Tri
	OpenSites   int
	FTE         float64 // of the services delivered; FTEKnown when of each
	FTEKnown    bool
	// Staffing is what staffing the open sites costs in a year, in pounds, at this
	// level of service: the sites' own staffing costs, which are taken to pay for
	// the fullest of the service options, times the share of its staff. StaffKnown
	// is set when every part is known. Change is Staffing less that of the baseline
	// at the same level of service; ChangeKnown when both are.
	Staffing    float64
	StaffKnown  bool
	Change      float64
	ChangeKnown bool
	// Hours are the opening hours of the open sites in a year; HoursKnown when
	// every one states them.
	Hours      float64
	HoursKnown bool
	Words      string // one or two sentences
}

// Combine crosses every service option with every estate option, by service
// option. baseline is the position of the estate option that staffing is
// compared with. At equal hours a site more never lowers the staffing cost,
// because each site brings its own.
func Combine(c *county.County, services []ServiceOption, options []Option, baseline int) []Combination {
	fullest := 0.0
	for i := range services {
		fte, _ := services[i].FTE()
		fullest = max(fullest, fte)
	}
	var all []Combination
	for s := range services {
		first := len(all)
		for e := range options {
			all = append(all, combine(c, services[s], options[e], fullest))
			x := &all[len(all)-1]
			x.Service, x.Estate = s, e
		}
		for k := first; k < len(all); k++ {
			x := &all[k]
			x.Change, x.ChangeKnown = x.Staffing-all[first+baseline].Staffing, all[first+baseline].StaffKnown && x.StaffKnown
			x.Words = x.say(c, services[s], options[x.Estate], x.ChangeKnown)
		}
	}
	return all
}

// combine judges one combination.
func combine(c *county.County, s ServiceOption, o Option, fullest float64) Combination {
	c = o.In(c)
	x := Combination{Deliverable: county.Yes, StaffKnown: true, HoursKnown: true}
	x.FTE, x.FTEKnown = s.FTE()
	for _, service := range s.Services {
		if !service.Delivered {
			continue
		}
		d := deliver(c, service, o)
		x.Deliveries = append(x.Deliveries, d)
		switch {
		case d.Deliverable == county.No:
			x.Deliverable = county.No
		case d.Deliverable == county.NotStated && x.Deliverable == county.Yes:
			x.Deliverable = county.NotStated
		}
	}
	for _, i := range o.OpenSites() {
		site := &c.Sites[i]
		x.OpenSites++
		x.Staffing += site.Cost.Staffing.Number
		x.StaffKnown = x.StaffKnown && site.Cost.Staffing.Known()
		hours, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(site.Attributes["annual_hours"]), ",", ""), 64)
		if err != nil || !(hours >= 0) {
			x.HoursKnown = false
			continue
		}
		x.Hours += hours
	}
	x.StaffKnown = x.StaffKnown && x.FTEKnown
	x.Staffing *= ratio(x.FTE, fullest)
	return x
}

// deliver judges one service district by district.
func deliver(c *county.County, s Service, o Option) Delivery {
	d := Delivery{Service: s.Name, Needs: s.Needs, Deliverable: county.Yes}
	if s.Needs == NoSpace {
		return d
	}
	best := make(map[county.DistrictCode]county.Tri, len(c.Districts))
	silent := map[county.DistrictCode]bool{}
	for _, i := range o.OpenSites() {
		site := &c.Sites[i]
		answer := offers(site, s)
		silent[site.District] = silent[site.District] || answer == county.NotStated
		best[site.District] = max(best[site.District], answer)
	}
	for _, district := range c.Districts {
		switch {
		case best[district.Code] == county.Yes:
		case silent[district.Code]:
			d.Unsure = append(d.Unsure, district.Code)
		default:
			d.Lacking = append(d.Lacking, district.Code)
		}
	}
	switch {
	case len(d.Lacking) > 0:
		d.Deliverable = county.No
	case len(d.Unsure) > 0:
		d.Deliverable = county.NotStated
	}
	return d
}

// say puts a combination into words.
func (x *Combination) say(c *county.County, s ServiceOption, o Option, costed bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s with %s: ", s.Name, o.Name)
	switch x.Deliverable {
	case county.Yes:
		b.WriteString("every service can be delivered in every district.")
	case county.NotStated:
		fmt.Fprintf(&b, "not shown to be deliverable: %s.", x.list(c, county.NotStated))
	default:
		fmt.Fprintf(&b, "not deliverable: %s.", x.list(c, county.No))
	}
	switch {
	case !costed:
		b.WriteString(" Staffing: not costed.")
	case x.Change == 0:
		fmt.Fprintf(&b, " Staffing costs %.0f pounds a year.", x.Staffing)
	default:
		fmt.Fprintf(&b, " Staffing costs %.0f pounds a year, %+.0f beside the baseline.", x.Staffing, x.Change)
	}
	return b.String()
}

// list names the services with a verdict and the districts that settle it.
func (x *Combination) list(c *county.County, verdict county.Tri) string {
	var parts []string
	for _, d := range x.Deliveries {
		if d.Deliverable != verdict {
			continue
		}
		where, what := d.Lacking, "has no open site with"
		if verdict == county.NotStated {
			where, what = d.Unsure, "no open site says it has"
		}
		var names []string
		for _, code := range where {
			names = append(names, c.DistrictName(code))
		}
		space := strings.ReplaceAll(string(d.Needs), "_", " ")
		switch d.Needs {
		case AnySpace:
			what, space = strings.TrimSuffix(what, " with"), ""
		case UnderFives:
			space = " a room for " + space
		default:
			space = " a " + space
		}
		parts = append(parts, fmt.Sprintf("%s (%s%s: %s)", d.Service, what, space, strings.Join(names, ", ")))
	}
	return strings.Join(parts, "; ")
}
