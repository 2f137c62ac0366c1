package recording

import (
	"errors"
	"fmt"
	"math"

	"github.com/tinylib/msgp/msgp"
)

// A manifest tells where everything is in a complete recording.
type manifest struct {
	duration        float64
	entries, extras int64
	arrays          []arrayInfo
	chunks          []chunkInfo
	keyframes       []keyframeInfo
}

type (
	// An arrayInfo is the place of an array: a zstd frame, and where it begins in the unpacked frame.
	arrayInfo struct{ offset, size, length, inner int64 }
	// A chunkInfo is the place of a chunk, head and entries, and what it has: messages for upstream viser's client, and
	// others.
	chunkInfo struct {
		offset, size    int64
		from, to        float64
		entries, extras int64
	}
	// A keyframeInfo is the place of a keyframe, the time of the last entry before it, and the chunk that it follows.
	keyframeInfo struct {
		offset, size int64
		t            float64
		chunk        int64
	}
)

func (m *manifest) encode() []byte {
	b := append([]byte(nil), "\x87\xa7version\x01\xa8duration"...)
	b = append(appendFloat64(b, m.duration), "\xa7entries"...)
	b = append(appendInt(b, m.entries), "\xa6extras"...)
	b = append(appendInt(b, m.extras), "\xa6arrays"...)
	b = appendList(b, len(m.arrays))
	for _, a := range m.arrays {
		b = appendInts(appendList(b, 4), a.offset, a.size, a.length, a.inner)
	}
	b = appendList(append(b, "\xa6chunks"...), len(m.chunks))
	for _, c := range m.chunks {
		b = appendInts(appendList(b, 6), c.offset, c.size)
		b = appendInts(appendFloat64(appendFloat64(b, c.from), c.to), c.entries, c.extras)
	}
	b = appendList(append(b, "\xa9keyframes"...), len(m.keyframes))
	for _, k := range m.keyframes {
		b = appendInts(appendList(b, 4), k.offset, k.size)
		b = appendInts(appendFloat64(b, k.t), k.chunk)
	}
	return b
}

func appendInts(b []byte, list ...int64) []byte {
	for _, n := range list {
		b = appendInt(b, n)
	}
	return b
}

// A scanner reads msgpack and keeps the first error.
type scanner struct {
	b   []byte
	err error
}

func (s *scanner) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
}

func scan[T any](s *scanner, read func([]byte) (T, []byte, error)) T {
	var zero T
	if s.err != nil {
		return zero
	}
	v, rest, err := read(s.b)
	if err != nil {
		s.err = err
		return zero
	}
	s.b = rest
	return v
}

// list opens a list. Each element has at least one byte.
func (s *scanner) list() int { return s.items(scan(s, msgp.ReadArrayHeaderBytes), 1) }

// fields opens a map, whose entries have at least two.
func (s *scanner) fields() int { return s.items(scan(s, msgp.ReadMapHeaderBytes), 2) }

func (s *scanner) items(n uint32, each int) int {
	if int64(n)*int64(each) > int64(len(s.b)) {
		s.fail("%d entries announced, %d bytes left", n, len(s.b))
	}
	if s.err != nil {
		return 0
	}
	return int(n)
}

func (s *scanner) tuple(n int) {
	if got := s.list(); s.err == nil && got != n {
		s.fail("a list of %d values where %d are expected", got, n)
	}
}

func (s *scanner) text() string { return scan(s, msgp.ReadStringBytes) }

// number reads an integer or a float.
func (s *scanner) number() float64 {
	if s.err != nil {
		return 0
	}
	switch msgp.NextType(s.b) {
	case msgp.Float64Type:
		return scan(s, msgp.ReadFloat64Bytes)
	case msgp.Float32Type:
		return float64(scan(s, msgp.ReadFloat32Bytes))
	}
	return float64(scan(s, msgp.ReadInt64Bytes))
}

// size reads an integer that is not negative.
func (s *scanner) size() int64 {
	if s.err == nil {
		if t := msgp.NextType(s.b); t == msgp.Float64Type || t == msgp.Float32Type {
			f := s.number()
			if f != math.Trunc(f) || f < 0 || f > 1<<53 {
				s.fail("%v is not a size", f)
			}
			return int64(f)
		}
	}
	n := scan(s, msgp.ReadInt64Bytes)
	if n < 0 {
		s.fail("%d is not a size", n)
		return 0
	}
	return n
}

// skip passes over a value.
func (s *scanner) skip() {
	if s.err != nil {
		return
	}
	rest, err := skipValue(s.b, maxDepth)
	if err != nil {
		s.err = err
		return
	}
	s.b = rest
}

// maxDepth bounds how deep values are in each other.
const maxDepth = 64

var errDeep = errors.New("values are nested too deep")

// skipValue is msgp.Skip with a limit on the depth.
func skipValue(b []byte, depth int) ([]byte, error) {
	if depth == 0 {
		return nil, errDeep
	}
	n := 0
	switch msgp.NextType(b) {
	case msgp.ArrayType:
		list, rest, err := msgp.ReadArrayHeaderBytes(b)
		if err != nil {
			return nil, err
		}
		n, b = int(list), rest
	case msgp.MapType:
		pairs, rest, err := msgp.ReadMapHeaderBytes(b)
		if err != nil {
			return nil, err
		}
		n, b = 2*int(pairs), rest
	default:
		return msgp.Skip(b)
	}
	for ; n > 0; n-- {
		rest, err := skipValue(b, depth-1)
		if err != nil {
			return nil, err
		}
		b = rest
	}
	return b, nil
}

func decodeManifest(b []byte) (*manifest, error) {
	s := &scanner{b: b}
	m := &manifest{}
	for n := s.fields(); n > 0 && s.err == nil; n-- {
		switch s.text() {
		case "version":
			if v := s.size(); v != version {
				s.fail("version %d of the index", v)
			}
		case "duration":
			m.duration = s.number()
		case "entries":
			m.entries = s.size()
		case "extras":
			m.extras = s.size()
		case "arrays":
			for n := s.list(); n > 0 && s.err == nil; n-- {
				s.tuple(4)
				m.arrays = append(m.arrays, arrayInfo{s.size(), s.size(), s.size(), s.size()})
			}
		case "chunks":
			for n := s.list(); n > 0 && s.err == nil; n-- {
				s.tuple(6)
				m.chunks = append(m.chunks, chunkInfo{s.size(), s.size(), s.number(), s.number(), s.size(), s.size()})
			}
		case "keyframes":
			for n := s.list(); n > 0 && s.err == nil; n-- {
				s.tuple(4)
				m.keyframes = append(m.keyframes, keyframeInfo{s.size(), s.size(), s.number(), s.size()})
			}
		default:
			s.skip()
		}
	}
	return m, s.err
}
