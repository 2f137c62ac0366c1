package viser

import (
	"math"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	directionalLightKind = state.SceneKind("DirectionalLightMessage", new(wire.DirectionalLightProps))
	ambientLightKind     = state.SceneKind("AmbientLightMessage", new(wire.AmbientLightProps))
	hemisphereLightKind  = state.SceneKind("HemisphereLightMessage", new(wire.HemisphereLightProps))
	pointLightKind       = state.SceneKind("PointLightMessage", new(wire.PointLightProps))
	rectAreaLightKind    = state.SceneKind("RectAreaLightMessage", new(wire.RectAreaLightProps))
	spotLightKind        = state.SceneKind("SpotLightMessage", new(wire.SpotLightProps))
)

var white = RGB{255, 255, 255}

// LightOptions are the options of all lights but the hemisphere's.
type LightOptions struct {
	Color     *RGB     // default white
	Intensity *float64 // brightness; default 1
}

func (o LightOptions) brightness(fn string) float64 { return brightness(fn, o.Intensity) }

func brightness(fn string, intensity *float64) float64 {
	v := orPtr(intensity, 1)
	checkNotNegative(fn, "Intensity", v)
	return v
}

// A DirectionalLight is a light from far away, such as the sun.
type DirectionalLight struct {
	node
	props wire.DirectionalLightProps
}

// DirectionalLightOptions are the options of AddDirectionalLight.
type DirectionalLightOptions struct {
	NodeOptions
	LightOptions
	CastShadow bool // default false
}

// AddDirectionalLight adds a light like the sun's: its rays are parallel, from
// the node's place towards the world's origin. So the node needs a Position: at
// the origin it has no direction and lights nothing. It panics with a
// *UsageError if the name is empty or a number is out of its range.
func (s *Scene) AddDirectionalLight(name string, opts *DirectionalLightOptions) *DirectionalLight {
	const fn = "Scene.AddDirectionalLight"
	o := orPtr(opts, DirectionalLightOptions{})
	h := &DirectionalLight{props: wire.DirectionalLightProps{
		Color: o.Color.or(white), Intensity: o.brightness(fn), CastShadow: o.CastShadow,
	}}
	s.add(fn, name, h, directionalLightKind, &h.props, o.NodeOptions)
	return h
}

// An AmbientLight lights every surface alike, from all around.
type AmbientLight struct {
	node
	props wire.AmbientLightProps
}

// AmbientLightOptions are the options of AddAmbientLight.
type AmbientLightOptions struct {
	NodeOptions
	LightOptions
}

// AddAmbientLight adds a light from all around; its pose means nothing. It
// panics with a *UsageError if the name is empty or a number is out of its
// range.
func (s *Scene) AddAmbientLight(name string, opts *AmbientLightOptions) *AmbientLight {
	const fn = "Scene.AddAmbientLight"
	o := orPtr(opts, AmbientLightOptions{})
	h := &AmbientLight{props: wire.AmbientLightProps{Color: o.Color.or(white), Intensity: o.brightness(fn)}}
	s.add(fn, name, h, ambientLightKind, &h.props, o.NodeOptions)
	return h
}

// A HemisphereLight lights surfaces by where they face: the sky or the ground.
type HemisphereLight struct {
	node
	props wire.HemisphereLightProps
}

// HemisphereLightOptions are the options of AddHemisphereLight.
type HemisphereLightOptions struct {
	NodeOptions
	SkyColor    *RGB     // default white
	GroundColor *RGB     // default white
	Intensity   *float64 // brightness; default 1
}

// AddHemisphereLight adds a light whose sky is, seen from the world's origin, on
// the node's side. So the node needs a Position, such as {0, 0, 1}: at the origin
// everything gets the mean of the two colors. It panics with a *UsageError if
// the name is empty or a number is out of its range.
func (s *Scene) AddHemisphereLight(name string, opts *HemisphereLightOptions) *HemisphereLight {
	const fn = "Scene.AddHemisphereLight"
	o := orPtr(opts, HemisphereLightOptions{})
	h := &HemisphereLight{props: wire.HemisphereLightProps{
		SkyColor: o.SkyColor.or(white), GroundColor: o.GroundColor.or(white), Intensity: brightness(fn, o.Intensity),
	}}
	s.add(fn, name, h, hemisphereLightKind, &h.props, o.NodeOptions)
	return h
}

// A PointLight is a light at a point that shines to all sides, such as a bulb.
type PointLight struct {
	node
	props wire.PointLightProps
}

// PointLightOptions are the options of AddPointLight.
type PointLightOptions struct {
	NodeOptions
	LightOptions
	Distance   float64  // where the light ends, in scene units; default 0: nowhere
	Decay      *float64 // how quickly it weakens with the distance; default 2, as in nature
	CastShadow bool     // default false; costs six pictures of the scene
}

