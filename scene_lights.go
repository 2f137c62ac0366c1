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

// A DirectionalLight is a light with parallel rays, such as the sun.
type DirectionalLight struct {
	node
	props wire.DirectionalLightProps
}

// AddDirectionalLight adds a light with parallel rays, such as the sun's, from the
// node's position towards the world's origin. The node needs a Position: at the origin
// it has no direction and lights nothing. It panics with a *UsageError if the name is
// empty or a number is out of its range.
func (s *Scene) AddDirectionalLight(name string, opts *DirectionalLightOptions) *DirectionalLight {
	const fn = "Scene.AddDirectionalLight"
	o := orPtr(opts, DirectionalLightOptions{})
	h := &DirectionalLight{props: o.props(fn)}
	s.add(fn, name, h, directionalLightKind, &h.props, o.place(fn))
	return h
}

// An AmbientLight lights all surfaces equally, from all directions.
type AmbientLight struct {
	node
	props wire.AmbientLightProps
}

// AddAmbientLight adds a light from all directions; its pose has no effect. It panics
// with a *UsageError if the name is empty or a number is out of its range.
func (s *Scene) AddAmbientLight(name string, opts *AmbientLightOptions) *AmbientLight {
	const fn = "Scene.AddAmbientLight"
	o := orPtr(opts, AmbientLightOptions{})
	h := &AmbientLight{props: o.props(fn)}
	s.add(fn, name, h, ambientLightKind, &h.props, o.place(fn))
	return h
}

// A HemisphereLight lights surfaces by their orientation, from the sky to the ground.
type HemisphereLight struct {
	node
	props wire.HemisphereLightProps
}

// AddHemisphereLight adds a light whose sky is in the direction of the node's position,
// seen from the world's origin. The node needs a Position, such as {0, 0, 1}: at the
// origin all surfaces get the mean of the two colors. It panics with a *UsageError if
// the name is empty or a number is out of its range.
func (s *Scene) AddHemisphereLight(name string, opts *HemisphereLightOptions) *HemisphereLight {
	const fn = "Scene.AddHemisphereLight"
	o := orPtr(opts, HemisphereLightOptions{})
	h := &HemisphereLight{props: o.props(fn)}
	s.add(fn, name, h, hemisphereLightKind, &h.props, o.place(fn))
	return h
}

// A PointLight is a light at a point that shines in all directions, such as a bulb.
type PointLight struct {
	node
	props wire.PointLightProps
}

// AddPointLight adds a light at a point. It panics with a *UsageError if the
// name is empty or a number is out of its range.
func (s *Scene) AddPointLight(name string, opts *PointLightOptions) *PointLight {
	const fn = "Scene.AddPointLight"
	o := orPtr(opts, PointLightOptions{})
	h := &PointLight{props: o.props(fn)}
	s.add(fn, name, h, pointLightKind, &h.props, o.place(fn))
	return h
}

// A RectAreaLight is a luminous rectangle, such as a window. It lights only surfaces of
// the standard material, and casts no shadow.
type RectAreaLight struct {
	node
	props wire.RectAreaLightProps
}

// AddRectAreaLight adds a rectangle in the node's xy plane that shines along
// its -z. It panics with a *UsageError if the name is empty or a number is out
// of its range.
func (s *Scene) AddRectAreaLight(name string, opts *RectAreaLightOptions) *RectAreaLight {
	const fn = "Scene.AddRectAreaLight"
	o := orPtr(opts, RectAreaLightOptions{})
	h := &RectAreaLight{props: o.props(fn)}
	s.add(fn, name, h, rectAreaLightKind, &h.props, o.place(fn))
	return h
}

// A SpotLight is a cone of light from a point.
type SpotLight struct {
	node
	props wire.SpotLightProps
}

// AddSpotLight adds a cone of light. It panics with a *UsageError if the name is
// empty or a number is out of its range.
func (s *Scene) AddSpotLight(name string, opts *SpotLightOptions) *SpotLight {
	const fn = "Scene.AddSpotLight"
	o := orPtr(opts, SpotLightOptions{})
	h := &SpotLight{props: o.props(fn)}
	s.add(fn, name, h, spotLightKind, &h.props, o.place(fn))
	return h
}

func checkSpotAngle(fn string, angle float64) {
	if !(angle >= 0 && angle <= math.Pi/2) {
		usage(fn, "Angle is %v; it must be 0 to pi/2 radians", angle)
	}
}

// ConfigureDefaultLights turns the client's default lights and their shadows on or off;
// both are initially on. Lights that the program adds are not affected.
func (s *Scene) ConfigureDefaultLights(enabled, castShadow bool) {
	s.scope.SetCell("lights", &wire.EnableLightsMessage{Enabled: enabled, CastShadow: castShadow})
}
