package state

import (
	"slices"

	"github.com/viser-go/viser/internal/wire"
)

// A Patch changes a part of an array that is a property, or one of the arrays of
// a property that lists some.
type Patch struct {
	Prop  int // which property
	Index int // which of its arrays
	// Array is the array of the entity's owner. From the first patch on its bytes are
	// in Pages, which the owner reads under the lock that it holds while it calls
	// Entity.Patch.
	Array  *wire.Array
	Offset int    // the offset of Data in bytes; at most the end
	Data   []byte // copied
	// Total is the new length in bytes: the array is truncated to it.
	Total int
}

// Patch applies the patches as one change: a page sees them together.
//
// Nothing is queued. The array is changed in place (see wire.Pages), and a log records which parts changed when; a
// window of the Extended dialect has the current values of the parts that are newer than its beginning, all others
// have the whole array. So a slow client receives each byte once, however often it changed.
func (ent *Entity) Patch(patches ...Patch) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	seq := st.seq
	if !ent.removed {
		seq = st.next()
	}
	changed := make([]int, 0, 8) // on the stack
	for i := range patches {
		p := &patches[i]
		if p.Array.Pages == nil {
			*p.Array = wire.Array{DType: p.Array.DType, Pages: wire.NewPages(p.Array.Data)}
		}
		p.Array.Pages.Write(p.Offset, p.Data, seq)
		p.Array.Pages.Truncate(p.Total)
		if !ent.removed {
			ent.notePatch(p, seq)
			changed = append(changed, p.Prop)
		}
	}
	ent.bake(changed)
}

// notePatch records the change for windows.
func (ent *Entity) notePatch(p *Patch, seq uint64) {
	s := ent.propSlot(p.Prop)
	l := ent.patchLog(p.Prop)
	if l == nil {
		l = &patchLog{prop: p.Prop, whole: s.seq}
		d := ent.detail()
		d.patched = append(d.patched, l)
	}
	if s.seg().Refs[p.Index].Pages != p.Array.Pages {
		ent.ownValues()
		ent.paged = true
		seg := s.seg()
		seg.Refs = slices.Clone(seg.Refs) // a snapshot may refer to these
		ref := &seg.Refs[p.Index]
		if ref.Blob != nil {
			// Pages that were given its ID need it as the array that the patches are for.
			ent.scope.store.blobs.Keep(ref.Blob)
		}
		ref.Data, ref.Blob, ref.Pages = nil, nil, p.Array.Pages
	}
	l.array(p.Index, *p.Array).note(rangeChange{wire.Range{From: p.Offset, To: p.Offset + len(p.Data)}, seq}, ent.scope.store.givenOut())
	ent.scope.touch(s, seq, NoClient)
}

// Array returns one of the arrays of a property, to be patched by who sets the property, if that does not keep it.
func (ent *Entity) Array(prop, index int) (a wire.Array, ok bool) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if ent.removed {
		return a, false
	}
	ent.ownValues()
	seg := &ent.content.segs[prop]
	if index >= len(seg.Refs) {
		return a, false
	}
	ref := seg.Refs[index]
	return wire.Array{DType: ref.DType(seg.B), Data: ref.Data, Pages: ref.Pages}, true
}

func (ent *Entity) patchLog(prop int) *patchLog {
	for _, l := range ent.more.patched {
		if l.prop == prop {
			return l
		}
	}
	return nil
}

// dropPatches clears the log of partial changes: the property was set as a whole.
func (ent *Entity) dropPatches(prop int) {
	if ent.more.patched == nil {
		return
	}
	ent.more.patched = slices.DeleteFunc(ent.more.patched, func(l *patchLog) bool { return l.prop == prop })
}

// A patchLog records which parts of a property's arrays have changed since the whole
// was set.
type patchLog struct {
	prop   int
	whole  uint64 // pages whose cursor is not beyond this have not received it whole
	arrays []arrayLog
}

// An arrayLog keeps the last changes of one array as they were, and leaves those
// before to the stamps of the array's pages.
type arrayLog struct {
	index   int
	array   wire.Array // with Pages; not the owner's, who may replace it without the store's lock
	last    uint64
	floor   uint64 // changes up to here are not among the recent ones
	changes []rangeChange
}

type rangeChange struct {
	wire.Range
	seq uint64
}

// maxChanges bounds a log.
const maxChanges = 64

