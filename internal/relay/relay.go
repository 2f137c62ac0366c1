// Package relay passes a running viser server on to any number of viewers. What the server shows is taken once, and
// kept in the store of a server of ours, which serves the viewers: so they have its access, its sessions that survive,
// and its windows. What viewers do goes to the server that is relayed, the "upstream" server.
//
// # Connections
//
// One connection, the primary one, takes what all clients share. By default each viewer has one more, so that it is its
// own client for the upstream program. Python's server sends everything that is shared over that, too; of it only what
// is the client's own is read on (see owned.go). With Options.Shared there is only the primary connection, and all
// viewers together are its client.
//
// # Ends of the upstream server
//
// While it is away, what it has shown stays. When it is back, what it shows then is folded, compared with what it has
// shown before, and the difference applied in one step.
package relay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/front"
	"github.com/viser-go/viser/internal/rate"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/upstream"
	"github.com/viser-go/viser/internal/wire"
)

// Options of a relay.
type Options struct {
	Upstream upstream.Options
	Shared   bool          // all viewers are one client of the upstream server
	Client   bool          // with Shared, that client is there even without a viewer
	Logger   *slog.Logger  // nil = slog.Default()
	Retry    time.Duration // the first pause before another attempt to connect, which doubles up to 5 s; 0 = 250 ms
	Patience time.Duration // how long the upstream server may take to send all that it shows; 0 = 2 minutes
}

const maxRetry = 5 * time.Second

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Retry == 0 {
		o.Retry = 250 * time.Millisecond
	}
	if o.Patience == 0 {
		o.Patience = 2 * time.Minute
	}
	return o
}

// A Relay shows an upstream server on a server of ours.
type Relay struct {
	o        Options
	front    front.Server
	mirror   *mirror // what is shared
	evidence evidence
	echoes   echoes
	quiet    struct{ bad, script, full, away, back, other rate.Log }

	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	applying sync.Mutex // guards shown, and keeps it in step with mirror
	shown    *fold.State

	mu        sync.Mutex
	closed    bool
	viewers   map[int]*viewer
	primary   *line              // nil while the upstream server is away
	up        chan struct{}      // closed when it is there again
	transfers map[string]*viewer // uploads in progress
	renders   map[string]*viewer // requests to a viewer in place of all, by their uuid
	camera    *view              // the newest one of any viewer
}

// Start connects to the upstream server and shows on server what it shows. The server has not been started yet. The
// relay ends with ctx, or by Close.
func Start(ctx context.Context, server *viser.Server, o Options) (*Relay, error) {
	o = o.withDefaults()
	r := &Relay{o: o, shown: fold.New(), viewers: map[int]*viewer{}, transfers: map[string]*viewer{}, renders: map[string]*viewer{}, up: make(chan struct{})}
	r.evidence.init()
	r.echoes.init()
	r.ctx, r.cancel = context.WithCancel(ctx)
	r.front = front.Attach(server, r)
	r.mirror = newMirror(r.front.Shared, o.Shared, r.front.OfferPlotly)
	r.mirror.setBy = r.packedEcho
	if o.Client {
		r.camera = &view{upstream.Camera(), upstream.Camera()}
	}
	conn, err := r.connect()
	if err != nil {
		r.Close()
		return nil, err
	}
	r.wg.Go(func() { r.run(conn) })
	return r, nil
}

// Close ends all connections to the upstream server, and returns when nothing runs any more. It may be called more than
// once.
func (r *Relay) Close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.cancel()
	r.wg.Wait()
}

// run follows the upstream server, with one connection after another.
func (r *Relay) run(conn *upstream.Conn) {
	for conn != nil {
		l := newLine(conn)
		r.setPrimary(l)
		why := r.follow(conn)
		r.setPrimary(nil)
		l.close()
		if r.ctx.Err() != nil {
			return
		}
		r.away(why)
		conn = r.again()
	}
}

