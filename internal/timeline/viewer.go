package timeline

import (
	"math"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// The speeds at which a client can play.
const (
	MinSpeed = 0.1
	MaxSpeed = 16
)

// A Place is where a client is on the timeline.
type Place struct {
	Bounds
	Time      float64
	Playing   bool
	Speed     float64
	Loop      bool
	Following bool // it is live
}

// A Viewer is one client on a timeline. All methods but those of state.Replay are safe for concurrent use.
type Viewer struct {
	timeline *Timeline
	conn     *state.Conn
	numbered bool // its page is sent the numbers of nodes
	moved    func(Place)

	mu      sync.Mutex // locked after Timeline.mu
	past    bool       // it is to be back in time
	time    float64    // at since
	since   time.Time
	playing bool
	speed   float64
	loop    bool
	asked   bool      // it is to be shown something
	alerted time.Time // the last time
	forced  []wire.RawMessage
	left    bool

	// The following is the connection's goroutine's.
	at       cursor
	shown    *fold.State
	showed   time.Time
	departed uint64            // nodes that were created after this have numbers that the page does not know
	known    map[string]uint32 // the numbers of those that it shows, and knows
	poses    []posed           // used again
}

// Viewer returns the place of a client, which is live at first. numbered is whether the page is sent the numbers of
// nodes. moved is called, with nothing locked, when the place has changed for another reason than a call of a method.
func (t *Timeline) Viewer(c *state.Conn, numbered bool, moved func(Place)) *Viewer {
	return &Viewer{timeline: t, conn: c, numbered: numbered, moved: moved, speed: 1}
}

// Place returns where the client is now.
func (v *Viewer) Place() Place {
	now := time.Now()
	b := v.timeline.Bounds()
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.place(now, b)
}

// Following reports whether the client is live.
func (v *Viewer) Following() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return !v.past
}

func (v *Viewer) place(now time.Time, b Bounds) Place {
	p := Place{Bounds: b, Time: b.To, Playing: v.playing, Speed: v.speed, Loop: v.loop, Following: !v.past}
	if v.past {
		p.Time, _ = v.timeAt(now, b)
	}
	return p
}

// timeAt returns what the client shows, and whether it has reached the end. mu is held.
func (v *Viewer) timeAt(now time.Time, b Bounds) (t float64, end bool) {
	t = v.time
	if v.playing {
		t += now.Sub(v.since).Seconds() * v.speed
	}
	length := b.To - b.From
	switch {
	case t < b.From:
		t = b.From
	case t <= b.To && !(v.playing && t == b.To):
	case v.playing && v.loop && length > 0:
		t = b.From + math.Mod(t-b.From, length)
	default:
		t, end = b.To, v.playing
	}
	return t, end
}

// change changes the place; f is called with mu held. It reports whether the timeline has not ended.
func (v *Viewer) change(f func(now time.Time, b Bounds)) (Place, bool) {
	t := v.timeline
	now := time.Now()
	t.mu.Lock()
	v.mu.Lock()
	b := t.bounds(now)
	if v.past {
		v.time, _ = v.timeAt(now, b)
	} else {
		v.time = b.To
	}
	v.since = now
	was := v.past
	f(now, b)
	if t.ctx.Err() != nil || v.left {
		v.past, v.playing = false, false
	}
	past, ok := v.past, t.ctx.Err() == nil && !v.left
	if past {
		t.viewers[v] = struct{}{}
		v.asked = true
	}
	p := v.place(now, b)
	v.mu.Unlock()
	t.mu.Unlock()
	switch {
	case past:
		v.conn.Away(v)
		t.rouse()
	case was:
		v.stay()
	}
	return p, ok
}

// stay lets the client return, or does not let it go.
func (v *Viewer) stay() {
	if v.conn.Stay(v) {
		v.gone()
	} else {
		v.conn.Alert()
	}
}

// gone notes that the client is live.
func (v *Viewer) gone() {
	t := v.timeline
	t.mu.Lock()
	v.mu.Lock()
	if !v.past {
		delete(t.viewers, v)
	}
	v.mu.Unlock()
	t.mu.Unlock()
	t.closeTap()
}

// Leave ends the client's use of the timeline.
func (v *Viewer) Leave() {
	v.mu.Lock()
	v.left, v.past, v.playing = true, false, false
	v.mu.Unlock()
	v.gone()
}

// Seek goes to a time, or the nearest one that can be shown. It does not end playing. A time that is not finite is
// ignored.
func (v *Viewer) Seek(to float64) (Place, bool) {
	return v.change(func(_ time.Time, b Bounds) {
		if !finite(to) {
			return
		}
		v.past, v.time = true, min(max(to, b.From), b.To)
	})
}

// Follow returns to live.
func (v *Viewer) Follow() (Place, bool) {
	return v.change(func(time.Time, Bounds) { v.past, v.playing = false, false })
}

// Play lets the time pass, from the start if it is at the end. A client that is live in a timeline without program time
// remains so.
func (v *Viewer) Play() (Place, bool) {
	return v.change(func(_ time.Time, b Bounds) {
		switch {
		case b.Program && v.time >= b.To:
			v.time = b.From
		case !v.past:
			return
		}
		v.past, v.playing = true, true
	})
}

// Pause stops the time. A client that is live stays at the newest time.
func (v *Viewer) Pause() (Place, bool) {
	return v.change(func(time.Time, Bounds) { v.past, v.playing = true, false })
}

