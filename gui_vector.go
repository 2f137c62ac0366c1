package viser

import (
	"math"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	vector2Kind = state.GUIKind("GuiVector2Message", new(wire.GuiVector2Props))
	vector3Kind = state.GUIKind("GuiVector3Message", new(wire.GuiVector3Props))
)

// A Vector2 is an input for two numbers. Its value is a [Vec2]; Value, SetValue,
// OnUpdate and Updates are those of [Input].
type Vector2 struct {
	Input[Vec2]
	props wire.GuiVector2Props
}

// Vector2Options are the options of AddVector2.
type Vector2Options struct {
	Min      *Vec2    // the smallest values; default no bound
	Max      *Vec2    // the largest values; default no bound
	Step     float64  // the step of the arrow buttons; default one unit of the last decimal place of the given numbers, at most 1
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddVector2 adds an input for two numbers. It panics with a *UsageError if a component
// of Min is above that of Max, Step is negative, a number is not finite, or initial is
// outside the range.
func (c Container) AddVector2(label string, initial Vec2, opts *Vector2Options) *Vector2 {
	const fn = "AddVector2"
	o := orPtr(opts, Vector2Options{})
	step, places := vectorSteps(fn, initial[:], part2(o.Min), part2(o.Max), o.Step)
	h := &Vector2{props: wire.GuiVector2Props{
		GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}),
		Min:          copyOf(o.Min), Max: copyOf(o.Max),
		Step: step, Precision: places,
	}}
	p := &h.props
	h.put(c, fn, vector2Kind, p, &p.GuiBaseProps, initial, codec[Vec2]{
		kind:   "Vector2",
		equal:  same[Vec2],
		encode: func(e *wire.Encoder, v Vec2) { encodeFloats(e, v[:]) },
		fit: func(fn string, v Vec2) Vec2 {
			checkFinite(fn, v[:]...)
			clampAll(v[:], part2(p.Min), part2(p.Max))
			return v
		},
		decode: func(x any) (v Vec2, ok bool) {
			ok = toFloats(x, v[:])
			clampAll(v[:], part2(p.Min), part2(p.Max))
			return v, ok
		},
	})
	return h
}

// Min returns the smallest values, nil for no bound.
func (h *Vector2) Min() *Vec2 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Min)
}

// SetMin sets the smallest values; nil for no bound. It panics with a *UsageError if a
// component is not finite, or above that of Max. The value does not change; the next
// one, from a client or from SetValue, is clamped to the range.
func (h *Vector2) SetMin(v *Vec2) {
	const fn = "Vector2.SetMin"
	checkFinite(fn, part2(v)...)
	h.mu.Lock()
	defer h.mu.Unlock()
	checkBounds(fn, part2(v), part2(h.props.Max))
	if replaceOptional(&h.props.Min, v) {
		h.changed(wire.GuiVector2PropsMin)
	}
}

// Max returns the largest values, nil for no bound.
func (h *Vector2) Max() *Vec2 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Max)
}

// SetMax sets the largest values; nil for no bound. It panics with a *UsageError if a
// component is not finite, or below that of Min. The value is handled as in SetMin.
func (h *Vector2) SetMax(v *Vec2) {
	const fn = "Vector2.SetMax"
	checkFinite(fn, part2(v)...)
	h.mu.Lock()
	defer h.mu.Unlock()
	checkBounds(fn, part2(h.props.Min), part2(v))
	if replaceOptional(&h.props.Max, v) {
		h.changed(wire.GuiVector2PropsMax)
	}
}

// A Vector3 is an input for three numbers. Its value is a [Vec3]; Value, SetValue,
// OnUpdate and Updates are those of [Input].
type Vector3 struct {
	Input[Vec3]
	props wire.GuiVector3Props
}

