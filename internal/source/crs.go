package source

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// parseCRS reads the name that a file gives its coordinate reference system:
// "EPSG:27700", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84".
func parseCRS(name string) (CRS, bool) {
	upper := strings.ToUpper(name)
	if strings.HasSuffix(upper, "CRS84") {
		return WGS84, true
	}
	if !strings.Contains(upper, "EPSG") {
		return "", false
	}
	switch upper[strings.LastIndexAny(upper, ":/")+1:] {
	case "4326":
		return WGS84, true
	case "27700":
		return BritishNationalGrid, true
	}
	return "", false
}

// wktCRS reads the well-known text of a .prj file.
func wktCRS(wkt string) (CRS, bool) {
	s := strings.ToUpper(strings.ReplaceAll(wkt, "_", " "))
	switch {
	case strings.HasPrefix(s, "PROJCS[") || strings.HasPrefix(s, "PROJCRS["):
		return BritishNationalGrid, strings.Contains(s, "BRITISH NATIONAL GRID")
	case strings.HasPrefix(s, "GEOGCS[") || strings.HasPrefix(s, "GEOGCRS["):
		return WGS84, strings.Contains(s, "WGS 84") || strings.Contains(s, "WGS 1984")
	}
	return "", false
}

// wktName returns the name in a well-known text, for a message.
func wktName(wkt string) string {
	_, after, _ := strings.Cut(wkt, `"`)
	name, _, found := strings.Cut(after, `"`)
	if !found {
		return wkt
	}
	return name
}

// chooseCRS settles what a file says of its coordinates against Options.CRS,
// which wins. said is empty when the file says nothing.
func chooseCRS(file, said string, told CRS, known bool, o Options) (CRS, []string, error) {
	switch {
	case o.CRS != "" && o.CRS != WGS84 && o.CRS != BritishNationalGrid:
		return "", nil, &RowError{File: file, Field: "crs", Found: string(o.CRS), Want: fmt.Sprintf("%q or %q", WGS84, BritishNationalGrid)}
	case o.CRS != "" && known && told != o.CRS:
		return o.CRS, []string{fmt.Sprintf("the file says %s; read as %s as the study says", told, o.CRS)}, nil
	case o.CRS != "":
		return o.CRS, nil, nil
	case known:
		return told, nil, nil
	case said == "":
		return "", nil, &RowError{File: file, Field: "crs", Want: "a coordinate reference system, found none", Do: `set crs = "EPSG:27700" or "EPSG:4326"`}
	}
	return "", nil, &RowError{File: file, Field: "crs", Found: clip(said), Want: fmt.Sprintf("%s or %s", WGS84, BritishNationalGrid), Do: "convert the file"}
}

// England and Wales in degrees, wide enough for the sea around them.
var england = orb.Bound{Min: orb.Point{-9, 49}, Max: orb.Point{3, 61}}

// The square that the British National Grid covers, in metres.
// Source: Ordnance Survey, A guide to coordinate systems in Great Britain, section 7.
var gridSquare = orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{700_000, 1_300_000}}

var degrees = orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}

// checkPoint says what is wrong with a point read as crs: want and do of a
// RowError, both empty when nothing is. Degrees anywhere on earth pass, except
// at 0, 0, and in England with latitude first.
func checkPoint(p orb.Point, crs CRS) (want, do string) {
	swapped := orb.Point{p[1], p[0]}
	switch {
	case !finite(p):
		return "finite coordinates", ""
	case p == orb.Point{}:
		return "a place, found 0, 0", "leave the coordinates blank where they are not known"
	case crs == WGS84 && !degrees.Contains(p) && gridSquare.Contains(p):
		return "degrees (EPSG:4326), found what look like metres of the British National Grid", `set crs = "EPSG:27700"`
	case crs == WGS84 && england.Contains(swapped) && !england.Contains(p):
		return "longitude first, found what look like latitude and longitude swapped", "swap them"
	case crs == WGS84 && !degrees.Contains(p):
		return "degrees (EPSG:4326)", ""
	case crs == BritishNationalGrid && england.Contains(p):
		return "metres of the British National Grid (EPSG:27700), found what look like degrees", `set crs = "EPSG:4326"`
	case crs == BritishNationalGrid && england.Contains(swapped):
		return "metres of the British National Grid (EPSG:27700), found what look like latitude and longitude", `set crs = "EPSG:4326", longitude first`
	case crs == BritishNationalGrid && !gridSquare.Contains(p):
		return "metres of the British National Grid (EPSG:27700): 0 to 700000 east, 0 to 1300000 north", ""
	}
	return "", ""
}

func finite(p orb.Point) bool {
	return !math.IsNaN(p[0]) && !math.IsInf(p[0], 0) && !math.IsNaN(p[1]) && !math.IsInf(p[1], 0)
}

// pointText writes a point for a message.
func pointText(p orb.Point) string {
	return strconv.FormatFloat(p[0], 'f', -1, 64) + " " + strconv.FormatFloat(p[1], 'f', -1, 64)
}

// pointError is the RowError of a point that checkPoint refuses, or nil.
func pointError(file string, line int, field string, p orb.Point, crs CRS) error {
	want, do := checkPoint(p, crs)
	if want == "" {
		return nil
	}
	return &RowError{File: file, Line: line, Field: field, Found: pointText(p), Want: want, Do: do}
}
