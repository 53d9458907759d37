package county

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo/index"
	"hubreach/geo/shape"
	"hubreach/internal/source"
)

// areas makes the areas from the boundaries: projected, valid, sorted by code.
func (b *builder) areas() error {
	in := b.in.Boundaries
	seen := map[AreaCode]bool{}
	var repaired []string
	for _, r := range in.Data.Rows {
		code := AreaCode(r.Code)
		if seen[code] {
			return twice(in.File, r.Line, "code", r.Code, "each area once")
		}
		seen[code] = true
		m, reason, err := b.shapeOf(in.File, in.Data.CRS, r)
		if err != nil {
			return err
		}
		if shape.Area(m) == 0 {
			return &source.RowError{File: in.File, Line: r.Line, Field: "geometry of " + r.Code, Want: "a polygon with ground in it", Do: "correct the feature, or leave it out"}
		}
		if reason != "" {
			repaired = append(repaired, fmt.Sprintf("%s (%s)", r.Code, reason))
		}
		b.county.Areas = append(b.county.Areas, Area{Code: code, Name: r.Name, District: DistrictCode(r.District), Shape: m})
	}
	if len(b.county.Areas) == 0 {
		return fmt.Errorf("%s: %w: want at least one boundary; check the columns to keep", in.File, ErrNoAreas)
	}
	slices.SortFunc(b.county.Areas, func(x, y Area) int { return cmp.Compare(x.Code, y.Code) })
	b.checks.add(true, "Every area's polygon is valid, or was repaired", "%d of %d repaired: %s", len(repaired), len(b.county.Areas), list(repaired))
	return nil
}

// twice is the error of a code that stands a second time where it may not.
func twice(file string, line int, field, found, want string) error {
	return &source.RowError{File: file, Line: line, Field: field, Found: found, Want: want, Do: "remove the second row, or correct its " + field}
}

// districts gives every area its district, drops the areas of other districts
// than those asked for, and names the districts.
func (b *builder) districts() error {
	in := b.in.Boundaries
	names, of, disputed := b.districtTables()
	read := len(b.county.Areas)
	var without []AreaCode
	b.county.Areas = slices.DeleteFunc(b.county.Areas, func(a Area) bool {
		return len(b.p.Districts) > 0 && !slices.Contains(b.p.Districts, of[a.Code])
	})
	count := map[DistrictCode]int{}
	for i := range b.county.Areas {
		a := &b.county.Areas[i]
		a.District = of[a.Code]
		count[a.District]++
		if a.District == "" {
			without = append(without, a.Code)
		} else if names[a.District] == "" {
			names[a.District] = districtFromName(a.Name)
		}
	}
	if len(without) > 0 {
		return &source.RowError{File: in.File, Field: "district", Want: fmt.Sprintf("a district for every area; %d have none: %s", len(without), list(without)),
			Do: "map a district column, or give an input with role \"districts\" and the columns code and district"}
	}
	for _, d := range b.p.Districts {
		if count[d] == 0 {
			return fmt.Errorf("%s: %w in district %s: check the codes under districts in the study file", in.File, ErrNoAreas, d)
		}
	}
	for code := range count {
		b.county.Districts = append(b.county.Districts, District{Code: code, Name: names[code]})
	}
	slices.SortFunc(b.county.Districts, func(x, y District) int { return cmp.Compare(x.Code, y.Code) })
	b.at = b.county.AreaIndex()
	b.shapes = index.New(indices(len(b.county.Areas)), func(i int) orb.Bound { return b.county.Areas[i].Shape.Bound() })
	b.ready = make([]*shape.Prepared, len(b.county.Areas))

	b.use(in.Head, in.Data.Read, len(b.county.Areas), nil)
	b.useDistricts(count)
	var parts []string
	for _, d := range b.county.Districts {
		parts = append(parts, fmt.Sprintf("%s %d", b.county.DistrictName(d.Code), count[d.Code]))
	}
	detail := fmt.Sprintf("%s in %s: %s", plural(len(b.county.Areas), "area"), plural(len(count), "district"), strings.Join(parts, ", "))
	if left := read - len(b.county.Areas); left > 0 {
		detail += fmt.Sprintf("; %s of other districts left out, as the study asks", plural(left, "area"))
	}
	here := slices.DeleteFunc(slices.Collect(maps.Keys(disputed)), func(code AreaCode) bool { return !b.ours(Head{}, code) })
	if len(here) > 0 {
		detail += "; the first district named was taken where tables disagree: " + list(here)
	}
	b.checks.add(len(here) == 0, "Every area lies in one district", "%s", detail)
	return nil
}

// districtTables reads the names of the districts and the district of each
// area: that of the boundaries, else of the tables of districts, else of the
// look-up, which may be of an older edition and so disputes nothing. disputed
// holds the areas for which two of the others differ.
func (b *builder) districtTables() (names map[DistrictCode]string, of map[AreaCode]DistrictCode, disputed map[AreaCode]bool) {
	names, of, disputed = map[DistrictCode]string{}, map[AreaCode]DistrictCode{}, map[AreaCode]bool{}
	put := func(area AreaCode, d DistrictCode) {
		switch before := of[area]; {
		case area == "" || d == "":
		case before == "":
			of[area] = d
		case before != d:
			disputed[area] = true
		}
	}
	for _, a := range b.county.Areas {
		put(a.Code, a.District)
	}
	for _, t := range b.in.Districts {
		for _, r := range t.Data.Rows {
			d := DistrictCode(r.Texts[1])
			put(AreaCode(r.Texts[0]), d)
			if d != "" && names[d] == "" {
				names[d] = r.Texts[2]
			}
		}
	}
	for _, t := range b.in.Lookup {
		for _, r := range t.Data.Rows {
			if area := AreaCode(r.Texts[1]); of[area] == "" {
				put(area, DistrictCode(r.Texts[3]))
			}
		}
	}
	return names, of, disputed
}

// useDistricts counts the rows of the tables of districts that name a district
// or an area of the county.
func (b *builder) useDistricts(count map[DistrictCode]int) {
	for _, t := range b.in.Districts {
		var dropped []string
		for _, r := range t.Data.Rows {
			if !b.ours(Head{}, AreaCode(r.Texts[0])) && count[DistrictCode(r.Texts[1])] == 0 {
				dropped = append(dropped, cmp.Or(r.Texts[0], r.Texts[1]))
			}
		}
		b.use(t.Head, t.Data.Read, len(t.Data.Rows)-len(dropped), dropped)
	}
}

// areaName is how the Office for National Statistics names a small area: the
// district, a space, the middle layer's three digits and a letter.
var areaName = regexp.MustCompile(`^(.+) \d{3}[A-Z]?$`)

// districtFromName takes the district out of an area name such as "Thanet
// 006D"; other names give nothing.
func districtFromName(name string) string {
	if m := areaName.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return ""
}

func indices(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
