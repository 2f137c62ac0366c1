package viser

import (
	"image/color"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var progressBarKind = state.GUIKind("GuiProgressBarMessage", new(wire.GuiProgressBarProps))

// A ProgressBar shows the progress of a task.
type ProgressBar struct {
	widget
	props wire.GuiProgressBarProps
	value float64 // guarded by mu
}

// ProgressBarOptions are the options of AddProgressBar.
type ProgressBarOptions struct {
	Animated bool        // whether the bar has moving stripes; default false
	Color    color.Color // a ColorName or any other color; default the theme's color
	Hidden   bool        // whether the element is initially hidden; default false
	Order    *float64    // the sort key among its siblings, ascending; default after those added before
}

// AddProgressBar adds a progress bar; value is 0 to 100. It panics with a *UsageError
// if value is not between 0 and 100, or Color is a ColorName that is not in the
// palette.
func (c Container) AddProgressBar(value float64, opts *ProgressBarOptions) *ProgressBar {
	const fn = "AddProgressBar"
	o := orPtr(opts, ProgressBarOptions{})
	checkFinite(fn, value)
	checkRange(fn, 0, 100, value)
	p := &ProgressBar{value: value, props: wire.GuiProgressBarProps{
		Order: c.order(fn, o.Order), Animated: o.Animated, Color: wireColor(fn, o.Color), Visible: !o.Hidden,
	}}
	c.place(fn, &p.widget, progressBarKind, &p.props, func(e *wire.Encoder) { e.Float(value) }, nil)
	return p
}

// Value returns the value, 0 to 100.
func (h *ProgressBar) Value() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.value
}

// SetValue sets the value, clamped to the range 0 to 100. It panics with a *UsageError
// if v is not finite.
func (h *ProgressBar) SetValue(v float64) {
	checkFinite("ProgressBar.SetValue", v)
	v = max(0, min(100, v))
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.isGone("ProgressBar.SetValue") && replace(&h.value, v) {
		h.ent.SetValue(state.NoClient, func(e *wire.Encoder) { e.Float(v) })
	}
}
