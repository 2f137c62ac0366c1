package recording

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// The magic numbers of our skippable frames.
const (
	magicHeader   = 0x184D2A50 + iota // what the file is
	magicChunk                        // the head of a chunk
	magicArray                        // an array, where it is used first
	magicKeyframe                     // the state after a chunk
	magicManifest                     // where everything is
	magicTrailer                      // where the manifest is

	magicZstd = 0xFD2FB528
)

const (
	version      = 1
	headerMark   = "VISERGO1"
	trailerMark  = "VISERIDX"
	trailerSize  = 32
	skipHead     = 8  // of a skippable frame: magic and size
	arrayHead    = 12 // of an array's frame, behind that: index and length
	keyframeHead = 16 // of a keyframe's: time and number of entries

	// viserVersion is the version that upstream viser's client expects.
	viserVersion = "1.1.1"

	runJavascript = "RunJavascriptMessage"
)

var le = binary.LittleEndian

// frameA opens the unpacked stream: the length of its msgpack part, the duration and the number of messages, which are
// known at the end. It is one raw block, so that they can be overwritten.
func frameA(msgpackSize uint64, duration float64, count uint32) []byte {
	plain := le.AppendUint64(nil, msgpackSize)
	plain = append(plain, "\x84\xafdurationSeconds"...)
	plain = appendFloat64(plain, duration)
	plain = append(plain, "\xa8messages\xdd"...)
	plain = binary.BigEndian.AppendUint32(plain, count)
	return appendRaw(nil, plain)
}

// headPlain is the number of unpacked bytes of frameA.
const headPlain = 8 + 1 + 1 + 15 + 9 + 1 + 8 + 5

// skippable begins a skippable frame; close it with sealed.
func skippable(magic uint32) []byte {
	return le.AppendUint32(le.AppendUint32(make([]byte, 0, 256), magic), 0)
}

// sealed writes the size of a skippable frame that is complete.
func sealed(b []byte) ([]byte, error) {
	n := len(b) - skipHead
	if uint64(n) > 1<<32-1 {
		return nil, fmt.Errorf("a part of the recording has %d bytes, more than 4 GiB", n)
	}
	le.PutUint32(b[4:], uint32(n))
	return b, nil
}

// A frame is the place of a zstd frame or a skippable one.
type frame struct {
	magic        uint32 // magicZstd or that of a skippable frame
	offset, size int64
	content      int64 // of a zstd frame: the unpacked size, -1 if it does not tell
}

func (f frame) end() int64 { return f.offset + f.size }

// errCut is the error of a frame that goes on beyond the end of the file.
var errCut = errors.New("the file ends inside a frame")

// frameAt finds the frame at offset, of which only the headers are read.
func frameAt(r io.ReaderAt, offset, size int64) (frame, error) {
	var buf [zstd.HeaderMaxSize]byte
	n, err := readAt(r, buf[:], offset, size)
	if err != nil {
		return frame{}, err
	}
	if n < 4 {
		return frame{}, errCut
	}
	f := frame{magic: le.Uint32(buf[:]), offset: offset, content: -1}
	if f.magic&^0xf == magicHeader {
		if n < skipHead {
			return frame{}, errCut
		}
		f.size = skipHead + int64(le.Uint32(buf[4:]))
		if f.size > size-offset {
			return frame{}, errCut
		}
		return f, nil
	}
	if f.magic != magicZstd {
		return frame{}, fmt.Errorf("no frame begins at byte %d", offset)
	}
	var h zstd.Header
	if err := h.Decode(buf[:n]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return frame{}, errCut
		}
		return frame{}, fmt.Errorf("the frame at byte %d: %w", offset, err)
	}
	if h.HasFCS && h.FrameContentSize <= 1<<62 {
		f.content = int64(h.FrameContentSize)
	}
	end, err := blocksEnd(r, offset+int64(h.HeaderSize), size)
	if h.HasCheckSum {
		end += 4
	}
	f.size = end - offset
	if err == nil && end > size {
		err = errCut
	}
	return f, err
}

// blocksEnd passes over the blocks of a zstd frame.
func blocksEnd(r io.ReaderAt, pos, size int64) (int64, error) {
	for {
		var buf [3]byte
		n, err := readAt(r, buf[:], pos, size)
		if err != nil {
			return 0, err
		}
		if n < len(buf) {
			return 0, errCut
		}
		head := uint32(buf[0]) | uint32(buf[1])<<8 | uint32(buf[2])<<16
		length := int64(head >> 3)
		switch head >> 1 & 3 {
		case 1: // one byte, repeated
			length = 1
		case 3:
			return 0, fmt.Errorf("byte %d begins no block of a zstd frame", pos)
		}
		pos += int64(len(buf)) + length
		if head&1 != 0 {
			return pos, nil
		}
	}
}

// readAt reads what there is up to size, and fails only if reading fails.
func readAt(r io.ReaderAt, b []byte, offset, size int64) (int, error) {
	if offset >= size {
		return 0, nil
	}
	b = b[:min(int64(len(b)), size-offset)]
	n, err := r.ReadAt(b, offset)
	if n == len(b) {
		return n, nil
	}
	if err == io.EOF {
		return n, nil
	}
	return n, &readError{fmt.Errorf("reading %d bytes at %d: %w", len(b), offset, err)}
}

// A readError is a failure of the reader below us. It says nothing about the file.
type readError struct{ err error }

func (e *readError) Error() string { return e.err.Error() }
func (e *readError) Unwrap() error { return e.err }

func isReadError(err error) bool {
	var failure *readError
	return errors.As(err, &failure)
}

// readWhole reads exactly n bytes.
func readWhole(r io.ReaderAt, offset, n, size int64) ([]byte, error) {
	if offset < 0 || n < 0 || n > size-offset {
		return nil, errCut
	}
	b := make([]byte, n)
	got, err := readAt(r, b, offset, size)
	if err == nil && int64(got) < n {
		err = errCut
	}
	return b, err
}
