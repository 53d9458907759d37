package geopackage_test

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"hubreach/geo/geopackage"
)

// A header is "GP", version 0, flags, and 27700 = 0x6C34; 1.0 is 3ff0000000000000
// and 2.0 is 4000000000000000, their bytes here from the last to the first.
const (
	magic = "4750" + "00"
	grid  = "346c0000"
	one   = "000000000000f03f"
	two   = "0000000000000040"
)

func TestMarshal(t *testing.T) {
	for _, tc := range []struct {
		name string
		g    orb.Geometry
		want string
	}{
		{"a point has no bounds", orb.Point{1, 2}, magic + "01" + grid + "0101000000" + one + two},
		{"all else says minx, maxx, miny, maxy", orb.LineString{{2, 1}, {1, 1}}, magic + "03" + grid + one + two + one + one + "010200000002000000" + two + one + one + one},
		{"no ground", orb.MultiPolygon{}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := geopackage.Marshal(tc.g)
			if err != nil || hex.EncodeToString(got) != tc.want {
				t.Errorf("Marshal(%v) = %x, %v; want %s", tc.g, got, err, tc.want)
			}
		})
	}
}

// What one function writes, the other reads.
func TestMarshalThenWKB(t *testing.T) {
	square := orb.Polygon{{{0, 0}, {2, 0}, {2, 2}, {0, 0}}}
	for _, g := range []orb.Geometry{orb.Point{1, 2}, orb.MultiPoint{{1, 2}}, square, orb.MultiPolygon{square, square}} {
		blob, err := geopackage.Marshal(g)
		if err != nil {
			t.Fatal(err)
		}
		body, err := geopackage.WKB(blob)
		if err != nil {
			t.Fatal(err)
		}
		back, err := wkb.Unmarshal(body)
		if diff := cmp.Diff(g, back); err != nil || diff != "" {
			t.Errorf("WKB(Marshal(%v)): %v\n%s", g, err, diff)
		}
	}
}

func TestWKB(t *testing.T) {
	const body = "aa"
	envelope := func(floats int) string { return strings.Repeat(one, floats) }
	for _, tc := range []struct {
		name, blob, want string
		damaged          bool
	}{
		{"no bytes", "", "", false},
		{"no bounds", magic + "01" + grid + body, body, false},
		{"bounds in x and y", magic + "03" + grid + envelope(4) + body, body, false},
		{"and z", magic + "05" + grid + envelope(6) + body, body, false},
		{"and m", magic + "07" + grid + envelope(6) + body, body, false},
		{"all four", magic + "09" + grid + envelope(8) + body, body, false},
		{"empty", magic + "11" + grid + body, "", false},
		{"bounds of no known kind", magic + "0b" + grid + envelope(8) + body, "", true},
		{"bounds cut off", magic + "03" + grid + envelope(3), "", true},
		{"a header cut off", magic + "01", "", true},
		{"another magic", "475100" + "01" + grid + body, "", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			blob, err := hex.DecodeString(tc.blob)
			if err != nil {
				t.Fatal(err)
			}
			got, err := geopackage.WKB(blob)
			if hex.EncodeToString(got) != tc.want || errors.Is(err, geopackage.ErrDamaged) != tc.damaged {
				t.Errorf("WKB(%s) = %x, %v; want %s, damaged %t", tc.blob, got, err, tc.want, tc.damaged)
			}
		})
	}
}

// FuzzWKB: what is returned is the end of what was given, or there is an error.
func FuzzWKB(f *testing.F) {
	for _, g := range []orb.Geometry{orb.Point{1, 2}, orb.LineString{{1, 2}, {3, 4}}} {
		blob, err := geopackage.Marshal(g)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(blob)
	}
	f.Fuzz(func(t *testing.T, blob []byte) {
		body, err := geopackage.WKB(blob)
		if !strings.HasSuffix(string(blob), string(body)) || err != nil && body != nil {
			t.Errorf("WKB(%x) = %x, %v", blob, body, err)
		}
	})
}