// AddPointLight adds a light at a point. It panics with a *UsageError if the
// name is empty or a number is out of its range.
func (s *Scene) AddPointLight(name string, opts *PointLightOptions) *PointLight {
	const fn = "Scene.AddPointLight"
	o := orPtr(opts, PointLightOptions{})
	decay := orPtr(o.Decay, 2)
	checkNotNegative(fn, "Distance", o.Distance)
	checkNotNegative(fn, "Decay", decay)
	h := &PointLight{props: wire.PointLightProps{
		Color: o.Color.or(white), Intensity: o.brightness(fn),
		Distance: o.Distance, Decay: decay, CastShadow: o.CastShadow,
	}}
	s.add(fn, name, h, pointLightKind, &h.props, o.NodeOptions)
	return h
}

// A RectAreaLight is a luminous rectangle, such as a window. It lights surfaces
// of the standard material only, and throws no shadow.
type RectAreaLight struct {
	node
	props wire.RectAreaLightProps
}

// RectAreaLightOptions are the options of AddRectAreaLight.
type RectAreaLightOptions struct {
	NodeOptions
	LightOptions
	Width  float64 // along the node's x, in scene units; default 10
	Height float64 // along the node's y, in scene units; default 10
}

// AddRectAreaLight adds a rectangle in the node's xy plane that shines along
// its -z. It panics with a *UsageError if the name is empty or a number is out
// of its range.
func (s *Scene) AddRectAreaLight(name string, opts *RectAreaLightOptions) *RectAreaLight {
	const fn = "Scene.AddRectAreaLight"
	o := orPtr(opts, RectAreaLightOptions{})
	width, height := or(o.Width, 10), or(o.Height, 10)
	checkPositive(fn, "Width", width)
	checkPositive(fn, "Height", height)
	h := &RectAreaLight{props: wire.RectAreaLightProps{
		Color: o.Color.or(white), Intensity: o.brightness(fn), Width: width, Height: height,
	}}
	s.add(fn, name, h, rectAreaLightKind, &h.props, o.NodeOptions)
	return h
}

// A SpotLight is a cone of light from a point.
type SpotLight struct {
	node
	props wire.SpotLightProps
}

// SpotLightOptions are the options of AddSpotLight.
type SpotLightOptions struct {
	NodeOptions
	LightOptions
	Distance   float64  // where the light ends, in scene units; default 0: nowhere
	Angle      *float64 // between the cone's axis and its edge, 0 to pi/2; default pi/3
	Penumbra   float64  // the share of the cone that fades out, 0 to 1; default 0
	Decay      *float64 // how quickly it weakens with the distance; default 2, as in nature
	CastShadow bool     // default false
	Direction  Vec3     // of the cone, in the node's frame; default {0, 0, -1}
}

// AddSpotLight adds a cone of light. It panics with a *UsageError if the name is
// empty or a number is out of its range.
func (s *Scene) AddSpotLight(name string, opts *SpotLightOptions) *SpotLight {
	const fn = "Scene.AddSpotLight"
	o := orPtr(opts, SpotLightOptions{})
	decay, angle, direction := orPtr(o.Decay, 2), orPtr(o.Angle, math.Pi/3), or(o.Direction, Vec3{0, 0, -1})
	checkNotNegative(fn, "Distance", o.Distance)
	checkSpotAngle(fn, angle)
	checkUnit(fn, "Penumbra", o.Penumbra)
	checkNotNegative(fn, "Decay", decay)
	checkDirection(fn, "Direction", direction)
	h := &SpotLight{props: wire.SpotLightProps{
		Color: o.Color.or(white), Intensity: o.brightness(fn),
		Distance: o.Distance, Angle: angle, Penumbra: o.Penumbra, Decay: decay,
		CastShadow: o.CastShadow, Direction: direction,
	}}
	s.add(fn, name, h, spotLightKind, &h.props, o.NodeOptions)
	return h
}

func checkSpotAngle(fn string, angle float64) {
	if !(angle >= 0 && angle <= math.Pi/2) {
		usage(fn, "Angle is %v; it must be 0 to pi/2 radians", angle)
	}
}

// Direction returns where the light goes, in the node's frame; default
// {0, 0, -1}.
func (h *SpotLight) Direction() Vec3 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Direction
}

// SetDirection sets where the light goes, in the node's frame. It panics with a
// *UsageError if v is zero or not finite.
func (h *SpotLight) SetDirection(v Vec3) {
	checkDirection("SpotLight.SetDirection", "Direction", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replace(&h.props.Direction, [3]float64(v)) {
		h.changed(wire.SpotLightPropsDirection)
	}
}
