package optimise_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/optimisetest"
)

// readMPS reads a file twice, as fixed MPS, by columns, and as free MPS, by
// fields, and fails when the two differ.
type readMPS struct {
	sense   map[string]string // by row
	entries map[string]map[string]float64
	limit   map[string]float64
	most    map[string]float64
	whole   map[string]bool
}

func parseMPS(text string) (*readMPS, error) {
	m := &readMPS{map[string]string{}, map[string]map[string]float64{}, map[string]float64{}, map[string]float64{}, map[string]bool{}}
	section, whole := "", false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "*"):
			continue
		case !strings.HasPrefix(line, " "):
			section = strings.Fields(line)[0]
			continue
		}
		free := strings.Fields(line)
		fixed := columns(line)
		if fmt.Sprint(free) != fmt.Sprint(fixed) {
			return nil, fmt.Errorf("%q: free %q, fixed %q", line, free, fixed)
		}
		if section == "ROWS" {
			m.sense[free[1]] = free[0]
			continue
		}
		if free[1] == "'MARKER'" {
			whole = free[2] == "'INTORG'"
			continue
		}
		v, err := strconv.ParseFloat(free[len(free)-1], 64)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		switch section {
		case "COLUMNS":
			if m.entries[free[0]] == nil {
				m.entries[free[0]] = map[string]float64{}
			}
			m.entries[free[0]][free[1]] = v
			m.whole[free[0]] = whole
		case "RHS":
			m.limit[free[1]] = v
		case "BOUNDS":
			m.most[free[2]] = v
		}
	}
	if section != "ENDATA" {
		return nil, errors.New("no end")
	}
	return m, nil
}

