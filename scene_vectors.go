package viser

import (
	"math"
	"slices"

	"github.com/viser-go/viser/internal/wire"
)

// Vectors are a field of vectors: an arrow for each, from where it is.
//
// Vectors are [Clickable] and [Draggable]. The InstanceIndex of the events is the
// vector's. Upstream viser's client reports no clicks on them; this library's does.
//
// Vectors are a [ScalarNode].
type Vectors struct {
	byNumber
	props           wire.ArrowProps
	color           RGB // of all vectors where no colors are given
	starts, vectors []Vec3f
	lengthScale     float64 // as it was given
	thickness       float64 // as it was given
	normalized      bool
	byLength        bool // the scalars are the lengths
}

// AddVectors adds an arrow for each vector, which begins at its start; both are in scene
// units in the node's frame, times LengthScale. Vectors of length zero and those that
// are not finite are not drawn. It panics with a *UsageError if the name is empty, the
// numbers of starts, vectors and Colors differ, or a size is below 0.
//
//	scene.AddVectors("/wind", places, speeds, &viser.VectorsOptions{
//		ByLength: &viser.ScalarsOptions{Label: "wind", Unit: "m/s"},
//	})
func (s *Scene) AddVectors(name string, starts, vectors []Vec3f, opts *VectorsOptions) *Vectors {
	const fn = "Scene.AddVectors"
	o := orPtr(opts, VectorsOptions{})
	checkNotNegative(fn, "LengthScale", o.LengthScale)
	checkNotNegative(fn, "Thickness", o.Thickness)
	v := &Vectors{props: o.props(fn), lengthScale: o.LengthScale, thickness: o.Thickness, normalized: o.Normalized, byLength: o.ByLength != nil}
	v.color = rgbOf(o.Color, defaultRowColor)
	v.take(fn, starts, vectors)
	v.props.Colors = rowColors(fn, len(starts), o.Colors, v.color)
	v.numbers(&v.props.ScalarProps, wire.ArrowPropsScalars, func() (int, int) { return len(v.starts), -1 })
	if v.byLength {
		look := o.ByLength.look(fn)
		v.given, v.style = o.ByLength.clone(), look
		v.extent = v.measure()
		between := v.extent.bounds(look.Log)
		if v.given.Range != nil {
			between = *v.given.Range
		}
		v.props.ScalarsLook, v.props.ScalarsRange = look, &between
	}
	s.add(fn, name, v, arrowsKind, &v.props, o.place(fn))
	return v
}

// take copies the vectors and makes the arrows; mu is held, or v is not shared yet.
func (v *Vectors) take(fn string, starts, vectors []Vec3f) {
	if len(starts) != len(vectors) {
		usage(fn, "%d starts and %d vectors: their numbers must be equal", len(starts), len(vectors))
	}
	v.starts, v.vectors = slices.Clone(starts), slices.Clone(vectors)
	v.draw()
}

// draw makes the arrows.
func (v *Vectors) draw() {
	longest := 0.0
	for _, d := range v.vectors {
		if l := lengthOf(d); finite(l) {
			longest = max(longest, l)
		}
	}
	drawn := v.lengthScale // the length of the longest arrow
	factor := v.lengthScale
	switch {
	case drawn == 0:
		drawn = spacing(v.starts)
		if drawn == 0 {
			drawn = longest
		}
		if factor = 0; longest > 0 {
			factor = drawn / longest
		}
	case !v.normalized:
		drawn *= longest
	}
	ends := make([]Vec3f, 0, 2*len(v.starts))
	for i, at := range v.starts {
		d, by := v.vectors[i], factor
		if l := lengthOf(d); v.normalized && l > 0 {
			by = drawn / l
		}
		tip := Vec3f{at[0] + float32(by*float64(d[0])), at[1] + float32(by*float64(d[1])), at[2] + float32(by*float64(d[2]))}
		ends = append(ends, at, tip)
	}
	p := &v.props
	p.Points = wire.Vec3s(ends)
	p.ShaftRadius = v.thickness
	if p.ShaftRadius == 0 {
		p.ShaftRadius = drawn / 40
	}
	p.HeadRadius = 2.5 * p.ShaftRadius
	p.HeadLength = 6 * p.ShaftRadius
}

