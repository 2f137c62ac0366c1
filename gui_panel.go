package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var panelKind = state.NewKind("GuiPanelMessage", "GuiUpdateMessage", "GuiPanelRemoveMessage", "uuid", false, new(wire.GuiPanelProps))

// A Panel is a window with tabs, in addition to the control panel. The program and the
// user can dock it at an edge, above or below another one, let it float, and minimize
// it; the latest action applies, and browsers remember the actions of their user. The
// position has no getter, since it differs between clients. On phones panels are
// sections of the sheet at the bottom.
type Panel struct {
	tabbed
	placed
	props wire.GuiPanelProps
}

// PanelOptions are the options of AddPanel.
type PanelOptions struct {
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among panels on phones, ascending; default after those added before
}

// AddPanel adds a panel without tabs, which floats until it is docked. It is not shown
// in the container, but is removed with it.
func (c Container) AddPanel(opts *PanelOptions) *Panel {
	const fn = "AddPanel"
	o := orPtr(opts, PanelOptions{})
	p := &Panel{props: wire.GuiPanelProps{Order: c.order(fn, o.Order), Visible: !o.Hidden}}
	p.ids = tabProp[string]{&p.props.TabContainerIDs, wire.GuiPanelPropsTabContainerIDs}
	p.labels = tabProp[string]{&p.props.TabLabels, wire.GuiPanelPropsTabLabels}
	p.icons = tabProp[*string]{&p.props.TabIconsHTML, wire.GuiPanelPropsTabIconsHTML}
	c.placeAlone(fn, &p.widget, panelKind, &p.props, nil)
	p.placed = placed{of: c.gui, id: p.uuid, send: p.ent.SetMessage, dead: &p.widget}
	return p
}

// MainPanel returns the control panel, to place it. That of a client's GUI is the same
// panel, placed for that client only.
func (g *GUI) MainPanel() *MainPanel { return g.main }

// A MainPanel is the control panel. It can be placed like a [Panel], but not removed.
type MainPanel struct{ placed }

// reset puts the control panel back to its place, as one step.
func (p *MainPanel) reset() {
	p.command(func(s stamp) {
		p.send("panel-position", &wire.GuiSetPanelPositionMessage{UUID: p.id, Position: wire.Placement{Kind: "float"}, Counter: s.counter, RunID: s.run})
		p.send("panel-width", &wire.GuiSetPanelWidthMessage{UUID: p.id, Counter: s.counter, RunID: s.run})
		p.send("panel-height", &wire.GuiSetPanelHeightMessage{UUID: p.id, Counter: s.counter, RunID: s.run})
		p.send("panel-collapsed", &wire.GuiSetPanelCollapsedMessage{UUID: p.id, Counter: s.counter, RunID: s.run})
	})
}

// A PanelAnchor is a panel next to which another one can be docked: a *Panel or a
// *MainPanel. It is implemented only in this package.
type PanelAnchor interface {
	anchor() *placed
}

// placed is what panels share.
type placed struct {
	of   *GUI
	id   string
	send func(key string, m wire.Message)
	dead *widget // nil for the control panel, which cannot be removed
}

func (p *placed) anchor() *placed { return p }

// Each command has a stamp: clients execute those that they have not executed before.
// Counters are compared within one run of a GUI, over all of its panels.
type stamp struct {
	counter int
	run     string
}

// command sends a command, unless the panel was removed. Commands and removals are
// serialized, so that no command is left for a panel that was removed.
func (p *placed) command(order func(s stamp)) {
	tree := p.of.tree
	tree.mu.Lock()
	defer tree.mu.Unlock()
	if p.gone() {
		p.of.server.log.removed("call on a removed panel ignored", "panel", p.id)
		return
	}
	p.of.layout++
	order(stamp{p.of.layout, p.of.runID})
}

func (p *placed) gone() bool { return p.dead != nil && p.dead.Removed() }

func (p *placed) put(where wire.Placement) {
	p.command(func(s stamp) {
		p.send("panel-position", &wire.GuiSetPanelPositionMessage{UUID: p.id, Position: where, Counter: s.counter, RunID: s.run})
	})
}

