package viser

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// widget is what all elements of a GUI embed. Lock order: guiTree.mu, then
// widget.mu, then the store's.
type widget struct {
	mu    sync.Mutex // guards the handle's props and value, and gone
	gui   *GUI
	uuid  string
	ent   *state.Entity
	props wire.Props // the handle's own
	gone  bool

	removed chan struct{} // closed when gone becomes true

	// Guarded by guiTree.mu.
	in    *containerNode   // its container
	holds []*containerNode // what it holds, if it is a container: a group of tabs has one for each
	part  *part            // the part that it was added through, nil for none
}

// Remove removes the element and its children. A second call does nothing.
func (w *widget) Remove() {
	w.gui.tree.mu.Lock()
	defer w.gui.tree.mu.Unlock()
	w.removeLocked()
}

// Removed reports whether the element or its container was removed.
func (w *widget) Removed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.gone
}

// removeLocked removes the element, then what it holds, depth first.
func (w *widget) removeLocked() {
	w.mu.Lock()
	was := w.gone
	w.gone = true
	w.mu.Unlock()
	if was {
		return
	}
	close(w.removed)
	w.in.children = without(w.in.children, w)
	for p := w.part; p != nil; p = p.of {
		p.own = without(p.own, w)
	}
	w.gui.mu.Lock()
	delete(w.gui.elements, w.uuid)
	w.gui.mu.Unlock()
	w.ent.Remove()
	for _, node := range w.holds {
		node.remove()
	}
}

func without(list []*widget, w *widget) []*widget {
	if i := slices.Index(list, w); i >= 0 {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// changed sends properties anew; setters call it with mu held.
func (w *widget) changed(fields ...int) {
	if !w.isGone("a setter") {
		w.ent.SetProps(w.props, fields...)
	}
}

// isGone reports whether the element was removed, and if so logs the call at debug level. mu is
// held.
func (w *widget) isGone(call string) bool {
	if w.gone {
		w.gui.server.log.removed("call on a removed GUI element ignored", "call", call)
	}
	return w.gone
}

// order returns the given place, or the next one.
func (c Container) order(fn string, asked *float64) float64 {
	if asked != nil {
		checkFinite(fn, *asked)
		return *asked
	}
	c.gui.tree.mu.Lock()
	defer c.gui.tree.mu.Unlock()
	c.gui.tree.order++
	return c.gui.tree.order
}

// inputOptions are the options that all inputs and buttons have.
type inputOptions struct {
	disabled, hidden bool
	hint             string
	order            *float64
}

func (c Container) base(fn, label string, o inputOptions) wire.GuiBaseProps {
	return wire.GuiBaseProps{
		Order: c.order(fn, o.order), Label: label, Hint: text(o.hint), Visible: !o.hidden, Disabled: o.disabled,
	}
}

// control is a widget with the properties that all inputs and buttons have.
type control struct {
	widget
	common *wire.GuiBaseProps // inside the handle's props
}

// String returns the kind and the label, `Slider "Speed"`, for logs.
func (w *control) String() string {
	kind := strings.TrimPrefix(strings.TrimSuffix(reflect.TypeOf(w.props).Elem().Name(), "Props"), "Gui")
	switch kind {
	case "Rgb":
		kind = "RGBInput"
	case "Rgba":
		kind = "RGBAInput"
	}
	return fmt.Sprintf("%s %q", kind, w.Label())
}

// Label returns the label beside the element.
func (w *control) Label() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.common.Label
}

// SetLabel sets the label beside the element.
func (w *control) SetLabel(v string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if replace(&w.common.Label, v) {
		w.changed(wire.GuiBasePropsLabel)
	}
}

// Hint returns the element's tooltip, "" for none.
func (w *control) Hint() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return orPtr(w.common.Hint, "")
}

// SetHint sets the element's tooltip; "" for none.
func (w *control) SetHint(v string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if orPtr(w.common.Hint, "") == v {
		return
	}
	w.common.Hint = nil
	if v != "" {
		w.common.Hint = &v
	}
	w.changed(wire.GuiBasePropsHint)
}

// Visible reports whether the element is shown.
func (w *control) Visible() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.common.Visible
}

// SetVisible shows or hides the element.
func (w *control) SetVisible(v bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if replace(&w.common.Visible, v) {
		w.changed(wire.GuiBasePropsVisible)
	}
}

// Disabled reports whether the element is disabled.
func (w *control) Disabled() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.common.Disabled
}

// SetDisabled disables or enables the element.
func (w *control) SetDisabled(v bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if replace(&w.common.Disabled, v) {
		w.changed(wire.GuiBasePropsDisabled)
	}
}

// Order returns the element's sort key among its siblings.
func (w *control) Order() float64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.common.Order
}

// SetOrder sets the element's sort key among its siblings, ascending. It panics with a
// *UsageError if v is not finite.
func (w *control) SetOrder(v float64) {
	checkFinite("SetOrder", v)
	w.mu.Lock()
	defer w.mu.Unlock()
	if replace(&w.common.Order, v) {
		w.changed(wire.GuiBasePropsOrder)
	}
}
