package main

import "encoding/binary"

// The encoders of EXT_meshopt_compression in their simplest form: every code says "the value follows". They compress
// nothing; decoders take their output as any other.

// meshoptAttributes encodes elements of stride bytes each, at most 256 of them and 8192 bytes in all: mode ATTRIBUTES.
func meshoptAttributes(raw []byte, stride int) []byte {
	const group, stored = 16, 0b11
	count := len(raw) / stride
	groups := (count + group - 1) / group
	out := []byte{0xa0}
	for k := range stride {
		header := make([]byte, (groups+3)/4)
		for g := range groups {
			header[g/4] |= stored << (2 * (g % 4))
		}
		out = append(out, header...)
		for i := range groups * group {
			// The first element is the baseline, at the end of the stream.
			var delta byte
			if i > 0 && i < count {
				delta = raw[i*stride+k] - raw[(i-1)*stride+k]
			}
			out = append(out, delta<<1^byte(int8(delta)>>7))
		}
	}
	// The tail has at least 32 bytes.
	out = append(out, make([]byte, max(0, 32-stride))...)
	return append(out, raw[:stride]...)
}

// meshoptTriangles encodes triangles' indices: mode TRIANGLES.
func meshoptTriangles(indices []uint16) []byte {
	const apart = 0xff // no edge or corner is that of a triangle before
	out := []byte{0xe1}
	for range len(indices) / 3 {
		out = append(out, apart)
	}
	var last int64
	for i, index := range indices {
		if i%3 == 0 {
			out = append(out, apart)
		}
		delta := int64(index) - last
		out = binary.AppendUvarint(out, uint64(delta<<1^delta>>63))
		last = int64(index)
	}
	// A table of frequent codes, of which none is used.
	return append(out, make([]byte, 16)...)
}
