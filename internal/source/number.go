package source

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// notKnown are the cells that publishers write for a value that they do not
// give: not applicable, not available, suppressed, low. None of them is zero.
// Source: the GSS symbols in use since 2021 ("[c]", "[x]", "[z]", ...), the
// older ONS and Nomis marks (":", "..", "-", "*", "c", "x"), and the absent
// value of the common statistics programs ("NA").
var notKnown = []string{
	"", "-", "–", ".", "..", ":", "*", "c", "x", "z",
	"[c]", "[x]", "[z]", "[u]", "[w]", "[low]",
	"NA", "N/A", "n/a", "NULL", "null",
}

// parseValue reads a cell as a number. Blank cells and the marks of notKnown
// are a Value that is not known. Commas may only group thousands.
func parseValue(cell string) (Value, error) {
	s := strings.TrimSpace(cell)
	if slices.Contains(notKnown, s) {
		return Value{}, nil
	}
	plain, ok := ungroup(s)
	if !ok || !isDecimal(plain) {
		return Value{}, errNotNumber
	}
	f, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(f, 0) {
		return Value{}, errNotNumber
	}
	return Value{Number: f, Known: true}, nil
}

// errNotNumber stays inside the package: readers turn it into a RowError.
var errNotNumber = fmt.Errorf("not a number")

// ungroup takes thousands separators out of s: "1,296" is 1296, "12,96" is not
// a number.
func ungroup(s string) (string, bool) {
	if !strings.Contains(s, ",") {
		return s, true
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if strings.Contains(fraction, ",") {
		return "", false
	}
	groups := strings.Split(strings.TrimLeft(whole, "+-"), ",")
	for i, g := range groups {
		if len(g) > 3 || len(g) == 0 || (i > 0 && len(g) != 3) {
			return "", false
		}
	}
	return strings.ReplaceAll(s, ",", ""), true
}

// isDecimal refuses what strconv reads beyond decimal numbers: hexadecimal,
// underscores, infinities and "NaN".
func isDecimal(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && !strings.ContainsRune("+-.eE", rune(c)) {
			return false
		}
	}
	return true
}

// plainNumber writes f without an exponent and without needless zeros.
func plainNumber(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
