package main

import (
	"context"
	"encoding/json"
	"math"
	"strconv"

	"github.com/viser-go/viser"
)

func init() { scenarios["splats"] = splatsScenario }

// A splatSet is the data of a node of splats.
type splatSet struct {
	centers   [][3]float32
	covs      [][6]float32
	colors    []viser.RGB
	opacities []float32
}

func (s *splatSet) add(center [3]float32, cov [6]float32, color viser.RGB, opacity float32) {
	s.centers, s.covs = append(s.centers, center), append(s.covs, cov)
	s.colors, s.opacities = append(s.colors, color), append(s.opacities, opacity)
}

// ballOf is the covariance of a ball with that standard deviation.
func ballOf(sigma float32) [6]float32 {
	v := sigma * sigma
	return [6]float32{v, 0, 0, v, 0, v}
}

// splatsScenario shows splats, from -y and 4 away.
func splatsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.pictures()
	nodes := map[string]*viser.GaussianSplats{}
	show := func(name string, set splatSet, o *viser.GaussianSplatsOptions) {
		g := sc.AddGaussianSplats(name, set.centers, set.covs, set.colors, set.opacities, o)
		g.OnClick(func(_ context.Context, e viser.ClickEvent) { s.event("%s %d", e.Target.Name(), e.InstanceIndex) })
		nodes[name] = g
	}
	s.do("remove", func(name string) { sc.RemoveNode(name) })
	rowOfSplats(s, show, nodes)
	splatsInOrder(s, sc, show, nodes)
	shiningSplats(s, sc)
	s.do("many", func(n string) {
		count, _ := strconv.Atoi(n)
		show("/many", cloudOf(count), nil)
	})
	s.do("quiet", func(n string) {
		count, _ := strconv.Atoi(n)
		set := cloudOf(count)
		sc.AddGaussianSplats("/many", set.centers, set.covs, set.colors, set.opacities, nil)
	})
}

// rowOfSplats has three spheres beside each other, and commands to change them.
func rowOfSplats(s *stage, show func(string, splatSet, *viser.GaussianSplatsOptions), nodes map[string]*viser.GaussianSplats) {
	var set splatSet
	for i, at := range row {
		set.add(at, ballOf(0.3), primary[i], 1)
	}
	g := func() *viser.GaussianSplats { return nodes["/row"] }
	s.do("row", func(string) { show("/row", set, nil) })
	s.do("row-long", func(string) {
		g().SetCovariances([][6]float32{ballOf(0.3), {0.25, 0, 0, 0.01, 0, 0.01}, ballOf(0.3)})
	})
	s.do("row-move", func(string) { g().SetCenters([][3]float32{{-1.5, 0, 1}, {0, 0, 0}, {1.5, 0, 0}}) })
	s.do("row-clear", func(string) { g().SetOpacities([]float32{1, 0, 1}) })
	s.do("row-fewer", func(string) { g().SetGaussians(set.centers[:1], set.covs[:1], set.colors[:1], set.opacities[:1]) })
	s.do("row-none", func(string) { g().SetGaussians(nil, nil, nil, nil) })
	s.do("row-more", func(string) { g().SetGaussians(set.centers, set.covs, set.colors, set.opacities) })
	s.do("row-range", func(string) { g().SetRange(1, set.centers[1:2], set.covs[1:2], []viser.RGB{primary[2]}, []float32{1}) })
	s.do("row-append", func(string) {
		g().Append([][3]float32{{0, 0, 1.2}}, set.covs[:1], []viser.RGB{primary[1]}, []float32{1})
	})
	s.do("row-cut", func(string) { g().Truncate(1) })
	s.do("row-turn", func(string) { g().SetWXYZ(viser.AxisAngle(viser.Vec3{0, 1, 0}, math.Pi)) })
	s.do("row-scale", func(string) { g().SetScale(viser.Vec3{0.5, 1, 2}) })
	s.do("row-hide", func(string) { g().SetVisible(false) })
	s.do("row-show", func(string) { g().SetVisible(true) })
}

