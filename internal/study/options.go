package study

import (
	"fmt"
	"slices"
	"strings"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/source"
)

// options makes the options of a study: those of its tables first, in the
// order of their rows, then those of the study file. With none at all, every
// site open is the only option.
func (r *Results) options(tables []county.Table[source.Codes], unlocated map[string]bool) ([]estate.Option, error) {
	s, in := &r.Spec, r.input
	var options []estate.Option
	for _, t := range tables {
		read, err := tableOptions(t, in.County, unlocated)
		if err != nil {
			return nil, err
		}
		options = append(options, read...)
	}
	for _, o := range s.Options {
		made, err := r.specOption(o, options)
		if err != nil {
			return nil, fmt.Errorf("option %s: %w", o.ID, err)
		}
		options = append(options, made)
	}
	if len(options) == 0 {
		options = append(options, estate.Keep(in.County, "all", "All sites open", candidates(in.County, s.Walk.OutsideSites)))
	}
	seen := map[estate.OptionID]bool{}
	for _, o := range options {
		if seen[o.ID] {
			return nil, fmt.Errorf("option %q stands both in a table and in the study file: give one of them another id", o.ID)
		}
		seen[o.ID] = true
		if len(o.OpenSites()) == 0 {
			return nil, fmt.Errorf("option %s: no site is open: an option keeps at least one", o.ID)
		}
	}
	return options, nil
}

// candidates returns the sites of the study's tables that may be open: those in
// the county, and those outside when the study counts them.
func candidates(c *county.County, outside bool) []int {
	var all []int
	for i, s := range c.Sites {
		if !s.Proposed() && (outside || !s.Outside()) {
			all = append(all, i)
		}
	}
	return all
}

// tableOptions reads a long table of options: option, name, site, status. A
// site that a table does not name in an option is closed there.
func tableOptions(t county.Table[source.Codes], c *county.County, unlocated map[string]bool) ([]estate.Option, error) {
	at := siteIndex(c)
	var options []estate.Option
	where := map[estate.OptionID]int{}
	for _, r := range t.Data.Rows {
		id, err := estate.ParseOptionID(r.Texts[0])
		if err != nil {
			return nil, &source.RowError{File: t.File, Line: r.Line, Field: "option_id", Err: err, Do: "correct the id"}
		}
		k, ok := where[id]
		if !ok {
			k = len(options)
			where[id] = k
			name := r.Texts[1]
			if name == "" {
				name = string(id)
			}
			options = append(options, estate.Option{ID: id, Name: name, Status: make([]estate.Status, len(c.Sites))})
		}
		site, ok := at[r.Texts[2]]
		if !ok && unlocated[r.Texts[2]] {
			continue // reported with the sites that have no coordinates
		}
		if !ok {
			return nil, &source.RowError{File: t.File, Line: r.Line, Field: "site_id", Found: r.Texts[2], Want: "the id of a site", Do: nearestIDs(r.Texts[2], c)}
		}
		status := estate.Hub
		if r.Texts[3] != "" {
			if status, err = estate.ParseStatus(r.Texts[3]); err != nil {
				return nil, &source.RowError{File: t.File, Line: r.Line, Field: "status", Found: r.Texts[3], Want: "one of hub, co_located, outreach_only, closed, new", Do: "correct the cell"}
			}
		}
		options[k].Status[site] = status
	}
	return options, nil
}

// siteIndex finds the sites of the study's tables by id.
func siteIndex(c *county.County) map[string]int {
	at := map[string]int{}
	for i, s := range c.Sites {
		if !s.Proposed() {
			at[string(s.ID)] = i
		}
	}
	return at
}

// nearestIDs suggests ids that share the most of their beginning with id.
func nearestIDs(id string, c *county.County) string {
	common := func(a string) int {
		n := 0
		for n < len(a) && n < len(id) && a[n] == id[n] {
			n++
		}
		return n
	}
	best, most := "", -1
	for _, s := range c.Sites {
		if n := common(string(s.ID)); n > most {
			best, most = string(s.ID), n
		}
	}
	if best == "" {
		return "add the site, or correct the id"
	}
	return fmt.Sprintf("add the site, or correct the id (nearest: %s)", best)
}

// specOption makes an option of the study file. among are the options before it.
func (r *Results) specOption(o Option, among []estate.Option) (estate.Option, error) {
	if d, ok := o.document(); ok {
		return r.documentOption(d, among)
	}
	in := r.input
	at := siteIndex(in.County)
	open, err := openSites(o, in.County, at, r.Spec.Walk.OutsideSites)
	if err != nil {
		return estate.Option{}, err
	}
	if o.Rule != nil {
		switch o.Rule.Kind {
		case "greedy":
			open, err = estate.Greedy(in, open, o.Rule.Keep, o.Rule.DistrictMin)
			if err != nil {
				return estate.Option{}, err
			}
		case "merge":
			open = estate.Merge(in, open, geo.Metres(o.Rule.MergeM))
		}
	}
	made := estate.Keep(in.County, estate.OptionID(o.ID), o.Name, open)
	made.About = o.About
	return made, nil
}

// openSites returns the sites that an option starts from: those it opens, or
// all; that Where keeps; less those it closes.
func openSites(o Option, c *county.County, at map[string]int, outside bool) ([]int, error) {
	all := candidates(c, outside)
	if len(o.Open) > 0 {
		all = nil
		for _, id := range o.Open {
			i, ok := at[id]
			if !ok {
				return nil, fmt.Errorf("open: site %q: want the id of a site; %s", id, nearestIDs(id, c))
			}
			all = append(all, i)
		}
	}
	closed := map[int]bool{}
	for _, id := range o.Close {
		i, ok := at[id]
		if !ok {
			return nil, fmt.Errorf("close: site %q: want the id of a site; %s", id, nearestIDs(id, c))
		}
		closed[i] = true
	}
	var open []int
	for _, i := range all {
		kept, err := keeps(o.Where, c.Sites[i])
		if err != nil {
			return nil, err
		}
		if kept && !closed[i] {
			open = append(open, i)
		}
	}
	slices.Sort(open)
	return slices.Compact(open), nil
}

// keeps reports whether a site has one of the accepted values of every attribute.
func keeps(where map[string][]string, s county.Site) (bool, error) {
	for attribute, accepted := range where {
		value, ok := s.Attributes[attribute]
		switch attribute {
		case "kind":
			value, ok = s.Kind, true
		case "district":
			value, ok = string(s.District), true
		}
		if !ok {
			return false, fmt.Errorf("where: %q: want a column of the sites file", attribute)
		}
		if !slices.ContainsFunc(accepted, func(a string) bool { return strings.EqualFold(a, value) }) {
			return false, nil
		}
	}
	return true, nil
}
