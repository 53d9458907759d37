package geo_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"hubreach/geo"
)

func TestMetresJSON(t *testing.T) {
	for _, tt := range []struct {
		name string
		m    geo.Metres
		want string
	}{
		{"rounds to a decimal", 1234.56, "1234.6"},
		{"keeps the decimal", 800, "800.0"},
		{"nothing", 0, "0.0"},
		{"unreachable", geo.Unreachable, "null"},
		{"not a number", geo.Metres(math.NaN()), "null"},
	} {
		got, err := json.Marshal(tt.m)
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: Marshal(%v) = %s, %v, want %s", tt.name, float64(tt.m), got, err, tt.want)
		}
	}
}

func ExampleGrid_Distance() {
	maidstone, margate := geo.Grid{576000, 155900}, geo.Grid{635300, 171000}
	// 59,300 m east and 15,100 m north: the root of 3,744,500,000.
	fmt.Printf("%.0f m\n", maidstone.Distance(margate))
	// Output: 61192 m
}

func ExampleMetres_MarshalJSON() {
	b, err := json.Marshal(map[string]geo.Metres{"walk_m": 412.34, "bridge_m": geo.Unreachable})
	fmt.Println(string(b), err)
	// Output: {"bridge_m":null,"walk_m":412.3} <nil>
}
