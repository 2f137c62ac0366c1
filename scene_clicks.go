package viser

import (
	"context"
	"iter"
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

// Draggable is a [Node] that reports drags. It does not move by itself:
// [TransformControls] does.
type Draggable interface {
	Node
	// OnDrag attaches fn for drags of the node with this button and exactly these
	// modifier keys held.
	OnDrag(button MouseButton, fn func(ctx context.Context, e DragEvent), mods ...Modifier) (off func())
	// Drags yields the events of drags with this button and exactly these modifier
	// keys held.
	Drags(ctx context.Context, button MouseButton, mods ...Modifier) iter.Seq[DragEvent]
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
)

// interactive is what the handles embed that are clickable and draggable.
type interactive struct{ node }

// OnClick attaches fn for clicks on the node with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves. It panics with a
// *UsageError if a key is none of the constants or is given twice.
func (n *interactive) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return n.clicks.add(joinModifiers("OnClick", mods), fn)
}

// Clicks yields the clicks on the node with exactly these modifier keys held, in
// order:
//
//	for click := range box.Clicks(ctx) {
//		fmt.Println("clicked by client", click.Client.ID())
//	}
//
// Clicks that come while the loop's body is busy wait, up to a bound; further ones
// are dropped. The loop ends when ctx does, when the node is removed, and when the
// server closes or the client leaves whose scene the node is in. It panics as
// OnClick does.
func (n *interactive) Clicks(ctx context.Context, mods ...Modifier) iter.Seq[ClickEvent] {
	mod := joinModifiers("Clicks", mods)
	return iterate(ctx, n.removed(), n.scene.context(), func(put func(context.Context, ClickEvent)) (off func()) {
		return n.clicks.add(mod, put)
	})
}

// OnDrag attaches fn for drags of the node that begin with this mouse button and
// exactly these modifier keys; the camera stays where it is meanwhile. Each drag
// is one event of phase start, updates about 20 times a second, and one of phase
// end. When the keys change during a drag, it ends for one combination and
// starts for the other, if a callback is attached for it.
//
// A drag also ends when the client leaves (the end then comes with a ctx that has
// ended) and when the node is removed. While fn is busy, updates replace each
// other; starts and ends are never left out. It panics with a *UsageError if the
// button or a key is none of the constants.
func (n *interactive) OnDrag(button MouseButton, fn func(ctx context.Context, e DragEvent), mods ...Modifier) (off func()) {
	return n.drags.add(gestureOf("OnDrag", button, mods), fn)
}

// Drags yields the events that OnDrag would give a callback, in order. The loop
// ends as that of Clicks does, also in the middle of a drag.
func (n *interactive) Drags(ctx context.Context, button MouseButton, mods ...Modifier) iter.Seq[DragEvent] {
	gesture := gestureOf("Drags", button, mods)
	return iterate(ctx, n.removed(), n.scene.context(), func(put func(context.Context, DragEvent)) (off func()) {
		return n.drags.add(gesture, put)
	})
}

func gestureOf(fn string, button MouseButton, mods []Modifier) dragGesture {
	oneOf(fn, "the button", button, LeftButton, MiddleButton, RightButton)
	return dragGesture{button, joinModifiers(fn, mods)}
}
