package tile_test

import (
	"errors"
	"testing"

	"hubreach/internal/tile"
)

func TestParseID(t *testing.T) {
	for _, tt := range []struct {
		name    string
		z, x, y string
		want    tile.ID
		ok      bool
	}{
		{"the world", "0", "0", "0", tile.ID{}, true},
		{"the deepest, in its last corner", "14", "16383", "16383", tile.ID{Z: 14, X: 16383, Y: 16383}, true},
		{"too deep", "15", "0", "0", tile.ID{}, false},
		{"beyond the last column", "1", "2", "0", tile.ID{}, false},
		{"beyond the last row", "1", "0", "2", tile.ID{}, false},
		{"negative", "1", "-1", "0", tile.ID{}, false},
		{"a plus sign", "1", "+1", "0", tile.ID{}, false},
		{"a leading zero would be a second address of one tile", "1", "01", "0", tile.ID{}, false},
		{"nothing", "", "0", "0", tile.ID{}, false},
		{"not a number", "a", "0", "0", tile.ID{}, false},
		{"hexadecimal", "0x1", "0", "0", tile.ID{}, false},
		{"other digits", "1", "١", "0", tile.ID{}, false},
		{"over 32 bits", "1", "4294967296", "0", tile.ID{}, false},
		{"a path", "1", "../1", "0", tile.ID{}, false},
	} {
		got, err := tile.ParseID(tt.z, tt.x, tt.y)
		if got != tt.want || (err == nil) != tt.ok || err != nil && !errors.Is(err, tile.ErrBadTile) {
			t.Errorf("%s: ParseID(%q, %q, %q) = %v, %v; want %v, ok: %t", tt.name, tt.z, tt.x, tt.y, got, err, tt.want, tt.ok)
		}
	}
}

func TestParseChoice(t *testing.T) {
	for _, tt := range []struct {
		text string
		want tile.Choice
		ok   bool
	}{
		{"areas", tile.Areas, true},
		{"sites,areas", tile.Areas | tile.Sites, true},
		{"areas,catchments,sites,outreach,streets", tile.All, true},
		{"", 0, false},
		{"Areas", 0, false},
		{"areas,", 0, false},
		{"areas,areas", 0, false},
		{"areas, sites", 0, false},
		{"roads", 0, false},
	} {
		got, err := tile.ParseChoice(tt.text)
		if got != tt.want || (err == nil) != tt.ok || err != nil && !errors.Is(err, tile.ErrNoSet) {
			t.Errorf("ParseChoice(%q) = %v, %v; want %v, ok: %t", tt.text, got, err, tt.want, tt.ok)
		}
	}
}

// What can be read is the one way to write it.
func FuzzParseID(f *testing.F) {
	f.Add("0", "0", "0")
	f.Add("14", "8190", "5448")
	f.Add("1", "01", "-0")
	f.Fuzz(func(t *testing.T, z, x, y string) {
		id, err := tile.ParseID(z, x, y)
		if err != nil {
			if !errors.Is(err, tile.ErrBadTile) || len(err.Error()) > 200 {
				t.Errorf("ParseID(%q, %q, %q): %v", z, x, y, err)
			}
			return
		}
		if id.String() != z+"/"+x+"/"+y {
			t.Errorf("ParseID(%q, %q, %q) = %v", z, x, y, id)
		}
	})
}

func FuzzParseChoice(f *testing.F) {
	f.Add("areas")
	f.Add("areas,sites")
	f.Add("streets,areas,areas")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := tile.ParseChoice(text)
		if err != nil {
			if !errors.Is(err, tile.ErrNoSet) {
				t.Errorf("ParseChoice(%q): %v", text, err)
			}
			return
		}
		if again, err := tile.ParseChoice(c.String()); again != c || err != nil || len(c.String()) != len(text) {
			t.Errorf("ParseChoice(%q) = %v, read again: %v, %v", text, c, again, err)
		}
	})
}
