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
	// mesh is of a mesh, which has no colors of vertices there: a GLB file is shown instead.
	mesh  bool
	faces int
	plain *form
	names []string
}

// bakingOf returns that of a kind, whose names are those of its properties, nil if it has none.
func bakingOf(create string, names []string, plain *form) *baking {
	at := func(name string) int { return slices.Index(names, name) }
	b := &baking{scalars: at("scalars"), between: at("scalars_range"), as: at("scalars_look"), plain: plain, names: names}
	if create == "MeshMessage" {
		b.mesh, b.into, b.rows, b.faces = true, at("scalars"), at("vertices"), at("faces")
	} else {
		of, ok := wire.Bakings[create]
		if !ok {
			return nil
		}
		b.Baking, b.into, b.rows = of, at(of.Into), at(of.Rows)
	}
	if min(b.into, b.rows, b.faces, b.scalars, b.between, b.as) < 0 { // of an older server, passed on by a relay
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
	mesh    *bakedMesh // of a mesh
	file    bool       // a mesh is shown as a file
}

// A bakedMesh is what the message that creates a mesh, or the GLB file in its place, has besides.
type bakedMesh struct {
	faces  wire.Array
	head   []byte
	fields int32
	segs   []Segment // of all properties
}

// value returns the property's value. If arrays are in pages it is first called with the store locked: see
// snapshot.paged.
func (b *baked) value() Segment {
	b.once.Do(func() {
		switch {
		case b.mesh != nil:
			b.into = b.meshMessage()
			b.mesh = nil
		case !b.scalars.IsNull():
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

// glbType is the message that shows a mesh to pages of the plain dialect.
const glbType = "GlbMessage"

// messageType is that of the message that the value of a mesh is.
func (b *baked) messageType() string {
	if b.file {
		return glbType
	}
	return b.how.plain.create
}

// meshMessage returns the message that creates the mesh, as a file if it has scalars: pages replace what has the name.
func (b *baked) meshMessage() Segment {
	e, how := encoders.Get().(*wire.Encoder), b.how
	defer putEncoder(e)
	e.Reset()
	e.MapHeader(int(b.mesh.fields) + 2)
	e.B = append(e.B, b.mesh.head...)
	e.String("props")
	if !b.file {
		e.MapHeader(len(how.plain.keys))
		for i, key := range how.plain.keys {
			e.B = append(e.B, key...)
			b.mesh.segs[i].appendTo(e)
		}
		e.B = append(e.B, how.plain.end...)
		return segment(e)
	}
	var also []int
	for _, name := range [...]string{"cast_shadow", "receive_shadow", "scale"} {
		if i := slices.Index(how.names, name); i >= 0 {
			also = append(also, i)
		}
	}
	e.MapHeader(1 + len(also))
	e.String("glb_data")
	e.Bytes(wire.BakeMesh(b.rows, b.mesh.faces, b.scalars, b.between, b.as))
	for _, i := range also {
		e.String(how.names[i])
		b.mesh.segs[i].appendTo(e)
	}
	e.B = append(e.B, glbEnd...)
	return segment(e)
}

var glbEnd = packType(glbType)

// bakeCreated is bake for a new entity, which nothing refers to.
func (ent *Entity) bakeCreated() {
	if how := ent.kind.baking; how != nil && ent.content.segs != nil && len(ent.content.segs[how.scalars].Refs) > 0 {
		ent.detail().baked = ent.bakedNow()
	}
}

func (ent *Entity) bakedNow() *baked {
	how, segs := ent.kind.baking, ent.content.segs
	b := &baked{how: how, into: segs[how.into], rows: segs[how.rows].array(), scalars: segs[how.scalars].array(),
		between: segs[how.between].B, as: segs[how.as].B}
	if how.mesh {
		b.file = !b.scalars.IsNull()
		b.mesh = &bakedMesh{faces: segs[how.faces].array(), head: ent.content.header(), fields: ent.content.fields, segs: slices.Clone(segs)}
	}
	return b
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
	return b.mesh || i == b.into || i == b.rows || i == b.scalars || i == b.between || i == b.as
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
