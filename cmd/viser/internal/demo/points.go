package demo

import (
	"context"
	"fmt"
	"sync"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/paint"
	"github.com/viser-go/viser/colormap"
)

// The ways to color the points.
const (
	byHeight = "by height"
	byNormal = "by normal"
	inBrand  = "one color"
)

// cloud are the points on the second bunny. The fields change under mu.
type cloud struct {
	mesh  *surface
	node  *viser.PointCloud
	label *viser.Label

	mu    sync.Mutex
	count int
	mode  string
}

// addPoints adds points sampled on the bunny's surface.
func (d *Demo) addPoints() {
	const size = 0.012
	c := &cloud{mesh: d.mesh, count: startPointCount, mode: byHeight}
	points, colors := c.sample()
	c.node = d.server.Scene().AddPointCloud("/points", points, colors, &viser.PointCloudOptions{
		Position:  pointsPosition,
		PointSize: size, PointShape: viser.PointCircle,
	})
	c.label = d.server.Scene().AddLabel("/points/label", c.text(), &viser.LabelOptions{
		Position: viser.Vec3{0, 0, 1.12}, Anchor: viser.BottomCenter,
	})
	folder := d.server.GUI().AddFolder("Points", &viser.FolderOptions{Folded: true})
	folder.AddCheckbox("Show", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		c.node.SetVisible(e.Value)
	})
	folder.AddNumber("Count", float64(startPointCount), &viser.NumberOptions{Min: new(100.0), Max: new(500_000.0), Step: 1000}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { c.change(func() { c.count = int(e.Value) }) })
	folder.AddSlider("Size", size, &viser.SliderOptions{Min: 0.002, Max: 0.04, Step: 0.001}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { c.node.SetPointSize(e.Value) })
	folder.AddDropdown("Shape", shapes(), &viser.DropdownOptions{Initial: string(viser.PointCircle)}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { c.node.SetPointShape(viser.PointShape(e.Value)) })
	folder.AddDropdown("Colors", []string{byHeight, byNormal, inBrand}, nil).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { c.change(func() { c.mode = e.Value }) })
}

func shapes() []string {
	return []string{
		string(viser.PointSquare), string(viser.PointDiamond), string(viser.PointCircle),
		string(viser.PointRounded), string(viser.PointSparkle),
	}
}

// change sets a field and samples anew.
func (c *cloud) change(set func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	set()
	points, colors := c.sample()
	c.node.SetPoints(points, colors)
	c.label.SetText(c.text())
}

// text is the label, with a comma before the thousands.
func (c *cloud) text() string {
	if c.count < 1000 {
		return fmt.Sprintf("%d points", c.count)
	}
	return fmt.Sprintf("%d,%03d points", c.count/1000, c.count%1000)
}

// sample returns the points and their colors: one for each, or one for all.
func (c *cloud) sample() (points [][3]float32, colors []viser.RGB) {
	points, normals := c.mesh.sample(c.count)
	if c.mode == inBrand {
		return points, []viser.RGB{brand}
	}
	colors = make([]viser.RGB, len(points))
	for i, p := range points {
		if c.mode == byNormal {
			colors[i] = paint.Normal(normals[i])
		} else {
			colors[i] = viser.RGB(colormap.Viridis.At(float64(p[2])))
		}
	}
	return points, colors
}
