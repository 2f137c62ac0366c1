package viser

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser/internal/wire"
)

// A Modifier is a key that is held during a click. Cmd and Ctrl are one.
type Modifier string

// The modifier keys.
const (
	CmdCtrl Modifier = "cmd/ctrl"
	Alt     Modifier = "alt"
	Shift   Modifier = "shift"
)

// joinModifiers returns the one name of a combination, "" for no key.
func joinModifiers(fn string, mods []Modifier) Modifier {
	var held []string
	for _, m := range []Modifier{CmdCtrl, Alt, Shift} {
		if slices.Contains(mods, m) {
			held = append(held, string(m))
		}
	}
	if len(held) != len(mods) {
		usage(fn, "modifiers %q: each may be one of %q, once", mods, []Modifier{CmdCtrl, Alt, Shift})
	}
	return Modifier(strings.Join(held, "+"))
}

func (m Modifier) wire() *string {
	if m == "" {
		return nil
	}
	s := string(m)
	return &s
}

func modifierOf(s *string) Modifier {
	if s == nil {
		return ""
	}
	return Modifier(*s)
}

// Held returns the keys of the combination that an event carries.
func (m Modifier) Held() []Modifier {
	if m == "" {
		return nil
	}
	var mods []Modifier
	for _, s := range strings.Split(string(m), "+") {
		mods = append(mods, Modifier(s))
	}
	return mods
}

// A ClickEvent is a click on a node.
type ClickEvent struct {
	Client *Client // who clicked
	Target Node    // the node that was clicked
	// InstanceIndex is which instance of a batched node was hit, or which point,
	// line, arrow or segment of a node that is made of many; -1 for other nodes,
	// and for a click on a descendant that cannot be clicked itself.
	InstanceIndex int
	RayOrigin     Vec3 // of the ray through the pointer, in the world's frame
	RayDirection  Vec3 // of the ray, in the world's frame
	// Hit is where the ray meets what was clicked, in the world's frame, if HasHit.
	// The page of upstream viser does not send it: HasHit is then false.
	Hit       Vec3
	HasHit    bool
	ScreenPos [2]float64 // of the pointer: 0 to 1 from the left, 0 to 1 from the top
	Modifier  Modifier   // the keys that were held, joined by "+"; "" for none
}

// A SceneClickEvent is a click into the scene, on a node or not.
type SceneClickEvent struct {
	Client       *Client
	RayOrigin    Vec3       // of the ray through the pointer, in the world's frame
	RayDirection Vec3       // of the ray, in the world's frame
	ScreenPos    [2]float64 // of the pointer: 0 to 1 from the left, 0 to 1 from the top
	Modifier     Modifier   // the keys that were held, joined by "+"; "" for none
}

// A SceneRectSelectEvent is a rectangle that was dragged over the scene.
type SceneRectSelectEvent struct {
	Client    *Client
	ScreenMin [2]float64 // upper left corner: 0 to 1 from the left, 0 to 1 from the top
	ScreenMax [2]float64 // lower right corner
	Modifier  Modifier   // the keys that were held, joined by "+"; "" for none
}

// filtered are callbacks for exactly one kind of event each, such as a combination
// of modifier keys. The set of kinds is sent to clients whenever it changes.
type filtered[K comparable, E any] struct {
	mu   sync.Mutex
	list []*filteredCallback[K, E]
	send func(wanted []K) // called with mu held
}

type filteredCallback[K comparable, E any] struct {
	wants K
	fn    func(context.Context, E)
}

func (f *filtered[K, E]) add(wants K, fn func(context.Context, E)) (off func()) {
	cb := &filteredCallback[K, E]{wants, fn}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(slices.Clone(f.list), cb)
	f.send(f.wanted())
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if i := slices.Index(f.list, cb); i >= 0 {
			f.list = slices.Delete(slices.Clone(f.list), i, i+1)
			f.send(f.wanted())
		}
	}
}

// wanted lists what each callback wants, in their order.
func (f *filtered[K, E]) wanted() []K {
	all := make([]K, len(f.list))
	for i, cb := range f.list {
		all[i] = cb.wants
	}
	return all
}

func (f *filtered[K, E]) empty() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.list) == 0
}

// exactly returns the callbacks that want this.
func (f *filtered[K, E]) exactly(wants K) []*filteredCallback[K, E] {
	f.mu.Lock()
	defer f.mu.Unlock()
	var cbs []*filteredCallback[K, E]
	for _, cb := range f.list {
		if cb.wants == wants {
			cbs = append(cbs, cb)
		}
	}
	return cbs
}

// matching returns the callbacks that want this, to be fired.
func (f *filtered[K, E]) matching(wants K) *callbacks[E] { return f.still(f.exactly(wants)) }

// still returns those of the callbacks that have not been detached, to be fired.
func (f *filtered[K, E]) still(cbs []*filteredCallback[K, E]) *callbacks[E] {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out callbacks[E]
	for _, cb := range cbs {
		if slices.Contains(f.list, cb) {
			out.list = append(out.list, &callback[E]{cb.fn})
		}
	}
	return &out
}

func clickBindings(name, owner string, wanted []Modifier) *wire.SetSceneNodeClickBindingsMessage {
	m := &wire.SetSceneNodeClickBindingsMessage{Name: name, Owner: owner, Bindings: []wire.DragBinding{}}
	for _, mod := range wanted {
		m.Bindings = append(m.Bindings, wire.DragBinding{Button: wire.DragButtonLeft, Modifier: mod.wire()})
	}
	return m
}

func pointerFilter(event, owner string, wanted []Modifier) *wire.ScenePointerEnableMessage {
	m := &wire.ScenePointerEnableMessage{EventType: event, Owner: owner, Modifiers: []*string{}}
	seen := map[Modifier]bool{}
	for _, mod := range wanted {
		if !seen[mod] {
			seen[mod] = true
			m.Modifiers = append(m.Modifiers, mod.wire())
		}
	}
	return m
}
