package wire

// Pages has the bytes of an array that a program changes in part, or appends to. The bytes are in pieces of
// pageSize, so that neither a change nor growth copies the whole: pieces that a frame refers to are immutable, and
// a change of such a piece copies only that piece.
//
// A writer holds all locks of the readers.
type Pages struct {
	list []page
	size int
}

type page struct {
	b      []byte
	shared int    // the number of bytes from the beginning that frames may refer to
	stamp  uint64 // of the last change
}

// pageSize is a multiple of every element's size. Larger pages make changes of shared ones slower, smaller ones
// make frames of many parts.
const pageSize = 64 << 10

// NewPages uses data without copying it: it must not be modified afterwards.
func NewPages(data []byte) *Pages {
	p := &Pages{size: len(data)}
	p.list = make([]page, 0, (len(data)+pageSize-1)/pageSize)
	for len(data) > 0 {
		n := min(len(data), pageSize)
		p.list = append(p.list, page{b: data[:n:n], shared: n})
		data = data[n:]
	}
	return p
}

// Len is the number of bytes.
func (p *Pages) Len() int { return p.size }

// Bytes returns a copy of all bytes.
func (p *Pages) Bytes() []byte {
	out := make([]byte, 0, p.size)
	for i := range p.list {
		out = append(out, p.list[i].b...)
	}
	return out
}

// Write copies data to the given offset, which is at most the end; bytes beyond the end are appended. The
// stamp is the time, in the caller's clock.
func (p *Pages) Write(offset int, data []byte, stamp uint64) {
	p.size = max(p.size, offset+len(data))
	for len(data) > 0 {
		i, at := offset/pageSize, offset%pageSize
		n := min(len(data), pageSize-at)
		if i == len(p.list) {
			p.list = append(p.list, page{})
		}
		pg := &p.list[i]
		pg.own(at, at+n)
		copy(pg.b[at:], data[:n])
		pg.stamp = stamp
		offset += n
		data = data[n:]
	}
}

// own makes the page's bytes from…to writable, and allocates them.
func (pg *page) own(from, to int) {
	if from >= pg.shared && to <= cap(pg.b) {
		pg.b = pg.b[:max(to, len(pg.b))]
		return
	}
	capacity := max(to, len(pg.b))
	if to > cap(pg.b) {
		capacity = min(pageSize, max(to, 2*cap(pg.b))) // it grows, and will again
	}
	b := make([]byte, max(to, len(pg.b)), capacity)
	copy(b, pg.b)
	pg.b, pg.shared = b, 0
}

// Truncate keeps the first size bytes.
func (p *Pages) Truncate(size int) {
	if size >= p.size {
		return
	}
	p.size = size
	n := (size + pageSize - 1) / pageSize
	clear(p.list[n:])
	p.list = p.list[:n]
	if n > 0 {
		last := &p.list[n-1]
		last.b = last.b[:size-(n-1)*pageSize]
	}
}

// A Range is a run of bytes of an array.
type Range struct{ From, To int }

// Since returns the pages that were changed after the stamp, as ascending ranges with gaps in
// between.
func (p *Pages) Since(stamp uint64) []Range {
	var out []Range
	for i := range p.list {
		if p.list[i].stamp <= stamp {
			continue
		}
		from := i * pageSize
		to := from + len(p.list[i].b)
		if k := len(out) - 1; k >= 0 && out[k].To == from {
			out[k].To = to
		} else {
			out = append(out, Range{from, to})
		}
	}
	return out
}

// share appends the range's bytes, in pieces that are never written again: small ones are copied.
func (p *Pages) share(pieces [][]byte, r Range) [][]byte {
	for from := r.From; from < r.To; {
		i, at := from/pageSize, from%pageSize
		pg := &p.list[i]
		end := min(at+r.To-from, len(pg.b))
		piece := pg.b[at:end:end]
		if len(piece) < shareFrom {
			piece = append(make([]byte, 0, len(piece)), piece...)
		} else {
			pg.shared = max(pg.shared, end)
		}
		pieces = append(pieces, piece)
		from += len(piece)
	}
	return pieces
}
