package recording

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"sync"
)

// OpenOptions bound what reading takes. The zero OpenOptions are the defaults.
type OpenOptions struct {
	// MaxUnpacked is the limit of the unpacked size of a file of upstream viser; 0 is 8 GiB. Over 64 MiB it is unpacked to a
	// temporary file. Recordings of ours are never unpacked as a whole.
	MaxUnpacked int64
	TempDir     string // for that file; "" is os.TempDir
}

// The formats of Info.
const (
	FormatOurs     = "viser-go 1"
	FormatUpstream = "viser 1.1"
	FormatOld      = "viser before 1.1"
)

// Info is what a recording says about itself.
type Info struct {
	Format   string
	Version  string  // of viser, as the file names it
	Program  string  // what made it; of our recordings
	Started  float64 // Unix time of time 0, in seconds; of our recordings
	Duration float64 // seconds
	Complete bool    // whether it was closed and is whole
	Bytes    int64   // of the file
	Entries  int64   // messages, those for upstream viser's client only included
	Ours     int64   // of these, messages that upstream viser's client does not read
	Arrays   int
	Chunks   int
	Keys     int // keyframes
}

// A Reader reads a recording. It is safe for concurrent use.
type Reader struct {
	src   source
	info  Info
	close func() error

	mu     sync.Mutex
	idx    *index
	notes  []string
	counts counts
	seen   map[int64]bool // the offsets of chunks whose entries are in counts
	cache  cache
	marks  []mark // ascending
}

// An index has the places of all parts.
type index struct {
	arrays    []arrayInfo
	chunks    []chunkInfo
	keyframes []keyframeInfo
	scanned   bool // from the parts themselves, so it does not lie
}

// counts are entries that were left out or changed.
type counts struct {
	scripts  int // script messages
	moved    int // their times were no numbers, descended, or were after the end of their chunk
	arrays   int // their arrays are missing
	messages int // they can't be read, or not be applied
}

// A source is a file in one of the formats.
type source interface {
	// chunk reads a chunk.
	chunk(c chunkInfo) (*entries, error)
	// frame returns what an array is in.
	frame(a arrayInfo) ([]byte, error)
	// keyframe returns the messages, one after another.
	keyframe(k keyframeInfo) ([]byte, error)
	// rescan returns an index that is not from the file's own.
	rescan() (*index, error)
}

// ErrEmpty is the error of a file that was cut off before its first entry.
var ErrEmpty = errors.New("nothing is in it: the recording was cut off before its first entry")

// ErrOther is the error of a file that is something else.
var ErrOther = errors.New("it is no recording of viser")

// StartBytes is how much of a file Begins needs.
const StartBytes = 12

// Begins reports whether the first StartBytes of a file are those of a recording: after a length of eight bytes a frame of
// zstd, or one that its decoders skip.
func Begins(start []byte) bool {
	if len(start) < StartBytes {
		return false
	}
	magic := le.Uint32(start[8:])
	return magic == magicZstd || magic&^0xf == magicHeader
}

// OpenFile opens a file. Close it after use.
func OpenFile(path string) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("recording: %w", err), f.Close())
	}
	r, err := Open(f, info.Size(), OpenOptions{})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	inner := r.close
	r.close = func() error { return errors.Join(inner(), f.Close()) }
	return r, nil
}

// Open opens a recording of size bytes. A recording that was cut off is opened with what is whole, and so is one whose
// index is wrong: Notes tells of both. Close the Reader after use; it does not close r.
func Open(r io.ReaderAt, size int64, o OpenOptions) (*Reader, error) {
	if o.MaxUnpacked == 0 {
		o.MaxUnpacked = 8 << 30
	}
	out := &Reader{close: func() error { return nil }, seen: map[int64]bool{}}
	out.info.Bytes = size
	ours, err := isOurs(r, size)
	if err == nil && ours {
		err = out.openOurs(r, size)
	} else if err == nil {
		err = out.openUpstream(r, size, o)
	}
	if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	return out, nil
}

// Close frees what the Reader holds. Nothing may be read afterwards.
func (r *Reader) Close() error { return r.close() }

