package viser

import (
	"context"
	"iter"
	"log/slog"
	"slices"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/gesture"
	"github.com/viser-go/viser/internal/wire"
)

// Draggable is a [Node] that reports drags. A drag does not move the node; for that see
// [TransformControls].
type Draggable interface {
	Node
	// OnDrag attaches fn for drags of the node with this button and exactly these
	// modifier keys held.
	OnDrag(button MouseButton, fn func(ctx context.Context, e DragEvent), mods ...Modifier) (off func())
	// Drags yields the events of drags with this button and exactly these modifier
	// keys held.
	Drags(ctx context.Context, button MouseButton, mods ...Modifier) iter.Seq[DragEvent]
}

// A MouseButton is a button of a mouse. A touch counts as the left button.
type MouseButton string

// The mouse buttons.
const (
	LeftButton   MouseButton = "left"
	MiddleButton MouseButton = "middle"
	RightButton  MouseButton = "right"
)

// A DragPhase is the stage of a drag.
type DragPhase string

// The phases of a drag: one start, any number of updates, one end.
const (
	DragStart  DragPhase = "start"
	DragUpdate DragPhase = "update"
	DragEnd    DragPhase = "end"
)

// A DragEvent is a start, update or end of a drag on a node.
type DragEvent struct {
	Client *Client // the client that drags
	Target Node    // the node that was pressed
	Phase  DragPhase
	// InstanceIndex is the index of the instance of a batched node that was pressed, or
	// of the point, line, arrow or segment; -1 for other nodes, and for a press on a
	// descendant that has no drag callbacks.
	InstanceIndex int
	// StartPosition is the point of the node that was pressed, in the world frame;
	// EndPosition is the point to which the pointer has moved it, in the plane through
	// StartPosition that faces the camera.
	StartPosition, EndPosition   Vec3
	StartScreenPos, EndScreenPos [2]float64 // the pointer's position: 0 to 1 from the left, 0 to 1 from the top
	Button                       MouseButton
	Modifier                     Modifier // the modifier keys that are held, joined by "+"; "" for none
	Viewport                     int      // the number of the viewport of [Client.Viewports] in which it began; 0: the main one
}

// OnDrag attaches fn for drags of the node that begin with this mouse button and
// exactly these modifier keys; the camera does not move meanwhile. Each drag is one
// event of phase start, updates about 20 times per second, and one event of phase end.
// When the keys change during a drag, it ends for one combination and starts for the
// other, if a callback is attached for it.
//
// A drag also ends when the node is removed, and when the client leaves; the ctx of the
// end event has then ended. While fn is busy, newer updates replace older ones; starts
// and ends are never dropped. It panics with a *UsageError if the button or a key is
// not one of the constants.
func (n *interactive) OnDrag(button MouseButton, fn func(ctx context.Context, e DragEvent), mods ...Modifier) (off func()) {
	checkCallback("OnDrag", fn)
	return n.drags.Add(gestureOf("OnDrag", button, mods), fn)
}

// Drags yields the events that OnDrag passes to a callback, in order. The loop ends
// like that of Clicks, also in the middle of a drag.
func (n *interactive) Drags(ctx context.Context, button MouseButton, mods ...Modifier) iter.Seq[DragEvent] {
	gesture := gestureOf("Drags", button, mods)
	return callback.Seq(ctx, n.removed(), n.scene.context(), func(put func(context.Context, DragEvent)) (off func()) {
		return n.drags.Add(gesture, put)
	})
}

// A dragGesture is the kind of drag that a callback is for.
type dragGesture struct {
	button MouseButton
	mod    Modifier
}

func gestureOf(fn string, button MouseButton, mods []Modifier) dragGesture {
	oneOf(fn, "the button", button, LeftButton, MiddleButton, RightButton)
	return dragGesture{button, joinModifiers(fn, mods)}
}

func dragBindings(name, owner string, wanted []dragGesture) *wire.SetSceneNodeDragBindingsMessage {
	m := &wire.SetSceneNodeDragBindingsMessage{Name: name, Owner: owner, Bindings: []wire.DragBinding{}}
	seen := map[dragGesture]bool{}
	for _, g := range wanted {
		if !seen[g] {
			seen[g] = true
			m.Bindings = append(m.Bindings, wire.DragBinding{Button: string(g.button), Modifier: g.mod.wire()})
		}
	}
	return m
}

type gestureKey = gesture.Key[*Client, *node]

// startGesture begins a gesture of the client with the node. It reports false if that
// is one too many.
func (c *Client) startGesture(n *node, g gesture.Gesture, begin func()) bool {
	over := func() bool { return c.ctx.Err() != nil || n.Removed() }
	return c.server.gestures.Start(gestureKey{Client: c, Node: n}, g, over, begin)
}

