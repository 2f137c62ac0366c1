package viser

import (
	"context"
	"math"
	"time"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/gesture"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var transformControlsKind = state.SceneKind("TransformControlsMessage", new(wire.TransformControlsProps))

// Limits are a range for each of the axes x, y, z: the minimum and the maximum.
type Limits [3][2]float64

// unlimited is viser's value for no limits.
var unlimited = Limits{{-1000, 1000}, {-1000, 1000}, {-1000, 1000}}

// TransformControls is a gizmo with which users move and rotate a node: arrows, squares
// between them, and rings, aligned with the node's own axes. Its descendants move with
// it.
//
// Clients change its pose, which Pose, Position and WXYZ return; all other clients show
// the movement. A pose that the program sets during a drag is shown by the dragging
// client when the drag ends.
type TransformControls struct {
	node
	props   wire.TransformControlsProps
	updated time.Time
	updates callback.List[TransformControlsEvent]
}

// A TransformControlsEvent is the start, an update or the end of a drag of a gizmo. The
// pose is that of Target, which may have changed since.
type TransformControlsEvent struct {
	Client *Client // the client of the user
	Target *TransformControls
	Phase  DragPhase
}

// AddTransformControls adds a gizmo. It panics with a *UsageError if the name is empty,
// a number is not finite or out of its range, or a minimum of the limits is above its
// maximum.
func (s *Scene) AddTransformControls(name string, opts *TransformControlsOptions) *TransformControls {
	const fn = "Scene.AddTransformControls"
	o := orPtr(opts, TransformControlsOptions{})
	t := &TransformControls{props: o.props(fn)}
	p := &t.props
	p.ActiveAxes = orPtr(o.ActiveAxes, [3]bool{true, true, true})
	p.TranslationLimits, p.RotationLimits = orPtr(o.TranslationLimits, unlimited), orPtr(o.RotationLimits, unlimited)
	checkLimits(fn, "TranslationLimits", p.TranslationLimits)
	checkLimits(fn, "RotationLimits", p.RotationLimits)
	s.add(fn, name, t, transformControlsKind, &t.props, o.place(fn))
	return t
}

func checkLimits(fn, what string, l Limits) {
	for axis, r := range l {
		if !(r[0] <= r[1]) { // also not with NaN
			usage(fn, "%s of %c go from %v to %v; the first must not be above the second", what, 'x'+rune(axis), r[0], r[1])
		}
	}
}

// OnUpdate attaches fn for each time that a client drags the gizmo: one event of phase start, any number of
// updates, one of phase end. While fn is busy, newer updates from the same client replace older ones. A drag also
// ends when the gizmo is removed, and when the client leaves; the ctx of the end event has then ended.
func (h *TransformControls) OnUpdate(fn func(ctx context.Context, e TransformControlsEvent)) (off func()) {
	checkCallback("TransformControls.OnUpdate", fn)
	return h.updates.Add(fn)
}

// UpdateTime returns when a client last moved the gizmo, the zero time if never.
func (h *TransformControls) UpdateTime() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.updated
}

// ActiveAxes returns which of the axes x, y, z can be used.
func (h *TransformControls) ActiveAxes() [3]bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.ActiveAxes
}

// SetActiveAxes sets which of the axes x, y, z can be used.
func (h *TransformControls) SetActiveAxes(v [3]bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replace(&h.props.ActiveAxes, v) {
		h.changed(wire.TransformControlsPropsActiveAxes)
	}
}

// TranslationLimits returns the bounds of the translation from the initial position
// along the gizmo's axes, in scene units.
func (h *TransformControls) TranslationLimits() Limits {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.TranslationLimits
}

