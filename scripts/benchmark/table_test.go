package main_test

import (
	"strings"
	"testing"
	"time"

	bench "hubreach/scripts/benchmark"
)

func TestTable(t *testing.T) {
	var got strings.Builder
	err := bench.WriteTable(&got, []string{"engine", "ms"}, []string{"SciPy", "3.2"}, []string{"a|b"}, []string{"größer", "12"})
	if err != nil {
		t.Fatal(err)
	}
	const want = `| engine | ms  |
|--------|-----|
| SciPy  | 3.2 |
| a\|b   |     |
| größer | 12  |
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestFigure(t *testing.T) {
	for _, tc := range []struct {
		f    float64
		want string
	}{
		{0, "0"}, {0.0581, "0.0581"}, {0.05814, "0.0581"}, {0.9999, "1.00"}, {1, "1.00"}, {1.234, "1.23"},
		{9.994, "9.99"}, {9.996, "10.0"}, {45.64, "45.6"}, {99.96, "100"}, {123.4, "123"}, {999.4, "999"},
		{1234, "1,234"}, {1234567, "1,234,567"}, {-2.5, "-2.50"},
	} {
		if got := bench.Figure(tc.f); got != tc.want {
			t.Errorf("Figure(%v) = %q, want %q", tc.f, got, tc.want)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, tc := range []struct {
		name string
		ds   []time.Duration
		want time.Duration
	}{
		{"none", nil, 0},
		{"one", []time.Duration{5}, 5},
		{"odd", []time.Duration{9, 1, 5}, 5},
		{"even: the mean of the middle two", []time.Duration{9, 1, 5, 6}, 5},
	} {
		if got := bench.Median(tc.ds...); got != tc.want {
			t.Errorf("%s: median = %v, want %v", tc.name, got, tc.want)
		}
	}
}
