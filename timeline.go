package viser

import (
	"context"
	"math"
	"time"

	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/spool"
	"github.com/viser-go/viser/internal/timeline"
	"github.com/viser-go/viser/internal/wire"
)

// A Timeline keeps what the server's scene and GUI have shown for a while, so that each
// client can go back in time on its own page, while the program and the other clients go
// on. It is started by [Server.Timeline] or [Server.At].
//
// Its times count from its start, by the clock; or they are the program's, from the
// first call of [Server.At] on. While a client is back, its page shows the scene and the
// GUI of that time. What is the client's own remains live: its own scene and GUI, its
// camera, notifications, downloads, and requests for pictures. What it does to nodes and
// elements of the server has no effect, and no callback runs for it.
//
// All methods are safe for concurrent use.
type Timeline struct {
	server *Server
	core   *timeline.Timeline
}

// TimelineOptions bound what a Timeline keeps.
type TimelineOptions struct {
	// Keep is how far a client can go back; default one minute, negative for as far as
	// MaxBytes allows. It does not apply to the times of [Server.At].
	Keep time.Duration
	// MaxBytes is how much memory the timeline uses, about; default 128 MiB. The oldest
	// states are forgotten for newer ones. The current state is kept, even if it is larger.
	MaxBytes int64
}

// The defaults of TimelineOptions.
const (
	defaultKeep          = time.Minute
	defaultTimelineBytes = 128 << 20
)

// A TimelineState says where a client is on the [Timeline].
type TimelineState struct {
	From, To time.Duration // the times that can be shown
	Time     time.Duration // what the client's page shows; To if it is live
	// Following reports whether the page is live; also if there is no timeline.
	Following bool
	Playing   bool    // whether the time passes on its page
	Speed     float64 // how many seconds in one; 1 unless it was set
	Loop      bool    // whether the oldest time follows the newest one while it is playing
	Program   bool    // whether times are those of [Server.At]
}

// A SeekEvent reports that a client has gone to another time.
type SeekEvent struct {
	Client    *Client
	Time      time.Duration // the time that its page shows
	Following bool          // it has returned to live
}

// A viewing is a client's place on a timeline.
type viewing struct {
	*Timeline
	viewer *timeline.Viewer
}

// Timeline starts to keep what is shown; with nil options the default is used. If there
// is a timeline already, it changes its options. It costs memory, about 2 MB a second for
// a thousand nodes that move 60 times a second. It panics with a *UsageError if MaxBytes is negative, or Keep is above zero
// but below a millisecond.
func (s *Server) Timeline(opts *TimelineOptions) *Timeline {
	o := orPtr(opts, TimelineOptions{})
	checkDuration("Server.Timeline", "Keep", o.Keep)
	if o.MaxBytes < 0 {
		usage("Server.Timeline", "MaxBytes is %d, but must not be negative", o.MaxBytes)
	}
	t, created := s.timelineWith(o.core())
	if !created {
		t.core.SetOptions(o.core())
	}
	return t
}

func (o TimelineOptions) core() timeline.Options {
	if o.Keep == 0 {
		o.Keep = defaultKeep
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = defaultTimelineBytes
	}
	return timeline.Options{Span: max(0, o.Keep), MaxBytes: int(min(o.MaxBytes, math.MaxInt))}
}

// timelineWith returns the timeline, which it creates if there is none.
func (s *Server) timelineWith(o timeline.Options) (t *Timeline, created bool) {
	s.timing.Lock()
	t = s.timeline.Load()
	created = t == nil
	if created {
		t = &Timeline{server: s}
		t.core = timeline.New(s.store, o, s.tellTimeline)
		if s.ctx.Err() == nil {
			s.timeline.Store(t)
		} else {
			t.core.Close()
		}
	}
	s.timing.Unlock()
	if created {
		for _, c := range s.sessionClients() {
			c.watchTimeline()
		}
	}
	return t, created
}

// sessionClients returns all clients, connected or not.
func (s *Server) sessionClients() []*Client {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*Client, 0, len(s.clients))
	for _, c := range s.clients {
		all = append(all, c)
	}
	return all
}

