package wire

import (
	"fmt"
	"runtime"

	"github.com/klauspost/compress/zstd"
)

// There is one encoder and one decoder for the whole process: EncodeAll and DecodeAll are safe for concurrent
// use and start no goroutines. Up to atOnce calls run at a time, further ones wait; each has a working set of
// some hundred kilobytes, so there are fewer than processors. Both are created, with their channels, when the
// program starts, so that they do not belong to a test's bubble (testing/synctest).
var (
	atOnce   = min(runtime.GOMAXPROCS(0), 4)
	packer   = newPacker()
	unpacker = newUnpacker()
)

func newPacker() *zstd.Encoder {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(atOnce),
		zstd.WithEncoderCRC(false), zstd.WithSingleSegment(true), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(fmt.Sprintf("wire: zstd refuses its own options: %v", err))
	}
	enc.EncodeAll([]byte{0}, nil)
	return enc
}

func newUnpacker() *zstd.Decoder {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(atOnce), zstd.WithDecodeAllCapLimit(true),
		zstd.WithDecoderLowmem(true))
	if err != nil {
		panic(fmt.Sprintf("wire: zstd refuses its own options: %v", err))
	}
	return dec
}

// pack appends the zstd frame of plain to dst: one segment, its content size in the header, no checksum.
func pack(dst, plain []byte) []byte { return packer.EncodeAll(plain, dst) }

// unpack returns the content of a zstd frame, which must have exactly size bytes.
func unpack(packed []byte, size int) ([]byte, error) {
	plain, err := unpacker.DecodeAll(packed, make([]byte, 0, size))
	if err != nil {
		return nil, err
	}
	if len(plain) != size {
		return nil, fmt.Errorf("%d bytes unpacked, %d announced", len(plain), size)
	}
	return plain, nil
}
