package estate_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/estate"
)

func TestParseOptionID(t *testing.T) {
	for _, s := range []string{"a", "current", "KCP-3.1_b", "9", strings.Repeat("x", 64), "..a"} {
		if got, err := estate.ParseOptionID(s); err != nil || string(got) != s {
			t.Errorf("ParseOptionID(%q) = %q, %v, want it back", s, got, err)
		}
	}
	for name, s := range map[string]string{
		"empty": "", "one too long": strings.Repeat("x", 65), "space": "a b", "slash": "a/b", "the folder itself": ".", "the folder above": "..",
		"only marks": "-_.", "accent": "café", "not UTF-8": "a\xff", "line break": "a\n", "zero": "a\x00",
	} {
		if got, err := estate.ParseOptionID(s); !errors.Is(err, estate.ErrBadOptionID) {
			t.Errorf("%s: ParseOptionID(%q) = %q, %v, want ErrBadOptionID", name, s, got, err)
		}
	}
	_, err := estate.ParseOptionID(strings.Repeat("long", 1000))
	if err == nil || len(err.Error()) > 200 {
		t.Errorf("the error for 4,000 characters is %d long, want it clipped", len(err.Error()))
	}
}

func TestParseStatus(t *testing.T) {
	for s, want := range map[string]estate.Status{
		"hub": estate.Hub, "open": estate.Hub, " Hub ": estate.Hub, "co_located": estate.CoLocated, "Co-located": estate.CoLocated,
		"co located": estate.CoLocated, "OUTREACH ONLY": estate.OutreachOnly, "closed": estate.Closed, "new": estate.New,
	} {
		if got, err := estate.ParseStatus(s); err != nil || got != want {
			t.Errorf("ParseStatus(%q) = %v, %v, want %v", s, got, err, want)
		}
	}
	for _, s := range []string{"", "shut", "hubs", "4", "status 9"} {
		if got, err := estate.ParseStatus(s); !errors.Is(err, estate.ErrBadStatus) {
			t.Errorf("ParseStatus(%q) = %v, %v, want ErrBadStatus", s, got, err)
		}
	}
	if got := estate.Status(9).String(); got != "status 9" {
		t.Errorf("Status(9).String() = %q, want %q", got, "status 9")
	}
}

func TestKeep(t *testing.T) {
	c := &county.County{Sites: make([]county.Site, 4)}
	o := estate.Keep(c, "x", "X", []int{3, 1})
	if want := []estate.Status{estate.Closed, estate.Hub, estate.Closed, estate.Hub}; !slices.Equal(o.Status, want) {
		t.Errorf("Keep(3, 1) has the statuses %v, want %v", o.Status, want)
	}
	if got := o.OpenSites(); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("OpenSites = %v, want [1 3]", got)
	}
}

func FuzzParseOptionID(f *testing.F) {
	for _, s := range []string{"current", "", "..", "a/b", "\xff", strings.Repeat("a", 65)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := estate.ParseOptionID(s)
		if err != nil {
			if !errors.Is(err, estate.ErrBadOptionID) || id != "" {
				t.Fatalf("ParseOptionID(%q) = %q, %v, want no id and ErrBadOptionID", s, id, err)
			}
			return
		}
		if string(id) != s || strings.ContainsAny(s, "/\\ \x00") || s == "." || s == ".." {
			t.Fatalf("ParseOptionID(%q) = %q, want it refused, or back and safe", s, id)
		}
	})
}

func FuzzParseStatus(f *testing.F) {
	for _, s := range []string{"hub", "open", "Co-located", "", "\xff", "status 9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		status, err := estate.ParseStatus(s)
		if err != nil {
			return
		}
		if again, err := estate.ParseStatus(status.String()); err != nil || again != status {
			t.Fatalf("ParseStatus(%q) = %v, whose text reads as %v, %v", s, status, again, err)
		}
	})
}
