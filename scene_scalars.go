package viser

import (
	"image/color"
	"math"
	"slices"

	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/internal/wire"
)

// ScalarNode is a [Node] that can be colored by number: each of its pieces has a
// number, such as a temperature or a class, and a color map has the colors. The client
// maps them, so that a changed range or map sends no numbers again, and shows a color
// bar. Upstream viser's client is sent the colors, except for a [Mesh] and a
// [BatchedGLB], which it shows as without numbers.
//
// The numbers are for the pieces in their order. If there are later fewer numbers than
// pieces, because points were added for instance, the rest have the color of NaN;
// numbers without a piece have no effect.
type ScalarNode interface {
	Node
	// SetScalars colors the node by number.
	SetScalars(values []float32, opts *ScalarsOptions)
	// SetScalarsAt changes some of the numbers.
	SetScalarsAt(offset int, values []float32)
	// Scalars returns a copy of the numbers; nil if the node is not colored by number.
	Scalars() []float32
	// SetScalarsOptions changes how numbers become colors.
	SetScalarsOptions(opts ScalarsOptions)
	// ScalarsOptions returns how numbers become colors, as it was set.
	ScalarsOptions() ScalarsOptions
	// SetScalarsRange sets the numbers of the first and the last color.
	SetScalarsRange(lo, hi float64)
	// ScalarsRange returns the numbers of the first and the last color.
	ScalarsRange() (lo, hi float64)
	// ClearScalars returns to the node's own colors.
	ClearScalars()
}

var (
	_ ScalarNode = (*Arrows)(nil)
	_ ScalarNode = (*BatchedGLB)(nil)
	_ ScalarNode = (*BatchedMeshes)(nil)
	_ ScalarNode = (*GaussianSplats)(nil)
	_ ScalarNode = (*LineSegments)(nil)
	_ ScalarNode = (*Mesh)(nil)
	_ ScalarNode = (*PointCloud)(nil)
	_ ScalarNode = (*Vectors)(nil)
)

// ScalarsOptions are how numbers become colors, see [ScalarNode].
type ScalarsOptions struct {
	// Map has the colors; default colormap.Viridis, or colormap.Categories if
	// Categorical is set.
	Map *colormap.Map
	// Range has the numbers of the first and the last color; numbers outside have the
	// color of the nearest end. Default nil: the smallest and the largest finite number
	// of the last SetScalars; with Log, of those above 0.
	Range *[2]float64
	// Log maps the logarithms of the numbers. Numbers that are not above 0 have the color
	// of NaN. Default false.
	Log bool
	// Categorical gives each whole number a color of its own; after the last one the
	// colors of the map repeat. Numbers are rounded. Default false.
	Categorical bool
	// Names are the names of the categories 0, 1, 2 …, for the color bar; they require
	// Categorical.
	Names []string
	// NaNColor is the color of numbers that are NaN, or missing; default {128, 128, 128}.
	NaNColor color.Color
	// HideNaN leaves out what has that color, on this library's client; default false.
	HideNaN bool
	// PerFace tells that the numbers of a Mesh are those of its faces, if it has as many
	// faces as vertices; default false.
	PerFace bool
	Label   string // what the numbers are, for the color bar; default none
	Unit    string // the unit of the numbers, for the color bar; default none
	NoBar   bool   // whether the client shows no color bar; default false
}

// look checks the options and gives the property. It calls a method of the program's, so
// no lock may be held.
func (o *ScalarsOptions) look(fn string) *wire.ScalarsLook {
	if o.Names != nil && !o.Categorical {
		usage(fn, "Names are of categories; set Categorical too")
	}
	if o.Categorical && o.Log {
		usage(fn, "Categorical and Log are both set; set one of them")
	}
	o.checkRange(fn, o.Range)
	m := o.Map
	switch {
	case m == nil && o.Categorical:
		m = colormap.Categories
	case m == nil:
		m = colormap.Viridis
	}
	look := &wire.ScalarsLook{
		Map: m.Name(), Log: o.Log, Categories: o.Categorical, Names: slices.Clone(o.Names),
		NaN: rgbOf(o.NaNColor, RGB{128, 128, 128}), HideNaN: o.HideNaN, Label: o.Label, Unit: o.Unit, NoBar: o.NoBar,
	}
	for _, c := range m.Colors() {
		look.Colors = append(look.Colors, c[:]...)
	}
	return look
}

