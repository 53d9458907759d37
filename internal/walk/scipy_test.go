package walk_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"hubreach/internal/realdata"
	"hubreach/internal/source"
	"hubreach/internal/walk"
)

// TestSearchEqualsSciPy compares the walks from 200 random places of three real
// networks with scipy.sparse.csgraph.dijkstra(limit=) over every vertex of the
// street data, to the millisecond. With HUBREACH_SCIPY=county also those of
// Newport copied to a county, which takes minutes.
func TestSearchEqualsSciPy(t *testing.T) {
	python := scipy(t)
	for _, c := range []struct {
		name    string
		streets func(*testing.T) source.Streets
		proj    walk.Projector
	}{
		{"Newport", func(t *testing.T) source.Streets { return realdata.Streets(t, realdata.Newport) }, grid(t)},
		{"Andorra", func(t *testing.T) source.Streets { return realdata.Streets(t, "osm/andorra.osm.pbf") }, local{1.55, 42.54}},
		{"Liechtenstein", func(t *testing.T) source.Streets { return realdata.Streets(t, "osm/liechtenstein.osm.pbf") }, local{9.55, 47.15}},
		{"county", func(t *testing.T) source.Streets {
			if os.Getenv("HUBREACH_SCIPY") != "county" {
				t.Skip("a county takes minutes: set HUBREACH_SCIPY=county")
			}
			return county(t)
		}, flat{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := newEquality(t, c.streets(t), c.proj)
			t.Logf("%d walks compared", e.compareSciPy(t, python, []searches{{0, walk.Towards}, {1, walk.From}}, 100))
		})
	}
}

// scipy returns the Python that has SciPy, or skips; in CI its absence fails.
func scipy(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(python, "-c", "import scipy").Run() == nil {
			return python
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("no Python with SciPy: apt-get install python3-scipy")
	}
	t.Skip("no Python with SciPy: apt-get install python3-scipy")
	return ""
}

// searches are those of one profile in one direction.
type searches struct {
	profile   int
	direction walk.Direction
}

// compareSciPy compares searches, each from so many random vertices, and returns
// how many walks it compared.
func (e *equality) compareSciPy(t *testing.T, python string, tasks []searches, origins int) (compared int) {
	t.Helper()
	const limit = 20 * 60_000
	var from [][]int
	var in bytes.Buffer
	for _, task := range tasks {
		rng := rand.New(rand.NewPCG(uint64(task.profile), uint64(task.direction)))
		var of []int
		for len(of) < origins {
			if v := e.usable[rng.IntN(len(e.usable))]; e.vs[v].Gate == 0 {
				of = append(of, v)
			}
		}
		from = append(from, of)
		in.Write(e.plain[task.direction].matrix(task.profile, limit, of))
	}
	cmd := exec.Command(python, filepath.Join("testdata", "dijkstra.py"))
	cmd.Stdin, cmd.Stderr = &in, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", python, err)
	}
	next := func() uint32 {
		if len(out) < 4 {
			t.Fatal("the answer of SciPy ends early")
		}
		v := binary.LittleEndian.Uint32(out)
		out = out[4:]
		return v
	}
	for k, task := range tasks {
		for i, origin := range from[k] {
			want := map[int]uint32{}
			for range next() {
				state, millis := int(next()), next()
				if old, ok := want[state/3]; !ok || millis < old {
					want[state/3] = millis
				}
			}
			compared += e.compareWith(t, origin, task.profile, task.direction, want, i%10 == 0)
			if t.Failed() {
				return compared
			}
		}
	}
	return compared
}

// matrix writes the search as testdata/dijkstra.py reads it: a node for each
// vertex on private ground before any street, on the streets, and after them,
// as in plain. No walk goes on from a gate that stops the profile.
func (p *plain) matrix(profile int, limit uint32, origins []int) []byte {
	var first, to, millis []uint32
	for v, steps := range p.steps {
		for phase := range 3 {
			first = append(first, uint32(len(to)))
			row := map[uint32]uint32{}
			if phase < 2 {
				row[uint32(3*v+phase+1)] = 0
			}
			for _, s := range steps {
				t := s.millis[profile]
				if t == walk.Never || s.ends != (phase != 1) || p.gates[v]>>profile&1 == 1 {
					continue
				}
				k := uint32(3*s.to + phase)
				if old, ok := row[k]; !ok || t < old {
					row[k] = t
				}
			}
			columns := make([]uint32, 0, len(row))
			for k := range row {
				columns = append(columns, k)
			}
			slices.Sort(columns)
			for _, k := range columns {
				to, millis = append(to, k), append(millis, row[k])
			}
		}
	}
	out := []byte{}
	put := func(vs ...uint32) {
		for _, v := range vs {
			out = binary.LittleEndian.AppendUint32(out, v)
		}
	}
	put(uint32(len(first)), uint32(len(to)), limit, uint32(len(origins)))
	put(first...)
	put(uint32(len(to)))
	put(to...)
	put(millis...)
	for _, v := range origins {
		put(uint32(3 * v))
	}
	return out
}
