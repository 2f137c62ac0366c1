package wire

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// A Decoder reads msgpack values one after another. It keeps the first failure; from
// then on every read returns a zero value and the loops of the generated code end. The
// generated decoders here and in package pagewire use it.
type Decoder struct {
	b       []byte
	pos     int
	lim     Limits
	read    MessageReader
	depth   int
	count   int
	buffers [][]byte // what placeholders refer to; nil outside a frame
	unknown int      // keys that the schema does not have
	err     *DecodeError
}

// Failed reports whether a read has failed.
func (d *Decoder) Failed() bool { return d.err != nil }

func (d *Decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = &DecodeError{Offset: d.pos, Reason: fmt.Sprintf(format, args...)}
	}
}

// At puts the key in front of the failure's path, on the way out of a map.
func (d *Decoder) At(key string) {
	if d.err == nil {
		return
	}
	if d.err.Path == "" {
		d.err.Path = clip(key)
		return
	}
	d.err.Path = clip(key) + "." + d.err.Path
}

// kind sorts the first byte of a value.
type kind uint8

const (
	kindInvalid kind = iota
	kindNil
	kindBool
	kindInt
	kindFloat
	kindString
	kindBytes
	kindList
	kindMap
	kindExt
)

var kindNames = [...]string{"an invalid byte", "null", "a boolean", "a number", "a number", "a string",
	"bytes", "a list", "a map", "an extension"}

func (k kind) String() string { return kindNames[k] }

func kindOf(c byte) kind {
	switch {
	case c <= 0x7f || c >= 0xe0 || c >= 0xcc && c <= 0xd3:
		return kindInt
	case c <= 0x8f || c == 0xde || c == 0xdf:
		return kindMap
	case c <= 0x9f || c == 0xdc || c == 0xdd:
		return kindList
	case c <= 0xbf || c >= 0xd9 && c <= 0xdb:
		return kindString
	case c == 0xc0:
		return kindNil
	case c == 0xc2 || c == 0xc3:
		return kindBool
	case c >= 0xc4 && c <= 0xc6:
		return kindBytes
	case c == 0xca || c == 0xcb:
		return kindFloat
	case c >= 0xc7 && c <= 0xc9 || c >= 0xd4 && c <= 0xd8:
		return kindExt
	}
	return kindInvalid
}

// peek returns the kind of the next value without reading it.
func (d *Decoder) peek() kind {
	if d.err != nil {
		return kindInvalid
	}
	if d.pos >= len(d.b) {
		d.fail("the data ends where a value should begin")
		return kindInvalid
	}
	return kindOf(d.b[d.pos])
}

// begin consumes the first byte of a value of kind k; false means that d failed or the value is null.
func (d *Decoder) begin(k kind) (byte, bool) {
	got := d.peek()
	if d.err != nil || !d.spend() {
		return 0, false
	}
	if got == kindNil {
		d.pos++
		return 0, false
	}
	if got != k {
		d.fail("want %s, got %s", k, got)
		return 0, false
	}
	c := d.b[d.pos]
	d.pos++
	return c, true
}

// spend counts one value against the limit.
func (d *Decoder) spend() bool {
	d.count++
	if d.count > d.lim.MaxCount {
		d.fail("more than %d values", d.lim.MaxCount)
		return false
	}
	return true
}

// Null consumes a null if it is the next value.
func (d *Decoder) Null() bool {
	if d.peek() != kindNil || !d.spend() {
		return false
	}
	d.pos++
	return true
}

// take is the next n bytes, as a view.
func (d *Decoder) take(n int) []byte {
	if d.err != nil {
		return nil
	}
	if n > len(d.b)-d.pos {
		d.fail("%d bytes announced, %d left", n, len(d.b)-d.pos)
		return nil
	}
	out := d.b[d.pos : d.pos+n : d.pos+n]
	d.pos += n
	return out
}

