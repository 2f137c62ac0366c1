package viser

import (
	"math"
	"slices"

	"github.com/viser-go/viser/internal/wire"
)

// A MouseButton is a button of a mouse. A finger counts as the left one.
type MouseButton string

// The mouse buttons.
const (
	LeftButton   MouseButton = "left"
	MiddleButton MouseButton = "middle"
	RightButton  MouseButton = "right"
)

// A DragPhase says where in a drag an event belongs.
type DragPhase string

// The phases of a drag: one start, any number of updates, one end.
const (
	DragStart  DragPhase = "start"
	DragUpdate DragPhase = "update"
	DragEnd    DragPhase = "end"
)

// A DragEvent says that somebody drags on a node.
type DragEvent struct {
	Client *Client // whose page it is
	Target Node    // the node that was pressed
	Phase  DragPhase
	// InstanceIndex is which instance of a batched node was pressed, or which point,
	// line, arrow or stretch of a node that is made of many; -1 for other nodes,
	// and for a press on a descendant that cannot be dragged itself.
	InstanceIndex int
	// StartPosition is the point of the node that was pressed, in the world's
	// frame; EndPosition is where the pointer has taken it since, in the plane
	// through that point that faces the camera.
	StartPosition, EndPosition   Vec3
	StartScreenPos, EndScreenPos [2]float64 // of the pointer: 0 to 1 from the left, 0 to 1 from the top
	Button                       MouseButton
	Modifier                     Modifier // the keys that are held, joined by "+"; "" for none
}

// A dragGesture is what a callback for drags listens to.
type dragGesture struct {
	button MouseButton
	mod    Modifier
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

// A drag is one that is under way. Its callbacks are those that were attached
// when it began, so that each sees a whole one.
type drag struct {
	n    *node
	cbs  []*filteredCallback[dragGesture, DragEvent]
	last DragEvent
}

// tell hands the event to the callbacks that have not been detached since.
func (d *drag) tell(phase DragPhase) {
	d.last.Phase = phase
	c := d.last.Client
	fire(c.server.dispatch, c.ctx, c.id, d.n, "OnDrag of "+d.n.name, phase == DragUpdate, d.n.drags.still(d.cbs), d.last)
}

func (d *drag) end() { d.tell(DragEnd) }

func (c *Client) nodeDragged(m *wire.SceneNodeDragMessage) {
	if !c.isConnected() {
		return
	}
	s := c.sceneOf(m.Owner)
	if s == nil || !soundDrag(m) {
		c.badDrag(m, "it names no scene of this page, or numbers or words that are none")
		return
	}
	n := s.nodeNamed(m.Name)
	switch {
	case m.Phase == wire.DragPhaseStart && n == nil:
		c.badDrag(m, "there is no such node")
	case m.Phase == wire.DragPhaseStart:
		c.startDrag(n, m)
	case n != nil: // a drag of a node that is gone was ended when it went
		c.goOnDragging(n, m)
	}
}

// soundDrag reports whether the message is one that a page could mean.
func soundDrag(m *wire.SceneNodeDragMessage) bool {
	ok := m.InstanceIndex == nil || *m.InstanceIndex >= 0
	for _, xs := range [][]float64{m.StartPosition[:], m.EndPosition[:], m.StartScreenPos[:], m.EndScreenPos[:]} {
		ok = ok && !slices.ContainsFunc(xs, func(x float64) bool { return !finite(x) })
	}
	return ok && slices.Contains([]string{wire.DragPhaseStart, wire.DragPhaseUpdate, wire.DragPhaseEnd}, m.Phase) &&
		slices.Contains([]string{wire.DragButtonLeft, wire.DragButtonMiddle, wire.DragButtonRight}, m.Button)
}

func (c *Client) badDrag(m *wire.SceneNodeDragMessage, why string) {
	c.server.log.limited("a page reported a drag that can't be; ignored", "client", c.id, "node", clip(m.Name), "phase", clip(m.Phase), "why", why)
}

// clip keeps text of a page from filling the log.
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
		c.badDrag(m, "there is no such instance")
		return
	}
	mod := modifierOf(m.Modifier)
	d := &drag{n: n, cbs: n.drags.exactly(dragGesture{MouseButton(m.Button), mod}), last: DragEvent{
		Client: c, Target: n.handle, InstanceIndex: index,
		StartPosition: m.StartPosition, StartScreenPos: m.StartScreenPos,
		EndPosition: m.EndPosition, EndScreenPos: m.EndScreenPos,
		Button: MouseButton(m.Button), Modifier: mod,
	}}
	if len(d.cbs) == 0 {
		return // it was detached while the page's word was on the way
	}
	if !c.server.gestures.start(gestureKey{c, n}, d, func() { d.tell(DragStart) }) {
		c.badDrag(m, "one of it is under way, or too many at once")
	}
}

func (c *Client) goOnDragging(n *node, m *wire.SceneNodeDragMessage) {
	key := gestureKey{c, n}
	held := c.server.gestures.with(key, func(g gesture) (over bool) {
		d, ok := g.(*drag)
		if !ok {
			return false
		}
		d.last.EndPosition, d.last.EndScreenPos = m.EndPosition, m.EndScreenPos
		d.tell(DragPhase(m.Phase))
		return m.Phase == wire.DragPhaseEnd
	})
	// An end without a beginning is also what a page says of a drag that ended here.
	if !held && m.Phase == wire.DragPhaseUpdate && !n.drags.empty() {
		c.badDrag(m, "it has not begun")
	}
}

// instance returns what an event says of the index that a page reports: -1 for
// none, and for nodes that have no parts.
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

func (h *BatchedAxes) pieces() int    { return h.Len() }
func (h *BatchedMeshes) pieces() int  { return h.Len() }
func (h *BatchedGLB) pieces() int     { return h.Len() }
func (h *GaussianSplats) pieces() int { return h.Len() }
func (h *PointCloud) pieces() int     { return h.Len() }
func (h *LineSegments) pieces() int   { return h.Len() }
func (h *Arrows) pieces() int         { return h.Len() }

// Into how many stretches a page divides a curve is its own business.
func (h *CatmullRomSpline) pieces() int  { return math.MaxInt }
func (h *CubicBezierSpline) pieces() int { return math.MaxInt }
