// Package detector leaves tests to run without Go's race detector, for tests
// only. The detector slows arithmetic down five to ten times.
package detector

import "testing"

// Without skips a test under the race detector; scripts/test runs it again without.
// It is for tests in which the detector has nothing to see: they begin no
// goroutine, or do on much data what others do under it on less. why says which.
func Without(tb testing.TB, why string) {
	tb.Helper()
	if here {
		tb.Skipf("run without the race detector: %s", why)
	}
}
