//go:build !race

package detector

const here = false
