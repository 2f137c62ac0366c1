package recording

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"sort"

	"github.com/viser-go/viser/internal/wire"
)

// entries is a chunk that was read.
type entries struct {
	from, to float64
	count    int // in stream
	stream   []byte
	extras   []extra
	old      bool // arrays are byte strings
}

// An extra is what a chunk has for our readers before entry position: a message, or that the entry is not for them.
type extra struct {
	position int
	t        float64
	skip     bool
	message  []byte
}

// ours counts the messages among the extras.
func (e *entries) ours() int {
	n := 0
	for _, x := range e.extras {
		if !x.skip {
			n++
		}
	}
	return n
}

// readHead reads a chunk's head.
func readHead(plain []byte) (*entries, error) {
	s := &scanner{b: plain}
	e := &entries{}
	for n := s.fields(); n > 0 && s.err == nil; n-- {
		switch s.text() {
		case "from":
			e.from = s.number()
		case "to":
			e.to = s.number()
		case "entries":
			e.count = int(min(s.size(), 1<<31-1))
		case "extras":
			e.readExtras(s)
		default:
			s.skip()
		}
	}
	if s.err != nil {
		return nil, fmt.Errorf("the head of a chunk: %w", s.err)
	}
	return e, nil
}

func (e *entries) readExtras(s *scanner) {
	for n := s.list(); n > 0 && s.err == nil; n-- {
		s.tuple(4)
		x := extra{position: int(min(s.size(), 1<<31-1)), t: s.number(), skip: s.size() != 0}
		before := s.b
		s.skip()
		if s.err != nil {
			return
		}
		x.message = before[:len(before)-len(s.b)]
		if k := len(e.extras); k > 0 && x.position < e.extras[k-1].position {
			s.fail("the extras of a chunk are not in order")
		}
		e.extras = append(e.extras, x)
	}
}

// Entries returns the entries with from < time <= to, in order; with from < 0 all from the beginning. Entries for upstream
// viser's client only are not among them. What can't be read is left out and counted in Notes. An error ends the sequence:
// the file can't be read any more.
func (r *Reader) Entries(from, to float64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		r.each(from, to, visitor{entry: func(e Entry) bool { return yield(e, nil) }}, func(err error) { yield(Entry{}, err) })
	}
}

// A PoseEntry is an entry with the position or orientation of a node, as it is in the file.
type PoseEntry struct {
	Time float64
	Type string
	// Start is the message without its numbers, the same for all poses of a node. It is valid during the call only.
	Start []byte
	Size  int // of the message
}

// Visit calls f with the entries that Entries returns, and pose with those that are poses in the form of our writer, which
// is ten times as fast. Either may return false to stop.
func (r *Reader) Visit(f func(Entry) bool, pose func(PoseEntry) bool) (err error) {
	inFile := func(t float64, typ string, message []byte, head int) bool {
		return pose(PoseEntry{Time: t, Type: typ, Start: message[:head], Size: len(message)})
	}
	r.each(-1, math.Inf(1), visitor{entry: f, pose: inFile}, func(failed error) { err = failed })
	return err
}

// A poseFunc is what a walk calls with poses, see there.
type poseFunc func(t float64, typ string, message []byte, head int) bool

// A visitor gets entries. Its functions return false to stop.
type visitor struct {
	entry func(Entry) bool
	pose  poseFunc // if not nil, poses
	plain bool     // also entries that are for upstream viser's client only
}

// each visits the entries in question.
func (r *Reader) each(from, to float64, v visitor, failed func(error)) {
	idx, last := r.index(), 0.0
	for i := idx.after(-1, from); i < len(idx.chunks) && idx.chunks[i].from <= to; i++ {
		more, err := r.run(idx, i, from, to, &last, v)
		switch {
		case isReadError(err):
			failed(fmt.Errorf("recording: %w", err))
			return
		case err != nil && r.distrust(idx, err):
			done := int64(-1)
			if i > 0 {
				done = idx.chunks[i-1].offset
			}
			idx = r.index()
			i = idx.after(done, from) - 1
			continue
		case err != nil:
			r.note("the chunk at %g s can't be read and was left out: %v", idx.chunks[i].from, err)
		}
		if !more {
			return
		}
	}
}

// after returns the first chunk behind an offset that has entries after a time; with from < 0 at any time.
func (idx *index) after(offset int64, from float64) int {
	return sort.Search(len(idx.chunks), func(i int) bool {
		c := idx.chunks[i]
		return c.offset > offset && (c.to > from || from < 0)
	})
}

