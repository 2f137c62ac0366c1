package wire

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Encoders and decoders are pooled: making one costs far more than a frame. Concurrency 1 keeps them from
// starting goroutines and from holding more than one working set.
var (
	packers = sync.Pool{New: func() any {
		enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
			zstd.WithEncoderCRC(false), zstd.WithSingleSegment(true), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(fmt.Sprintf("wire: zstd refuses its own options: %v", err))
		}
		return enc
	}}
	unpackers = sync.Pool{New: func() any {
		dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeAllCapLimit(true),
			zstd.WithDecoderLowmem(true))
		if err != nil {
			panic(fmt.Sprintf("wire: zstd refuses its own options: %v", err))
		}
		return dec
	}}
)

// pack appends the zstd frame of plain to dst: one segment, its content size in the header, no checksum.
func pack(dst, plain []byte) []byte {
	enc := packers.Get().(*zstd.Encoder)
	defer packers.Put(enc)
	return enc.EncodeAll(plain, dst)
}

// unpack gives the content of a zstd frame, which must have exactly size bytes.
func unpack(packed []byte, size int) ([]byte, error) {
	dec := unpackers.Get().(*zstd.Decoder)
	defer unpackers.Put(dec)
	plain, err := dec.DecodeAll(packed, make([]byte, 0, size))
	if err != nil {
		return nil, err
	}
	if len(plain) != size {
		return nil, fmt.Errorf("%d bytes unpacked, %d announced", len(plain), size)
	}
	return plain, nil
}