// SetSpeed sets how many seconds pass in one second of playing, MinSpeed to MaxSpeed.
func (v *Viewer) SetSpeed(x float64) (Place, bool) {
	return v.change(func(time.Time, Bounds) {
		if finite(x) {
			v.speed = min(max(x, MinSpeed), MaxSpeed)
		}
	})
}

// SetLoop sets whether the start follows the end.
func (v *Viewer) SetLoop(on bool) (Place, bool) {
	return v.change(func(time.Time, Bounds) { v.loop = on })
}

// Step goes to the next change, or to the one before, and stops there.
func (v *Viewer) Step(forward bool) (Place, bool) {
	return v.change(func(_ time.Time, b Bounds) {
		to := v.timeline.ring.view().neighbor(v.time, forward)
		v.past, v.playing, v.time = true, false, min(max(to, b.From), b.To)
	})
}

// Force lets the page be sent again what a message has set on it that the timeline does not have: a value of its user's.
// m is such a message with any other value.
func (v *Viewer) Force(m wire.Message) {
	v.mu.Lock()
	if v.past && len(v.forced) < maxForced {
		v.forced = append(v.forced, wire.RawOf(m))
		v.asked = true
	}
	v.mu.Unlock()
	v.timeline.rouse()
}

// maxForced bounds what a page can make the server remember: more is sent with the next value.
const maxForced = 1024

// due alerts the connection if the client is to be shown something, and returns when it is to be asked again. past is
// false if that is never.
func (v *Viewer) due(now time.Time, b Bounds) (next time.Duration, past bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.past {
		return 0, false
	}
	if v.playing || v.asked || v.time < b.From {
		if wait := frameGap - now.Sub(v.alerted); wait > 0 {
			return wait, true
		}
		v.asked, v.alerted = false, now
		v.conn.Alert()
	}
	if v.playing {
		return frameGap, true
	}
	return pastGap, true
}

// Depart makes the client away from the shared scope; see state.Replay.
func (v *Viewer) Depart(c *state.Conn) {
	v.mu.Lock()
	past := v.past
	v.mu.Unlock()
	if !past {
		v.stay()
		return
	}
	t := v.timeline
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tap == nil {
		return
	}
	s, ok, err := t.tap.Depart(c)
	if err != nil {
		if t.read() == nil { // there is another tap now
			c.Alert()
		}
		return
	}
	t.add(s)
	if ok {
		v.shown, v.at, v.departed = t.newestState(), cursor{}, c.Cursor()
		if v.numbered {
			v.known = t.store.NodeIDs(0, v.departed)
		}
	}
}

// Show returns what the page is to be sent; see state.Replay.
func (v *Viewer) Show(c *state.Conn, whole bool) []wire.RawMessage {
	t := v.timeline
	now := time.Now()
	if !whole && now.Sub(v.showed) < frameGap-frameGap/8 && v.later() {
		return nil
	}
	v.showed = now
	if whole {
		v.shown, v.departed, v.known = fold.New(), c.Cursor(), map[string]uint32{}
	}
	t.mu.Lock()
	b, states := t.bounds(now), t.ring.view()
	t.mu.Unlock()
	to, past, forced := v.advance(now, b)
	if len(forced) > 0 {
		v.shown = v.shown.Clone()
		for _, m := range forced {
			_ = v.shown.Apply(m) // of a node or an element that may not be there
		}
	}
	if !past && !whole {
		return v.leave(c)
	}
	next := v.at.move(states, to)
	ms := v.difference(next)
	v.shown = next
	if !past {
		c.Alert()
	}
	return ms
}

// later lets Show be called a little later: a page is not sent more frames than it can show.
func (v *Viewer) later() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.past {
		return false
	}
	v.asked, v.alerted = true, v.showed
	v.timeline.rouse()
	return true
}

// advance moves the place to now.
func (v *Viewer) advance(now time.Time, b Bounds) (to float64, past bool, forced []wire.RawMessage) {
	v.mu.Lock()
	forced, v.forced = v.forced, nil
	v.asked, v.alerted = false, now
	told := false
	if v.past {
		at, end := v.timeAt(now, b)
		told = end || at < v.time || !v.playing && at > v.time
		v.time, v.since = at, now
		if end {
			v.playing, v.past = false, b.Program
		}
	}
	p := v.place(now, b)
	v.mu.Unlock()
	if told {
		v.moved(p)
	}
	return p.Time, !p.Following, forced
}

// leave returns the difference to what the shared scope shows now, and makes the client one that is sent its changes.
func (v *Viewer) leave(c *state.Conn) []wire.RawMessage {
	t := v.timeline
	t.mu.Lock()
	var ms []wire.RawMessage
	for back := false; !back; {
		if t.read() != nil {
			t.mu.Unlock()
			return nil
		}
		now := t.newestState()
		ms = append(ms, v.difference(now)...)
		v.shown = now
		back = t.tap.Return(c)
	}
	ms = append(ms, v.renewed(v.shown, ms)...)
	t.mu.Unlock()
	v.shown, v.at, v.known, v.poses = nil, cursor{}, nil, nil
	v.mu.Lock()
	past := v.past
	v.mu.Unlock()
	if past {
		c.Away(v)
	} else {
		v.gone()
	}
	return ms
}

func finite(x float64) bool { return x-x == 0 }
