package state

import (
	"slices"
	"sync"

	"github.com/viser-go/viser/internal/wire"
)

// Scalars are for pages of the extended dialect, which color by them themselves. Pages of the plain dialect are sent
// another property instead, with the colors baked into it. They are computed when such a page is sent them, and once for
// all of them: a program that colors a million points by number 60 times a second pays nothing for pages that it has not.

// A baking is how a kind is colored by number in the plain dialect, with indices of properties.
type baking struct {
	wire.Baking
	into, rows           int
	scalars, between, as int
}

// bakingOf returns that of a kind, nil if it has none.
func bakingOf(create string, names []string) *baking {
	of, ok := wire.Bakings[create]
	if !ok {
		return nil
	}
	at := func(name string) int { return slices.Index(names, name) }
	b := &baking{Baking: of, into: at(of.Into), rows: at(of.Rows), scalars: at("scalars"), between: at("scalars_range"), as: at("scalars_look")}
	if min(b.into, b.rows, b.scalars, b.between, b.as) < 0 { // of an older server, passed on by a relay
		return nil
	}
	return b
}

// A baked is the value of a property with the colors of scalars.
type baked struct {
	how     *baking
	once    sync.Once
	into    Segment
	rows    wire.Array
	scalars wire.Array // null for none
	between []byte
	as      []byte
}

// value returns the property's value. If arrays are in pages it is first called with the store locked: see
// snapshot.paged.
func (b *baked) value() Segment {
	b.once.Do(func() {
		if !b.scalars.IsNull() {
			e := encoders.Get().(*wire.Encoder)
			defer putEncoder(e)
			e.Reset()
			e.Array(b.how.Bake(b.rows, b.scalars, b.between, b.as))
			b.into = segment(e)
		}
		b.rows, b.scalars, b.between, b.as = wire.Array{}, wire.Array{}, nil, nil
	})
	return b.into
}

// bakeCreated is bake for a new entity, which nothing refers to.
func (ent *Entity) bakeCreated() {
	if how := ent.kind.baking; how != nil && ent.content.segs != nil && len(ent.content.segs[how.scalars].Refs) > 0 {
		ent.detail().baked = ent.bakedNow()
	}
}

func (ent *Entity) bakedNow() *baked {
	how, segs := ent.kind.baking, ent.content.segs
	return &baked{how: how, into: segs[how.into], rows: segs[how.rows].array(), scalars: segs[how.scalars].array(),
		between: segs[how.between].B, as: segs[how.as].B}
}

// array is the array that is the value, null if there is none.
func (s *Segment) array() wire.Array {
	if len(s.Refs) != 1 {
		return wire.Array{}
	}
	return wire.Array{DType: s.Refs[0].DType(s.B), Data: s.Refs[0].Data, Pages: s.Refs[0].Pages}
}

// bake notes that these properties have changed. The store is locked.
func (ent *Entity) bake(changed []int) {
	how := ent.kind.baking
	if how == nil || ent.removed || !slices.ContainsFunc(changed, how.uses) {
		return
	}
	ent.ownValues()
	var b *baked
	had, has := ent.more.baked != nil, len(ent.content.segs[how.scalars].Refs) > 0
	if had || has {
		b = ent.bakedNow()
		ent.detail().baked = nil
		if has {
			ent.more.baked = b
		}
	}
	for _, i := range changed {
		if how.uses(i) {
			ent.propSlot(i).seg().baked = b
		}
	}
}

// uses reports whether the colors depend on the property.
func (b *baking) uses(i int) bool {
	return i == b.into || i == b.rows || i == b.scalars || i == b.between || i == b.as
}

// baked is what pages of the plain dialect are sent because of these changes; nil for nothing more.
func (w *writer) baked(form *form, changes []change) *baked {
	if !form.bakes {
		return nil
	}
	for i := range changes { // the newest is first
		if s := &changes[i]; s.kind == slotProp && w.seg(s).baked != nil {
			return w.seg(s).baked
		}
	}
	return nil
}