// SetTranslationLimits sets the bounds of the translation from the initial position
// along the gizmo's axes, in scene units. It panics with a *UsageError if a limit is
// not finite or a minimum is above its maximum.
func (h *TransformControls) SetTranslationLimits(v Limits) {
	checkLimits("TransformControls.SetTranslationLimits", "TranslationLimits", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replace((*Limits)(&h.props.TranslationLimits), v) {
		h.changed(wire.TransformControlsPropsTranslationLimits)
	}
}

// RotationLimits returns the bounds of the rotation from the initial orientation about
// the gizmo's axes, in radians.
func (h *TransformControls) RotationLimits() Limits {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.RotationLimits
}

// SetRotationLimits sets the bounds of the rotation from the initial orientation about
// the gizmo's axes, in radians. It panics with a *UsageError if a limit is not finite
// or a minimum is above its maximum.
func (h *TransformControls) SetRotationLimits(v Limits) {
	checkLimits("TransformControls.SetRotationLimits", "RotationLimits", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replace((*Limits)(&h.props.RotationLimits), v) {
		h.changed(wire.TransformControlsPropsRotationLimits)
	}
}

// A grab is a drag of a gizmo by a client.
type grab struct {
	h *TransformControls
	c *Client
	// The pose that the page has set so far; contested is whether another page or the
	// program has set it meanwhile.
	wxyz      [4]float64
	position  [3]float64
	contested bool
}

func (g *grab) End() { g.h.fireUpdate(g.c, DragEnd) }

// checkContested sets contested if another page or the program has set the pose.
func (g *grab) checkContested() {
	q, p := g.h.ent.Pose()
	g.contested = g.contested || q != g.wxyz || p != g.position
}

func (h *TransformControls) fireUpdate(c *Client, phase DragPhase) {
	e := TransformControlsEvent{Client: c, Target: h, Phase: phase}
	fire(c, h, dispatch.Event{Name: "TransformControls.OnUpdate", Node: h.name}, phase == DragUpdate, &h.updates, e)
}

// gizmo returns the one that a page names, nil if there is none.
func (c *Client) gizmo(owner, name string) *TransformControls {
	s := c.sceneOf(owner)
	if s == nil || !c.isConnected() {
		return nil
	}
	n := s.nodeNamed(name)
	if n == nil {
		return nil
	}
	h, _ := n.handle.(*TransformControls)
	return h
}

func (c *Client) gizmoGrabbed(m *wire.TransformControlsDragStartMessage) {
	h := c.gizmo(m.Owner, m.Name)
	if h == nil {
		return
	}
	g := &grab{h: h, c: c}
	g.wxyz, g.position = h.ent.Pose()
	if !c.startGesture(&h.node, g, func() { h.fireUpdate(c, DragStart) }) {
		c.badGizmo(m.Name, "it is dragged already, or the client drags too many nodes")
	}
}

// gizmoMoved handles a pose from a page, also without a drag start: not all pages send
// one.
func (c *Client) gizmoMoved(m *wire.TransformControlsUpdateMessage) {
	h := c.gizmo(m.Owner, m.Name)
	if h == nil {
		return
	}
	q, ok := unit(m.WXYZ)
	if !ok || !finite(m.Position[0]) || !finite(m.Position[1]) || !finite(m.Position[2]) {
		c.badGizmo(m.Name, "the pose is not finite, or its quaternion has length 0")
		return
	}
	c.auditedMove(h.name, m.Position)
	move := func() {
		if !h.ent.SetPoseBy(c.id, q, m.Position) {
			return
		}
		h.mu.Lock()
		h.updated = time.Now()
		h.mu.Unlock()
		h.fireUpdate(c, DragUpdate)
	}
	held := c.server.gestures.With(gestureKey{Client: c, Node: &h.node}, func(x gesture.Gesture) bool {
		if g, ok := x.(*grab); ok {
			g.checkContested()
			g.wxyz, g.position = q, m.Position
		}
		move()
		return false
	})
	if !held {
		move()
	}
}

func (c *Client) gizmoLetGo(m *wire.TransformControlsDragEndMessage) {
	h := c.gizmo(m.Owner, m.Name)
	if h == nil {
		return
	}
	c.server.gestures.With(gestureKey{Client: c, Node: &h.node}, func(x gesture.Gesture) bool {
		if g, ok := x.(*grab); ok {
			g.checkContested()
			if g.contested {
				// The client has its own last pose, but does not know which pose is the
				// newest.
				h.ent.ForcePose(h.ent.Pose())
			}
		}
		x.End()
		return true
	})
}

func (c *Client) badGizmo(name, reason string) {
	c.server.log.limited("invalid gizmo pose", "client", c.id, "node", clip(name), "reason", reason)
}

// unit returns the quaternion with length one, if it is one at all. One that has
// that length but for rounding stays as it is.
func unit(q [4]float64) ([4]float64, bool) {
	n := math.Sqrt(q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3])
	if !finite(n) || n < 1e-9 {
		return q, false
	}
	if math.Abs(n-1) > 1e-6 {
		for i := range q {
			q[i] /= n
		}
	}
	return q, true
}
