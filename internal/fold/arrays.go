package fold

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// placeholderPrefix is how far before its Ref.Pos the placeholder of an array begins.
const placeholderPrefix = len("\x82\xae__binary_index\xce")

// An array is one of a message.
type array struct {
	dtype string
	data  []byte
}

// arrayAt reads the placeholder at pos, which refs has; false if there is none.
func arrayAt(b []byte, refs []wire.Ref, pos int) (a array, end int, ok bool) {
	found := refsIn(refs, pos, pos+placeholderPrefix+1)
	if len(found) == 0 || found[0].Pos != pos+placeholderPrefix {
		return a, 0, false
	}
	a.data = found[0].Data
	p := pairsAt(b, pos)
	for p.next() {
		if string(p.key) == "dtype" {
			dtype, _ := text(p.value())
			a.dtype = string(dtype)
		}
	}
	return a, p.pos, p.err == nil
}

// numbers are the elements of an array.
type numbers array

func (n numbers) size() int { return wire.Array{DType: n.dtype}.ItemSize() }

func (n numbers) len() int { return len(n.data) / n.size() }

func (n numbers) at(i int) float64 {
	switch n.dtype {
	case wire.Float32:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(n.data[4*i:])))
	case wire.Float64:
		return math.Float64frombits(binary.LittleEndian.Uint64(n.data[8*i:]))
	}
	return float64(binary.LittleEndian.Uint32(n.data[4*i:]))
}

// Poses calls position and orientation for what a PackedPosesMessage sets, in its order. What is not finite is left out.
func Poses(m wire.RawMessage, position func(id uint32, p [3]float64), orientation func(id uint32, wxyz [4]float64)) error {
	p, err := packedOf(m)
	if err != nil {
		return err
	}
	for i := range min(p.positionIDs.len(), p.positions.len()/3) {
		at := [3]float64{p.positions.at(3 * i), p.positions.at(3*i + 1), p.positions.at(3*i + 2)}
		if at[0]-at[0]+(at[1]-at[1])+(at[2]-at[2]) == 0 {
			position(uint32(p.positionIDs.at(i)), at)
		}
	}
	for i := range min(p.wxyzIDs.len(), p.wxyzs.len()/4) {
		q := [4]float64{p.wxyzs.at(4 * i), p.wxyzs.at(4*i + 1), p.wxyzs.at(4*i + 2), p.wxyzs.at(4*i + 3)}
		if isRotation(q) {
			orientation(uint32(p.wxyzIDs.at(i)), q)
		}
	}
	return nil
}

type packed struct{ positionIDs, positions, wxyzIDs, wxyzs numbers }

func packedOf(m wire.RawMessage) (packed, error) {
	var out packed
	want := map[string]*numbers{"position_ids": &out.positionIDs, "positions": &out.positions,
		"wxyz_ids": &out.wxyzIDs, "wxyzs": &out.wxyzs}
	p := pairsAt(m.B, 0)
	for p.next() {
		to := want[string(p.key)]
		if to == nil {
			continue
		}
		a, _, ok := arrayAt(m.B, m.Refs, p.from)
		isIDs := bytes.HasSuffix(p.key, []byte("_ids"))
		if !ok || isIDs != (a.dtype == wire.Uint32) || !isIDs && a.dtype != wire.Float32 && a.dtype != wire.Float64 {
			return packed{}, bad(m, errMalformed)
		}
		*to = numbers(a)
		delete(want, string(p.key))
	}
	switch {
	case p.err != nil:
		return packed{}, bad(m, p.err)
	case len(want) > 0:
		return packed{}, bad(m, errors.New("it has not all four arrays"))
	}
	return out, nil
}

// A Patch changes a part of an array.
type Patch struct {
	Property     []byte
	Index, Total int
	Ranges       []int // pairs of an offset and a length, in elements
	DType        string
	Data         []byte
}

// Patches reads those of a SceneNodePatchMessage or a GuiPatchMessage. They share memory with m.
func Patches(m wire.RawMessage) ([]Patch, error) {
	t, err := about(m, wire.Infos[m.Type].IDField, "patches")
	if err != nil {
		return nil, err
	}
	patches, err := patchesOf(m, t)
	if err != nil {
		return nil, bad(m, err)
	}
	return patches, nil
}

// patchesOf reads the patches of a message.
func patchesOf(m wire.RawMessage, t target) ([]Patch, error) {
	n, rest, err := msgp.ReadArrayHeaderBytes(t.rest.value())
	if err != nil {
		return nil, errMalformed
	}
	var out []Patch
	pos := t.rest.to - len(rest)
	for ; n > 0; n-- {
		p, end, err := patchAt(m, pos)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
		pos = end
	}
	return out, nil
}

