package las

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
)

// formats are the layouts of the point formats; 0 is none.
var formats = [...]struct {
	size                 uint16
	time, rgb, nir, wave int
}{
	{size: 20},
	{size: 28, time: 20},
	{size: 26, rgb: 20},
	{size: 34, time: 20, rgb: 28},
	{size: 57, time: 20, wave: 28},
	{size: 63, time: 20, rgb: 28, wave: 34},
	{size: 30, time: 22},
	{size: 36, time: 22, rgb: 30},
	{size: 38, time: 22, rgb: 30, nir: 36},
	{size: 59, time: 22, wave: 30},
	{size: 67, time: 22, rgb: 30, nir: 36, wave: 38},
}

// kind is how a number is stored.
type kind uint8

const (
	unsigned8 kind = iota
	signed8
	unsigned16
	signed16
	unsigned32
	signed32
	unsigned64
	signed64
	float32Kind
	float64Kind
	bits // some bits of a byte
)

var kindSizes = [...]int{1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 1}

// field is a number of each record.
type field struct {
	name          string
	at            int
	kind          kind
	shift, mask   uint8 // of bits
	scale, offset float64
	time          bool // relative to the first
}

// Decoder turns the records of points into numbers.
type Decoder struct {
	header  *Header
	fields  []field
	normals [3]int // fields, -1 if there are none
	skipped []string

	selected []int  // fields, -1 where there is none
	there    []bool // of selected
	started  bool
	start    float64 // the time that gps_time is relative to
}

// NewDecoder makes a decoder for the records of a file, also for those that were compressed in a LAZ file.
func NewDecoder(h *Header) *Decoder {
	d := &Decoder{header: h, skipped: slices.Clone(h.Skipped), normals: [3]int{-1, -1, -1}}
	d.addStandardFields()
	d.addExtraFields()
	d.findNormals()
	if formats[h.PointFormat].wave > 0 {
		d.skipped = append(d.skipped, "waveforms")
	}
	if h.EVLRs > 0 {
		d.skipped = append(d.skipped, fmt.Sprintf("%d extended variable length records", h.EVLRs))
	}
	return d
}

func (d *Decoder) addStandardFields() {
	layout, modern := formats[d.header.PointFormat], d.header.PointFormat >= 6
	add := func(name string, at int, k kind) {
		d.fields = append(d.fields, field{name: name, at: at, kind: k, scale: 1})
	}
	addBits := func(name string, at int, shift, count uint8) {
		d.fields = append(d.fields, field{name: name, at: at, kind: bits, shift: shift, mask: 1<<count - 1, scale: 1})
	}
	add("intensity", 12, unsigned16)
	if modern {
		addBits("return_number", 14, 0, 4)
		addBits("number_of_returns", 14, 4, 4)
		add("classification", 16, unsigned8)
		add("scan_angle", 18, signed16)
		d.fields[len(d.fields)-1].scale = 0.006
		add("user_data", 17, unsigned8)
		add("point_source_id", 20, unsigned16)
	} else {
		addBits("return_number", 14, 0, 3)
		addBits("number_of_returns", 14, 3, 3)
		addBits("classification", 15, 0, 5)
		add("scan_angle", 16, signed8)
		add("user_data", 17, unsigned8)
		add("point_source_id", 18, unsigned16)
	}
	if layout.time > 0 {
		add("gps_time", layout.time, float64Kind)
		d.fields[len(d.fields)-1].time = true
	}
	if layout.nir > 0 {
		add("nir", layout.nir, unsigned16)
	}
	if modern {
		addBits("synthetic", 15, 0, 1)
		addBits("key_point", 15, 1, 1)
		addBits("withheld", 15, 2, 1)
		addBits("overlap", 15, 3, 1)
		addBits("scanner_channel", 15, 4, 2)
		addBits("scan_direction", 15, 6, 1)
		addBits("edge_of_flight_line", 15, 7, 1)
		return
	}
	addBits("synthetic", 15, 5, 1)
	addBits("key_point", 15, 6, 1)
	addBits("withheld", 15, 7, 1)
	addBits("scan_direction", 14, 6, 1)
	addBits("edge_of_flight_line", 14, 7, 1)
}

