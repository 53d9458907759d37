package source

import (
	"regexp"
	"strconv"
	"strings"
)

// age is what a header says of the people under it.
type age struct {
	band AgeBand
	sex  rune // 'f', 'm' or 'p' for all persons
}

// ageForms are the spellings of an age band once the words around the numbers
// are gone. The first number is From, unless the form gives it.
var ageForms = []struct {
	form *regexp.Regexp
	band func(a, b int) AgeBand
}{
	{regexp.MustCompile(`^(\d{1,3})$`), func(a, _ int) AgeBand { return AgeBand{a, a} }},
	{regexp.MustCompile(`^(\d{1,3}) ?(?:\+|plus|and over|and above|and older|or over|or older)$`), func(a, _ int) AgeBand { return AgeBand{a, OpenAge} }},
	{regexp.MustCompile(`^(\d{1,3}) ?(?:-|–|to) ?(\d{1,3})$`), func(a, b int) AgeBand { return AgeBand{a, b} }},
	{regexp.MustCompile(`^(\d{1,3}) (?:and|or) (?:under|younger)$`), func(a, _ int) AgeBand { return AgeBand{0, a} }},
	{regexp.MustCompile(`^(?:under|less than) (\d{1,3})$`), func(a, _ int) AgeBand { return AgeBand{0, a - 1} }},
}

var (
	sexBefore = regexp.MustCompile(`^(f|m|female|male|females|males|persons|people)[ :]*(\d)`)
	ageWords  = regexp.MustCompile(`\b(?:aged|ages|age|years|year|old)\b`)
)

// parseAge reads a header such as "0", "90+", "F12", "M0 to 15", "16-24" or
// "Aged 65 years and over". Ages are whole years from 0 to OpenAge.
func parseAge(header string) (age, bool) {
	const longest = 40 // letters: a longer header says more than an age
	if len(header) > longest {
		return age{}, false
	}
	a := age{sex: 'p'}
	s := fold(header)
	if m := sexBefore.FindStringSubmatch(s); m != nil {
		a.sex = rune(strings.Replace(m[1], "people", "p", 1)[0])
		s = s[len(m[0])-len(m[2]):]
	}
	s = strings.Join(strings.Fields(ageWords.ReplaceAllString(s, " ")), " ")
	for _, f := range ageForms {
		if m := f.form.FindStringSubmatch(s); m != nil {
			first, _ := strconv.Atoi(m[1]) // up to three digits: no error
			second := first
			if len(m) > 2 {
				second, _ = strconv.Atoi(m[2])
			}
			a.band = f.band(first, second)
			return a, a.band.From <= a.band.To && a.band.To <= OpenAge
		}
	}
	return age{}, false
}
