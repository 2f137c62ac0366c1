// Package lzfse decompresses LZFSE, the compression of Apple's systems, in which captures of phones are.
//
// The format is defined by its reference implementation: blocks of raw bytes, of LZVN, or of literals and matches whose
// numbers are coded by finite state entropy, read from the end of the block to its beginning.
package lzfse

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
)

// Decode returns the decompressed bytes, of which there may be at most limit.
func Decode(src []byte, limit int) ([]byte, error) {
	d := &decoder{src: src, limit: limit}
	for {
		done, err := d.block()
		if err != nil {
			return nil, fmt.Errorf("lzfse: byte %d: %w", d.at, err)
		}
		if done {
			return d.out, nil
		}
	}
}

type decoder struct {
	src   []byte
	at    int // where the current block begins
	out   []byte
	limit int
}

var (
	errCorrupt = errors.New("the compressed data is damaged")
	errLimit   = errors.New("the data is larger than the limit")
)

// block decodes a block; true at the end of the stream.
func (d *decoder) block() (done bool, err error) {
	b := d.src[d.at:]
	if len(b) < 4 {
		return false, io.ErrUnexpectedEOF
	}
	kind := string(b[:4])
	if kind == "bvx$" {
		return true, nil
	}
	if len(b) < 12 {
		return false, io.ErrUnexpectedEOF
	}
	raw := int64(binary.LittleEndian.Uint32(b[4:]))
	if int64(len(d.out))+raw > int64(d.limit) {
		return false, errLimit
	}
	want := len(d.out) + int(raw)
	switch kind {
	case "bvx-":
		if int64(len(b)) < 8+raw {
			return false, io.ErrUnexpectedEOF
		}
		d.out = append(d.out, b[8:8+raw]...)
		d.at += int(8 + raw)
	case "bvxn":
		payload := int64(binary.LittleEndian.Uint32(b[8:]))
		if int64(len(b)) < 12+payload {
			return false, io.ErrUnexpectedEOF
		}
		if err := d.lzvn(b[12:12+payload], want); err != nil {
			return false, err
		}
		d.at += int(12 + payload)
	case "bvx2":
		size, err := d.compressed(b, want)
		if err != nil {
			return false, err
		}
		d.at += size
	default:
		return false, fmt.Errorf("the block is of the unknown kind %q", kind)
	}
	if len(d.out) != want {
		return false, errCorrupt
	}
	return false, nil
}

// match repeats n bytes from a distance before the end. They may overlap.
func (d *decoder) match(n, distance, want int) error {
	if distance <= 0 || distance > len(d.out) || n > want-len(d.out) {
		return errCorrupt
	}
	for n > 0 {
		from := len(d.out) - distance
		step := min(n, distance)
		d.out = append(d.out, d.out[from:from+step]...)
		n -= step
	}
	return nil
}

// literal copies bytes of the source.
func (d *decoder) literal(b []byte, want int) error {
	if len(b) > want-len(d.out) {
		return errCorrupt
	}
	d.out = append(d.out, b...)
	return nil
}

// lzvn decodes a block of LZVN. Each instruction has literals, a match, or both.
func (d *decoder) lzvn(b []byte, want int) error {
	distance := 0
	for len(b) > 0 {
		in, err := instruction(b, distance)
		if err != nil || in.end {
			return err
		}
		if len(b) < in.size+in.literals {
			return io.ErrUnexpectedEOF
		}
		if err := d.literal(b[in.size:in.size+in.literals], want); err != nil {
			return err
		}
		if distance = in.distance; in.match > 0 {
			if err := d.match(in.match, distance, want); err != nil {
				return err
			}
		}
		b = b[in.size+in.literals:]
	}
	return io.ErrUnexpectedEOF
}

// lzvnOp is an instruction of LZVN.
type lzvnOp struct {
	size, literals, match, distance int
	end                             bool
}

// instruction decodes the instruction at the start of b, which is not empty.
func instruction(b []byte, previous int) (in lzvnOp, err error) {
	op := int(b[0])
	arg := func(i int) int {
		if i < len(b) {
			return int(b[i])
		}
		err = io.ErrUnexpectedEOF
		return 0
	}
	in.distance = previous
	switch {
	case op == 0x06:
		in.end = true
	case op == 0x0e, op == 0x16: // does nothing
		in.size = 1
	case op == 0xe0:
		in.size, in.literals = 2, arg(1)+16
	case op > 0xe0 && op < 0xf0:
		in.size, in.literals = 1, op&15
	case op == 0xf0:
		in.size, in.match = 2, arg(1)+16
	case op > 0xf0:
		in.size, in.match = 1, op&15
	case op >= 0xa0 && op < 0xc0:
		low := arg(1) | arg(2)<<8
		in = lzvnOp{size: 3, literals: op >> 3 & 3, match: op&7<<2 | low&3, distance: low >> 2}
		in.match += 3
	case op >= 0x70 && op < 0x80, op >= 0xd0 && op < 0xe0, op&7 == 6 && op < 0x40:
		err = errCorrupt
	default:
		in.literals, in.match = op>>6, op>>3&7+3
		switch op & 7 {
		case 6:
			in.size = 1
		case 7:
			in.size, in.distance = 3, arg(1)|arg(2)<<8
		default:
			in.size, in.distance = 2, op&7<<8|arg(1)
		}
	}
	return in, err
}

