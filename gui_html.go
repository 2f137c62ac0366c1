package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var htmlKind = state.GUIKind("GuiHtmlMessage", new(wire.GuiHtmlProps))

// An HTML is a piece of HTML.
type HTML struct {
	widget
	props wire.GuiHtmlProps
}

// HTMLOptions are the options of AddHTML.
type HTMLOptions struct {
	Hidden bool     // it is not shown; default false
	Order  *float64 // place among its neighbors, small first; default: after what was added before
}

// AddHTML adds a piece of HTML. This package's page shows text, pictures, tables
// and styles; it runs no script, and leaves out forms, frames, and what would reach
// outside of the element. viser's own page runs and shows all that it is given, so
// do not pass on to it what you do not trust.
func (c Container) AddHTML(content string, opts *HTMLOptions) *HTML {
	const fn = "AddHTML"
	o := orPtr(opts, HTMLOptions{})
	h := &HTML{props: wire.GuiHtmlProps{Order: c.order(fn, o.Order), Content: content, Visible: !o.Hidden}}
	c.place(fn, &h.widget, htmlKind, &h.props, nil, nil)
	return h
}
