package colmap

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/viser-go/viser"
)

// nextLine returns the next line without its end; io.EOF after the last. It is valid until the next call if it is
// short.
func (s *source) nextLine() ([]byte, error) {
	const longest = 256 << 20
	line, err := s.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line = bytes.Clone(line)
		for err == bufio.ErrBufferFull && len(line) < longest {
			var more []byte
			more, err = s.r.ReadSlice('\n')
			line = append(line, more...)
		}
	}
	s.line++
	s.read += int64(len(line))
	s.tell()
	if err == io.EOF && len(line) > 0 {
		err = nil
	}
	if err != nil {
		if err == io.EOF {
			return nil, err
		}
		return nil, s.fail(err)
	}
	return bytes.TrimRight(line, "\r\n"), nil
}

// dataLine returns the next line that is neither empty nor a comment.
func (s *source) dataLine() ([]byte, error) {
	for {
		line, err := s.nextLine()
		if err != nil {
			return nil, err
		}
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return line, nil
		}
	}
}

// word cuts the first word off.
func word(line []byte) (first, rest []byte) {
	line = bytes.TrimLeft(line, " \t")
	if i := bytes.IndexAny(line, " \t"); i >= 0 {
		return line[:i], line[i:]
	}
	return line, nil
}

// numbers reads the first numbers of a line, and returns the rest.
func (s *source) numbers(line []byte, dst []float64) ([]byte, error) {
	for i := range dst {
		var w []byte
		w, line = word(line)
		x, err := strconv.ParseFloat(string(w), 64)
		if err != nil && len(w) == 0 {
			return nil, s.errorf("the line has %d numbers; there must be %d", i, len(dst))
		}
		if err != nil {
			return nil, s.errorf("%s is not a number", quote(w))
		}
		dst[i] = x
	}
	return line, nil
}

func quote(b []byte) string {
	const most = 40
	if len(b) > most {
		return fmt.Sprintf("%q…", b[:most])
	}
	return fmt.Sprintf("%q", b)
}

// number is the number of an entry.
func (s *source) number(w []byte) (uint64, error) {
	n, err := strconv.ParseUint(string(w), 10, 64)
	if err != nil {
		return 0, s.errorf("%s is no whole number", quote(w))
	}
	return n, nil
}

func (m *Model) textCameras(s *source, o Options) error {
	for {
		line, err := s.dataLine()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		first, line := word(line)
		id, err := s.number(first)
		if err != nil {
			return err
		}
		name, line := word(line)
		model, ok := modelNamed(string(name))
		if !ok {
			return s.errorf("camera %d has the unknown model %s", id, quote(name))
		}
		v := make([]float64, 2+model.params)
		rest, err := s.numbers(line, v)
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(rest)) > 0 {
			return s.errorf("camera %d has more parameters than its model %s: it has %d", id, model.name, model.params)
		}
		if !(v[0] < 1<<30 && v[1] < 1<<30) || id > 1<<32-1 {
			return s.errorf("a number of camera %d is too large", id)
		}
		if err := m.addCamera(s, uint32(id), Camera{Model: model.name, Width: int(v[0]), Height: int(v[1]), Params: v[2:]}, o); err != nil {
			return err
		}
	}
}

// textImages reads two lines for each image, of which the second may be empty.
func (m *Model) textImages(s *source, o Options) error {
	for {
		line, err := s.dataLine()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		var v [9]float64
		rest, err := s.numbers(line, v[:])
		if err != nil {
			return err
		}
		img := Image{Name: strings.TrimSpace(string(rest))}
		if v[0] < 0 || v[0] > 1<<32-1 {
			return s.errorf("%g is not the number of an image", v[0])
		}
		img.ID = uint32(v[0])
		if img.Name == "" {
			return s.errorf("image %d has no name, or no camera", img.ID)
		}
		// The camera is the last number: it was read as one.
		if v[8] < 0 || v[8] > 1<<32-1 || v[8] != float64(uint32(v[8])) {
			return s.errorf("%g is not the number of a camera", v[8])
		}
		img.Camera = uint32(v[8])
		if err := m.addImage(s, img, [4]float64(v[1:5]), viser.Vec3(v[5:8]), o); err != nil {
			return err
		}
		seen, err := s.nextLine()
		if err == io.EOF { // the last one has no points
			return nil
		} else if err != nil {
			return err
		}
		words := len(bytes.Fields(seen))
		if words%3 != 0 {
			return s.errorf("the points of image %d are %d numbers, which is no multiple of 3", img.ID, words)
		}
		m.Images[len(m.Images)-1].Observations = words / 3
	}
}

func (m *Model) textPoints(s *source, o Options) error {
	for {
		line, err := s.dataLine()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if len(m.Points) == o.MaxPoints {
			return s.errorf("there are more than %d points, which is the limit", o.MaxPoints)
		}
		first, line := word(line)
		id, err := s.number(first)
		if err != nil {
			return err
		}
		var v [7]float64
		rest, err := s.numbers(line, v[:])
		if err != nil {
			return err
		}
		var c viser.RGB
		for i := range c {
			c[i] = uint8(min(255, max(0, v[3+i])))
		}
		track := 0
		for {
			var w []byte
			if w, rest = word(rest); len(w) == 0 {
				break
			}
			track++
		}
		if track%2 != 0 {
			return s.errorf("the track of point %d has %d numbers, which is no multiple of 2", id, track)
		}
		m.addPoint(id, viser.Vec3(v[:3]), c, v[6], uint32(track/2), o)
	}
}