// Stop ends the timeline and frees its memory. Clients that are back in time return to
// live. It may be called again.
func (t *Timeline) Stop() {
	s := t.server
	s.timing.Lock()
	stopped := s.timeline.CompareAndSwap(t, nil)
	s.timing.Unlock()
	if !stopped {
		return
	}
	t.core.Close()
	for _, c := range s.sessionClients() {
		c.watchTimeline()
	}
}

// Bounds returns the oldest and the newest time that can be shown.
func (t *Timeline) Bounds() (from, to time.Duration) {
	b := t.core.Bounds()
	return seconds(b.From), seconds(b.To)
}

// checkTime refuses times that are nearly always a plain number that was meant as seconds.
func checkTime(fn string, t time.Duration) {
	if t > 0 && t < time.Microsecond {
		checkDuration(fn, "the time", t)
	}
}

func seconds(x float64) time.Duration { return time.Duration(math.Round(x * 1e9)) }

// At runs f like [Server.Atomic], and puts its changes at time t of the timeline: to
// fill it with what is known ahead, such as the plan of a robot or the frames of a
// dataset, which clients then play at their own pace. It starts a [Timeline] if there is
// none. From the first call on the timeline has only the program's times, from that of
// the first call to that of the last: clients that are live see the newest state. What
// changes outside of calls stands at the time of the call before.
//
// It panics with a *UsageError if t is negative, above zero but below a microsecond, or
// less than in the call before, if f is nil, and if another call is running, which f must not do either. If f panics, what was
// written stands, and the panic continues.
func (s *Server) At(t time.Duration, f func()) {
	const fn = "Server.At"
	if f == nil {
		usage(fn, "the function is nil")
	}
	if t < 0 {
		usage(fn, "the time is %v, but must not be negative", t)
	}
	checkTime(fn, t)
	if !s.placing.CompareAndSwap(false, true) {
		usage(fn, "another call is running: calls can be neither nested nor concurrent, since times ascend")
	}
	defer s.placing.Store(false)
	tl, _ := s.timelineWith(TimelineOptions{}.core())
	if last, ok := tl.core.Last(); ok && t.Seconds() < last {
		usage(fn, "the time is %v, but must not be less than %v, that of the call before", t, seconds(last))
	}
	tl.core.Before()
	s.store.Together(func() {
		defer tl.core.At(t.Seconds())
		f()
	})
}

// stopTimeline ends the timeline of a server that closes.
func (s *Server) stopTimeline() {
	s.timing.Lock()
	t := s.timeline.Swap(nil)
	s.timing.Unlock()
	if t != nil {
		t.core.Close()
	}
}

// watchTimeline gives the client a place on the timeline that there is now. One whose page is behind a relay has none:
// it is shown there what all are shown.
func (c *Client) watchTimeline() {
	if c.ownOnly {
		return
	}
	s := c.server
	s.timing.Lock()
	defer s.timing.Unlock()
	t, w := s.timeline.Load(), c.viewing.Load()
	switch {
	case t == nil && w != nil:
		c.viewing.Store(nil)
	case t != nil && (w == nil || w.Timeline != t):
		w = &viewing{t, nil}
		w.viewer = t.core.Viewer(c.conn, c.extended, func(p timeline.Place) { c.movedInTime(w, p) })
		c.viewing.Store(w)
	default:
		return
	}
	if c.ctx.Err() != nil && t != nil {
		w.viewer.Leave()
		return
	}
	c.tellPlace()
}

// leaveTimeline is called after the client's context has ended.
func (c *Client) leaveTimeline() {
	c.server.timing.Lock()
	defer c.server.timing.Unlock()
	if w := c.viewing.Load(); w != nil {
		w.viewer.Leave()
	}
}

// tellTimeline tells all pages of the timeline.
func (s *Server) tellTimeline() {
	for _, c := range s.sessionClients() {
		c.tellPlace()
	}
}

// tellPlace tells the page where it is.
func (c *Client) tellPlace() {
	if !c.extended {
		return
	}
	c.telling.Lock()
	defer c.telling.Unlock()
	m := &wire.TimelineMessage{}
	if w := c.viewing.Load(); w != nil {
		p := w.viewer.Place()
		m = &wire.TimelineMessage{
			Enabled: true, From: p.From, To: p.To, Time: p.Time, Playing: p.Playing, Speed: p.Speed, Loop: p.Loop,
			Following: p.Following, Program: p.Program, Span: p.Span,
		}
	}
	c.scope.SetPageCell("timeline", m)
}

