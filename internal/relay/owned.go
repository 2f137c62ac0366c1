package relay

import (
	"strings"
	"sync"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// What is a client's own
//
// A viewer's connection carries what all clients are sent and what only this client is sent. The first is taken from the
// primary connection, and must be told apart from the second:
//
//   - A message about a scene node carries its owner.
//   - Some types are only ever sent to one client: requests, downloads, notifications, what concerns local storage; and
//     commands to the camera that are not for its initial view.
//   - The uuid of an element, a modal or a command is either known from the primary connection, or is the client's. The
//     same applies to the run id of a command to a panel.
//   - Other messages (theme, label of the panel, background, fog, …) are shared if the primary connection has received an
//     equal one.
//
// The Python server writes the two kinds into separate frames, so the first message that is decided by one of these rules
// decides the whole frame. The primary connection may receive something a little later than a viewer's. So a frame that
// is shared by none of the rules, and not certainly the client's, waits for some time (holdTime) and until the primary
// connection has answered a ping, which comes behind what was sent before. What is taken for the client's own
// nevertheless, since the primary connection is far behind, is corrected when it arrives there (Relay.correct).

// A verdict says whose a message or a frame is.
type verdict int

const (
	unclear verdict = iota
	shared
	own
)

// clientTypes are sent to single clients only.
var clientTypes = map[string]bool{
	"FileTransferStartDownload":         true,
	"FileTransferPart":                  true,
	"GetRenderRequestMessage":           true,
	"NotificationShowMessage":           true,
	"NotificationUpdateMessage":         true,
	"RemoveNotificationMessage":         true,
	"LocalStorageSetItemMessage":        true,
	"LocalStorageRemoveItemMessage":     true,
	"LocalStorageClearMessage":          true,
	"LocalStorageGetItemRequestMessage": true,
}

// holdTime is how much later than a viewer's connection the primary one may receive a message: two windows of the Python
// server's, and some time.
const holdTime = 60 * time.Millisecond

// evidence is what the primary connection has received.
type evidence struct {
	mu      sync.Mutex
	ids     generations
	singles map[string][]single // by type
	news    chan struct{}       // closed when there is more
	awaited bool
}

// A single is a message that is about no entity.
type single struct {
	body     string
	replaced time.Time // zero: it is the current one
}

// replacedTime is for how long a viewer's connection may be behind the primary one.
const replacedTime = 10 * time.Second

func (e *evidence) init() {
	e.singles, e.news = map[string][]single{}, make(chan struct{})
}

// note notes a message of the primary connection.
func (e *evidence) note(m wire.RawMessage) {
	keys, body := idsOf(m)
	if len(keys) == 0 && body == "" {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, key := range keys {
		e.ids.add(key)
	}
	if body != "" {
		e.single(m.Type, body)
	}
	if e.awaited {
		close(e.news)
		e.news, e.awaited = make(chan struct{}), false
	}
}

func (e *evidence) single(typ, body string) {
	var list []single
	for _, s := range e.singles[typ] {
		if s.replaced.IsZero() {
			s.replaced = time.Now()
		}
		if s.body != body && time.Since(s.replaced) < replacedTime {
			list = append(list, s)
		}
	}
	e.singles[typ] = append(list, single{body: body})
}

// more returns a channel that is closed when something is noted.
func (e *evidence) more() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.awaited = true
	return e.news
}

// has reports whether the primary connection has received the id.
func (e *evidence) has(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.ids.has(id)
}

func (e *evidence) hasSingle(typ, body string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, s := range e.singles[typ] {
		if s.body == body && (s.replaced.IsZero() || time.Since(s.replaced) < replacedTime) {
			return true
		}
	}
	return false
}

// generations is a set that forgets what was added long ago, and not since.
type generations struct{ young, old map[string]struct{} }

const maxGeneration = 1 << 16

func (g *generations) add(key string) {
	if len(g.young) >= maxGeneration || g.young == nil {
		g.young, g.old = map[string]struct{}{}, g.young
	}
	g.young[key] = struct{}{}
}

func (g *generations) has(key string) bool {
	if _, ok := g.young[key]; ok {
		return true
	}
	_, ok := g.old[key]
	return ok
}

// idsOf returns by what a message is recognized: the ids of what it is about, or if there are none what it says.
func idsOf(m wire.RawMessage) (ids []string, body string) {
	if hasOwner(m) {
		return nil, ""
	}
	for _, key := range [...]string{"uuid", "run_id", "source_component_uuid"} {
		if id := m.Text(key); id != "" && id != controlPanel {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 && len(m.Refs) == 0 {
		body = string(m.B)
	}
	return ids, body
}

// controlPanel is the panel that every client has.
const controlPanel = "viser-control-panel"

// hasOwner reports whether messages of the type carry the owner. Only those about scene nodes do.
func hasOwner(m wire.RawMessage) bool {
	return wire.Infos[m.Type].Entity == "scene" || strings.HasPrefix(m.Type, "SetSceneNode") || m.Type == "ScenePointerEnableMessage"
}

// isOwned reports whether the message says that it is for one client.
func isOwned(m wire.RawMessage) bool { return hasOwner(m) && m.Text("owner") != "" }

// verdictOf decides whose a message is. isOwn reports whether the client has an element.
func (e *evidence) verdictOf(m wire.RawMessage, isOwn func(uuid string) bool) verdict {
	switch {
	case m.Type == "ReplayDoneMessage":
		return shared
	case hasOwner(m):
		if m.Text("owner") == "" {
			return shared
		}
		return own
	case clientTypes[m.Type]:
		return own
	case strings.HasPrefix(m.Type, "SetCamera") && !strings.HasSuffix(m.Type, "OrbitDistanceMessage"):
		if isInitial(m) {
			return shared
		}
		return own
	}
	ids, body := idsOf(m)
	for _, id := range ids {
		switch {
		case e.has(id):
			return shared
		case isOwn(id):
			return own
		}
	}
	if body != "" && e.hasSingle(m.Type, body) {
		return shared
	}
	return unclear
}

func isInitial(m wire.RawMessage) bool {
	fields, err := fieldsOf(value{m.B, m.Refs})
	if err != nil {
		return false
	}
	v := (&incoming{fields: fields}).get("initial")
	if v == nil {
		return false
	}
	initial, _, err := msgp.ReadBoolBytes(v.b)
	return err == nil && initial
}

// frameVerdict decides whose a frame is.
func (e *evidence) frameVerdict(w *wire.RawWindow, isOwn func(uuid string) bool) verdict {
	for _, m := range w.Messages {
		if v := e.verdictOf(m, isOwn); v != unclear {
			return v
		}
	}
	return unclear
}

// correct removes from the viewers' own elements what is shared: it was taken for their own, because the primary
// connection was far behind.
func (r *Relay) correct(m wire.RawMessage) {
	if info := wire.Infos[m.Type]; info.Phase != "create" || info.IDField != "uuid" {
		return
	}
	uuid := m.Text("uuid")
	for _, v := range r.allViewers() {
		if v.own.has(uuid) {
			v.own.drop(uuid)
		}
	}
}