func (o *ScalarsOptions) checkRange(fn string, r *[2]float64) {
	switch {
	case r == nil:
	case !finite(r[0]) || !finite(r[1]):
		usage(fn, "the range %v is not finite", *r)
	case r[0] > r[1]:
		usage(fn, "the range begins at %v, above its end %v", r[0], r[1])
	case o.Log && r[0] <= 0:
		usage(fn, "the range begins at %v; with Log it must begin above 0", r[0])
	}
}

// clone is a copy that shares no memory with the program's.
func (o ScalarsOptions) clone() ScalarsOptions {
	if o.Range != nil {
		o.Range = new(*o.Range)
	}
	o.Names = slices.Clone(o.Names)
	return o
}

// An extent is the bounds of numbers: of the finite ones, and of those above 0.
type extent struct{ least, most, above float64 }

func extentOf(values []float32) extent {
	least, most, above := float32(math.MaxFloat32), float32(-math.MaxFloat32), float32(math.MaxFloat32)
	for _, v := range values {
		// What is not finite, less itself, is not 0.
		if v-v != 0 {
			continue
		}
		if v < least {
			least = v
		}
		if v > most {
			most = v
		}
		if v > 0 && v < above {
			above = v
		}
	}
	return extent{float64(least), float64(most), float64(above)}
}

// bounds is the range by default.
func (e extent) bounds(log bool) [2]float64 {
	switch {
	case log && e.most <= 0: // none is above 0
		return [2]float64{1, 10}
	case log:
		return [2]float64{e.above, e.most}
	case e.least > e.most: // none is finite
		return [2]float64{0, 1}
	}
	return [2]float64{e.least, e.most}
}

// byNumber is what the handles embed that can be colored by number.
type byNumber struct {
	interactive
	scalars *wire.ScalarProps // among the handle's properties
	key     int               // of the first of them; the others follow
	// rows gives the numbers of pieces, and of their corners if those can have numbers,
	// else -1; mu is held.
	rows func() (pieces, corners int)

	given  ScalarsOptions
	style  *wire.ScalarsLook // of the options that were given; nil for none
	extent extent
}

// numbers connects b with the handle's properties, before that is added to a scene.
func (b *byNumber) numbers(props *wire.ScalarProps, key int, rows func() (pieces, corners int)) {
	b.scalars, b.key, b.rows = props, key, rows
}

