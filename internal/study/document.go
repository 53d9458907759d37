package study

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"hubreach/internal/county"
	"hubreach/internal/estate"
)

// OptionDocument is an estate option as data: what a planner writes, sends, keeps
// and copies. It says what is done with each site, and, where the option plans
// them otherwise than the study's tables have them, with its rooms, services,
// costs and hours. A study file holds the same as [[option]] with [[option.site]].
//
// A site that is not listed is as in the option that BasedOn names; closed, when
// it names none.
type OptionDocument struct {
	ID      estate.OptionID `json:"id"`
	Name    string          `json:"name"`
	BasedOn estate.OptionID `json:"based_on,omitempty"` // an option of the study, or a document before this one
	Author  string          `json:"author,omitempty"`
	About   string          `json:"about,omitempty"`
	Sites   []OptionSite    `json:"sites"`
}

// OptionSite is what an option does with one site. A part that is left out is as
// the study's tables have it, and not known for a new site: a cost that nobody
// gave is "not costed", never zero.
type OptionSite struct {
	ID county.SiteID `toml:"id" json:"id"`
	// Status is hub, co_located, outreach_only, closed or new. Empty: as in the
	// option that this one is based on; new for a site that the study does not have.
	Status string `toml:"status,omitempty" json:"status,omitempty"`
	// Name is required of a new site.
	Name string `toml:"name,omitempty" json:"name,omitempty"`
	// Lon and Lat, in degrees (WGS 84), are both given or both left out. They put a
	// new site on the map, and move one of the study's.
	Lon *float64 `toml:"lon,omitempty" json:"lon,omitempty"`
	Lat *float64 `toml:"lat,omitempty" json:"lat,omitempty"`

	// The rooms: yes, no or empty.
	YouthSpace  string `toml:"youth_space,omitempty" json:"youth_space,omitempty"`
	UnderFives  string `toml:"under_fives,omitempty" json:"under_fives,omitempty"`
	PrivateRoom string `toml:"private_room,omitempty" json:"private_room,omitempty"`
	SchoolSite  string `toml:"school_site,omitempty" json:"school_site,omitempty"`
	// SchoolLimits says, in words, when and for whom a school site is closed.
	SchoolLimits string `toml:"school_limits,omitempty" json:"school_limits,omitempty"`
	// Services are all that the site offers, by the names of the study's table of
	// services; none: whatever its rooms allow.
	Services []string `toml:"services,omitempty" json:"services,omitempty"`
	// Capacity is how many people the site holds at a time.
	Capacity *float64 `toml:"capacity,omitempty" json:"capacity,omitempty"`

	// Pounds; running and staffing are a year's.
	Running  *float64 `toml:"running_gbp,omitempty" json:"running_gbp,omitempty"`
	Staffing *float64 `toml:"staffing_gbp,omitempty" json:"staffing_gbp,omitempty"`
	Backlog  *float64 `toml:"backlog_gbp,omitempty" json:"backlog_gbp,omitempty"`
	OneOff   *float64 `toml:"one_off_gbp,omitempty" json:"one_off_gbp,omitempty"`

	OpeningHours string   `toml:"opening_hours,omitempty" json:"opening_hours,omitempty"`
	AnnualHours  *float64 `toml:"annual_hours,omitempty" json:"annual_hours,omitempty"`
	Note         string   `toml:"note,omitempty" json:"note,omitempty"`
}

// ErrBadDocument means that an option document says something that cannot be
// meant. The message names the option, the site and the field, what was found,
// what is wanted and, where it can, what to do.
var ErrBadDocument = errors.New("bad option document")

// maxSites bounds the sites of a document.
const maxSites = 10_000

// ParseOptionDocument reads a document as JSON. file is its name, for messages. A
// key that no field has is an error, and so is anything after the document. What
// depends on a study is checked by Results.With.
func ParseOptionDocument(text []byte, file string) (OptionDocument, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	var d OptionDocument
	err := in.Decode(&d)
	if err == nil {
		if _, more := in.Token(); more != io.EOF {
			err = errors.New("something follows the document: want one JSON object")
		}
	}
	if err != nil {
		return OptionDocument{}, fmt.Errorf("%s: line %d: %w: %s", file, lineOf(text, in.InputOffset(), err), ErrBadDocument, inWords(err))
	}
	if err := d.Validate(); err != nil {
		return OptionDocument{}, fmt.Errorf("%s: %w", file, err)
	}
	return d, nil
}

// lineOf returns the line, from 1, at which reading stopped.
func lineOf(text []byte, offset int64, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		offset = int64(len(text))
	}
	return 1 + bytes.Count(text[:min(offset, int64(len(text)))], []byte("\n"))
}

// inWords puts an error of the decoder into words.
func inWords(err error) string {
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		return fmt.Sprintf("%s: found %s, want %s", kind.Field, kind.Value, kind.Type)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "it ends too soon: want one JSON object"
	}
	return strings.ReplaceAll(strings.TrimPrefix(err.Error(), "json: "), "\n", " ")
}

// Validate finds what no study could mean. The error wraps ErrBadDocument.
func (d OptionDocument) Validate() error {
	if _, err := estate.ParseOptionID(string(d.ID)); err != nil {
		return fmt.Errorf("%w: id: %w", ErrBadDocument, err)
	}
	fault := func(format string, args ...any) error {
		return fmt.Errorf("option %s: %w: %s", d.ID, ErrBadDocument, fmt.Sprintf(format, args...))
	}
	if d.BasedOn == d.ID {
		return fault("based_on %q: want another option than itself", d.BasedOn)
	}
	for _, t := range []struct{ field, text string }{{"name", d.Name}, {"author", d.Author}, {"about", d.About}} {
		if err := plain(t.text); err != nil {
			return fault("%s: %v", t.field, err)
		}
	}
	if len(d.Sites) > maxSites {
		return fault("%d sites: want %d at most", len(d.Sites), maxSites)
	}
	seen := map[county.SiteID]bool{}
	for i, s := range d.Sites {
		if s.ID == "" {
			return fault("site %d: id: want one", i+1)
		}
		if seen[s.ID] {
			return fault("site %.80q stands twice: give each site one entry", s.ID)
		}
		seen[s.ID] = true
		if err := s.validate(); err != nil {
			return fault("site %.80q: %v", s.ID, err)
		}
	}
	return nil
}

