package view

import (
	"slices"

	"github.com/viser-go/viser"
)

// addSplats adds the splats around the model's points, which are where placeOf has moved their centers to.
func (v *viewer) addSplats() {
	s := v.splats
	for _, f := range v.fields {
		v.notShown("field " + f.Name)
	}
	v.server.Scene().AddGaussianSplats(modelName, v.model.Points, viser.SplatCovariances(s.Scales, s.WXYZs), rgbs(s.Colors), s.Opacities,
		&viser.GaussianSplatsOptions{Position: v.place.position})
}

// grownBySplats makes the box larger by twice the extent of a typical splat, so that a few large splats are viewed
// from outside.
func grownBySplats(b box, scales [][3]float32) box {
	largest := make([]float32, 0, len(scales))
	for _, s := range scales {
		largest = append(largest, max(s[0], s[1], s[2]))
	}
	slices.Sort(largest)
	by := 2 * float64(largest[len(largest)/2])
	for axis := range 3 {
		b.lo[axis] -= by
		b.hi[axis] += by
	}
	return b
}
