package viser

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	sliderKind      = state.GUIKind("GuiSliderMessage", new(wire.GuiSliderProps))
	multiSliderKind = state.GUIKind("GuiMultiSliderMessage", new(wire.GuiMultiSliderProps))
)

// A Slider is an input for a number within a range. Its value is a float64; Value,
// SetValue, OnUpdate and Updates are those of [Input].
type Slider struct {
	Input[float64]
	props wire.GuiSliderProps
}

// A Mark is a labeled position on a [Slider] or a [MultiSlider].
type Mark struct {
	Value float64 // the position
	Label string  // the text below it; default none
}

// SliderOptions are the options of AddSlider.
type SliderOptions struct {
	Min float64 // the smallest value; default 0
	Max float64 // the largest value; default 1 if Min is 0 too, else 0
	// Step is the distance between neighboring values; default about a hundredth of the
	// range, as 1, 2 or 5 times a power of ten. Steps count from zero if zero is within
	// the range or Min has more than seven decimal places, else from Min; both ends of
	// the range can be selected.
	Step     float64
	Marks    []Mark   // labeled positions; default none
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddSlider adds a slider from Min to Max, by default 0 to 1:
//
//	gui.AddSlider("Angle", 0, &viser.SliderOptions{Min: -math.Pi, Max: math.Pi, Step: 0.01})
//
// It panics with a *UsageError if Min is above Max, Step is negative, a number is
// not finite, or initial is outside the range.
func (c Container) AddSlider(label string, initial float64, opts *SliderOptions) *Slider {
	const fn = "AddSlider"
	o := orPtr(opts, SliderOptions{})
	lo, hi, step := sliderRange(fn, o.Min, o.Max, o.Step)
	checkFinite(fn, initial)
	checkRange(fn, lo, hi, initial)
	s := &Slider{props: wire.GuiSliderProps{
		GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}),
		Min:          lo, Max: hi, Step: step,
		Precision: precision(lo, hi, step, initial), Marks: wireMarks(fn, o.Marks),
	}}
	p := &s.props
	s.put(c, fn, sliderKind, p, &p.GuiBaseProps, initial, codec[float64]{
		kind: "Slider", encode: encodeFloat, equal: same[float64],
		fit: func(fn string, v float64) float64 {
			checkFinite(fn, v)
			return clamp(v, &p.Min, &p.Max)
		},
		decode: func(v any) (float64, bool) {
			x, ok := toFloat(v)
			return clamp(x, &p.Min, &p.Max), ok
		},
	})
	return s
}

// Min returns the smallest value.
func (h *Slider) Min() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Min
}

// SetMin sets the smallest value. It panics with a *UsageError if v is not finite, or
// above Max; SetRange sets both. The slider's value does not change; the next one, from
// a client or from SetValue, is clamped to the range.
func (h *Slider) SetMin(v float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setRange("Slider.SetMin", v, h.props.Max)
}

// Max returns the largest value.
func (h *Slider) Max() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Max
}

// SetMax sets the largest value. It panics with a *UsageError if v is not finite, or
// below Min. The slider's value is handled as in SetMin.
func (h *Slider) SetMax(v float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setRange("Slider.SetMax", h.props.Min, v)
}

// SetRange sets the smallest and the largest value in one step. It panics with a
// *UsageError if one is not finite, or min is above max. The slider's value is handled
// as in SetMin.
func (h *Slider) SetRange(min, max float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setRange("Slider.SetRange", min, max)
}

// setRange is called with mu held.
func (h *Slider) setRange(fn string, lo, hi float64) {
	checkFinite(fn, lo, hi)
	checkEnds(fn, lo, hi)
	if props := rangeChanges(&h.props.Min, lo, wire.GuiSliderPropsMin, &h.props.Max, hi, wire.GuiSliderPropsMax); len(props) > 0 {
		h.changed(props...)
	}
}

// Marks returns a copy of the slider's marks.
func (h *Slider) Marks() []Mark {
	h.mu.Lock()
	defer h.mu.Unlock()
	return publicMarks(h.props.Marks)
}

// SetMarks replaces the slider's marks; nil removes them. It panics with a *UsageError
// if a position is not finite.
func (h *Slider) SetMarks(ms []Mark) {
	encoded := wireMarks("Slider.SetMarks", ms)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.props.Marks = encoded
	h.changed(wire.GuiSliderPropsMarks)
}

// A MultiSlider is an input for several ascending numbers within a range, with a handle
// for each. Its value is a []float64; Value, SetValue, OnUpdate and Updates are those
// of [Input].
type MultiSlider struct {
	Input[[]float64]
	props wire.GuiMultiSliderProps
}

