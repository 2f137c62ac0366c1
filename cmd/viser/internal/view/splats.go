package view

import "github.com/viser-go/viser"

// addSplats adds the splats around the model's points, which are where placeOf has moved their centers to.
func (v *viewer) addSplats() {
	s := v.splats
	for _, f := range v.fields {
		v.notShown("field " + f.Name)
	}
	v.server.Scene().AddGaussianSplats(modelName, v.model.Points, viser.SplatCovariances(s.Scales, s.WXYZs), rgbs(s.Colors), s.Opacities,
		&viser.GaussianSplatsOptions{NodeOptions: viser.NodeOptions{Position: v.place.position}})
}
