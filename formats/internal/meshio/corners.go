package meshio

import "math"

// Corner is a corner of a face, in formats that number points and what belongs to them on their own. What the numbers
// mean is up to the reader.
type Corner struct{ Point, Coord, Normal, Color uint32 }

// Corners numbers corners: equal ones have the same number.
type Corners struct {
	// All are the corners by their numbers.
	All []Corner
	// table has, at a place that the hash of a corner determines or behind it, the number of the corner plus 1 in the
	// lower half, and a part of the hash in the upper; 0 is free.
	table []uint64
	// last are corners that were found not long ago: most triangles share some with the one before.
	last [4]recent
	next int
}

type recent struct {
	corner Corner
	number uint32
}

// Number returns the number of a corner: a new one, unless there was the same before.
func (t *Corners) Number(c Corner) uint32 {
	if len(t.All) > 0 {
		for i := range t.last {
			if t.last[i].corner == c && t.last[i].number > 0 {
				return t.last[i].number - 1
			}
		}
	}
	found := t.find(c)
	t.last[t.next] = recent{c, found + 1}
	t.next = (t.next + 1) % len(t.last)
	return found
}

func (c Corner) hash() uint64 {
	return Hash(uint64(c.Point)|uint64(c.Coord)<<32, uint64(c.Normal)|uint64(c.Color)<<32)
}

func (t *Corners) find(c Corner) uint32 {
	if 2*len(t.All) >= len(t.table) {
		t.enlarge()
	}
	h := c.hash()
	mask := uint32(len(t.table) - 1)
	tag := h &^ math.MaxUint32
	for at := uint32(h) & mask; ; at = (at + 1) & mask {
		entry := t.table[at]
		if entry == 0 {
			t.All = append(t.All, c)
			t.table[at] = tag | uint64(len(t.All))
			return uint32(len(t.All) - 1)
		}
		if n := uint32(entry) - 1; entry&^math.MaxUint32 == tag && t.All[n] == c {
			return n
		}
	}
}

func (t *Corners) enlarge() {
	t.table = make([]uint64, max(16, 4*len(t.table)))
	mask := uint32(len(t.table) - 1)
	for n, c := range t.All {
		h := c.hash()
		at := uint32(h) & mask
		for t.table[at] != 0 {
			at = (at + 1) & mask
		}
		t.table[at] = h&^math.MaxUint32 | uint64(n+1)
	}
}