// movedInTime is called when the client's place has changed by itself.
func (c *Client) movedInTime(w *viewing, p timeline.Place) {
	if c.viewing.Load() != w {
		return
	}
	c.tellPlace()
	if p.Following {
		c.sought(p)
	}
}

func (c *Client) sought(p timeline.Place) {
	fire(c, &c.seeks, dispatch.Event{Name: "Client.OnSeek"}, true, &c.seeks, SeekEvent{Client: c, Time: seconds(p.Time), Following: p.Following})
}

// move changes the client's place on the timeline, if there is one. to is whether it goes to another time.
func (c *Client) move(to bool, f func(*timeline.Viewer) (timeline.Place, bool)) {
	w := c.viewing.Load()
	if w == nil {
		return
	}
	live := w.viewer.Following()
	p, ok := f(w.viewer)
	if !ok {
		return
	}
	if live && !p.Following {
		c.server.gestures.End(func(k gestureKey) bool { return k.Client == c })
	}
	c.tellPlace()
	if to && !p.Following || live != p.Following {
		c.sought(p)
	}
}

// Seek lets the client's page show the scene and the GUI of time t of the [Timeline], or
// of the nearest time that is kept. The page may also be of upstream viser, which has no
// controls for it. Playing goes on from there. Without a timeline it does nothing. It
// does not wait for the page. It panics with a *UsageError if t is above zero but below a
// microsecond.
func (c *Client) Seek(t time.Duration) {
	checkTime("Client.Seek", t)
	c.move(true, func(v *timeline.Viewer) (timeline.Place, bool) { return v.Seek(t.Seconds()) })
}

// Follow lets the client's page return to live.
func (c *Client) Follow() { c.move(true, (*timeline.Viewer).Follow) }

// Play lets the time pass on the page of a client that is back in time. At the newest
// time it returns to live, unless it loops; with the times of [Server.At] it stops there,
// and another Play begins at the oldest one.
func (c *Client) Play() { c.move(false, (*timeline.Viewer).Play) }

// Pause stops the time on the client's page. A page that is live stays at what it shows.
func (c *Client) Pause() { c.move(false, (*timeline.Viewer).Pause) }

// SetPlaySpeed sets how many seconds of the timeline pass in one second of playing, from
// 0.1 to 16. It panics with a *UsageError for another value.
func (c *Client) SetPlaySpeed(x float64) {
	if !(x >= timeline.MinSpeed && x <= timeline.MaxSpeed) {
		usage("Client.SetPlaySpeed", "the speed is %v, but must be from %v to %v", x, timeline.MinSpeed, timeline.MaxSpeed)
	}
	c.move(false, func(v *timeline.Viewer) (timeline.Place, bool) { return v.SetSpeed(x) })
}

// SetPlayLoop sets whether playing goes on from the oldest time after the newest one.
func (c *Client) SetPlayLoop(on bool) {
	c.move(false, func(v *timeline.Viewer) (timeline.Place, bool) { return v.SetLoop(on) })
}

// TimelineState returns where the client is on the timeline, by what it was last told to
// do: a slow page may be behind.
func (c *Client) TimelineState() TimelineState {
	w := c.viewing.Load()
	if w == nil {
		return TimelineState{Following: true, Speed: 1}
	}
	p := w.viewer.Place()
	return TimelineState{
		From: seconds(p.From), To: seconds(p.To), Time: seconds(p.Time), Following: p.Following, Playing: p.Playing,
		Speed: p.Speed, Loop: p.Loop, Program: p.Program,
	}
}

// OnSeek attaches fn for each time that the client goes to, by its user or the program,
// and for its return to live. It is not called for the time that passes by playing. While
// fn is busy, newer events replace older ones. ctx ends when the client leaves.
func (c *Client) OnSeek(fn func(ctx context.Context, e SeekEvent)) (off func()) {
	checkCallback("Client.OnSeek", fn)
	return c.seeks.Add(fn)
}