// setPrimary is called with nil while the upstream server is away.
func (r *Relay) setPrimary(l *line) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.primary = l
	if l == nil {
		r.up = make(chan struct{})
		clear(r.transfers)
		clear(r.renders)
		return
	}
	close(r.up)
	var first opening
	if r.o.Shared { // without a camera it is no client for the program
		first.camera = r.camera
	}
	r.wg.Go(func() { l.write(r.ctx, first) })
}

// present waits until the upstream server is there, and returns the line to it; nil if ctx ends.
func (r *Relay) present(ctx context.Context) *line {
	for {
		r.mu.Lock()
		l, up := r.primary, r.up
		r.mu.Unlock()
		if l != nil {
			return l
		}
		select {
		case <-up:
		case <-ctx.Done():
			return nil
		}
	}
}

// again connects again, however long it takes; nil if the relay ends.
func (r *Relay) again() *upstream.Conn {
	var last string
	for pause := r.o.Retry; ; pause = min(2*pause, maxRetry) {
		select {
		case <-r.ctx.Done():
			return nil
		case <-time.After(pause):
		}
		conn, err := r.connect()
		if err == nil {
			r.back()
			return conn
		}
		if text := err.Error(); text != last && r.ctx.Err() == nil && isAnswer(err) {
			last = text
			if n, ok := r.quiet.other.Allow(); ok {
				r.o.Logger.Warn("the server can't be relayed", "error", text, "suppressed", n)
			}
		}
	}
}

// isAnswer reports whether somebody is there, but not what is looked for.
func isAnswer(err error) bool {
	var version *upstream.VersionError
	var refused *upstream.RefusedError
	var garbage *upstream.GarbageError
	return errors.As(err, &version) || errors.As(err, &refused) || errors.As(err, &garbage)
}

// downNotice tells viewers that the upstream server is away.
const downNotice = "viser-relay-away"

func (r *Relay) away(why error) {
	if why == io.EOF {
		why = errors.New("it has ended the connection")
	}
	if n, ok := r.quiet.away.Allow(); ok {
		r.o.Logger.Warn("the server is away; what it has shown stays, and it is looked for", "reason", rate.Text(why), "suppressed", n)
	}
	r.show(&wire.NotificationShowMessage{UUID: downNotice, Props: wire.NotificationProps{
		Title: "The program is away", Body: "What it has shown stays, and changes you make are not sent. It is looked for.", Loading: true, WithCloseButton: true,
	}})
}

func (r *Relay) back() {
	if n, ok := r.quiet.back.Allow(); ok {
		r.o.Logger.Warn("the server is back", "suppressed", n)
	}
	r.show(&wire.RemoveNotificationMessage{UUID: downNotice})
}

// show applies a message of the relay's own.
func (r *Relay) show(m wire.Message) { _, _ = r.mirror.apply(wire.RawOf(m), state.NoClient) }

// connect connects, and shows what the server shows at first.
func (r *Relay) connect() (*upstream.Conn, error) {
	ctx, cancel := context.WithTimeoutCause(r.ctx, r.o.Patience, errors.New("the server has not sent in time what it shows"))
	defer cancel()
	conn, err := upstream.Dial(ctx, r.o.Upstream)
	if err == nil {
		err = r.join(ctx, conn)
		if err != nil {
			conn.Close()
		}
	}
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return nil, err
	}
	return conn, nil
}

// join reads what the server shows, and shows what is different from before.
func (r *Relay) join(ctx context.Context, conn *upstream.Conn) error {
	next, numbers := fold.New(), map[nodeKey]uint32{}
	var rest []wire.RawMessage // what is no state, and what follows
	for done := false; !done; {
		w, err := conn.Next(ctx)
		if err != nil {
			return fmt.Errorf("while it sent what it shows: %w", endOf(err))
		}
		for _, m := range w.Messages {
			switch {
			case m.Type == "ReplayDoneMessage":
				done = true
			case done, isForm(m.Type):
				rest = append(rest, m)
			default:
				r.evidence.note(m)
				r.fold(next, m)
				note(numbers, m)
			}
		}
	}
	r.front.Together(func() {
		r.applying.Lock()
		defer r.applying.Unlock()
		for _, m := range fold.Diff(r.shown, next) {
			r.mirrorMessage(m, state.NoClient)
		}
		r.shown = next
		r.mirror.renumber(numbers)
		r.receiveAll(rest)
	})
	return nil
}