// splatsInOrder has opaque splats of two nodes, one in front of the other, and a box.
func splatsInOrder(s *stage, sc *viser.Scene, show func(string, splatSet, *viser.GaussianSplatsOptions), nodes map[string]*viser.GaussianSplats) {
	stack := func(color viser.RGB) (set splatSet) {
		// Enough of them to be solid in the middle.
		for range 12 {
			set.add([3]float32{}, ballOf(0.5), color, 1)
		}
		return set
	}
	at := func(y float64) *viser.GaussianSplatsOptions {
		return &viser.GaussianSplatsOptions{Position: viser.Vec3{0, y, 0}}
	}
	s.do("pair", func(string) {
		show("/red", stack(primary[0]), at(-0.5))
		show("/green", stack(green), at(0.5))
	})
	s.do("pair-swap", func(string) { nodes["/red"].SetPosition(viser.Vec3{0, 1, 0}) })
	// A node between two splats of another, which it must be drawn between.
	s.do("sandwich", func(string) {
		both := stack(primary[0])
		for range 12 {
			both.add([3]float32{0, 2, 0}, ballOf(0.8), primary[2], 1)
		}
		show("/outer", both, at(0))
		show("/green", stack(green), at(1))
	})
	s.do("box", func(y string) {
		depth, _ := strconv.ParseFloat(y, 64)
		sc.AddBox("/box", &viser.BoxOptions{
			Color:    viser.RGB{0, 0, 255},
			Position: viser.Vec3{0, depth, 0}, Dimensions: viser.Vec3{1, 0.1, 1},
		})
	})
}

// A shine is a solid splat in the middle, gray where harmonics add nothing.
type shine struct {
	Degree    int
	Harmonics [][3]float32
	WXYZ      viser.Quat
	Scale     viser.Vec3
	Offset    float32 // of the splat in its node, which is as far on the other side
}

// shiningSplats has nodes whose colors depend on the direction of view.
func shiningSplats(s *stage, sc *viser.Scene) {
	const copies = 12
	nodes := map[string]*viser.GaussianSplats{}
	s.do("shine", func(args string) {
		var o shine
		if err := json.Unmarshal([]byte(args), &o); err != nil {
			panic(err)
		}
		var set splatSet
		var all [][3]float32
		for range copies {
			set.add([3]float32{o.Offset, 0, 0}, ballOf(0.5), viser.RGB{128, 128, 128}, 1)
			all = append(all, o.Harmonics...)
		}
		turn := viser.Pose{Rotation: o.WXYZ}
		nodes["/shine"] = sc.AddGaussianSplats("/shine", set.centers, set.covs, set.colors, set.opacities, &viser.GaussianSplatsOptions{
			WXYZ: o.WXYZ, Scale: o.Scale, Position: turn.Apply(viser.Vec3{-float64(o.Offset) * o.Scale[0], 0, 0}),
			Degree: o.Degree, Harmonics: all,
		})
	})
	s.do("beside", func(string) {
		var set splatSet
		set.add([3]float32{2.5, 0, 0}, ballOf(0.3), primary[2], 1)
		sc.AddGaussianSplats("/beside", set.centers, set.covs, set.colors, set.opacities, nil)
	})
	s.do("shine-dull", func(string) { nodes["/shine"].SetHarmonics(0, nil) })
	s.do("shine-part", func(args string) {
		var one [][3]float32
		if err := json.Unmarshal([]byte(args), &one); err != nil {
			panic(err)
		}
		for i := range copies {
			nodes["/shine"].SetHarmonicsRange(i, one)
		}
	})
}

// cloudOf is a ball of splats, red on the left, blue on the right.
func cloudOf(n int) (set splatSet) {
	for i := range n {
		z := 1 - 2*(float64(i)+0.5)/float64(n)
		s, c := math.Sincos(float64(i) * math.Pi * (3 - math.Sqrt(5)))
		r := math.Sqrt(1 - z*z)
		color := primary[min(int(1.5*(r*c+1)), 2)]
		set.add([3]float32{float32(r * c), float32(r * s), float32(z)}, ballOf(float32(2/math.Sqrt(float64(n)))), color, 0.8)
	}
	return set
}
