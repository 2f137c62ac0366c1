package viser

import (
	"context"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	folderKind      = state.GUIKind("GuiFolderMessage", new(wire.GuiFolderProps))
	buttonKind      = state.GUIKind("GuiButtonMessage", new(wire.GuiButtonProps))
	markdownKind    = state.GUIKind("GuiMarkdownMessage", new(wire.GuiMarkdownProps))
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
	Order  *float64 // place among its neighbours, small first; default: after what was added before
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

// A Button can be clicked.
type Button struct {
	control
	props  wire.GuiButtonProps
	icon   Icon
	clicks callbacks[ButtonEvent]
}

// ButtonOptions are the options of AddButton.
type ButtonOptions struct {
	InputOptions
	Color Color // default: the theme's
	Icon  Icon  // default: none
}

// A ButtonEvent says that somebody clicked on a button.
type ButtonEvent struct {
	Client *Client // whose page it was
	Target *Button
}

// AddButton adds a button. It panics with a *UsageError if there is no such icon.
func (c Container) AddButton(label string, opts *ButtonOptions) *Button {
	const fn = "AddButton"
	o := orPtr(opts, ButtonOptions{})
	b := &Button{icon: o.Icon, props: wire.GuiButtonProps{
		GuiBaseProps: c.base(fn, label, o.InputOptions), Color: o.Color.c, IconHTML: iconHTML(fn, o.Icon),
		HoldCallbackFreqs: []float64{},
	}}
	b.common = &b.props.GuiBaseProps
	c.place(fn, &b.widget, buttonKind, &b.props, func(e *wire.Encoder) { e.Bool(false) }, b)
	return b
}

// Icon returns the drawing on the button, nil for none.
func (h *Button) Icon() Icon {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.icon
}

// SetIcon sets the drawing on the button; nil takes it away. It panics with a
// *UsageError if there is no such icon.
func (h *Button) SetIcon(i Icon) {
	svg := iconHTML("Button.SetIcon", i)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.icon = i
	if replaceOptional(&h.props.IconHTML, svg) {
		h.changed(wire.GuiButtonPropsIconHTML)
	}
}

// OnClick attaches fn for each click: none is left out while fn is busy. ctx ends
// when that client leaves.
func (h *Button) OnClick(fn func(ctx context.Context, e ButtonEvent)) (off func()) {
	return h.clicks.add(fn)
}

// receive takes a click from a page; other pages are not told.
func (h *Button) receive(from *Client, updates wire.Updates) {
	for _, u := range updates {
		if u.Key == "value" && from.isConnected() {
			fire(h.gui.server.dispatch, from.ctx, from.id, h, "Button.OnClick", false, &h.clicks, ButtonEvent{Client: from, Target: h})
		}
	}
}

// A Markdown is formatted text.
type Markdown struct {
	widget
	props wire.GuiMarkdownProps
}

// MarkdownOptions are the options of AddMarkdown.
type MarkdownOptions struct {
	Hidden bool     // it is not shown
	Order  *float64 // place among its neighbours, small first; default: after what was added before
}

// AddMarkdown adds text in Markdown. Pages run no script in it.
func (c Container) AddMarkdown(content string, opts *MarkdownOptions) *Markdown {
	const fn = "AddMarkdown"
	o := orPtr(opts, MarkdownOptions{})
	m := &Markdown{props: wire.GuiMarkdownProps{Order: c.order(fn, o.Order), Markdown: content, Visible: !o.Hidden}}
	c.place(fn, &m.widget, markdownKind, &m.props, nil, nil)
	return m
}

// Content returns the text.
func (h *Markdown) Content() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Markdown
}

// SetContent replaces the text.
func (h *Markdown) SetContent(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replace(&h.props.Markdown, v) {
		h.changed(wire.GuiMarkdownPropsMarkdown)
	}
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
	Order    *float64 // place among its neighbours, small first; default: after what was added before
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
