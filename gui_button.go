package viser

import (
	"context"
	"image/color"
	"iter"
	"slices"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	buttonKind      = state.GUIKind("GuiButtonMessage", new(wire.GuiButtonProps))
	buttonGroupKind = state.GUIKind("GuiButtonGroupMessage", new(wire.GuiButtonGroupProps))
)

// A Button can be clicked.
type Button struct {
	control
	props  wire.GuiButtonProps
	icon   Icon
	clicks callback.List[ButtonEvent]
	holds  map[float64]*callback.List[ButtonEvent] // by frequency; guarded by mu
}

// ButtonOptions are the options of AddButton.
type ButtonOptions struct {
	Color    color.Color // a ColorName or any other color; default the theme's color
	Icon     Icon        // the icon beside the label; default none
	Disabled bool        // whether the element is disabled; default false
	Hidden   bool        // whether the element is initially hidden; default false
	Hint     string      // the tooltip; default none
	Order    *float64    // the sort key among its siblings, ascending; default after those added before
}

// A ButtonEvent is a click on a button, or reports that it is held down.
type ButtonEvent struct {
	Client *Client // the client of the user
	Target *Button
}

// AddButton adds a button. It panics with a *UsageError if there is no such icon, or
// Color is a ColorName that is not in the palette.
func (c Container) AddButton(label string, opts *ButtonOptions) *Button {
	const fn = "AddButton"
	o := orPtr(opts, ButtonOptions{})
	b := &Button{icon: o.Icon, props: wire.GuiButtonProps{
		GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}), Color: wireColor(fn, o.Color), IconHTML: iconHTML(fn, o.Icon),
		HoldCallbackFreqs: []float64{},
	}}
	b.common = &b.props.GuiBaseProps
	c.place(fn, &b.widget, buttonKind, &b.props, func(e *wire.Encoder) { e.Bool(false) }, b)
	return b
}

// Icon returns the button's icon, nil for none.
func (h *Button) Icon() Icon {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.icon
}

// SetIcon sets the button's icon; nil removes it. It panics with a *UsageError if there
// is no such icon.
func (h *Button) SetIcon(i Icon) {
	svg := iconHTML("Button.SetIcon", i)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.icon = i
	if replaceOptional(&h.props.IconHTML, svg) {
		h.changed(wire.GuiButtonPropsIconHTML)
	}
}

// OnClick attaches fn for each click; clicks that arrive while fn is busy are queued.
// ctx ends when that client leaves.
func (h *Button) OnClick(fn func(ctx context.Context, e ButtonEvent)) (off func()) {
	checkCallback("Button.OnClick", fn)
	return h.clicks.Add(fn)
}

// Clicks yields the clicks on the button, in order:
//
//	for click := range button.Clicks(ctx) {
//		fmt.Println("clicked by client", click.Client.ID())
//	}
//
// Clicks that arrive while the loop body is busy are queued, up to a bound; further
// ones are dropped. The loop ends when ctx ends, when the button is removed, when the
// server closes, and, for a button of a client's GUI, when that client leaves.
func (h *Button) Clicks(ctx context.Context) iter.Seq[ButtonEvent] {
	return callback.Seq(ctx, h.removed, h.gui.context(), h.OnClick)
}

// receive handles a click from a page; it is not sent to other pages.
func (h *Button) receive(from *Client, updates wire.Updates) {
	for _, u := range updates {
		if u.Key == "value" && from.isConnected() {
			from.auditedElement("button clicked", auditElement{"Button", h.Label(), h.uuid})
			fire(from, h, dispatch.Event{Name: "Button.OnClick", Label: h.Label(), UUID: h.uuid}, false, &h.clicks, ButtonEvent{Client: from, Target: h})
		}
	}
}

const (
	// maxHoldHz is the highest rate at which pages report that a button is held.
	maxHoldHz = 200
	// maxHoldFrequencies is how many frequencies pages report for one button.
	maxHoldFrequencies = 16
)

// OnHold attaches fn to be called while the button is held down: immediately, and then
// hz times per second until it is released. Calls are skipped while fn is busy, so that
// none follows the release. ctx ends when that client leaves. It panics with a
// *UsageError if hz is not above 0 or above 200, or the button has more than 16
// different frequencies.
func (h *Button) OnHold(hz float64, fn func(ctx context.Context, e ButtonEvent)) (off func()) {
	const name = "Button.OnHold"
	checkCallback(name, fn)
	checkPositive(name, "hz", hz)
	if hz > maxHoldHz {
		usage(name, "hz is %v; pages report at most %d times a second", hz, maxHoldHz)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	cbs := h.holds[hz]
	if cbs == nil {
		if len(h.holds) == maxHoldFrequencies {
			usage(name, "the button has %d frequencies already", maxHoldFrequencies)
		}
		if h.holds == nil {
			h.holds = map[float64]*callback.List[ButtonEvent]{}
		}
		cbs = &callback.List[ButtonEvent]{}
		h.holds[hz] = cbs
		h.props.HoldCallbackFreqs = append(slices.Clone(h.props.HoldCallbackFreqs), hz)
		h.changed(wire.GuiButtonPropsHoldCallbackFreqs)
	}
	detach := cbs.Add(fn)
	return func() {
		detach()
		h.dropHold(hz, cbs)
	}
}

// dropHold removes a frequency that no callback uses any more.
func (h *Button) dropHold(hz float64, cbs *callback.List[ButtonEvent]) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.holds[hz] != cbs || !cbs.Empty() {
		return
	}
	delete(h.holds, hz)
	h.props.HoldCallbackFreqs = slices.DeleteFunc(slices.Clone(h.props.HoldCallbackFreqs), func(f float64) bool { return f == hz })
	h.changed(wire.GuiButtonPropsHoldCallbackFreqs)
}