// measure sets the scalars to the vectors' lengths.
func (v *Vectors) measure() extent {
	lengths := make([]float32, len(v.vectors))
	for i, d := range v.vectors {
		lengths[i] = float32(lengthOf(d))
	}
	v.props.Scalars = wire.Float32s(lengths)
	if v.props.Scalars.Data == nil {
		v.props.Scalars.Data = []byte{}
	}
	return extentOf(lengths)
}

func lengthOf(v Vec3f) float64 {
	return math.Sqrt(float64(v[0])*float64(v[0]) + float64(v[1])*float64(v[1]) + float64(v[2])*float64(v[2]))
}

// spacing is about how far apart points are that fill a box, a rectangle or a line evenly; 0 for fewer than two places.
func spacing(points []Vec3f) float64 {
	low, high := [3]float64{math.Inf(1), math.Inf(1), math.Inf(1)}, [3]float64{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	n := 0
	for _, p := range points {
		if l := lengthOf(p); !finite(l) {
			continue
		}
		n++
		for k, x := range p {
			low[k], high[k] = min(low[k], float64(x)), max(high[k], float64(x))
		}
	}
	if n < 2 {
		return 0
	}
	longest := 0.0
	for k := range low {
		longest = max(longest, high[k]-low[k])
	}
	size, dimensions := 1.0, 0
	for k := range low {
		// What is thin is a rectangle or a line.
		if side := high[k] - low[k]; side > longest/1000 {
			size *= side
			dimensions++
		}
	}
	if dimensions == 0 {
		return 0
	}
	return math.Pow(size/float64(n), 1/float64(dimensions))
}

// SetVectors replaces all vectors as one step, as in AddVectors; their number may
// change. Colors remain if there are as many, or one for all; otherwise all vectors have
// the Color of the options. With ByLength, the numbers are the new lengths.
func (v *Vectors) SetVectors(starts, vectors []Vec3f) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.take("Vectors.SetVectors", starts, vectors)
	p := &v.props
	keys := []int{wire.ArrowPropsPoints, wire.ArrowPropsShaftRadius, wire.ArrowPropsHeadRadius, wire.ArrowPropsHeadLength}
	if n := p.Colors.Len() / 3; n != 1 && n != len(starts) {
		p.Colors = wire.Uint8s(v.color[:])
		keys = append(keys, wire.ArrowPropsColors)
	}
	if look := p.ScalarsLook; v.byLength && look != nil {
		v.extent = v.measure()
		v.restyle(look, false, append(keys, v.key)...)
		return
	}
	v.changed(keys...)
}

// Starts returns a copy of where the vectors begin.
func (v *Vectors) Starts() []Vec3f {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.starts)
}

// Vectors returns a copy of the vectors, as they were given.
func (v *Vectors) Vectors() []Vec3f {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.vectors)
}

// Len returns the number of vectors.
func (v *Vectors) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.starts)
}

func (v *Vectors) pieces() int { return v.Len() }

// LengthScale returns the factor on the lengths that was set; 0 for the one that fits.
func (v *Vectors) LengthScale() float64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.lengthScale
}

// SetLengthScale sets the factor on the lengths; 0 for one by which the longest vector
// reaches about as far as the starts are apart. It panics with a *UsageError if it is
// below 0.
func (v *Vectors) SetLengthScale(factor float64) {
	checkNotNegative("Vectors.SetLengthScale", "LengthScale", factor)
	v.mu.Lock()
	defer v.mu.Unlock()
	if replace(&v.lengthScale, factor) {
		v.draw()
		v.changed(wire.ArrowPropsPoints, wire.ArrowPropsShaftRadius, wire.ArrowPropsHeadRadius, wire.ArrowPropsHeadLength)
	}
}

// Colors returns a copy of the vectors' colors: one each, or one for all.
func (v *Vectors) Colors() []RGB {
	v.mu.Lock()
	defer v.mu.Unlock()
	return rgbsOf(v.props.Colors)
}

// SetColors replaces the colors: one each, one for all, or nil for the Color of the
// options. It panics with a *UsageError on any other number.
func (v *Vectors) SetColors(colors []RGB) {
	v.mu.Lock()
	defer v.mu.Unlock()
	encoded := rowColors("Vectors.SetColors", len(v.starts), colors, v.color)
	v.changedArrays(arrayField{&v.props.Colors, wire.ArrowPropsColors, encoded})
}

// SetScalars colors the vectors by numbers of your own, as [ScalarNode] does, instead of
// by their lengths.
func (v *Vectors) SetScalars(values []float32, opts *ScalarsOptions) {
	v.byNumber.SetScalars(values, opts)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.byLength = false
}
