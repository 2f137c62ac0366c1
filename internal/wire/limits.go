package wire

// Limits bound the input of a decoder, so that no input can make it use more memory than that.
type Limits struct {
	MaxBytes int // size of the message, or of the unpacked msgpack part of a frame
	MaxDepth int // levels of maps and lists inside one another
	MaxCount int // values in all: every scalar, key, list and map counts one
}

// DefaultLimits fit what a server sends: whole scenes in one frame.
var DefaultLimits = Limits{MaxBytes: 256 << 20, MaxDepth: 32, MaxCount: 8 << 20}

// InboundLimits fit what pages send: viser's 50 MiB for a rendered picture, but few values.
var InboundLimits = Limits{MaxBytes: 50 << 20, MaxDepth: 16, MaxCount: 1 << 16}
