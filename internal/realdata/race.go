//go:build race

package realdata

const raced = true
