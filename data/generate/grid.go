package main

import "math"

// The plan's south-west corner on the British National Grid, in metres. It lies
// in the North Sea, some 40 km off Lincolnshire, so that nobody takes the
// county for a real one.
const (
	cornerEasting  = 570000.0
	cornerNorthing = 365000.0
)

// easting and northing return the National Grid coordinates of p in metres.
func easting(p point) float64  { return cornerEasting + p.X }
func northing(p point) float64 { return cornerNorthing + p.Y }

// degrees returns the WGS 84 longitude and latitude of p, rounded to seven
// decimals (about a centimetre).
//
// The generator carries its own arithmetic instead of using package geo: PROJ
// gives other coordinates where the OSTN15 grid is installed, by up to five
// metres on land, and these files must come out the same everywhere.
//
// Source: Ordnance Survey, "A guide to coordinate systems in Great Britain"
// (v3.6, 2020), annexes B and C, and the seven parameters of section 6.6.
func degrees(p point) (lon, lat float64) {
	lat, lon = airy.unproject(easting(p), northing(p))
	x, y, z := airy.cartesian(lat, lon)
	// OSGB36 to WGS 84: the published WGS 84 to OSGB36 parameters reversed.
	const (
		tx, ty, tz = 446.448, -125.157, 542.060
		arcsecond  = math.Pi / 180 / 3600
		rx, ry, rz = 0.1502 * arcsecond, 0.2470 * arcsecond, 0.8421 * arcsecond
		scale      = -20.4894e-6
	)
	wx := tx + (1+scale)*x - rz*y + ry*z
	wy := ty + rz*x + (1+scale)*y - rx*z
	wz := tz - ry*x + rx*y + (1+scale)*z
	lat, lon = grs80.angles(wx, wy, wz)
	return round7(lon * 180 / math.Pi), round7(lat * 180 / math.Pi)
}

func round7(x float64) float64 { return math.Round(x*1e7) / 1e7 }

// spheroid is a figure of the Earth: its half axes in metres.
type spheroid struct{ a, b float64 }

var (
	airy  = spheroid{6377563.396, 6356256.909} // Airy 1830
	grs80 = spheroid{6378137.000, 6356752.3141}
)

// cartesian returns the place at height 0, in metres from the Earth's centre.
func (s spheroid) cartesian(lat, lon float64) (x, y, z float64) {
	e2 := 1 - s.b*s.b/(s.a*s.a)
	sin, cos := math.Sincos(lat)
	nu := s.a / math.Sqrt(1-e2*sin*sin)
	return nu * cos * math.Cos(lon), nu * cos * math.Sin(lon), nu * (1 - e2) * sin
}

// angles is the inverse of cartesian, in radians.
func (s spheroid) angles(x, y, z float64) (lat, lon float64) {
	e2 := 1 - s.b*s.b/(s.a*s.a)
	flat := math.Sqrt(x*x + y*y)
	lat = math.Atan2(z, flat*(1-e2))
	for range 6 {
		sin := math.Sin(lat)
		lat = math.Atan2(z+e2*s.a/math.Sqrt(1-e2*sin*sin)*sin, flat)
	}
	return lat, math.Atan2(y, x)
}

// unproject returns the latitude and longitude, in radians, of a place on the
// National Grid's transverse Mercator projection.
func (s spheroid) unproject(e, n float64) (lat, lon float64) {
	const (
		e0, n0 = 400000.0, -100000.0
		f0     = 0.9996012717
		lat0   = 49 * math.Pi / 180
		lon0   = -2 * math.Pi / 180
	)
	a, b := s.a*f0, s.b*f0
	e2 := 1 - s.b*s.b/(s.a*s.a)
	k := (s.a - s.b) / (s.a + s.b)
	arc := func(lat float64) float64 {
		d, t := lat-lat0, lat+lat0
		return b * ((1+k+1.25*k*k+1.25*k*k*k)*d - (3*k+3*k*k+2.625*k*k*k)*math.Sin(d)*math.Cos(t) +
			(1.875*k*k+1.875*k*k*k)*math.Sin(2*d)*math.Cos(2*t) - 35.0/24*k*k*k*math.Sin(3*d)*math.Cos(3*t))
	}
	lat = lat0 + (n-n0)/a
	for range 8 {
		lat += (n - n0 - arc(lat)) / a
	}
	sin, cos := math.Sincos(lat)
	tan := sin / cos
	nu := a / math.Sqrt(1-e2*sin*sin)
	rho := a * (1 - e2) / ((1 - e2*sin*sin) * math.Sqrt(1-e2*sin*sin))
	eta2 := nu/rho - 1
	t2, d := tan*tan, e-e0
	lat -= d * d * tan / (2 * rho * nu) * (1 - d*d/(12*nu*nu)*(5+3*t2+eta2-9*t2*eta2) + d*d*d*d/(360*nu*nu*nu*nu)*(61+90*t2+45*t2*t2))
	lon = lon0 + d/(cos*nu)*(1-d*d/(6*nu*nu)*(nu/rho+2*t2)+
		d*d*d*d/(120*nu*nu*nu*nu)*(5+28*t2+24*t2*t2)-d*d*d*d*d*d/(5040*nu*nu*nu*nu*nu*nu)*(61+662*t2+1320*t2*t2+720*t2*t2*t2))
	return lat, lon
}
