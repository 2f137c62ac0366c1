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
	// lastOrder is that of what comes after the files in the panel.
	lastOrder = 1e6
)

// nextOrder is the place of another file in the panel.
func (v *Viewer) nextOrder() float64 {
	last := 0.0
	for _, f := range v.files {
		if f.folder != nil {
			last = max(last, f.folder.Order())
		}
	}
	return last + 1
}

// addSurroundings adds the axes at the origin, and the switches of all that is around the files.
func (v *Viewer) addSurroundings() {
	axes := v.server.Scene().WorldAxes()
	v.origin = axes
	if v.o.NoControls {
		return
	}
	folder := v.server.GUI().AddFolder("Surroundings", &viser.FolderOptions{Order: ptr(lastOrder)})
	v.upBox = folder.AddDropdown("Up", AxisNames, &viser.DropdownOptions{
		Initial: v.up.String(), Hint: "The direction of the file that points up",
	})
	v.upBox.OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		if axis, err := ParseAxis(e.Value); err == nil {
			v.setUp(axis)
		}
	})
	folder.AddCheckbox("Grid", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.floor = e.Value
		v.grid.SetVisible(e.Value)
	})
	folder.AddCheckbox("Axes", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		axes.SetVisible(e.Value)
	})
	folder.AddButton("Look at all", &viser.ButtonOptions{Hint: "Move the camera so that everything is in view"}).
		OnClick(func(_ context.Context, e viser.ButtonEvent) {
			if e.Client != nil {
				v.lookFrom(e.Client.Camera())
			}
		})
}

// look measures what is shown, and puts the floor below it; first, it also sets the initial camera.
func (v *Viewer) look(first bool) {
	v.mu.Lock()
	v.seen = v.measure()
	size := v.seen.size()
	v.origin.SetAxesLength(size / 5)
	v.origin.SetAxesRadius(size / 250)
	v.origin.SetOriginRadius(size / 120)
	v.putFloor()
	if first {
		v.first = ptr(v.outlook())
	}
	v.mu.Unlock()
	if !first {
		return
	}
	v.lookFrom(initialCamera{v.server.InitialCamera()})
	for c := range v.server.Clients() { // which waited for a file
		v.lookFrom(c.Camera())
	}
}

// measure is the box of all files in the world; that of those without a place only if there are no others.
func (v *Viewer) measure() (seen box) {
	for _, placeless := range []bool{false, true} {
		first := true
		for _, f := range v.files {
			if f.placeless != placeless {
				continue
			}
			b := f.inWorld(f.seen)
			if first {
				seen, first = b, false
			}
			seen = seen.union(b)
		}
		if !first {
			break
		}
	}
	return seen
}

// setUp rotates the world, and places the grid again.
func (v *Viewer) setUp(up Axis) {
	v.showing.Lock()
	defer v.showing.Unlock()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.up == up {
		return
	}
	v.up = up
	v.server.Atomic(func() {
		v.putFloor()
		for _, f := range v.files {
			for _, c := range f.parts {
				c.turned()
			}
		}
	})
}

// putFloor places the grid: below the files, in the up direction. The lock is held.
func (v *Viewer) putFloor() {
	up, seen, size := v.up, v.seen, v.seen.size()
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
			Position: at, Hidden: !v.floor,
			Width: width, Height: width, Plane: up.ground(),
			CellSize: cell, SectionSize: 5 * cell, FadeDistance: 10 * size,
		})
	})
}
