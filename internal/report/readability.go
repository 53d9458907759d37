package report

import (
	"strings"
	"unicode"

	"hubreach/internal/study"
)

// methodVersion is the version of the method.
func methodVersion() string { return study.Method }

// ReadingGrade returns the Flesch-Kincaid grade of an English text: the school
// year, in the American count, that reads it with ease; add five for an age. It
// is 0 for a text without a word. Numbers count as words of one syllable, since
// they are read as figures; syllables are told by groups of vowels, which is
// right for nine words in ten.
//
// Source: J. P. Kincaid and others, "Derivation of new readability formulas",
// Naval Technical Training Command, Research Branch Report 8-75 (1975):
// 0.39 words a sentence + 11.8 syllables a word - 15.59.
func ReadingGrade(s string) float64 {
	words, syllables, sentences := 0, 0, 0
	inSentence := false
	for _, line := range strings.Split(s, "\n") {
		for _, word := range strings.Fields(line) {
			bare := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if bare != "" {
				words++
				syllables += syllablesOf(bare)
				inSentence = true
			}
			if inSentence && strings.ContainsAny(word[len(word)-1:], ".?!:") {
				sentences++
				inSentence = false
			}
		}
		if inSentence { // a line ends a sentence
			sentences++
			inSentence = false
		}
	}
	if words == 0 {
		return 0
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
}

// syllablesOf counts the syllables of a word: groups of vowels, less a silent e
// at the end, one at least.
func syllablesOf(word string) int {
	n, was := 0, false
	lower := strings.ToLower(word)
	for _, r := range lower {
		is := strings.ContainsRune("aeiouy", r)
		if is && !was {
			n++
		}
		was = is
	}
	if strings.HasSuffix(lower, "e") && !strings.HasSuffix(lower, "le") && n > 1 {
		n--
	}
	return max(1, n)
}
