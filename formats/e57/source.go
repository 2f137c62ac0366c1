package e57

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/window"
)

const (
	batchPoints = 8192
	// maxQueue is how many values one field may be ahead of the others.
	maxQueue = 1 << 20
)

// Source hands out the points of a scan.
type Source struct {
	file   *File
	scan   *Scan
	window *window.Window
	start  int64 // where the points are in the file
	queues []queue
	done   int64
	err    error

	place, spherical, normals [3]int // fields, -1 if there are none
	colors                    [3]int
	invalid, uncolored        int
	ranges                    [3][2]float64 // of the colors
	raw                       bool          // the range of the colors is not known
	names                     []string      // of the other fields
	selected                  []int
	there                     []bool
}

// queue are the values of a field that are not used yet.
type queue struct {
	field
	bytes  []byte
	bit    int // of bytes, where the next value begins
	values []float64
}

// Points returns the points of a scan, by its number in Scans, in the frame of the scan.
func (f *File) Points(scan int) *Source {
	s := &Source{file: f, scan: &f.Scans[scan]}
	for _, field := range s.scan.fields {
		s.queues = append(s.queues, queue{field: field})
	}
	s.place = s.find("cartesianX", "cartesianY", "cartesianZ")
	s.invalid = s.index("cartesianInvalidState")
	if s.spherical = [3]int{-1, -1, -1}; s.place[0] < 0 {
		s.spherical = s.find("sphericalRange", "sphericalAzimuth", "sphericalElevation")
		s.invalid = s.index("sphericalInvalidState")
	}
	s.normals = s.find("normalX", "normalY", "normalZ")
	s.colors = s.find("colorRed", "colorGreen", "colorBlue")
	s.uncolored = s.index("isColorInvalid")
	s.findRanges()
	known := slices.Concat(s.place[:], s.spherical[:], s.normals[:], s.colors[:], []int{s.invalid, s.uncolored})
	for i, field := range s.scan.fields {
		if !slices.Contains(known, i) && s.index(field.name) == i {
			s.names = append(s.names, field.name)
		}
	}
	return s
}

func (s *Source) index(name string) int {
	return slices.IndexFunc(s.scan.fields, func(f field) bool { return f.name == name })
}

// find returns three fields, or -1 for each.
func (s *Source) find(a, b, c string) [3]int {
	found := [3]int{s.index(a), s.index(b), s.index(c)}
	if slices.Contains(found[:], -1) {
		return [3]int{-1, -1, -1}
	}
	return found
}

// findRanges finds what a full color is.
func (s *Source) findRanges() {
	for k, name := range []string{"colorRed", "colorGreen", "colorBlue"} {
		if s.colors[k] < 0 {
			return
		}
		f := s.scan.fields[s.colors[k]]
		low, hasLow := s.scan.limits[name+"Minimum"]
		high, hasHigh := s.scan.limits[name+"Maximum"]
		switch {
		case hasLow && hasHigh && high > low:
			s.ranges[k] = [2]float64{low, high}
		case f.ranged && f.high > f.low:
			s.ranges[k] = [2]float64{f.low, f.high}
		default:
			s.raw = true
		}
	}
}

// Info implements [cloud.Source].
func (s *Source) Info() cloud.Info {
	info := cloud.Info{
		Points: s.scan.Points, Exact: true,
		HasColors: s.colors[0] >= 0, HasNormals: s.normals[0] >= 0,
		Fields: slices.Clone(s.names),
	}
	for what, text := range map[string]string{"scan": s.scan.Name, "description": s.scan.Description} {
		if text != "" {
			info.Comments = append(info.Comments, what+": "+text)
		}
	}
	slices.Sort(info.Comments)
	return info
}

// Select implements [cloud.Source].
func (s *Source) Select(fields []string) {
	s.selected, s.there = make([]int, len(fields)), make([]bool, len(fields))
	for i, name := range fields {
		if s.selected[i] = -1; slices.Contains(s.names, name) {
			s.selected[i] = s.index(name)
			s.there[i] = true
		}
	}
}

// Next implements [cloud.Source].
func (s *Source) Next(b *cloud.Batch) error {
	if s.err == nil {
		s.err = s.next(b)
	}
	return s.err
}

func (s *Source) next(b *cloud.Batch) error {
	if s.done == s.scan.Points {
		return io.EOF
	}
	if s.place[0] < 0 && s.spherical[0] < 0 {
		return s.locate(fmt.Errorf("the points have no coordinates"))
	}
	if s.window == nil {
		if err := s.open(); err != nil {
			return s.locate(err)
		}
	}
	for s.available() == 0 {
		if err := s.readPacket(); err != nil {
			return s.locate(err)
		}
	}
	n := int(min(batchPoints, s.scan.Points-s.done, int64(s.available())))
	b.Resize(n, s.Info(), s.raw, s.there)
	s.decode(b, n)
	for i := range s.queues {
		s.queues[i].drop(n)
	}
	s.done += int64(n)
	return nil
}

// locate says where an error is. The offset does not count checksums.
func (s *Source) locate(err error) error {
	offset := s.start
	if s.window != nil {
		offset += s.window.Offset()
	}
	return failure(fmt.Sprintf("scan %q, after point %d of %d", s.scan.Name, s.done, s.scan.Points), offset, err)
}

// open finds the first packet.
func (s *Source) open() error {
	const sectionSize, points = 32, 1
	s.start = int64(s.scan.offset)
	section, err := s.file.pages.from(s.scan.offset)
	if err != nil {
		return err
	}
	raw := make([]byte, sectionSize)
	if _, err := io.ReadFull(section, raw); err != nil {
		return err
	}
	if raw[0] != points {
		return fmt.Errorf("there is a section of kind %d, not of points", raw[0])
	}
	at := binary.LittleEndian.Uint64(raw[16:])
	packets, err := s.file.pages.from(at)
	if err != nil {
		return err
	}
	s.start, s.window = int64(at), window.New(packets, nil)
	return nil
}

