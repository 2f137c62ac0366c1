package viser

import (
	"context"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	boxKind       = state.SceneKind("BoxMessage", new(wire.BoxProps))
	icosphereKind = state.SceneKind("IcosphereMessage", new(wire.IcosphereProps))
	cylinderKind  = state.SceneKind("CylinderMessage", new(wire.CylinderProps))
)

// defaultSolidColor is the color of boxes, balls and cylinders.
var defaultSolidColor = RGB{255, 0, 0}

// A Box is a cuboid around its origin.
type Box struct {
	draggable
	props wire.BoxProps
}

// BoxOptions are the options of AddBox. The default color is {255, 0, 0}.
type BoxOptions struct {
	NodeOptions
	SurfaceOptions
	ShadowOptions
	Dimensions    Vec3 // along x, y, z in scene units; default {1, 1, 1}
	SmoothShading bool // corners look rounded; the default is flat
	Scale         Vec3 // default 1
}

// AddBox adds a cuboid. It panics with a *UsageError if the name is empty or a
// number is not finite or out of its range.
func (s *Scene) AddBox(name string, opts *BoxOptions) *Box {
	const fn = "Scene.AddBox"
	o := orPtr(opts, BoxOptions{})
	o.SurfaceOptions.defaults(fn)
	checkFinite(fn, o.Dimensions[:]...)
	b := &Box{props: wire.BoxProps{
		Dimensions: or(o.Dimensions, Uniform(1)),
		Color:      o.Color.or(defaultSolidColor), Wireframe: o.Wireframe, Opacity: o.Opacity,
		FlatShading: !o.SmoothShading, Side: string(o.Side), Material: string(o.Material),
		CastShadow: !o.NoCastShadow, ReceiveShadow: o.receive(fn), Scale: scaleOf(fn, o.Scale),
	}}
	s.add(fn, name, b, boxKind, &b.props, o.NodeOptions)
	return b
}

// OnClick attaches fn for clicks on the node with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves.
func (h *Box) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("Box.OnClick", mods), fn)
}

// An Icosphere is a ball around its origin, of triangles of nearly equal size.
type Icosphere struct {
	draggable
	props wire.IcosphereProps
}

// IcosphereOptions are the options of AddIcosphere. The default color is
// {255, 0, 0}.
type IcosphereOptions struct {
	NodeOptions
	SurfaceOptions
	ShadowOptions
	Radius       float64 // scene units; default 1
	Subdivisions *int    // 0 to 8: an icosahedron's triangles are halved so often; default 3
	FlatShading  bool    // each triangle has its own normal
	Scale        Vec3    // default 1
}

// maxSubdivisions keeps a ball below 1.4 million triangles.
const maxSubdivisions = 8

// AddIcosphere adds a ball. It panics with a *UsageError if the name is empty or
// a number is not finite or out of its range.
func (s *Scene) AddIcosphere(name string, opts *IcosphereOptions) *Icosphere {
	const fn = "Scene.AddIcosphere"
	o := orPtr(opts, IcosphereOptions{})
	o.SurfaceOptions.defaults(fn)
	radius, subdivisions := or(o.Radius, 1), orPtr(o.Subdivisions, 3)
	checkPositive(fn, "Radius", radius)
	checkSubdivisions(fn, subdivisions)
	b := &Icosphere{props: wire.IcosphereProps{
		Radius: radius, Subdivisions: subdivisions,
		Color: o.Color.or(defaultSolidColor), Wireframe: o.Wireframe, Opacity: o.Opacity,
		FlatShading: o.FlatShading, Side: string(o.Side), Material: string(o.Material),
		CastShadow: !o.NoCastShadow, ReceiveShadow: o.receive(fn), Scale: scaleOf(fn, o.Scale),
	}}
	s.add(fn, name, b, icosphereKind, &b.props, o.NodeOptions)
	return b
}

func checkSubdivisions(fn string, n int) {
	if n < 0 || n > maxSubdivisions {
		usage(fn, "Subdivisions is %d; it must be 0 to %d", n, maxSubdivisions)
	}
}

// OnClick attaches fn for clicks on the node with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves.
func (h *Icosphere) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("Icosphere.OnClick", mods), fn)
}

// A Cylinder stands around its origin, its axis along z.
type Cylinder struct {
	draggable
	props wire.CylinderProps
}

// CylinderOptions are the options of AddCylinder. The default color is
// {255, 0, 0}.
type CylinderOptions struct {
	NodeOptions
	SurfaceOptions
	ShadowOptions
	Radius         float64 // scene units; default 1
	Height         float64 // scene units; default 1
	RadialSegments int     // 3 to 65,536 corners around; default 32
	FlatShading    bool    // each face has its own normal
	Scale          Vec3    // default 1
}

// AddCylinder adds a cylinder. It panics with a *UsageError if the name is empty
// or a number is not finite or out of its range.
func (s *Scene) AddCylinder(name string, opts *CylinderOptions) *Cylinder {
	const fn = "Scene.AddCylinder"
	o := orPtr(opts, CylinderOptions{})
	o.SurfaceOptions.defaults(fn)
	radius, height, segments := or(o.Radius, 1), or(o.Height, 1), or(o.RadialSegments, 32)
	checkPositive(fn, "Radius", radius)
	checkPositive(fn, "Height", height)
	checkRadialSegments(fn, segments)
	c := &Cylinder{props: wire.CylinderProps{
		Radius: radius, Height: height, RadialSegments: segments,
		Color: o.Color.or(defaultSolidColor), Wireframe: o.Wireframe, Opacity: o.Opacity,
		FlatShading: o.FlatShading, Side: string(o.Side), Material: string(o.Material),
		CastShadow: !o.NoCastShadow, ReceiveShadow: o.receive(fn), Scale: scaleOf(fn, o.Scale),
	}}
	s.add(fn, name, c, cylinderKind, &c.props, o.NodeOptions)
	return c
}

func checkRadialSegments(fn string, n int) {
	if n < 3 || n > 1<<16 {
		usage(fn, "RadialSegments is %d; it must be 3 to 65,536", n)
	}
}

// OnClick attaches fn for clicks on the node with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves.
func (h *Cylinder) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("Cylinder.OnClick", mods), fn)
}
