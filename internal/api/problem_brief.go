package api

import (
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// Bounds of what a problem says of a request that does not fit the description of
// the API, so that no answer grows with what was sent.
const (
	maxFaults = 20  // faults that are listed
	maxEcho   = 200 // bytes of a text that is said back
)

// brief keeps problems short: the first faults only, and of what was sent only
// texts, cut off, numbers and truths.
func brief(_ huma.Context, _ string, answer any) (any, error) {
	long, ok := answer.(*huma.ErrorModel)
	if !ok || len(long.Errors) == 0 {
		return answer, nil
	}
	short := *long
	short.Errors = nil
	for _, e := range long.Errors[:min(len(long.Errors), maxFaults)] {
		short.Errors = append(short.Errors, &huma.ErrorDetail{Message: cut(e.Message), Location: cut(e.Location), Value: echo(e.Value)})
	}
	return &short, nil
}

// echo is a value that was sent, as it is said back; nil where that is a list or an
// object.
func echo(sent any) any {
	switch v := sent.(type) {
	case string:
		return cut(v)
	case bool, float64, int, int64:
		return v
	}
	return nil
}

// cut shortens a text between two letters.
func cut(s string) string {
	if len(s) <= maxEcho {
		return s
	}
	end := maxEcho
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "..."
}
