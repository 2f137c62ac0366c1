package demo

import (
	"context"
	"image"
	"image/color"
	"math"
	"sync"

	"github.com/viser-go/viser"
)

const (
	pictureWidth  = 480
	pictureHeight = 360
	startFOV      = 45.0 // degrees
	pictureScale  = 0.34
)

// addPicture adds a camera to the scene that shows its picture.
func (d *Demo) addPicture() {
	wxyz := viser.LookAt(pictureFrom, pictureTo, viser.Vec3{0, 0, 1}).Rotation
	node := d.server.Scene().AddCameraFrustum("/camera", radians(startFOV), float64(pictureWidth)/pictureHeight, &viser.CameraFrustumOptions{
		Position: pictureFrom, WXYZ: wxyz,
		Scale: viser.Uniform(pictureScale), Thickness: 0.008, Color: frustumColor,
		Image: d.mesh.draw(drawing{
			width: pictureWidth, height: pictureHeight, fov: radians(startFOV),
			wxyz: wxyz, position: minus(pictureFrom, meshPosition), color: bunnyColor,
		}),
	})
	d.server.Scene().AddLabel("/camera/label", "a camera", &viser.LabelOptions{Anchor: viser.TopCenter})
	folder := d.server.GUI().AddFolder("Camera", &viser.FolderOptions{Folded: true})
	folder.AddCheckbox("Show", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		node.SetVisible(e.Value)
	})
	folder.AddSlider("Field of view", startFOV, &viser.SliderOptions{Min: 20, Max: 90, Step: 1}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		node.SetFOV(radians(e.Value))
	})
	var one sync.Mutex // pictures are taken one after the other
	folder.AddButton("Take a picture", &viser.ButtonOptions{
		Hint: "Your browser renders what the camera sees",
	}).OnClick(func(ctx context.Context, e viser.ButtonEvent) {
		one.Lock()
		defer one.Unlock()
		takePicture(ctx, e.Client, node)
	})
}

// takePicture requests the camera's picture from a client, and shows it on the camera. To keep the camera out of
// its own picture, a hidden node of its name in that client's scene replaces it meanwhile.
func takePicture(ctx context.Context, c *viser.Client, node *viser.CameraFrustum) {
	ctx, cancel := context.WithTimeout(ctx, pictureTime)
	defer cancel()
	hidden := c.Scene().AddFrame(node.Name(), &viser.FrameOptions{Hidden: true})
	defer hidden.Remove()
	img, err := c.Render(ctx, pictureWidth, pictureHeight, &viser.RenderOptions{
		Pose: new(node.Pose()), FOV: node.FOV(),
	})
	if err != nil {
		c.Notify("No picture", err.Error(), &viser.NotificationOptions{Color: viser.Red, AutoClose: markTime})
		return
	}
	node.SetImage(img)
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// drawing is a picture of a surface from a camera in the surface's own frame.
type drawing struct {
	width, height int
	fov           float64 // vertical, in radians
	wxyz          viser.Quat
	position      viser.Vec3
	color         viser.RGB
}

// draw renders the surface without a browser, for the time before a client connects. Each triangle fills its
// pixels, with a depth buffer; the light comes from the camera's upper left.
func (s *surface) draw(d drawing) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, d.width, d.height))
	sky(img)
	depth := make([]float64, d.width*d.height)
	for i := range depth {
		depth[i] = math.Inf(1)
	}
	inverse := d.wxyz.Inverse()
	light := times(viser.Vec3{-1, -2, -2}, 1.0/3)
	seen := make([]viser.Vec3, len(s.vertices)) // x and y in pixels, z ahead
	focal := float64(d.height) / 2 / math.Tan(d.fov/2)
	for i := range s.vertices {
		p := inverse.Apply(minus(s.corner(uint32(i)), d.position))
		seen[i] = viser.Vec3{p[0]/p[2]*focal + float64(d.width)/2, p[1]/p[2]*focal + float64(d.height)/2, p[2]}
	}
	for i, f := range s.faces {
		n := s.normals[i]
		facing := dot(inverse.Apply(viser.Vec3{float64(n[0]), float64(n[1]), float64(n[2])}), light)
		fill(img, depth, seen[f[0]], seen[f[1]], seen[f[2]], shade(d.color, 0.35+0.65*max(facing, 0)))
	}
	return img
}

// sky fills the picture with a quiet gradient.
func sky(img *image.RGBA) {
	b := img.Bounds()
	for y := range b.Dy() {
		t := float64(y) / float64(b.Dy())
		c := color.RGBA{uint8(205 + 35*t), uint8(222 + 20*t), uint8(236 + 10*t), 255}
		for x := range b.Dx() {
			img.SetRGBA(x, y, c)
		}
	}
}

func shade(c viser.RGB, light float64) color.RGBA {
	return color.RGBA{uint8(float64(c[0]) * light), uint8(float64(c[1]) * light), uint8(float64(c[2]) * light), 255}
}

// fill draws one triangle, whose corners are in pixels and depth, if it faces the camera.
func fill(img *image.RGBA, depth []float64, a, b, c viser.Vec3, paint color.RGBA) {
	area := edge(a, b, c[0], c[1])
	if a[2] <= 0 || b[2] <= 0 || c[2] <= 0 || area >= 0 {
		return // behind the camera, or facing away: y points down, so front faces are clockwise here
	}
	size := img.Bounds()
	x0, x1 := max(int(min(a[0], b[0], c[0])), 0), min(int(max(a[0], b[0], c[0]))+1, size.Dx()-1)
	y0, y1 := max(int(min(a[1], b[1], c[1])), 0), min(int(max(a[1], b[1], c[1]))+1, size.Dy()-1)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			px, py := float64(x)+0.5, float64(y)+0.5
			wa, wb, wc := edge(b, c, px, py)/area, edge(c, a, px, py)/area, edge(a, b, px, py)/area
			if wa < 0 || wb < 0 || wc < 0 {
				continue
			}
			// Between corners, it is 1/z that changes evenly over a picture.
			z := 1 / (wa/a[2] + wb/b[2] + wc/c[2])
			if at := y*size.Dx() + x; z < depth[at] {
				depth[at] = z
				img.SetRGBA(x, y, paint)
			}
		}
	}
}

// edge is twice the area of the triangle a, b, (x, y), negative when it runs clockwise on the screen.
func edge(a, b viser.Vec3, x, y float64) float64 {
	return (b[0]-a[0])*(y-a[1]) - (b[1]-a[1])*(x-a[0])
}
