package viser

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/wire"
)

// maxSelected is how many nodes can be selected.
const maxSelected = 10_000

// A SelectEvent reports that a user has changed what is selected on the page.
type SelectEvent struct {
	Client *Client // the client whose user did it
	// Nodes are all nodes that are selected now, in the order in which they were
	// selected; the page's properties are those of the last one. None if nothing is
	// selected. They are of the server's scene or of the client's.
	Nodes []Node
}

// OnSelect attaches fn for changes of the selection by users: clicks on nodes that have no
// click callbacks, and choices in the tree of nodes. On the server's scene it is called for
// every client, on a client's scene for that client. What SetSelection selects is not
// reported.
//
// Only clients with [RoleOperate] report; clients of upstream viser have no selection.
// While fn is busy, a newer selection of the same client replaces the one that waits. ctx
// ends when the client leaves. In a part of a scene, fn is called for the whole scene.
func (s *Scene) OnSelect(fn func(ctx context.Context, e SelectEvent)) (off func()) {
	checkCallback("Scene.OnSelect", fn)
	return s.attachSelect(fn)
}

// Selections yields the changes of the selection by users, as OnSelect reports them:
//
//	for e := range server.Scene().Selections(ctx) {
//		fmt.Println(len(e.Nodes), "nodes are selected")
//	}
//
// The loop ends when ctx ends, when the server closes, and, for a client's scene, when
// that client leaves.
func (s *Scene) Selections(ctx context.Context) iter.Seq[SelectEvent] {
	return callback.Seq(ctx, nil, s.context(), func(put func(context.Context, SelectEvent)) (off func()) {
		return s.attachSelect(put)
	})
}

func (s *Scene) attachSelect(fn func(context.Context, SelectEvent)) (off func()) {
	detach := s.selects.Add(fn)
	s.tellReports()
	return func() {
		detach()
		s.tellReports()
	}
}

// SetSelection selects these nodes, in place of what is selected; without arguments it
// selects nothing. On the server's scene all clients show it, also those that connect
// later; on a client's scene that client. What was set last is shown, until the client's
// user selects something else. Nodes that were removed are left out, and a node that is
// removed leaves the selection; one that replaces a selected node under its name is
// selected in its place. A selected node is outlined on the page, and its row in the tree
// of nodes is marked.
//
// The nodes may be of the server's scene, and on a client's scene also of that one. It
// panics with a *UsageError if one is nil or of another scene, or if there are more than
// 10,000. Clients of upstream viser show no selection.
func (s *Scene) SetSelection(nodes ...Node) {
	const fn = "Scene.SetSelection"
	if len(nodes) > maxSelected {
		usage(fn, "there are %d nodes; at most %d can be selected", len(nodes), maxSelected)
	}
	for i, n := range nodes {
		of := nodeOf(fn, fmt.Sprintf("node %d", i), n).scene.sceneCore
		if of != s.server.scene.sceneCore && of != s.sceneCore {
			usage(fn, "node %q belongs to another scene", n.Name())
		}
	}
	s.server.selections.set(s, nodes)
}

// Selection returns the nodes that SetSelection has selected last, without those that were
// removed since. On a client's scene it is what that client's page shows as selected: what
// its user has selected, if that was the last, or what was set for it or for all clients.
// What users select is known only while a callback or loop is attached.
func (s *Scene) Selection() []Node {
	keys := s.server.selections.current(s)
	nodes := make([]Node, 0, len(keys))
	for _, k := range keys {
		if n := k.scene.nodeNamed(k.name); n != nil {
			nodes = append(nodes, n.handle)
		}
	}
	return nodes
}

// A selectedKey is a node by its name: a node that replaces another one stays selected.
type selectedKey struct {
	scene *sceneCore
	name  string
}

// A selection has its nodes in their order. Those that were removed are only in order.
type selection struct {
	at    int // the moment, to compare it with others
	order []selectedKey
	has   map[selectedKey]struct{}
}

func newSelection(at int, keys []selectedKey) *selection {
	sel := &selection{at: at, has: make(map[selectedKey]struct{}, len(keys))}
	for _, k := range keys {
		if _, twice := sel.has[k]; !twice {
			sel.has[k] = struct{}{}
			sel.order = append(sel.order, k)
		}
	}
	return sel
}

// keys returns those that were not removed.
func (sel *selection) keys() []selectedKey {
	if sel == nil {
		return nil
	}
	if len(sel.order) != len(sel.has) {
		sel.order = slices.DeleteFunc(sel.order, func(k selectedKey) bool {
			_, kept := sel.has[k]
			return !kept
		})
	}
	return slices.Clone(sel.order)
}

func (sel *selection) remove(k selectedKey) bool {
	if sel == nil {
		return false
	}
	_, had := sel.has[k]
	delete(sel.has, k)
	return had
}

// sceneSelection is what is selected in one scene.
type sceneSelection struct {
	program  *selection // set by the program
	user     *selection // of a client's scene: reported by its page
	revision int        // of the message with the program's
	stale    map[string]struct{}
}

