package viser

import (
	"math"
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var multiSliderKind = state.GUIKind("GuiMultiSliderMessage", new(wire.GuiMultiSliderProps))

// A MultiSlider is several numbers between two ends, in rising order: one handle
// each. For SetMin and SetMax see [Slider].
type MultiSlider struct {
	Input[[]float64]
	props wire.GuiMultiSliderProps
}

// MultiSliderOptions are the options of AddMultiSlider.
type MultiSliderOptions struct {
	InputOptions
	MinRange       *float64 // how near to each other pages can bring neighboring handles; default: they may meet
	FixedEndpoints bool     // pages cannot move the first and the last handle
	Marks          []Mark
}

// AddMultiSlider adds a slider from min to max, in steps of step, with a handle for
// each number of initial, which is copied. It panics with a *UsageError if min is
// above max, step is not above 0, initial is empty, not in rising order or outside,
// or the whole range is shorter than MinRange.
func (c Container) AddMultiSlider(label string, min, max, step float64, initial []float64, opts *MultiSliderOptions) *MultiSlider {
	const fn = "AddMultiSlider"
	o := orPtr(opts, MultiSliderOptions{})
	checkFinite(fn, min, max)
	checkPositive(fn, "step", step)
	checkHandles(fn, initial)
	checkRange(fn, min, max, initial[0])
	checkRange(fn, min, max, initial[len(initial)-1])
	if o.MinRange != nil {
		checkNotNegative(fn, "MinRange", *o.MinRange)
		if *o.MinRange > max-min {
			usage(fn, "MinRange is %v, but the range from %v to %v has only %v", *o.MinRange, min, max, max-min)
		}
	}
	if max > min {
		step = math.Min(step, max-min)
	}
	s := &MultiSlider{props: wire.GuiMultiSliderProps{
		GuiBaseProps: c.base(fn, label, o.InputOptions),
		Min:          min, Max: max, Step: step, MinRange: copyOf(o.MinRange), FixedEndpoints: o.FixedEndpoints,
		Precision: precision(append([]float64{min, max, step}, initial...)...), Marks: marks(fn, o.Marks),
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

// clamped moves the values into the slider's range.
func (h *MultiSlider) clamped(v []float64) []float64 {
	for i := range v {
		v[i] = clamp(v[i], &h.props.Min, &h.props.Max)
	}
	return v
}

// allowed says whether a page may move the handles there. What the program itself
// has set closer than MinRange can stay so.
func (h *MultiSlider) allowed(v []float64) bool {
	last, now := len(v)-1, h.clamped(slices.Clone(h.value))
	if h.props.FixedEndpoints && (v[0] != now[0] || v[last] != now[last]) {
		return false
	}
	if h.props.MinRange == nil {
		return true
	}
	// Pages reckon in steps: they may be off by what the sums of steps are rounded by.
	least := *h.props.MinRange - 1e-6*(h.props.Max-h.props.Min)
	for i := range last {
		if gap := v[i+1] - v[i]; gap < least && gap < now[i+1]-now[i] {
			return false
		}
	}
	return true
}

func checkHandles(fn string, v []float64) {
	checkFinite(fn, v...)
	if len(v) == 0 {
		usage(fn, "there is no value: a slider has at least one handle")
	}
	if !slices.IsSorted(v) {
		usage(fn, "the values %v do not rise", v)
	}
}

// Marks returns a copy of the slider's marks.
func (h *MultiSlider) Marks() []Mark {
	h.mu.Lock()
	defer h.mu.Unlock()
	return publicMarks(h.props.Marks)
}

// SetMarks replaces the slider's marks; nil takes them away. It panics with a
// *UsageError if a place is not finite.
func (h *MultiSlider) SetMarks(ms []Mark) {
	encoded := marks("MultiSlider.SetMarks", ms)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.props.Marks = encoded
	h.changed(wire.GuiMultiSliderPropsMarks)
}
