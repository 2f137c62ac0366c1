package viser

import (
	"context"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var frameKind = state.SceneKind("FrameMessage", new(wire.FrameProps))

// A Frame is a coordinate frame: x red, y green, z blue, and a ball at its
// origin.
type Frame struct {
	draggable
	props wire.FrameProps
}

// FrameOptions are the options of AddFrame. Lengths are in scene units.
type FrameOptions struct {
	NodeOptions
	NoAxes       bool    // nothing is drawn: the frame only carries its children
	AxesLength   float64 // default 0.5
	AxesRadius   float64 // default 0.025
	OriginRadius float64 // of the ball; default twice AxesRadius
	OriginColor  *RGB    // default {236, 236, 0}
	Scale        Vec3    // of what is drawn, not of the children; default 1
}

// AddFrame adds a coordinate frame. It panics with a *UsageError if the name is
// empty or a number is not finite.
func (s *Scene) AddFrame(name string, opts *FrameOptions) *Frame {
	f := newFrame(opts)
	s.add("Scene.AddFrame", name, f, frameKind, &f.props, orPtr(opts, FrameOptions{}).NodeOptions)
	return f
}

func newFrame(opts *FrameOptions) *Frame {
	const fn = "Scene.AddFrame"
	o := orPtr(opts, FrameOptions{})
	checkFinite(fn, o.AxesLength, o.AxesRadius, o.OriginRadius)
	radius := or(o.AxesRadius, 0.025)
	return &Frame{props: wire.FrameProps{
		ShowAxes:     !o.NoAxes,
		AxesLength:   or(o.AxesLength, 0.5),
		AxesRadius:   radius,
		OriginRadius: or(o.OriginRadius, 2*radius),
		OriginColor:  o.OriginColor.or(RGB{236, 236, 0}),
		Scale:        scaleOf(fn, o.Scale),
	}}
}

// OnClick attaches fn for clicks on the node with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves.
func (h *Frame) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("Frame.OnClick", mods), fn)
}
