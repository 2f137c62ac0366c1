package viser

import "github.com/viser-go/viser/internal/wire"

// or returns v, or def where v is the zero value that stands for the default.
func or[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

// orPtr returns what p points to, or def.
func orPtr[T any](p *T, def T) T {
	if p == nil {
		return def
	}
	return *p
}

// scaleOf gives the Scale field of options its default, 1, and checks it.
func scaleOf(fn string, s Vec3) wire.FloatOrVec3 {
	checkFinite(fn, s[:]...)
	return wire.FloatOrVec3(or(s, Uniform(1)))
}

// ShadowOptions are the options of nodes that take part in shadows.
type ShadowOptions struct {
	NoCastShadow    bool     // it throws none
	NoReceiveShadow bool     // none is seen on it
	ShadowOpacity   *float64 // 0 to 1: how dark a shadow on it is; nil for the light's own darkness
}

func (o ShadowOptions) receive(fn string) wire.BoolOrFloat {
	if o.ShadowOpacity != nil && !o.NoReceiveShadow {
		checkUnit(fn, "ShadowOpacity", *o.ShadowOpacity)
		return wire.BoolOrFloat{Float: *o.ShadowOpacity, IsFloat: true}
	}
	return wire.BoolOrFloat{Bool: !o.NoReceiveShadow}
}

// SurfaceOptions are the options of nodes with a surface.
type SurfaceOptions struct {
	Color     *RGB     // default: see the node
	Wireframe bool     // only the edges are drawn
	Opacity   *float64 // 0 to 1; nil draws it opaque
	Material  Material // default StandardMaterial
	Side      Side     // default FrontSide
}

func (o *SurfaceOptions) defaults(fn string) {
	o.Material, o.Side = or(o.Material, StandardMaterial), or(o.Side, FrontSide)
	checkMaterial(fn, o.Material)
	checkSide(fn, o.Side)
	if o.Opacity != nil {
		checkUnit(fn, "Opacity", *o.Opacity)
		o.Opacity = new(*o.Opacity)
	}
}
