package viser

import (
	"math"
	"strconv"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var numberKind = state.GUIKind("GuiNumberMessage", new(wire.GuiNumberProps))

// A Number is a numeric input. Its value is a float64; Value, SetValue, OnUpdate and
// Updates are those of [Input].
type Number struct {
	Input[float64]
	props wire.GuiNumberProps
}

// NumberOptions are the options of AddNumber.
type NumberOptions struct {
	Min      *float64 // the smallest value; default no bound
	Max      *float64 // the largest value; default no bound
	Step     float64  // the step of the arrow buttons; default one unit of the last decimal place of the given numbers, at most 1
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddNumber adds a numeric input. It panics with a *UsageError if Min is above Max,
// Step is negative, a number is not finite, or initial is outside the range.
func (c Container) AddNumber(label string, initial float64, opts *NumberOptions) *Number {
	const fn = "AddNumber"
	o := orPtr(opts, NumberOptions{})
	numbers := append(given(o.Min, o.Max), initial)
	checkFinite(fn, numbers...)
	checkRange(fn, orPtr(o.Min, math.Inf(-1)), orPtr(o.Max, math.Inf(1)), initial)
	step := or(o.Step, defaultStep(numbers...))
	checkPositive(fn, "Step", step)
	n := &Number{props: wire.GuiNumberProps{
		GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}),
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

// Min returns the smallest value, nil for no bound.
func (h *Number) Min() *float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Min)
}

// SetMin sets the smallest value; nil for no bound. It panics with a *UsageError if v
// is not finite, or above Max. The input's value does not change; the next one, from a
// client or from SetValue, is clamped to the range.
func (h *Number) SetMin(v *float64) {
	const fn = "Number.SetMin"
	checkFinite(fn, given(v)...)
	h.mu.Lock()
	defer h.mu.Unlock()
	checkBounds(fn, given(v), given(h.props.Max))
	if replaceOptional(&h.props.Min, v) {
		h.changed(wire.GuiNumberPropsMin)
	}
}

// Max returns the largest value, nil for no bound.
func (h *Number) Max() *float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Max)
}

// SetMax sets the largest value; nil for no bound. It panics with a *UsageError if v is
// not finite, or below Min. The input's value is handled as in SetMin.
func (h *Number) SetMax(v *float64) {
	const fn = "Number.SetMax"
	checkFinite(fn, given(v)...)
	h.mu.Lock()
	defer h.mu.Unlock()
	checkBounds(fn, given(h.props.Min), given(v))
	if replaceOptional(&h.props.Max, v) {
		h.changed(wire.GuiNumberPropsMax)
	}
}

// checkBounds checks that no component of lo is above that of hi; nil for no bound.
func checkBounds(fn string, lo, hi []float64) {
	if lo == nil || hi == nil {
		return
	}
	for i := range lo {
		checkEnds(fn, lo[i], hi[i])
	}
}

// toFloat converts a number that a client sent.
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

// clamp clamps v to the range; nil means no bound.
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

// given returns the numbers that are not nil.
func given(xs ...*float64) []float64 {
	var out []float64
	for _, x := range xs {
		if x != nil {
			out = append(out, *x)
		}
	}
	return out
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
