package main

import (
	"fmt"
	"strconv"
	"strings"
)

// geometry writes rings as a GeoJSON Polygon or MultiPolygon in WGS 84, every
// ring closed, outer rings anticlockwise (RFC 7946).
func geometry(rings [][]point) string {
	var polygons []string
	for k, r := range rings {
		if area(r) <= 0 {
			continue
		}
		parts := []string{ringText(r)}
		for m, hole := range rings {
			if m != k && area(hole) < 0 && inside(hole[0], r) {
				parts = append(parts, ringText(hole))
			}
		}
		polygons = append(polygons, "["+strings.Join(parts, ",")+"]")
	}
	if len(polygons) == 1 {
		return `{"type":"Polygon","coordinates":` + polygons[0] + `}`
	}
	return `{"type":"MultiPolygon","coordinates":[` + strings.Join(polygons, ",") + `]}`
}

func ringText(r []point) string {
	var b strings.Builder
	b.WriteByte('[')
	for i := range len(r) + 1 {
		lon, lat := degrees(r[i%len(r)])
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("[" + strconv.FormatFloat(lon, 'f', 7, 64) + "," + strconv.FormatFloat(lat, 'f', 7, 64) + "]")
	}
	b.WriteByte(']')
	return b.String()
}

// collection writes features one to a line.
func collection(name string, features []string) []byte {
	return []byte("{\n\"type\":\"FeatureCollection\",\n\"name\":" + strconv.Quote(name) +
		",\n\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\n\"features\":[\n" +
		strings.Join(features, ",\n") + "\n]\n}\n")
}

// boundaries is in the layout of the lower layer super output areas of December
// 2021, with the district beside each.
func (c *County) boundaries() []byte {
	var out []string
	for k, a := range c.areas {
		out = append(out, feature(`"FID":`+strconv.Itoa(k+1)+`,"LSOA21CD":"`+a.code+`","LSOA21NM":"`+a.name+
			`","LADCD_ACTIVE":"`+districtCode(a.district)+`","UTLACD":"`+countyCode+`"`, geometry(a.rings)))
	}
	return collection("LSOA21", out)
}

// builtUpPolygons is in the layout of the built-up areas of 2024.
func (c *County) builtUpPolygons() []byte {
	var out []string
	for _, b := range c.towns {
		hectares := strconv.FormatFloat(extent(b.rings)/1e4, 'f', 2, 64)
		out = append(out, feature(`"gsscode":"`+b.code+`","BUA24CD":"`+b.code+`","BUA24NM":"`+b.name+`","BUA24NMW":"","areahectar":`+hectares, geometry(b.rings)))
	}
	return collection("BUA24", out)
}

// feature is a GeoJSON feature's members after its type.
func feature(properties string, polygons string) string {
	return fmt.Sprintf(`{"type":"Feature","properties":{%s},"geometry":%s}`, properties, polygons)
}
