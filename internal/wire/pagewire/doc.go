// Package pagewire reads what servers send, as a page does. Tests, benchmarks and
// fake pages use it; servers do without it.
package pagewire

import "github.com/viser-go/viser/internal/wire"

// DecodeFrame reads a frame as servers send them; see [wire.DecodeFrame].
func DecodeFrame(frame []byte, lim wire.Limits) (*wire.Window, error) {
	return wire.DecodeFrame(reader, frame, lim)
}

// DecodeFetched reads a frame for a page that fetches arrays; see [wire.DecodeFetched].
func DecodeFetched(frame []byte, lim wire.Limits, fetch wire.Fetch) (*wire.Window, error) {
	return wire.DecodeFetched(reader, frame, lim, fetch)
}

// Decode reads a bare message of either direction; see [wire.Decode].
func Decode(msg []byte, lim wire.Limits) (wire.Message, error) {
	return wire.DecodeWith(reader, msg, lim)
}
