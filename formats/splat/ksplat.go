package splat

import (
	"bufio"
	"encoding/binary"
	"io"
	"math"
	"strconv"
)

// A .ksplat file has a header, the headers of sections, and the sections. In each, the centers of buckets of
// neighboring splats precede the splats, whose coordinates are relative to them unless the file is not compressed.

const (
	ksplatHeaderSize  = 4096
	ksplatSectionSize = 1024
	// ksplatHeaderEnd is where the numbers of the header end; zeros follow.
	ksplatHeaderEnd = 44
)

// ksplatLevel is how a level of compression stores a splat: the sizes of a coordinate, of a scale or a number of a
// quaternion, and of a harmonic. Without compression all are floats of 32 bits.
type ksplatLevel struct {
	coordinate, number, harmonic int
}

var ksplatLevels = []ksplatLevel{{4, 4, 4}, {2, 2, 2}, {2, 2, 1}}

// ksplatRange is the default of the integer that means half of a bucket's width.
const ksplatRange = 32767

// IsKsplat reports whether bytes are the start of a .ksplat file. A few hundred bytes are enough.
func IsKsplat(start []byte) bool {
	if len(start) < ksplatHeaderEnd || start[0] != 0 || start[1] == 0 {
		return false
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(start[at:]) }
	ok := u32(4) > 0 && u32(8) <= u32(4) && u32(16) <= u32(12) && int(binary.LittleEndian.Uint16(start[20:])) < len(ksplatLevels)
	for _, b := range start[ksplatHeaderEnd:min(len(start), ksplatHeaderSize)] {
		ok = ok && b == 0
	}
	return ok
}

// ReadKsplat reads a .ksplat file of version 0, of any level of compression. The errors are of type [*Error].
func ReadKsplat(r io.Reader, opts *Options) (*Splats, error) {
	o := opts.withDefaults()
	f := ksplatFile{c: counted{r: bufio.NewReaderSize(&told{r: r, progress: o.Progress}, 64<<10)}, s: &Splats{}}
	if err := f.readHeaders(o); err != nil {
		return nil, err
	}
	f.reserve(o.Size)
	for i := range f.sections {
		if err := f.readSection(i); err != nil {
			return nil, err
		}
	}
	return f.s, nil
}

type ksplatFile struct {
	c        counted
	s        *Splats
	level    int
	lowest   float32 // the harmonic of byte 0
	highest  float32 // and of byte 255
	sections []ksplatSection
}

type ksplatSection struct {
	splats, room  uint32 // how many there are, and for how many there is room in the file
	bucketSplats  uint32
	buckets       uint32
	width         float32
	bucketBytes   uint16
	steps         uint32
	full, partial uint32
	degree        int
}

func (f *ksplatFile) readHeaders(o Options) error {
	head := make([]byte, ksplatHeaderSize)
	if err := f.c.fill(head); err != nil {
		return unread("ksplat", "header", f.c.offset, err)
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(head[at:]) }
	if head[0] != 0 || head[1] < 1 {
		return invalid("ksplat", "header", 0, "it is of version %d.%d; version 0.1 is read", head[0], head[1])
	}
	f.level = int(binary.LittleEndian.Uint16(head[20:]))
	if f.level >= len(ksplatLevels) {
		return invalid("ksplat", "header", 20, "its level of compression is %d; levels 0 to 2 are read", f.level)
	}
	f.lowest, f.highest = math.Float32frombits(u32(36)), math.Float32frombits(u32(40))
	if !(f.lowest != 0 || f.highest != 0) || f.lowest-f.lowest != 0 || f.highest-f.highest != 0 {
		f.lowest, f.highest = -1.5, 1.5
	}
	var claimed uint64
	for i := range u32(4) {
		section, err := f.readSectionHeader(i)
		if err != nil {
			return err
		}
		if claimed += uint64(section.splats); claimed > uint64(o.MaxSplats) {
			return tooMany("ksplat", claimed, o)
		}
		if i < u32(8) || section.splats > 0 {
			f.sections = append(f.sections, section)
			f.s.Degree = max(f.s.Degree, section.degree)
		}
	}
	return nil
}

// reserve allocates capacity for the splats, as many as fit a file of so many bytes.
func (f *ksplatFile) reserve(size int64) {
	least, n := int64(math.MaxInt64), int64(0)
	for i := range f.sections {
		least = min(least, int64(f.rowSize(&f.sections[i])))
		n += int64(f.sections[i].splats)
	}
	f.s.allocate(int(max(0, min(n, size/least))), f.s.Degree)
}

// rowSize is the number of bytes of a splat.
func (f *ksplatFile) rowSize(s *ksplatSection) int {
	level := ksplatLevels[f.level]
	return 3*level.coordinate + 7*level.number + 4 + 3*HarmonicsOf(s.degree)*level.harmonic
}