// timelineControlled does what the user wants. Values that make no sense are ignored.
func (c *Client) timelineControlled(m *wire.TimelineControlMessage) {
	x := m.Value
	if !finite(x) || !c.isConnected() {
		return
	}
	switch m.Command {
	case wire.TimelineCommandSeek:
		c.move(true, func(v *timeline.Viewer) (timeline.Place, bool) { return v.Seek(x) })
	case wire.TimelineCommandPlay:
		c.Play()
	case wire.TimelineCommandPause:
		c.Pause()
	case wire.TimelineCommandSpeed:
		c.move(false, func(v *timeline.Viewer) (timeline.Place, bool) { return v.SetSpeed(x) })
	case wire.TimelineCommandLoop:
		c.SetPlayLoop(x != 0)
	case wire.TimelineCommandStep:
		c.move(true, func(v *timeline.Viewer) (timeline.Place, bool) { return v.Step(x > 0) })
	case wire.TimelineCommandFollow:
		c.Follow()
	}
}

// isBack reports whether the client is back in time, or about to be.
func (c *Client) isBack() bool {
	w := c.viewing.Load()
	return w != nil && !w.viewer.Following()
}

// isPast reports whether the page shows an earlier state of the element.
func (c *Client) isPast(uuid string) bool {
	switch {
	case !c.isBack():
		return false
	case c.front != nil:
		return !c.front.Owns(uuid)
	}
	return c.server.gui.has(uuid)
}

// tooLate reports whether a message is about what the page shows of an earlier time: it has no effect then, and the
// page is sent again what it has changed itself.
func (c *Client) tooLate(m wire.Message) bool {
	if !c.isBack() {
		return false
	}
	switch m := m.(type) {
	case *wire.GuiUpdateMessage:
		if !c.isPast(m.UUID) {
			return false
		}
		c.confirmValue(m.UUID, m.Revision)
		c.showAgain(&wire.GuiUpdateMessage{UUID: m.UUID, Updates: wire.Updates{{Key: "value"}}})
		return true
	case *wire.GuiFormSubmitMessage:
		return c.isPast(m.UUID)
	case *wire.GuiFormDirtyMessage:
		return c.isPast(m.UUID)
	case *wire.CommandTriggerMessage:
		return c.isPast(m.UUID)
	case *wire.GuiButtonHoldMessage:
		return c.isPast(m.UUID)
	case *wire.SceneNodeClickMessage:
		return m.Owner == ""
	case *wire.SceneNodeDragMessage:
		return m.Owner == ""
	case *wire.TransformControlsDragStartMessage:
		return m.Owner == ""
	case *wire.TransformControlsDragEndMessage:
		return m.Owner == ""
	case *wire.TransformControlsUpdateMessage:
		if m.Owner != "" {
			return false
		}
		if len(m.Name) > maxPastName || c.front == nil && c.server.scene.nodeNamed(m.Name) == nil {
			return true
		}
		c.showAgain(&wire.SetPositionMessage{Name: m.Name, Position: m.Position})
		c.showAgain(&wire.SetOrientationMessage{Name: m.Name, WXYZ: m.WXYZ})
		return true
	case *wire.ScenePointerMessage, *wire.FileTransferStartUpload:
		return c.front != nil && c.tooLateForFront(m)
	}
	return false
}

// maxPastName is the longest name of a node whose pose a page is sent again: what it names is remembered until then.
const maxPastName = 4 << 10

// tooLateForFront is tooLate for what the server itself handles where it is delivered. The program behind a relay can't
// tell for which of its scenes a click is.
func (c *Client) tooLateForFront(m wire.Message) bool {
	u, ok := m.(*wire.FileTransferStartUpload)
	if !ok {
		return true
	}
	if !c.isPast(u.SourceComponentUUID) {
		return false
	}
	c.refuse(u.SourceComponentUUID, u.TransferUUID, spool.SafeFileName(u.Filename), refusalOfThePast)
	return true
}

// showAgain lets the page be sent again what the message has set there.
func (c *Client) showAgain(m wire.Message) {
	if w := c.viewing.Load(); w != nil {
		w.viewer.Force(m)
	}
}
