package draft_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hubreach/internal/study/draft"
)

// ascGrid is an ASCII grid of 40 x 40 heights, a kilometre apart, from its
// south-western corner on.
func ascGrid(west, south int) string {
	return fmt.Sprintf("NCOLS 40\nNROWS 40\nXLLCORNER %d\nYLLCORNER %d\nCELLSIZE 1000\n", west, south) + strings.Repeat("12 ", 1600) + "\n"
}

// Heights are told by their content and taken wherever they lie about the
// county, in as many files as they come.
func TestHeights(t *testing.T) {
	here, elsewhere := ascGrid(580_000, 110_000), ascGrid(200_000, 800_000)
	beside := ascGrid(600_000, 110_000)
	for _, tt := range []struct {
		name, file, text string
		role, why        string
		taken            bool
	}{
		{"an ASCII grid", "a.asc", here, "heights", "an elevation grid: 1600 heights, 1000 m apart, from 12 to 12 m", true},
		{"by another name, in gzip", "a.txt.gz", gzipped(t, here), "heights", "an elevation grid", true},
		{"tiles in an archive", "a.zip", zipped(t, "tr/a.asc", here, "tr/a.prj", "x", "tr/b.asc", beside), "heights", "3200 heights", true},
		{"tiles in archives of their own", "terr50.zip", zipped(t, "data/tr/a.zip", zipped(t, "a.asc", here), "data/tr/b.zip", zipped(t, "b.asc", beside)), "heights", "3200 heights", true},
		{"elsewhere", "a.asc", elsewhere, "heights", "not taken: its heights lie elsewhere", false},
		{"cut short", "a.asc", here[:len(here)/2], "", "cannot be read: ", false},
		{"an archive of archives of something else", "a.zip", zipped(t, "b.zip", zipped(t, "a.txt", "x")), "", "not a table", false},
		{"a TIFF that is a picture", "a.tif", "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00", "", "cannot be read: ", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := drafted(t, folderOf(folderWith(draftFolder, tt.file, tt.text)))
			at := slices.IndexFunc(d.Found, func(f draft.Found) bool { return f.File == tt.file })
			if got := d.Found[at]; got.Role != tt.role || got.Taken != tt.taken || !strings.Contains(got.Why, tt.why) {
				t.Errorf("role %q, taken %t, %q; want role %q, taken %t, %q", got.Role, got.Taken, got.Why, tt.role, tt.taken, tt.why)
			}
			want := ""
			if tt.taken {
				want = "tobler"
			}
			if got := parsed(t, d).Walk.Slope; got != want {
				t.Errorf("walk.slope %q, want %q", got, want)
			}
		})
	}
	both := folderOf(folderWith(folderWith(draftFolder, "west.asc", here), "east.asc", beside))
	taken := 0
	for _, in := range parsed(t, drafted(t, both)).Inputs {
		if in.Role == "heights" {
			taken++
		}
	}
	if taken != 2 {
		t.Errorf("%d inputs of heights, want both files", taken)
	}
}