// columns cuts a line at the columns of fixed MPS: 2-3, 5-12, 15-22, 25-36, 40-47.
func columns(line string) (fields []string) {
	for _, c := range [][2]int{{1, 3}, {4, 12}, {14, 22}, {24, 36}, {39, 47}} {
		if len(line) > c[0] {
			if f := strings.TrimSpace(line[c[0]:min(c[1], len(line))]); f != "" {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// slack is by how much, relative to a limit, a row may be broken: limits are
// written with ten digits or more, and solvers allow this much.
const slack = 1e-6

func pounds(p *optimise.Problem, open []bool) float64 {
	sum := 0.0
	for s, on := range open {
		if on {
			sum += p.Sites[s].Cost
		}
	}
	return sum
}

// cost is the least cost of the program once the sites are set: every other
// variable is raised only as far as the rows need, which is how x, v and r work.
// It is infinite when the sites alone break a row.
func (m *readMPS) cost(open func(site string) bool) float64 {
	value := map[string]float64{}
	for c := range m.entries {
		if m.whole[c] && open(c) {
			value[c] = 1
		}
	}
	for changed := true; changed; {
		changed = false
		for row, sense := range m.sense {
			if sense != "G" {
				continue
			}
			sum, lift := 0.0, ""
			for c, e := range m.entries {
				sum += e[row] * value[c]
				// Of x and v the one that costs less gives way first.
				if !m.whole[c] && e[row] > 0 && value[c] < m.most[c] && (lift == "" || e["COST"] < m.entries[lift]["COST"]) {
					lift = c
				}
			}
			if sum < m.limit[row]-1e-9 && lift != "" {
				value[lift] = 1
				changed = true
			}
		}
	}
	total := 0.0
	sums := map[string]float64{}
	for c, e := range m.entries {
		for row, times := range e {
			sums[row] += times * value[c]
		}
		total += e["COST"] * value[c]
	}
	for row, sense := range m.sense {
		d := sums[row] - m.limit[row]
		tolerance := slack * (1 + math.Abs(m.limit[row]))
		if sense == "G" && d < -tolerance || sense == "L" && d > tolerance || sense == "E" && math.Abs(d) > tolerance {
			return math.Inf(1)
		}
	}
	return total
}

func valueIn(text string, cost float64) (float64, bool) {
	for line := range strings.Lines(text) {
		var a float64
		if n, _ := fmt.Sscanf(line, "* value = cost + %g,", &a); n == 1 {
			return cost + a, true
		}
		if n, _ := fmt.Sscanf(line, "* value = %g - cost,", &a); n == 1 {
			return a - cost, true
		}
	}
	return 0, false
}

// checkMPS writes a problem, reads it back and compares the value of a few sets.
func checkMPS(t *testing.T, p *optimise.Problem) {
	t.Helper()
	var b bytes.Buffer
	if err := optimise.WriteMPS(&b, p); err != nil {
		t.Fatal(err)
	}
	m, err := parseMPS(b.String())
	if err != nil {
		t.Fatal(err)
	}
	largest := 1.0
	for _, d := range p.Demands {
		largest += d.Weight * (2 + p.Longest)
	}
	for mask := range 1 << len(p.Sites) {
		open := make([]bool, len(p.Sites))
		for s := range open {
			open[s] = mask>>s&1 == 1
		}
		if p.Rules.Budget > 0 && math.Abs(pounds(p, open)-p.Rules.Budget) <= 2*slack*(1+p.Rules.Budget) {
			continue // a matter of rounding
		}
		cost := m.cost(func(name string) bool {
			s, err := strconv.Atoi(name[1:])
			return err == nil && open[s-1]
		})
		want := optimisetest.Value(p, open)
		if !optimisetest.Allowed(p, open) || math.IsInf(want, 0) {
			if !math.IsInf(cost, 0) {
				t.Fatalf("set %b: the file allows it at %v, the rules do not", mask, cost)
			}
			continue
		}
		got, ok := valueIn(b.String(), cost)
		const digits = 1e-9 // of the largest sum: numbers have ten digits or more
		if !ok || math.Abs(got-want) > digits*largest {
			t.Fatalf("set %b: the file says %v, want %v", mask, got, want)
		}
	}
}

// Every set of the file costs what the set is worth, and the rows allow what
// the rules allow.
func TestMPSSaysTheSame(t *testing.T) {
	for seed := range uint64(12) {
		for _, m := range optimisetest.Models {
			p := optimisetest.Random(seed, m, 5, 12)
			checkMPS(t, p)
		}
	}
}

// Whatever the ids hold, no comment becomes a row, and no name is too long.
func TestMPSComments(t *testing.T) {
	p := keep(optimise.MaximalCovering, 1, nil)
	p.Sites[0].ID = "A\nROWS\n N  EVIL"
	p.Rules.Districts[0].Name = "west\r\nENDATA"
	p.Rules.Districts[0].Min = 1
	var b bytes.Buffer
	if err := optimise.WriteMPS(&b, p); err != nil {
		t.Fatal(err)
	}
	m, err := parseMPS(b.String())
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := m.sense["EVIL"]; ok || !strings.Contains(b.String(), "\n* y0001 = A ROWS N EVIL\n") {
		t.Errorf("an id became a row:\n%s", b.String())
	}
	p.Theta = 2
	if err := optimise.WriteMPS(&b, p); !errors.Is(err, optimise.ErrBadProblem) {
		t.Errorf("bad problem: %v, want %v", err, optimise.ErrBadProblem)
	}
}

// FuzzMPS writes problems of any weights and costs and reads them back.
func FuzzMPS(f *testing.F) {
	f.Add(uint64(1), byte(0), 1.0, 1e-7)
	f.Add(uint64(2), byte(1), 123456789.123456789, 3.0)
	f.Add(uint64(3), byte(2), 1e-12, 1e12)
	f.Add(uint64(4), byte(4), 7.0, 0.1)
	f.Fuzz(func(t *testing.T, seed uint64, model byte, weight, cost float64) {
		p := optimisetest.Random(seed, optimisetest.Models[int(model)%len(optimisetest.Models)], 4, 8)
		// People and pounds of a county, not of a galaxy.
		if !(weight >= 1e-6 && weight < 1e6) || !(cost >= 1e-2 && cost < 1e6) {
			t.Skip()
		}
		for i := range p.Demands {
			p.Demands[i].Weight *= weight
		}
		for i := range p.Sites {
			p.Sites[i].Cost *= cost
		}
		p.Rules.Budget *= cost
		p.Rules.Floors = nil
		for i := range p.Demands {
			p.Demands[i].Floors = nil
		}
		checkMPS(t, p)
	})
}
