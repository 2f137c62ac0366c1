package viser

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/front"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A Client is one web page that is connected to the server. It has its own scene and
// GUI in addition to the server's, and a camera. When the page is closed or reloaded,
// the client leaves: the contents of its scene and GUI are removed, and its methods do
// nothing, or return an error if they have an error result. If only its connection is
// lost, it is suspended, and remains the same client if the page comes back within
// [Options].Grace. All methods are safe for concurrent use.
type Client struct {
	server  *Server
	id      int
	conn    *state.Conn
	scope   *state.Scope
	scene   *Scene
	gui     *GUI
	camera  *Camera
	storage *LocalStorage

	viewports *Viewports
	// extended reports whether the connection uses viser-go.v1, not upstream viser's
	// protocol.
	extended bool
	ownOnly  bool                         // its connection is a relay's, which takes elsewhere what all clients are sent
	granted  atomic.Pointer[access.Grant] // what the client may do, and whose it is
	front    front.Peer                   // of the relay that shows the client its contents; nil: none

	ctx   context.Context
	leave context.CancelFunc

	session clientSession

	viewing    atomic.Pointer[viewing] // nil without a timeline
	telling    sync.Mutex              // the page, of its place on the timeline, and which files it takes
	takesFiles bool                    // as the page was told; guarded by telling
	told       reports                 // to report; guarded by telling
	seeks      callback.List[SeekEvent]

	mu        sync.Mutex
	connected bool
	renders   map[string]chan []byte
	reads     map[string]chan *wire.LocalStorageGetItemResponseMessage // of local storage, by request
	uploads   map[string]*upload                                       // in progress, by the transfer's uuid
	takenBack map[valued]struct{}                                      // inputs whose values the client is to be sent soon
	refusals  []*Notification                                          // of uploads; the newest
}

func newClient(s *Server, id int, d wire.Dialect) (*Client, error) {
	conn, err := s.store.Connect(id, d)
	if err != nil {
		return nil, err
	}
	c := &Client{
		server: s, id: id, conn: conn, scope: conn.Scope(), extended: d == wire.Extended,
		renders: map[string]chan []byte{}, reads: map[string]chan *wire.LocalStorageGetItemResponseMessage{},
		uploads: map[string]*upload{}, takenBack: map[valued]struct{}{},
	}
	c.ctx, c.leave = context.WithCancel(s.ctx)
	c.camera = newCamera(c, c.scope)
	c.viewports = newViewports(c)
	c.storage = newLocalStorage(c)
	c.scene = newScene(s, c, c.scope)
	c.gui = newGUI(s, c, c.scope)
	return c, nil
}

// ID returns the client's ID. IDs count up from 0 and are not reused.
func (c *Client) ID() int { return c.id }

// String returns "client" and the ID, for logs.
func (c *Client) String() string { return fmt.Sprint("client ", c.id) }

// Scene returns the client's own scene, which is shown on top of the server's.
func (c *Client) Scene() *Scene { return c.scene }

// GUI returns the client's own GUI, which is shown beside the server's.
func (c *Client) GUI() *GUI { return c.gui }

// Camera returns the client's camera: that of the main one of its [Viewports].
func (c *Client) Camera() *Camera { return c.camera }

// Context returns a context that ends when the client leaves.
func (c *Client) Context() context.Context { return c.ctx }

// Flush sends pending changes to this client now, instead of up to 1/60 s later. It
// does not wait for the network.
func (c *Client) Flush() { c.scope.Flush() }

// Atomic runs f; everything that is written during the call, by f or by other
// goroutines, to the client's scene and GUI or the server's, is shown in one step.
// Calls nest. If f panics, what was written is sent and the panic continues. f should
// be quick: the client receives no updates during the call.
func (c *Client) Atomic(f func()) {
	if f == nil {
		usage("Client.Atomic", "the function is nil")
	}
	c.scope.Hold()
	defer c.scope.Release()
	f()
}

// receive handles a message from the client. Calls are in the order of the messages.
func (c *Client) receive(m wire.Message) {
	if !c.may(m.Type()) {
		c.refused(m)
		return
	}
	if c.tooLate(m) {
		return
	}
	if c.front != nil && !ofConnection[m.Type()] {
		c.forward(m)
		return
	}
	switch m := m.(type) {
	case *wire.SessionAckMessage:
		c.acknowledged(m)
	case *wire.ClientStatsRequestMessage:
		c.reportStats()
	case *wire.TimelineControlMessage:
		c.timelineControlled(m)
	case *wire.ViewerCameraMessage:
		c.moved(m)
	case *wire.GuiUpdateMessage:
		c.guiUpdate(m)
	case *wire.GuiFormSubmitMessage:
		c.formSubmitted(m)
	case *wire.GuiFormDirtyMessage:
		c.formEdited(m)
	case *wire.CommandTriggerMessage:
		c.commandTriggered(m)
	case *wire.GuiButtonHoldMessage:
		c.buttonHeld(m)
	case *wire.LocalStorageGetItemResponseMessage:
		c.itemRead(m)
	case *wire.SceneNodeClickMessage:
		c.nodeClicked(m)
	case *wire.SceneNodeDragMessage:
		c.nodeDragged(m)
	case *wire.TransformControlsDragStartMessage:
		c.gizmoGrabbed(m)
	case *wire.TransformControlsUpdateMessage:
		c.gizmoMoved(m)
	case *wire.TransformControlsDragEndMessage:
		c.gizmoLetGo(m)
	case *wire.ScenePointerMessage:
		c.scenePointed(m)
	case *wire.SelectionMessage:
		c.selected(m)
	case *wire.MeasureMessage:
		c.measured(m)
	case *wire.ViewportsMessage:
		c.divided(m)
	case *wire.ViewportCameraMessage:
		c.viewportMoved(m)
	case *wire.GetRenderResponseMessage:
		c.rendered(m)
	case *wire.FileTransferStartUpload:
		c.startUpload(m)
	case *wire.FileTransferPart:
		c.uploadPart(m)
	case *wire.FileTransferCancelMessage:
		c.cancelUpload(m)
	}
}

