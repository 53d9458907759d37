package study

import (
	"slices"
	"strconv"
	"strings"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/source"
)

// readServices makes the service options of the study's tables, in the order of
// their rows.
func (r *Results) readServices(l *loaded) error {
	for _, t := range l.services {
		for _, row := range t.Data.Rows {
			if err := r.readService(t.File, row); err != nil {
				return err
			}
		}
		l.use(t.Name, t.Data.Read, len(t.Data.Rows), 0)
	}
	return nil
}

// readService reads one row: one service of one service option.
func (r *Results) readService(file string, row source.CodeRow) error {
	bad := func(field, found, want string) error {
		return &source.RowError{File: file, Line: row.Line, Field: field, Found: found, Want: want, Do: "correct the cell"}
	}
	id, name, service := row.Texts[0], row.Texts[1], row.Texts[2]
	if id == "" || service == "" {
		return bad("service", service, "a service option and a service in every row")
	}
	k := slices.IndexFunc(r.Services, func(s estate.ServiceOption) bool { return s.ID == id })
	if k < 0 {
		if k = len(r.Services); name == "" {
			name = id
		}
		r.Services = append(r.Services, estate.ServiceOption{ID: id, Name: name})
	}
	s := &r.Services[k]
	if slices.ContainsFunc(s.Services, func(x estate.Service) bool { return x.Name == service }) {
		return bad("service", service, "each service of service option "+id+" once")
	}
	x := estate.Service{Name: service, Needs: estate.DefaultSpace(service), Delivered: true}
	switch strings.ToLower(row.Texts[3]) {
	case "", "yes", "y", "true", "1":
	case "no", "n", "false", "0":
		x.Delivered = false
	default:
		return bad("delivered", row.Texts[3], "yes or no")
	}
	if text := row.Texts[4]; text != "" {
		n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
		if err != nil || !(n >= 0 && n <= 1e6) {
			return bad("staff_fte", text, "a number of full-time staff, zero or more")
		}
		x.StaffFTE = county.Value{Number: n, Basis: county.Measured}
	}
	if text := row.Texts[5]; text != "" {
		x.Needs = estate.Space(strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(text)))
		if !slices.Contains(estate.Spaces[:], x.Needs) {
			return bad("needs", text, "none, any, youth_space, under_fives or private_room")
		}
	}
	s.Services = append(s.Services, x)
	return nil
}

// Combinations crosses the study's service options with its estate options; none
// without service options.
func (r *Results) Combinations() []estate.Combination {
	options := make([]estate.Option, len(r.Options))
	for k, o := range r.Options {
		options[k] = o.Option
	}
	return estate.Combine(r.County, r.Services, options, r.Baseline)
}
