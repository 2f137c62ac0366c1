package gltf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
)

// Pack makes a GLB file of its JSON text and of the bytes of its buffer 0. A bin of nil makes a file without a
// binary chunk. Neither slice is kept or changed, and neither is looked at: [CheckGLB] does that. It panics if the
// file would be of 4 GiB or more: the format's lengths have 32 bits.
func Pack(text, bin []byte) []byte {
	size := headerSize + chunkHead + padded(text)
	if bin != nil {
		size += chunkHead + padded(bin)
	}
	if uint64(size) > math.MaxUint32 {
		panic(fmt.Sprintf("gltf.Pack: a GLB file cannot have %d bytes; it is of less than 4 GiB", size))
	}
	out := make([]byte, 0, size)
	for _, v := range []uint32{magic, 2, uint32(size)} {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	out = appendChunk(out, chunkJSON, text, ' ')
	if bin != nil {
		out = appendChunk(out, chunkBIN, bin, 0)
	}
	return out
}

// padded is how long a chunk is: each begins and ends at a multiple of four bytes.
func padded(body []byte) int { return (len(body) + 3) &^ 3 }

func appendChunk(out []byte, kind uint32, body []byte, pad byte) []byte {
	size := padded(body)
	out = binary.LittleEndian.AppendUint32(out, uint32(size))
	out = binary.LittleEndian.AppendUint32(out, kind)
	out = append(out, body...)
	return append(out, bytes.Repeat([]byte{pad}, size-len(body))...)
}
