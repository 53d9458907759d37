package geo

// #cgo pkg-config: proj
// #include <proj.h>
import "C"

// The steps between WGS 84 degrees and the British National Grid are written
// out here rather than looked up by EPSG code.
//
// Why: by code, PROJ picks the best of what it finds on the machine (seven
// parameters, OSTN02 or OSTN15, a grid fetched from the network, one of two
// transverse Mercator algorithms by its settings file), and the same study would
// give other metres elsewhere. Written out, there are two outcomes, and Grid
// says which.

// through puts a change of datum, from radians on WGS 84 to radians on Airy
// 1830, between the units and the map projection of EPSG:27700.
func through(datum string) string {
	return "+proj=pipeline" +
		" +step +proj=unitconvert +xy_in=deg +xy_out=rad" +
		datum +
		" +step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +algo=poder_engsager"
}

// sevenParameters is EPSG:1314, OSGB36 to WGS 84 (6), run backwards; 2 m. The
// values are also in Ordnance Survey, "A guide to coordinate systems in Great
// Britain", section 6.6. The height is held at 0 on both sides.
const sevenParameters = " +step +proj=push +v_3" +
	" +step +proj=cart +ellps=WGS84" +
	" +step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 +convention=position_vector" +
	" +step +inv +proj=cart +ellps=airy" +
	" +step +proj=pop +v_3"

// ostn15 is EPSG:7710, OSGB36 to WGS 84 (9), run backwards: Ordnance Survey's
// definition of the British National Grid since 2016.
func ostn15(file string) string { return " +step +inv +proj=hgridshift +grids=" + file }

// GridFiles returns the names under which the OSTN15 grid is known to PROJ, the
// first found being used: Ordnance Survey's own and that of PROJ's data package.
func GridFiles() []string {
	return []string{"OSTN15_NTv2_OSGBtoETRS.gsb", "uk_os_OSTN15_NTv2_OSGBtoETRS.tif"}
}

// closeNetwork makes PROJ's default context, from which later contexts are
// copied, not fetch files, even if PROJ_NETWORK or proj.ini ask for it.
func closeNetwork() { C.proj_context_set_enable_network(nil, 0) }