// MultiSliderOptions are the options of AddMultiSlider.
type MultiSliderOptions struct {
	Min float64 // the smallest value; default 0
	Max float64 // the largest value; default 1 if Min is 0 too, else 0
	// Step is the distance between neighboring values; default about a hundredth of the
	// range, as 1, 2 or 5 times a power of ten. Steps count from zero if zero is within
	// the range or Min has more than seven decimal places, else from Min; both ends of
	// the range can be selected.
	Step float64
	// MinRange is the minimum distance between neighboring handles that users can set;
	// default 0.
	MinRange       float64
	FixedEndpoints bool     // whether users cannot move the first and the last handle; default false
	Marks          []Mark   // labeled positions; default none
	Disabled       bool     // whether the element is disabled; default false
	Hidden         bool     // whether the element is initially hidden; default false
	Hint           string   // the tooltip; default none
	Order          *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddMultiSlider adds a slider from Min to Max, by default 0 to 1, with a handle for
// each number of initial, which is copied. It panics with a *UsageError if Min is above
// Max, Step or MinRange is negative, a number is not finite, initial is empty, not
// ascending or outside the range, or the range is shorter than MinRange.
func (c Container) AddMultiSlider(label string, initial []float64, opts *MultiSliderOptions) *MultiSlider {
	const fn = "AddMultiSlider"
	o := orPtr(opts, MultiSliderOptions{})
	lo, hi, step := sliderRange(fn, o.Min, o.Max, o.Step)
	checkHandles(fn, initial)
	checkRange(fn, lo, hi, initial[0])
	checkRange(fn, lo, hi, initial[len(initial)-1])
	checkMinRange(fn, lo, hi, o.MinRange)
	s := &MultiSlider{props: wire.GuiMultiSliderProps{
		GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}),
		Min:          lo, Max: hi, Step: step, MinRange: optional(o.MinRange), FixedEndpoints: o.FixedEndpoints,
		Precision: precision(append([]float64{lo, hi, step}, initial...)...), Marks: wireMarks(fn, o.Marks),
	}}
	s.put(c, fn, multiSliderKind, &s.props, &s.props.GuiBaseProps, slices.Clone(initial), codec[[]float64]{
		kind: "MultiSlider", encode: encodeFloats, equal: slices.Equal[[]float64], clone: slices.Clone[[]float64],
		fit: func(fn string, v []float64) []float64 {
			checkHandles(fn, v)
			return s.clamped(v)
		},
		decode: func(v any) ([]float64, bool) {
			x := make([]float64, len(s.value))
			ok := toFloats(v, x) && slices.IsSorted(x)
			x = s.clamped(x)
			return x, ok && s.allowed(x)
		},
	})
	return s
}

// clamped clamps the values to the slider's range.
func (h *MultiSlider) clamped(v []float64) []float64 {
	for i := range v {
		v[i] = clamp(v[i], &h.props.Min, &h.props.Max)
	}
	return v
}

// allowed reports whether a page may move the handles there. What the program
// itself has set closer than MinRange can stay so.
func (h *MultiSlider) allowed(v []float64) bool {
	last, now := len(v)-1, h.clamped(slices.Clone(h.value))
	if h.props.FixedEndpoints && (v[0] != now[0] || v[last] != now[last]) {
		return false
	}
	if h.props.MinRange == nil {
		return true
	}
	// Pages add up steps: the sums may be off by rounding.
	least := *h.props.MinRange - 1e-6*(h.props.Max-h.props.Min)
	for i := range last {
		if gap := v[i+1] - v[i]; gap < least && gap < now[i+1]-now[i] {
			return false
		}
	}
	return true
}

// Min returns the smallest value.
func (h *MultiSlider) Min() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Min
}

// SetMin sets the smallest value. It panics with a *UsageError if v is not finite,
// above Max, or so close to it that the range is shorter than MinRange; SetRange sets
// both. The slider's value does not change; the next one, from a client or from
// SetValue, is clamped to the range.
func (h *MultiSlider) SetMin(v float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setRange("MultiSlider.SetMin", v, h.props.Max)
}

// Max returns the largest value.
func (h *MultiSlider) Max() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Max
}

// SetMax sets the largest value. It panics with a *UsageError if v is not finite, below
// Min, or so close to it that the range is shorter than MinRange. The slider's value is
// handled as in SetMin.
func (h *MultiSlider) SetMax(v float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setRange("MultiSlider.SetMax", h.props.Min, v)
}

// SetRange sets the smallest and the largest value in one step. It panics with a
// *UsageError if one is not finite, min is above max, or the range is shorter than
// MinRange. The slider's value is handled as in SetMin.
func (h *MultiSlider) SetRange(min, max float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setRange("MultiSlider.SetRange", min, max)
}

