package splat

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
)

// An .spz file is a gzip archive of a header and of columns, which hold one after another the centers, opacities,
// colors, scales, orientations and harmonics of all splats. Its y axis points up, and its z axis to the viewer.

const (
	spzMagic      = "NGSP"
	spzHeaderSize = 16
	spzOldest     = 1 // has half floats as coordinates
	spzNewest     = 3 // has the three smallest of a quaternion's numbers, not the first
	spzSmallest   = 3
	// spzIgnored is how many bytes behind the splats are read to find the checksum.
	spzIgnored = 1 << 20
)

// ReadSPZ reads an .spz file of version 1, 2 or 3. Its axes are turned to those of the other formats, half a turn
// about x. The errors are of type [*Error].
func ReadSPZ(r io.Reader, opts *Options) (*Splats, error) {
	o := opts.withDefaults()
	packed := &told{r: r, progress: o.Progress}
	z, err := gzip.NewReader(bufio.NewReaderSize(packed, 64<<10))
	if err != nil {
		return nil, unread("spz", "gzip header", 0, err)
	}
	f := spzFile{c: counted{r: &unpacked{z, packed, 0}}}
	if err := f.readHeader(o); err != nil {
		return nil, err
	}
	if err := f.readColumns(); err != nil {
		return nil, err
	}
	return f.splats(), nil
}

// IsSPZ reports whether bytes are the start of an .spz file, which they must have been unpacked for. A few hundred
// bytes are enough.
func IsSPZ(start []byte) bool {
	z, err := gzip.NewReader(bytes.NewReader(start))
	if err != nil {
		return false
	}
	magic := make([]byte, len(spzMagic))
	_, err = io.ReadFull(z, magic)
	return err == nil && string(magic) == spzMagic
}

// A file that unpacks to more than unpackedFree bytes, and unpackedMost times its size, is made to fill memory.
const (
	unpackedFree = 16 << 20
	unpackedMost = 200
)

var errBomb = errors.New("it unpacks to too much for its size")

// unpacked are bytes that a file was unpacked to.
type unpacked struct {
	r    io.Reader
	from *told
	n    int64
}

func (u *unpacked) Read(b []byte) (int, error) {
	n, err := u.r.Read(b)
	if u.n += int64(n); u.n > unpackedFree && u.n > unpackedMost*u.from.read {
		return n, errBomb
	}
	return n, err
}

type spzFile struct {
	c            counted
	version      uint32
	n            int
	degree       int
	fractionBits uint
	centers      []byte
	opacities    []byte
	colors       []byte
	scales       []byte
	orientations []byte
	harmonics    []byte
}

func (f *spzFile) readHeader(o Options) error {
	head := make([]byte, spzHeaderSize)
	if err := f.c.fill(head); err != nil {
		return unread("spz", "header", f.c.offset, err)
	}
	if string(head[:4]) != spzMagic {
		return invalid("spz", "header", 0, "it must begin with %q, not %q", spzMagic, head[:4])
	}
	f.version = binary.LittleEndian.Uint32(head[4:])
	if f.version < spzOldest || f.version > spzNewest {
		return invalid("spz", "header", 4, "it is of version %d; versions %d to %d are read", f.version, spzOldest, spzNewest)
	}
	n := binary.LittleEndian.Uint32(head[8:])
	if uint64(n) > uint64(o.MaxSplats) {
		return tooMany("spz", uint64(n), o)
	}
	f.n, f.degree, f.fractionBits = int(n), int(head[12]), uint(head[13])
	if f.degree > MaxDegree {
		return invalid("spz", "header", 12, "its spherical harmonics are of degree %d; degrees 0 to %d are read", f.degree, MaxDegree)
	}
	if f.fractionBits > 23 {
		return invalid("spz", "header", 13, "its coordinates of 24 bits cannot have %d bits of a fraction", f.fractionBits)
	}
	return nil
}

// centerSize and orientationSize are numbers of bytes.
func (f *spzFile) centerSize() int {
	if f.version == spzOldest {
		return 6
	}
	return 9
}

func (f *spzFile) orientationSize() int {
	if f.version >= spzSmallest {
		return 4
	}
	return 3
}

