// Package timeline keeps what the shared scope of a store has shown for a while, and lets single clients go back to it.
//
// A Timeline reads the store by a tap and keeps steps: messages, and poses as numbers. A segment is a run of steps with
// the state before them, its base. A state is built by folding steps into the base, when somebody asks for it: while all
// clients are live, a step costs little more than the memory that it is copied to.
//
// A Viewer is the place of one client on the timeline. While it is back in time it is the connection's state.Replay: it
// gives out the difference between what the page shows and what it is to show. So nothing is queued for a slow page.
package timeline
