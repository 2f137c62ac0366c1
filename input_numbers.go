package viser

import (
	"math"
	"strconv"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// toFloat takes a number as a page sends it.
func toFloat(v any) (float64, bool) {
	switch x := v.(type) {
	case float64:
		return x, finite(x)
	case int64:
		return float64(x), true
	case uint64:
		return float64(x), true
	}
	return 0, false
}

func encodeFloat(e *wire.Encoder, v float64) { e.Float(v) }

// clamp moves v into the range; nil means no bound.
func clamp(v float64, lo, hi *float64) float64 {
	if lo != nil {
		v = max(v, *lo)
	}
	if hi != nil {
		v = min(v, *hi)
	}
	return v
}

// maxDigits is how many decimal places a page shows at most.
const maxDigits = 7

// digits returns how many decimal places show x exactly, at most maxDigits.
func digits(x float64) int {
	for d := range maxDigits {
		s := strconv.FormatFloat(x, 'f', d, 64)
		if y, err := strconv.ParseFloat(s, 64); err == nil && y == x {
			return d
		}
	}
	return maxDigits
}

// precision returns how many decimal places show all of the numbers.
func precision(xs ...float64) int {
	n := 0
	for _, x := range xs {
		if finite(x) {
			n = max(n, digits(x))
		}
	}
	return n
}

// defaultStep returns the finest step that the numbers suggest, at most 1.
func defaultStep(xs ...float64) float64 { return math.Pow(10, -float64(precision(xs...))) }

// given returns the numbers that are there.
func given(xs ...*float64) []float64 {
	var out []float64
	for _, x := range xs {
		if x != nil {
			out = append(out, *x)
		}
	}
	return out
}

var (
	sliderKind = state.GUIKind("GuiSliderMessage", new(wire.GuiSliderProps))
	numberKind = state.GUIKind("GuiNumberMessage", new(wire.GuiNumberProps))
)

// A Slider is a number between two ends. SetMin and SetMax leave its value where it
// is, and may pass each other while a program moves both; the next value, from a
// page or from SetValue, is moved into the range.
type Slider struct {
	Input[float64]
	props wire.GuiSliderProps
}

// A Mark is a labeled place on a slider.
type Mark struct {
	Value float64
	Label string // "" for none
}

// SliderOptions are the options of AddSlider.
type SliderOptions struct {
	InputOptions
	Marks []Mark
}

// AddSlider adds a slider from min to max, in steps of step. It panics with a
// *UsageError if min is above max, step is not above 0, or initial is outside.
func (c Container) AddSlider(label string, min, max, step, initial float64, opts *SliderOptions) *Slider {
	const fn = "AddSlider"
	o := orPtr(opts, SliderOptions{})
	checkFinite(fn, min, max, initial)
	checkPositive(fn, "step", step)
	checkRange(fn, min, max, initial)
	if max > min {
		step = math.Min(step, max-min)
	}
	s := &Slider{props: wire.GuiSliderProps{
		GuiBaseProps: c.base(fn, label, o.InputOptions),
		Min:          min, Max: max, Step: step,
		Precision: precision(min, max, step, initial), Marks: marks(fn, o.Marks),
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

func checkRange(fn string, min, max, v float64) {
	if min > max {
		usage(fn, "the range goes from %v to %v: min must not be above max", min, max)
	}
	if v < min || v > max {
		usage(fn, "the value %v is outside the range from %v to %v", v, min, max)
	}
}

func marks(fn string, ms []Mark) []wire.GuiSliderMark {
	if ms == nil {
		return nil
	}
	out := make([]wire.GuiSliderMark, len(ms))
	for i, m := range ms {
		checkFinite(fn, m.Value)
		out[i].Value = m.Value
		if m.Label != "" {
			out[i].Label = new(m.Label)
		}
	}
	return out
}

// Marks returns a copy of the slider's marks.
func (h *Slider) Marks() []Mark {
	h.mu.Lock()
	defer h.mu.Unlock()
	return publicMarks(h.props.Marks)
}

func publicMarks(ms []wire.GuiSliderMark) []Mark {
	out := make([]Mark, len(ms))
	for i, m := range ms {
		out[i] = Mark{m.Value, orPtr(m.Label, "")}
	}
	return out
}

// SetMarks replaces the slider's marks; nil takes them away. It panics with a
// *UsageError if a place is not finite.
func (h *Slider) SetMarks(ms []Mark) {
	encoded := marks("Slider.SetMarks", ms)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.props.Marks = encoded
	h.changed(wire.GuiSliderPropsMarks)
}

// A Number is a field for a number.
type Number struct {
	Input[float64]
	props wire.GuiNumberProps
}

// NumberOptions are the options of AddNumber.
type NumberOptions struct {
	InputOptions
	Min, Max *float64 // default: no bound
	Step     float64  // of the arrows beside it; default: the last decimal place of the numbers given
}

// AddNumber adds a field for a number. It panics with a *UsageError if Min is
// above Max, Step is below 0, or initial is outside.
func (c Container) AddNumber(label string, initial float64, opts *NumberOptions) *Number {
	const fn = "AddNumber"
	o := orPtr(opts, NumberOptions{})
	numbers := append(given(o.Min, o.Max), initial)
	checkFinite(fn, numbers...)
	checkRange(fn, orPtr(o.Min, math.Inf(-1)), orPtr(o.Max, math.Inf(1)), initial)
	step := or(o.Step, defaultStep(numbers...))
	checkPositive(fn, "Step", step)
	n := &Number{props: wire.GuiNumberProps{
		GuiBaseProps: c.base(fn, label, o.InputOptions),
		Precision:    precision(append(numbers, step)...), Step: step,
		Min: copyOf(o.Min), Max: copyOf(o.Max),
	}}
	p := &n.props
	n.put(c, fn, numberKind, p, &p.GuiBaseProps, initial, codec[float64]{
		kind: "Number", encode: encodeFloat, equal: same[float64],
		fit: func(fn string, v float64) float64 {
			checkFinite(fn, v)
			return clamp(v, p.Min, p.Max)
		},
		decode: func(v any) (float64, bool) {
			x, ok := toFloat(v)
			return clamp(x, p.Min, p.Max), ok
		},
	})
	return n
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
