package draft

// roleWords says what a role is, and for one that is missing what to look for
// and where. The addresses are those of domain.md section 4f.
type roleWords struct {
	role, is string
	// without says what a study does without it.
	without string
	// seek is what to look for, a line each.
	seek []string
	file string // an example
}

// geoportal is where the Office for National Statistics publishes geography.
const geoportal = "Open Geography Portal, geoportal.statistics.gov.uk"

// order are the roles in the order in which a draft has them.
var order = []roleWords{
	{"boundaries", "the small areas (LSOAs) in which everything is counted", "Nothing runs without it.", []string{
		"Polygons of LSOAs with the columns LSOA21CD and LSOA21NM: GeoJSON, GeoPackage or a zipped Shapefile, cut to the county.",
		"Look for \"Lower layer Super Output Areas December 2021 Boundaries EW BGC\" on the " + geoportal + ".",
	}, "boundaries.geojson"},
	{"districts", "the district of each area, and the districts' names", "Then the boundaries have to name each area's district; names are told from the areas' own.", []string{
		"A table with LSOA21CD, LAD24CD and LAD24NM: a look-up from LSOA to local authority district, on the " + geoportal + ".",
	}, "districts.csv"},
	{"lookup", "which areas of 2011 became which of 2021", "Then nothing that is keyed to areas of 2011 can be used.", []string{
		"Only for tables keyed to areas of 2011. \"LSOA (2011) to LSOA (2021) to Local Authority District (2022) Exact Fit Lookup\" on the " + geoportal + ": it has CHGIND.",
	}, "lsoa11_lsoa21_exact.csv"},
	{"population", "residents by age", "Nothing runs without it.", []string{
		"A table of LSOAs with every age from 0 to 19, best by single year (F0 to F90 and M0 to M90, or 0 to 90+).",
		"\"Lower layer Super Output Area population estimates\" on ons.gov.uk (sapelsoasyoa20222024.xlsx; name the sheet in layer), or table NM_2014_1 on nomisweb.co.uk.",
	}, "population.csv"},
	{"indicators", "deprivation", "Then need is told from the number of children alone, and every result says so.", []string{
		"File 7 of the English Indices of Deprivation 2025, on gov.uk: File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv.",
	}, "File_7_IoD2025.csv"},
	{"rural_urban", "the rural-urban classification", "Then the rural category of outreach is not assessed.", []string{
		"A table with LSOA21CD and RUC21CD: \"Rural Urban Classification (2021) of LSOAs in EW\" on the " + geoportal + ".",
	}, "rural-urban.csv"},
	{"settlements", "the town or village of each area", "Then edge-of-town and whole-town outreach are not assessed.", []string{
		"A look-up from LSOA to built-up area (LSOA21CD, BUA24CD, BUA24NM), or the polygons \"Built Up Areas (2024) EW\", on the " + geoportal + ".",
	}, "built-up-areas.csv"},
	{"centroids", "the population-weighted centre of each area", "Then a point inside the area stands in where no homes are known.", []string{
		"\"LSOA Population Weighted Centroids\" on the " + geoportal + ".",
	}, "centroids.csv"},
	{"points", "where in an area its people live: postcodes or addresses", "Then people are put along the residential streets, or at one point an area.", []string{
		"Code-Point Open from Ordnance Survey (osdatahub.os.uk), or the ONS Postcode Directory on the " + geoportal + ".",
	}, "codepo_gb.zip"},
	{"streets", "the street network to walk on", "Then a walk is a straight line times walk.detour_factor, and every result says so.", []string{
		"An OpenStreetMap extract of the county in PBF: download.geofabrik.de, Europe, United Kingdom, England.",
	}, "county-latest.osm.pbf"},
	{"heights", "how high the ground is", "Then all ground is taken as level, and every result says so.", []string{
		"OS Terrain 50 from Ordnance Survey (osdatahub.os.uk) as ASCII grid, cut to the county, or another elevation grid of bare ground in EPSG:27700.",
	}, "terrain50.zip"},
	{"timetable", "public transport", "Then public transport is not assessed, and every result says so.", []string{
		"A GTFS feed of the region: the Bus Open Data Service, data.bus-data.dft.gov.uk, timetable data.",
	}, "gtfs.zip"},
	{"sites", "the buildings that are hubs, or could be", "Nothing runs without it.", []string{
		"A list of your own with id, name, postcode, easting and northing (or longitude and latitude), and youth_space = yes or no.",
		"Or the \"List of family hub sites\" on gov.uk, which needs a file of postcodes (role points) to be placed by, or the children's centres in Get Information about Schools (get-information-schools.service.gov.uk).",
	}, "sites.csv"},
	{"venues", "halls, libraries, schools and churches where outreach can meet", "Then outreach is planned without a hall.", []string{
		"A list of your own with name, kind, easting and northing; schools from Get Information about Schools; libraries from the basic dataset for public libraries of Arts Council England.",
	}, "venues.csv"},
	{"options", "estate options: which sites are open in which plan", "Then the options are those under [[option]] below.", []string{
		"A table of your own with option_id, option_name, site_id and status.",
	}, "options.csv"},
	{"costs", "what each site costs", "Then options are not compared by cost.", []string{
		"A table of your own with site_id, running, staffing, backlog and one_off, in pounds.",
	}, "costs.csv"},
	{"services", "service options: what is offered at each level of service", "Then service options are not compared.", []string{
		"A table of your own with service_option_id, name, service, delivered and staff_fte.",
	}, "services.csv"},
	{"catchments", "ready-made walk catchments", "They are only for a study without streets.", []string{
		"Polygons with a site's id and the minutes from which it is reached within them.",
	}, "catchments.geojson"},
	{"groups", "who the people are, for the table of an equality impact assessment", "Then who loses is told by age and need alone, and the table names the gap.", []string{
		"Census 2021 by LSOA: TS008 (sex), TS021 (ethnic group), TS038 (disability), TS003 (lone parents), TS045 (cars), TS030 (religion), from nomisweb.co.uk/sources/census_2021_bulk; the archives can stay as they are.",
	}, "census2021-ts021-lsoa.csv"},
}

