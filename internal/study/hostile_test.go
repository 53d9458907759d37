package study_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"hubreach/internal/study"
)

// numbered repeats a line with another number each time.
func numbered(n int, line string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line, i)
	}
	return b.String()
}

// A study file made to cost is refused in one short line: the decoder's own
// strict mode takes hours over some of these, and prints keys whole.
func TestHostileStudyFile(t *testing.T) {
	const deep = 100_000
	for _, tt := range []struct{ name, text, want string }{
		{"lists in lists", "name = " + strings.Repeat("[", deep) + strings.Repeat("]", deep), "nested more than"},
		{"lists without an end", "name = " + strings.Repeat("[", deep), "nested more than"},
		{"tables in tables", "name = " + strings.Repeat("{a=", deep), "nested more than"},
		{"a dotted key", strings.Repeat("a.", deep) + "a = 1", `line 1: bad study file: key "a"`},
		{"a table below tables", "[" + strings.Repeat("walk.", deep) + "a]", `key "walk.walk"`},
		{"unknown tables", numbered(deep, "[a%d]\n"), `line 1: bad study file: key "a0"`},
		{"unknown keys", "name = 'x'\n" + numbered(deep, "a%d = 1\n"), `line 2: bad study file: key "a0"`},
		{"unknown keys of a list", "name = 'x'\nwalk.profile = [{" + strings.TrimSuffix(numbered(deep, "a%d=1,"), ",") + "}]", `line 2: bad study file: key "walk.profile.a0"`},
		{"districts without end", "[outreach.district_sessions]\n" + numbered(deep, "a%d = 1\n"), "want at most 5000 keys"},
		{"a key of a megabyte", strings.Repeat("k", 1<<20) + " = 1", `kkk..."`},
		{"a role of a megabyte", "name = 'x'\n[[input]]\nfile = 'a'\nrole = '" + strings.Repeat("k", 1<<20) + "'", "kkk..."},
		{"a key of 10 MB", strings.Repeat("k", 10<<20) + " = 1", "want at most 4194304 bytes, found 10485764"},
		{"a million tables", strings.Repeat("[[input]]\n", 1_000_000), "want at most 4194304 bytes, found 10000000"},
		{"tables up to the limit", strings.Repeat("[[input]]\n", 50_000), "want a name for the study"},
		{"a key twice", strings.Repeat("name = 'x'\n", deep), "line 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := study.ParseSpec([]byte(tt.text), "x.toml")
			if !errors.Is(err, study.ErrBadSpec) || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("%.400v: want ErrBadSpec and %q", err, tt.want)
			}
			if text := err.Error(); len(text) > 700 || strings.Contains(text, "\n") {
				t.Errorf("%d bytes: %.400s: want one line that people read", len(text), text)
			}
		})
	}
}
