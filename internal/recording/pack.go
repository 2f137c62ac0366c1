package recording

import (
	"fmt"
	"math"

	"github.com/klauspost/compress/zstd"
)

// The compressors and the decompressor of the process. Calls are safe for concurrent use and start no goroutine.
var (
	fast     = newPacker(zstd.SpeedFastest) // arrays: they compress badly, at any level
	better   = newPacker(zstd.SpeedDefault)
	unpacker = newUnpacker()
)

func newPacker(level zstd.EncoderLevel) *zstd.Encoder {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(level), zstd.WithEncoderConcurrency(2), zstd.WithEncoderCRC(false),
		zstd.WithSingleSegment(true), zstd.WithZeroFrames(true), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(fmt.Sprintf("recording: zstd refuses its own options: %v", err))
	}
	enc.EncodeAll([]byte{0}, nil)
	return enc
}

func newUnpacker() *zstd.Decoder {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecodeAllCapLimit(true),
		zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(math.MaxInt64))
	if err != nil {
		panic(fmt.Sprintf("recording: zstd refuses its own options: %v", err))
	}
	return dec
}

// A frame may be unpacked to unpackFree bytes, or to unpackRatio times its size if that is more. Both are far above what
// messages and arrays compress to.
const (
	unpackFree  = 16 << 20
	unpackRatio = 1024
)

// pack appends the zstd frame of plain, within these limits.
func pack(enc *zstd.Encoder, b, plain []byte) []byte {
	packed := enc.EncodeAll(plain, b)
	if size := len(packed) - len(b); len(plain) > unpackFree && len(plain) > unpackRatio*size {
		return appendRaw(b, plain)
	}
	return packed
}

// appendRaw appends a zstd frame that is not compressed.
func appendRaw(b, plain []byte) []byte {
	const most = 128 << 10
	b = le.AppendUint32(b, magicZstd)
	b = le.AppendUint64(append(b, 0xe0), uint64(len(plain))) // one segment; the size in 8 bytes
	for first := true; first || len(plain) > 0; first = false {
		n := min(len(plain), most)
		head := uint32(n) << 3
		if n == len(plain) {
			head |= 1 // the last block
		}
		b = append(b, byte(head), byte(head>>8), byte(head>>16))
		b = append(b, plain[:n]...)
		plain = plain[n:]
	}
	return b
}

// unpack returns the content of a zstd frame, which must tell its size.
func unpack(packed []byte) ([]byte, error) {
	var h zstd.Header
	if err := h.Decode(packed); err != nil {
		return nil, fmt.Errorf("a zstd frame of %d bytes: %w", len(packed), err)
	}
	if h.Skippable || !h.HasFCS {
		return nil, fmt.Errorf("a zstd frame of %d bytes does not tell its unpacked size", len(packed))
	}
	if limit := uint64(max(unpackFree, unpackRatio*len(packed))); h.FrameContentSize > limit {
		return nil, fmt.Errorf("a zstd frame of %d bytes says that it has %d unpacked, more than the %d allowed",
			len(packed), h.FrameContentSize, limit)
	}
	plain, err := unpacker.DecodeAll(packed, make([]byte, 0, h.FrameContentSize))
	if err != nil {
		return nil, fmt.Errorf("a zstd frame of %d bytes: %w", len(packed), err)
	}
	if uint64(len(plain)) != h.FrameContentSize {
		return nil, fmt.Errorf("a zstd frame has %d bytes unpacked, %d announced", len(plain), h.FrameContentSize)
	}
	return plain, nil
}
