//go:build race

package shape_test

// shadow is how many times the race detector's own notes of memory make the
// process larger: measured at 400 to 500 MiB where it is 130 to 170 without.
const shadow = 3
