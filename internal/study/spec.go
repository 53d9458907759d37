package study

// Spec is a study file as written: what is read, with which parameters, and
// which options are compared. One Spec says all that is needed to run again.
//
// The zero value of a parameter means "the default"; ParseSpec fills defaults
// in, so that a Spec in use, and the summary that prints it, holds every number.
type Spec struct {
	Name     string `toml:"name" json:"name"`
	Title    string `toml:"title" json:"title,omitempty"`
	About    string `toml:"about" json:"about,omitempty"`
	Baseline string `toml:"baseline" json:"baseline"` // id of the option that losers are counted against; default: the first
	// Districts, when given, are the only districts whose areas are kept.
	Districts []string `toml:"districts" json:"districts,omitempty"`

	Inputs   []Input   `toml:"input" json:"-"`
	Need     Need      `toml:"need" json:"need"`
	Walk     Walk      `toml:"walk" json:"walk"`
	Points   Points    `toml:"points" json:"points"`
	Transit  Transit   `toml:"transit,omitempty" json:"transit,omitzero"`
	Equality Equality  `toml:"equality,omitempty" json:"equality,omitzero"`
	Outreach Outreach  `toml:"outreach" json:"outreach"`
	Score    Score     `toml:"score" json:"score"`
	Budget   Budget    `toml:"budget,omitempty" json:"budget,omitzero"`
	Options  []Option  `toml:"option" json:"options"`
	Licences []Licence `toml:"licence" json:"licences,omitempty"`
}

// Input is one file and what it is read for.
//
// Roles: boundaries, districts, indicators, population, rural_urban,
// settlements, lookup, centroids, points, streets, heights, timetable, sites,
// neighbour_sites, venues, options, costs, catchments, services, groups.
type Input struct {
	Role      string `toml:"role"`
	Name      string `toml:"name"`       // how other parts of the study file refer to it; default: the role
	File      string `toml:"file"`       // relative to --data, or to the study file; of a timetable also a folder with its text files
	Format    string `toml:"format"`     // default: told by the content. csv, xlsx, geojson, gpkg, shp, pbf, gtfs
	Layer     string `toml:"layer"`      // layer of a GeoPackage, sheet of a workbook, file inside an archive
	Areas     string `toml:"areas"`      // edition of the small areas that the rows are keyed to: "2011" or "2021"; default: that of the boundaries
	CRS       string `toml:"crs"`        // "EPSG:4326" or "EPSG:27700"; default: as the file says
	Encoding  string `toml:"encoding"`   // "utf-8" or "windows-1252"; default: told by the content
	HeaderRow int    `toml:"header_row"` // line or row of the column names, from 1; default: told by the content

	// Columns maps a field of the role to the file's column. A field left out
	// takes the first of its well-known publishers' headers that the file has.
	Columns map[string]string `toml:"columns"`
	// Keep lists, per column, the values of the rows to read; others are counted
	// as filtered. Empty keeps every row.
	Keep map[string][]string `toml:"keep"`
	// Values holds, for every row, the value of a field the file does not have.
	Values map[string]string `toml:"values"`
	// Indicators, for the role indicators: what each column means.
	Indicators []Indicator `toml:"indicator"`
	// Groups, for the role groups: which people each column counts.
	Groups []Group `toml:"group" json:",omitempty"`

	Edition   string `toml:"edition"`
	Publisher string `toml:"publisher"`
	Licence   string `toml:"licence"`
	Address   string `toml:"address"`
	Manifest  string `toml:"manifest"` // written by scripts/fetch: address, date and SHA-256 of each file
}

