// Package interop has only tests: that this server sends a viewer the same messages as
// the real viser 1.1.1, that upstream viser's client shows our scenes, and that our
// client shows those of a Python program. README.md describes how to run them and what
// they found out about viser.
package interop