// extraKinds are the types of extra bytes from 1 on; 10 more are pairs and 20 more triples of them.
var extraKinds = [...]kind{
	unsigned8, signed8, unsigned16, signed16, unsigned32, signed32, unsigned64, signed64, float32Kind, float64Kind,
}

// addExtraFields adds the extra bytes that the file describes.
func (d *Decoder) addExtraFields() {
	const descriptorSize = 192
	at, end := int(formats[d.header.PointFormat].size), int(d.header.RecordLength)
	for raw := d.header.VLR("LASF_Spec", 4); len(raw) >= descriptorSize && at < end; raw = raw[descriptorSize:] {
		dataType, options, name := int(raw[2]), raw[3], text(raw[4:36])
		if dataType == 0 { // bytes without a type
			at += int(options)
			d.skipped = append(d.skipped, fmt.Sprintf("extra bytes %q without a type", name))
			continue
		}
		if dataType > 3*len(extraKinds) {
			break // of unknown size: all after it is lost
		}
		k, count := extraKinds[(dataType-1)%len(extraKinds)], (dataType-1)/len(extraKinds)+1
		for i := range count {
			if at+kindSizes[k] > end {
				break
			}
			f := field{name: name, at: at, kind: k, scale: 1}
			if count > 1 {
				f.name = fmt.Sprintf("%s[%d]", name, i)
			}
			const hasScale, hasOffset = 1 << 3, 1 << 4
			if options&hasScale != 0 {
				f.scale = math.Float64frombits(binary.LittleEndian.Uint64(raw[112+8*i:]))
			}
			if options&hasOffset != 0 {
				f.offset = math.Float64frombits(binary.LittleEndian.Uint64(raw[136+8*i:]))
			}
			at += kindSizes[k]
			d.addExtra(f)
		}
	}
	if at < end {
		d.skipped = append(d.skipped, fmt.Sprintf("%d bytes of each point that the file does not describe", end-at))
	}
}

// addExtra adds a field whose name the file chose.
func (d *Decoder) addExtra(f field) {
	if f.name == "" {
		f.name = "extra"
	}
	name := f.name
	for i := 2; d.find(f.name) >= 0; i++ {
		f.name = fmt.Sprintf("%s %d", name, i)
	}
	d.fields = append(d.fields, f)
}

func (d *Decoder) find(name string) int {
	return slices.IndexFunc(d.fields, func(f field) bool { return f.name == name })
}

// findNormals finds normals in the extra bytes.
func (d *Decoder) findNormals() {
	for axis := range 3 {
		d.normals[axis] = slices.IndexFunc(d.fields, func(f field) bool {
			letter := string(rune('x' + axis))
			return strings.EqualFold(f.name, "n"+letter) || strings.EqualFold(f.name, "normal"+letter) ||
				strings.EqualFold(f.name, "normal_"+letter)
		})
	}
	if slices.Contains(d.normals[:], -1) {
		d.normals = [3]int{-1, -1, -1}
	}
}

// Info returns what the header tells, as [cloud.Source] needs it. Exact is false.
func (d *Decoder) Info() cloud.Info {
	info := cloud.Info{
		Points:     int64(min(d.header.Points, math.MaxInt64)),
		HasColors:  formats[d.header.PointFormat].rgb > 0,
		HasNormals: d.normals[0] >= 0,
		Bounds:     [2][3]float64{d.header.Min, d.header.Max},
		HasBounds:  d.header.Points > 0,
		Comments:   d.header.comments(),
		Skipped:    slices.Clone(d.skipped),
	}
	for i, f := range d.fields {
		if !slices.Contains(d.normals[:], i) {
			info.Fields = append(info.Fields, f.name)
		}
	}
	return info
}

