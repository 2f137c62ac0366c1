package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var dividerKind = state.GUIKind("GuiDividerMessage", new(wire.GuiDividerProps))

// A Divider is a line between elements.
type Divider struct {
	widget
	props wire.GuiDividerProps
}

// DividerOptions are the options of AddDivider.
type DividerOptions struct {
	Hidden bool     // it is not shown; default false
	Order  *float64 // place among its neighbors, small first; default: after what was added before
}

// AddDivider adds a line.
func (c Container) AddDivider(opts *DividerOptions) *Divider {
	const fn = "AddDivider"
	o := orPtr(opts, DividerOptions{})
	h := &Divider{props: wire.GuiDividerProps{Order: c.order(fn, o.Order), Visible: !o.Hidden}}
	c.place(fn, &h.widget, dividerKind, &h.props, nil, nil)
	return h
}