// SetScalars colors the node by number: one for each point, line, arrow, splat or
// instance. A Mesh takes one for each vertex, interpolated between them, or one for
// each face; LineSegments also take one for each end. Nil options keep those that were
// set before. The numbers are copied. It panics with a *UsageError, and changes
// nothing, if their number is another, a range is not finite or begins above its end,
// or one for Log does not begin above 0. Numbers that are all NaN are shown as such.
func (b *byNumber) SetScalars(values []float32, opts *ScalarsOptions) {
	const fn = "SetScalars"
	var look *wire.ScalarsLook
	if opts != nil {
		look = opts.look(fn)
	}
	array, extent := wire.Float32s(values), extentOf(values)
	if array.Data == nil {
		array.Data = []byte{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	perFace := b.given.PerFace
	if opts != nil {
		perFace = opts.PerFace
	}
	corners := b.areCorners(fn, len(values), perFace)
	if opts != nil {
		b.given, b.style = opts.clone(), look
	}
	// What the options have as a color is the program's: it is not asked with the lock held.
	if look = b.scalars.ScalarsLook; look == nil || opts != nil {
		look = b.style
	}
	if look == nil {
		look = (&ScalarsOptions{}).look(fn)
	}
	b.extent = extent
	b.scalars.Scalars = array
	b.restyle(look, corners, b.key)
}

// areCorners reports whether n numbers are those of the corners; mu is held.
func (b *byNumber) areCorners(fn string, n int, perFace bool) bool {
	pieces, corners := b.rows()
	switch {
	case corners >= 0 && n == corners && !(perFace && n == pieces):
		return true
	case n == pieces:
		return false
	case corners >= 0:
		usage(fn, "%d numbers; give %d or %d", n, pieces, corners)
	}
	usage(fn, "%d numbers; give one for each of the %d", n, pieces)
	return false
}

// restyle sends the look and the range that goes with it, if they have changed, and more
// properties; mu is held.
func (b *byNumber) restyle(look *wire.ScalarsLook, corners bool, keys ...int) {
	p := b.scalars
	between := b.extent.bounds(look.Log)
	if b.given.Range != nil {
		between = *b.given.Range
	}
	if p.ScalarsRange == nil || *p.ScalarsRange != between {
		p.ScalarsRange = &between
		keys = append(keys, b.key+1)
	}
	if p.ScalarsLook != look || look.Corners != corners {
		own := *look
		own.Corners = corners
		p.ScalarsLook = &own
		keys = append(keys, b.key+2)
	}
	if len(keys) > 0 {
		b.changed(keys...)
	}
}

// SetScalarsAt changes the numbers from index offset on. Only these are sent. They may
// extend the numbers, up to one for each piece, when pieces were appended. A range that
// was not given remains as it is. It panics with a *UsageError if the node is not
// colored by number, or the numbers begin behind the end of the others or exceed the
// pieces.
func (b *byNumber) SetScalarsAt(offset int, values []float32) {
	const fn = "SetScalarsAt"
	data := wire.Float32s(values).Data
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.scalars
	if p.Scalars.IsNull() {
		usage(fn, "the node is not colored by number; SetScalars does that")
	}
	rows, corners := b.rows()
	if p.ScalarsLook.Corners {
		rows = corners
	}
	checkPart(fn, offset, len(values), max(rows, p.Scalars.Len()))
	if offset > p.Scalars.Len() {
		usage(fn, "number %d would be behind the end of the %d", offset, p.Scalars.Len())
	}
	if len(values) > 0 {
		a := arrayField{field: &p.Scalars, key: b.key}
		b.patch(fn, a.writes(offset, floatRow, data))
	}
}

// Scalars returns a copy of the numbers; nil if the node is not colored by number.
func (b *byNumber) Scalars() []float32 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.scalars.Scalars.IsNull() {
		return nil
	}
	return b.scalars.Scalars.Float32s()
}

// SetScalarsOptions changes how numbers become colors, without sending the numbers
// again; PerFace has no effect until the next SetScalars. If the node is not colored by
// number, the options are those of the next SetScalars with nil options. It panics with
// a *UsageError for the reasons of SetScalars.
func (b *byNumber) SetScalarsOptions(opts ScalarsOptions) {
	look := opts.look("SetScalarsOptions")
	b.mu.Lock()
	defer b.mu.Unlock()
	b.given, b.style = opts.clone(), look
	if old := b.scalars.ScalarsLook; old != nil {
		b.restyle(look, old.Corners)
	}
}

// ScalarsOptions returns how numbers become colors, as it was set.
func (b *byNumber) ScalarsOptions() ScalarsOptions {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.given.clone()
}

// SetScalarsRange sets the numbers of the first and the last color: the Range of the
// options. Nothing else is sent. It panics with a *UsageError if one is not finite, or
// lo is above hi or, with Log, not above 0.
func (b *byNumber) SetScalarsRange(lo, hi float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := [2]float64{lo, hi}
	b.given.checkRange("SetScalarsRange", &r)
	b.given.Range = &r
	if look := b.scalars.ScalarsLook; look != nil {
		b.restyle(look, look.Corners)
	}
}

// ScalarsRange returns the numbers of the first and the last color; 0 and 0 if the node
// is not colored by number.
func (b *byNumber) ScalarsRange() (lo, hi float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := orPtr(b.scalars.ScalarsRange, [2]float64{})
	return r[0], r[1]
}

// ClearScalars returns to the node's own colors. It keeps the options for the next
// SetScalars.
func (b *byNumber) ClearScalars() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.scalars.Scalars.IsNull() {
		*b.scalars = wire.ScalarProps{}
		b.changed(b.key, b.key+1, b.key+2)
	}
}
