package study

import (
	"fmt"
	"slices"
	"strings"

	"hubreach/internal/county"
)

// DiffDocuments says in sentences how document b differs from document a, in the
// order of a's sites and then those that only b has; none when they say the same.
// It compares what is written: two documents that are based on different options
// can say the same and mean different things, and the first sentence says so.
func DiffDocuments(a, b OptionDocument) []string {
	var said []string
	say := func(what, was, now string) {
		if was != now {
			said = append(said, what+changed(was, now))
		}
	}
	say("Based on", string(a.BasedOn), string(b.BasedOn))
	say("Name", a.Name, b.Name)
	say("Author", a.Author, b.Author)
	say("About", a.About, b.About)
	rows := slices.Clone(a.Sites)
	for _, s := range b.Sites {
		if entryOf(a, s.ID) == nil {
			rows = append(rows, s)
		}
	}
	for _, s := range rows {
		was, now := entryOf(a, s.ID), entryOf(b, s.ID)
		name := string(s.ID)
		if s.Name != "" {
			name += " " + s.Name
		}
		switch {
		case was == nil:
			said = append(said, fmt.Sprintf("%s: listed now: %s.", name, strings.Join(now.parts(), ", ")))
		case now == nil:
			said = append(said, fmt.Sprintf("%s: no longer listed; it was: %s.", name, strings.Join(was.parts(), ", ")))
		default:
			said = append(said, was.diff(*now, name)...)
		}
	}
	return said
}

// changed says from what to what.
func changed(was, now string) string {
	switch {
	case was == "":
		return fmt.Sprintf(": %s, not said before.", now)
	case now == "":
		return fmt.Sprintf(": not said any more; it was %s.", was)
	}
	return fmt.Sprintf(": %s, before %s.", now, was)
}

func entryOf(d OptionDocument, id county.SiteID) *OptionSite {
	k := slices.IndexFunc(d.Sites, func(s OptionSite) bool { return s.ID == id })
	if k < 0 {
		return nil
	}
	return &d.Sites[k]
}

// parts are what an entry says.
func (s OptionSite) parts() []string {
	var parts []string
	for k, c := range siteColumns[1:] {
		if text := s.Cell(k + 1); text != "" {
			parts = append(parts, c.Name+" "+text)
		}
	}
	if len(parts) == 0 {
		return []string{"nothing said of it"}
	}
	return parts
}

// diff says how the entry now differs from s.
func (s OptionSite) diff(now OptionSite, name string) []string {
	var out []string
	for k, c := range siteColumns[1:] {
		if was, is := s.Cell(k+1), now.Cell(k+1); was != is {
			out = append(out, fmt.Sprintf("%s: %s%s", name, c.Name, changed(was, is)))
		}
	}
	return out
}
