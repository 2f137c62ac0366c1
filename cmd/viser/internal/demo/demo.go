// Package demo is the scene of "viser demo": the Stanford bunny, points on it, things that move, and a panel
// that changes all of them.
package demo

import (
	"context"
	"sync"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/examples/bunny"
)

// Positions of the objects. The unit is the height of the bunny; the ground is z = 0.
var (
	meshPosition    = viser.Vec3{0.75, 0, 0}
	pointsPosition  = viser.Vec3{-0.75, 0, 0}
	pictureFrom     = viser.Vec3{2.05, -1, 1.45}
	pictureTo       = viser.Vec3{0.75, 0, 0.5}
	cameraPosition  = viser.Vec3{1.6, -5.3, 2.8}
	cameraTarget    = viser.Vec3{0.62, 0, 0.35} // a bit to the right: the panel is there
	brand           = viser.RGB{32, 122, 150}
	bunnyColor      = viser.RGB{236, 160, 112}
	frustumColor    = viser.RGB{60, 64, 80}
	ringRadius      = 2.0
	ringHeight      = 0.6
	startPointCount = 20_000
	cameraFOV       = 50.0 // degrees
)

// introduction is the text at the top of the panel.
const introduction = `Drag to turn; move with the right mouse button or two fingers; scroll or pinch to zoom; **W A S D Q E** to fly.

Click on the orange bunny to leave a mark.`

// Demo is a demonstration that runs.
type Demo struct {
	server  *viser.Server
	mesh    *surface
	running sync.WaitGroup
}

// Build fills the scene and the panel of a server, before or after its start. What moves, moves until ctx
// ends; Wait then waits for it.
func Build(ctx context.Context, server *viser.Server) *Demo {
	d := &Demo{server: server, mesh: newSurface(bunny.Mesh())}
	server.Atomic(func() {
		d.addIntroduction()
		d.addBunny()
		d.addPoints()
		d.addMotion(ctx)
		d.addPicture()
		d.addRoom()
		d.addLooking()
	})
	d.addVisitors()
	return d
}

// Wait returns when all motion has ended, after the context of Build has ended.
func (d *Demo) Wait() { d.running.Wait() }

func (d *Demo) addIntroduction() {
	d.server.GUI().ConfigureTheme(&viser.Theme{BrandColor: brand})
	d.server.GUI().SetPanelLabel("Viser for Go")
	d.server.GUI().AddMarkdown(introduction, nil)
	camera := d.server.InitialCamera()
	camera.SetPosition(cameraPosition)
	camera.SetLookAt(cameraTarget)
	camera.SetFOV(radians(cameraFOV))
}

// addRoom adds the ground and what else is around.
func (d *Demo) addRoom() {
	scene := d.server.Scene()
	grid := scene.AddGrid("/ground", &viser.GridOptions{
		Width: 12, Height: 12, CellSize: 0.25, SectionSize: 1, FadeDistance: 16,
	})
	folder := d.server.GUI().AddFolder("Room", &viser.FolderOptions{Folded: true})
	folder.AddCheckbox("Grid", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		grid.SetVisible(e.Value)
	})
	folder.AddCheckbox("Axes of the world", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		scene.WorldAxes().SetVisible(e.Value)
	})
	folder.AddCheckbox("Dark", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		d.server.GUI().ConfigureTheme(&viser.Theme{BrandColor: brand, DarkMode: e.Value})
	})
}
