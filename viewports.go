package viser

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/wire"
)

// A ViewportLayout is how a page is divided into viewports, which are numbered in reading
// order. Narrow, upright pages put those that would be side by side below each other.
type ViewportLayout string

// The layouts.
const (
	SingleViewport ViewportLayout = ViewportLayout(wire.ViewportLayoutSingle)  // one: the default
	TwoColumns     ViewportLayout = ViewportLayout(wire.ViewportLayoutColumns) // two, side by side
	TwoRows        ViewportLayout = ViewportLayout(wire.ViewportLayoutRows)    // two, one above the other
	ThreeViewports ViewportLayout = ViewportLayout(wire.ViewportLayoutMain)    // a large one, and two smaller ones at its right
	FourViewports  ViewportLayout = ViewportLayout(wire.ViewportLayoutGrid)    // four of the same size
)

// maxViewports is how many viewports a page has at most.
const maxViewports = 4

// Len returns the number of viewports of the layout, from 1 to 4.
func (l ViewportLayout) Len() int {
	switch l {
	case TwoColumns, TwoRows:
		return 2
	case ThreeViewports:
		return 3
	case FourViewports:
		return 4
	}
	return 1
}

func checkLayout(fn string, l ViewportLayout) {
	oneOf(fn, "the layout", l, SingleViewport, TwoColumns, TwoRows, ThreeViewports, FourViewports)
}

// Viewports are the viewports of one client's page: parts of it that show the scene, each
// with its own camera, and with nodes that are hidden in it only. Number 0 is the main one,
// which is always there; its camera is [Client.Camera]. The client's user can divide the
// page too.
//
// After the client has left, setters do nothing. Upstream viser's client has one viewport,
// whatever is set. All methods are safe for concurrent use.
type Viewports struct {
	client *Client

	mu       sync.Mutex
	layout   ViewportLayout
	linked   bool
	revision int  // of the newest message to the page; 0: there is none
	own      bool // one was for this client only
	all      [maxViewports]*Viewport

	changes callback.List[ViewportsEvent]
}

// A Viewport is one of the viewports of a client's page. It may be used before the page
// has it, and after it was closed: what is set holds when it is there again.
type Viewport struct {
	views  *Viewports
	index  int
	camera *Camera

	hidden []selectedKey // guarded by views.mu
}

// A ViewportsEvent reports that a user has divided a page.
type ViewportsEvent struct {
	Client *Client        // the client whose user did it
	Layout ViewportLayout // the new layout
	Linked bool           // whether the cameras move together
}

func newViewports(c *Client) *Viewports {
	v := &Viewports{client: c, layout: SingleViewport}
	for i := range v.all {
		camera := c.camera
		if i > 0 {
			camera = newCamera(c, c.scope)
			camera.viewport = i
		}
		v.all[i] = &Viewport{views: v, index: i, camera: camera}
	}
	return v
}

// Viewports returns the viewports of the client's page.
func (c *Client) Viewports() *Viewports { return c.viewports }

// Layout returns how the page is divided: as was set last, by its user or the program.
func (v *Viewports) Layout() ViewportLayout {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.layout
}

// Len returns the number of viewports that the page has, from 1 to 4.
func (v *Viewports) Len() int { return v.Layout().Len() }

// Linked reports whether the cameras of the viewports move together.
func (v *Viewports) Linked() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.linked
}

// At returns the viewport of that number. It panics with a *UsageError unless i is from 0
// to 3; the page need not have that many.
func (v *Viewports) At(i int) *Viewport {
	if i < 0 || i >= maxViewports {
		usage("Viewports.At", "there is no viewport %d; numbers are from 0 to %d", i, maxViewports-1)
	}
	return v.all[i]
}

// SetLayout divides the page. New viewports begin with the camera of the main one; if the
// page has three or more, they look from above, from the front and from the right, with
// [Orthographic] projection. It panics with a *UsageError unless l is one of the constants.
func (v *Viewports) SetLayout(l ViewportLayout) {
	checkLayout("Viewports.SetLayout", l)
	v.set(func() bool {
		changed := v.layout != l
		v.layout = l
		return changed
	})
}

// SetLinked links the cameras of the viewports: they turn, move and zoom together, each
// around its own look-at point. Orthographic ones move and zoom, and keep their direction.
func (v *Viewports) SetLinked(linked bool) {
	v.set(func() bool {
		changed := v.linked != linked
		v.linked = linked
		return changed
	})
}

