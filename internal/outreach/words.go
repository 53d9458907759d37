package outreach

import (
	"fmt"
	"math"
	"strings"
)

// percent writes a share in whole per cent. Not quite all, nearly nothing and
// nearly half do not pass for all, nothing and half.
func percent(share float64) string {
	switch p := math.Round(share * 100); {
	case p == 100 && share < 1-slack:
		return "over 99%"
	case p == 0 && share > slack:
		return "under 1%"
	case p == 50 && math.Abs(share-0.5) > slack:
		return fmt.Sprintf("%.1f%%", share*100)
	default:
		return fmt.Sprintf("%.0f%%", p)
	}
}

// whole writes a number of people, or of areas, to the unit: "1,388".
func whole(n float64) string { return thousands(fmt.Sprintf("%.0f", n)) }

func thousands(s string) string {
	end := len(s)
	if dot := strings.IndexByte(s, '.'); dot >= 0 {
		end = dot
	}
	for i := end - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// apart writes two different numbers so that they look different: to one
// decimal place where the unit would make them the same.
func apart(a, b float64) (string, string) {
	if a != b && whole(a) == whole(b) {
		tenths := func(n float64) string { return thousands(strings.TrimSuffix(fmt.Sprintf("%.1f", n), ".0")) }
		return tenths(a), tenths(b)
	}
	return whole(a), whole(b)
}

// residents writes "1 resident", "488 residents".
func residents(n float64) string {
	if whole(n) == "1" {
		return "1 resident"
	}
	return whole(n) + " residents"
}

// ofYoung writes a share of n residents aged 0-19, to stand before a plural
// verb.
func ofYoung(share, n float64) string {
	who, all := whole(n)+" residents aged 0-19", "all "
	if fewest(whole(n)) == "fewer than 5" {
		who, all = "few residents aged 0-19", "the "
	}
	switch {
	case share >= 1-slack:
		return all + who
	case share <= slack:
		return "none of the " + who
	}
	return percent(share) + " of the " + who
}

// inNeed writes a number of people in need. It is an estimate, so small ones
// are not told apart: nobody should look for the one person.
func inNeed(n string) string { return fewest(n) + " people in need aged 0-19" }

// fewest writes 0 as "no" and 1 to 4 as "fewer than 5".
func fewest(n string) string {
	switch n {
	case "0":
		return "no"
	case "1", "2", "3", "4":
		return "fewer than 5"
	}
	return n
}

// areas writes "1 area", "2 areas".
func areas(n int) string {
	if n == 1 {
		return "1 area"
	}
	return fmt.Sprintf("%d areas", n)
}

// minutes writes a time, to one decimal place within a minute of the limit that
// it is compared with.
func minutes(m, limit float64) string {
	if math.Abs(m-limit) < 1 && m != math.Round(m) {
		return fmt.Sprintf("%.1f minutes", m)
	}
	if math.Round(m) == 1 {
		return "1 minute"
	}
	return fmt.Sprintf("%.0f minutes", m)
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// nearest says which hub is nearest to an area, beginning with a space.
func (c *classifier) nearest(i int) string {
	switch {
	case c.in.Nearest[i] < 0:
		return " No open hub is near enough to walk to."
	case math.IsNaN(c.in.WalkMin[i]):
		return fmt.Sprintf(" The nearest is %s, too far for most to walk.", c.in.County.Sites[c.in.Nearest[i]].Name)
	}
	return fmt.Sprintf(" The nearest is %s, typically %s away.", c.in.County.Sites[c.in.Nearest[i]].Name, minutes(c.in.WalkMin[i], c.p.Minutes))
}

// inside says how many of an area's young residents are in reach of a hub.
func (c *classifier) inside(i int) string {
	if c.young[i] == 0 {
		return fmt.Sprintf("Inside: within %g minutes' walk of an open hub; nobody aged 0-19 lives here.%s", c.p.Minutes, c.nearest(i))
	}
	return fmt.Sprintf("Inside: %s live within %g minutes' walk of an open hub.%s", ofYoung(c.in.Covered[i], c.young[i]), c.p.Minutes, c.nearest(i))
}

// outside says how many are not.
func (c *classifier) outside(i int) string {
	if c.young[i] == 0 {
		return fmt.Sprintf("Outside: more than %g minutes' walk from an open hub; nobody aged 0-19 lives here.%s", c.p.Minutes, c.nearest(i))
	}
	return fmt.Sprintf("Outside: %s live more than %g minutes' walk from an open hub.%s", ofYoung(1-c.in.Covered[i], c.young[i]), c.p.Minutes, c.nearest(i))
}
