package viser

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/wire"
)

// Clickable is a [Node] that reports clicks.
type Clickable interface {
	Node
	// OnClick attaches fn for clicks on the node with exactly these modifier keys
	// held; none means a plain click.
	OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func())
	// Clicks yields the clicks on the node with exactly these modifier keys held.
	Clicks(ctx context.Context, mods ...Modifier) iter.Seq[ClickEvent]
}

var (
	_ Clickable = (*Arrows)(nil)
	_ Draggable = (*Arrows)(nil)
	_ Clickable = (*BatchedAxes)(nil)
	_ Draggable = (*BatchedAxes)(nil)
	_ Clickable = (*BatchedGLB)(nil)
	_ Draggable = (*BatchedGLB)(nil)
	_ Clickable = (*BatchedMeshes)(nil)
	_ Draggable = (*BatchedMeshes)(nil)
	_ Clickable = (*Box)(nil)
	_ Draggable = (*Box)(nil)
	_ Clickable = (*CameraFrustum)(nil)
	_ Draggable = (*CameraFrustum)(nil)
	_ Clickable = (*CatmullRomSpline)(nil)
	_ Draggable = (*CatmullRomSpline)(nil)
	_ Clickable = (*CubicBezierSpline)(nil)
	_ Draggable = (*CubicBezierSpline)(nil)
	_ Clickable = (*Cylinder)(nil)
	_ Draggable = (*Cylinder)(nil)
	_ Clickable = (*Frame)(nil)
	_ Draggable = (*Frame)(nil)
	_ Clickable = (*GLB)(nil)
	_ Draggable = (*GLB)(nil)
	_ Clickable = (*GaussianSplats)(nil)
	_ Draggable = (*GaussianSplats)(nil)
	_ Clickable = (*Icosphere)(nil)
	_ Draggable = (*Icosphere)(nil)
	_ Clickable = (*Image)(nil)
	_ Draggable = (*Image)(nil)
	_ Clickable = (*Label)(nil)
	_ Draggable = (*Label)(nil)
	_ Clickable = (*LineSegments)(nil)
	_ Draggable = (*LineSegments)(nil)
	_ Clickable = (*Mesh)(nil)
	_ Draggable = (*Mesh)(nil)
	_ Clickable = (*PointCloud)(nil)
	_ Draggable = (*PointCloud)(nil)
	_ Clickable = (*SkinnedMesh)(nil)
	_ Draggable = (*SkinnedMesh)(nil)
	_ Clickable = (*Volume)(nil)
	_ Draggable = (*Volume)(nil)
	_ Clickable = (*Voxels)(nil)
	_ Draggable = (*Voxels)(nil)
	_ Clickable = (*Vectors)(nil)
	_ Draggable = (*Vectors)(nil)
)

// interactive is what the handles embed that are clickable and draggable.
type interactive struct{ node }

// OnClick attaches fn for clicks on the node with exactly these modifier keys held;
// none means a plain click. ctx ends when the client leaves. It panics with a
// *UsageError if a key is not one of the constants or is given twice.
func (n *interactive) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	checkCallback("OnClick", fn)
	return n.clicks.Add(joinModifiers("OnClick", mods), fn)
}

// Clicks yields the clicks on the node with exactly these modifier keys held, in
// order:
//
//	for click := range box.Clicks(ctx) {
//		fmt.Println("clicked by client", click.Client.ID())
//	}
//
// Clicks that arrive while the loop body is busy are queued, up to a bound; further
// ones are dropped. The loop ends when ctx ends, when the node is removed, when the
// server closes, and, for a node of a client's scene, when that client leaves. It
// panics like OnClick.
func (n *interactive) Clicks(ctx context.Context, mods ...Modifier) iter.Seq[ClickEvent] {
	mod := joinModifiers("Clicks", mods)
	return callback.Seq(ctx, n.removed(), n.scene.context(), func(put func(context.Context, ClickEvent)) (off func()) {
		return n.clicks.Add(mod, put)
	})
}

// A Modifier is a key that is held during a click. Cmd and Ctrl are the same modifier.
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
	Client *Client // the client that clicked
	Target Node    // the node that was clicked
	// InstanceIndex is the index of the instance of a batched node that was hit, or of
	// the point, line, arrow or segment; -1 for other nodes, and for a click on a
	// descendant that has no click callbacks.
	InstanceIndex int
	RayOrigin     Vec3 // the origin of the ray through the pointer, in the world frame
	RayDirection  Vec3 // the direction of the ray, in the world frame
	// Hit is the point where the ray meets the clicked object, in the world frame, if
	// HasHit is true. Upstream viser's client does not send it.
	Hit       Vec3
	HasHit    bool
	ScreenPos [2]float64 // the pointer's position in the viewport: 0 to 1 from the left, 0 to 1 from the top
	Modifier  Modifier   // the modifier keys that were held, joined by "+"; "" for none
	Viewport  int        // the number of the viewport of [Client.Viewports]; 0: the main one
}

// A SceneClickEvent is a click into the scene, on a node or not.
type SceneClickEvent struct {
	Client       *Client
	RayOrigin    Vec3       // the origin of the ray through the pointer, in the world frame
	RayDirection Vec3       // the direction of the ray, in the world frame
	ScreenPos    [2]float64 // the pointer's position in the viewport: 0 to 1 from the left, 0 to 1 from the top
	Modifier     Modifier   // the modifier keys that were held, joined by "+"; "" for none
	Viewport     int        // the number of the viewport of [Client.Viewports]; 0: the main one
}

// A SceneRectSelectEvent is a rectangle that was dragged over the scene.
type SceneRectSelectEvent struct {
	Client    *Client
	ScreenMin [2]float64 // upper left corner: 0 to 1 from the left, 0 to 1 from the top
	ScreenMax [2]float64 // lower right corner
	Modifier  Modifier   // the modifier keys that were held, joined by "+"; "" for none
	Viewport  int        // the number of the viewport of [Client.Viewports]; 0: the main one
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
