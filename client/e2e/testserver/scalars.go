package main

import (
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
)

func init() { scenarios["scalars"] = scalarsScenario }

// The map of the scenario: three colors that can be told apart, and that of NaN.
var trio = colormap.New("trio", []viser.RGB{{220, 30, 30}, {30, 200, 30}, {40, 60, 230}})

var nan = float32(math.NaN())

// scalarsScenario has a node of each kind that is colored by number, in a row that faces the camera, which looks along
// +y with z up: at x = -3.5, -2.5 … the numbers 0, 1 and 2 are above one another.
func scalarsScenario(s *stage) {
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	sc := s.Scene()
	opts := &viser.ScalarsOptions{Map: trio, Range: &[2]float64{0, 2.001}, NaNColor: viser.RGB{128, 128, 128}, Label: "heat", Unit: "K"}
	zs := []float32{-1, 0, 1}
	at := func(x float32) [][3]float32 {
		return [][3]float32{{x, 0, zs[0]}, {x, 0, zs[1]}, {x, 0, zs[2]}}
	}
	numbers := []float32{0, 1, 2}
	points := sc.AddPointCloud("/points", at(-3.5), nil, &viser.PointCloudOptions{PointSize: 0.4, PointShading: viser.PointFlat, Precision: viser.Float32})
	points.SetScalars(numbers, opts)
	sides := [][2]viser.Vec3f{}
	for _, z := range zs {
		sides = append(sides, [2]viser.Vec3f{{-2.8, 0, z}, {-2.2, 0, z}})
	}
	lines := sc.AddLineSegments("/lines", sides, nil, &viser.LineSegmentsOptions{Thickness: 0.4})
	lines.SetScalars(numbers, opts)
	corners := [][3]float32{{0.4, 0, 0.4}, {-0.4, 0, 0.4}, {-0.4, 0, -0.4}, {0.4, 0, -0.4}}
	square := [][3]uint32{{0, 1, 2}, {0, 2, 3}}
	bright := &viser.AmbientLightOptions{Intensity: new(3.0)}
	sc.AddAmbientLight("/light", bright)
	batch := sc.AddBatchedMeshes("/batch", corners, square, nil, at(-1.5), &viser.BatchedMeshesOptions{Side: viser.DoubleSide})
	batch.SetScalars(numbers, opts)
	var vertices [][3]float32
	var faces [][3]uint32
	for i, z := range zs {
		for _, c := range corners {
			vertices = append(vertices, [3]float32{c[0] - 0.5, 0, c[2] + z})
		}
		for _, f := range square {
			n := uint32(4 * i)
			faces = append(faces, [3]uint32{f[0] + n, f[1] + n, f[2] + n})
		}
	}
	mesh := sc.AddMesh("/vertices", vertices, faces, &viser.MeshOptions{Side: viser.DoubleSide})
	mesh.SetScalars([]float32{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}, opts)
	flat := sc.AddMesh("/faces", vertices, faces, &viser.MeshOptions{Side: viser.DoubleSide, Position: viser.Vec3{1, 0, 0}})
	flat.SetScalars([]float32{0, 0, 1, 1, 2, 2}, opts)
	splats := sc.AddGaussianSplats("/splats", at(1.5), [][6]float32{{0.04, 0, 0, 0.04, 0, 0.04}, {0.04, 0, 0, 0.04, 0, 0.04}, {0.04, 0, 0, 0.04, 0, 0.04}}, nil, []float32{1, 1, 1}, nil)
	splats.SetScalars(numbers, opts)
	steps := [][3]float32{{0.6, 0, 0}, {0.6, 0, 0}, {0.6, 0, 0}}
	vectors := sc.AddVectors("/vectors", at(2.2), steps, &viser.VectorsOptions{LengthScale: 1, Thickness: 0.15})
	vectors.SetScalars(numbers, opts)
	classes := sc.AddPointCloud("/classes", at(3.5), nil, &viser.PointCloudOptions{PointSize: 0.4, PointShading: viser.PointFlat})
	classes.SetScalars([]float32{3, 4, 5}, &viser.ScalarsOptions{Map: trio, Categorical: true, Names: []string{"", "", "", "road"}, Label: "class"})
	nodes := []viser.ScalarNode{points, lines, batch, mesh, flat, splats, vectors}
	s.do("range", func(string) {
		for _, n := range nodes {
			n.SetScalarsRange(2, 3)
		}
	})
	s.do("nothing", func(string) {
		for _, n := range nodes {
			values := n.Scalars()
			for i := range values {
				values[i] = nan
			}
			n.SetScalars(values, nil)
		}
	})
	s.do("hide", func(string) {
		for _, n := range nodes {
			o := n.ScalarsOptions()
			o.HideNaN = true
			n.SetScalarsOptions(o)
		}
	})
	s.do("clear", func(string) {
		for _, n := range nodes {
			n.ClearScalars()
		}
	})
	s.do("many", func(string) {
		points.SetPointSize(0.001)
		points.SetPoints(make([]viser.Vec3f, 100_000), nil)
		points.SetScalars(make([]float32, 100_000), opts)
	})
}
