package draft

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hubreach/internal/study"
)

// deprivationMeasure is one measure of the Indices of Deprivation.
type deprivationMeasure struct {
	id, title string
	// stems are the beginnings of its headers, squeezed.
	stems []string
	// rated says that its published score is a share of people.
	rated bool
	// ages are those whom its published numerator counts; zero: no use for one.
	ages [2]int
}

// deprivationMeasures are those that a draft looks for.
// Source of the names: MHCLG, English Indices of Deprivation 2019 and 2025, headers
// of Files 2 and 7; the short stems are those of common re-publications.
var deprivationMeasures = []deprivationMeasure{
	{"imd", "Index of Multiple Deprivation", []string{"indexofmultipledeprivationimd", "indexofmultipledeprivation", "imd"}, false, [2]int{}},
	{"idaci", "Income deprivation affecting children", []string{"incomedeprivationaffectingchildrenindexidaci", "incomedeprivationaffectingchildren", "idaci"}, true, [2]int{0, 15}},
	{"income", "Income deprivation, all ages", []string{"income", "incomedomain", "incomedeprivation"}, true, [2]int{}},
	{"children_education", "Education, skills and training: children and young people", []string{"childrenandyoungpeoplesubdomain", "childrenandyoungpeople", "childrenyoungpeople"}, false, [2]int{}},
	{"education", "Education, skills and training", []string{"educationskillsandtraining", "education"}, false, [2]int{}},
	{"health", "Health deprivation and disability", []string{"healthdeprivationanddisability", "health"}, false, [2]int{}},
	{"crime", "Crime", []string{"crime"}, false, [2]int{}},
}

// deprivationParts are the ends of a measure's headers, squeezed.
var deprivationParts = []struct {
	end *regexp.Regexp
	put func(ind *study.Indicator, rated bool, header string)
}{
	{regexp.MustCompile(`^rank(where1.*)?$`), func(ind *study.Indicator, _ bool, h string) { ind.Rank = h }},
	{regexp.MustCompile(`^decile(where1.*)?$`), func(ind *study.Indicator, _ bool, h string) { ind.Decile = h }},
	{regexp.MustCompile(`^(score)?rate(approx)?$`), func(ind *study.Indicator, _ bool, h string) { ind.Rate = h }},
	{regexp.MustCompile(`^ratepercent$`), func(ind *study.Indicator, _ bool, h string) { ind.Rate, ind.Percent = h, true }},
	{regexp.MustCompile(`^score$`), func(ind *study.Indicator, rated bool, h string) {
		if rated {
			ind.Rate = h
		} else {
			ind.Score = h
		}
	}},
	{regexp.MustCompile(`^numerator$`), func(ind *study.Indicator, _ bool, h string) { ind.Numerator = h }},
}

// squeeze brings two spellings of a header together: letters and digits only,
// in lower case.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// The number of areas that the Indices of England rank.
// Source: MHCLG, English Indices of Deprivation 2019 and 2025, File 7.
const (
	ranked2011 = 32_844
	ranked2021 = 33_755
)

// indicatorsOf finds the measures in the headers of a table, with a remark on
// each rank of which it is not clear how many areas it counts.
func (o *offer) indicatorsOf() (found []study.Indicator, remarks []string) {
	of := map[string]int{"2011": ranked2011, "2021": ranked2021}[o.areas]
	for _, m := range deprivationMeasures {
		ind := study.Indicator{ID: m.id, Title: m.title}
		for _, header := range o.header {
			s := squeeze(header)
			for _, stem := range m.stems {
				if rest, ok := strings.CutPrefix(s, stem); ok {
					for _, p := range deprivationParts {
						if p.end.MatchString(rest) {
							p.put(&ind, m.rated, header)
						}
					}
				}
			}
		}
		if m.ages == [2]int{} {
			ind.Numerator = ""
		}
		if ind.Numerator != "" && ind.Rate != "" {
			ind.Numerator = ""
		}
		if ind.Numerator != "" {
			ind.Ages = m.ages
		}
		if ind.Rank != "" {
			switch most := o.most(ind.Rank); {
			case o.welsh():
				remarks = append(remarks, fmt.Sprintf("DECIDE: how many areas of Wales %s counts; add that number as of.", ind.Rank))
			case of == 0:
				remarks = append(remarks, fmt.Sprintf("DECIDE: the edition of the areas, and how many %s counts; add that number as of (%d for the Indices of 2019, %d for those of 2025).", ind.Rank, ranked2011, ranked2021))
			case most > float64(of):
				remarks = append(remarks, fmt.Sprintf("DECIDE: how many areas %s counts; its highest rank, %g, is over the %d of England; add that number as of.", ind.Rank, most, of))
			default:
				ind.Of = of
			}
		}
		if ind.Rate != "" && !ind.Percent && o.most(ind.Rate) > 1 {
			ind.Percent = true
		}
		if ind.Rank == "" && ind.Rate == "" && ind.Numerator == "" && ind.Score != "" {
			ind.Value, ind.Score = ind.Score, ""
		}
		if ind.Rank != "" || ind.Rate != "" || ind.Value != "" || ind.Numerator != "" {
			found = append(found, ind)
		}
	}
	return found, remarks
}

// most returns the highest number in a column of the head.
func (o *offer) most(header string) float64 {
	column := slices.Index(o.header, header)
	most := math.Inf(-1)
	for _, row := range o.rows {
		if v, err := strconv.ParseFloat(strings.ReplaceAll(row[column], ",", ""), 64); err == nil {
			most = max(most, v)
		}
	}
	return most
}

// welsh tells whether the areas are of Wales, which has Indices of its own.
func (o *offer) welsh() bool {
	return !slices.ContainsFunc(o.rows, func(row []string) bool { return !strings.HasPrefix(row[o.key], "W") })
}
