package main

import (
	"context"
	"math"
	"strconv"

	"github.com/viser-go/viser"
)

func init() { scenarios["far arrays"] = farArraysScenario }

// farArraysScenario has the kinds with arrays of positions, at the origin, with large numbers in the arrays. All are
// multiples of a quarter, which are exact in float32 up to 4 million.
func farArraysScenario(s *stage) {
	sc := s.Scene()
	var center viser.Vec3
	s.do("move", func(distance string) {
		d, _ := strconv.ParseFloat(distance, 64)
		center = viser.Vec3{d / 8, d, 50}
		s.Atomic(func() {
			click := func(_ context.Context, e viser.ClickEvent) {
				at := plus(e.Hit, viser.Vec3{-center[0], -center[1], -center[2]})
				s.event("clicked %s %v at %.2f", e.Target.Name(), e.InstanceIndex, at)
			}
			farSurfaces(sc, center, click)
			farCurves(sc, center, click)
		})
	})
	s.forClient("look", func(c *viser.Client, angle string) (string, error) {
		return "", lookAround(c, center, angle)
	})
	s.pictures()
}

// away moves positions near zero to a center.
func away(center viser.Vec3, near ...[3]float32) [][3]float32 {
	far := make([][3]float32, len(near))
	for i, p := range near {
		for k, v := range p {
			far[i][k] = float32(float64(v) + center[k])
		}
	}
	return far
}

type clickFunc = func(context.Context, viser.ClickEvent)

func farSurfaces(sc *viser.Scene, center viser.Vec3, click clickFunc) {
	pyramid := away(center, [3]float32{-2, 1, 0}, [3]float32{-1, 1, 0}, [3]float32{-1, 2, 0}, [3]float32{-2, 2, 0}, [3]float32{-1.5, 1.5, .75})
	sc.AddMesh("/mesh", pyramid, pyramidFaces, nil).OnClick(click)
	places := away(center, [3]float32{0, 1.5, 0}, [3]float32{1, 1.5, 0})
	sc.AddBatchedMeshes("/batch", pyramidVertices, pyramidFaces, upright, places, nil).OnClick(click)
	sc.AddBatchedAxes("/axes", upright, away(center, [3]float32{2, 1, 0}, [3]float32{2, 2, 0}), nil)
	var covariances [][6]float32
	var colors []viser.RGB
	var opacities []float32
	centers := away(center, [3]float32{-2, -.5, 0}, [3]float32{-1.5, 0, .25}, [3]float32{-1, .5, 0})
	for range centers {
		covariances = append(covariances, [6]float32{.02, 0, 0, .02, 0, .02})
		colors = append(colors, viser.RGB{200, 90, 0})
		opacities = append(opacities, 0.9)
	}
	sc.AddGaussianSplats("/splats", centers, covariances, colors, opacities, nil)
}

func farCurves(sc *viser.Scene, center viser.Vec3, click clickFunc) {
	var near [][3]float32
	for i := range 25 {
		near = append(near, [3]float32{float32(i%5) / 4, float32(i/5)/4 - .5, 0})
	}
	points := &viser.PointCloudOptions{PointSize: .08, Precision: viser.Float32}
	sc.AddPointCloud("/points", away(center, near...), []viser.RGB{{0, 90, 200}}, points).OnClick(click)
	ends := func(p ...[3]float32) [][2][3]float32 {
		far := away(center, p...)
		pairs := make([][2][3]float32, len(far)/2)
		for i := range pairs {
			pairs[i] = [2][3]float32{far[2*i], far[2*i+1]}
		}
		return pairs
	}
	cross := ends([3]float32{1.5, -.5, 0}, [3]float32{2.5, .5, .5}, [3]float32{1.5, .5, 0}, [3]float32{2.5, -.5, 0})
	lines := sc.AddLineSegments("/lines", cross, nil, &viser.LineSegmentsOptions{Thickness: .08})
	lines.OnClick(click)
	sc.AddArrows("/arrows", ends([3]float32{-2, -2, 0}, [3]float32{-1, -1.25, .25}), []viser.RGB{{0, 130, 60}}, nil)
	knots := away(center, [3]float32{-.5, -2, 0}, [3]float32{0, -1.25, .5}, [3]float32{.5, -2, 0})
	sc.AddSplineCatmullRom("/spline", knots, &viser.CatmullRomSplineOptions{Thickness: .06})
	controls := away(center, [3]float32{1.25, -1, 0}, [3]float32{2, -1, .5})
	bow := away(center, [3]float32{1, -2, 0}, [3]float32{2.25, -2, 0})
	sc.AddSplineCubicBezier("/bezier", bow, controls, &viser.CubicBezierSplineOptions{Thickness: .06})
}

// lookAround orbits a center by an angle in degrees from the front.
func lookAround(c *viser.Client, center viser.Vec3, angle string) error {
	deg, err := strconv.ParseFloat(angle, 64)
	a := (deg - 80) * math.Pi / 180
	c.Atomic(func() {
		c.Camera().SetPosition(plus(center, viser.Vec3{4.6 * math.Cos(a), 4.6 * math.Sin(a), 3.8}))
		c.Camera().SetLookAt(center)
	})
	return err
}
