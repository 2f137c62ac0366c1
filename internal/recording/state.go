package recording

import (
	"fmt"
	"sort"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/wire"
)

// A mark is a state that was computed, of a recording without keyframes.
type mark struct {
	chunk int // the first that it does not have
	state *fold.State
}

// maxMarks is how many there are at most.
const maxMarks = 256

// StateAt returns the state of a page that has received all entries with a time up to t. It is the caller's own. Messages
// that can't be applied are left out and counted in Notes. An error is one of the reader below.
func (r *Reader) StateAt(t float64) (*fold.State, error) {
	for {
		idx := r.index()
		s, from, err := r.base(idx, t)
		if err == nil {
			s, err = r.replay(idx, s, from, t)
		}
		switch {
		case err == nil:
			return s, nil
		case isReadError(err):
			return nil, fmt.Errorf("recording: %w", err)
		case !r.distrust(idx, err):
			return nil, err
		}
	}
}

// base returns the last state that is known to be before t, and the first chunk that it does not have.
func (r *Reader) base(idx *index, t float64) (*fold.State, int, error) {
	for i := sort.Search(len(idx.keyframes), func(i int) bool { return idx.keyframes[i].t > t }) - 1; i >= 0; i-- {
		k := idx.keyframes[i]
		messages, err := r.keyframe(k)
		if err != nil && (isReadError(err) || !idx.scanned) {
			return nil, 0, err
		}
		if err != nil {
			r.note("%v; it was left out", err)
			continue
		}
		s := fold.New()
		for _, m := range messages {
			if err := s.Apply(m); err != nil {
				r.note("the keyframe at %g s has a message that can't be applied: %v", k.t, err)
			}
		}
		return s, int(k.chunk) + 1, nil
	}
	s, from := r.marked(idx, t)
	return s, from, nil
}

// marked returns the last mark before t.
func (r *Reader) marked(idx *index, t float64) (*fold.State, int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if idx == r.idx {
		i := sort.Search(len(r.marks), func(i int) bool { return idx.chunks[r.marks[i].chunk-1].to > t })
		if i > 0 {
			return r.marks[i-1].state.Clone(), r.marks[i-1].chunk
		}
	}
	return fold.New(), 0
}

// mark keeps a state for later calls, every few chunks.
func (r *Reader) mark(idx *index, s *fold.State, chunk int) {
	if len(idx.keyframes) > 0 || chunk%(len(idx.chunks)/maxMarks+1) != 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	i := sort.Search(len(r.marks), func(i int) bool { return r.marks[i].chunk >= chunk })
	if idx == r.idx && i == len(r.marks) {
		r.marks = append(r.marks, mark{chunk, s.Clone()})
	}
}

// replay applies the entries of the chunks from the given one on.
func (r *Reader) replay(idx *index, s *fold.State, from int, t float64) (*fold.State, error) {
	a := applier{state: s, until: t, poses: map[string]int{}}
	for i := from; i < len(idx.chunks) && idx.chunks[i].from <= t; i++ {
		w, err := r.walk(idx, i)
		if err != nil && (isReadError(err) || !idx.scanned) {
			return nil, err
		}
		if err != nil {
			r.note("the chunk at %g s can't be read and was left out: %v", idx.chunks[i].from, err)
			continue
		}
		a.refused = 0
		w.pose = a.pose
		w.all(a.entry)
		a.flush()
		r.count(idx.chunks[i].offset, w)
		if a.refused > 0 {
			r.note("%d messages between %g and %g s can't be applied and were left out", a.refused, idx.chunks[i].from, idx.chunks[i].to)
		}
		if w.stopped {
			break
		}
		r.mark(idx, s, i+1)
	}
	return s, nil
}

// An applier applies entries up to a time. Of the poses of a node it applies the last one only.
type applier struct {
	state   *fold.State
	until   float64
	poses   map[string]int // by the part of the message before the numbers: where it is in last
	last    []wire.RawMessage
	refused int
}

func (a *applier) pose(t float64, typ string, message []byte, head int) bool {
	if t > a.until {
		return false
	}
	if i, ok := a.poses[string(message[:head])]; ok {
		a.last[i].B = message
		return true
	}
	a.poses[string(message[:head])] = len(a.last)
	a.last = append(a.last, wire.RawMessage{Type: typ, B: message})
	return true
}

func (a *applier) entry(e Entry) bool {
	if e.Time > a.until {
		return false
	}
	if beforePoses(e.Message.Type) {
		a.flush()
	}
	a.apply(e.Message)
	return true
}

func (a *applier) apply(m wire.RawMessage) {
	if a.state.Apply(m) != nil {
		a.refused++
	}
}

// flush applies the poses.
func (a *applier) flush() {
	for _, m := range a.last {
		a.apply(m)
	}
	a.last = a.last[:0]
	clear(a.poses)
}

// beforePoses reports whether a message must stay in order with poses.
func beforePoses(typ string) bool {
	info := wire.Infos[typ]
	return info.Entity == "scene" && (info.Phase == "create" || info.Phase == "remove") || typ == positionType || typ == orientationType
}