// Indicator names one measure of a table of indicators. At least one of Rank,
// Rate, Value or Numerator is a column of the file.
type Indicator struct {
	ID        string `toml:"id"` // imd, income, idaci, health, crime, ...
	Title     string `toml:"title"`
	Rank      string `toml:"rank"`       // column of the national rank, 1 = most deprived
	Of        int    `toml:"of"`         // how many areas the rank counts; required with Rank
	Decile    string `toml:"decile"`     // column of the national decile, 1 = most deprived
	Score     string `toml:"score"`      // column of the published score
	Rate      string `toml:"rate"`       // column of a share of people
	Percent   bool   `toml:"percent"`    // Rate is 0 to 100, not 0 to 1
	Numerator string `toml:"numerator"`  // column of a number of people; divided by the residents of Ages
	Ages      [2]int `toml:"ages"`       // for Numerator: first and last age, both included
	Value     string `toml:"value"`      // column of a value with no national rank: ranked within the study's own areas
	LowIsBad  bool   `toml:"low_is_bad"` // for Value: low values are the deprived end
}

// Need says how need is measured.
type Need struct {
	// Weights of the indicators in the need index. Empty: need from population alone.
	Weights map[string]float64 `toml:"weights" json:"weights"`
	// Rate lists the indicators that give the share of people in need, best first:
	// the first that has a value for an area is used. Empty: everyone counts as in need, and every result says so.
	Rate []string `toml:"rate" json:"rate"`
	// Decile is the indicator whose published decile is reported as deprivation_decile.
	Decile string `toml:"decile" json:"decile"`
	// Youth holds the weights of the youth indicators of the detached youth rule.
	Youth map[string]float64 `toml:"youth" json:"youth"`
}

// Walk says how walks are measured.
type Walk struct {
	Minutes      float64   `toml:"minutes" json:"minutes"`             // 20; exactly on the line is inside
	LimitMinutes float64   `toml:"limit_minutes" json:"limit_minutes"` // 60; longer walks are not looked for
	DetourFactor float64   `toml:"detour_factor" json:"detour_factor"` // 1.3; only without streets
	SnapLimitM   float64   `toml:"snap_limit_m" json:"snap_limit_m"`   // 500; a longer link to the streets is refused and listed
	Outlines     []float64 `toml:"outlines" json:"outlines"`           // minutes of the catchment outlines; default: Minutes
	IslandNodes  int       `toml:"island_nodes" json:"island_nodes"`   // 20; a piece of the street network with fewer junctions is never snapped to
	Method       string    `toml:"method" json:"method"`               // "streets", "straight_line" or "catchments"; default: the best the inputs allow
	Profiles     []Profile `toml:"profile" json:"profiles"`            // default: adult, pushchair, wheelchair, young_person
	Direction    string    `toml:"direction" json:"direction"`         // "to_hub" (home to hub, the default) or "from_hub"; they differ on one-way footways and slopes
	OutsideSites bool      `toml:"outside_sites" json:"outside_sites"` // count sites outside the county as places to walk to
	// Slope is how heights lengthen walks: "none", "tobler" or "naismith", see
	// walk.Slope. Default: tobler where an input has the role heights.
	Slope string `toml:"slope" json:"slope,omitempty"`
	// Dark names profiles that are also measured after dark: each as a profile of
	// its own, NAME_dark, barred from ways tagged lit=no.
	Dark []string `toml:"dark" json:"dark,omitempty"`
}

// Profile is one way of walking. The first of a study is the one that decides
// who is covered.
type Profile struct {
	Name        string  `toml:"name" json:"name"`
	SpeedKmh    float64 `toml:"speed_kmh" json:"speed_kmh"`
	StepsKmh    float64 `toml:"steps_kmh" json:"steps_kmh"` // speed along steps; 0 bars them
	Wheels      bool    `toml:"wheels" json:"wheels"`       // barred by stiles, kissing gates, raised kerbs and paths narrower than MinWidthM
	MinWidthM   float64 `toml:"min_width_m" json:"min_width_m"`
	RoughFactor float64 `toml:"rough_factor" json:"rough_factor"` // multiplies the time on poor surfaces; default 1
	LitOnly     bool    `toml:"lit_only" json:"lit_only"`         // bars ways tagged lit=no
}

// Points says where in an area its people live.
type Points struct {
	Method   string  `toml:"method" json:"method"`       // "points", "streets", "centroids" or "areal"; default: the best the inputs allow
	SpacingM float64 `toml:"spacing_m" json:"spacing_m"` // 50; between the points along residential streets
}

