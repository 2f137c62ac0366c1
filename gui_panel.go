package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var panelKind = state.NewKind("GuiPanelMessage", "GuiUpdateMessage", "GuiPanelRemoveMessage", "uuid", false, new(wire.GuiPanelProps))

// A Panel is a window with tabs beside the control panel. The program and the user can
// dock it at an edge, put it above or below another one, let it float, and minimize it;
// the latest action counts, and pages remember what their user did. Its place cannot be
// read, since it differs from page to page. On phones panels are sections of the sheet
// at the bottom.
type Panel struct {
	tabbed
	placed
	props wire.GuiPanelProps
}

// PanelOptions are the options of AddPanel.
type PanelOptions struct {
	Hidden bool     // it is not shown
	Order  *float64 // place among panels on phones, small first; default: after what was added before
}

// AddPanel adds a panel, at first without a tab; it floats until it is placed. It is
// not inside the container, but is removed with it.
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

// MainPanel returns the control panel as something that can be placed. That of a
// client's GUI is the same panel, placed for that client only.
func (g *GUI) MainPanel() *MainPanel { return g.main }

// A MainPanel is the control panel: it can be placed as a [Panel], but not removed.
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

// A PanelAnchor is a panel beside which another one can go: a *Panel, or a *MainPanel.
// It is implemented in this package only.
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

// Each command carries a stamp: pages execute those that they have not seen. Counters
// are compared within one run of a GUI, over all of its panels.
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

// DockLeft docks the panel at the left edge of the page, inward of those that were
// docked there before. The scene gets the remaining width.
func (p *placed) DockLeft() { p.put(wire.Placement{Kind: "edge", Edge: "left"}) }

// DockRight docks the panel at the right edge of the page, inward of those that were
// docked there before. The scene gets the remaining width.
func (p *placed) DockRight() { p.put(wire.Placement{Kind: "edge", Edge: "right"}) }

// DockAbove puts the panel above a docked one, in the same column. Beside a panel
// that floats there is no column: then the panel docks at the right edge. It panics
// with a *UsageError if a is this panel or is of another GUI; the
// control panel is a neighbor for panels of every GUI of its server.
func (p *placed) DockAbove(a PanelAnchor) { p.split("DockAbove", a, "above") }

// DockBelow puts the panel below a docked one; see DockAbove.
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

// FloatOptions say where and how large a panel floats, in pixels of the page. What
// is nil is left to the page.
type FloatOptions struct {
	// X is the distance from the left edge of the picture; if negative, that of the
	// panel's right edge from the picture's.
	X *float64
	// Y is the distance from the top; if negative, from the bottom.
	Y *float64
	// Width and Height are sizes as SetWidth and SetHeight take them.
	Width, Height *float64
}

// Float makes the panel float over the scene; with nil, pages choose the place. It
// panics with a *UsageError if a distance is not finite, or a size not above 0.
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

// SetHeight sets the height of the panel while it floats, in pixels; a docked one is
// as high as its column has room. It panics with a *UsageError if v is not finite or
// not above 0.
func (p *placed) SetHeight(v float64) {
	checkPositive("SetHeight", "the height", v)
	p.command(func(s stamp) {
		p.send("panel-height", &wire.GuiSetPanelHeightMessage{UUID: p.id, Height: &v, Counter: s.counter, RunID: s.run})
	})
}

// Minimize leaves only the panel's heading; a docked one leaves a strip at the edge,
// with what is in its column.
func (p *placed) Minimize() { p.collapse(true) }

// Expand undoes Minimize.
func (p *placed) Expand() { p.collapse(false) }

func (p *placed) collapse(v bool) {
	p.command(func(s stamp) {
		p.send("panel-collapsed", &wire.GuiSetPanelCollapsedMessage{UUID: p.id, Collapsed: v, Counter: s.counter, RunID: s.run})
	})
}