// Vector3Options are the options of AddVector3.
type Vector3Options struct {
	Min      *Vec3    // the smallest values; default no bound
	Max      *Vec3    // the largest values; default no bound
	Step     float64  // the step of the arrow buttons; default one unit of the last decimal place of the given numbers, at most 1
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddVector3 adds an input for three numbers. It panics with a *UsageError if a
// component of Min is above that of Max, Step is negative, a number is not finite, or
// initial is outside the range.
func (c Container) AddVector3(label string, initial Vec3, opts *Vector3Options) *Vector3 {
	const fn = "AddVector3"
	o := orPtr(opts, Vector3Options{})
	step, places := vectorSteps(fn, initial[:], part3(o.Min), part3(o.Max), o.Step)
	h := &Vector3{props: wire.GuiVector3Props{
		GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}),
		Min:          copyOf(o.Min), Max: copyOf(o.Max),
		Step: step, Precision: places,
	}}
	p := &h.props
	h.put(c, fn, vector3Kind, p, &p.GuiBaseProps, initial, codec[Vec3]{
		kind:   "Vector3",
		equal:  same[Vec3],
		encode: func(e *wire.Encoder, v Vec3) { encodeFloats(e, v[:]) },
		fit: func(fn string, v Vec3) Vec3 {
			checkFinite(fn, v[:]...)
			clampAll(v[:], part3(p.Min), part3(p.Max))
			return v
		},
		decode: func(x any) (v Vec3, ok bool) {
			ok = toFloats(x, v[:])
			clampAll(v[:], part3(p.Min), part3(p.Max))
			return v, ok
		},
	})
	return h
}

// Min returns the smallest values, nil for no bound.
func (h *Vector3) Min() *Vec3 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Min)
}

// SetMin sets the smallest values; nil for no bound. It panics with a *UsageError if a
// component is not finite, or above that of Max. The value does not change; the next
// one, from a client or from SetValue, is clamped to the range.
func (h *Vector3) SetMin(v *Vec3) {
	const fn = "Vector3.SetMin"
	checkFinite(fn, part3(v)...)
	h.mu.Lock()
	defer h.mu.Unlock()
	checkBounds(fn, part3(v), part3(h.props.Max))
	if replaceOptional(&h.props.Min, v) {
		h.changed(wire.GuiVector3PropsMin)
	}
}

// Max returns the largest values, nil for no bound.
func (h *Vector3) Max() *Vec3 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Max)
}

// SetMax sets the largest values; nil for no bound. It panics with a *UsageError if a
// component is not finite, or below that of Min. The value is handled as in SetMin.
func (h *Vector3) SetMax(v *Vec3) {
	const fn = "Vector3.SetMax"
	checkFinite(fn, part3(v)...)
	h.mu.Lock()
	defer h.mu.Unlock()
	checkBounds(fn, part3(h.props.Min), part3(v))
	if replaceOptional(&h.props.Max, v) {
		h.changed(wire.GuiVector3PropsMax)
	}
}

// part2 and part3 return the numbers of a vector, nil for none.
func part2(v *Vec2) []float64 {
	if v == nil {
		return nil
	}
	return v[:]
}

func part3(v *Vec3) []float64 {
	if v == nil {
		return nil
	}
	return v[:]
}

// vectorSteps checks the numbers of a vector's fields and returns the step and the
// number of decimal places that they show. lo and hi are nil for no bound.
func vectorSteps(fn string, initial, lo, hi []float64, step float64) (float64, int) {
	numbers := append(append(append([]float64(nil), initial...), lo...), hi...)
	checkFinite(fn, numbers...)
	for i, x := range initial {
		checkRange(fn, orPtr(component(lo, i), math.Inf(-1)), orPtr(component(hi, i), math.Inf(1)), x)
	}
	step = or(step, defaultStep(numbers...))
	checkPositive(fn, "Step", step)
	return step, precision(append(numbers, step)...)
}

func component(v []float64, i int) *float64 {
	if v == nil {
		return nil
	}
	return &v[i]
}

// clampAll clamps each number of v to its range; lo and hi are nil for no bound.
func clampAll(v, lo, hi []float64) {
	for i := range v {
		v[i] = clamp(v[i], component(lo, i), component(hi, i))
	}
}

func encodeFloats(e *wire.Encoder, v []float64) {
	e.ArrayHeader(len(v))
	for _, x := range v {
		e.Float(x)
	}
}

// toFloats reads as many numbers as into has, as a page sends them.
func toFloats(v any, into []float64) bool {
	list, ok := v.([]any)
	if !ok || len(list) != len(into) {
		return false
	}
	for i, x := range list {
		if into[i], ok = toFloat(x); !ok {
			return false
		}
	}
	return true
}
