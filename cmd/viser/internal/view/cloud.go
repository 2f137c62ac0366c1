package view

import (
	"context"
	"fmt"
	"math"

	"github.com/viser-go/viser"
)

// modelName is the node of the model.
const modelName = "/model"

// addCloud adds the points, and their part of the panel.
func (v *viewer) addCloud(colorBy string) error {
	c := v.newColoring(false)
	if err := c.choose(colorBy); err != nil {
		return err
	}
	if seeThrough(v.model.Alphas) {
		v.notShown("the opacity of the points")
	}
	size := pointSize(v.place.size(), len(v.model.Points))
	node := v.server.Scene().AddPointCloud(modelName, v.model.Points, c.points(), &viser.PointCloudOptions{
		Position:  v.place.position,
		PointSize: size, PointShape: viser.PointCircle, PointShading: viser.PointFlat, Precision: viser.Float32,
	})
	c.changed = func() { node.SetColors(c.points()) }
	v.upChanged = func() { c.changedIf(c.mode == colorsHeight) }
	folder := v.addControls("Points")
	folder.AddSlider("Size", 1, &viser.SliderOptions{
		Min: 0.1, Max: 10, Step: 0.1,
		Hint: fmt.Sprintf("1 is %s units of the file", number(size)),
	}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { node.SetPointSize(e.Value * size) })
	folder.AddDropdown("Shape", shapeNames(), &viser.DropdownOptions{Initial: string(viser.PointCircle)}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { node.SetPointShape(viser.PointShape(e.Value)) })
	folder.AddCheckbox("Shaded", false, &viser.CheckboxOptions{Hint: "Darker towards the rim"}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) { node.SetPointShading(shading(e.Value)) })
	c.addControls(folder)
	return nil
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

// pointSize is the size at which the points of a surface just touch. Points of a scan are on surfaces,
// whose area is proportional to the square of the model's size. For few points it is small, so that edges
// between them are visible.
func pointSize(size float64, points int) float64 {
	return min(0.8/math.Sqrt(float64(points)), 0.03) * size
}
