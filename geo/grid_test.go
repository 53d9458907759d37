package geo_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"hubreach/geo"
)

// ntv2 is a grid file in the NTv2 layout with the same shift, in seconds of arc,
// at each whole degree of 50 to 53 north and 3 west to 3 east. A file is
// records of a name of eight letters and a value of eight bytes; NTv2 counts
// longitudes westwards.
func ntv2(latShift, westShift float32) []byte {
	var b bytes.Buffer
	put := func(name string, v any) {
		fmt.Fprintf(&b, "%-8s", name)
		switch v := v.(type) {
		case string:
			fmt.Fprintf(&b, "%-8s", v)
		case int32:
			_ = binary.Write(&b, binary.LittleEndian, []int32{v, 0})
		case float64:
			_ = binary.Write(&b, binary.LittleEndian, v)
		}
	}
	const degree = 3600.0
	put("NUM_OREC", int32(11))
	put("NUM_SREC", int32(11))
	put("NUM_FILE", int32(1))
	put("GS_TYPE", "SECONDS")
	put("VERSION", "TEST")
	put("SYSTEM_F", "OSGB36")
	put("SYSTEM_T", "ETRS89")
	put("MAJOR_F", 6377563.396)
	put("MINOR_F", 6356256.909)
	put("MAJOR_T", 6378137.0)
	put("MINOR_T", 6356752.314)
	put("SUB_NAME", "TEST")
	put("PARENT", "NONE")
	put("CREATED", "")
	put("UPDATED", "")
	put("S_LAT", 50*degree)
	put("N_LAT", 53*degree)
	put("E_LONG", -3*degree)
	put("W_LONG", 3*degree)
	put("LAT_INC", degree)
	put("LONG_INC", degree)
	put("GS_COUNT", int32(4*7))
	for range 4 * 7 {
		_ = binary.Write(&b, binary.LittleEndian, []float32{latShift, westShift, 0, 0})
	}
	put("END", 0.0)
	return b.Bytes()
}

// inGrid is set in the process that the tests below start: PROJ reads its search
// path and its grid files once, so each case needs a process of its own.
const inGrid = "HUBREACH_TEST_GRID"

// again runs the named test in a new process that finds content under each of
// the names of the OSTN15 grid before anything else.
func again(t *testing.T, test, which string, content []byte) {
	t.Helper()
	dir := t.TempDir()
	for _, file := range geo.GridFiles() {
		if err := os.WriteFile(filepath.Join(dir, file), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data := dir + string(os.PathListSeparator) + "/usr/share/proj"
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.v")
	cmd.Env = append(os.Environ(), "PROJ_DATA="+data, "PROJ_LIB="+data, "XDG_DATA_HOME="+t.TempDir(), inGrid+"="+which)
	if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("--- PASS: "+test)) {
		t.Errorf("%s: %v\n%s", which, err, out)
	}
}

// A grid file in the search path is used, whatever it says.
func TestGridFileIsUsed(t *testing.T) {
	if os.Getenv(inGrid) == "" {
		again(t, "TestGridFileIsUsed", "no shift", ntv2(0, 0))
		return
	}
	j := newProjection(t)
	if !j.Grid() {
		t.Fatal("Grid() = false with a grid file in PROJ_DATA")
	}
	// TP07 of the survey, in Kent. Without a shift of datum it comes out some
	// 120 m off (Ordnance Survey, "A guide to coordinate systems in Great
	// Britain": OSGB36 and WGS 84 differ by up to 120 m, most in the east).
	kent := geo.LonLat{1.44454730409, 51.37447025550}
	got, err := j.ToGrid(kent)
	if err != nil {
		t.Fatal(err)
	}
	if off := got.Distance(geo.Grid{639821.835, 169565.858}); off < 100 || off > 150 {
		t.Errorf("a grid of no shift moves TP07 by %.1f m, want about 120", off)
	}
	back, err := j.ToLonLat(got)
	if err != nil || degreesApart(back, kent) > 0.001 {
		t.Errorf("ToLonLat(%v) = %v, %v, want %v", got, back, err, kent)
	}
	// Beyond the file the shift is not known: no guess.
	for _, p := range []geo.LonLat{{-4, 55}, {0.5, 49.9}} {
		if got, err := j.ToGrid(p); !errors.Is(err, geo.ErrOutside) {
			t.Errorf("ToGrid(%v) beyond the grid file = %v, %v, want ErrOutside", p, got, err)
		}
	}
	if got, err := j.ToLonLat(geo.Grid{300_000, 900_000}); !errors.Is(err, geo.ErrOutside) {
		t.Errorf("ToLonLat beyond the grid file = %v, %v, want ErrOutside", got, err)
	}
}

// A file of that name that is no grid is passed over.
func TestBrokenGridFile(t *testing.T) {
	if os.Getenv(inGrid) == "" {
		again(t, "TestBrokenGridFile", "empty", nil)
		again(t, "TestBrokenGridFile", "text", []byte("not a grid\n"))
		again(t, "TestBrokenGridFile", "cut off", ntv2(0, 0)[:300])
		return
	}
	j := newProjection(t)
	if j.Grid() {
		t.Error("Grid() = true with a file that is no grid")
	}
	if got, err := j.ToGrid(geo.LonLat{0.5218, 51.2744}); err != nil {
		t.Errorf("ToGrid = %v, %v, want the seven parameters to serve", got, err)
	}
}
