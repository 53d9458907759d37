package main

import (
	"bytes"
	"encoding/csv"
	"strconv"
)

// table writes rows as CSV with line feeds.
func table(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a bytes.Buffer takes every write
	return b.Bytes()
}

func whole(x float64) string { return strconv.FormatFloat(x, 'f', 0, 64) }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// deprivation is in the layout of the Indices of Deprivation 2025, File 7.
func (c *County) deprivation() []byte {
	head := []string{"LSOA code (2021)", "LSOA name (2021)", "Local Authority District code (2024)", "Local Authority District name (2024)"}
	for _, in := range indicators {
		score := " Score"
		if in.rate {
			score = " Score (rate)"
		}
		head = append(head, in.title+score, in.title+" Rank (where 1 is most deprived)", in.title+" Decile (where 1 is most deprived 10% of LSOAs)")
	}
	head = append(head, "Total population: mid 2022", "Dependent Children aged 0-15: mid 2022", "Older population aged 60 and over: mid 2022",
		"Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022")
	rows := [][]string{head}
	for _, a := range c.areas {
		row := []string{a.code, a.name, districtCode(a.district), districts[a.district]}
		for _, m := range a.measures {
			row = append(row, strconv.FormatFloat(m.score, 'f', 3, 64), strconv.Itoa(m.rank), strconv.Itoa(m.decile()))
		}
		// Two years before the population table: a little fewer of everybody.
		for _, n := range []int{a.residents, a.dependent, a.older, a.working} {
			row = append(row, strconv.Itoa(n-n/90))
		}
		rows = append(rows, row)
	}
	return table(rows)
}

// population is in the layout of the sheet "Mid-2024 LSOA 2021" of the small
// area population estimates.
func (c *County) population() []byte {
	head := []string{"LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", "Total"}
	for _, sex := range []string{"F", "M"} {
		for age := range 91 {
			head = append(head, sex+strconv.Itoa(age))
		}
	}
	rows := [][]string{head}
	for _, a := range c.areas {
		row := []string{districtCode(a.district), districts[a.district], a.code, a.name, strconv.Itoa(a.residents)}
		for _, sex := range a.ages {
			for _, n := range sex {
				row = append(row, strconv.Itoa(n))
			}
		}
		rows = append(rows, row)
	}
	return table(rows)
}

// ruralUrban is in the layout of the Rural Urban Classification (2021) of lower
// layer super output areas.
func (c *County) ruralUrban() []byte {
	rows := [][]string{{"LSOA21CD", "LSOA21NM", "RUC21CD", "RUC21NM", "Urban_rural_flag"}}
	for _, a := range c.areas {
		flag := "Rural"
		if a.rural[0] == 'U' {
			flag = "Urban"
		}
		rows = append(rows, []string{a.code, a.name, a.rural, ruralNames[a.rural], flag})
	}
	return table(rows)
}

// districts is in the layout of the look-up from small areas to districts.
func (c *County) districts() []byte {
	rows := [][]string{{"LSOA21CD", "LSOA21NM", "MSOA21CD", "MSOA21NM", "LAD24CD", "LAD24NM", "CTY24CD", "CTY24NM"}}
	for _, a := range c.areas {
		rows = append(rows, []string{a.code, a.name, a.middle, a.middleName, districtCode(a.district), districts[a.district], countyCode, countyName})
	}
	return table(rows)
}

// builtUpLookup gives each area the built-up area where most of its residents
// live; blank in open country.
func (c *County) builtUpLookup() []byte {
	by := map[int]builtUp{}
	for _, b := range c.towns {
		by[b.settlement] = b
	}
	rows := [][]string{{"LSOA21CD", "LSOA21NM", "BUA24CD", "BUA24NM"}}
	for _, a := range c.areas {
		b := by[a.settlement]
		rows = append(rows, []string{a.code, a.name, b.code, b.name})
	}
	return table(rows)
}

// postcodes is in the layout of Code-Point Open, with its column names.
func (c *County) postcodes() []byte {
	rows := [][]string{{"Postcode", "Positional_quality_indicator", "Eastings", "Northings", "Country_code", "NHS_regional_HA_code", "NHS_HA_code", "Admin_county_code", "Admin_district_code", "Admin_ward_code"}}
	for _, h := range c.homes {
		rows = append(rows, []string{
			h.postcode, "10", whole(easting(h.at)), whole(northing(h.at)), "E92000001", "E19999901", "E18999901",
			countyCode, districtCode(h.district), "E05900" + c.areas[h.area].middle[6:],
		})
	}
	return table(rows)
}

// sitesTable is the council's own list of its buildings.
func (c *County) sitesTable() []byte {
	rows := [][]string{{"site_id", "name", "kind", "postcode", "district_code", "district_name", "easting", "northing", "youth_space", "under_fives", "private_room", "school_site", "capacity", "co_located_with", "annual_hours"}}
	for _, s := range c.sites {
		h := c.homes[s.home]
		rows = append(rows, []string{
			s.id, s.name, s.kind, h.postcode, districtCode(h.district), districts[h.district], whole(easting(s.at)), whole(northing(s.at)),
			yes(s.youth), yes(s.under5s), yes(s.privateRoom), yes(s.school), strconv.Itoa(s.capacity), s.with, strconv.Itoa(s.hours),
		})
	}
	return table(rows)
}

// venuesTable lists the halls, libraries, schools and other public buildings;
// pubs are only on the street map.
func (c *County) venuesTable() []byte {
	rows := [][]string{{"venue_id", "name", "kind", "postcode", "district_code", "easting", "northing", "opening_hours"}}
	for _, v := range c.venues {
		if v.kind == "pub" {
			continue
		}
		h := c.homes[v.home]
		rows = append(rows, []string{v.id, v.name, v.kind, h.postcode, districtCode(h.district), whole(easting(v.at)), whole(northing(v.at)), v.hours})
	}
	return table(rows)
}

// options is the long table of the estate options.
func (c *County) options() []byte {
	rows := [][]string{{"option_id", "option_name", "site_id", "status"}}
	for _, o := range estateOptions(c.sites) {
		for k, s := range c.sites {
			rows = append(rows, []string{o.id, o.name, s.id, o.status[k]})
		}
	}
	return table(rows)
}

// costs lists what each site costs; blank is not costed.
func (c *County) costs() []byte {
	rows := [][]string{{"site_id", "running_gbp", "staffing_gbp", "backlog_gbp", "one_off_gbp"}}
	pounds := func(n int) string {
		if n < 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for k, x := range costs(c.seed, c.sites) {
		rows = append(rows, []string{c.sites[k].id, pounds(x.running), pounds(x.staffing), pounds(x.backlog), pounds(x.oneOff)})
	}
	return table(rows)
}

// services lists what each of the four service options delivers.
func (c *County) services() []byte {
	return table(append([][]string{{"service_option_id", "name", "service", "delivered", "staff_fte"}}, serviceRows()...))
}
