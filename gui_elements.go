package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	folderKind      = state.GUIKind("GuiFolderMessage", new(wire.GuiFolderProps))
	progressBarKind = state.GUIKind("GuiProgressBarMessage", new(wire.GuiProgressBarProps))
)

// A Folder is a container that can be folded up.
type Folder struct {
	widget
	Container
	props wire.GuiFolderProps
}

// FolderOptions are the options of AddFolder.
type FolderOptions struct {
	Folded bool     // it is folded up at first
	Hidden bool     // it is not shown
	Order  *float64 // place among its neighbors, small first; default: after what was added before
}

// AddFolder adds a folder; a label of "" leaves only a frame.
func (c Container) AddFolder(label string, opts *FolderOptions) *Folder {
	const fn = "AddFolder"
	f := &Folder{props: c.folderProps(fn, label, orPtr(opts, FolderOptions{}))}
	f.Container = c.hold(&f.widget, &containerNode{up: c.at})
	c.place(fn, &f.widget, folderKind, &f.props, nil, nil)
	return f
}

func (c Container) folderProps(fn, label string, o FolderOptions) wire.GuiFolderProps {
	return wire.GuiFolderProps{
		Order: c.order(fn, o.Order), Label: text(label), Visible: !o.Hidden, ExpandByDefault: !o.Folded,
	}
}

// Label returns the folder's title, "" for none.
func (h *Folder) Label() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Label, "")
}

// SetLabel sets the folder's title; "" leaves only a frame.
func (h *Folder) SetLabel(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if orPtr(h.props.Label, "") == v {
		return
	}
	h.props.Label = text(v)
	h.changed(wire.GuiFolderPropsLabel)
}

// A ProgressBar shows how far something is.
type ProgressBar struct {
	widget
	props wire.GuiProgressBarProps
	value float64
}

// ProgressBarOptions are the options of AddProgressBar.
type ProgressBarOptions struct {
	Animated bool     // stripes move along it
	Color    Color    // default: the theme's
	Hidden   bool     // it is not shown
	Order    *float64 // place among its neighbors, small first; default: after what was added before
}

// AddProgressBar adds a progress bar; value goes from 0 to 100. It panics with a
// *UsageError if value is not finite or outside.
func (c Container) AddProgressBar(value float64, opts *ProgressBarOptions) *ProgressBar {
	const fn = "AddProgressBar"
	o := orPtr(opts, ProgressBarOptions{})
	checkFinite(fn, value)
	checkRange(fn, 0, 100, value)
	p := &ProgressBar{value: value, props: wire.GuiProgressBarProps{
		Order: c.order(fn, o.Order), Animated: o.Animated, Color: o.Color.c, Visible: !o.Hidden,
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

// SetValue sets the value; what is outside 0 to 100 is moved to the end. It
// panics with a *UsageError if v is not finite.
func (h *ProgressBar) SetValue(v float64) {
	checkFinite("ProgressBar.SetValue", v)
	v = max(0, min(100, v))
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.isGone("ProgressBar.SetValue") && replace(&h.value, v) {
		h.ent.SetValue(state.Nobody, func(e *wire.Encoder) { e.Float(v) })
	}
}
