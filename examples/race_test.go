//go:build race

package examples_test

// raceFlags builds the examples with the race detector, as the tests are.
var raceFlags = []string{"-race"}
