// Package state is the store: it has the values that a program shows, and a cursor into
// them for every connection.
//
// # Values, slots and sequence numbers
//
// The state is a set of entities: scene nodes, widgets, notifications and cells (single
// messages such as the theme). An entity has slots, one per property that can change by
// itself; a slot holds the encoded value and the sequence number of its last change.
// One counter numbers all changes of all scopes, so all changes are ordered, across the
// shared scope and those of clients.
//
// Every scope keeps its changed slots in a list that is ordered by that
// number: a change moves the slot to the end. The changes since a cursor are
// found by walking from the end back to the cursor, which costs as much as
// there is to send, however large the scene. A slot that changed a thousand
// times since is met once. Nothing is queued per client, so a slow client
// costs no memory and loses no state: its next window is merely larger.
//
// # Joining
//
// A new connection remembers the head H, is sent every live entity as one create
// message with its current values (superseded values no longer exist), then poses and
// other messages of that entity, in chunks, then ReplayDoneMessage, then everything
// that changed after H.
//
// # Windows
//
// The pacer publishes a window when something changed: at once after an idle period,
// else 4 ms to 1/60 s after the last one, depending on what that cost, or on Flush. A published window is copied under
// the lock, encoded once, compressed once by the first connection that needs it, and its bytes are
// shared by all connections whose cursor is at its beginning. For a connection that is
// behind, that has changes in its client's scope, or that must not receive its own
// input back, a separate window is built by the same code.
//
// Hold suspends the building of windows, for all clients or for one; that is sufficient
// for Atomic, since a window contains everything up to its end.
//
// # Taps
//
// A Tap is a cursor of this process, from which recordings are written. It copies what has
// changed as a window does, but by itself, some times a second: it is no connection, and
// without taps there is nothing of it.
//
// # Events
//
// A file part or a request for a picture is not state. Such messages wait in a
// bounded queue per client and are merged into its windows by sequence number.
package state
