//go:build race

package standalone

import "testing"

// withoutRace leaves a test with one goroutine to the run of ci/test.sh without the race detector, which makes it ten
// times slower and can't find anything in it.
func withoutRace(t *testing.T) {
	t.Helper()
	t.Skip("runs without the race detector")
}