// readPacket reads the next packet. Those of the index are of no use here.
func (s *Source) readPacket() error {
	const index, data, ignored = 0, 1, 2
	const head = 4
	raw, err := s.window.Next(head)
	if err != nil {
		return err
	}
	kind, length := raw[0], int(binary.LittleEndian.Uint16(raw[2:]))+1
	if kind > ignored || length < head || length%4 != 0 {
		return fmt.Errorf("there is no packet, but kind %d of %d bytes", kind, length)
	}
	if raw, err = s.window.Next(length - head); err != nil || kind != data {
		return err
	}
	return s.fill(raw)
}

// fill takes a packet of data: the number of fields, the length of the bytes of each, and these.
func (s *Source) fill(raw []byte) error {
	le := binary.LittleEndian
	lengths := 2 + 2*len(s.queues)
	if len(raw) < lengths || int(le.Uint16(raw)) != len(s.queues) {
		return fmt.Errorf("a packet of %d bytes does not have %d fields", len(raw), len(s.queues))
	}
	rest := raw[lengths:]
	for i := range s.queues {
		n := int(le.Uint16(raw[2+2*i:]))
		if n > len(rest) {
			return fmt.Errorf("the fields of a packet are longer than itself")
		}
		if err := s.queues[i].add(rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// available is how many points have all their values.
func (s *Source) available() int {
	n := math.MaxInt
	for i := range s.queues {
		if s.queues[i].bits > 0 {
			n = min(n, len(s.queues[i].values))
		}
	}
	return n
}

// add decodes what the bytes have.
func (q *queue) add(b []byte) error {
	if q.bits == 0 {
		return nil
	}
	q.bytes = append(q.bytes, b...)
	n := (8*len(q.bytes) - q.bit) / q.bits
	if len(q.values)+n > maxQueue {
		return errDrift
	}
	le := binary.LittleEndian
	switch {
	case q.float && q.bits == 64:
		for k := range n {
			q.values = append(q.values, math.Float64frombits(le.Uint64(q.bytes[8*k:])))
		}
	case q.float:
		for k := range n {
			q.values = append(q.values, float64(math.Float32frombits(le.Uint32(q.bytes[4*k:]))))
		}
	default:
		for k := range n {
			v := int64(bitsAt(q.bytes, q.bit+k*q.bits, q.bits)) + q.min
			q.values = append(q.values, float64(v)*q.scale+q.offset)
		}
	}
	q.bit += n * q.bits
	q.bytes = append(q.bytes[:0], q.bytes[q.bit/8:]...)
	q.bit %= 8
	return nil
}

// bitsAt is the number of n bits, at most 64, that begins at a bit; the lowest bit of a byte is the first.
func bitsAt(b []byte, at, n int) uint64 {
	b = b[at/8:]
	shift := at % 8
	var word [16]byte
	copy(word[:], b[:min(len(b), 9)])
	v := binary.LittleEndian.Uint64(word[:]) >> shift
	if shift > 0 {
		v |= binary.LittleEndian.Uint64(word[8:]) << (64 - shift)
	}
	return v & (1<<n - 1) // all of them if n is 64
}

// drop removes the first n values.
func (q *queue) drop(n int) {
	if q.bits > 0 {
		q.values = append(q.values[:0], q.values[n:]...)
	}
}

// at is a value; constant ones are not in the queue.
func (q *queue) at(i int) float64 {
	if q.bits == 0 {
		return float64(q.min)*q.scale + q.offset
	}
	return q.values[i]
}

// decode fills a batch of n points.
func (s *Source) decode(b *cloud.Batch, n int) {
	for i := range n {
		if b.Points[i] = s.pointAt(i); s.invalid >= 0 && s.queues[s.invalid].at(i) != 0 {
			b.Points[i] = [3]float64{math.NaN(), math.NaN(), math.NaN()}
		}
	}
	if s.colors[0] >= 0 {
		s.decodeColors(b, n)
	}
	if s.normals[0] >= 0 {
		for i := range n {
			for axis, f := range s.normals {
				b.Normals[i][axis] = float32(s.queues[f].at(i))
			}
		}
	}
	for k, f := range s.selected {
		if f >= 0 {
			for i := range n {
				b.Fields[k][i] = float32(s.queues[f].at(i))
			}
		}
	}
}

func (s *Source) pointAt(i int) [3]float64 {
	if s.place[0] >= 0 {
		return [3]float64{s.queues[s.place[0]].at(i), s.queues[s.place[1]].at(i), s.queues[s.place[2]].at(i)}
	}
	r, azimuth, elevation := s.queues[s.spherical[0]].at(i), s.queues[s.spherical[1]].at(i), s.queues[s.spherical[2]].at(i)
	flat := r * math.Cos(elevation)
	return [3]float64{flat * math.Cos(azimuth), flat * math.Sin(azimuth), r * math.Sin(elevation)}
}

// gray is the color of points that have none, although others have.
const gray = 128

func (s *Source) decodeColors(b *cloud.Batch, n int) {
	b.ColorKind = cloud.FloatColors
	for i := range n {
		missing := s.uncolored >= 0 && s.queues[s.uncolored].at(i) != 0
		for k, f := range s.colors {
			v := s.queues[f].at(i)
			switch {
			case s.raw:
				b.RawColors[i][k] = float32(v)
			case missing:
				b.Colors[i][k] = gray
			default:
				low, high := s.ranges[k][0], s.ranges[k][1]
				b.Colors[i][k] = uint8(math.Round(255 * min(1, max(0, (v-low)/(high-low)))))
			}
		}
	}
}
