package relay

import (
	"context"
	"errors"
	"maps"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/front"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/upstream"
	"github.com/viser-go/viser/internal/wire"
)

// A viewer is a client of the relay's server. Unless all are one client of the upstream server, it has a connection to
// that of its own, with another one after that has ended.
type viewer struct {
	r   *Relay
	c   front.Client
	own *mirror // what only it is shown

	posed atomic.Bool // it has sent a camera, so it is a page
	ready chan struct{}

	mu     sync.Mutex
	line   *line // nil while there is none; of the relay, if all viewers share it
	opened bool  // there was one; ready is closed
	newest opening
	id     string // of the client at the upstream server, "" if it is not known
}

// Join makes the viewer of a new client.
func (r *Relay) Join(c front.Client) front.Peer {
	v := &viewer{r: r, c: c, own: newMirror(c.Scope, false, r.front.OfferPlotly), ready: make(chan struct{})}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return v
	}
	r.viewers[c.ID] = v
	r.wg.Go(v.run)
	return v
}

// run ends when the client has left.
func (v *viewer) run() {
	ctx, cancel := context.WithCancel(v.c.Context)
	defer cancel()
	defer context.AfterFunc(v.r.ctx, cancel)()
	if v.r.o.Shared {
		<-ctx.Done()
	} else {
		v.connections(ctx)
	}
	v.r.leave(v)
}

func (r *Relay) leave(v *viewer) {
	r.mu.Lock()
	delete(r.viewers, v.c.ID)
	for uuid, from := range r.transfers {
		if from == v {
			delete(r.transfers, uuid)
		}
	}
	l := r.primary
	var open []string // requests that it does not answer any more
	for uuid, from := range r.renders {
		if from == v {
			delete(r.renders, uuid)
			open = append(open, uuid)
		}
	}
	r.mu.Unlock()
	r.echoes.forget(v)
	for _, uuid := range open {
		// No picture is how pages tell that they have failed.
		if l != nil {
			l.queue(r.ctx, encoded(&wire.GetRenderResponseMessage{Payload: []byte{}, RenderUUID: uuid}))
		}
	}
}