// A drag is a drag in progress. Its callbacks are those that were attached when it
// began, so that each receives all of its events.
type drag struct {
	n    *node
	cbs  []*callback.Selected[dragGesture, DragEvent]
	last DragEvent
}

// deliver queues the event for the callbacks that have not been detached since.
func (d *drag) deliver(phase DragPhase) {
	d.last.Phase = phase
	c := d.last.Client
	fire(c, d.n, dispatch.Event{Name: "OnDrag", Node: d.n.name}, phase == DragUpdate, d.n.drags.Still(d.cbs), d.last)
}

// End ends the drag for its callbacks.
func (d *drag) End() { d.deliver(DragEnd) }

func (c *Client) nodeDragged(m *wire.SceneNodeDragMessage) {
	if !c.isConnected() {
		return
	}
	s := c.sceneOf(m.Owner)
	if s == nil || !validDrag(m) {
		c.invalidDrag(m, "unknown owner, phase or button, or a number out of range")
		return
	}
	n := s.nodeNamed(m.Name)
	switch {
	case m.Phase == wire.DragPhaseStart && n == nil:
		c.invalidDrag(m, "no such node")
	case m.Phase == wire.DragPhaseStart:
		c.startDrag(n, m)
	case n != nil: // a removed node ended its drags
		c.continueDrag(n, m)
	}
}

// validDrag reports whether the message can be about a node at all.
func validDrag(m *wire.SceneNodeDragMessage) bool {
	return (m.InstanceIndex == nil || *m.InstanceIndex >= 0) &&
		allFinite(m.StartPosition[:], m.EndPosition[:], m.StartScreenPos[:], m.EndScreenPos[:]) &&
		slices.Contains([]string{wire.DragPhaseStart, wire.DragPhaseUpdate, wire.DragPhaseEnd}, m.Phase) &&
		slices.Contains([]string{wire.DragButtonLeft, wire.DragButtonMiddle, wire.DragButtonRight}, m.Button)
}

func (c *Client) invalidDrag(m *wire.SceneNodeDragMessage, reason string) {
	c.server.log.limited("invalid drag", "client", c.id, "node", clip(m.Name), "phase", clip(m.Phase), "reason", reason)
}

// clip shortens text from a client for the log.
func clip(s string) string {
	const most = 100
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

func (c *Client) startDrag(n *node, m *wire.SceneNodeDragMessage) {
	index, ok := n.instance(m.InstanceIndex)
	if !ok {
		c.invalidDrag(m, "no such instance")
		return
	}
	mod := modifierOf(m.Modifier)
	d := &drag{n: n, cbs: n.drags.Of(dragGesture{MouseButton(m.Button), mod}), last: DragEvent{
		Client: c, Target: n.handle, InstanceIndex: index,
		StartPosition: m.StartPosition, StartScreenPos: m.StartScreenPos,
		EndPosition: m.EndPosition, EndScreenPos: m.EndScreenPos,
		Button: MouseButton(m.Button), Modifier: mod, Viewport: viewportOf(m.Viewport),
	}}
	if len(d.cbs) == 0 {
		return // it was detached while the message was in flight
	}
	if !c.startGesture(n, d, func() { d.deliver(DragStart) }) {
		c.invalidDrag(m, "the node is dragged already, or too many drags at once")
		return
	}
	c.audited("node dragged", n.name, slog.String("node", clip(n.name)), slog.String("button", m.Button), slog.String("modifier", clip(string(mod))))
}

func (c *Client) continueDrag(n *node, m *wire.SceneNodeDragMessage) {
	key := gestureKey{Client: c, Node: n}
	held := c.server.gestures.With(key, func(g gesture.Gesture) (over bool) {
		d, ok := g.(*drag)
		if !ok {
			return false
		}
		d.last.EndPosition, d.last.EndScreenPos = m.EndPosition, m.EndScreenPos
		d.deliver(DragPhase(m.Phase))
		return m.Phase == wire.DragPhaseEnd
	})
	// An end without a start is valid: the server may have ended the drag already.
	if !held && m.Phase == wire.DragPhaseUpdate && !n.drags.Empty() {
		c.invalidDrag(m, "no start")
	}
}

// instance returns the InstanceIndex of an event for the index that a client sends:
// -1 for none, and for nodes that have no parts. It reports false if there is no such
// part.
func (n *node) instance(index *int) (int, bool) {
	many, ok := n.handle.(interface{ pieces() int })
	switch {
	case !ok || index == nil:
		return -1, true
	case *index < 0 || *index >= many.pieces():
		return 0, false
	}
	return *index, true
}
