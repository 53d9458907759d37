package source

import (
	"slices"
	"strconv"
	"strings"
)

// routes reads the lines. A feed without the file has trips of no line.
func (f *feed) routes() error {
	if !f.has("routes.txt") {
		f.found.add("the feed has no routes.txt, so its lines have no names", "")
		return nil
	}
	return f.read("routes.txt", []string{"route_id", "?route_short_name", "?route_long_name", "?route_type"}, func(l line) {
		if !number(&f.route, l.cells[0], len(f.out.Routes)) {
			f.found.add("routes whose id is blank or stands twice, the later left out", l.cells[0])
			return
		}
		name := l.cells[1]
		if name == "" {
			name = l.cells[2]
		}
		kind, err := strconv.Atoi(l.cells[3])
		if err != nil {
			kind = -1
			f.found.add("routes whose kind is not a number", l.cells[3])
		}
		f.out.Routes = append(f.out.Routes, Route{strings.Clone(l.cells[0]), strings.ToValidUTF8(strings.Clone(name), "?"), kind})
	})
}

// calendar reads the services that run by the week.
func (f *feed) calendar() error {
	const name, dates = "calendar.txt", "calendar_dates.txt"
	if !f.has(name) && !f.has(dates) {
		return &RowError{File: f.file, Field: "file", Found: name, Want: "that file or " + dates, Do: refetch}
	}
	if !f.has(name) {
		return nil
	}
	columns := []string{"service_id", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "start_date", "end_date"}
	return f.read(name, columns, func(l line) {
		from, okFrom := feedDate(l.cells[8])
		to, okTo := feedDate(l.cells[9])
		if !okFrom || !okTo {
			f.found.add("services whose period is not two dates, left out", l.cells[0])
			return
		}
		if !number(&f.service, l.cells[0], len(f.out.Services)) {
			f.found.add("services whose id is blank or stands twice, the later left out", l.cells[0])
			return
		}
		if to < from {
			f.found.add("services that end before they begin", l.cells[0])
		}
		s := Service{ID: strings.Clone(l.cells[0]), From: from, To: to}
		for day := range 7 {
			if l.cells[1+day] == "1" {
				s.Weekdays |= 1 << day
			}
		}
		f.out.Services = append(f.out.Services, s)
	})
}

// calendarDates reads the days that are added and removed. Real feeds have the
// file with a header and no row.
func (f *feed) calendarDates() error {
	const name = "calendar_dates.txt"
	if !f.has(name) {
		return nil
	}
	rows := 0
	err := f.read(name, []string{"service_id", "date", "exception_type"}, func(l line) {
		rows++
		d, ok := feedDate(l.cells[1])
		if !ok || l.cells[0] == "" || l.cells[2] != "1" && l.cells[2] != "2" {
			f.found.add("exceptions without a service, a date or a kind of 1 or 2, left out", l.cells[0]+" "+l.cells[1])
			return
		}
		if number(&f.service, l.cells[0], len(f.out.Services)) {
			f.out.Services = append(f.out.Services, Service{ID: strings.Clone(l.cells[0])})
		}
		s := &f.out.Services[f.service[l.cells[0]]]
		if l.cells[2] == "1" {
			s.Added = append(s.Added, d)
		} else {
			s.Removed = append(s.Removed, d)
		}
	})
	if err != nil {
		return err
	}
	if rows == 0 {
		f.found.add("calendar_dates.txt has no row, so bank holidays run like other days", "")
	}
	for i := range f.out.Services {
		s := &f.out.Services[i]
		for _, days := range []*[]Date{&s.Added, &s.Removed} {
			slices.Sort(*days)
			*days = slices.Compact(*days)
		}
	}
	return nil
}
