package demo

import (
	"context"
	"fmt"

	"github.com/viser-go/viser"
)

// layouts are the choices of how a page is divided.
var layouts = map[string]viser.ViewportLayout{
	"one view": viser.SingleViewport, "two views": viser.TwoColumns, "four views": viser.FourViewports,
}

// followed is one of the frames of the ring.
const followed = "/ring/0"

// addLooking adds what helps to find out about the scene: a cut, looks, and notes about what visitors measure and select.
func (d *Demo) addLooking() {
	scene := d.server.Scene()
	folder := d.server.GUI().AddFolder("Looking", &viser.FolderOptions{Folded: true})
	folder.AddCheckbox("Cut the bunny open", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		if !e.Value {
			scene.RemoveNode("/cut")
			return
		}
		scene.AddClipPlane("/cut", &viser.ClipPlaneOptions{
			Position: plus(meshPosition, viser.Vec3{0, 0, 0.6}), Normal: viser.Vec3{0, 0, -1},
			Outline: 1.1, Nodes: []string{"/bunny"}, CapColor: brand,
		})
	})
	folder.AddCheckbox("Eye-dome lighting", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		scene.SetLook(viser.Look{EyeDome: e.Value, AdaptivePoints: e.Value})
	})
	folder.AddMarkdown("Ctrl+K lists all tools; M measures.", nil)
	scene.OnMeasure(func(_ context.Context, e viser.MeasureEvent) {
		if e.Kind == viser.MeasureDistance {
			e.Client.Notify("Measured", fmt.Sprintf("The program was told: %.3f.", e.Value), &viser.NotificationOptions{AutoClose: markTime})
		}
	})
}

// addOwnViews lets a client divide its page, and follow what moves.
func (d *Demo) addOwnViews(c *viser.Client, folder *viser.Folder) {
	choice := folder.AddDropdown("Views", []string{"one view", "two views", "four views"}, nil)
	choice.OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { c.Viewports().SetLayout(layouts[e.Value]) })
	c.Viewports().OnChange(func(_ context.Context, e viser.ViewportsEvent) {
		for name, l := range layouts {
			if l == e.Layout {
				choice.SetValue(name)
			}
		}
	})
	folder.AddCheckbox("Follow a moving node", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		camera := c.Camera()
		moving, ok := d.server.Scene().Node(followed)
		if !e.Value || !ok {
			_ = camera.Unfollow() // an error means that the client has left
			return
		}
		_ = camera.Follow(moving, false)
	})
}
