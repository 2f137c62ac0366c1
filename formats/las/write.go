package las

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
)

// written are the fields that Write writes, in the order of a writer's values.
var written = []string{"intensity", "classification", "return_number", "number_of_returns", "user_data", "point_source_id"}

// Write writes the points of src as a LAS file of version 1.2: point format 2 if they have colors, and 0 otherwise. Of the
// fields it writes intensity, classification, return_number, number_of_returns, user_data and point_source_id, as whole
// numbers; intensities of 0 to 1 are scaled to 16 bits. Points that are not finite are left out. Coordinates are rounded
// to a power of ten, a billionth of the extent that src announces, or a millionth of that of the first points; it fails if
// some then do not fit, if there are more than 4,294,967,295 points, and if src or w fails.
func Write(w io.WriteSeeker, src cloud.Source) error {
	start, err := w.Seek(0, io.SeekCurrent)
	if err != nil {
		return fmt.Errorf("las: writing: %w", err)
	}
	f := &writer{buf: bufio.NewWriterSize(w, 256<<10), src: cloud.WithByteColors(src), info: src.Info()}
	f.buf.Write(make([]byte, headerSize10)) // errors stay until Flush
	if err = f.points(); err == nil {
		err = f.buf.Flush()
	}
	if err == nil {
		_, err = w.Seek(start, io.SeekStart)
	}
	if err == nil {
		_, err = w.Write(f.header())
	}
	if err == nil {
		_, err = w.Seek(0, io.SeekEnd)
	}
	if err != nil {
		return fmt.Errorf("las: writing: %w", err)
	}
	return nil
}

type writer struct {
	buf           *bufio.Writer
	src           cloud.Source
	info          cloud.Info
	scale, offset [3]float64
	brightness    float64 // what intensities are multiplied by
	lo, hi        [3]int32
	points32      uint32
	returns       [5]uint32
	row           []byte
}

func (f *writer) points() error {
	f.src.Select(written)
	var b cloud.Batch
	for first := true; ; first = false {
		err := f.src.Next(&b)
		if err == io.EOF {
			if first {
				f.choose(&b)
			}
			return nil
		}
		if err != nil {
			return err
		}
		if first {
			f.info.HasColors = f.src.Info().HasColors
			f.choose(&b)
		}
		for i := range b.Points {
			if err := f.point(&b, i); err != nil {
				return err
			}
		}
	}
}

// choose finds scales and offsets.
func (f *writer) choose(b *cloud.Batch) {
	lo, hi, precision := f.info.Bounds[0], f.info.Bounds[1], 1e9
	if !f.info.HasBounds {
		lo, hi, precision = [3]float64{math.Inf(1), math.Inf(1), math.Inf(1)}, [3]float64{math.Inf(-1), math.Inf(-1), math.Inf(-1)}, 1e6
		for _, p := range b.Points {
			for axis, v := range p {
				if v*0 == 0 {
					lo[axis], hi[axis] = min(lo[axis], v), max(hi[axis], v)
				}
			}
		}
	}
	extent := 0.0
	for axis := range 3 {
		if d := hi[axis] - lo[axis]; d*0 == 0 {
			extent = max(extent, d)
		}
	}
	if extent == 0 {
		extent = 1
	}
	for axis := range 3 {
		f.scale[axis] = math.Pow(10, math.Ceil(math.Log10(extent/precision)))
		if middle := lo[axis] + (hi[axis]-lo[axis])/2; middle*0 == 0 {
			f.offset[axis] = math.Round(middle)
		}
	}
	f.brightness = 1
	if values := b.Fields; len(values) > 0 && len(values[0]) > 0 {
		if slices.Max(values[0]) <= 1 && slices.ContainsFunc(values[0], func(v float32) bool { return v > 0 && v < 1 }) {
			f.brightness = math.MaxUint16
		}
	}
}

// point writes one point.
func (f *writer) point(b *cloud.Batch, i int) error {
	var place [3]int32
	for axis, v := range b.Points[i] {
		if v*0 != 0 {
			return nil
		}
		n := math.Round((v - f.offset[axis]) / f.scale[axis])
		if n < math.MinInt32 || n > math.MaxInt32 {
			return fmt.Errorf("point %d is at %c = %v, too far from %v for steps of %v", f.points32, 'x'+axis, v, f.offset[axis], f.scale[axis])
		}
		place[axis] = int32(n)
	}
	if f.points32 == math.MaxUint32 {
		return fmt.Errorf("version 1.2 has at most %d points", uint32(math.MaxUint32))
	}
	if f.points32 == 0 {
		f.lo, f.hi = place, place
	}
	row := f.row[:0]
	for axis, n := range place {
		f.lo[axis], f.hi[axis] = min(f.lo[axis], n), max(f.hi[axis], n)
		row = binary.LittleEndian.AppendUint32(row, uint32(n))
	}
	value := func(field int, scale float64, most int) int {
		if field >= len(b.Fields) || len(b.Fields[field]) == 0 {
			return 0
		}
		v := math.Round(float64(b.Fields[field][i]) * scale)
		if v != v {
			return 0
		}
		return int(min(max(v, 0), float64(most)))
	}
	number, count := max(1, value(2, 1, 5)), max(1, value(3, 1, 5))
	f.returns[number-1]++
	f.points32++
	row = binary.LittleEndian.AppendUint16(row, uint16(value(0, f.brightness, math.MaxUint16)))
	row = append(row, byte(number|count<<3), byte(value(1, 1, 31)), 0, byte(value(4, 1, math.MaxUint8)))
	row = binary.LittleEndian.AppendUint16(row, uint16(value(5, 1, math.MaxUint16)))
	if f.info.HasColors {
		for _, c := range b.Colors[i] {
			row = binary.LittleEndian.AppendUint16(row, uint16(c)*257)
		}
	}
	f.row = row
	_, err := f.buf.Write(row)
	return err
}

func (f *writer) header() []byte {
	le := binary.LittleEndian
	h := make([]byte, headerSize10)
	copy(h, "LASF")
	h[versionAt], h[versionAt+1] = 1, 2
	copy(h[26:58], "OTHER")
	copy(h[58:90], "Viser for Go")
	le.PutUint16(h[sizeAt:], headerSize10)
	le.PutUint32(h[pointsAt:], headerSize10)
	if f.info.HasColors {
		h[formatAt] = 2
	}
	le.PutUint16(h[formatAt+1:], formats[h[formatAt]].size)
	le.PutUint32(h[countAt:], f.points32)
	for i, n := range f.returns {
		le.PutUint32(h[countAt+4+4*i:], n)
	}
	for axis := range 3 {
		put := func(at int, v float64) { le.PutUint64(h[at:], math.Float64bits(v)) }
		put(scaleAt+8*axis, f.scale[axis])
		put(scaleAt+24+8*axis, f.offset[axis])
		put(179+16*axis, f.offset[axis]+f.scale[axis]*float64(f.hi[axis]))
		put(187+16*axis, f.offset[axis]+f.scale[axis]*float64(f.lo[axis]))
	}
	return h
}
