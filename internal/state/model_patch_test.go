package state_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// Helpers of the model test and the tests of patches for arrays that are changed in
// part.

var cloudKind = state.SceneKind("PointCloudMessage", new(wire.PointCloudProps))

// cloudArrays are the properties of the two arrays below.
var cloudArrays = [2]int{wire.PointCloudPropsPoints, wire.PointCloudPropsColors}

// A pageCloud is a node with arrays as a page has it.
type pageCloud struct{ arrays [2]wire.Array }

func (c *pageCloud) array(property string) (*wire.Array, error) {
	switch property {
	case "points":
		return &c.arrays[0], nil
	case "colors":
		return &c.arrays[1], nil
	}
	return nil, fmt.Errorf("a change of %q", property)
}

func (c *pageCloud) update(us wire.Updates) error {
	for _, u := range us {
		a, err := c.array(u.Key)
		if err != nil {
			return err
		}
		*a = u.Value.(wire.Array)
	}
	return nil
}

// patch applies a patch as strictly as docs/wire.md has it.
func (p *page) patch(m *wire.SceneNodePatchMessage) error {
	c := p.clouds[m.Owner+"|"+m.Name]
	if c == nil {
		return fmt.Errorf("%q of %q is not there", m.Name, m.Owner)
	}
	for i := range m.Patches {
		p.patches++
		a, err := c.array(m.Patches[i].Property)
		if err == nil {
			err = apply(a, &m.Patches[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func apply(a *wire.Array, p *wire.ArrayPatch) error {
	if p.Data.DType != a.DType {
		return fmt.Errorf("elements are %s and %s", a.DType, p.Data.DType)
	}
	size := a.ItemSize()
	data, rest, end := slices.Clone(a.Data), p.Data.Data, 0
	for i := 0; i < len(p.Ranges); i += 2 {
		from, n := p.Ranges[i]*size, p.Ranges[i+1]*size
		if from < end || n <= 0 || from > len(data) || n > len(rest) {
			return fmt.Errorf("range %d of %v, with %d bytes for %d", i, p.Ranges, len(rest), len(data))
		}
		end = from + n
		data = append(data[:from], append(slices.Clone(rest[:n]), data[min(end, len(data)):]...)...)
		rest = rest[n:]
	}
	if len(rest) > 0 || p.Total*size > len(data) {
		return fmt.Errorf("%d bytes too many; %d of %d elements", len(rest), len(data)/size, p.Total)
	}
	a.Data = data[:p.Total*size]
	return nil
}

// A modelCloud is a node with arrays as a program has it: twice, once as the
// handle keeps it and once as plain bytes.
type modelCloud struct {
	ent   *state.Entity
	scope *state.Scope
	props wire.PointCloudProps
	bytes [2][]byte
}

func (c *modelCloud) array(i int) *wire.Array {
	return [2]*wire.Array{&c.props.Points, &c.props.Colors}[i]
}

func addCloud(sc *state.Scope, name string, c *modelCloud, replaces *state.Entity) {
	c.scope = sc
	c.ent = sc.Create(&state.Create{Kind: cloudKind, Key: name, Props: &c.props, Replaces: replaces, Head: state.Head(func(e *wire.Encoder) int {
		e.String("name")
		e.String(name)
		e.String("owner")
		e.String(sc.Owner())
		e.String("virtual")
		e.Bool(false)
		return 3
	})})
}

// some draws bytes: few, or more than a page of them.
func (w *world) some(multiple int) []byte {
	n := rapid.IntRange(0, 4).Draw(w.t, "count")
	if rapid.IntRange(0, 7).Draw(w.t, "large") == 0 {
		n += 18_000
	}
	return bytes.Repeat([]byte{rapid.Byte().Draw(w.t, "byte")}, multiple*n)
}

func (w *world) set(c *modelCloud, i int) {
	c.bytes[i] = w.some(4)
	*c.array(i) = wire.Array{DType: [2]string{wire.Float32, wire.Uint8}[i], Data: slices.Clone(c.bytes[i])}
}

func (w *world) addCloud() {
	sc := w.scope()
	name := "/" + rapid.StringMatching("[pq]").Draw(w.t, "cloud")
	key := sc.Owner() + "|" + name
	c := &modelCloud{}
	w.set(c, 0)
	w.set(c, 1)
	var old *state.Entity
	if w.clouds[key] != nil {
		old = w.clouds[key].ent
	}
	addCloud(sc, name, c, old)
	w.clouds[key] = c
}

func (w *world) cloud() (string, *modelCloud) {
	if len(w.clouds) == 0 {
		return "", nil
	}
	key := rapid.SampledFrom(slices.Sorted(maps.Keys(w.clouds))).Draw(w.t, "cloud")
	return key, w.clouds[key]
}

func (w *world) removeCloud() {
	if key, c := w.cloud(); c != nil {
		c.ent.Remove()
		delete(w.clouds, key)
	}
}

// setCloud sets arrays whole.
func (w *world) setCloud() {
	if _, c := w.cloud(); c != nil {
		i := rapid.IntRange(0, 1).Draw(w.t, "array")
		w.set(c, i)
		c.ent.SetProps(&c.props, cloudArrays[i])
	}
}

// patchCloud changes one or both arrays in part: somewhere, at the end, or by
// cutting them off; sometimes so often that the log of changes overflows.
func (w *world) patchCloud() {
	_, c := w.cloud()
	if c == nil {
		return
	}
	times := 1
	if rapid.IntRange(0, 15).Draw(w.t, "often") == 0 {
		times = 70
	}
	for range times {
		var ps []state.Patch
		for i := range 2 {
			if rapid.IntRange(0, 2).Draw(w.t, "in it") > 0 {
				ps = append(ps, w.patchOf(c, i))
			}
		}
		c.ent.Patch(ps...)
	}
}

func (w *world) patchOf(c *modelCloud, i int) state.Patch {
	b := &c.bytes[i]
	at := 4 * rapid.IntRange(0, len(*b)/4).Draw(w.t, "offset")
	data := w.some(4)
	total := max(len(*b), at+len(data))
	if rapid.IntRange(0, 4).Draw(w.t, "cut") == 0 {
		total = 4 * rapid.IntRange(0, total/4).Draw(w.t, "total")
	}
	whole := append(slices.Clone((*b)[:at]), data...)
	if len(whole) < len(*b) {
		whole = append(whole, (*b)[len(whole):]...)
	}
	*b = whole[:total]
	return state.Patch{Prop: cloudArrays[i], Array: c.array(i), Offset: at, Data: data, Total: total}
}

func (w *world) checkClouds(id string, c *page) {
	seen := 0
	for key, m := range w.clouds {
		if o := m.scope.Owner(); o != "" && o != id {
			continue
		}
		seen++
		got := c.clouds[key]
		if got == nil {
			w.t.Fatalf("client %s does not see %s", id, key)
		}
		for i := range 2 {
			if !bytes.Equal(m.array(i).Bytes(), m.bytes[i]) {
				w.t.Fatalf("array %d of %s is not what was written", i, key)
			}
			if !bytes.Equal(got.arrays[i].Data, m.bytes[i]) {
				w.t.Fatalf("client %s sees array %d of %s otherwise: %d bytes, not %d", id, i, key, len(got.arrays[i].Data), len(m.bytes[i]))
			}
		}
	}
	if seen != len(c.clouds) {
		w.t.Fatalf("client %s sees %d clouds, not %d", id, len(c.clouds), seen)
	}
}