func (l *patchLog) array(index int, array wire.Array) *arrayLog {
	for i := range l.arrays {
		if l.arrays[i].index == index {
			return &l.arrays[i]
		}
	}
	l.arrays = append(l.arrays, arrayLog{index: index, array: array})
	return &l.arrays[len(l.arrays)-1]
}

// note adds a change. It becomes one with the last if they touch and no window has
// been published in between.
func (a *arrayLog) note(c rangeChange, published uint64) {
	a.last = c.seq
	if c.From == c.To {
		return
	}
	if n := len(a.changes); n > 0 {
		last := &a.changes[n-1]
		if last.seq > published && c.From <= last.To && last.From <= c.To {
			last.From, last.To, last.seq = min(c.From, last.From), max(c.To, last.To), c.seq
			return
		}
	}
	if len(a.changes) == maxChanges {
		a.floor = a.changes[maxChanges/2-1].seq
		a.changes = append(a.changes[:0], a.changes[maxChanges/2:]...)
	}
	a.changes = append(a.changes, c)
}

// since returns the changes since then, as ascending ranges that do not touch.
func (a *arrayLog) since(seq uint64) []wire.Range {
	if seq < a.floor {
		return a.array.Pages.Since(seq)
	}
	var rs []wire.Range
	for _, c := range a.changes {
		if c.seq > seq {
			rs = append(rs, c.Range)
		}
	}
	return joined(rs, a.array.Pages.Len())
}

// joined sorts the ranges, joins those that touch, and cuts them off at size.
func joined(rs []wire.Range, size int) []wire.Range {
	slices.SortFunc(rs, func(a, b wire.Range) int { return a.From - b.From })
	out := rs[:0]
	for _, r := range rs {
		r.To = min(r.To, size)
		if r.From >= r.To {
			continue
		}
		if n := len(out); n > 0 && r.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, r.To)
			continue
		}
		out = append(out, r)
	}
	return out
}

// A partial is what a window contains of one array.
type partial struct {
	index  int
	array  wire.Array
	ranges []wire.Range
}

// partials returns what a page that has everything up to then must be sent of the
// property, which has size bytes; ok is false where it must be sent whole, or where
// that is not more.
func (l *patchLog) partials(seq uint64, size int) (out []partial, ok bool) {
	if seq < l.whole {
		return nil, false
	}
	some := 0
	for i := range l.arrays {
		a := &l.arrays[i]
		if a.last <= seq {
			continue
		}
		p := partial{a.index, a.array, a.since(seq)}
		for _, r := range p.ranges {
			some += r.To - r.From
		}
		out = append(out, p)
	}
	return out, some < size || some == 0
}

// patches writes what changed in parts, and returns the changes that are to be
// written whole. It is called with the store locked: see snapshot.paged.
func (w *writer) patches(ent *Entity, changes []change) (rest []change) {
	var ps []wire.ArrayPatch
	var refs []wire.Ref
	for i := range changes {
		s := &changes[i]
		var l *patchLog
		if s.kind == slotProp {
			l = ent.patchLog(int(s.index))
		}
		if l == nil {
			rest = append(rest, *s)
			continue
		}
		parts, ok := l.partials(w.since(ent), w.seg(s).arraySize())
		if !ok {
			rest = append(rest, *s)
			continue
		}
		for _, p := range parts {
			ps = append(ps, p.message(ent.kind.names[s.index]))
			refs = append(refs, wire.Ref{Pages: p.array.Pages, Ranges: p.ranges})
		}
	}
	if len(ps) == 0 {
		return rest
	}
	e := &w.enc
	var m wire.Message = &wire.GuiPatchMessage{UUID: ent.key, Patches: ps}
	if ent.kind.owned {
		m = &wire.SceneNodePatchMessage{Name: ent.key, Patches: ps, Owner: ent.owner()}
	}
	m.AppendTo(e)
	for i := range refs { // in the order of the patches, one each
		if len(refs[i].Ranges) > 0 {
			e.Refs[i].Pages, e.Refs[i].Ranges = refs[i].Pages, refs[i].Ranges
		}
	}
	w.emit(m.Type())
	return rest
}

// message is the patch without its data.
func (p *partial) message(property string) wire.ArrayPatch {
	size := p.array.ItemSize()
	m := wire.ArrayPatch{Property: property, Index: p.index, Total: p.array.Len(), Data: wire.Array{DType: p.array.DType}}
	for _, r := range p.ranges {
		m.Ranges = append(m.Ranges, r.From/size, (r.To-r.From)/size)
	}
	return m
}
