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

// A placement is where a node is added, and whether it is shown.
type placement struct {
	pose   Pose
	hidden bool
}

// placementOf checks the options that place a node.
func placementOf(fn string, position Vec3, wxyz Quat, pose Pose, hidden bool) placement {
	if pose == (Pose{}) {
		pose = Pose{Rotation: wxyz, Translation: position}
	} else if position != (Vec3{}) || wxyz != (Quat{}) {
		usage(fn, "Pose is given together with Position or WXYZ; give the one or the others")
	}
	pose.Rotation = orIdentity(pose.Rotation)
	checkPose(fn, pose)
	return placement{pose, hidden}
}

// opacityOf is the property for an opacity: nil for an opaque node, which is drawn
// without blending.
func opacityOf(v *float64) *float64 {
	if v == nil || *v == 1 {
		return nil
	}
	return new(*v)
}

// receiveShadow is the property for the options of a node on which shadows are seen.
func receiveShadow(fn string, off bool, opacity *float64) wire.BoolOrFloat {
	if opacity == nil || off {
		return wire.BoolOrFloat{Bool: !off}
	}
	checkUnit(fn, "ShadowOpacity", *opacity)
	return wire.BoolOrFloat{Float: *opacity, IsFloat: true}
}
