package view

import (
	"context"
	"fmt"
	"slices"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/models"
)

// glb is a shown glTF file.
type glb struct {
	f    *file
	data []byte
	info *gltf.Info
	at   viser.Vec3 // its origin
	node *viser.GLB
}

func newGLB(f *file, g *models.GLB) *glb { return &glb{f: f, data: g.Data, info: g.Info} }

func (g *glb) kind() string { return "Model" }

// bounds is what the file claims; a file that does not has those of a cube.
func (g *glb) bounds() (whole, seen box, ok bool) {
	whole = box{g.info.Min, g.info.Max}
	if g.info.Min == g.info.Max {
		whole = whole.grown(0.5)
	}
	whole = shifted(whole, negated(g.at))
	return whole, whole, true
}

func (g *glb) origin() viser.Vec3 { return g.at }

// recenter does nothing: the page reads the coordinates.
func (g *glb) recenter(viser.Vec3) {}

func (g *glb) add(parent string, at viser.Vec3) {
	node, err := g.f.v.server.Scene().AddGLB(parent+"/model", g.data, &viser.GLBOptions{
		Position: at, Scale: viser.Uniform(g.f.v.scale),
	})
	if err != nil { // it was checked when it was read
		g.f.notShown(err.Error())
		return
	}
	g.node = node
}

func (g *glb) addControls(folder *viser.Folder) {
	if g.node == nil {
		return
	}
	if names := numbered("scene", g.info.Scenes); len(names) > 1 {
		folder.AddDropdown("Scene", names, &viser.DropdownOptions{Initial: names[g.info.Scene]}).
			OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
				g.node.SetScene(ptr(slices.Index(names, e.Value)))
			})
	}
	g.addAnimations(folder)
}

func (g *glb) addAnimations(folder *viser.Folder) {
	var names []string
	for _, a := range g.info.Animations {
		names = append(names, a.Name)
	}
	if len(names) == 0 {
		return
	}
	names = append(numbered("animation", names), "none")
	folder.AddDropdown("Animation", names, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		i := slices.Index(names, e.Value)
		if i == len(names)-1 {
			i = -1
		}
		g.node.SetAnimation(i)
	})
	folder.AddCheckbox("Play", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		g.node.SetPlaying(e.Value)
	})
	folder.AddSlider("Speed", 1, &viser.SliderOptions{Min: -2, Max: 2, Step: 0.1}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { g.node.SetAnimationSpeed(e.Value) })
	longest := 0.0
	for _, a := range g.info.Animations {
		longest = max(longest, a.Duration)
	}
	if longest > 0 {
		folder.AddSlider("Time", 0, &viser.SliderOptions{Max: longest, Step: nice(longest / 200), Hint: "In seconds"}).
			OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { g.node.SetAnimationTime(e.Value) })
	}
}

// numbered makes names differ: those that are missing, or there twice, get their number.
func numbered(what string, names []string) []string {
	out := slices.Clone(names)
	for i, name := range names {
		if name == "" {
			out[i] = fmt.Sprintf("%s %d", what, i+1)
		} else if slices.Contains(out[:i], name) || name == "none" {
			out[i] = fmt.Sprintf("%s (%d)", name, i+1)
		}
	}
	return out
}

func (g *glb) turned()           {}
func (g *glb) leftOut() []string { return nil }

func (g *glb) facts() (lines []string) {
	count := func(n int64, what string) {
		if n > 0 {
			lines = append(lines, counted(n, what))
		}
	}
	i := g.info
	count(i.Vertices, "vertices")
	count(i.Triangles, "triangles")
	count(i.Lines, "lines")
	count(i.Points, "points")
	count(int64(i.Materials), "materials")
	count(int64(i.Textures), "textures")
	count(int64(i.Skins), "skins")
	count(int64(i.Morphs), "morph targets")
	count(int64(len(i.Animations)), "animations")
	if i.Generator != "" {
		lines = append(lines, "by "+plain(i.Generator))
	}
	return lines
}