// DockLeft docks the panel at the left edge of the page, inward of panels that were
// docked there before. The scene uses the remaining width.
func (p *placed) DockLeft() { p.put(wire.Placement{Kind: "edge", Edge: "left"}) }

// DockRight docks the panel at the right edge of the page, inward of panels that were
// docked there before. The scene uses the remaining width.
func (p *placed) DockRight() { p.put(wire.Placement{Kind: "edge", Edge: "right"}) }

// DockAbove docks the panel above a docked one, in the same column. If the other panel
// floats, the panel docks at the right edge. It panics with a *UsageError if a is this
// panel or belongs to another GUI; the control panel belongs to every GUI of its
// server.
func (p *placed) DockAbove(a PanelAnchor) { p.split("DockAbove", a, "above") }

// DockBelow docks the panel below a docked one; see DockAbove.
func (p *placed) DockBelow(a PanelAnchor) { p.split("DockBelow", a, "below") }

func (p *placed) split(fn string, a PanelAnchor, side string) {
	if a == nil {
		usage(fn, "the other panel is nil")
	}
	other := a.anchor()
	switch {
	case other.id == p.id:
		usage(fn, "a panel cannot be docked beside itself")
	case other.of.server != p.of.server || other.dead != nil && other.of != p.of:
		usage(fn, "the other panel is of another client's or server's GUI")
	case other.gone():
		p.of.server.log.removed("docking beside a removed panel ignored", "panel", p.id)
		return
	}
	p.put(wire.Placement{Kind: "split", AnchorUUID: other.id, Side: side})
}

// FloatOptions are the position and size of a floating panel, in CSS pixels. The client
// chooses fields that are nil.
type FloatOptions struct {
	// X is the distance from the left edge of the canvas; if negative, from the
	// canvas's right edge to the panel's.
	X *float64
	// Y is the distance from the top edge of the canvas; if negative, from its bottom
	// edge to the panel's.
	Y *float64
	// Width and Height are the size, as in SetWidth and SetHeight.
	Width, Height *float64
}

// Float makes the panel float over the scene; with nil, the client chooses the
// position. It panics with a *UsageError if a distance is not finite, or a size not
// above 0.
func (p *placed) Float(at *FloatOptions) {
	const fn = "Float"
	o := orPtr(at, FloatOptions{})
	for _, x := range []*float64{o.X, o.Y} {
		checkFinite(fn, orPtr(x, 0))
	}
	checkPositive(fn, "Width", orPtr(o.Width, 1))
	checkPositive(fn, "Height", orPtr(o.Height, 1))
	p.put(wire.Placement{Kind: "float", X: copyOf(o.X), Y: copyOf(o.Y)})
	if o.Width != nil {
		p.SetWidth(*o.Width)
	}
	if o.Height != nil {
		p.SetHeight(*o.Height)
	}
}

// SetWidth sets the width of the panel, or of the column that it is docked in, in
// pixels. It panics with a *UsageError if v is not finite or not above 0.
func (p *placed) SetWidth(v float64) {
	checkPositive("SetWidth", "the width", v)
	p.command(func(s stamp) {
		p.send("panel-width", &wire.GuiSetPanelWidthMessage{UUID: p.id, Width: &v, Counter: s.counter, RunID: s.run})
	})
}

// SetHeight sets the height of the panel while it floats, in pixels; the height of a
// docked panel is determined by its column. It panics with a *UsageError if v is not
// finite or not above 0.
func (p *placed) SetHeight(v float64) {
	checkPositive("SetHeight", "the height", v)
	p.command(func(s stamp) {
		p.send("panel-height", &wire.GuiSetPanelHeightMessage{UUID: p.id, Height: &v, Counter: s.counter, RunID: s.run})
	})
}

// Minimize reduces the panel to its heading; the column of a docked panel is reduced to
// a strip at the edge.
func (p *placed) Minimize() { p.collapse(true) }

// Expand reverses Minimize.
func (p *placed) Expand() { p.collapse(false) }

func (p *placed) collapse(v bool) {
	p.command(func(s stamp) {
		p.send("panel-collapsed", &wire.GuiSetPanelCollapsedMessage{UUID: p.id, Collapsed: v, Counter: s.counter, RunID: s.run})
	})
}
