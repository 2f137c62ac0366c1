package wire

// Pages holds the bytes of an array that a program changes in part, or that it appends to. The bytes are in pieces of
// pageSize, so that neither a change nor growth moves the whole: what a frame has taken up is never written again, and
// a change of a piece that a frame shares is made in a copy of that piece alone.
//
// A writer holds all locks of the readers.
type Pages struct {
	list []page
	size int
}

type page struct {
	b      []byte
	shared int    // frames may hold so many bytes from the beginning
	stamp  uint64 // of the last change
}

// pageSize is a multiple of every element's size. Larger pages make a change behind a shared one dearer, smaller
// ones a frame of many parts.
const pageSize = 64 << 10

// NewPages takes up data, without copying it: it must not be written to any more.
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

// Bytes gives a copy of all bytes.
func (p *Pages) Bytes() []byte {
	out := make([]byte, 0, p.size)
	for i := range p.list {
		out = append(out, p.list[i].b...)
	}
	return out
}

// Write puts a copy of data at the given offset, which lies at the end at most; what goes beyond the end is
// appended. The stamp says when, in whatever clock the caller has.
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

// own makes the page's bytes from…to writable, and long enough.
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

// Since gives the pages that were changed after the stamp, as ascending ranges with gaps in between.
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
