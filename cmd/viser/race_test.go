//go:build race

package main_test

// raceFlags builds the program with the race detector, as the tests are.
var raceFlags = []string{"-race"}
