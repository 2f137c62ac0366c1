package recording

import (
	"encoding/binary"
	"fmt"
	"math"
	"weak"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/wire"
)

// A keyframe is written when a reader would otherwise read more than keyEntries entries, keyChunks chunks, or keyRatio
// times the bytes of the keyframe, to show one moment.
const (
	keyEntries = 20_000
	keyChunks  = 64
	keyRatio   = 8
	keyLeast   = 16 << 10 // bytes
)

// keyframes has what the writer needs to write states.
type keyframes struct {
	infos []keyframeInfo
	state *fold.State
	dirty []*poseNode // whose last pose state does not have
	ids   map[arrayID]uint32

	// Since the last keyframe:
	entries, chunks int
	bytes           int64

	// Of the last one that was prepared: its bytes, and those of arrays that only it has.
	cost, fresh int64
}

// An arrayID identifies an array in memory, which it does not keep there.
type arrayID struct {
	at     weak.Pointer[byte]
	length int
}

func idOf(data []byte) arrayID {
	if len(data) == 0 {
		return arrayID{}
	}
	return arrayID{weak.Make(&data[0]), len(data)}
}

// keyframe takes up a chunk that was written, and writes the state if it is time to.
func (b *body) keyframe(c *chunk) error {
	k := &b.keys
	for i := range c.items {
		k.apply(c, &c.items[i])
	}
	k.entries += c.count + c.ours
	k.chunks++
	k.bytes += int64(len(c.stream) + len(c.extras) + c.arrayLen)
	if !k.due() {
		return nil
	}
	k.flush()
	var messages []wire.RawMessage
	k.cost, k.fresh = 0, 0
	for m := range k.state.Messages() {
		messages = append(messages, m)
		k.cost += int64(len(m.B))
		for _, r := range m.Refs {
			if _, known := k.ids[idOf(r.Data)]; !known {
				k.fresh += int64(len(r.Data))
			}
		}
	}
	if !k.due() {
		return nil
	}
	return b.writeKeyframe(c.to, messages)
}

// due reports whether a keyframe of the last one's size is worth its bytes.
func (k *keyframes) due() bool {
	many := k.entries > keyEntries || k.chunks > keyChunks
	return many && k.bytes >= k.fresh || k.bytes > max(keyLeast, keyRatio*(k.cost+k.fresh))
}

// apply takes up an entry. Of the poses of a node only the last one matters, so they wait.
func (k *keyframes) apply(c *chunk, it *item) {
	if n := it.node; n != nil {
		n.last = append(n.last[:0], c.stream[it.start:it.end]...)
		if !n.dirty {
			n.dirty = true
			k.dirty = append(k.dirty, n)
		}
		return
	}
	if beforePoses(it.typ) {
		k.flush()
	}
	// A message that is refused is refused by every reader.
	_ = k.state.Apply(c.messageOf(*it))
}

// flush applies the poses that wait.
func (k *keyframes) flush() {
	for _, n := range k.dirty {
		_ = k.state.Apply(wire.RawMessage{Type: n.typ, B: n.last})
		n.dirty = false
	}
	clear(k.dirty)
	k.dirty = k.dirty[:0]
}

func (b *body) writeKeyframe(t float64, messages []wire.RawMessage) error {
	k := &b.keys
	plain := append(make([]byte, 0, int(k.cost)+8), 0xdd)
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(messages)))
	ids := map[arrayID]uint32{}
	for _, m := range messages {
		start := len(plain)
		plain = append(plain, m.B...)
		for _, r := range m.Refs {
			i, err := b.identified(r.Data)
			if err != nil {
				return err
			}
			ids[idOf(r.Data)] = i
			binary.BigEndian.PutUint32(plain[start+r.Pos:], i)
		}
	}
	k.ids = ids // of the others, none is in the state
	out := le.AppendUint64(skippable(magicKeyframe), math.Float64bits(t))
	out = le.AppendUint64(out, uint64(b.entries+b.extras))
	out, err := packed(out, plain)
	if err != nil {
		return err
	}
	info := keyframeInfo{b.pos, int64(len(out)), t, int64(len(b.chunks) - 1)}
	if err := b.append(out); err != nil {
		return err
	}
	b.pieces = append(b.pieces, piece{info.offset, info.size, false})
	k.infos = append(k.infos, info)
	k.entries, k.chunks, k.bytes = 0, 0, 0
	return nil
}

// identified is array for one that may be the same memory as before.
func (b *body) identified(data []byte) (uint32, error) {
	if i, ok := b.keys.ids[idOf(data)]; ok && len(data) > 0 {
		return i, nil
	}
	return b.array(data)
}

// keyframe returns the messages of a keyframe.
func (r *Reader) keyframe(k keyframeInfo) ([]wire.RawMessage, error) {
	plain, err := r.src.keyframe(k)
	if err != nil {
		return nil, err
	}
	s := &scanner{b: plain}
	n := s.list()
	if s.err != nil {
		return nil, fmt.Errorf("the keyframe at %g s: %w", k.t, s.err)
	}
	out := make([]wire.RawMessage, 0, n)
	for b := s.b; n > 0; n-- {
		var m wire.RawMessage
		if m, b, err = wire.ReadRawMessage(b, r.array); err != nil {
			return nil, fmt.Errorf("the keyframe at %g s: %w", k.t, err)
		}
		out = append(out, m)
	}
	return out, nil
}