// moved stores a new view of the camera; the first one makes the client connected.
func (c *Client) moved(m *wire.ViewerCameraMessage) {
	e, ok := c.camera.receive(m)
	switch {
	case !ok:
		c.server.log.limited("invalid camera", "client", c.id)
	case !c.isConnected():
		c.server.clientConnected(c)
	default:
		c.camera.moved(e)
	}
}

func (c *Client) isConnected() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.connected
}

// sceneOf returns the scene that the owner of a message names, nil if it is
// neither the server's nor this client's.
func (c *Client) sceneOf(owner string) *Scene {
	switch owner {
	case "":
		return c.server.scene
	case c.scope.Owner():
		return c.scene
	}
	return nil
}

func (c *Client) nodeClicked(m *wire.SceneNodeClickMessage) {
	s := c.sceneOf(m.Owner)
	if s == nil || !c.isConnected() {
		return
	}
	n := s.nodeNamed(m.Name)
	if n == nil {
		return
	}
	if !allFinite(m.RayOrigin[:], m.RayDirection[:], m.ScreenPos[:]) {
		c.server.log.limited("invalid click: a number is not finite", "client", c.id)
		return
	}
	index, ok := n.instance(m.InstanceIndex)
	if !ok {
		c.server.log.limited("invalid click: no such instance", "client", c.id, "node", clip(m.Name))
		return
	}
	mod := modifierOf(m.Modifier)
	e := ClickEvent{
		Client: c, Target: n.handle, InstanceIndex: index,
		RayOrigin: m.RayOrigin, RayDirection: m.RayDirection, ScreenPos: m.ScreenPos, Modifier: mod,
		Viewport: viewportOf(m.Viewport),
	}
	if p := m.HitPosition; p != nil && allFinite(p[:]) {
		e.Hit, e.HasHit = *p, true
	}
	c.audited("node clicked", n.name, slog.String("node", clip(n.name)), slog.String("modifier", string(mod)))
	fire(c, n, dispatch.Event{Name: "OnClick", Node: n.name}, false, n.clicks.Matching(mod), e)
}

// scenePointed delivers a click or a rectangle to the callbacks of both scenes.
func (c *Client) scenePointed(m *wire.ScenePointerMessage) {
	if !c.isConnected() {
		return
	}
	if !finitePointer(m) {
		c.server.log.limited("invalid click: a number is not finite", "client", c.id)
		return
	}
	mod := modifierOf(m.Modifier)
	c.audited("scene clicked", m.EventType, slog.String("event", clip(m.EventType)), slog.String("modifier", clip(string(mod))))
	for _, s := range []*Scene{c.server.scene, c.scene} {
		switch {
		case s.client == nil && c.isBack(): // its page shows another scene
		case m.EventType == wire.ScenePointerEventTypeClick && len(m.ScreenPos) == 1 && m.RayOrigin != nil && m.RayDirection != nil:
			fire(c, &s.clicks, dispatch.Event{Name: "Scene.OnClick"}, false, s.clicks.Matching(mod), SceneClickEvent{
				Client: c, RayOrigin: *m.RayOrigin, RayDirection: *m.RayDirection, ScreenPos: m.ScreenPos[0], Modifier: mod,
				Viewport: viewportOf(m.Viewport),
			})
		case m.EventType == wire.ScenePointerEventTypeRectSelect && len(m.ScreenPos) == 2:
			fire(c, &s.rects, dispatch.Event{Name: "Scene.OnRectSelect"}, false, s.rects.Matching(mod), SceneRectSelectEvent{
				Client: c, ScreenMin: m.ScreenPos[0], ScreenMax: m.ScreenPos[1], Modifier: mod,
				Viewport: viewportOf(m.Viewport),
			})
		}
	}
}

// finitePointer reports whether a program may pass on each number of the message.
func finitePointer(m *wire.ScenePointerMessage) bool {
	for _, ray := range []*[3]float64{m.RayOrigin, m.RayDirection} {
		if ray != nil && !allFinite(ray[:]) {
			return false
		}
	}
	for i := range m.ScreenPos {
		if !allFinite(m.ScreenPos[i][:]) {
			return false
		}
	}
	return true
}

// fire runs the callbacks of what the client has caused, one after another, on the queue
// of the client and the element, concurrently with other queues. An event that coalesces
// replaces the pending one. It does not block, so locks may be held.
func fire[E any](c *Client, element any, what dispatch.Event, coalesce bool, cbs *callback.List[E], e E) {
	what.Client = c
	t := dispatch.Task{Event: what}
	if coalesce {
		t.Coalesce = c
	}
	cbs.Fire(c.ctx, c.server.dispatch, dispatch.Key{Client: c.id, Element: element}, t, e)
}

// fireShared is like fire, for shared state such as the value of an input: the events
// of all clients and of the program are on one queue, so that callbacks receive changes
// in their order, one at a time. Events coalesce separately for each client. from is
// nil for the program, whose context is that of gui.
func fireShared[E any](gui *GUI, from *Client, element any, what dispatch.Event, coalesce bool, cbs *callback.List[E], e E) {
	ctx := gui.context()
	if from != nil {
		ctx, what.Client = from.ctx, from
	}
	t := dispatch.Task{Event: what}
	if coalesce {
		t.Coalesce = from
	}
	cbs.Fire(ctx, gui.server.dispatch, dispatch.Key{Client: dispatch.Everyone, Element: element}, t, e)
}