// The numbers of symbols and states of the streams: lengths of literals, of matches, distances, and literals.
const (
	lengths, distances, bytesOf = 20, 64, 256
	lengthStates                = 64
	distanceStates              = 256
	literalStates               = 1024
	maxLiterals                 = 40000
	maxMatches                  = 10000
)

// An entry is the state of a decoder: its symbol's value, and how the next state follows from bits of the stream.
type entry struct {
	value     int // of the symbol
	bits      uint8
	valueBits uint8 // of these, the ones added to the value
	delta     int
}

// table makes the states of a stream of the frequencies of symbols.
func table(states int, freq []uint16, base func(symbol int) (value int, valueBits uint8)) ([]entry, error) {
	t := make([]entry, 0, states)
	for symbol, f16 := range freq {
		f := int(f16)
		if f == 0 {
			continue
		}
		if len(t)+f > states {
			return nil, errCorrupt
		}
		value, valueBits := base(symbol)
		k := bits.Len(uint(states)) - bits.Len(uint(f))
		few := 2*states>>k - f
		for j := range f {
			e := entry{value: value, valueBits: valueBits}
			if j < few {
				e.bits, e.delta = uint8(k)+valueBits, (f+j)<<k-states
			} else {
				e.bits, e.delta = uint8(k-1)+valueBits, (j-few)<<(k-1)
			}
			t = append(t, e)
		}
	}
	return t, nil
}

// base returns the values of the symbols of a stream of numbers: each begins where the one before ends.
func base(extra func(symbol int) uint8) func(int) (int, uint8) {
	return func(symbol int) (int, uint8) {
		value := 0
		for s := range symbol {
			value += 1 << extra(s)
		}
		return value, extra(symbol)
	}
}

var (
	literalLengths = base(func(s int) uint8 { return extraOf(s, [4]uint8{2, 3, 5, 8}) })
	matchLengths   = base(func(s int) uint8 { return extraOf(s, [4]uint8{3, 5, 8, 11}) })
	distanceValues = base(func(s int) uint8 { return uint8(s / 4) })
)

// extraOf is the number of bits that follow the symbol of a length: the last four have some.
func extraOf(symbol int, last [4]uint8) uint8 {
	if symbol < 16 {
		return 0
	}
	return last[symbol-16]
}

// stream reads bits from the end to the beginning.
type stream struct {
	b     []byte // what is not read yet, and what lies before it
	accum uint64
	n     int
}

func newStream(b []byte, unused int) (*stream, error) {
	s := &stream{b: b}
	count := 8
	if unused == 0 {
		count = 7
	}
	if unused < -7 || unused > 0 || len(b) < count {
		return nil, errCorrupt
	}
	for i := range count {
		s.accum |= uint64(b[len(b)-count+i]) << (8 * i)
	}
	s.b, s.n = b[:len(b)-count], 8*count+unused
	if s.accum>>s.n != 0 {
		return nil, errCorrupt
	}
	return s, nil
}

// fill reads until there are at least 56 bits.
func (s *stream) fill() error {
	count := (63 - s.n) / 8
	if count > len(s.b) {
		return errCorrupt
	}
	for range count {
		s.accum = s.accum<<8 | uint64(s.b[len(s.b)-1])
		s.b = s.b[:len(s.b)-1]
	}
	s.n += 8 * count
	return nil
}

// next decodes a symbol and moves the state.
func (s *stream) next(t []entry, state *int) (int, error) {
	if *state < 0 || *state >= len(t) {
		return 0, errCorrupt
	}
	e := &t[*state]
	if int(e.bits) > s.n {
		return 0, errCorrupt
	}
	s.n -= int(e.bits)
	read := int(s.accum >> s.n)
	s.accum &= 1<<s.n - 1
	*state = e.delta + read>>e.valueBits
	return e.value + read&(1<<e.valueBits-1), nil
}

// header is that of a compressed block.
type header struct {
	size, literals, literalBytes, matches, matchBytes int
	literalBits, matchBits                            int
	literalState                                      [4]int
	l, m, d                                           int // states
	freq                                              [lengths + lengths + distances + bytesOf]uint16
}

