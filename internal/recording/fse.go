package recording

import "math/bits"

// The codes of sequences: a number is a code and some bits that follow it, RFC 8878, 3.1.1.3.2.1.

var (
	literalBase = [...]uint32{16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536}
	literalBits = [...]uint8{1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	matchBase   = [...]uint32{35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539}
	matchBits   = [...]uint8{1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
)

// A coded number is its code, and the bits that follow.
type coded struct {
	code, bits uint8
	extra      uint32
}

func literalCode(n uint32) coded {
	if n < 16 {
		return coded{code: uint8(n)}
	}
	return above(literalBase[:], literalBits[:], 16, n)
}

func matchCode(n uint32) coded {
	if n < 35 {
		return coded{code: uint8(n - 3)}
	}
	return above(matchBase[:], matchBits[:], 32, n)
}

func above(base []uint32, width []uint8, first uint8, n uint32) coded {
	i := 0
	for i+1 < len(base) && base[i+1] <= n {
		i++
	}
	return coded{first + uint8(i), width[i], n - base[i]}
}

func offsetCode(n uint32) coded {
	width := uint8(bits.Len32(n) - 1)
	return coded{width, width, n - 1<<width}
}

// appendSequences appends the sequences of a block: their number, the three tables, and the bits, from the last sequence to
// the first.
func (s *sequenceEncoder) appendSequences(b []byte) []byte {
	n := len(s.sequences)
	switch {
	case n == 0:
		return append(b, 0)
	case n < 128:
		b = append(b, byte(n))
	case n < 0x7f00:
		b = append(b, byte(n>>8)+128, byte(n))
	default:
		b = append(b, 255, byte(n-0x7f00), byte((n-0x7f00)>>8))
	}
	s.parts = s.parts[:0]
	for i := range s.codes {
		clear(s.codes[i].count[:])
	}
	for _, q := range s.sequences {
		part := [3]coded{literalCode(q.literals), offsetCode(q.offset), matchCode(q.match)}
		for i := range part {
			s.codes[i].count[part[i].code]++
		}
		s.parts = append(s.parts, part)
	}
	modes := len(b)
	b = append(b, 0)
	for i, shift := range []int{6, 4, 2} {
		c := &s.codes[i]
		c.build(n, []uint8{9, 8, 9}[i])
		if c.alone {
			b[modes] |= 1 << shift // one code for all
			b = append(b, c.only)
			continue
		}
		b[modes] |= 2 << shift
		b = c.appendTable(b)
	}
	w := bitWriter{b: b}
	literals, offsets, matches := &s.codes[0], &s.codes[1], &s.codes[2]
	for i := n - 1; i >= 0; i-- {
		p := &s.parts[i]
		if i == n-1 {
			matches.begin(p[2].code)
			offsets.begin(p[1].code)
			literals.begin(p[0].code)
		} else {
			offsets.put(&w, p[1].code)
			matches.put(&w, p[2].code)
			literals.put(&w, p[0].code)
		}
		w.put(p[0].extra, p[0].bits)
		w.put(p[2].extra, p[2].bits)
		w.put(p[1].extra, p[1].bits)
	}
	matches.end(&w)
	offsets.end(&w)
	literals.end(&w)
	w.put(1, 1) // marks the end
	return w.close()
}

// A bitWriter appends bits, from the lowest of each byte.
type bitWriter struct {
	b   []byte
	acc uint64
	n   uint8
}

func (w *bitWriter) put(x uint32, n uint8) {
	w.acc |= uint64(x) << w.n
	w.n += n
	for w.n >= 8 {
		w.b = append(w.b, byte(w.acc))
		w.acc >>= 8
		w.n -= 8
	}
}

func (w *bitWriter) close() []byte {
	if w.n > 0 {
		w.b = append(w.b, byte(w.acc))
	}
	return w.b
}

// A coder is an FSE encoder of codes, RFC 8878, 4.1.
type coder struct {
	count [64]int
	share [64]int // of the table's cells, by code
	log   uint8
	only  uint8 // the code, if there is one only
	alone bool
	cells []uint16
	steps [64]struct {
		bits uint32 // from which the number of bits follows
		find int32
	}
	state uint32
}

// build makes the table for n codes, unless all are the same.
func (c *coder) build(n int, most uint8) {
	kinds, largest := 0, 0
	for code, k := range c.count {
		if k > 0 {
			kinds++
			c.only = uint8(code)
		}
		if k > c.count[largest] {
			largest = code
		}
	}
	if c.alone = kinds == 1; c.alone {
		return
	}
	c.log = max(min(most, uint8(bits.Len(uint(n)))), uint8(bits.Len(uint(4*kinds))), 6)
	size := 1 << c.log
	left := size
	for code, k := range c.count {
		c.share[code] = 0
		if k > 0 {
			c.share[code] = max(1, k*size/n)
		}
		left -= c.share[code]
	}
	for c.share[largest] += left; c.share[largest] < 1; c.share[largest]++ { // rare codes have taken too much
		c.share[c.widest()]--
	}
	c.spread(size)
}

// widest is the code with the largest share.
func (c *coder) widest() int {
	most := 0
	for code, k := range c.share {
		if k > c.share[most] {
			most = code
		}
	}
	return most
}

// spread distributes the codes over the cells of the table.
func (c *coder) spread(size int) {
	var from [65]int
	for code, k := range c.share {
		from[code+1] = from[code] + k
	}
	if cap(c.cells) < size {
		c.cells = make([]uint16, 512)
	}
	c.cells = c.cells[:size]
	var of [512]uint8
	pos := 0
	for code, k := range c.share {
		for ; k > 0; k-- {
			of[pos] = uint8(code)
			pos = (pos + size>>1 + size>>3 + 3) & (size - 1)
		}
	}
	next := from
	for i := range size {
		c.cells[next[of[i]]] = uint16(size + i)
		next[of[i]]++
	}
	for code, k := range c.share {
		st := &c.steps[code]
		switch k {
		case 0:
		case 1:
			st.bits = uint32(c.log)<<16 - uint32(size)
			st.find = int32(from[code] - 1)
		default:
			out := uint32(c.log) - uint32(bits.Len32(uint32(k-1))-1)
			st.bits = out<<16 - uint32(k)<<out
			st.find = int32(from[code] - k)
		}
	}
}

// appendTable appends the shares, as decoders read them.
func (c *coder) appendTable(b []byte) []byte {
	w := bitWriter{b: b}
	w.put(uint32(c.log)-5, 4)
	size := 1 << c.log
	remaining, threshold, width := size+1, size, c.log+1
	none := false // the last share was 0
	for code := 0; code < len(c.share) && remaining > 1; {
		if none {
			start := code
			for c.share[code] == 0 {
				code++
			}
			for ; code-start >= 3; start += 3 {
				w.put(3, 2)
			}
			w.put(uint32(code-start), 2)
		}
		share := c.share[code]
		code++
		most := 2*threshold - 1 - remaining
		remaining -= share
		x := share + 1
		if x >= threshold {
			x += most
		}
		n := width
		if x < most {
			n--
		}
		w.put(uint32(x), n)
		none = share == 0
		for remaining < threshold {
			width--
			threshold >>= 1
		}
	}
	return w.close()
}

// begin is put for the code that is decoded last.
func (c *coder) begin(code uint8) {
	if c.alone {
		return
	}
	st := &c.steps[code]
	n := (st.bits + 1<<15) >> 16
	value := n<<16 - st.bits
	c.state = uint32(c.cells[int32(value>>n)+st.find])
}

func (c *coder) put(w *bitWriter, code uint8) {
	if c.alone {
		return
	}
	st := &c.steps[code]
	n := (c.state + st.bits) >> 16
	w.put(c.state&(1<<n-1), uint8(n))
	c.state = uint32(c.cells[int32(c.state>>n)+st.find])
}

func (c *coder) end(w *bitWriter) {
	if !c.alone {
		w.put(c.state&(1<<c.log-1), c.log)
	}
}
