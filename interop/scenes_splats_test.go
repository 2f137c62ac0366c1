package interop_test

import (
	"context"

	"github.com/viser-go/viser"
)

// The scenario of pydriver/scenarios_splats.py, with our API.

var (
	splatCovariances = [][6]float32{
		{0.01, 0, 0, 0.01, 0, 0.01},
		{1.1, 0.5, 0.25, 2, -0.5, 3},
		{1e-9, 0, 0, 3e-6, 0, 2049},
	}
	splatOpacities = []float32{0, 0.5, 1}
)

func addSplats(s *session, name string, o *viser.GaussianSplatsOptions) *viser.GaussianSplats {
	return s.server.Scene().AddGaussianSplats(name, points, splatCovariances, colors, splatOpacities, o)
}

func addManySplats(s *session) {
	const n = 511
	steps := make([]float32, n)
	covs, rgbs := make([][6]float32, n), make([]viser.RGB, n)
	for i := range n {
		steps[i], covs[i], rgbs[i] = float32(i)/510, splatCovariances[0], colors[0]
	}
	s.server.Scene().AddGaussianSplats("/many", make([][3]float32, n), covs, rgbs, steps, nil)
}

func splats(s *session) {
	s.step("splats", func() { addSplats(s, "/splats", nil) })
	s.step("options", func() {
		addSplats(s, "some/splats", &viser.GaussianSplatsOptions{WXYZ: turn, Position: place, Hidden: true, Scale: stretched})
	})
	s.step("every opacity", func() { addManySplats(s) })
	h := added(s, "to be set", func() *viser.GaussianSplats { return addSplats(s, "/set", nil) })
	s.set("splats.centers", func() { h.SetCenters(times(points, 2)) })
	s.set("splats.covariances", func() {
		larger := make([][6]float32, len(splatCovariances))
		for i, c := range splatCovariances {
			for k := range c {
				larger[i][k] = 4 * c[k]
			}
		}
		h.SetCovariances(larger)
	})
	s.set("splats.rgbs", func() { h.SetColors(reversed(colors)) })
	s.set("splats.opacities", func() { h.SetOpacities(reversed(splatOpacities)) })
	s.set("splats.scale", func() { h.SetScale(stretched) })
	s.step("fewer", func() { h.SetGaussians(points[:2], splatCovariances[:2], colors[:2], splatOpacities[:2]) })
	s.step("none", func() { h.SetGaussians(nil, nil, nil, nil) })
	s.step("on", func() { h.OnClick(func(context.Context, viser.ClickEvent) {}, viser.Shift) })
	s.joinLate("late")
}
