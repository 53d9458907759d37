package main

import "fmt"

// Seed is the seed of the county in data/sample.
const Seed = 20260401

// County is the sample county before it is written. It is not changed once made.
type County struct {
	seed    uint64
	country *country
	streets *network
	homes   []home
	areaOf  []int // per cell: its area, or -1 at sea
	areas   []area21
	towns   []builtUp
	sites   []site
	venues  []venue
	bus     *timetable
}

// New makes the county of a seed. It fails when the seed leaves a town without
// a road or an area without homes; Seed does not.
func New(seed uint64) (*County, error) {
	c, err := newCountry(seed, newLand(seed))
	if err != nil {
		return nil, fmt.Errorf("county of seed %d: %w", seed, err)
	}
	out := &County{seed: seed, country: c, streets: newNetwork(c)}
	homes := newHomes(c, out.streets)
	c.nameHomes(homes)
	out.areas, out.areaOf = newAreas(c, homes)
	out.homes = fillAreas(c, out.areas, out.areaOf, homes)
	for k, a := range out.areas {
		if len(a.homes) == 0 {
			return nil, fmt.Errorf("county of seed %d: area %d of %s has no homes", seed, k, districts[a.district])
		}
	}
	out.areas = nameAreas(out.areas, out.areaOf, out.homes)
	for i := range out.homes {
		out.homes[i].district = out.areas[out.homes[i].area].district
	}
	c.addRural(out.areas, out.homes)
	c.addPeople(out.areas, out.homes)
	c.addDeprivation(out.areas)
	out.towns = c.builtUpAreas(out.areas, out.homes)
	out.venues = c.venues(out.areas, out.homes, out.streets)
	out.sites = c.sitesOf(out.areas, out.homes, out.streets)
	out.bus = newTimetable(c, out.streets)
	return out, nil
}

// File is one file of the sample county: its name and its bytes.
type File struct {
	Name string
	Data []byte
}

// Files returns the county in the publishers' formats, in the order of their names.
func (c *County) Files() ([]File, error) {
	pbf, err := c.streetsPBF()
	if err != nil {
		return nil, err
	}
	gtfs, err := c.gtfs()
	if err != nil {
		return nil, err
	}
	return []File{
		{"boundaries.geojson", c.boundaries()},
		{"built-up-areas.geojson", c.builtUpPolygons()},
		{"built-up-areas.csv", c.builtUpLookup()},
		{"census-ts003.csv", c.byHousehold()},
		{"census-ts008.csv", c.bySex()},
		{"census-ts021.csv", c.byEthnicGroup()},
		{"census-ts038.csv", c.byDisability()},
		{"census-ts045.csv", c.byCars()},
		{"costs.csv", c.costs()},
		{"deprivation.csv", c.deprivation()},
		{"districts.csv", c.districts()},
		{"options.csv", c.options()},
		{"population.csv", c.population()},
		{"postcodes.csv", c.postcodes()},
		{"rural-urban.csv", c.ruralUrban()},
		{"services.csv", c.services()},
		{"sites.csv", c.sitesTable()},
		{"streets.osm.pbf", pbf},
		{"timetable.gtfs.zip", gtfs},
		{"venues.csv", c.venuesTable()},
	}, nil
}
