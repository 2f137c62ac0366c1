// Package state is the store: it holds what a program shows as values, and
// gives every connection a cursor into them.
//
// # Values, slots and sequence numbers
//
// What a program shows is a set of entities: scene nodes, widgets,
// notifications and cells (single messages such as the theme). An entity has
// slots, one per property that can change by itself; a slot holds the encoded
// value and the sequence number of its last change. One counter numbers all
// changes of all scopes, so "what was written first" has one answer, across
// what all clients see (the shared scope) and what one client sees (its own).
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
// A new connection remembers the head H, is sent every live entity as one
// create message with its current values (nothing superseded exists any more
// to be sent), then poses and other messages of that entity, in chunks, then
// ReplayDoneMessage, then everything that changed after H.
//
// # Windows
//
// The pacer publishes a window when something changed: at once after a quiet
// time, else 1/60 s after the last one, or when Flush asks. A published window
// is encoded once under the lock, compressed once by the first connection that
// needs it, and its bytes are shared by all connections whose cursor stands at
// its beginning. A connection that is behind, that has changes in a scope of
// its own, or that must not get the echo of its own input gets a window
// built for it alone, by the same code.
//
// Hold stops windows from being made, for all clients or for one; that is
// all that "atomic" needs, for a window contains everything up to its end.
//
// # Events
//
// A file part or a request for a picture is not state. Such messages wait in a
// bounded queue per client and are merged into its windows by sequence number.
package state
