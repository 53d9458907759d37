package county

import (
	"fmt"
	"slices"
	"strings"
)

// Check is one statement about the data, a sentence that is true or not. A
// check that could not be run says so in Detail and has Ran unset.
type Check struct {
	Title  string
	Ran    bool
	Passed bool
	Detail string
}

// checks collects findings while a county is built.
type checks []Check

func (cs *checks) add(passed bool, title, format string, args ...any) {
	*cs = append(*cs, Check{Title: title, Ran: true, Passed: passed, Detail: fmt.Sprintf(format, args...)})
}

func (cs *checks) notRun(title, why string) {
	*cs = append(*cs, Check{Title: title, Detail: "not run: " + why})
}

// list joins up to ten items, sorted, and says how many more there are.
func list[T ~string](items []T) string {
	if len(items) == 0 {
		return "none"
	}
	return few(items, 10)
}

// few joins up to most items, sorted, and says how many more there are.
func few[T ~string](items []T, most int) string {
	texts := make([]string, len(items))
	for i, it := range items {
		texts[i] = string(it)
	}
	slices.Sort(texts)
	if len(texts) <= most {
		return strings.Join(texts, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(texts[:most], ", "), len(texts)-most)
}

// plural writes a number of things: "1 area", "2 areas".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return people(float64(n)) + " " + one + "s"
}

// people writes a number of people for a sentence.
func people(n float64) string {
	s := fmt.Sprintf("%.0f", n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