// set sends what change has changed.
func (v *Viewports) set(change func() bool) {
	c := v.client
	v.mu.Lock()
	defer v.mu.Unlock()
	if c.ctx.Err() != nil || !c.extended || !change() {
		return
	}
	v.revision, v.own = c.server.viewports.next(), true
	c.scope.SetPageCell("viewports", &wire.SetViewportsMessage{Layout: string(v.layout), Linked: v.linked, Revision: v.revision})
}

// OnChange attaches fn for changes of the layout, and of whether the cameras are linked,
// by the client's user. While fn is busy, a newer change replaces the one that waits. ctx
// ends when the client leaves.
func (v *Viewports) OnChange(fn func(ctx context.Context, e ViewportsEvent)) (off func()) {
	checkCallback("Viewports.OnChange", fn)
	return v.changes.Add(fn)
}

// Changes yields the changes that OnChange reports:
//
//	for e := range client.Viewports().Changes(ctx) {
//		fmt.Println(e.Layout.Len(), "viewports")
//	}
//
// The loop ends when ctx ends, and when the client leaves.
func (v *Viewports) Changes(ctx context.Context) iter.Seq[ViewportsEvent] {
	return callback.Seq(ctx, nil, v.client.ctx, func(put func(context.Context, ViewportsEvent)) (off func()) {
		return v.changes.Add(put)
	})
}

// Index returns the number of the viewport; 0 is the main one.
func (v *Viewport) Index() int { return v.index }

// Client returns the client on whose page it is.
func (v *Viewport) Client() *Client { return v.views.client }

// Camera returns the viewport's camera. Until the page has shown the viewport, it has the
// values of the main camera, and what was set.
func (v *Viewport) Camera() *Camera {
	if v.index > 0 {
		v.camera.begin(v.views.client.camera)
	}
	return v.camera
}

// Hide hides nodes, with their descendants, in this viewport only. As with visibility, a
// node that replaces a hidden one under its name is hidden too. It panics with a
// *UsageError if a node is nil, or of neither the server's scene nor the client's.
func (v *Viewport) Hide(nodes ...Node) {
	keys := v.keysOf("Viewport.Hide", nodes)
	v.change(func(hidden []selectedKey) []selectedKey {
		for _, k := range keys {
			if !slices.Contains(hidden, k) {
				hidden = append(hidden, k)
			}
		}
		return hidden
	})
}

// Show shows nodes again that Hide has hidden; without arguments, all of them. Nodes below
// a hidden one stay hidden. It panics like Hide.
func (v *Viewport) Show(nodes ...Node) {
	keys := v.keysOf("Viewport.Show", nodes)
	v.change(func(hidden []selectedKey) []selectedKey {
		if len(keys) == 0 {
			return nil
		}
		return slices.DeleteFunc(hidden, func(k selectedKey) bool { return slices.Contains(keys, k) })
	})
}

// Hidden returns the nodes that Hide has hidden, without those that were removed since.
// What the page's user hides there is not known.
func (v *Viewport) Hidden() []Node {
	v.views.mu.Lock()
	keys := slices.Clone(v.hidden)
	v.views.mu.Unlock()
	nodes := []Node{}
	for _, k := range keys {
		if n := k.scene.nodeNamed(k.name); n != nil {
			nodes = append(nodes, n.handle)
		}
	}
	return nodes
}

func (v *Viewport) keysOf(fn string, nodes []Node) []selectedKey {
	c := v.views.client
	keys := make([]selectedKey, 0, len(nodes))
	for i, n := range nodes {
		b := nodeOf(fn, fmt.Sprintf("node %d", i), n)
		if of := b.scene.sceneCore; of != c.server.scene.sceneCore && of != c.scene.sceneCore {
			usage(fn, "node %q belongs to the scene of another client or server", n.Name())
		}
		keys = append(keys, selectedKey{b.scene.sceneCore, b.name})
	}
	return keys
}

// change sends the names of the nodes that are hidden.
func (v *Viewport) change(f func(hidden []selectedKey) []selectedKey) {
	c := v.views.client
	v.views.mu.Lock()
	defer v.views.mu.Unlock()
	before := len(v.hidden)
	v.hidden = f(v.hidden)
	if len(v.hidden) == before || c.ctx.Err() != nil || !c.extended {
		return
	}
	m := &wire.SetViewportHiddenMessage{Viewport: v.index, Names: []string{}}
	for _, k := range v.hidden {
		m.Names = append(m.Names, k.name)
	}
	c.scope.SetPageCell("viewport hidden "+strconv.Itoa(v.index), m)
}

