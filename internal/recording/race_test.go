//go:build race

package recording

// randomTimes is how many states tests compare. The race detector makes them ten times slower; tests run without it, too.
const randomTimes = 100
