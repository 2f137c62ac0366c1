//go:build race

package wire

// raceDetector reports whether reads of the program's slices must be visible to the race detector, which does not see
// those of assembly.
const raceDetector = true