// uintN reads a big-endian number of n bytes: 1, 2, 4 or 8.
func (d *Decoder) uintN(n int) uint64 {
	b := d.take(n)
	switch len(b) {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(binary.BigEndian.Uint16(b))
	case 4:
		return uint64(binary.BigEndian.Uint32(b))
	case 8:
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

// length reads a length of n bytes that follows a type byte.
func (d *Decoder) length(n int) int {
	return int(min(d.uintN(n), math.MaxInt32))
}

// ReadBool reads a boolean.
func (d *Decoder) ReadBool() bool {
	c, ok := d.begin(kindBool)
	return ok && c == 0xc3
}

// number is an integer or float as it was encoded: floats in f, integers in u as two's complement
// where neg.
type number struct {
	f       float64
	u       uint64
	isFloat bool
	neg     bool
}

func (d *Decoder) number() number {
	k := d.peek()
	if k == kindFloat {
		return d.float()
	}
	c, ok := d.begin(kindInt)
	if !ok {
		return number{}
	}
	switch {
	case c <= 0x7f:
		return number{u: uint64(c)}
	case c >= 0xe0:
		return signed(int64(int8(c)))
	case c <= 0xcf:
		return number{u: d.uintN(1 << (c - 0xcc))}
	}
	size := 1 << (c - 0xd0)
	shift := 64 - 8*size
	return signed(int64(d.uintN(size)<<shift) >> shift)
}

func signed(i int64) number { return number{u: uint64(i), neg: i < 0} }

func (d *Decoder) float() number {
	c, ok := d.begin(kindFloat)
	if !ok {
		return number{}
	}
	if c == 0xca {
		return number{isFloat: true, f: float64(math.Float32frombits(uint32(d.uintN(4))))}
	}
	return number{isFloat: true, f: math.Float64frombits(d.uintN(8))}
}

// ReadFloat64 accepts integers as well: JavaScript and Python do not keep the two apart.
func (d *Decoder) ReadFloat64() float64 {
	n := d.number()
	switch {
	case n.isFloat:
		return n.f
	case n.neg:
		return float64(int64(n.u))
	}
	return float64(n.u)
}

// maxExact is the limit up to which doubles represent every integer.
const maxExact = 1 << 53

// int64 accepts floats without a fraction as well.
func (d *Decoder) int64() int64 {
	start := d.pos
	n := d.number()
	switch {
	case n.isFloat && n.f == math.Trunc(n.f) && math.Abs(n.f) <= maxExact:
		return int64(n.f)
	case n.isFloat:
		d.pos = start
		d.fail("want an integer, got %v", n.f)
	case n.neg || n.u <= math.MaxInt64:
		return int64(n.u)
	default:
		d.pos = start
		d.fail("the integer %d is too large", n.u)
	}
	return 0
}

// ReadInt reads an int; a float without a fraction is one.
func (d *Decoder) ReadInt() int { return int(d.ranged(math.MinInt, math.MaxInt)) }

// ReadUint8 reads a number from 0 to 255.
func (d *Decoder) ReadUint8() uint8 { return uint8(d.ranged(0, math.MaxUint8)) }

// ReadUint32 reads a uint32.
func (d *Decoder) ReadUint32() uint32 { return uint32(d.ranged(0, math.MaxUint32)) }

func (d *Decoder) ranged(low, high int64) int64 {
	start := d.pos
	i := d.int64()
	if d.err == nil && (i < low || i > high) {
		d.pos = start
		d.fail("%d is outside %d to %d", i, low, high)
		return 0
	}
	return i
}

// text is the next string or byte string, as a view.
func (d *Decoder) text() []byte {
	k := d.peek()
	if k != kindBytes {
		k = kindString
	}
	c, ok := d.begin(k)
	if !ok {
		return nil
	}
	switch {
	case c <= 0xbf:
		return d.take(int(c & 0x1f))
	case c <= 0xc6:
		return d.take(d.length(1 << (c - 0xc4)))
	}
	return d.take(d.length(1 << (c - 0xd9)))
}

// ReadString copies; bytes that are not UTF-8 become U+FFFD, so that text that is sent to other clients is
// valid.
func (d *Decoder) ReadString() string {
	b := d.text()
	if utf8.Valid(b) {
		return string(b)
	}
	return strings.ToValidUTF8(string(b), string(utf8.RuneError))
}

// ReadBytes returns a view of the input, never nil unless the value was null.
func (d *Decoder) ReadBytes() []byte { return d.text() }

// list opens a list and returns its length. Every element needs at least one byte, so that a wrong
// length is detected before anything is allocated.
func (d *Decoder) list() int {
	c, ok := d.begin(kindList)
	if !ok {
		return d.open(0, 1)
	}
	n := int(c & 0x0f)
	if c >= 0xdc {
		n = d.length(2 << (c - 0xdc))
	}
	return d.open(n, 1)
}

// MapLen opens a map and returns the number of its pairs.
func (d *Decoder) MapLen() int {
	c, ok := d.begin(kindMap)
	if !ok {
		return d.open(0, 2)
	}
	n := int(c & 0x0f)
	if c >= 0xde {
		n = d.length(2 << (c - 0xde))
	}
	return d.open(n, 2)
}

// open checks that n items fit and steps one level down; every one is followed by a Shut.
func (d *Decoder) open(n, bytesEach int) int {
	switch {
	case d.err != nil:
		return 0
	case n > (len(d.b)-d.pos)/bytesEach:
		d.fail("%d entries announced, %d bytes left", n, len(d.b)-d.pos)
		return 0
	case n > d.lim.MaxCount-d.count:
		d.fail("more than %d values", d.lim.MaxCount)
		return 0
	case d.depth >= d.lim.MaxDepth:
		d.fail("nested deeper than %d levels", d.lim.MaxDepth)
		return 0
	}
	d.depth++
	return n
}

// Shut ends a list or map that was opened.
func (d *Decoder) Shut() { d.depth-- }

// Key reads a map's key, as a view.
func (d *Decoder) Key() []byte {
	switch k := d.peek(); k {
	case kindString, kindBytes:
		return d.text()
	default:
		d.fail("want a string as key, got %s", k)
		return nil
	}
}