// SetViewports divides the pages of all clients, also of those that connect later; linked
// is as in [Viewports.SetLinked]. Users and [Client.Viewports] can change it for a page. It
// panics with a *UsageError unless layout is one of the constants.
func (s *Server) SetViewports(layout ViewportLayout, linked bool) {
	checkLayout("Server.SetViewports", layout)
	m := s.viewports.set(s, layout, linked)
	for _, c := range s.sessionClients() {
		c.viewports.follow(m)
	}
}

// serverViewports is what Server.SetViewports has set.
type serverViewports struct {
	newest atomic.Int64 // revision of all messages

	mu      sync.Mutex
	message *wire.SetViewportsMessage // nil: none
}

func (x *serverViewports) set(s *Server, l ViewportLayout, linked bool) *wire.SetViewportsMessage {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.message = &wire.SetViewportsMessage{Layout: string(l), Linked: linked, Revision: x.next()}
	s.scene.scope.SetPageCell("viewports", x.message)
	return x.message
}

func (x *serverViewports) current() *wire.SetViewportsMessage {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.message
}

// next returns a revision that no page knows, also of another run.
func (x *serverViewports) next() int {
	x.newest.CompareAndSwap(0, 1+rand.Int64N(1<<30))
	return int(x.newest.Add(1))
}

// follow takes over what was set for all clients; nil is nothing.
func (v *Viewports) follow(m *wire.SetViewportsMessage) {
	if m == nil || !v.client.extended {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if m.Revision <= v.revision {
		return
	}
	v.layout, v.linked, v.revision = ViewportLayout(m.Layout), m.Linked, m.Revision
	if v.own {
		// What was set for this client alone must not come back when its page is loaded again.
		v.client.scope.SetPageCell("viewports", m)
	}
}

// divided receives how the client's user has divided the page.
func (c *Client) divided(m *wire.ViewportsMessage) {
	if !c.isConnected() || !c.extended {
		return
	}
	l := ViewportLayout(m.Layout)
	if !slices.Contains([]ViewportLayout{SingleViewport, TwoColumns, TwoRows, ThreeViewports, FourViewports}, l) {
		c.server.log.limited("invalid viewports: there is no such layout", "client", c.id, "layout", clip(m.Layout))
		return
	}
	if !c.viewports.report(l, m.Linked, m.Revision) {
		return
	}
	c.auditedChange("page divided", "", slog.String("layout", string(l)), slog.Bool("linked", m.Linked))
	e := ViewportsEvent{Client: c, Layout: l, Linked: m.Linked}
	fire(c, c.viewports, dispatch.Event{Name: "Viewports.OnChange"}, true, &c.viewports.changes, e)
}

// report stores what the page has reported, unless the program has divided it since. It reports whether that is new.
func (v *Viewports) report(l ViewportLayout, linked bool, revision int) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.revision != 0 && revision != v.revision || v.layout == l && v.linked == linked {
		return false
	}
	v.layout, v.linked = l, linked
	return true
}

// viewportMoved stores a new view of the camera of another viewport than the main one.
func (c *Client) viewportMoved(m *wire.ViewportCameraMessage) {
	if !c.isConnected() || !c.extended {
		return
	}
	if m.Viewport < 1 || m.Viewport >= maxViewports {
		c.server.log.limited("invalid camera", "client", c.id)
		return
	}
	camera := c.viewports.all[m.Viewport].camera
	e, ok := camera.receive(&wire.ViewerCameraMessage{
		WXYZ: m.WXYZ, Position: m.Position, FOV: m.FOV, Near: m.Near, Far: m.Far, ImageHeight: m.ImageHeight,
		ImageWidth: m.ImageWidth, LookAt: m.LookAt, UpDirection: m.UpDirection, Projection: &m.Projection,
	})
	if !ok {
		c.server.log.limited("invalid camera", "client", c.id)
		return
	}
	camera.moved(e)
}

// viewportOf is the number of the viewport of an event; a page that lies says 0.
func viewportOf(n int) int {
	if n < 0 || n >= maxViewports {
		return 0
	}
	return n
}
