package view

import (
	"context"
	"fmt"
	"image"
	"math"
	"slices"
	"sync"

	"golang.org/x/image/draw"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
)

const (
	// mostPictures is how many pictures of cameras are shown: each takes graphics memory.
	mostPictures = 200
	// pictureWidth is how wide they are, in pixels.
	pictureWidth = 320
	// readers is how many of them are read at once.
	readers = 2
	// mostListed is how many cameras the panel lists.
	mostListed = 500
)

// cameras are the shown cameras of a capture.
type cameras struct {
	f       *file
	all     []models.Camera
	at      viser.Vec3 // their origin
	frusta  []*viser.CameraFrustum
	visible *viser.Frame
	size    float64
}

func newCameras(f *file, m *models.Model) *cameras {
	return &cameras{f: f, all: m.Cameras, at: m.CamerasOrigin}
}

func (c *cameras) kind() string { return "Cameras" }

func (c *cameras) bounds() (whole, seen box, ok bool) {
	for i := range c.all {
		p := c.all[i].Pose.Translation
		if i == 0 {
			whole = box{p, p}
		}
		whole = whole.union(box{p, p})
	}
	return whole, whole, len(c.all) > 0
}

func (c *cameras) origin() viser.Vec3 { return c.at }

func (c *cameras) recenter(by viser.Vec3) {
	for i := range c.all {
		p := &c.all[i].Pose.Translation
		*p = sub(*p, by)
	}
	c.at = add(c.at, by)
}

// frustumSize is the distance from a camera to its picture: a share of what is shown, less for many.
func (c *cameras) frustumSize() float64 {
	return c.f.size() * c.f.v.scale * min(0.05, 0.5/math.Sqrt(float64(len(c.all))))
}

func (c *cameras) add(parent string, at viser.Vec3) {
	scene, v := c.f.v.server.Scene(), c.f.v
	name := parent + "/cameras"
	c.visible = scene.AddFrame(name, &viser.FrameOptions{Position: at, NoAxes: true})
	c.size = c.frustumSize()
	for i := range c.all {
		camera := &c.all[i]
		pose := camera.Pose
		pose.Translation = scaled(pose.Translation, v.scale)
		node := scene.AddCameraFrustum(fmt.Sprintf("%s/%d", name, i), camera.FOV, camera.Aspect, &viser.CameraFrustumOptions{
			Pose: pose, Scale: viser.Uniform(c.size), Thickness: 1.5, ThicknessUnits: viser.ScreenUnits,
			NoCastShadow: true,
		})
		node.OnClick(func(_ context.Context, e viser.ClickEvent) { c.lookThrough(e.Client, i) })
		c.frusta = append(c.frusta, node)
	}
	c.readPictures()
}

// lookThrough moves the camera of a page to one of the capture.
func (c *cameras) lookThrough(client *viser.Client, i int) {
	if client == nil {
		return
	}
	camera := client.Camera()
	parent := viser.Pose{Rotation: c.f.turn, Translation: c.f.position}
	pose := c.all[i].Pose
	pose.Translation = add(scaled(pose.Translation, c.f.v.scale), c.visible.Position())
	pose = parent.Multiply(pose)
	// What the camera turns about is before it, as far as the middle of what is shown.
	ahead := viser.Vec3(pose.Rotation.Apply([3]float64{0, 0, 1}))
	c.f.v.mu.Lock()
	middle := c.f.v.seen.center()
	c.f.v.mu.Unlock()
	distance := max(dot(sub(middle, pose.Translation), ahead), c.size)
	c.f.v.server.Atomic(func() {
		for _, err := range []error{
			camera.SetPosition(pose.Translation), camera.SetLookAt(add(pose.Translation, scaled(ahead, distance))),
			camera.SetFOV(c.all[i].FOV),
		} {
			if err != nil { // the page has left
				return
			}
		}
	})
}

// readPictures shows the pictures in their frusta, while the viewer is open.
func (c *cameras) readPictures() {
	var with []int
	for i := range c.all {
		if c.all[i].Folder != "" {
			with = append(with, i)
		}
	}
	if n := len(with); n > mostPictures {
		c.f.notShown(fmt.Sprintf("%s of %s pictures", Grouped(n-mostPictures), Grouped(n)))
		step := float64(n) / mostPictures
		some := make([]int, mostPictures)
		for i := range some {
			some[i] = with[int(float64(i)*step)]
		}
		with = some
	}
	next := make(chan int)
	var missing sync.Once
	for range min(readers, len(with)) {
		c.f.v.goRead(func() {
			for i := range next {
				img, err := c.all[i].Picture()
				if err != nil {
					missing.Do(func() { c.f.v.report(fmt.Sprintf("%s: not shown: picture %s: %v", c.f.label, c.all[i].Name, err)) })
					continue
				}
				c.frusta[i].SetImage(shrunk(img))
			}
		})
	}
	c.f.v.goRead(func() {
		defer close(next)
		for _, i := range with {
			select {
			case next <- i:
			case <-c.f.v.closing:
				return
			}
		}
	})
}

// shrunk is the image at most pictureWidth wide.
func shrunk(img image.Image) image.Image {
	size := img.Bounds().Size()
	if size.X <= pictureWidth {
		return img
	}
	small := image.NewRGBA(image.Rect(0, 0, pictureWidth, max(1, size.Y*pictureWidth/size.X)))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	return small
}

func (c *cameras) addControls(folder *viser.Folder) {
	folder.AddCheckbox("Cameras", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		c.visible.SetVisible(e.Value)
	})
	folder.AddSlider("Camera size", 1, &viser.SliderOptions{Min: 0.1, Max: 10, Step: 0.1}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
			c.f.v.server.Atomic(func() {
				for _, node := range c.frusta {
					node.SetScale(viser.Uniform(c.size * e.Value))
				}
			})
		})
	names := []string{"free"}
	index := map[string]int{}
	for i := range c.all[:min(len(c.all), mostListed)] {
		name := c.all[i].Name
		if _, twice := index[name]; twice || name == "" || slices.Contains(names, name) {
			name = fmt.Sprintf("%s (%d)", name, i+1)
		}
		names, index[name] = append(names, name), i
	}
	folder.AddDropdown("Look through", names, &viser.DropdownOptions{Hint: "Or click on a camera in the scene"}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
			if i, ok := index[e.Value]; ok {
				c.lookThrough(e.Client, i)
			}
		})
}

func (c *cameras) turned()           {}
func (c *cameras) leftOut() []string { return nil }

func (c *cameras) facts() []string {
	return []string{counted(len(c.all), "cameras")}
}