// maxText bounds a text of a document, in bytes.
const maxText = 2000

// plain refuses what cannot be a line of text.
func plain(text string) error {
	if text != strings.TrimSpace(text) {
		return fmt.Errorf("%.40q: want no space at its beginning or end", text)
	}
	if len(text) > maxText {
		return fmt.Errorf("%d characters: want %d at most", len(text), maxText)
	}
	if strings.ContainsFunc(text, func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.IsControl(r) && r != '\n' && r != '\t'
	}) {
		return fmt.Errorf("%.40q: want text without control characters", text)
	}
	return nil
}

// validate checks one site.
func (s OptionSite) validate() error {
	if s.ID == "" {
		return errors.New("id: want one")
	}
	if s.Status != "" {
		if _, err := estate.ParseStatus(s.Status); err != nil {
			return fmt.Errorf("status: %w", err)
		}
	}
	if strings.ContainsAny(string(s.ID), ";\n\t") || len(s.ID) > 64 {
		return errors.New("id: want 64 characters at most, no tab, no line feed and no \";\"")
	}
	if err := s.texts(); err != nil {
		return err
	}
	if (s.Lon == nil) != (s.Lat == nil) {
		return errors.New("want lon and lat, or neither")
	}
	for _, n := range []struct {
		field  string
		v      *float64
		lo, hi float64
		want   string
	}{
		{"lon", s.Lon, -180, 180, "degrees, east positive"}, {"lat", s.Lat, -90, 90, "degrees, north positive"},
		{"capacity", s.Capacity, 0, 1e6, "people"}, {"annual_hours", s.AnnualHours, 0, 366 * 24, "hours"},
		{"running_gbp", s.Running, 0, 1e12, "pounds"}, {"staffing_gbp", s.Staffing, 0, 1e12, "pounds"},
		{"backlog_gbp", s.Backlog, 0, 1e12, "pounds"}, {"one_off_gbp", s.OneOff, 0, 1e12, "pounds"},
	} {
		if n.v != nil && !(*n.v >= n.lo && *n.v <= n.hi) {
			return fmt.Errorf("%s %g: want %s, %g to %g; leave it out when it is not known", n.field, *n.v, n.want, n.lo, n.hi)
		}
	}
	return nil
}

// texts checks the texts of a site.
func (s OptionSite) texts() error {
	for _, t := range []struct{ field, text string }{
		{"id", string(s.ID)}, {"name", s.Name}, {"school_limits", s.SchoolLimits}, {"opening_hours", s.OpeningHours}, {"note", s.Note},
	} {
		if err := plain(t.text); err != nil {
			return fmt.Errorf("%s: %w", t.field, err)
		}
	}
	for _, t := range []struct{ field, text string }{
		{"youth_space", s.YouthSpace}, {"under_fives", s.UnderFives}, {"private_room", s.PrivateRoom}, {"school_site", s.SchoolSite},
	} {
		if !slices.Contains([]string{"", "yes", "no"}, t.text) {
			return fmt.Errorf("%s %.40q: want yes or no; leave it out when it is not known", t.field, t.text)
		}
	}
	for _, service := range s.Services {
		if err := plain(service); err != nil || service == "" || strings.Contains(service, ";") {
			return fmt.Errorf("services: %.40q: want the name of a service, without \";\"", service)
		}
	}
	return nil
}

// Copy returns the same option under another id and name; an empty name stays
// that of d. Nothing is shared with d.
func (d OptionDocument) Copy(id estate.OptionID, name string) OptionDocument {
	d.ID = id
	if name != "" {
		d.Name = name
	}
	d.Sites = slices.Clone(d.Sites)
	for i := range d.Sites {
		s := &d.Sites[i]
		s.Services = slices.Clone(s.Services)
		for _, n := range s.numbers() {
			if *n != nil {
				v := **n
				*n = &v
			}
		}
	}
	return d
}

// numbers are the numbers of a site, for those who go over them.
func (s *OptionSite) numbers() []**float64 {
	return []**float64{&s.Lon, &s.Lat, &s.Capacity, &s.Running, &s.Staffing, &s.Backlog, &s.OneOff, &s.AnnualHours}
}

// option returns the document as a study file holds it.
func (d OptionDocument) option() Option {
	name := d.Name
	if name == "" {
		name = string(d.ID)
	}
	sites := d.Sites
	if len(sites) == 0 && d.BasedOn == "" {
		sites = []OptionSite{} // every site closed, not every site open
	}
	return Option{ID: string(d.ID), Name: name, About: d.About, BasedOn: string(d.BasedOn), Author: d.Author, Sites: sites}
}

// document returns an option of a study file as a document, and whether it is
// one: whether it says what is done site by site, and not by a list or a rule.
func (o Option) document() (OptionDocument, bool) {
	if o.BasedOn == "" && o.Sites == nil {
		return OptionDocument{}, false
	}
	return OptionDocument{ID: estate.OptionID(o.ID), Name: o.Name, BasedOn: estate.OptionID(o.BasedOn), Author: o.Author, About: o.About, Sites: o.Sites}, true
}
