package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var frameKind = state.SceneKind("FrameMessage", new(wire.FrameProps))

// A Frame is a coordinate frame: x red, y green, z blue, and a sphere at its origin.
//
// A Frame is [Clickable] and [Draggable].
type Frame struct {
	interactive
	props wire.FrameProps
}

// AddFrame adds a coordinate frame. It panics with a *UsageError if the name is
// empty or a number is not finite.
func (s *Scene) AddFrame(name string, opts *FrameOptions) *Frame {
	const fn = "Scene.AddFrame"
	o := orPtr(opts, FrameOptions{})
	f := &Frame{props: o.props(fn)}
	f.props.OriginRadius = orPtr(o.OriginRadius, 2*f.props.AxesRadius)
	checkNotNegative(fn, "OriginRadius", f.props.OriginRadius)
	s.add(fn, name, f, frameKind, &f.props, o.place(fn))
	return f
}

// newInvisibleFrame is a frame for a parent that the program has not added.
func newInvisibleFrame(fn string) *Frame {
	o := FrameOptions{NoAxes: true}
	f := &Frame{props: o.props(fn)}
	f.props.OriginRadius = 2 * f.props.AxesRadius
	return f
}