// Outreach holds the thresholds of design.md section 7.
type Outreach struct {
	BuildingThreshold float64 `toml:"building_threshold" json:"building_threshold"` // B, people in need 0-19; 0: the lower quartile over the baseline's open hubs
	OutreachThreshold float64 `toml:"outreach_threshold" json:"outreach_threshold"` // U; 0: B / 10
	UncoveredShare    float64 `toml:"uncovered_share" json:"uncovered_share"`       // 0.5; an area with this share or more outside is uncovered
	NeedDecile        int     `toml:"need_decile" json:"need_decile"`               // 3; this decile of need or worse is high need
	TownResidents     float64 `toml:"town_residents" json:"town_residents"`         // 5000; a settlement of this many or more is a whole town
	YouthShare        float64 `toml:"youth_share" json:"youth_share"`               // 0.2; the county's worst fifth of youth need
	TransitMinutes    float64 `toml:"transit_minutes" json:"transit_minutes"`       // 30
	VenueMinutes      float64 `toml:"venue_minutes" json:"venue_minutes"`           // 15
	VenueGain         float64 `toml:"venue_gain" json:"venue_gain,omitempty"`       // 0.1; a venue used already keeps its session unless another reaches this share more
	WeeklyInNeed      float64 `toml:"weekly_in_need" json:"weekly_in_need"`         // people in need of a weekly session; 0: B / 2
	MonthlyInNeed     float64 `toml:"monthly_in_need" json:"monthly_in_need"`       // 0: U
	SessionsPerWeek   float64 `toml:"sessions_per_week" json:"sessions_per_week"`   // staffed outreach sessions a district has; 0: not stated
	// DistrictSessions are those of single districts, by code: district_sessions = { E07000105 = 3 }. 0 is none at all.
	DistrictSessions map[string]float64 `toml:"district_sessions" json:"district_sessions,omitempty"`
}

// Score holds the weights of the criteria; they are scaled to add up to one.
type Score struct {
	Weights map[string]float64 `toml:"weights" json:"weights"` // covered_in_need, equity, walking_time, youth_space, public_transport, cost
}

// Option is an estate option given in the study file. Options may also, or
// instead, come from inputs of the role options.
//
// The open sites are those of Open, or all; less Close; or those that Rule picks.
// With BasedOn or Sites instead, the option is a document, see OptionDocument.
type Option struct {
	ID    string              `toml:"id" json:"id"`
	Name  string              `toml:"name,omitempty" json:"name"`
	About string              `toml:"about,omitempty" json:"about,omitempty"`
	Open  []string            `toml:"open,omitempty" json:"open,omitempty"`   // site ids; empty: every site that Where keeps
	Close []string            `toml:"close,omitempty" json:"close,omitempty"` // site ids
	Where map[string][]string `toml:"where,omitempty" json:"where,omitempty"` // site attribute to accepted values
	Rule  *Rule               `toml:"rule,omitempty" json:"rule,omitempty"`

	BasedOn string       `toml:"based_on,omitempty" json:"based_on,omitempty"` // id of an option before this one
	Author  string       `toml:"author,omitempty" json:"author,omitempty"`
	Sites   []OptionSite `toml:"site,omitempty" json:"sites,omitempty"`
}

// Rule derives an option from the data, the same way each time.
type Rule struct {
	// Kind is "greedy": open, one after another, the site that adds the most
	// people in need within the walk (ties: the lower site id), until Keep are
	// open; with DistrictMin, each district first gets that many. Or "merge":
	// starting from all, while two open sites are within MergeM of each other
	// in a straight line, close the one that alone reaches fewer people in need.
	Kind        string  `toml:"kind" json:"kind"`
	Keep        int     `toml:"keep" json:"keep,omitempty"`
	DistrictMin int     `toml:"district_min" json:"district_min,omitempty"`
	MergeM      float64 `toml:"merge_m" json:"merge_m,omitempty"`
}

// Licence is a line to show with every result.
type Licence struct {
	ID   string `toml:"id" json:"id"`
	Text string `toml:"text" json:"text"`
}
