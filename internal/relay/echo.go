package relay

import (
	"slices"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A viewer that sets a value must not be sent it back, as that would undo what its user has done since. The upstream
// server sends a value to all of its clients but the one that has set it, so the primary connection receives it, and it
// is recognized here: by what it changes, and the value.
//
// Our page ignores the values that it receives until its own is confirmed. It is confirmed when it comes back, that is
// when the upstream server has it. One that does not come back (it is equal to the one before, or another one has
// replaced it) is confirmed after echoTime, with the value that is current then.
type echoes struct {
	mu      sync.Mutex
	pending map[string][]*sent // by what is set
}

// A sent is a value that a viewer has sent.
type sent struct {
	viewer   *viewer
	value    string // canonical
	packed   string // that of a pose whose numbers have 32 bits; "": it has none
	uuid     string // of the element
	revision int    // of the viewer's page; 0: it has none
	crossed  bool   // another value has arrived since
	timer    *time.Timer
}

const (
	echoTime   = 500 * time.Millisecond
	maxPending = 64
)

func (e *echoes) init() { e.pending = map[string][]*sent{} }

// expect notes that the viewer has sent the value.
func (e *echoes) expect(what string, s *sent) {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := append(e.pending[what], s)
	s.timer = time.AfterFunc(echoTime, func() { e.expire(what, s) })
	for len(list) > maxPending {
		list[0].confirm()
		list = list[1:]
	}
	e.pending[what] = list
}

// matched returns the viewer that has set the value, which has come back; nil if it is nobody's.
func (e *echoes) matched(what, value string) *viewer {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := e.pending[what]
	at := slices.IndexFunc(list, func(s *sent) bool { return s.value == value || s.packed == value && value != "" })
	if at < 0 {
		for _, s := range list {
			s.crossed = true
		}
		return nil
	}
	for _, s := range list[:at+1] {
		s.confirm()
	}
	v := list[at].viewer
	e.keep(what, list[at+1:])
	return v
}

func (e *echoes) keep(what string, list []*sent) {
	if len(list) == 0 {
		delete(e.pending, what)
		return
	}
	e.pending[what] = list
}

// expire confirms a value that has not come back.
func (e *echoes) expire(what string, s *sent) {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := e.pending[what]
	at := slices.Index(list, s)
	if at < 0 {
		return
	}
	s.confirm()
	e.keep(what, slices.Delete(slices.Clone(list), at, at+1))
	if s.crossed && at == len(list)-1 {
		s.viewer.resend(s.uuid)
	}
}

// forget ends what is expected for the viewer.
func (e *echoes) forget(v *viewer) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for what, list := range e.pending {
		rest := slices.DeleteFunc(slices.Clone(list), func(s *sent) bool {
			if s.viewer == v {
				s.timer.Stop()
			}
			return s.viewer == v
		})
		e.keep(what, rest)
	}
}

// confirm tells the page that its value has arrived.
func (s *sent) confirm() {
	s.timer.Stop()
	s.viewer.confirm(s.uuid, s.revision)
}

// echoOf returns the client that has set what the message sets, NoClient if none has.
func (r *Relay) echoOf(m wire.RawMessage) int {
	var v *viewer
	switch m.Type {
	case "GuiUpdateMessage":
		if uuid, b := updatedValue(m); b != nil {
			v = r.echoes.matched(uuid, canonical(b))
		}
	case "SetPositionMessage":
		v = r.poseEcho(m, "position")
	case "SetOrientationMessage":
		v = r.poseEcho(m, "wxyz")
	case "GuiFormDirtyMessage":
		v = r.echoes.matched("form "+m.Text("uuid"), "")
	}
	if v == nil {
		return state.NoClient
	}
	return v.c.ID
}

// poseEcho is echoOf for a gizmo. There may be very many poses, and mostly no gizmos are moved.
func (r *Relay) poseEcho(m wire.RawMessage, key string) *viewer {
	if r.echoes.none() {
		return nil
	}
	fields, err := fieldsOf(value{m.B, m.Refs})
	if err != nil {
		return nil
	}
	msg := incoming{fields: fields}
	if v := msg.get(key); v != nil {
		return r.echoes.matched(key+" "+msg.text("name"), canonical(v.b))
	}
	return nil
}

// packedEcho is echoOf for one of many poses.
func (r *Relay) packedEcho(what, name string, x []float64) int {
	if r.echoes.none() {
		return state.NoClient
	}
	if v := r.echoes.matched(what+" "+name, canonicalOf(x)); v != nil {
		return v.c.ID
	}
	return state.NoClient
}

func (e *echoes) none() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.pending) == 0
}

// updatedValue returns the value that a GuiUpdateMessage sets, nil if it sets none.
func updatedValue(m wire.RawMessage) (uuid string, b []byte) {
	fields, err := fieldsOf(value{m.B, m.Refs})
	if err != nil {
		return "", nil
	}
	msg := incoming{fields: fields}
	updates := msg.get("updates")
	if updates == nil {
		return "", nil
	}
	fields, err = fieldsOf(*updates)
	if err != nil {
		return "", nil
	}
	if v := (&incoming{fields: fields}).get("value"); v != nil {
		return msg.text("uuid"), v.b
	}
	return "", nil
}