func (f *spzFile) readColumns() error {
	for _, column := range []struct {
		name string
		to   *[]byte
		size int
	}{
		{"centers", &f.centers, f.centerSize()},
		{"opacities", &f.opacities, 1},
		{"colors", &f.colors, 3},
		{"scales", &f.scales, 3},
		{"orientations", &f.orientations, f.orientationSize()},
		{"harmonics", &f.harmonics, 3 * HarmonicsOf(f.degree)},
	} {
		b, err := f.c.take(int64(f.n) * int64(column.size))
		if err != nil {
			return unread("spz", column.name+" of "+strconv.Itoa(f.n)+" splats", f.c.offset, err)
		}
		*column.to = b
	}
	// The checksum comes last.
	if _, err := io.CopyN(io.Discard, f.c.r, spzIgnored); err != nil && err != io.EOF {
		return unread("spz", "end", f.c.offset, err)
	}
	return nil
}

// spzTables are what bytes of the columns mean.
var spzTables = func() (t struct {
	scale, harmonic [256]float32
	color           [256]uint8
}) {
	for i := range 256 {
		t.scale[i] = float32(math.Exp(float64(i)/16 - 10))
		t.harmonic[i] = (float32(i) - 128) / 128
		t.color[i] = harmonicColor(float32((float64(i)/255 - 0.5) / spzColorScale))
	}
	return t
}()

// spzColorScale is by how much the coefficients of degree 0 are smaller in the file.
const spzColorScale = 0.15

// turnedSigns are the signs that harmonics of degrees 1 to 3 get by half a turn about x.
var turnedSigns = [15]float32{-1, -1, 1, -1, 1, 1, -1, 1, -1, 1, -1, -1, 1, -1, 1}

func (f *spzFile) splats() *Splats {
	s := &Splats{}
	s.allocate(f.n, f.degree)
	t, perSplat := &spzTables, HarmonicsOf(f.degree)
	for i := range f.n {
		center, q := f.center(i), f.orientation(i)
		c, scale := f.colors[3*i:3*i+3], f.scales[3*i:3*i+3]
		if !s.add([3]float32{center[0], -center[1], -center[2]},
			[3]float32{t.scale[scale[0]], t.scale[scale[1]], t.scale[scale[2]]},
			[4]float32{float32(q[3]), float32(q[0]), float32(-q[1]), float32(-q[2])},
			[3]uint8{t.color[c[0]], t.color[c[1]], t.color[c[2]]}, float32(f.opacities[i])/255) {
			continue
		}
		for k, row := 0, f.harmonics[3*perSplat*i:]; k < perSplat; k++ {
			sign := turnedSigns[k]
			s.Harmonics = append(s.Harmonics, [3]float32{
				sign * t.harmonic[row[3*k]], sign * t.harmonic[row[3*k+1]], sign * t.harmonic[row[3*k+2]],
			})
		}
	}
	return s
}

func (f *spzFile) center(i int) (p [3]float32) {
	if f.version == spzOldest {
		for k := range p {
			p[k] = halfFloat(binary.LittleEndian.Uint16(f.centers[6*i+2*k:]))
		}
		return p
	}
	unit := float32(1) / float32(uint32(1)<<f.fractionBits)
	for k := range p {
		b := f.centers[9*i+3*k:]
		v := int32(b[0])<<8 | int32(b[1])<<16 | int32(b[2])<<24
		p[k] = float32(v>>8) * unit
	}
	return p
}

// orientation returns x, y, z and the scalar part.
func (f *spzFile) orientation(i int) [4]float64 {
	if f.version < spzSmallest {
		var small [3]float64
		for k := range small {
			small[k] = float64(f.orientations[3*i+k])/127.5 - 1
		}
		return smallestThree(3, small)
	}
	bits := binary.LittleEndian.Uint32(f.orientations[4*i:])
	var small [3]float64
	for k := range small {
		v := bits >> (10 * (2 - k))
		small[k] = float64(v&511) / 511 * math.Sqrt2 / 2
		if v>>9&1 != 0 {
			small[k] = -small[k]
		}
	}
	return smallestThree(int(bits>>30), small)
}
