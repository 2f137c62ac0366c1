package recording

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/viser-go/viser/internal/fold"
)

// A place is a file that a recording is written to in any order, and read back from.
type place interface {
	io.WriterAt
	io.ReaderAt
	Truncate(size int64) error
}

// A body is a recording as it is written: the file until Close, and what is in it.
type body struct {
	at      place
	base    int64     // where the recording begins in it
	pos     int64     // its size so far
	copyTo  io.Writer // gets the recording at Close, if at is only for the meantime
	path    string    // of a file that Create made
	dispose func() error

	head   []byte // the outer size and the header
	pieces []piece
	known  map[[sha256.Size]byte]uint32
	arrays []storedArray
	keys   keyframes
	chunks []chunkInfo

	plain   int64 // unpacked bytes of the zstd frames so far
	entries int64
	extras  int64
	poses   sequenceEncoder
}

// A piece is one of the frames in the body, or several that follow each other.
type piece struct {
	offset, size int64
	array        bool // an array where it was used first, which is not needed after Close
}

// A storedArray is an array in the body: its zstd frame, and its size.
type storedArray struct{ offset, size, length int64 }

// maxKnown bounds the table in which arrays are found again.
const maxKnown = 1 << 16

// openBody chooses whether w is written in place.
func openBody(w io.Writer, o WriterOptions) (*body, error) {
	if b := inPlace(w); b != nil {
		return b, nil
	}
	f, err := os.CreateTemp(o.TempDir, "viser-recording-*")
	if err != nil {
		return nil, fmt.Errorf("recording: no temporary file: %w", err)
	}
	return &body{at: f, copyTo: w, dispose: func() error { return errors.Join(f.Close(), os.Remove(f.Name())) }}, nil
}

// inPlace returns nil if w is not a file that can be read, has something behind its offset, or only appends.
func inPlace(w io.Writer) *body {
	f, ok := w.(interface {
		place
		io.Seeker
	})
	if !ok {
		return nil
	}
	if named, ok := w.(*os.File); ok {
		if info, err := named.Stat(); err != nil || !info.Mode().IsRegular() {
			return nil
		}
	}
	base, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil
	}
	end, err := f.Seek(0, io.SeekEnd)
	if _, back := f.Seek(base, io.SeekStart); err != nil || back != nil || end != base {
		return nil
	}
	var blank [8]byte
	if _, err := f.WriteAt(blank[:], base); err != nil {
		return nil
	}
	if _, err := f.ReadAt(blank[:], base); err != nil {
		f.Truncate(base)
		return nil
	}
	return &body{at: f, base: base, dispose: func() error { return nil }}
}

func createBody(path string) (*body, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	return &body{at: f, path: path, dispose: f.Close}, nil
}

func (b *body) release() error { return b.dispose() }

// begin writes what precedes the first chunk.
func (b *body) begin(o WriterOptions) error {
	started := o.Started
	if started.IsZero() {
		started = time.Now()
	}
	head := append(skippable(magicHeader), headerMark...)
	head = append(head, "\x83\xa7version\x01\xa7started"...)
	head = append(appendFloat64(head, float64(started.UnixMicro())/1e6), "\xa7program"...)
	head, err := sealed(appendText(head, o.Program))
	if err != nil {
		return err
	}
	b.known = map[[sha256.Size]byte]uint32{}
	b.keys.state = fold.New()
	b.head = append(make([]byte, 8), head...)
	b.plain = headPlain
	return b.append(append(b.head[:len(b.head):len(b.head)], frameA(0, 0, 0)...))
}

// append writes at the end. What is not written whole is cut off again.
func (b *body) append(p []byte) error {
	if _, err := b.at.WriteAt(p, b.base+b.pos); err != nil {
		b.at.Truncate(b.base + b.pos)
		return describe(fmt.Sprintf("writing %d bytes at %d of", len(p), b.pos), b.at, err)
	}
	b.pos += int64(len(p))
	return nil
}

// write adds a chunk: its new arrays, its head, its entries and perhaps a keyframe.
func (b *body) write(c *chunk) error {
	if err := b.index(c); err != nil {
		return err
	}
	out, err := packed(skippable(magicChunk), c.head())
	if err != nil {
		return err
	}
	if head := len(out); c.count > 0 {
		if out, err = b.poses.encode(out, c); err != nil {
			out = pack(better, out[:head], c.stream)
		}
	}
	info := chunkInfo{b.pos, int64(len(out)), c.from, c.to, int64(c.count), int64(c.ours)}
	if err := b.append(out); err != nil {
		return err
	}
	b.pieces = append(b.pieces, piece{info.offset, info.size, false})
	b.chunks = append(b.chunks, info)
	b.plain += int64(len(c.stream))
	b.entries += int64(c.count)
	b.extras += int64(c.ours)
	return b.keyframe(c)
}

// packed seals a skippable frame that ends with a zstd frame of plain.
func packed(b, plain []byte) ([]byte, error) { return sealed(pack(better, b, plain)) }

// index writes the arrays of a chunk that are new, and sets the indices of all.
func (b *body) index(c *chunk) error {
	for _, u := range c.arrays {
		i, err := b.array(u.data)
		if err != nil {
			return err
		}
		c.setIndex(u, i)
	}
	return nil
}

// array returns the index of an array, which it writes if it is new.
func (b *body) array(data []byte) (uint32, error) {
	sum := sha256.Sum256(data)
	if i, ok := b.known[sum]; ok {
		return i, nil
	}
	if len(b.arrays) > math.MaxInt32 {
		return 0, errors.New("recording: more arrays than a recording can have")
	}
	i := uint32(len(b.arrays))
	out := le.AppendUint32(skippable(magicArray), i)
	out = le.AppendUint64(out, uint64(len(data)))
	out, err := sealed(pack(fast, out, data))
	if err != nil {
		return 0, err
	}
	at := piece{b.pos, int64(len(out)), true}
	if err := b.append(out); err != nil {
		return 0, err
	}
	b.pieces = append(b.pieces, at)
	const head = skipHead + arrayHead
	b.arrays = append(b.arrays, storedArray{at.offset + head, at.size - head, int64(len(data))})
	if len(b.known) >= maxKnown {
		clear(b.known)
	}
	b.known[sum] = i
	return i, nil
}

// finish completes the recording.
func (b *body) finish(duration float64) error {
	switch {
	case b.copyTo != nil:
		return b.compact(b.copyTo, duration)
	case b.path != "" && len(b.arrays) > 0:
		err := b.replace(duration)
		if err == nil {
			return nil
		}
		if b.complete(duration) == nil { // with the arrays twice
			return nil
		}
		return err
	}
	return b.complete(duration)
}

// replace writes the file anew without the arrays where they were used first.
func (b *body) replace(duration float64) error {
	f, err := os.CreateTemp(filepath.Dir(b.path), "."+filepath.Base(b.path)+".*")
	if err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	err = b.compact(f, duration)
	if info, old := os.Stat(b.path); err == nil && old == nil {
		err = f.Chmod(info.Mode())
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), b.path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("recording: completing %s: %w", b.path, err)
	}
	return nil
}
