package view

import (
	"context"

	"github.com/viser-go/viser"
)

// edgeColor is that of edges without a color of their own.
var edgeColor = viser.RGB{70, 90, 120}

// edgeEnds are the two points of each edge of the model, before any point is left out.
func (v *viewer) edgeEnds() (ends [][2][3]float32) {
	m := v.model
	for _, e := range m.Edges {
		ends = append(ends, [2][3]float32{m.Points[e[0]], m.Points[e[1]]})
	}
	return ends
}

// addEdges draws the edges as lines, below the node of the model. By is how far its points were moved meanwhile.
func (v *viewer) addEdges(ends [][2][3]float32, by viser.Vec3) {
	if len(ends) == 0 {
		return
	}
	for i := range ends {
		for k := range ends[i] {
			for axis := range by {
				ends[i][k][axis] = float32(float64(ends[i][k][axis]) - by[axis])
			}
		}
	}
	colors := [][2]viser.RGB{{edgeColor, edgeColor}}
	if v.model.EdgeColors != nil {
		colors = colors[:0]
		for _, c := range v.model.EdgeColors {
			colors = append(colors, [2]viser.RGB{c, c})
		}
	}
	lines := v.server.Scene().AddLineSegments(modelName+"/edges", ends, colors, &viser.LineSegmentsOptions{
		Thickness: 1.5, ThicknessUnits: viser.ScreenUnits,
	})
	v.addControls("Edges").AddCheckbox("Show", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		lines.SetVisible(e.Value)
	})
}