func patchAt(m wire.RawMessage, pos int) (out Patch, end int, err error) {
	p := pairsAt(m.B, pos)
	ok := true
	seen := 0
	for p.next() {
		fine := true
		switch v := p.value(); string(p.key) {
		case "property":
			out.Property, fine = text(v)
			seen |= 1
		case "index":
			out.Index, fine = count(v, math.MaxInt32)
		case "total":
			out.Total, fine = count(v, math.MaxInt32)
			seen |= 2
		case "ranges":
			out.Ranges, fine = counts(v)
			seen |= 4
		case "data":
			var a array
			a, _, fine = arrayAt(m.B, m.Refs, p.from)
			out.DType, out.Data = a.dtype, a.data
			seen |= 8
		}
		ok = ok && fine
	}
	switch {
	case p.err != nil:
		return Patch{}, 0, p.err
	case !ok || seen != 15:
		return Patch{}, 0, errMalformed
	}
	return out, p.pos, nil
}

func counts(b []byte) ([]int, bool) {
	n, rest, err := msgp.ReadArrayHeaderBytes(b)
	if err != nil || int(n) > len(rest) {
		return nil, false
	}
	out := make([]int, n)
	for i := range out {
		x, after, ok := number(rest)
		if !ok || x != math.Trunc(x) || x < 0 || x > math.MaxInt32 {
			return nil, false
		}
		out[i], rest = int(x), after
	}
	return out, true
}

// patch changes arrays; patches that do not fit are skipped.
func (c *content) patch(patches []Patch, token uint64) {
	c.write(token)
	for _, p := range patches {
		if v, found := c.prop(p.Property); found {
			if v, ok := v.patched(&p, token); ok && len(c.changes) < maxChanges {
				c.set(p.Property, v)
			}
		}
	}
}

// patched changes the array in v, or one of the arrays of a list.
func (v value) patched(p *Patch, token uint64) (value, bool) {
	i, ok := v.arrayIndex(p.Index)
	if !ok {
		return v, false
	}
	a, _, ok := arrayAt(v.B, v.Refs, v.Refs[i].Pos-placeholderPrefix)
	size := wire.Array{DType: a.dtype}.ItemSize()
	if !ok || !p.Fits(a.dtype, len(a.data)) {
		return v, false
	}
	if !slices.Contains(v.own, token) {
		v = v.keepShared() // others may have the slices
	}
	if v.own[i] != token || p.Total*size > cap(a.data) {
		a.data = grown(a.data, p.Total*size)
		v.own[i] = token
	}
	v.Refs[i].Data = p.write(a.data[:p.Total*size], size)
	return v, true
}

// keepShared copies v, but not its arrays.
func (v value) keepShared() value {
	out := value{B: bytes.Clone(v.B), own: make([]uint64, len(v.Refs))}
	out.Refs = append(out.Refs, v.Refs...)
	return out
}

// arrayIndex returns which of the arrays a patch is about: of the one there is, or of a list its element.
func (v value) arrayIndex(index int) (int, bool) {
	if _, _, ok := arrayAt(v.B, v.Refs, 0); ok {
		return 0, true
	}
	n, rest, err := msgp.ReadArrayHeaderBytes(v.B)
	if err != nil || index >= int(n) {
		return 0, false
	}
	for ; index > 0; index-- {
		if rest, err = msgp.Skip(rest); err != nil {
			return 0, false
		}
	}
	pos := len(v.B) - len(rest) + placeholderPrefix
	for i, r := range v.Refs {
		if r.Pos == pos {
			return i, true
		}
	}
	return 0, false
}

// alike reports whether a page has the same kind of array for both element types.
func alike(a, b string) bool {
	like := func(dtype string) string {
		if dtype == wire.Float16 {
			return wire.Uint16
		}
		return dtype
	}
	return like(a) == like(b)
}

// Fits reports whether the patch can be applied to an array of so many bytes: without gaps or data in excess, so that an
// array can't grow by more than what was sent.
func (p *Patch) Fits(dtype string, bytes int) bool {
	size := wire.Array{DType: dtype}.ItemSize()
	if size == 0 || !alike(dtype, p.DType) || len(p.Ranges)%2 != 0 {
		return false
	}
	length, end, sum := bytes/size, 0, 0
	for i := 0; i < len(p.Ranges); i += 2 {
		from, n := p.Ranges[i], p.Ranges[i+1]
		if from < end || from > max(length, end) {
			return false
		}
		end = from + n
		sum += n
	}
	return sum*size == len(p.Data) && end <= p.Total && p.Total <= max(length, end)
}

// write copies the elements to their places.
func (p *Patch) write(to []byte, size int) []byte {
	data := p.Data
	for i := 0; i < len(p.Ranges); i += 2 {
		n := p.Ranges[i+1] * size
		copy(to[p.Ranges[i]*size:], data[:n])
		data = data[n:]
	}
	return to
}

// grown copies data, with room for size bytes, and for more if it grows.
func grown(data []byte, size int) []byte {
	capacity := len(data)
	if size > len(data) {
		capacity = max(size, len(data)+len(data)/2)
	}
	return append(make([]byte, 0, capacity), data...)
}
