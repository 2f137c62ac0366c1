package main

import (
	"fmt"
	"image"
	"image/color"

	"github.com/viser-go/viser"
)

func init() { scenarios["looks"] = looksScenario }

var brick = viser.RGB{200, 90, 40}

// A square of side 2 that faces the camera, which looks along +y with z up.
var (
	pane      = [][3]float32{{-1, 0, -1}, {1, 0, -1}, {1, 0, 1}, {-1, 0, 1}}
	paneFaces = [][3]uint32{{0, 1, 2}, {0, 2, 3}}
	paneUVs   = [][2]float32{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
)

func each[T any](n int, v T) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// layers are two squares, the near one first, the far one red.
func layers(s *viser.Scene, near viser.RGB, opacity float32) {
	vertices := append([][3]float32{}, pane...)
	for _, v := range pane {
		vertices = append(vertices, [3]float32{v[0], 1, v[2]})
	}
	for i := range pane {
		vertices[i][1] = -0.5
	}
	faces := append(paneFaces[:2:2], [3]uint32{4, 5, 6}, [3]uint32{4, 6, 7})
	colors := append(each(4, near), each(4, viser.RGB{220, 0, 0})...)
	opacities := append(each(4, opacity), each(4, opacity)...)
	s.AddMesh("/it", vertices, faces, &viser.MeshOptions{
		Side: viser.DoubleSide, VertexColors: colors, VertexOpacities: opacities,
	})
}

var looks = map[string]func(*viser.Scene, viser.MeshOptions){
	"plain": func(s *viser.Scene, o viser.MeshOptions) {
		o.Color = &brick
		s.AddMesh("/it", pane, paneFaces, &o)
	},
	"colors": func(s *viser.Scene, o viser.MeshOptions) {
		o.Color, o.VertexColors = &viser.RGB{0, 0, 255}, each(4, brick)
		s.AddMesh("/it", pane, paneFaces, &o)
	},
	"texture": func(s *viser.Scene, o viser.MeshOptions) {
		o.Texture, o.UVs = plain(color.NRGBA{brick[0], brick[1], brick[2], 255}), paneUVs
		s.AddMesh("/it", pane, paneFaces, &o)
	},
	"clear texture": func(s *viser.Scene, o viser.MeshOptions) {
		img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
		for i := range 64 * 32 { // the upper half
			img.Set(i%64, i/64, color.NRGBA{220, 0, 0, 255})
		}
		o.Texture, o.UVs = img, paneUVs
		s.AddMesh("/it", pane, paneFaces, &o)
	},
	"corners": func(s *viser.Scene, o viser.MeshOptions) {
		o.Texture, o.UVs = corners(), paneUVs
		s.AddMesh("/it", pane, paneFaces, &o)
	},
	"blended": func(s *viser.Scene, o viser.MeshOptions) {
		o.VertexColors = []viser.RGB{{0, 0, 220}, {0, 0, 220}, {220, 0, 0}, {220, 0, 0}}
		s.AddMesh("/it", pane, paneFaces, &o)
	},
	"normals of its own": func(s *viser.Scene, o viser.MeshOptions) {
		o.Color, o.Normals = &brick, each(4, [3]float32{0, -3, 0})
		s.AddMesh("/it", pane, paneFaces, &o)
	},
	"normals away": func(s *viser.Scene, o viser.MeshOptions) {
		o.Color, o.Normals = &brick, each(4, [3]float32{0, 1, 0})
		s.AddMesh("/it", pane, paneFaces, &o)
	},
	"near over far": func(s *viser.Scene, _ viser.MeshOptions) { layers(s, viser.RGB{0, 0, 220}, 0.9) },
	"opaque colors": func(s *viser.Scene, _ viser.MeshOptions) { layers(s, viser.RGB{0, 0, 220}, 1) },
}

// looksScenario shows a mesh at a time: "show NAME", with options before it ("wireframe", "flat", "toon").
func looksScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	var o viser.MeshOptions
	s.do("with", func(what string) {
		o = viser.MeshOptions{FlatShading: what == "flat"}
		o.Wireframe = what == "wireframe"
		if what == "toon" {
			o.Material = viser.Toon3
		}
		if what == "half" {
			o.Opacity = new(0.5)
		}
	})
	s.commands["show"] = func(name string) (string, error) {
		add := looks[name]
		if add == nil {
			return "", fmt.Errorf("there is nothing called %q", name)
		}
		sc.Reset()
		add(sc, o)
		return "", nil
	}
	s.do("recolor", func(string) {
		n, _ := sc.Node("/it")
		n.(*viser.Mesh).SetVertexColors(each(4, viser.RGB{0, 0, 220}), nil)
	})
	s.do("bare", func(string) {
		n, _ := sc.Node("/it")
		m := n.(*viser.Mesh)
		m.SetVertexColors(nil, nil)
		m.SetTexture(nil, nil)
		m.SetColor(viser.RGB{0, 200, 0})
	})
	s.do("fewer", func(string) {
		n, _ := sc.Node("/it")
		n.(*viser.Mesh).SetGeometry(pane[:3], paneFaces[:1])
	})
}