// Duration is the length of the recording in seconds.
func (r *Reader) Duration() float64 { return r.info.Duration }

// Info returns what the recording says about itself.
func (r *Reader) Info() Info {
	idx := r.index()
	info := r.info
	info.Arrays, info.Chunks, info.Keys = len(idx.arrays), len(idx.chunks), len(idx.keyframes)
	info.Entries, info.Ours = 0, 0
	for _, c := range idx.chunks {
		info.Entries += c.entries + c.extras
		info.Ours += c.extras
	}
	return info
}

// Notes returns what was wrong with the file and what was left out, one line each. More may be known when more was read.
func (r *Reader) Notes() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := slices.Clone(r.notes)
	for _, c := range []struct {
		n    int
		what string
	}{
		{r.counts.scripts, "script messages were dropped"},
		{r.counts.moved, "entries had a time that is not a number, before the last one or after the end of their chunk; they have the last one's"},
		{r.counts.arrays, "messages were left out, since their arrays are not in the file"},
		{r.counts.messages, "messages can't be read and were left out"},
	} {
		if c.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	return out
}

func (r *Reader) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.noteLocked(format, args...)
}

func (r *Reader) noteLocked(format string, args ...any) {
	if line := fmt.Sprintf(format, args...); !slices.Contains(r.notes, line) && len(r.notes) < 100 {
		r.notes = append(r.notes, line)
	}
}

func (r *Reader) index() *index {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.idx
}

// distrust replaces an index that was found to lie. It reports whether there is another one now.
func (r *Reader) distrust(idx *index, why error) bool {
	if idx.scanned {
		return false
	}
	fresh, err := r.src.rescan()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.idx != idx {
		return true
	}
	if err != nil || len(fresh.chunks) == 0 {
		idx.scanned = true
		return false
	}
	r.noteLocked("the index is wrong (%v); the file was read through", why)
	r.idx, r.marks = fresh, nil
	return true
}

// array returns an array by its index.
func (r *Reader) array(i int) ([]byte, error) {
	idx := r.index()
	if i < 0 || i >= len(idx.arrays) || idx.arrays[i].offset == 0 {
		return nil, errNoArray
	}
	a := idx.arrays[i]
	b, ok := r.cached(a.offset)
	if !ok {
		var err error
		if b, err = r.src.frame(a); err != nil {
			return nil, fmt.Errorf("%w: %w", errNoArray, err)
		}
		r.keep(a.offset, b)
	}
	if a.inner < 0 || a.length < 0 || a.inner > int64(len(b)) || a.length > int64(len(b))-a.inner {
		return nil, errNoArray
	}
	return b[a.inner : a.inner+a.length : a.inner+a.length], nil
}

// errNoArray is the error of an array that is not in the file.
var errNoArray = errors.New("the array is not in the file")

// A cache has the unpacked frames of arrays that were used last, by their offset.
type cache struct {
	frames map[int64][]byte
	order  []int64 // from the oldest
	bytes  int
}

// cacheBytes is the limit of the cache.
const cacheBytes = 64 << 20

func (r *Reader) cached(offset int64) ([]byte, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	b, ok := r.cache.frames[offset]
	if i := slices.Index(r.cache.order, offset); ok && i < len(r.cache.order)/2 {
		r.cache.order = append(slices.Delete(r.cache.order, i, i+1), offset)
	}
	return b, ok
}

func (r *Reader) keep(offset int64, b []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := &r.cache
	if _, ok := c.frames[offset]; ok || len(b) > cacheBytes/2 {
		return
	}
	if c.frames == nil {
		c.frames = map[int64][]byte{}
	}
	c.frames[offset] = b
	c.order = append(c.order, offset)
	c.bytes += len(b)
	for c.bytes > cacheBytes || len(c.order) > 4096 {
		c.bytes -= len(c.frames[c.order[0]])
		delete(c.frames, c.order[0])
		c.order = c.order[1:]
	}
}

// goodTime reports whether t may follow last.
func goodTime(t, last float64) bool { return t >= last && !math.IsInf(t, 1) }
