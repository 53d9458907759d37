package source

import (
	"io"
	"strings"
)

// Catchments are ready-made walk catchments.
type Catchments struct {
	CRS  CRS
	Rows []Catchment
	// Read counts the features of the file, Filtered those that Options.Keep
	// left out; Rows holds the difference.
	Read, Filtered int
}

// ReadCatchments reads polygons from which a site is reached within a time, in
// the formats and reference systems of ReadBoundaries. Fields: site (a site's
// id, slug or name), minutes or seconds, profile (optional). A time that is not
// positive, and a site that has two catchments for one time and profile, are a
// *RowError.
func ReadCatchments(r io.Reader, file string, o Options) (Catchments, error) {
	l, err := readLayer(r, file, o)
	if err != nil {
		return Catchments{}, err
	}
	from, err := l.columns.catchmentFields(o)
	if err != nil {
		return Catchments{}, err
	}
	c := Catchments{CRS: l.crs}
	seen := lines{}
	c.Read, c.Filtered, err = l.eachFeature(o, func(f feature) error {
		row, err := from.read(l, f)
		if err != nil {
			return err
		}
		if row.Site == "" {
			return &RowError{File: l.columns.file, Line: f.line, Field: "site", Want: "a site, found a blank"}
		}
		key := strings.TrimSpace(row.Site + " " + plainNumber(row.Minutes) + " min " + row.Profile)
		if err := seen.add(l.columns.file, f.line, "site", key); err != nil {
			return err
		}
		c.Rows = append(c.Rows, row)
		return nil
	})
	if err != nil {
		return Catchments{}, err
	}
	return c, nil
}

// catchmentFields says where the parts of a Catchment come from.
type catchmentFields struct {
	site, profile, time cellOf
	perMinute           float64 // units of time in a minute: 1 or 60
}

func (c columns) catchmentFields(o Options) (f catchmentFields, err error) {
	if f.site, err = c.require("catchment", "site", o); err != nil {
		return f, err
	}
	if f.profile, err = c.field("catchment", "profile", o); err != nil {
		return f, err
	}
	f.perMinute = 1
	if f.time, err = c.field("catchment", "minutes", o); err != nil || f.time.exists() {
		return f, err
	}
	f.perMinute = 60
	if f.time, err = c.field("catchment", "seconds", o); err != nil || f.time.exists() {
		return f, err
	}
	_, err = c.require("catchment", "minutes", o)
	return f, err
}

func (f catchmentFields) read(l layer, row feature) (Catchment, error) {
	time, err := parseValue(f.time.in(row.cells))
	if err != nil || !time.Known || time.Number <= 0 {
		return Catchment{}, &RowError{File: l.columns.file, Line: row.line, Field: "minutes", Found: clip(f.time.in(row.cells)), Want: "a time over 0"}
	}
	shape, err := l.polygons(row)
	if err != nil {
		return Catchment{}, err
	}
	return Catchment{Line: row.line, Site: f.site.in(row.cells), Profile: f.profile.in(row.cells), Minutes: time.Number / f.perMinute, Shape: shape}, nil
}
