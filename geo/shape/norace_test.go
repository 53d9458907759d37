//go:build !race

package shape_test

const shadow = 1 // see race_test.go