// selections are those of all scenes of a server. Its lock is taken after a scene's.
type selections struct {
	some atomic.Bool // whether there is one, so that nodes that come and go cost nothing otherwise

	mu       sync.Mutex
	moment   int
	revision int // of the newest message; it begins at random, so that a page knows those of another run
	scenes   map[*sceneCore]*sceneSelection
}

func (x *selections) of(s *sceneCore) *sceneSelection {
	if x.scenes == nil {
		x.scenes = map[*sceneCore]*sceneSelection{}
		x.revision = rand.IntN(1 << 30)
	}
	own := x.scenes[s]
	if own == nil {
		own = &sceneSelection{}
		x.scenes[s] = own
		x.some.Store(true)
	}
	return own
}

// set selects nodes for the program.
func (x *selections) set(s *Scene, nodes []Node) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if s.client != nil && s.client.ctx.Err() != nil {
		return // it has left: its scene was forgotten
	}
	own := x.of(s.sceneCore)
	keys := make([]selectedKey, 0, len(nodes))
	for _, n := range nodes {
		// A removal after this one waits for the lock, and removes it then.
		if b := n.base(); !b.Removed() {
			keys = append(keys, selectedKey{b.scene.sceneCore, b.name})
		}
	}
	x.moment++
	x.revision++
	own.program, own.revision = newSelection(x.moment, keys), x.revision
	own.send(s.sceneCore)
}

// send puts the program's selection into the store.
func (own *sceneSelection) send(s *sceneCore) {
	m := &wire.SetSelectionMessage{Names: []string{}, Revision: own.revision}
	for _, k := range own.program.keys() {
		m.Names = append(m.Names, k.name)
	}
	own.stale = nil
	s.scope.SetExtendedCell("selection", m)
}

// current returns what is selected in a scene: in a client's, the newest of all that its page has been told.
func (x *selections) current(s *Scene) []selectedKey {
	x.mu.Lock()
	defer x.mu.Unlock()
	var newest *selection
	consider := func(sel *selection) {
		if sel != nil && (newest == nil || sel.at > newest.at) {
			newest = sel
		}
	}
	if own := x.scenes[s.sceneCore]; own != nil {
		consider(own.program)
		consider(own.user)
	}
	if shared := x.scenes[s.server.scene.sceneCore]; s.client != nil && shared != nil {
		consider(shared.program)
	}
	return newest.keys()
}

// report stores what a client's page has reported, unless the program has selected something since that the page had
// not received.
func (x *selections) report(c *Client, keys []selectedKey, revision int) (isNew bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	newest := 0
	for _, s := range []*sceneCore{c.server.scene.sceneCore, c.scene.sceneCore} {
		if sel := x.scenes[s]; sel != nil {
			newest = max(newest, sel.revision)
		}
	}
	if newest != 0 && revision != newest || c.ctx.Err() != nil {
		return false
	}
	x.moment++
	x.of(c.scene.sceneCore).user = newSelection(x.moment, keys)
	return true
}

// removed takes nodes out of all selections. The program's message is not sent again, as pages know that the nodes are
// gone; only its names must not select other nodes later.
func (x *selections) removed(s *sceneCore, nodes []*node) {
	if !x.some.Load() {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, own := range x.scenes {
		for _, n := range nodes {
			k := selectedKey{s, n.name}
			own.user.remove(k)
			if own.program.remove(k) {
				if own.stale == nil {
					own.stale = map[string]struct{}{}
				}
				own.stale[n.name] = struct{}{}
			}
		}
	}
}

// added takes the name of a new node out of messages that have it for one that was removed.
func (x *selections) added(name string) {
	if !x.some.Load() {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	var stale []*sceneCore
	for s, own := range x.scenes {
		if _, is := own.stale[name]; is {
			stale = append(stale, s)
		}
	}
	// The newest is the last also for pages that are sent several.
	slices.SortFunc(stale, func(a, b *sceneCore) int { return x.scenes[a].revision - x.scenes[b].revision })
	for _, s := range stale {
		x.scenes[s].send(s)
	}
}

// left forgets the scene of a client.
func (x *selections) left(s *sceneCore) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.scenes, s)
}

// selected receives what the client's user has selected.
func (c *Client) selected(m *wire.SelectionMessage) {
	if !c.isConnected() || !c.extended {
		return
	}
	if len(m.Names) != len(m.Owners) || len(m.Names) > maxSelected {
		c.server.log.limited("invalid selection: too many nodes, or owners missing", "client", c.id, "nodes", len(m.Names))
		return
	}
	var keys []selectedKey
	var nodes []Node
	for i, name := range m.Names {
		s := c.sceneOf(m.Owners[i])
		if s == nil || s.client == nil && c.isBack() {
			continue
		}
		if n := s.nodeNamed(name); n != nil {
			keys = append(keys, selectedKey{s.sceneCore, n.name})
			nodes = append(nodes, n.handle)
		}
	}
	if !c.server.selections.report(c, keys, m.Revision) {
		return
	}
	c.auditedChange("nodes selected", "", slog.Int("nodes", len(nodes)))
	for _, s := range []*Scene{c.server.scene, c.scene} {
		e := SelectEvent{Client: c, Nodes: slices.Clone(nodes)}
		fire(c, &s.selects, dispatch.Event{Name: "Scene.OnSelect"}, true, &s.selects, e)
	}
}
