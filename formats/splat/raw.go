package splat

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// rowSize is the size of a splat in a .splat file: center and scales as three little-endian float32 each, red,
// green, blue and opacity as a byte each, and the quaternion, scalar first, as four bytes of 128 + 128·q.
const rowSize = 32

const (
	chunkRows    = 2048
	progressStep = 1 << 20
)

// ReadSplat reads a .splat file: splats of 32 bytes one behind the other, and nothing else. A file whose end
// is not that of a splat is an error that wraps [io.ErrUnexpectedEOF].
func ReadSplat(r io.Reader, opts *Options) (*Splats, error) {
	o := opts.withDefaults()
	s := &Splats{}
	s.reserve(o)
	chunk := make([]byte, chunkRows*rowSize)
	var read, told int64
	for {
		n, err := io.ReadFull(r, chunk)
		read += int64(n)
		if most := int64(o.MaxSplats); read/rowSize > most {
			return nil, fmt.Errorf("splat: there are more than %d splats, which is the limit", most)
		}
		for at := 0; at+rowSize <= n; at += rowSize {
			s.addRow(chunk[at : at+rowSize])
		}
		if o.Progress != nil && read-told >= progressStep {
			told = read
			o.Progress(read)
		}
		switch {
		case err == nil:
		case err != io.EOF && err != io.ErrUnexpectedEOF:
			return nil, fmt.Errorf("splat: byte %d: %w", read, err)
		case read%rowSize != 0:
			return nil, fmt.Errorf("splat: byte %d: the file ends within splat %d, of which %d bytes are there: %w",
				read, read/rowSize+1, read%rowSize, io.ErrUnexpectedEOF)
		default:
			return s, nil
		}
	}
}

// reserve allocates capacity for the number of splats that the file size implies.
func (s *Splats) reserve(o Options) {
	n := int(max(0, min(o.Size/rowSize, int64(o.MaxSplats))))
	s.Centers, s.Scales = make([][3]float32, 0, n), make([][3]float32, 0, n)
	s.WXYZs, s.Colors, s.Opacities = make([][4]float32, 0, n), make([][3]uint8, 0, n), make([]float32, 0, n)
}

func (s *Splats) addRow(row []byte) {
	float := func(at int) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(row[at:])) }
	q := [4]float32{}
	for k := range q {
		q[k] = (float32(row[28+k]) - 128) / 128
	}
	s.add(
		[3]float32{float(0), float(4), float(8)},
		[3]float32{float(12), float(16), float(20)},
		q, [3]uint8{row[24], row[25], row[26]}, float32(row[27])/255)
}

// WriteSplat writes a .splat file. Opacities are rounded to steps of 1/255, the numbers of quaternions to steps
// of 1/128. Harmonics and the origin have no place in the file. It fails if the slices differ in length, or w does.
func WriteSplat(w io.Writer, s *Splats) error {
	if err := s.check(); err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	var row []byte
	for i := range s.Len() {
		row = row[:0]
		for _, v := range [2][3]float32{s.Centers[i], s.Scales[i]} {
			for _, x := range v {
				row = binary.LittleEndian.AppendUint32(row, math.Float32bits(x))
			}
		}
		row = append(row, s.Colors[i][0], s.Colors[i][1], s.Colors[i][2], toByte(255*float64(s.Opacities[i])))
		for _, x := range s.WXYZs[i] {
			row = append(row, toByte(128+128*float64(x)))
		}
		if _, err := b.Write(row); err != nil {
			return err
		}
	}
	return b.Flush()
}

// toByte rounds; what is too small, too large or no number becomes the nearest that there is.
func toByte(x float64) byte {
	switch {
	case x >= 255:
		return 255
	case x > 0:
		return byte(math.Round(x))
	}
	return 0
}
