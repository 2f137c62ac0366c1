package view

import (
	"context"
	"math"

	"github.com/viser-go/viser"
)

const (
	gridName = "/grid"
	// gridCells is about how many cells of the grid lie along the model.
	gridCells = 20
)

// addSurroundings puts a floor under the model, the axes at the origin, and their switches into the panel.
func (v *viewer) addSurroundings() {
	axes := v.server.Scene().WorldAxes()
	axes.SetAxesLength(v.place.size() / 5)
	axes.SetAxesRadius(v.place.size() / 250)
	axes.SetOriginRadius(v.place.size() / 120)
	v.setUp(v.up)

	folder := v.addControls("Surroundings")
	up := folder.AddDropdown("Up", AxisNames, &viser.DropdownOptions{
		Initial: v.up.String(), Hint: "The direction of the file that points up",
	})
	up.OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		if axis, err := ParseAxis(e.Value); err == nil {
			v.setUp(axis)
		}
	})
	folder.AddCheckbox("Grid", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.gridShown = e.Value
		v.grid.SetVisible(e.Value)
	})
	folder.AddCheckbox("Axes", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		axes.SetVisible(e.Value)
	})
}

// setUp rotates the world, and places the grid again: below the model, in the up
// direction.
func (v *viewer) setUp(up Axis) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.up != up && v.upChanged != nil {
		defer v.upChanged()
	}
	v.up = up
	seen, size := v.place.seen, v.place.size()
	at := seen.center()
	at[up.Index()] = seen.lo[up.Index()]
	if up.Sign() < 0 {
		at[up.Index()] = seen.hi[up.Index()]
	}
	cell := nice(size / gridCells * 2)
	width := math.Ceil(size/cell/10) * 2 * 10 * cell
	v.server.Atomic(func() {
		v.server.Scene().SetUpDirection(up.Vector())
		v.grid = v.server.Scene().AddGrid(gridName, &viser.GridOptions{
			Position: at, Hidden: !v.gridShown,
			Width: width, Height: width, Plane: up.ground(),
			CellSize: cell, SectionSize: 5 * cell, FadeDistance: 10 * size,
		})
	})
}

// setCamera looks at the model from the front, the right and above, so that all of it is in view.
func (v *viewer) setCamera() {
	camera := v.server.InitialCamera()
	size := v.place.size()
	center := v.place.seen.center()
	// In the plane across up, any direction will do for the front: it is -y for z up, and z for y up.
	direction := v.up.Vector()
	direction = viser.Vec3{direction[0] * 0.45, direction[1] * 0.45, direction[2] * 0.45}
	right, front := viser.Vec3{1, 0, 0}, viser.Vec3{0, -1, 0}
	switch v.up.Index() {
	case 1:
		front = viser.Vec3{0, 0, 1}
	case 0:
		right = viser.Vec3{0, 1, 0}
		front = viser.Vec3{0, 0, 1}
	}
	for i := range direction {
		direction[i] += 0.5*right[i] + 0.8*front[i]
	}
	// A ball of this diameter just fits the picture at this distance.
	distance := size / 2 / math.Sin(camera.FOV()/2) * 1.1 / length(direction)
	for i := range direction {
		direction[i] = center[i] + direction[i]*distance
	}
	camera.SetPosition(direction)
	camera.SetLookAt(center)
	camera.SetNear(size / 1000)
	camera.SetFar(size * 1000)
}