// sectionWords says what a table of parameters is about.
var sectionWords = map[string]string{
	"need":           "How need is measured.",
	"walk":           "How walks are measured.",
	"walk.profile":   "Ways of walking. The first decides who is covered.",
	"points":         "Where in an area its people live.",
	"transit":        "How journeys by public transport are measured.",
	"transit.window": "Departures that are looked at, by the minute. The first decides.",
	"outreach":       "The thresholds of the four categories of outreach.",
	"score":          "How options are scored.",
}

// parameterWords explains each parameter in a line.
var parameterWords = map[string]string{
	"need.weights": "of the indicators in the need index; scaled to add up to one",
	"need.rate":    "indicators that give the share of people in need, best first",
	"need.decile":  "the indicator whose published decile is reported",
	"need.youth":   "weights of the youth indicators of the detached youth rule",

	"walk.minutes":       "one way, home to hub; exactly on the line is inside",
	"walk.limit_minutes": "longer walks are not looked for",
	"walk.detour_factor": "without streets: a walk is a straight line times this",
	"walk.snap_limit_m":  "a longer link from a door to the streets is refused and listed",
	"walk.outlines":      "minutes of the catchment outlines",
	"walk.island_nodes":  "a piece of the network with fewer junctions is never snapped to",
	"walk.method":        "streets, catchments or straight_line; empty: the best the inputs allow",
	"walk.direction":     "to_hub (home to hub) or from_hub; they differ on one-way footways and slopes; empty: to_hub",
	"walk.outside_sites": "count sites outside the county as places to walk to",
	"walk.slope":         "how heights lengthen walks: none, tobler or naismith; empty: tobler where there are heights",
	"walk.dark":          "profiles that are also measured after dark, on ways that are not known to be unlit",

	"walk.profile.name":         "adult and pushchair are asked for by the results",
	"walk.profile.speed_kmh":    "on the level",
	"walk.profile.steps_kmh":    "along steps; 0 bars them",
	"walk.profile.wheels":       "barred by stiles, kissing gates, raised kerbs and narrow paths",
	"walk.profile.min_width_m":  "narrower paths are barred to wheels",
	"walk.profile.rough_factor": "multiplies the time on poor surfaces",
	"walk.profile.lit_only":     "bars ways that are known to be unlit",

	"points.method":    "points, streets, centroids or areal; empty: the best the inputs allow",
	"points.spacing_m": "between the points along residential streets",

	"transit.limit_minutes":    "longer journeys are not looked for",
	"transit.access_minutes":   "the longest walk between a door and a stop",
	"transit.transfer_minutes": "the longest walk between two stops",
	"transit.change_minutes":   "a change takes as long beside the walk",
	"transit.boarding_minutes": "ways of walking on wheels are at the stop that long before each departure",
	"transit.stay_minutes":     "at the hub, of a round trip",
	"transit.leave_by":         "a round trip leaves the hub no later",
	"transit.margin_km":        "stops farther outside the county are left out",

	"transit.window.name": "as the results call it",
	"transit.window.day":  "a date, or a day of the week: the first on which the most trips run",
	"transit.window.from": "the first departure from home",
	"transit.window.to":   "departures are before this",

	"outreach.building_threshold": "people in need 0-19 that warrant a building; 0: the lower quartile over the baseline's open hubs",
	"outreach.outreach_threshold": "people in need 0-19 that warrant outreach; 0: a tenth of the building threshold",
	"outreach.uncovered_share":    "an area with this share of its 0-19s outside, or more, is uncovered",
	"outreach.need_decile":        "this decile of need, or a worse one, is high need",
	"outreach.town_residents":     "a settlement of this many, or more, is a whole town",
	"outreach.youth_share":        "the county's worst fifth of youth need",
	"outreach.transit_minutes":    "a hub within this time by public transport is not cut off",
	"outreach.venue_minutes":      "a walk to the place where outreach meets",
	"outreach.venue_gain":         "a venue used already keeps its session unless another reaches this share more of the people",
	"outreach.weekly_in_need":     "people in need of a weekly session; 0: half the building threshold",
	"outreach.monthly_in_need":    "people in need of a monthly session; 0: the outreach threshold",
	"outreach.sessions_per_week":  "staffed outreach sessions that a district has; 0: not stated",
	"outreach.district_sessions":  "those of single districts, by code, such as { E07000105 = 3 }; 0 is none at all",

	"score.weights": "of the criteria; scaled to add up to one",
}