// setRange is called with mu held.
func (h *MultiSlider) setRange(fn string, lo, hi float64) {
	checkFinite(fn, lo, hi)
	checkEnds(fn, lo, hi)
	checkMinRange(fn, lo, hi, orPtr(h.props.MinRange, 0))
	if props := rangeChanges(&h.props.Min, lo, wire.GuiMultiSliderPropsMin, &h.props.Max, hi, wire.GuiMultiSliderPropsMax); len(props) > 0 {
		h.changed(props...)
	}
}

// MinRange returns the minimum distance between neighboring handles that users can set,
// 0 for none.
func (h *MultiSlider) MinRange() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.MinRange, 0)
}

// SetMinRange sets the minimum distance between neighboring handles that users can set;
// 0 for none. It panics with a *UsageError if v is negative, not finite, or longer than
// the range.
func (h *MultiSlider) SetMinRange(v float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	checkMinRange("MultiSlider.SetMinRange", h.props.Min, h.props.Max, v)
	if replaceOptional(&h.props.MinRange, optional(v)) {
		h.changed(wire.GuiMultiSliderPropsMinRange)
	}
}

// Marks returns a copy of the slider's marks.
func (h *MultiSlider) Marks() []Mark {
	h.mu.Lock()
	defer h.mu.Unlock()
	return publicMarks(h.props.Marks)
}

// SetMarks replaces the slider's marks; nil removes them. It panics with a *UsageError
// if a position is not finite.
func (h *MultiSlider) SetMarks(ms []Mark) {
	encoded := wireMarks("MultiSlider.SetMarks", ms)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.props.Marks = encoded
	h.changed(wire.GuiMultiSliderPropsMarks)
}

// sliderRange returns the ends and the step of the options.
func sliderRange(fn string, lo, hi, step float64) (float64, float64, float64) {
	checkFinite(fn, lo, hi)
	if lo == 0 && hi == 0 {
		hi = 1
	}
	checkEnds(fn, lo, hi)
	if step == 0 {
		step = defaultSliderStep(hi - lo)
	}
	checkPositive(fn, "Step", step)
	if hi > lo {
		step = math.Min(step, hi-lo)
	}
	return lo, hi, step
}

// defaultSliderStep returns a hundredth of the range, rounded down to 1, 2 or 5 times a
// power of ten. It uses decimal digits, so that the step is the float64 that is nearest
// to the displayed one.
func defaultSliderStep(span float64) float64 {
	span = math.Min(span, math.MaxFloat64)
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(span/100, 'e', 9, 64), "e")
	first := "1"
	switch {
	case mantissa >= "5":
		first = "5"
	case mantissa >= "2":
		first = "2"
	}
	if step, err := strconv.ParseFloat(first+"e"+exponent, 64); err == nil && step > 0 && step <= span {
		return step
	}
	return 1 // there is no range
}

func checkEnds(fn string, lo, hi float64) {
	if lo > hi {
		usage(fn, "the range goes from %v to %v: the smallest value must not be above the largest", lo, hi)
	}
}

func checkRange(fn string, lo, hi, v float64) {
	checkEnds(fn, lo, hi)
	if v < lo || v > hi {
		usage(fn, "the value %v is outside the range from %v to %v", v, lo, hi)
	}
}

func checkMinRange(fn string, lo, hi, minRange float64) {
	checkNotNegative(fn, "MinRange", minRange)
	if minRange > hi-lo {
		usage(fn, "MinRange is %v, but the range from %v to %v is only %v long", minRange, lo, hi, hi-lo)
	}
}

func checkHandles(fn string, v []float64) {
	checkFinite(fn, v...)
	if len(v) == 0 {
		usage(fn, "there is no value: a slider has at least one handle")
	}
	if !slices.IsSorted(v) {
		usage(fn, "the values %v are not in ascending order", v)
	}
}

// rangeChanges stores both ends and returns the properties that have changed.
func rangeChanges(lo *float64, newLo float64, loProp int, hi *float64, newHi float64, hiProp int) []int {
	var props []int
	if replace(lo, newLo) {
		props = append(props, loProp)
	}
	if replace(hi, newHi) {
		props = append(props, hiProp)
	}
	return props
}

// optional returns nil for 0, else a copy.
func optional(v float64) *float64 {
	if v == 0 {
		return nil
	}
	return &v
}

func wireMarks(fn string, ms []Mark) []wire.GuiSliderMark {
	if ms == nil {
		return nil
	}
	out := make([]wire.GuiSliderMark, len(ms))
	for i, m := range ms {
		checkFinite(fn, m.Value)
		out[i] = wire.GuiSliderMark{Value: m.Value, Label: text(m.Label)}
	}
	return out
}

func publicMarks(ms []wire.GuiSliderMark) []Mark {
	out := make([]Mark, len(ms))
	for i, m := range ms {
		out[i] = Mark{m.Value, orPtr(m.Label, "")}
	}
	return out
}
