package wire

import "io"

// Frame is what a server sends to a page in one websocket message: a window of messages and the arrays that they refer
// to.
//
// # Layout
//
// All numbers in the head are little-endian and count from the frame's first byte:
//
//	offset  size  what
//	0       8     length of the msgpack part before compression
//	8       8     length of the compressed part, N
//	16      N     the msgpack part, one zstd frame
//	16+N    0–7   zero bytes up to the next multiple of 8
//	…             buffer 0
//	…       0–7   zero bytes up to the next multiple of 8
//	…             buffer 1, and so on
//
// A frame without arrays ends at 16+N, and nothing follows the last buffer.
//
// The msgpack part is one map:
//
//	messages             list of maps, to be applied in order
//	timestampSec         float; the sender's clock, good only for differences
//	binaryBufferLengths  list of the buffers' lengths in bytes, without padding
//	cursor               text; what the page has with this frame (viser-go.v1, see FrameBuilder.Cursor)
//	blobs                buffers that are not in the frame, but fetched (viser-go.v1.blobs, see Blob)
//
// Where a message has an array, its map has a placeholder instead of the array,
//
//	{"__binary_index": 2, "dtype": "<f4"}
//
// which means buffer 2, read as little-endian 32-bit floats. dtype is numpy's name of the element type. The
// shape is not sent: it is fixed for each property. Buffers begin at multiples of 8 so that a page can use
// typed arrays as views of the received bytes, and they are not compressed: coordinates compress badly, and
// compressing them takes longer than sending them. Byte strings (pictures, GLB files) are not arrays and are
// part of the msgpack part.
//
// # Use
//
// FrameBuilder builds frames. A Frame is immutable: any number of goroutines may write it at once, to as
// many connections. It shares large arrays with its messages instead of copying them.
type Frame struct {
	parts [][]byte // one after another they are the frame
	size  int
}

// headSize is the two lengths at a frame's start.
const headSize = 16

// align is the next multiple of 8.
func align(pos int) int { return (pos + 7) &^ 7 }

// Len is the size of the frame in bytes.
func (f *Frame) Len() int { return f.size }

// WriteTo writes the frame: in one call of w.Write when it has no large arrays, else in a few.
func (f *Frame) WriteTo(w io.Writer) (int64, error) {
	var written int64
	for _, part := range f.parts {
		n, err := w.Write(part)
		written += int64(n)
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// Bytes returns the frame in one piece, which must not be modified.
func (f *Frame) Bytes() []byte {
	if len(f.parts) == 1 {
		return f.parts[0]
	}
	out := make([]byte, 0, f.size)
	for _, part := range f.parts {
		out = append(out, part...)
	}
	return out
}
