// Package interop holds no code but tests: that this server says to a viewer
// what the real viser 1.1.1 says, message by message, that viser's own page
// shows our scenes, and that our page shows a Python program's. README.md tells
// how to run them and what they found out about viser.
package interop