func (f *ksplatFile) readSectionHeader(i uint32) (s ksplatSection, err error) {
	b, where, at := make([]byte, ksplatSectionSize), "header of section "+strconv.Itoa(int(i)+1), f.c.offset
	if err := f.c.fill(b); err != nil {
		return s, unread("ksplat", where, f.c.offset, err)
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	s = ksplatSection{
		splats: u32(0), room: u32(4), bucketSplats: u32(8), buckets: u32(12),
		width: math.Float32frombits(u32(16)), bucketBytes: binary.LittleEndian.Uint16(b[20:]),
		steps: u32(24), full: u32(32), partial: u32(36), degree: int(binary.LittleEndian.Uint16(b[40:])),
	}
	if s.steps == 0 {
		s.steps = ksplatRange
	}
	switch {
	case s.splats > s.room:
		return s, invalid("ksplat", where, at, "it has %d splats, but room for %d", s.splats, s.room)
	case s.degree > MaxDegree:
		return s, invalid("ksplat", where, at+40, "its spherical harmonics are of degree %d; degrees 0 to %d are read", s.degree, MaxDegree)
	case uint64(s.full)+uint64(s.partial) > uint64(s.buckets):
		return s, invalid("ksplat", where, at+32, "%d full and %d other buckets are more than its %d buckets", s.full, s.partial, s.buckets)
	case f.level > 0 && s.buckets > 0 && s.bucketBytes < 12:
		return s, invalid("ksplat", where, at+20, "a bucket must have at least 12 bytes, not %d", s.bucketBytes)
	}
	return s, nil
}

// readSection reads the buckets and the splats of a section.
func (f *ksplatFile) readSection(i int) error {
	section, where := &f.sections[i], "buckets of section "+strconv.Itoa(i+1)
	lengths, err := f.c.take(4 * int64(section.partial))
	if err != nil {
		return unread("ksplat", where, f.c.offset, err)
	}
	centers, err := f.c.take(int64(section.bucketBytes) * int64(section.buckets))
	if err != nil {
		return unread("ksplat", where, f.c.offset, err)
	}
	row := make([]byte, f.rowSize(section))
	b := buckets{section: section, lengths: lengths, centers: centers, left: uint64(section.full) * uint64(section.bucketSplats)}
	for k := range section.splats {
		at := f.c.offset
		if err := f.c.fill(row); err != nil {
			return unread("ksplat", "splat "+strconv.Itoa(int(k)+1)+" of "+strconv.Itoa(int(section.splats)), f.c.offset, err)
		}
		var middle [3]float32
		if f.level > 0 {
			var ok bool
			if middle, ok = b.centerOf(k); !ok {
				return invalid("ksplat", "splat "+strconv.Itoa(int(k)+1)+" of "+strconv.Itoa(int(section.splats)), at, "it is in none of the %d buckets", section.buckets)
			}
		}
		f.add(section, row, middle)
	}
	if err := f.c.skip(int64(len(row)) * int64(section.room-section.splats)); err != nil && i+1 < len(f.sections) {
		return unread("ksplat", "section "+strconv.Itoa(i+1), f.c.offset, err)
	}
	return nil
}

// buckets finds the bucket of each splat, in order.
type buckets struct {
	section          *ksplatSection
	lengths, centers []byte
	partial          uint32 // how many of the buckets that are not full were begun
	left             uint64 // in the full buckets, then in the one that was begun
}

func (b *buckets) centerOf(k uint32) (p [3]float32, ok bool) {
	for b.left == 0 {
		if b.partial == b.section.partial {
			return p, false
		}
		b.left = uint64(binary.LittleEndian.Uint32(b.lengths[4*b.partial:]))
		b.partial++
	}
	b.left--
	index := b.section.full + b.partial - 1
	if b.partial == 0 {
		index = k / b.section.bucketSplats
	}
	at := b.centers[int(index)*int(b.section.bucketBytes):]
	for axis := range p {
		p[axis] = math.Float32frombits(binary.LittleEndian.Uint32(at[4*axis:]))
	}
	return p, true
}

// add appends the splat of a row.
func (f *ksplatFile) add(section *ksplatSection, row []byte, middle [3]float32) {
	var center, scale [3]float32
	if f.level == 0 {
		for k := range center {
			center[k] = f.number(row[4*k:])
		}
		row = row[12:]
	} else {
		unit := float64(section.width) / 2 / float64(section.steps)
		for k := range center {
			steps := float64(binary.LittleEndian.Uint16(row[2*k:])) - float64(section.steps)
			center[k] = float32(steps*unit + float64(middle[k]))
		}
		row = row[6:]
	}
	size := ksplatLevels[f.level].number
	for k := range scale {
		scale[k] = f.number(row[size*k:])
	}
	var q [4]float32
	for k := range q {
		q[k] = f.number(row[size*(3+k):])
	}
	row = row[7*size:]
	if f.s.add(center, scale, q, [3]uint8{row[0], row[1], row[2]}, float32(row[3])/255) {
		f.addHarmonics(section.degree, row[4:])
	}
}

// number is a float of the level's size.
func (f *ksplatFile) number(b []byte) float32 {
	if f.level == 0 {
		return math.Float32frombits(binary.LittleEndian.Uint32(b))
	}
	return halfFloat(binary.LittleEndian.Uint16(b))
}

// addHarmonics appends the coefficients of a splat, as many as the file's degree has. In the file all of a degree's
// red ones precede its green ones, and those its blue ones.
func (f *ksplatFile) addHarmonics(degree int, row []byte) {
	size := ksplatLevels[f.level].harmonic
	for l := 1; l <= f.s.Degree; l++ {
		orders := 2*l + 1
		first := 3 * HarmonicsOf(l-1)
		for m := range orders {
			var c [3]float32
			for channel := 0; l <= degree && channel < 3; channel++ {
				c[channel] = finiteOr0(f.harmonic(row[size*(first+channel*orders+m):]))
			}
			f.s.Harmonics = append(f.s.Harmonics, c)
		}
	}
}

func (f *ksplatFile) harmonic(b []byte) float32 {
	if ksplatLevels[f.level].harmonic == 1 {
		return f.lowest + float32(b[0])/255*(f.highest-f.lowest)
	}
	return f.number(b)
}
