package colmap

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/viser-go/viser"
)

// source reads a file and knows where it is.
type source struct {
	r        *bufio.Reader
	name     string
	size     int64 // 0 if it is not known
	read     int64
	told     int64
	line     int // 0 in binary files
	progress func(int64)
	buffer   [256]byte
}

func newSource(r io.Reader, name string) *source {
	return &source{r: bufio.NewReaderSize(r, 1<<18), name: name}
}

func (s *source) errorf(format string, args ...any) error {
	return &Error{File: s.name, Line: s.line, Offset: s.read, Reason: fmt.Sprintf(format, args...)}
}

// fail is the error of reading on.
func (s *source) fail(err error) error {
	reason := "the file ends early"
	if err = unexpected(err); err != io.ErrUnexpectedEOF {
		reason = err.Error()
	}
	return &Error{File: s.name, Line: s.line, Offset: s.read, Reason: reason, Err: err}
}

func (s *source) tell() {
	const step = 1 << 20
	if s.progress != nil && s.read-s.told >= step {
		s.told = s.read
		s.progress(s.read)
	}
}

// bytes returns the next n bytes, at most 256, which are valid until the next call.
func (s *source) bytes(n int) ([]byte, error) {
	read, err := io.ReadFull(s.r, s.buffer[:n])
	s.read += int64(read)
	if err != nil {
		return nil, s.fail(err)
	}
	return s.buffer[:n], nil
}

func (s *source) skip(n int64) error {
	for n > 0 {
		step := int(min(n, 1<<20))
		read, err := s.r.Discard(step)
		s.read += int64(read)
		n -= int64(read)
		if err != nil {
			return s.fail(err)
		}
	}
	return nil
}

// count reads a number of entries of at least a size each, and checks it against the size of the file.
func (s *source) count(what string, least int64) (uint64, error) {
	b, err := s.bytes(8)
	if err != nil {
		return 0, err
	}
	n := binary.LittleEndian.Uint64(b)
	if n > math.MaxInt64/1024 || s.size > 0 && int64(n) > (s.size-s.read)/least {
		return 0, s.errorf("there are %d %s according to the file, which is too short for that", n, what)
	}
	return n, nil
}

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

func (m *Model) binaryCameras(s *source, o Options) error {
	n, err := s.count("cameras", 24)
	if err != nil {
		return err
	}
	for range n {
		b, err := s.bytes(24)
		if err != nil {
			return err
		}
		id, number := binary.LittleEndian.Uint32(b), int32(binary.LittleEndian.Uint32(b[4:]))
		w, h := binary.LittleEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b[16:])
		if number < 0 || int(number) >= len(models) {
			return s.errorf("camera %d has the unknown model %d", id, number)
		}
		model := models[number]
		if b, err = s.bytes(8 * model.params); err != nil {
			return err
		}
		c := Camera{Model: model.name, Width: int(min(w, 1<<30)), Height: int(min(h, 1<<30))}
		for i := range model.params {
			c.Params = append(c.Params, float(b[8*i:]))
		}
		if err := m.addCamera(s, id, c, o); err != nil {
			return err
		}
	}
	return s.end()
}

// end checks that nothing follows.
func (s *source) end() error {
	if _, err := s.r.ReadByte(); err == io.EOF {
		return nil
	} else if err != nil {
		return s.fail(err)
	}
	return s.errorf("there are more bytes than the file says")
}

func (m *Model) binaryImages(s *source, o Options) error {
	const header, observation, longest = 64, 24, 4096
	n, err := s.count("images", header+1+8)
	if err != nil {
		return err
	}
	for range n {
		b, err := s.bytes(header)
		if err != nil {
			return err
		}
		img := Image{ID: binary.LittleEndian.Uint32(b), Camera: binary.LittleEndian.Uint32(b[60:])}
		var q [4]float64
		var t viser.Vec3
		for i := range q {
			q[i] = float(b[4+8*i:])
		}
		for i := range t {
			t[i] = float(b[36+8*i:])
		}
		var name []byte
		for {
			b, err := s.bytes(1)
			if err != nil {
				return err
			}
			if b[0] == 0 {
				break
			}
			if name = append(name, b[0]); len(name) > longest {
				return s.errorf("the name of image %d has more than %d bytes", img.ID, longest)
			}
		}
		img.Name = string(name)
		seen, err := s.count("observations", observation)
		if err != nil {
			return err
		}
		if err := s.skip(observation * int64(seen)); err != nil {
			return err
		}
		img.Observations = int(seen)
		if err := m.addImage(s, img, q, t, o); err != nil {
			return err
		}
	}
	return s.end()
}

func (m *Model) binaryPoints(s *source, o Options) error {
	const header, element = 43, 8
	n, err := s.count("points", header+8)
	if err != nil {
		return err
	}
	if n > uint64(o.MaxPoints) {
		return s.errorf("there are %d points, more than the limit of %d", n, o.MaxPoints)
	}
	if s.size > 0 { // the number fits the size of the file
		m.reserve(int(n))
	}
	for range n {
		b, err := s.bytes(header)
		if err != nil {
			return err
		}
		id, at := binary.LittleEndian.Uint64(b), viser.Vec3{float(b[8:]), float(b[16:]), float(b[24:])}
		color, residual := viser.RGB(b[32:35]), float(b[35:])
		track, err := s.count("observations", element)
		if err != nil {
			return err
		}
		if err := s.skip(element * int64(track)); err != nil {
			return err
		}
		m.addPoint(id, at, color, residual, uint32(min(track, math.MaxUint32)), o)
		s.tell()
	}
	return s.end()
}

func (m *Model) reserve(n int) {
	m.PointIDs, m.Points = make([]uint64, 0, n), make([]viser.Vec3f, 0, n)
	m.Colors, m.Errors, m.Tracks = make([]viser.RGB, 0, n), make([]float32, 0, n), make([]uint32, 0, n)
}
