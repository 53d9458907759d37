//go:build !race

package realdata

const raced = false // see Study
