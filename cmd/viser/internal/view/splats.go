package view

import "github.com/viser-go/viser"

// addSplats adds the splats around the model's points, which are where placeOf has moved their centers to.
func (v *viewer) addSplats() {
	s := v.splats
	colors := make([]viser.RGB, len(s.Colors))
	for i, c := range s.Colors {
		colors[i] = c
	}
	v.server.Scene().AddGaussianSplats(modelName, v.model.Points, viser.SplatCovariances(s.Scales, s.WXYZs), colors, s.Opacities,
		&viser.GaussianSplatsOptions{NodeOptions: viser.NodeOptions{Position: v.place.position}})
}
