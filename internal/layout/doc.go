// Package layout holds tests of rules that no compiler checks: which package may
// import which, that log messages are constant, and that docs/locks.md names every
// mutex. They read the source and run nothing of it.
package layout