// connections keeps the viewer's own connection to the upstream server.
func (v *viewer) connections(ctx context.Context) {
	for pause := v.r.o.Retry; v.r.present(ctx) != nil; pause = min(2*pause, maxRetry) {
		dialing, cancel := context.WithTimeout(ctx, v.r.o.Patience)
		conn, err := upstream.Dial(dialing, v.upstream())
		cancel()
		if err == nil {
			pause = v.r.o.Retry / 2
			v.use(ctx, conn)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// upstream is how the viewer connects. What all clients are sent comes over the primary connection already; our servers
// can leave it out.
func (v *viewer) upstream() upstream.Options {
	o := v.r.o.Upstream
	o.Own = true
	return o
}

// use uses a connection until it ends.
func (v *viewer) use(ctx context.Context, conn *upstream.Conn) {
	l := newLine(conn)
	v.own.clear()
	v.mu.Lock()
	v.line, v.id = l, ""
	first := v.newest
	first.others = maps.Clone(first.others)
	if !v.opened {
		v.opened = true
		close(v.ready)
	}
	v.mu.Unlock()
	var wg sync.WaitGroup
	wg.Go(func() { l.write(ctx, first) })
	frames := make(chan *wire.RawWindow)
	wg.Go(func() { v.read(ctx, conn, frames) })
	if conn.OwnOnly() {
		for w := range frames {
			v.show(w)
		}
	} else {
		v.follow(ctx, frames)
	}
	v.mu.Lock()
	v.line = nil
	v.mu.Unlock()
	l.close()
	for range frames { // until the reader has ended
	}
	wg.Wait()
}

// read reads frames until the connection ends. The primary connection tells the user when the server is away.
func (v *viewer) read(ctx context.Context, conn *upstream.Conn, frames chan<- *wire.RawWindow) {
	defer close(frames)
	for {
		w, err := conn.Next(ctx)
		var garbage *upstream.GarbageError
		if errors.As(err, &garbage) {
			v.r.bad(err)
		}
		if err != nil {
			return
		}
		select {
		case frames <- w:
		case <-ctx.Done():
			return
		}
	}
}

// A held is a frame that may be the client's own.
type held struct {
	w   *wire.RawWindow
	due chan struct{} // closed when it is
}

// follow shows what is the client's own.
func (v *viewer) follow(ctx context.Context, frames <-chan *wire.RawWindow) {
	var waiting []held
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for {
		var due, more <-chan struct{}
		if len(waiting) > 0 {
			more = v.r.evidence.more()
			waiting = v.settle(waiting) // by what was noted before that
		}
		if len(waiting) > 0 {
			due = waiting[0].due
		}
		select {
		case w, ok := <-frames:
			if !ok {
				return
			}
			if waiting = v.take(ctx, w, waiting); len(waiting) > maxHeld {
				v.show(waiting[0].w)
				waiting = waiting[1:]
			}
		case <-due:
			v.show(waiting[0].w)
			waiting = waiting[1:]
		case <-more:
		}
	}
}

// maxHeld bounds the frames that wait.
const maxHeld = 256

// take handles a frame, or makes it wait.
func (v *viewer) take(ctx context.Context, w *wire.RawWindow, waiting []held) []held {
	switch verdict := v.r.evidence.frameVerdict(w, v.own.has); {
	case verdict == shared:
		return waiting
	case verdict == own && len(waiting) == 0:
		v.show(w)
		return waiting
	}
	h := held{w: w, due: make(chan struct{})}
	v.r.wg.Go(func() {
		defer close(h.due)
		v.r.settled(ctx)
	})
	return append(waiting, h)
}

// settled returns when the primary connection has received what the server has sent before.
func (r *Relay) settled(ctx context.Context) {
	select {
	case <-time.After(holdTime):
	case <-ctx.Done():
		return
	}
	ctx, cancel := context.WithTimeout(ctx, replacedTime)
	defer cancel()
	l := r.present(ctx)
	if l == nil {
		return
	}
	_ = l.conn.Ping(ctx) // an error: it is away, or takes too long
}

// settle handles the first ones of the frames that wait, as far as they are decided now.
func (v *viewer) settle(waiting []held) []held {
	for len(waiting) > 0 {
		switch v.r.evidence.frameVerdict(waiting[0].w, v.own.has) {
		case unclear:
			return waiting
		case own:
			v.show(waiting[0].w)
		case shared:
		}
		waiting = waiting[1:]
	}
	return nil
}

// show shows a frame of the client's own. What is no state is sent after that: it may have to wait.
func (v *viewer) show(w *wire.RawWindow) {
	for _, m := range v.apply(w) {
		switch {
		case m.Type == "RunJavascriptMessage":
			v.r.script()
		case m.Type == "FileTransferRefusedMessage":
			v.refused(m)
		case wire.Infos[m.Type].Extension: // about the connection, or the server's timeline
		default:
			v.deliver(m)
		}
	}
}

// apply shows what is state in a frame, in one step, and returns the rest.
func (v *viewer) apply(w *wire.RawWindow) (events []wire.RawMessage) {
	v.c.Scope.Hold()
	defer v.c.Scope.Release()
	v.own.next()
	for _, m := range w.Messages {
		v.learn(m)
		isState, err := v.own.apply(m, state.NoClient)
		if err != nil {
			v.r.bad(err)
		}
		if !isState {
			events = append(events, m)
		}
	}
	return events
}

// learn takes the client's id at the upstream server from a message about its scene.
func (v *viewer) learn(m wire.RawMessage) {
	v.mu.Lock()
	known := v.id != ""
	v.mu.Unlock()
	if known || !hasOwner(m) {
		return
	}
	if owner := m.Text("owner"); owner != "" {
		v.mu.Lock()
		v.id = owner
		v.mu.Unlock()
	}
}

// refused passes on why a file was not accepted.
func (v *viewer) refused(m wire.RawMessage) {
	if v.c.Extended {
		v.post(m)
		return
	}
	notice := wire.RawOf(&wire.NotificationShowMessage{UUID: m.Text("transfer_uuid"), Props: wire.NotificationProps{
		Title: "A file was not uploaded", Body: m.Text("reason"), WithCloseButton: true,
	}})
	if _, err := v.own.apply(notice, state.NoClient); err != nil {
		v.r.bad(err)
	}
}

// maxBehind is how many bytes wait for a viewer before the upstream server has to.
const maxBehind = 16 << 20

// deliver sends the viewer an event. It waits for one that reads slowly, so that the server's part of a download is not
// lost.
func (v *viewer) deliver(m wire.RawMessage) {
	raw := kept(m)
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		if v.c.Scope.Pending() < maxBehind && !errors.Is(v.c.Scope.Send(raw), state.ErrQueueFull) {
			return // also if it has left
		}
		select {
		case <-v.c.Context.Done():
			return
		case <-v.r.ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// post is deliver for what comes over the primary connection: others must not wait for this viewer.
func (v *viewer) post(m wire.RawMessage) {
	if !errors.Is(v.c.Scope.Send(kept(m)), state.ErrQueueFull) {
		return
	}
	if n, ok := v.r.quiet.full.Allow(); ok {
		v.r.o.Logger.Warn("a viewer reads too slowly; a part of a download or a request is lost", "client", v.c.ID, "suppressed", n)
	}
}

// forwarded are the messages of pages that viser 1.1 has. A request to share a URL is not among them: it would open
// the upstream server to everybody, past the access of the relay.
var forwarded = map[string]bool{
	"ViewerCameraMessage":                true,
	"GuiUpdateMessage":                   true,
	"GuiFormSubmitMessage":               true,
	"GuiFormDirtyMessage":                true,
	"GuiButtonHoldMessage":               true,
	"CommandTriggerMessage":              true,
	"ScenePointerMessage":                true,
	"SceneNodeClickMessage":              true,
	"SceneNodeDragMessage":               true,
	"TransformControlsDragStartMessage":  true,
	"TransformControlsUpdateMessage":     true,
	"TransformControlsDragEndMessage":    true,
	"GetRenderResponseMessage":           true,
	"FileTransferStartUpload":            true,
	"FileTransferPart":                   true,
	"LocalStorageGetItemResponseMessage": true,
}

// forwardedOfOurs are those that only our servers understand.
var forwardedOfOurs = map[string]bool{
	"FileTransferCancelMessage": true,
	"SelectionMessage":          true,
	"MeasureMessage":            true,
	"ViewportsMessage":          true,
	"ViewportCameraMessage":     true,
}

// Receive passes a message on to the upstream server.
func (v *viewer) Receive(m wire.Message) {
	if !forwarded[m.Type()] && !forwardedOfOurs[m.Type()] {
		return
	}
	if camera, ok := m.(*wire.ViewerCameraMessage); ok {
		v.moved(newView(camera))
		return
	}
	v.keepViews(m)
	l := v.opening()
	if l == nil {
		v.unsent(m)
		return
	}
	if !v.translate(m, l.extended()) {
		return
	}
	v.note(m, l.extended())
	l.queue(v.c.Context, encoded(m))
}

// Owns reports whether the element is the viewer's own. A client that all viewers share has none.
func (v *viewer) Owns(uuid string) bool { return v.own.has(uuid) }

// unsent handles a message while the upstream server is away.
func (v *viewer) unsent(m wire.Message) {
	if u, ok := m.(*wire.GuiUpdateMessage); ok {
		v.confirm(u.UUID, u.Revision)
		v.resend(u.UUID)
	}
}

// keepViews keeps how the page is divided, and where its other cameras are, for the next connection: the page reports that
// when it connects, which is to the relay.
func (v *viewer) keepViews(m wire.Message) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch m := m.(type) {
	case *wire.ViewportsMessage:
		v.newest.split = encoded(m)
	case *wire.ViewportCameraMessage:
		if m.Viewport < 1 || m.Viewport > maxViews {
			return
		}
		if v.newest.others == nil {
			v.newest.others = map[int][]byte{}
		}
		v.newest.others[m.Viewport] = encoded(m)
	}
}

// maxViews is how many views a page has beside the main one.
const maxViews = 3

// moved sends the camera. One that is not sent is the first message of the next connection.
func (v *viewer) moved(b *view) {
	v.posed.Store(true)
	v.r.mu.Lock()
	v.r.camera = b
	v.r.mu.Unlock()
	v.mu.Lock()
	v.newest.camera = b
	v.mu.Unlock()
	if l := v.current(); l != nil {
		l.pose(b)
	}
}

// current is the line for the viewer's messages, nil while there is none.
func (v *viewer) current() *line {
	if v.r.o.Shared {
		v.r.mu.Lock()
		defer v.r.mu.Unlock()
		return v.r.primary
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.line
}

// openTime is how long what a page sends waits for the page's first connection.
const openTime = 2 * time.Second

// opening is current, but waits for the viewer's first connection.
func (v *viewer) opening() *line {
	if !v.r.o.Shared {
		t := time.NewTimer(openTime)
		defer t.Stop()
		select {
		case <-v.ready:
		case <-t.C:
		case <-v.c.Context.Done():
		}
	}
	return v.current()
}

// note notes what has to be known when the server responds.
func (v *viewer) note(m wire.Message, extended bool) {
	switch m := m.(type) {
	case *wire.GuiUpdateMessage:
		v.setValue(m, extended)
	case *wire.GuiFormDirtyMessage:
		v.expect("form "+m.UUID, &sent{viewer: v})
	case *wire.TransformControlsUpdateMessage:
		v.gizmo(m)
	case *wire.FileTransferStartUpload:
		v.r.mu.Lock()
		defer v.r.mu.Unlock()
		v.r.transfers[m.TransferUUID] = v
	case *wire.GetRenderResponseMessage:
		v.r.mu.Lock()
		defer v.r.mu.Unlock()
		delete(v.r.renders, m.RenderUUID)
	}
}

// setValue notes a value. If the server does not send it back, since it knows of one client only, the other viewers are
// sent it here. A server of ours is told that the page knows the order of its values, as the relay keeps it.
func (v *viewer) setValue(m *wire.GuiUpdateMessage, extended bool) {
	revision := m.Revision
	m.Revision = 0 // is not of viser 1.1
	if extended {
		m.Revision = max(1, revision)
	}
	raw := wire.RawOf(m)
	uuid, b := updatedValue(raw)
	switch {
	case b == nil:
		v.confirm(m.UUID, revision)
	case v.own.has(uuid):
		v.setHere(raw, v.own)
		v.confirm(uuid, revision)
	case v.r.o.Shared:
		v.setHere(raw, v.r.mirror)
		v.confirm(uuid, revision)
	case v.r.mirror.isButton(uuid):
		v.confirm(uuid, revision)
	default:
		v.expect(uuid, &sent{viewer: v, value: canonical(b), uuid: uuid, revision: revision})
	}
}

// setHere applies what the viewer has done.
func (v *viewer) setHere(raw wire.RawMessage, m *mirror) {
	if uuid := raw.Text("uuid"); raw.Type == "GuiUpdateMessage" && m.isButton(uuid) {
		return
	}
	if m == v.r.mirror {
		v.r.applying.Lock()
		defer v.r.applying.Unlock()
		v.r.fold(v.r.shown, raw)
	}
	if _, err := m.apply(raw, v.c.ID); err != nil {
		v.r.bad(err)
	}
}

func (v *viewer) expect(what string, s *sent) { v.r.echoes.expect(what, s) }

// gizmo notes a pose, as setValue notes a value.
func (v *viewer) gizmo(m *wire.TransformControlsUpdateMessage) {
	position := &wire.SetPositionMessage{Name: m.Name, Position: m.Position, Owner: m.Owner}
	orientation := &wire.SetOrientationMessage{Name: m.Name, WXYZ: m.WXYZ, Owner: m.Owner}
	if m.Owner != "" || v.r.o.Shared {
		target := v.own
		if v.r.o.Shared {
			target = v.r.mirror
		}
		v.setHere(wire.RawOf(position), target)
		v.setHere(wire.RawOf(orientation), target)
		return
	}
	v.expect("position "+m.Name, &sent{viewer: v, value: canonicalOf(m.Position[:]), packed: packedOf(m.Position[:])})
	v.expect("wxyz "+m.Name, &sent{viewer: v, value: canonicalOf(m.WXYZ[:]), packed: packedOf(m.WXYZ[:])})
}

// packedOf is canonicalOf for a pose that comes back among others.
func packedOf(x []float64) string {
	short := make([]float64, len(x))
	for i := range x {
		short[i] = float64(float32(x[i]))
	}
	return canonicalOf(short)
}

func canonicalOf(x []float64) string {
	var e wire.Encoder
	e.ArrayHeader(len(x))
	for _, f := range x {
		e.Float(f)
	}
	return canonical(e.B)
}

// translate makes the message one of the client that the viewer is there; of viser 1.1, unless the server is ours. It
// reports whether that is possible. It is not for a node of its own, if the server has none.
func (v *viewer) translate(m wire.Message, extended bool) bool {
	switch m := m.(type) {
	case *wire.FileTransferCancelMessage, *wire.ViewportsMessage, *wire.ViewportCameraMessage:
		return extended
	case *wire.ScenePointerMessage:
		if !extended {
			m.Viewport = 0
		}
	case *wire.SelectionMessage:
		return extended && v.renameAll(m.Owners)
	case *wire.MeasureMessage:
		return extended && v.renameAll(m.Owners)
	case *wire.SceneNodeClickMessage:
		if !extended {
			m.HitPosition, m.Viewport = nil, 0
		}
		return v.rename(&m.Owner)
	case *wire.SceneNodeDragMessage:
		if !extended {
			m.Viewport = 0
		}
		return v.rename(&m.Owner)
	case *wire.TransformControlsDragStartMessage:
		return v.rename(&m.Owner)
	case *wire.TransformControlsUpdateMessage:
		return v.rename(&m.Owner)
	case *wire.TransformControlsDragEndMessage:
		return v.rename(&m.Owner)
	}
	return true
}

// rename replaces the id of the client here by that there. With one client for all, messages keep its owner.
func (v *viewer) rename(owner *string) bool {
	if v.r.o.Shared || *owner == "" {
		return true
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	ok := *owner == strconv.Itoa(v.c.ID) && v.id != ""
	*owner = v.id
	return ok
}

// renameAll is rename for a list.
func (v *viewer) renameAll(owners []string) bool {
	for i := range owners {
		if !v.rename(&owners[i]) {
			return false
		}
	}
	return true
}

// confirm tells the page that its value was received.
func (v *viewer) confirm(uuid string, revision int) {
	if revision != 0 {
		_ = v.c.Scope.Send(&wire.GuiUpdateAckMessage{UUID: uuid, Revision: revision}) // an error: it has left, or does not read
	}
}

// resend sends the page the value that an element has now.
func (v *viewer) resend(uuid string) {
	m := v.r.mirror
	if v.own.has(uuid) {
		m = v.own
	}
	if b := m.valueOf(uuid); b != nil {
		current := wire.Encoded(func(e *wire.Encoder) { e.Raw(b, nil) })
		_ = v.c.Scope.Send(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: current}}})
	}
}

func encoded(m wire.Message) []byte { return wire.RawOf(m).B }
