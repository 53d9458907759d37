package study

import (
	"fmt"
	"strconv"
	"strings"
)

// OptionColumn is a part of an OptionSite, as a column of a spreadsheet.
type OptionColumn struct {
	Name    string
	About   string   // for people: what it holds, and its unit
	Number  bool     // else text
	Choices []string // all that it may hold beside nothing; nil: anything
}

// siteColumn is an OptionColumn and where its value is. Services are neither a
// text nor a number.
type siteColumn struct {
	OptionColumn
	text   func(*OptionSite) *string
	number func(*OptionSite) **float64
}

// siteColumns are the parts of an entry, in the order of its fields.
var siteColumns = [...]siteColumn{
	{OptionColumn{Name: "site_id", About: "id of the site; a new one for a new site"}, func(s *OptionSite) *string { return (*string)(&s.ID) }, nil},
	{OptionColumn{Name: "status", About: "what the option does with the site; empty: as in the option that this one is based on", Choices: []string{"hub", "co_located", "outreach_only", "closed", "new"}}, func(s *OptionSite) *string { return &s.Status }, nil},
	{OptionColumn{Name: "name", About: "required of a new site; else its name, if it is to have another"}, func(s *OptionSite) *string { return &s.Name }, nil},
	{OptionColumn{Name: "lon", Number: true, About: "degrees east, WGS 84: where a new site stands, or where a site moves to"}, nil, func(s *OptionSite) **float64 { return &s.Lon }},
	{OptionColumn{Name: "lat", Number: true, About: "degrees north, WGS 84"}, nil, func(s *OptionSite) **float64 { return &s.Lat }},
	{OptionColumn{Name: "youth_space", About: "has a space for adolescents", Choices: yesNo}, func(s *OptionSite) *string { return &s.YouthSpace }, nil},
	{OptionColumn{Name: "under_fives", About: "has a room for under-fives", Choices: yesNo}, func(s *OptionSite) *string { return &s.UnderFives }, nil},
	{OptionColumn{Name: "private_room", About: "has a private room", Choices: yesNo}, func(s *OptionSite) *string { return &s.PrivateRoom }, nil},
	{OptionColumn{Name: "school_site", About: "stands on the ground of a school", Choices: yesNo}, func(s *OptionSite) *string { return &s.SchoolSite }, nil},
	{OptionColumn{Name: "school_limits", About: "when and for whom the school closes it, in words"}, func(s *OptionSite) *string { return &s.SchoolLimits }, nil},
	{OptionColumn{Name: "services", About: "all that it offers, by the names of the study's table of services, with ; between; empty: whatever its rooms allow"}, nil, nil},
	{OptionColumn{Name: "capacity", Number: true, About: "how many people it holds at a time"}, nil, func(s *OptionSite) **float64 { return &s.Capacity }},
	{OptionColumn{Name: "running_gbp", Number: true, About: "pounds a year"}, nil, func(s *OptionSite) **float64 { return &s.Running }},
	{OptionColumn{Name: "staffing_gbp", Number: true, About: "pounds a year"}, nil, func(s *OptionSite) **float64 { return &s.Staffing }},
	{OptionColumn{Name: "backlog_gbp", Number: true, About: "pounds of repairs that wait"}, nil, func(s *OptionSite) **float64 { return &s.Backlog }},
	{OptionColumn{Name: "one_off_gbp", Number: true, About: "pounds, once, to bring it about"}, nil, func(s *OptionSite) **float64 { return &s.OneOff }},
	{OptionColumn{Name: "opening_hours", About: "in words, or as OpenStreetMap writes them"}, func(s *OptionSite) *string { return &s.OpeningHours }, nil},
	{OptionColumn{Name: "annual_hours", Number: true, About: "hours a year that it is open"}, nil, func(s *OptionSite) **float64 { return &s.AnnualHours }},
	{OptionColumn{Name: "note", About: "anything else"}, func(s *OptionSite) *string { return &s.Note }, nil},
}

var yesNo = []string{"yes", "no"}

// OptionColumns returns the columns of a spreadsheet of an option, in order.
func OptionColumns() []OptionColumn {
	columns := make([]OptionColumn, len(siteColumns))
	for i, c := range siteColumns {
		columns[i] = c.OptionColumn
	}
	return columns
}

// Cell returns what stands in a column of OptionColumns, by its position; empty
// for what is left out. A number is written so that SetCell reads it back to the
// last bit.
func (s OptionSite) Cell(column int) string {
	switch c := siteColumns[column]; {
	case c.text != nil:
		return *c.text(&s)
	case c.number == nil:
		return strings.Join(s.Services, ";")
	default:
		n := *c.number(&s)
		if n == nil {
			return ""
		}
		return strconv.FormatFloat(*n, 'f', -1, 64)
	}
}

// SetCell reads what stands in a column. Numbers may have a pound sign, spaces and
// commas between thousands, and a status or a yes may be in capitals.
func (s *OptionSite) SetCell(column int, cell string) error {
	c := siteColumns[column]
	switch {
	case c.Choices != nil:
		*c.text(s) = strings.ToLower(cell)
	case c.text != nil:
		*c.text(s) = cell
	case c.number == nil:
		s.Services = nil
		for _, service := range strings.Split(cell, ";") {
			if service = strings.TrimSpace(service); service != "" {
				s.Services = append(s.Services, service)
			}
		}
	case cell == "":
		*c.number(s) = nil
	default:
		n, err := strconv.ParseFloat(strings.NewReplacer(",", "", "£", "", " ", "").Replace(cell), 64)
		if err != nil {
			return fmt.Errorf("want a number, or nothing when it is not known")
		}
		*c.number(s) = &n
	}
	return nil
}