// held handles a page's report that the button is held.
func (h *Button) held(from *Client, hz float64) {
	h.mu.Lock()
	cbs := h.holds[hz]
	h.mu.Unlock()
	if cbs != nil && from.isConnected() {
		from.auditedHold(h)
		// Clicks and the other frequencies have queues of their own.
		fire(from, cbs, dispatch.Event{Name: "Button.OnHold", Label: h.Label(), UUID: h.uuid}, true, cbs, ButtonEvent{Client: from, Target: h})
	}
}

// auditedHold writes that the client holds the button down.
func (c *Client) auditedHold(h *Button) {
	if c.server.audit != nil {
		c.auditedChange("button held", h.uuid, auditElement{"Button", h.Label(), h.uuid}.attrs()...)
	}
}

// buttonHeld passes the report that a button is held to the button.
func (c *Client) buttonHeld(m *wire.GuiButtonHoldMessage) {
	if b, ok := c.element(m.UUID).(*Button); ok {
		b.held(c, m.Frequency)
	}
}

// A ButtonGroup is a row of buttons.
type ButtonGroup struct {
	control
	props  wire.GuiButtonGroupProps
	value  string
	clicks callback.List[ButtonGroupEvent]
}

// ButtonGroupOptions are the options of AddButtonGroup.
type ButtonGroupOptions struct {
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// A ButtonGroupEvent is a click on a button of a group.
type ButtonGroupEvent struct {
	Client *Client // the client of the user
	Value  string  // the text of the button
	Target *ButtonGroup
}

// AddButtonGroup adds a row of buttons, one for each option. It panics with a
// *UsageError if there are none.
func (c Container) AddButtonGroup(label string, options []string, opts *ButtonGroupOptions) *ButtonGroup {
	const fn = "AddButtonGroup"
	o := orPtr(opts, ButtonGroupOptions{})
	checkOptions(fn, options)
	g := &ButtonGroup{value: options[0], props: wire.GuiButtonGroupProps{
		GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}), Options: slices.Clone(options),
	}}
	g.common = &g.props.GuiBaseProps
	c.place(fn, &g.widget, buttonGroupKind, &g.props, func(e *wire.Encoder) { e.String(options[0]) }, g)
	return g
}

// Value returns the option that was clicked last, by any client; initially the first
// one.
func (h *ButtonGroup) Value() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.value
}

// Options returns a copy of the texts of the buttons.
func (h *ButtonGroup) Options() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.props.Options)
}

// SetOptions replaces the buttons. It panics with a *UsageError if there are none.
func (h *ButtonGroup) SetOptions(options []string) {
	checkOptions("ButtonGroup.SetOptions", options)
	h.mu.Lock()
	defer h.mu.Unlock()
	if slices.Equal(h.props.Options, options) {
		return
	}
	h.props.Options = slices.Clone(options)
	h.changed(wire.GuiButtonGroupPropsOptions)
}

// OnClick attaches fn for each click on one of the buttons; clicks that arrive while fn
// is busy are queued. ctx ends when that client leaves.
func (h *ButtonGroup) OnClick(fn func(ctx context.Context, e ButtonGroupEvent)) (off func()) {
	checkCallback("ButtonGroup.OnClick", fn)
	return h.clicks.Add(fn)
}

// Clicks yields the clicks on the buttons, in order. The loop ends like that of
// [Button.Clicks].
func (h *ButtonGroup) Clicks(ctx context.Context) iter.Seq[ButtonGroupEvent] {
	return callback.Seq(ctx, h.removed, h.gui.context(), h.OnClick)
}

// receive handles a click from a page; it is not sent to other pages.
func (h *ButtonGroup) receive(from *Client, updates wire.Updates) {
	for _, u := range updates {
		if u.Key != "value" {
			continue
		}
		v, ok := u.Value.(string)
		h.mu.Lock()
		ok = ok && slices.Contains(h.props.Options, v)
		if ok {
			h.value = v
		}
		h.mu.Unlock()
		switch {
		case !ok:
			h.gui.server.log.limited("invalid button index ignored", "client", from.id)
		case from.isConnected():
			from.auditedElement("button clicked", auditElement{"ButtonGroup", h.Label(), h.uuid}, auditValue(v, false))
			fire(from, h, dispatch.Event{Name: "ButtonGroup.OnClick", Label: h.Label(), UUID: h.uuid}, false, &h.clicks, ButtonGroupEvent{Client: from, Value: v, Target: h})
		}
	}
}

// An Icon is an icon of a button, a tab or a command. Package icon has all of Tabler's
// by name, such as icon.CameraPlus; any type with an SVG method works.
type Icon interface {
	// SVG returns the icon as an svg element. Clients draw its paths and shapes and
	// ignore everything else.
	SVG() string
}

// iconHTML returns the icon in the form that pages are sent, nil for none.
func iconHTML(fn string, i Icon) *string {
	if i == nil {
		return nil
	}
	svg := i.SVG()
	if svg == "" {
		usage(fn, "there is no icon %v", i)
	}
	return &svg
}
