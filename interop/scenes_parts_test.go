package interop_test

import "github.com/viser-go/viser"

// The scenario of pydriver/scenarios_parts.py: Python sets whole arrays where we change a
// part.

func parts(s *session) {
	scene := s.server.Scene()
	newPoint, newColor := [][3]float32{{9, 8, 7}}, []viser.RGB{{50, 60, 70}}
	cloud := added(s, "cloud", func() *viser.PointCloud { return scene.AddPointCloud("/cloud", points, colors, nil) })
	s.step("points", func() { cloud.SetRange(1, newPoint, nil) })
	s.step("colors", func() { cloud.SetRange(2, nil, newColor) })
	s.step("appended", func() { cloud.Append(newPoint, newColor) })
	s.step("cut", func() { cloud.Truncate(2) })

	batch := added(s, "batch", func() *viser.BatchedMeshes {
		return scene.AddBatchedMeshes("/batch", vertices, faces, modelWXYZs, points, nil)
	})
	s.step("positions", func() { batch.SetPoseRange(1, nil, newPoint) })
	s.step("batch colors", func() { batch.SetColorRange(2, newColor) })

	splats := added(s, "splats", func() *viser.GaussianSplats { return addSplats(s, "/splats", nil) })
	s.step("a splat", func() { splats.SetRange(1, newPoint, splatCovariances[1:2], colors[1:2], splatOpacities[1:2]) })
	s.joinLate("late")
}