// run visits the entries of one chunk, and moves last, the time of the last entry that was visited. It returns false if
// the visitor did.
func (r *Reader) run(idx *index, i int, from, to float64, last *float64, v visitor) (more bool, err error) {
	w, err := r.walk(idx, i)
	if err != nil {
		return true, err
	}
	w.pose, w.plain = v.pose, v.plain
	// What was read by an index that has lied may be later than this chunk begins, and even ends.
	w.last = max(w.last, *last)
	w.end = max(w.end, w.last)
	w.all(func(entry Entry) bool {
		if entry.Time > to {
			return false
		}
		return entry.Time <= from && from >= 0 || v.entry(entry)
	})
	*last = w.last
	r.count(idx.chunks[i].offset, w)
	return !w.stopped, nil
}

// walk reads a chunk.
func (r *Reader) walk(idx *index, i int) (*walk, error) {
	e, err := r.src.chunk(idx.chunks[i])
	if err != nil {
		return nil, err
	}
	w := &walk{r: r, entries: e, last: e.from, end: max(e.from, e.to)}
	if i > 0 {
		w.last = idx.chunks[i-1].to
	}
	return w, nil
}

// count adds what a chunk has lost to the counts, once.
func (r *Reader) count(offset int64, w *walk) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if w.stopped || r.seen[offset] {
		return
	}
	r.seen[offset] = true
	r.counts.scripts += w.counts.scripts
	r.counts.moved += w.counts.moved
	r.counts.arrays += w.counts.arrays
	r.counts.messages += w.counts.messages
}

// A walk goes through the entries of a chunk.
type walk struct {
	r *Reader
	*entries
	last    float64 // the time of the entry before
	end     float64 // of the chunk: no entry is later
	counts  counts
	stopped bool
	plain   bool // also those that are not for us
	// pose, if not nil, gets poses in the form that our writer gives them: the message, and how much of it precedes the
	// numbers. It returns false to stop.
	pose poseFunc
}

// all calls f with each entry that is for us, or with plain with all.
func (w *walk) all(f func(Entry) bool) {
	b, extras := w.stream, w.extras
	for i := 0; !w.stopped; i++ {
		skip := false
		for len(extras) > 0 && (extras[0].position <= i || i >= w.count) {
			if extras[0].skip {
				skip = true
			} else {
				w.message(extras[0].t, Ours, extras[0].message, f)
			}
			extras = extras[1:]
			if w.stopped {
				return
			}
		}
		if i >= w.count {
			return
		}
		if w.pose != nil && !skip {
			if p, ok := cutPose(b); ok && w.within(p.t) {
				w.last = p.t
				w.stopped = !w.pose(p.t, p.typ, b[10:p.size], p.head)
				b = b[p.size:]
				continue
			}
		}
		t, rest, ok := cutEntry(b)
		if !ok {
			w.counts.messages += w.count - i
			b, i = nil, w.count-1
			continue
		}
		b = w.messageIn(t, skip, rest, f)
	}
}

// cutEntry reads the head and time of [time, message].
func cutEntry(b []byte) (t float64, rest []byte, ok bool) {
	s := &scanner{b: b}
	s.tuple(2)
	t = s.number()
	return t, s.b, s.err == nil
}

// messageIn calls f with the message that b begins with, unless it is to be skipped, and returns what follows it.
func (w *walk) messageIn(t float64, skip bool, b []byte, f func(Entry) bool) []byte {
	if !skip || w.plain {
		who := Everyone
		if skip {
			who = Plain
		}
		if rest, ok := w.message(t, who, b, f); ok {
			return rest
		}
	}
	rest, err := skipValue(b, maxDepth)
	if err != nil {
		return nil
	}
	return rest
}

// within reports whether t may be the time of the next entry. The next chunk begins at the end of this one.
func (w *walk) within(t float64) bool { return goodTime(t, w.last) && t <= w.end }

// message calls f with the message that b begins with. It returns what follows it, if it can be read.
func (w *walk) message(t float64, who For, b []byte, f func(Entry) bool) (rest []byte, ok bool) {
	if !w.within(t) {
		w.counts.moved++
		t = w.last
	}
	w.last = t
	m, rest, err := w.read(b)
	switch {
	case errors.Is(err, errNoArray):
		w.counts.arrays++
	case err != nil:
		w.counts.messages++
	case m.Type == runJavascript:
		w.counts.scripts++
	default:
		w.stopped = !f(Entry{Time: t, For: who, Message: m})
	}
	return rest, err == nil
}

func (w *walk) read(b []byte) (wire.RawMessage, []byte, error) {
	var missing error
	m, rest, err := wire.ReadRawMessage(b, func(i int) ([]byte, error) {
		data, err := w.r.array(i)
		if err != nil {
			missing = err
		}
		return data, err
	})
	switch {
	case missing != nil:
		return m, nil, missing
	case err == nil && w.old:
		m, err = withArrays(m)
	}
	return m, rest, err
}