func endOf(err error) error {
	if err == io.EOF {
		return errors.New("the server has ended the connection")
	}
	return err
}

func isForm(typ string) bool { return typ == "GuiFormSubmitMessage" || typ == "GuiFormDirtyMessage" }

// fold notes a message of the server, and reports whether it is well-formed.
func (r *Relay) fold(s *fold.State, m wire.RawMessage) bool {
	if err := s.Apply(m); err != nil {
		r.bad(err)
		return false
	}
	return true
}

func (r *Relay) bad(err error) {
	if n, ok := r.quiet.bad.Allow(); ok {
		r.o.Logger.Warn("a message of the server was skipped", "error", rate.Text(err), "suppressed", n)
	}
}

// follow shows what the server sends until the connection ends. Each frame is one step.
func (r *Relay) follow(conn *upstream.Conn) error {
	for {
		w, err := conn.Next(r.ctx)
		if err != nil {
			return err
		}
		r.front.Together(func() {
			r.applying.Lock()
			defer r.applying.Unlock()
			r.receiveAll(w.Messages)
		})
	}
}

// receiveAll shows messages. applying is held.
func (r *Relay) receiveAll(messages []wire.RawMessage) {
	r.mirror.next()
	for _, m := range messages {
		if !r.o.Shared {
			if isOwned(m) {
				continue // of the primary connection, which is no client of the program
			}
			r.evidence.note(m)
			r.correct(m)
		}
		if r.fold(r.shown, m) {
			r.mirrorMessage(m, r.echoOf(m))
		}
	}
}

// mirrorMessage shows a message, or passes it on as an event. applying is held.
func (r *Relay) mirrorMessage(m wire.RawMessage, except int) {
	isState, err := r.mirror.apply(m, except)
	if err != nil {
		r.bad(err)
	}
	if !isState {
		r.event(m)
	}
}

// event passes on what is no state to the viewers that it is for.
func (r *Relay) event(m wire.RawMessage) {
	switch m.Type {
	case "RunJavascriptMessage":
		r.script()
	case "FileTransferPartAck":
		if v := r.uploader(m); v != nil {
			v.post(m)
		}
	case "FileTransferRefusedMessage":
		if v := r.uploader(m); v != nil {
			v.refused(m)
		}
	case "GetRenderRequestMessage", "LocalStorageGetItemRequestMessage":
		if v := r.anyViewer(m.Text("render_uuid")); v != nil {
			v.post(m)
		}
	case "LocalStorageSetItemMessage", "LocalStorageRemoveItemMessage", "LocalStorageClearMessage",
		"FileTransferStartDownload", "FileTransferPart":
		for _, v := range r.allViewers() {
			v.post(m)
		}
	}
}

// script notes a script, which is not passed on: see docs/security.md.
func (r *Relay) script() {
	if n, ok := r.quiet.script.Allow(); ok {
		r.o.Logger.Info("a script of the server was not passed on", "suppressed", n)
	}
}

// uploader returns the viewer whose upload the message is about, nil if it has left.
func (r *Relay) uploader(m wire.RawMessage) *viewer {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.transfers[m.Text("transfer_uuid")]
}

// anyViewer returns the viewer that does something in place of all, the one that was first; nil if there is none.
func (r *Relay) anyViewer(render string) *viewer {
	r.mu.Lock()
	defer r.mu.Unlock()
	var first *viewer
	for _, v := range r.viewers {
		if v.posed.Load() && (first == nil || v.c.ID < first.c.ID) {
			first = v
		}
	}
	if first != nil && render != "" {
		r.renders[render] = first
	}
	return first
}

func (r *Relay) allViewers() []*viewer {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]*viewer, 0, len(r.viewers))
	for _, v := range r.viewers {
		all = append(all, v)
	}
	return all
}
