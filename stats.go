package viser

import (
	"time"

	"github.com/viser-go/viser/internal/wire"
)

// Stats describe what a server has done since New, and what it does now. Counters only
// grow; they are not reset. The counters are read one after another, so one of them may
// include an event that another does not include yet.
type Stats struct {
	// Uptime is the time since New.
	Uptime time.Duration

	// Clients is the number of connections that were accepted and have not ended.
	Clients int
	// ClientsSuspended is the number of clients whose connection was lost, within the time
	// of Options.Grace.
	ClientsSuspended int
	// ClientsTotal counts the accepted connections.
	ClientsTotal int64
	// ClientsRefused counts the connections that were refused after the checks of Host,
	// Origin and token: the server was full, or the protocol was another one.
	ClientsRefused int64

	// FramesSent counts the frames that were sent completely: one is a window of changes,
	// or a part of an initial transfer, for one client.
	FramesSent int64
	// BytesSent counts the bytes that were written to the sockets of the clients, and
	// those of large arrays that they fetched beside, without those of the page itself
	// and of TLS.
	BytesSent int64
	// MessagesReceived counts the messages of the clients, with those that are BadFrames
	// and UnknownMessages.
	MessagesReceived int64
	// BytesReceived counts the bytes that were read from the sockets of the clients.
	BytesReceived int64
	// BadFrames counts received frames that could not be decoded.
	BadFrames int64
	// UnknownMessages counts received messages of types that the server does not support.
	UnknownMessages int64
	// ViewerMessages counts received messages that had no effect, because their client has
	// RoleView.
	ViewerMessages int64

	// Windows counts the windows: sets of changes that were published to all clients.
	Windows int64
	// WindowTime is the total time that building the windows took. WindowTime/Windows
	// should be small compared to 1/60 s.
	WindowTime time.Duration
	// ClientWindows counts windows that were built for one client, because it was slow,
	// has changes of its own scene or GUI, or must not receive its own input back.
	ClientWindows int64

	// Callbacks counts the calls of the program's callbacks that have begun.
	Callbacks int64
	// CallbackPanics counts those that panicked.
	CallbackPanics int64
	// CallbacksDropped counts events that were lost because too many were pending.
	CallbacksDropped int64
	// CallbacksMerged counts events that were replaced by a newer one while a callback was
	// busy, such as a value of a slider.
	CallbacksMerged int64
	// CallbacksQueued is the number of events that wait for a callback to return.
	CallbacksQueued int

	// Entities is the number of nodes, elements, notifications and so on that exist, of the
	// server and of all clients.
	Entities int
	// Tombstones is the number of removals that are kept for slow clients.
	Tombstones int

	// Uploads is the number of uploaded files in progress or in use by callbacks.
	Uploads int
	// UploadBytes is the size of these files on disk, in bytes.
	UploadBytes int64
	// Renders counts the calls of Client.Render and RenderEncoded that were sent to a client.
	Renders int64
	// RendersFailed counts those that returned an error.
	RendersFailed int64

	// LogRecordsSuppressed counts log records that were not written, because one with the
	// same message was written within the last ten seconds.
	LogRecordsSuppressed int64
}

// Stats returns the server's counters. It takes a few microseconds, and some more for
// each client. It may be called at any time, also after Close.
func (s *Server) Stats() Stats {
	conns, store, calls := s.sessions.Stats(), s.store.Stats(), s.dispatch.Stats()
	uploads, uploadBytes := s.uploads.Used()
	s.mu.Lock()
	suspended := s.suspended
	s.mu.Unlock()
	return Stats{
		Uptime:  time.Since(s.created),
		Clients: conns.Clients, ClientsSuspended: suspended, ClientsTotal: conns.Total, ClientsRefused: conns.Refused,
		FramesSent: conns.Traffic.Frames, BytesSent: conns.Traffic.Bytes,
		MessagesReceived: conns.Traffic.MessagesReceived, BytesReceived: conns.Traffic.BytesReceived,
		BadFrames: conns.BadFrames, UnknownMessages: conns.UnknownTypes, ViewerMessages: s.dropped.Load(),
		Windows: int64(store.Windows), WindowTime: store.Encoding, ClientWindows: int64(store.Separate),
		Callbacks: calls.Ran, CallbackPanics: calls.Panics, CallbacksDropped: calls.Dropped,
		CallbacksMerged: calls.Replaced, CallbacksQueued: calls.Pending,
		Entities: store.Entities + store.OfClients, Tombstones: store.Tombstones,
		Uploads: uploads, UploadBytes: uploadBytes,
		Renders: s.renders.Load(), RendersFailed: s.rendersFailed.Load(),
		LogRecordsSuppressed: s.log.suppressed.Load(),
	}
}

// ClientStats describe the connection of a client. Its counters start at zero with each
// connection.
type ClientStats struct {
	// ConnectedSince is when the connection was accepted.
	ConnectedSince time.Time
	// RoundTrip is the time from a ping to its response: of the network, and of the
	// browser's queue before it. It is measured when the client sends nothing for some
	// seconds, and otherwise when Stats is called, at most once per second: then the
	// result is returned by the next call. It is 0 before it was measured.
	RoundTrip time.Duration

	// FramesSent counts the frames that were sent completely.
	FramesSent int64
	// BytesSent counts the bytes that were written to the client's socket, and those of
	// large arrays that it fetched beside.
	BytesSent int64
	// BytesPerSecond is the average of BytesSent over the last five seconds, not counting
	// the current one.
	BytesPerSecond float64
	// MessagesReceived counts the messages of the client.
	MessagesReceived int64
	// BytesReceived counts the bytes that were read from the client's socket.
	BytesReceived int64

	// WindowsMerged counts the windows that the client did not receive as separate steps,
	// because it was still receiving an earlier one: their changes were merged into a later
	// one. What Atomic merges does not count.
	WindowsMerged int64
	// WindowsPending is the number of windows that the client has not begun to receive.
	WindowsPending int
	// Behind is the time since the client began to receive its last frame, if windows are
	// pending or its initial transfer is not complete; otherwise 0. It is at most a few
	// milliseconds for a client that keeps up.
	Behind time.Duration
}

// Stats returns the counters of the client's connection. After the client has left they
// stay as they were.
func (c *Client) Stats() ClientStats {
	traffic, progress := c.traffic().Stats(), c.conn.Stats()
	return ClientStats{
		ConnectedSince: traffic.Since, RoundTrip: traffic.RoundTrip,
		FramesSent: traffic.Frames, BytesSent: traffic.Bytes, BytesPerSecond: traffic.BytesPerSecond,
		MessagesReceived: traffic.MessagesReceived, BytesReceived: traffic.BytesReceived,
		WindowsMerged: int64(progress.Merged), WindowsPending: int(progress.Pending), Behind: progress.Behind,
	}
}

// reportStats sends the page what it shows of the statistics. If the client's queue is
// full, it is left out.
func (c *Client) reportStats() {
	_ = c.scope.Send(&wire.ClientStatsMessage{WindowsMerged: int(c.conn.Stats().Merged)})
}
