// Package layout holds tests of rules that no compiler checks: which package may import
// which, that log messages are constant, and that docs/locks.md names every mutex. They
// only read the source.
package layout