func readHeader(b []byte) (h header, err error) {
	const fixed = 32
	if len(b) < fixed {
		return h, io.ErrUnexpectedEOF
	}
	var v [3]uint64
	for i := range v {
		v[i] = binary.LittleEndian.Uint64(b[8+8*i:])
	}
	field := func(i, at, width int) int { return int(v[i] >> at & (1<<width - 1)) }
	h = header{
		literals: field(0, 0, 20), literalBytes: field(0, 20, 20), matches: field(0, 40, 20), literalBits: field(0, 60, 3) - 7,
		matchBytes: field(1, 40, 20), matchBits: field(1, 60, 3) - 7,
		size: field(2, 0, 32), l: field(2, 32, 10), m: field(2, 42, 10), d: field(2, 52, 10),
	}
	for i := range h.literalState {
		h.literalState[i] = field(1, 10*i, 10)
	}
	switch {
	case h.size < fixed || h.literals > maxLiterals || h.matches > maxMatches || h.literals%4 != 0:
		return h, errCorrupt
	case h.size+h.literalBytes+h.matchBytes > len(b):
		return h, io.ErrUnexpectedEOF
	}
	return h, h.frequencies(b[fixed:h.size])
}

// Small frequencies have a code of two to five bits, which the lowest five bits tell. The others have 8 and 14 bits.
var codeBits = [16]int{2, 3, 2, 5, 2, 3, 2, 8, 2, 3, 2, 5, 2, 3, 2, 14}

// frequencies decodes the frequencies of all streams, one behind the other.
func (h *header) frequencies(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	var accum uint64
	n := 0
	for i := range h.freq {
		for n < 16 && len(b) > 0 {
			accum |= uint64(b[0]) << n
			b, n = b[1:], n+8
		}
		value, width := frequency(uint32(accum))
		if width > n {
			return errCorrupt
		}
		h.freq[i] = value
		accum >>= width
		n -= width
	}
	if n >= 8 || len(b) > 0 {
		return errCorrupt
	}
	return nil
}

// frequency decodes one.
func frequency(b uint32) (value uint16, width int) {
	width = codeBits[b&15]
	switch width {
	case 2:
		return uint16(b >> 1 & 1), width
	case 3:
		return 2 + uint16(b>>2&1), width
	case 5:
		return 4 + uint16(b>>3&3), width
	case 8:
		return 8 + uint16(b>>4&15), width
	}
	return 24 + uint16(b>>4&1023), width
}

// compressed decodes a block and returns its size.
func (d *decoder) compressed(b []byte, want int) (size int, err error) {
	h, err := readHeader(b)
	if err != nil {
		return 0, err
	}
	end := h.size + h.literalBytes
	literals, err := h.readLiterals(b[:end])
	if err != nil {
		return 0, err
	}
	size = end + h.matchBytes
	if h.matches == 0 {
		return size, nil
	}
	var tables [3][]entry
	at := 0
	for i, s := range []struct {
		symbols, states int
		base            func(int) (int, uint8)
	}{{lengths, lengthStates, literalLengths}, {lengths, lengthStates, matchLengths}, {distances, distanceStates, distanceValues}} {
		if tables[i], err = table(s.states, h.freq[at:at+s.symbols], s.base); err != nil {
			return 0, err
		}
		at += s.symbols
	}
	s, err := newStream(b[:size], h.matchBits)
	if err != nil {
		return 0, err
	}
	distance := 0
	for range h.matches {
		if err := s.fill(); err != nil {
			return 0, err
		}
		var v [3]int
		for i, state := range []*int{&h.l, &h.m, &h.d} {
			if v[i], err = s.next(tables[i], state); err != nil {
				return 0, err
			}
		}
		if v[2] != 0 {
			distance = v[2]
		}
		if v[0] > len(literals) {
			return 0, errCorrupt
		}
		if err := d.literal(literals[:v[0]], want); err != nil {
			return 0, err
		}
		if literals = literals[v[0]:]; v[1] > 0 {
			if err := d.match(v[1], distance, want); err != nil {
				return 0, err
			}
		}
	}
	return size, nil
}

// readLiterals decodes the literals of a block, whose states take turns.
func (h *header) readLiterals(b []byte) ([]byte, error) {
	if h.literals == 0 {
		return nil, nil
	}
	t, err := table(literalStates, h.freq[2*lengths+distances:], func(s int) (int, uint8) { return s, 0 })
	if err != nil {
		return nil, err
	}
	s, err := newStream(b, h.literalBits)
	if err != nil {
		return nil, err
	}
	out := make([]byte, h.literals)
	for i := range out {
		if i%4 == 0 {
			if err := s.fill(); err != nil {
				return nil, err
			}
		}
		v, err := s.next(t, &h.literalState[i%4])
		if err != nil {
			return nil, err
		}
		out[i] = byte(v)
	}
	return out, nil
}
