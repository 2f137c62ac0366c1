package splat

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
)

// check compares the lengths of the slices.
func (s *Splats) check() error {
	n := s.Len()
	if len(s.Scales) != n || len(s.WXYZs) != n || len(s.Colors) != n || len(s.Opacities) != n {
		return fmt.Errorf("splat: %d centers, %d scales, %d orientations, %d colors, %d opacities: their numbers must be equal",
			n, len(s.Scales), len(s.WXYZs), len(s.Colors), len(s.Opacities))
	}
	if s.Degree < 0 || s.Degree > MaxDegree {
		return fmt.Errorf("splat: harmonics of degree %d; it must be 0 to %d", s.Degree, MaxDegree)
	}
	if need := n * HarmonicsOf(s.Degree); len(s.Harmonics) != need {
		return fmt.Errorf("splat: %d harmonics; %d splats of degree %d have %d", len(s.Harmonics), n, s.Degree, need)
	}
	return nil
}

// leastOpacity keeps the logit of an opacity finite.
const leastOpacity = 1e-6

// harmonic0 is the spherical harmonic of degree 0: 1/(2·sqrt(π)).
const harmonic0 = 0.28209479177387814

// WritePLY writes a binary PLY file, as programs that train splats do: see [FromPLY]. The origin is added to the
// centers, which are then float64. It fails if the slices differ in length, or w does.
func WritePLY(w io.Writer, s *Splats) error {
	if err := s.check(); err != nil {
		return err
	}
	far := s.Origin != [3]float64{}
	b := bufio.NewWriterSize(w, 256<<10)
	b.WriteString(plyHeader(s, far)) // the error comes from Flush
	perSplat := HarmonicsOf(s.Degree)
	var row []byte
	put := func(x float64) { row = binary.LittleEndian.AppendUint32(row, math.Float32bits(float32(x))) }
	for i, c := range s.Centers {
		row = row[:0]
		for k, x := range c {
			if far {
				row = binary.LittleEndian.AppendUint64(row, math.Float64bits(s.Origin[k]+float64(x)))
			} else {
				put(float64(x))
			}
		}
		for _, v := range s.Colors[i] {
			put((float64(v)/255 - 0.5) / harmonic0)
		}
		for channel := range 3 {
			for _, h := range s.Harmonics[i*perSplat : (i+1)*perSplat] {
				put(float64(h[channel]))
			}
		}
		opacity := min(max(float64(s.Opacities[i]), leastOpacity), 1-leastOpacity)
		put(math.Log(opacity / (1 - opacity)))
		for _, v := range s.Scales[i] {
			put(math.Log(max(float64(v), math.SmallestNonzeroFloat32)))
		}
		for _, v := range s.WXYZs[i] {
			put(float64(v))
		}
		if _, err := b.Write(row); err != nil {
			return err
		}
	}
	return b.Flush()
}

func plyHeader(s *Splats, far bool) string {
	header := "ply\nformat binary_little_endian 1.0\nelement vertex " + strconv.Itoa(s.Len()) + "\n"
	place := "float"
	if far {
		place = "double"
	}
	for _, name := range []string{"x", "y", "z"} {
		header += "property " + place + " " + name + "\n"
	}
	names := append([]string(nil), plyColumns[:columnOpacity]...)
	names = append(names, harmonicNames[:3*HarmonicsOf(s.Degree)]...)
	for _, name := range append(names, plyColumns[columnOpacity:]...) {
		header += "property float " + name + "\n"
	}
	return header + "end_header\n"
}

// WriteSPZ writes an .spz file of version 3. Coordinates, with the origin, are rounded to steps of 1/4096, or more if
// they are larger than 2,047; scales to steps of 6 %, harmonics of degree 1 to steps of 1/16 and others to steps of 1/8. It
// fails if the slices differ in length, a coordinate is above 8,388,606, or w fails.
func WriteSPZ(w io.Writer, s *Splats) error {
	if err := s.check(); err != nil {
		return err
	}
	most := 0.0
	for _, c := range s.Centers {
		for k, x := range c {
			most = max(most, math.Abs(s.Origin[k]+float64(x)))
		}
	}
	const largest = 1<<23 - 1
	bits := 12
	for bits > 0 && most*float64(int(1)<<bits) > largest-1 {
		bits--
	}
	if !(most < largest) {
		return fmt.Errorf("splat: a coordinate of %g does not fit an .spz file", most)
	}
	z := gzip.NewWriter(w)
	b := bufio.NewWriterSize(z, 256<<10)
	head := append([]byte(spzMagic), make([]byte, spzHeaderSize-len(spzMagic))...)
	binary.LittleEndian.PutUint32(head[4:], spzSmallest)
	binary.LittleEndian.PutUint32(head[8:], uint32(s.Len()))
	head[12], head[13] = byte(s.Degree), byte(bits)
	b.Write(head) // errors come from Flush
	writeSPZColumns(b, s, float64(int(1)<<bits))
	if err := b.Flush(); err != nil {
		return err
	}
	return z.Close()
}

func writeSPZColumns(b *bufio.Writer, s *Splats, unit float64) {
	signs := [3]float64{1, -1, -1}
	for _, c := range s.Centers {
		for k, x := range c {
			v := int32(math.Round(signs[k] * (s.Origin[k] + float64(x)) * unit))
			b.Write([]byte{byte(v), byte(v >> 8), byte(v >> 16)})
		}
	}
	for _, o := range s.Opacities {
		b.WriteByte(toByte(255 * float64(o)))
	}
	for _, c := range s.Colors {
		for _, v := range c {
			b.WriteByte(toByte(255 * ((float64(v)/255-0.5)/harmonic0*spzColorScale + 0.5)))
		}
	}
	for _, scale := range s.Scales {
		for _, v := range scale {
			b.WriteByte(toByte(16 * (math.Log(float64(v)) + 10)))
		}
	}
	for _, q := range s.WXYZs {
		b.Write(packSmallest([4]float64{float64(q[1]), -float64(q[2]), -float64(q[3]), float64(q[0])}))
	}
	perSplat := HarmonicsOf(s.Degree)
	for i, h := range s.Harmonics {
		k := i % perSplat
		step := 16.0
		if k < HarmonicsOf(1) {
			step = 8
		}
		for _, v := range h {
			b.WriteByte(toByte(128 + step*math.Round(float64(turnedSigns[k]*v)*128/step)))
		}
	}
}

// packSmallest packs the index of the largest component, and the others in 9 bits and a sign each.
func packSmallest(q [4]float64) []byte {
	largest := 0
	for k := range q {
		if math.Abs(q[k]) > math.Abs(q[largest]) {
			largest = k
		}
	}
	bits := uint32(largest)
	for k := range q {
		if k == largest {
			continue
		}
		v := q[k]
		if q[largest] < 0 {
			v = -v
		}
		bits = bits<<10 | uint32(min(511, math.Round(511*math.Sqrt2*math.Abs(v))))
		if v < 0 {
			bits |= 1 << 9
		}
	}
	return binary.LittleEndian.AppendUint32(nil, bits)
}
