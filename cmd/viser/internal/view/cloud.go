package view

import (
	"context"
	"fmt"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/paint"
)

// The names of the color modes in the panel.
const (
	colorsOfFile = "of the file"
	colorsNormal = "by normal"
	colorsHeight = "by height"
	colorsOne    = "one color"
)

// modelName is the node of the model.
const modelName = "/model"

// defaultColor is that of a model without colors.
var defaultColor = viser.RGB{226, 200, 170}

// cloud is a shown point cloud. Its fields change under viewer.mu.
type cloud struct {
	viewer *viewer
	node   *viser.PointCloud
	mode   string
	one    viser.RGB
}

// addCloud adds the points, and their part of the panel.
func (v *viewer) addCloud() {
	modes := []string{colorsHeight, colorsOne}
	if v.model.Normals != nil {
		modes = append([]string{colorsNormal}, modes...)
	}
	if v.model.Colors != nil {
		modes = append([]string{colorsOfFile}, modes...)
	}
	c := &cloud{viewer: v, mode: modes[0], one: defaultColor}
	size := pointSize(v.place.size(), len(v.model.Points))
	c.node = v.server.Scene().AddPointCloud(modelName, v.model.Points, c.colors(), &viser.PointCloudOptions{
		NodeOptions: viser.NodeOptions{Position: v.place.position},
		PointSize:   size, PointShape: viser.PointCircle, PointShading: viser.PointFlat, Precision: viser.Float32,
	})
	v.upChanged = func() {
		if c.mode == colorsHeight {
			c.node.SetColors(c.colors())
		}
	}
	c.addControls(modes, size)
}

func (c *cloud) addControls(modes []string, size float64) {
	folder := c.viewer.server.GUI().AddFolder("Points", nil)
	folder.AddSlider("Size", 1, &viser.SliderOptions{
		Min: 0.1, Max: 10, Step: 0.1,
		Hint: fmt.Sprintf("1 is %s units of the file", number(size)),
	}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { c.node.SetPointSize(e.Value * size) })
	folder.AddDropdown("Shape", shapeNames(), &viser.DropdownOptions{Initial: string(viser.PointCircle)}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { c.node.SetPointShape(viser.PointShape(e.Value)) })
	folder.AddCheckbox("Shaded", false, &viser.CheckboxOptions{Hint: "Darker towards the rim"}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) { c.node.SetPointShading(shading(e.Value)) })
	folder.AddDropdown("Colors", modes, &viser.DropdownOptions{Initial: modes[0]}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { c.repaint(func() { c.mode = e.Value }) })
	folder.AddRGB("One color", c.one, nil).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.RGB]) { c.repaint(func() { c.one = e.Value }) })
}

func shapeNames() []string {
	return []string{
		string(viser.PointCircle), string(viser.PointSquare), string(viser.PointDiamond),
		string(viser.PointRounded), string(viser.PointSparkle),
	}
}

func shading(gradient bool) viser.PointShading {
	if gradient {
		return viser.PointGradient
	}
	return viser.PointFlat
}

// repaint changes the mode or the color and sends new colors, if that makes a difference.
func (c *cloud) repaint(change func()) {
	c.viewer.mu.Lock()
	defer c.viewer.mu.Unlock()
	mode, one := c.mode, c.one
	change()
	if c.mode != mode || (c.mode == colorsOne && c.one != one) {
		c.node.SetColors(c.colors())
	}
}

// colors are those of the current mode: one per point, or one for all.
func (c *cloud) colors() []viser.RGB {
	m := c.viewer.model
	switch c.mode {
	case colorsOfFile:
		colors := make([]viser.RGB, len(m.Colors))
		for i, rgb := range m.Colors {
			colors[i] = rgb
		}
		return colors
	case colorsNormal:
		colors := make([]viser.RGB, len(m.Normals))
		for i, n := range m.Normals {
			colors[i] = paint.Normal(n)
		}
		return colors
	case colorsHeight:
		return c.heights()
	}
	return []viser.RGB{c.one}
}

// heights colors by the distance along the axis that is up.
func (c *cloud) heights() []viser.RGB {
	v := c.viewer
	axis := v.up.Index()
	lo, hi := v.place.seen.lo[axis]-v.place.position[axis], v.place.seen.hi[axis]-v.place.position[axis]
	if v.up.Sign() < 0 {
		lo, hi = hi, lo
	}
	values := make([]float64, len(v.model.Points))
	for i, p := range v.model.Points {
		values[i] = float64(p[axis])
	}
	return paint.Ramps(values, lo, hi)
}

// pointSize lets the points of a surface just touch. Points of a scan lie on surfaces, whose area goes with
// the square of the model's size.
func pointSize(size float64, points int) float64 {
	return 0.8 * size / math.Sqrt(float64(points))
}
