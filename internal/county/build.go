package county

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
	"hubreach/geo/shape"
	"hubreach/internal/source"
)

// ErrNoAreas means that no area is left to plan for.
var ErrNoAreas = errors.New("no areas")

// Build joins the tables into a county. An error is something without which no
// county can be made (a file in the wrong coordinates, a code that stands
// twice, people in an area that the look-up does not know); everything else
// that is odd about the data is a Check.
func Build(in Tables, p Params) (*County, error) {
	b := builder{in: in, p: p, work: shape.NewWorker(), county: &County{}}
	for _, step := range []func() error{
		b.areas, b.districts, b.lookup, b.residents, b.measures, b.ruralUrban,
		b.settlements, b.neighbours, b.points, b.sites, b.venues, b.costs,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.county.Checks = b.checks
	return b.county, nil
}

// builder holds what the steps of Build share.
type builder struct {
	in     Tables
	p      Params
	work   *shape.Worker
	county *County
	checks checks

	at      map[AreaCode]int    // into county.Areas
	shapes  *index.Index[int]   // areas by bound
	ready   []*shape.Prepared   // by area, made when first asked for
	links   *Lookup             // nil without a look-up
	older   map[AreaCode]Ages   // residents by older area, when people were carried
	weights map[AreaCode]Ages   // what splits are shared by
	linked  map[AreaCode]string // district by area, from the look-up
}

func (b *builder) use(h Head, read, used, dropped int) {
	b.county.Used = append(b.county.Used, Use{Input: h.Name, Read: read, Used: used, Dropped: dropped})
}

// areas makes the areas from the boundaries: projected, valid, sorted by code.
func (b *builder) areas() error {
	in := b.in.Boundaries
	byCode := map[AreaCode]bool{}
	var repaired []string
	for _, r := range in.Data.Rows {
		code := AreaCode(r.Code)
		if byCode[code] {
			return &source.RowError{File: in.File, Line: r.Line, Field: "code", Found: r.Code, Want: "each area once", Do: "remove the second one"}
		}
		byCode[code] = true
		m, err := b.project(in.File, r.Line, r.Code, in.Data.CRS, r.Shape)
		if err != nil {
			return err
		}
		m, reason, err := b.work.MakeValid(m)
		if err != nil {
			return fmt.Errorf("%s: feature %d: area %s: %w", in.File, r.Line, r.Code, err)
		}
		if reason != "" {
			repaired = append(repaired, fmt.Sprintf("%s (%s)", r.Code, reason))
		}
		b.county.Areas = append(b.county.Areas, Area{Code: code, Name: r.Name, District: DistrictCode(r.District), Shape: m})
	}
	sort.Slice(b.county.Areas, func(i, j int) bool { return b.county.Areas[i].Code < b.county.Areas[j].Code })
	if len(b.county.Areas) == 0 {
		return fmt.Errorf("%s: %w: want at least one boundary; check the columns to keep", in.File, ErrNoAreas)
	}
	b.checks.add(true, "Every area's polygon is valid, or was repaired", "%d of %d repaired: %s", len(repaired), len(b.county.Areas), list(repaired))
	return nil
}

func (b *builder) project(file string, line int, code string, crs source.CRS, m orb.MultiPolygon) (orb.MultiPolygon, error) {
	if crs == source.BritishNationalGrid {
		return m, nil
	}
	g, err := b.p.Projection.GridOf(m)
	if err != nil {
		return nil, &source.RowError{File: file, Line: line, Field: "geometry of " + code, Want: "longitude and latitude in Great Britain", Err: err, Do: "check the file's coordinate reference system"}
	}
	return g.(orb.MultiPolygon), nil
}

// place projects the coordinates of a place.
func (b *builder) place(file string, crs source.CRS, r source.Place) (geo.Grid, error) {
	if crs == source.BritishNationalGrid {
		return geo.Grid(r.At), nil
	}
	g, err := b.p.Projection.ToGrid(geo.LonLat(r.At))
	if err != nil {
		return g, &source.RowError{File: file, Line: r.Line, Field: "coordinates of " + r.Name, Want: "longitude and latitude in Great Britain", Err: err, Do: "check the row's coordinates"}
	}
	return g, nil
}

// districts gives every area its district, drops the areas of other districts
// and names the districts.
func (b *builder) districts() error {
	names := map[DistrictCode]string{}
	ofArea := map[AreaCode]DistrictCode{}
	for _, t := range b.in.Districts {
		for _, r := range t.Data.Rows {
			if r.Texts[0] != "" && r.Texts[1] != "" {
				ofArea[AreaCode(r.Texts[0])] = DistrictCode(r.Texts[1])
			}
			if r.Texts[1] != "" && r.Texts[2] != "" {
				names[DistrictCode(r.Texts[1])] = r.Texts[2]
			}
		}
	}
	for _, t := range b.in.Lookup {
		for _, r := range t.Data.Rows {
			if code := AreaCode(r.Texts[1]); r.Texts[3] != "" && ofArea[code] == "" {
				ofArea[code] = DistrictCode(r.Texts[3])
			}
		}
	}
	wanted := map[DistrictCode]bool{}
	for _, d := range b.p.Districts {
		wanted[d] = true
	}
	read := len(b.county.Areas)
	kept := b.county.Areas[:0]
	var without []AreaCode
	for _, a := range b.county.Areas {
		if a.District == "" {
			a.District = ofArea[a.Code]
		}
		if len(wanted) > 0 && !wanted[a.District] {
			continue
		}
		if a.District == "" {
			without = append(without, a.Code)
		}
		kept = append(kept, a)
	}
	b.county.Areas = kept
	if len(kept) == 0 {
		return fmt.Errorf("%s: %w in districts %s: check the codes under districts in the study file", b.in.Boundaries.File, ErrNoAreas, list(b.p.Districts))
	}
	b.use(b.in.Boundaries.Head, b.in.Boundaries.Data.Read, len(kept), read-len(kept))
	b.at = b.county.AreaIndex()
	if len(without) > 0 {
		return fmt.Errorf("%s: %d areas have no district (%s): map a district column, or give an input with role \"districts\" and the columns area and district", b.in.Boundaries.File, len(without), list(without))
	}

	count := map[DistrictCode]int{}
	for _, a := range b.county.Areas {
		count[a.District]++
		if _, ok := names[a.District]; !ok {
			names[a.District] = districtFromName(a.Name)
		}
	}
	for code := range count {
		b.county.Districts = append(b.county.Districts, District{Code: code, Name: names[code]})
	}
	sort.Slice(b.county.Districts, func(i, j int) bool { return b.county.Districts[i].Code < b.county.Districts[j].Code })
	var parts []string
	for _, d := range b.county.Districts {
		parts = append(parts, fmt.Sprintf("%s %d", b.county.DistrictName(d.Code), count[d.Code]))
	}
	b.checks.add(true, "Every area lies in one district", "%d areas in %d districts: %s", len(b.county.Areas), len(count), strings.Join(parts, ", "))
	for _, t := range b.in.Districts {
		b.use(t.Head, t.Data.Read, len(t.Data.Rows), 0)
	}
	b.shapes = index.New(indices(len(b.county.Areas)), func(i int) orb.Bound { return b.county.Areas[i].Shape.Bound() })
	b.ready = make([]*shape.Prepared, len(b.county.Areas))
	return nil
}

// districtFromName takes the district out of an area name such as "Thanet 006D".
func districtFromName(name string) string {
	if i := strings.LastIndexByte(name, ' '); i > 0 {
		return name[:i]
	}
	return name
}

func indices(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// neighbours finds the areas that touch each area.
func (b *builder) neighbours() error {
	areas := b.county.Areas
	b.county.Neighbours = make([][]int, len(areas))
	for i := range areas {
		var fault error
		b.shapes.Intersecting(areas[i].Shape.Bound().Pad(float64(touch)), func(j int) bool {
			if j <= i {
				return true
			}
			var near bool
			if near, fault = b.work.Near(areas[i].Shape, areas[j].Shape, touch); fault != nil {
				return false
			}
			if near {
				b.county.Neighbours[i] = append(b.county.Neighbours[i], j)
				b.county.Neighbours[j] = append(b.county.Neighbours[j], i)
			}
			return true
		})
		if fault != nil {
			return fmt.Errorf("area %s: %w", areas[i].Code, fault)
		}
	}
	for _, ns := range b.county.Neighbours {
		sort.Ints(ns)
	}
	return nil
}

// touch is how near two areas must be to count as touching: generalised lines
// of neighbours can miss each other by a few decimals.
const touch geo.Metres = 1

// areaOf returns the area that holds p, the lowest code when p lies on a shared
// edge, or -1.
func (b *builder) areaOf(p geo.Grid) (int, error) {
	best := -1
	var fault error
	b.shapes.Intersecting(orb.Bound{Min: orb.Point(p), Max: orb.Point(p)}, func(i int) bool {
		if best >= 0 && i > best {
			return true
		}
		if b.ready[i] == nil {
			if b.ready[i], fault = b.work.Prepare(b.county.Areas[i].Shape); fault != nil {
				return false
			}
		}
		if b.ready[i].Covers(orb.Point(p)) {
			best = i
		}
		return true
	})
	return best, fault
}

// lookup indexes the links between the editions of the areas.
func (b *builder) lookup() error {
	var links []Link
	counts := map[string]int{}
	for _, t := range b.in.Lookup {
		used := 0
		for _, r := range t.Data.Rows {
			k := Link{From: AreaCode(r.Texts[0]), To: AreaCode(r.Texts[1]), Change: strings.ToUpper(r.Texts[2])}
			if _, ok := b.at[k.To]; !ok {
				continue
			}
			links = append(links, k)
			counts[k.Change]++
			used++
		}
		b.use(t.Head, t.Data.Read, used, len(t.Data.Rows)-used)
	}
	if len(links) == 0 {
		return nil
	}
	b.links = NewLookup(links)
	var unfilled []AreaCode
	for _, a := range b.county.Areas {
		if len(b.links.Parents(a.Code)) == 0 {
			unfilled = append(unfilled, a.Code)
		}
	}
	var kinds []string
	for _, k := range []string{"U", "S", "M", "X"} {
		if counts[k] > 0 {
			kinds = append(kinds, fmt.Sprintf("%d %s", counts[k], changeWords[k]))
		}
	}
	b.checks.add(len(unfilled) == 0, "Every area is made from areas of the older edition", "%d rows: %s; areas without a row: %s", len(links), strings.Join(kinds, ", "), list(unfilled))
	return nil
}

var changeWords = map[string]string{"U": "unchanged", "S": "split", "M": "merged", "X": "reshaped (shared like a split)"}