// Select chooses the fields to decode, as [cloud.Source] has it.
func (d *Decoder) Select(names []string) {
	d.selected, d.there = make([]int, len(names)), make([]bool, len(names))
	for i, name := range names {
		d.selected[i] = d.find(name)
		d.there[i] = d.selected[i] >= 0
	}
}

// Decode replaces the content of b with the points of the records, which are as many as fit: len(records) should be a
// multiple of [Header.RecordLength]. The first call determines what gps_time is relative to. After it has returned,
// Decode may be called by several goroutines at once, each with its own batch.
func (d *Decoder) Decode(records []byte, b *cloud.Batch) {
	stride := int(d.header.RecordLength)
	n := len(records) / stride
	layout := formats[d.header.PointFormat]
	if !d.started && n > 0 {
		d.started = true
		if layout.time > 0 {
			d.start = math.Floor(finite(float64At(records[layout.time:])))
		}
	}
	b.Resize(n, cloud.Info{HasColors: layout.rgb > 0, HasNormals: d.normals[0] >= 0}, true, d.there)
	b.ColorKind = cloud.WideColors
	d.decodePoints(records, b.Points)
	if layout.rgb > 0 {
		for i := range b.RawColors {
			rgb := records[i*stride+layout.rgb:][:6]
			b.RawColors[i] = [3]float32{
				float32(binary.LittleEndian.Uint16(rgb)),
				float32(binary.LittleEndian.Uint16(rgb[2:])),
				float32(binary.LittleEndian.Uint16(rgb[4:])),
			}
		}
	}
	for axis, f := range d.normals {
		if f >= 0 {
			d.fields[f].decode(records, stride, d.start, func(i int, v float32) { b.Normals[i][axis] = v })
		}
	}
	for k, f := range d.selected {
		if values := b.Fields[k]; f >= 0 {
			d.fields[f].decode(records, stride, d.start, func(i int, v float32) { values[i] = v })
		}
	}
}

func (d *Decoder) decodePoints(records []byte, points [][3]float64) {
	stride, scale, offset := int(d.header.RecordLength), d.header.Scale, d.header.Offset
	for i := range points {
		xyz := records[i*stride:][:12]
		points[i] = [3]float64{
			offset[0] + scale[0]*float64(int32(binary.LittleEndian.Uint32(xyz))),
			offset[1] + scale[1]*float64(int32(binary.LittleEndian.Uint32(xyz[4:]))),
			offset[2] + scale[2]*float64(int32(binary.LittleEndian.Uint32(xyz[8:]))),
		}
	}
}

// decode calls set with the number of each record.
func (f *field) decode(records []byte, stride int, start float64, set func(i int, v float32)) {
	offset := f.offset
	if f.time {
		offset = -start
	}
	at := func(i int) []byte { return records[i*stride+f.at:] }
	n := len(records) / stride
	switch f.kind {
	case bits:
		for i := range n {
			set(i, float32(at(i)[0]>>f.shift&f.mask))
		}
	case unsigned16:
		for i := range n {
			set(i, float32(float64(binary.LittleEndian.Uint16(at(i)))*f.scale+offset))
		}
	default:
		for i := range n {
			set(i, float32(f.value(at(i))*f.scale+offset))
		}
	}
}

// value is the number at the start of b, unscaled.
func (f *field) value(b []byte) float64 {
	le := binary.LittleEndian
	switch f.kind {
	case unsigned8:
		return float64(b[0])
	case signed8:
		return float64(int8(b[0]))
	case unsigned16:
		return float64(le.Uint16(b))
	case signed16:
		return float64(int16(le.Uint16(b)))
	case unsigned32:
		return float64(le.Uint32(b))
	case signed32:
		return float64(int32(le.Uint32(b)))
	case unsigned64:
		return float64(le.Uint64(b))
	case signed64:
		return float64(int64(le.Uint64(b)))
	case float32Kind:
		return float64(math.Float32frombits(le.Uint32(b)))
	}
	return float64At(b)
}

func float64At(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// finite is v, or 0 if v is not finite.
func finite(v float64) float64 {
	if v*0 != 0 {
		return 0
	}
	return v
}
