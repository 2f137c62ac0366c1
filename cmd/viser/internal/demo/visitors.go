package demo

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
)

const (
	// markTime is how long short notes stay, welcomeTime how long the first one does.
	markTime    = 3 * time.Second
	welcomeTime = 8 * time.Second
	pictureTime = 20 * time.Second
)

// addVisitors greets each client, adds controls of its own, and shows its camera to all others.
func (d *Demo) addVisitors() {
	d.server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		c.Notify("Welcome", "Turn the scene, open the panel, click on the orange bunny.",
			&viser.NotificationOptions{AutoClose: welcomeTime, Color: viser.Teal})
		// A node of the client's own scene: no other page has this label.
		c.Scene().AddLabel("/you", fmt.Sprintf("you are visitor %d", c.ID()+1), &viser.LabelOptions{
			Position: viser.Vec3{0, -1.2, 0.02}, Anchor: viser.Center,
		})
		d.addOwnControls(c)
		d.showVisitor(c)
	})
	d.server.OnClientDisconnect(func(_ context.Context, c *viser.Client) {
		d.server.Scene().RemoveNode(visitorName(c))
	})
}

func visitorName(c *viser.Client) string { return fmt.Sprintf("/visitors/%d", c.ID()+1) }

// showVisitor adds a small camera to the shared scene that follows the client's, and hides it from that client: a
// node of the same name in the client's scene replaces it.
func (d *Demo) showVisitor(c *viser.Client) {
	name := visitorName(c)
	c.Scene().AddFrame(name, &viser.FrameOptions{NoAxes: true})
	color := viser.RGB(colormap.Viridis.At(float64(c.ID()%7) / 6))
	view := c.Camera().State()
	aspect := view.Aspect()
	if aspect <= 0 {
		aspect = 1 // a window of no height, as of a page in the background
	}
	node := d.server.Scene().AddCameraFrustum(name, view.FOV, aspect, &viser.CameraFrustumOptions{
		Pose: view.Pose(), Scale: viser.Uniform(0.25), Color: color, Variant: viser.FilledFrustum,
	})
	c.Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) { node.SetPose(e.Pose()) })
}

// addOwnControls adds a folder that only this client has.
func (d *Demo) addOwnControls(c *viser.Client) {
	folder := c.GUI().AddFolder("Only on your page", nil)
	folder.AddButton("Look at the bunny", nil).OnClick(func(_ context.Context, e viser.ButtonEvent) {
		camera := e.Client.Camera()
		e.Client.Atomic(func() {
			if camera.SetPosition(plus(meshPosition, viser.Vec3{-0.3, -1.6, 0.9})) == nil {
				camera.SetLookAt(plus(meshPosition, viser.Vec3{0, 0, 0.5}))
			}
		})
	})
	folder.AddButton("Save a picture", nil).OnClick(func(ctx context.Context, e viser.ButtonEvent) {
		savePicture(ctx, e.Client)
	})
	d.addOwnViews(c, folder)
}

// savePicture has the page render the scene at a large size, and offers the result as a file.
func savePicture(ctx context.Context, c *viser.Client) {
	ctx, cancel := context.WithTimeout(ctx, pictureTime)
	defer cancel()
	note := c.Notify("Drawing", "Your browser renders a picture of 1920 by 1080.", &viser.NotificationOptions{Loading: true, NotClosable: true})
	defer note.Remove()
	img, err := c.Render(ctx, 1920, 1080, &viser.RenderOptions{Format: viser.PNG})
	var file bytes.Buffer
	if err == nil {
		err = png.Encode(&file, img)
	}
	if err != nil {
		c.Notify("No picture", err.Error(), &viser.NotificationOptions{Color: viser.Red, AutoClose: markTime})
		return
	}
	c.SendFileDownload("bunny.png", file.Bytes(), &viser.DownloadOptions{SaveImmediately: true})
}
