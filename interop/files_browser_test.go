package interop_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colmap"
	"github.com/viser-go/viser/interop/internal/rawclient"
	"github.com/viser-go/viser/record3d"
	"github.com/viser-go/viser/robot"
	"github.com/viser-go/viser/transform"
)

// What pydriver/serve_files.py shows, with our packages.

const fileStride = 2 // of the pixels

func showColmap(t *testing.T, server *viser.Server, folder string) {
	t.Helper()
	server.InitialCamera().SetPosition(viser.Vec3{1.2, 2.4, 1.2})
	server.InitialCamera().SetLookAt(viser.Vec3{-0.4, 0, 0})
	m, err := colmap.Load(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	shown := colmap.Add(server.Scene(), "/colmap", m, nil)
	skipped, err := shown.ShowPictures(t.Context(), colmap.FindImages(m.Folder), pictureWidth/fileStride)
	if err != nil || len(skipped) > 0 {
		t.Fatalf("pictures: %v, not shown: %q", err, skipped)
	}
}

func showRecord3D(t *testing.T, server *viser.Server, folder string) {
	t.Helper()
	server.InitialCamera().SetPosition(viser.Vec3{-1.2, -1, 1})
	server.InitialCamera().SetLookAt(viser.Vec3{0.5, 1, -0.4})
	c, err := record3d.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	scene := server.Scene()
	scene.AddFrame("/frames", &viser.FrameOptions{WXYZ: transform.SO3FromXRadians(math.Pi / 2), NoAxes: true})
	for i := range c.Frames() {
		frame, err := c.Frame(i)
		if err != nil {
			t.Fatal(err)
		}
		points, colors := frame.Points(fileStride)
		name := fmt.Sprintf("/frames/t%d", i)
		scene.AddFrame(name, &viser.FrameOptions{NoAxes: true}).SetVisible(i == 0)
		scene.AddPointCloud(name+"/point_cloud", points, colors, &viser.PointCloudOptions{PointSize: 0.01, PointShape: viser.PointRounded})
		size := frame.Picture.Bounds().Size()
		scene.AddCameraFrustum(name+"/frustum", 2*math.Atan2(float64(size.Y)/2, frame.Intrinsics.FX), float64(size.X)/float64(size.Y),
			&viser.CameraFrustumOptions{Scale: viser.Uniform(0.15), Image: everySecond(frame.Picture), Pose: frame.Pose})
		scene.AddFrame(name+"/frustum/axes", &viser.FrameOptions{AxesLength: 0.05, AxesRadius: 0.005})
	}
}

// everySecond is each second pixel of each second row of a picture.
func everySecond(from image.Image) image.Image {
	b := from.Bounds()
	to := image.NewRGBA(image.Rect(0, 0, b.Dx()/fileStride, b.Dy()/fileStride))
	for y := range to.Rect.Dy() {
		for x := range to.Rect.Dx() {
			to.Set(x, y, from.At(b.Min.X+fileStride*x, b.Min.Y+fileStride*y))
		}
	}
	return to
}

func showURDF(t *testing.T, server *viser.Server, file string) {
	t.Helper()
	server.InitialCamera().SetPosition(viser.Vec3{1.1, 1.4, 1.2})
	server.InitialCamera().SetLookAt(viser.Vec3{-0.1, 0.1, 0.3})
	r, err := robot.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	h := robot.Add(server.Scene(), "/robot", r, &robot.AddOptions{
		Color: viser.RGB{60, 120, 220}, Collision: true, CollisionColor: color.NRGBA{R: 255, A: 128},
	})
	config := r.DefaultConfig()
	for _, j := range r.Joints() {
		if j.Size == 1 && j.Limited && !(j.Lower < -0.1 && j.Upper > 0.1) {
			config[j.Index] = (j.Lower + j.Upper) / 2
		}
	}
	h.SetConfig(config)
	// The bottom of the arm's plate. Robot.Bounds, with the boxes around the meshes, would be lower.
	server.Scene().AddGrid("/grid", &viser.GridOptions{Width: 2, Height: 2, Position: viser.Vec3{0, 0, -0.05}})
}

// A small reconstruction: the images are COLMAP's own, of colmap/testdata, with cameras that viser's example can show.

const (
	pictureWidth  = 64
	pictureHeight = 48
)

func colmapFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	images, err := os.ReadFile(filepath.Join("..", "colmap", "testdata", "binary", "images.bin"))
	if err != nil {
		t.Fatal(err)
	}
	model := filepath.Join("sparse", "0")
	write(t, folder, filepath.Join(model, "images.bin"), images)
	write(t, folder, filepath.Join(model, "cameras.bin"), pinholes(3))
	write(t, folder, filepath.Join(model, "points3D.bin"), ballOfPoints(4000))
	for i, name := range []string{"a.jpg", filepath.Join("sub", "with space.jpg"), "last.png"} {
		var data bytes.Buffer
		err := jpeg.Encode(&data, blocks(i), &jpeg.Options{Quality: 95})
		if strings.HasSuffix(name, ".png") {
			data.Reset()
			err = png.Encode(&data, blocks(i))
		}
		if err != nil {
			t.Fatal(err)
		}
		write(t, folder, filepath.Join("images", name), data.Bytes())
	}
	return folder
}

// pinholes are cameras of COLMAP's model 1: focal lengths, and the middle of the picture.
func pinholes(n int) []byte {
	out, _ := binary.Append(nil, binary.LittleEndian, uint64(n))
	for i := range n {
		focal := 60 + 10*float64(i)
		out, _ = binary.Append(out, binary.LittleEndian, struct {
			ID            uint32
			Model         int32
			Width, Height uint64
			Params        [4]float64
		}{uint32(i + 1), 1, pictureWidth, pictureHeight, [4]float64{focal, focal, pictureWidth / 2, pictureHeight / 2}})
	}
	return out
}

func ballOfPoints(n int) []byte {
	rng := rand.New(rand.NewPCG(1, 2))
	out, _ := binary.Append(nil, binary.LittleEndian, uint64(n))
	for i := range n {
		at := [3]float64{0.3 * rng.NormFloat64(), 0.3 * rng.NormFloat64(), 0.3 * rng.NormFloat64()}
		out, _ = binary.Append(out, binary.LittleEndian, struct {
			ID    uint64
			At    [3]float64
			Color [3]uint8
			Error float64
			Track uint64
		}{uint64(i + 1), at, [][3]uint8{{220, 40, 40}, {40, 170, 40}, {40, 40, 220}}[i%3], 0.5, 0})
	}
	return out
}

// blocks is a picture whose left half is of another color than its right.
func blocks(i int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, pictureWidth, pictureHeight))
	tints := []color.Color{color.RGBA{250, 200, 40, 255}, color.RGBA{40, 200, 250, 255}, color.RGBA{200, 40, 250, 255}}
	draw.Draw(m, m.Rect, image.NewUniform(tints[i]), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(0, 0, pictureWidth/2, pictureHeight), image.NewUniform(tints[(i+1)%3]), image.Point{}, draw.Src)
	return m
}

func write(t *testing.T, folder, name string, data []byte) {
	t.Helper()
	file := filepath.Join(folder, name)
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// armFile is the arm of robot/testdata without what yourdfpy cannot read: capsules, and files that do not exist.
func armFile(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "arm_description")
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "robot", "testdata", "arm"))); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("urdf", "arm.urdf")
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, change := range [][2]string{
		{`<visual><geometry><mesh filename="package://arm_description/meshes/gone.stl"/></geometry></visual>`, ""},
		{`<capsule radius="0.02" length="0.1"/>`, `<box size="0.2 0.05 0.05"/>`},
		{`package://arm_description/meshes/`, `../meshes/`},
	} {
		if !strings.Contains(text, change[0]) {
			t.Fatalf("the arm has no %s", change[0])
		}
		text = strings.ReplaceAll(text, change[0], change[1])
	}
	write(t, folder, name, []byte(text))
	return filepath.Join(folder, name)
}

// TestBrowserFiles shows a reconstruction of COLMAP, a capture of Record3D and a robot as viser's examples do, in Python
// and in Go, in upstream viser's client and in ours: the nodes must be the same, and each client must look the same on
// both servers.
func TestBrowserFiles(t *testing.T) {
	capture := filepath.Join("..", "record3d", "testdata", "capture")
	for _, c := range []shownFile{
		{"colmap", colmapFolder(t), showColmap, 0.01},
		{"record3d", capture, showRecord3D, 0.01},
		{"urdf", armFile(t), showURDF, 0.1}, // viser's boxes and cylinders are meshes, with rounded shades
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, page := range bothPages(t) {
				t.Run(page.name, func(t *testing.T) { compareFiles(t, page, c) })
			}
		})
	}
}

type shownFile struct {
	name, file string
	show       func(*testing.T, *viser.Server, string)
	part       float64 // of the pixels, which may differ
}

func compareFiles(t *testing.T, page servedPage, c shownFile) {
	t.Helper()
	b := newBrowser(t)
	addr, _ := pythonServer(t, "serve_files.py", c.name, c.file)
	want := nodesAt(t, addr)
	onPython := b.look(page.url, addr, []string{"interop panel"}, nil)
	server := viser.New(&viser.Options{
		Addr: "127.0.0.1:0", AllowedOrigins: []string{page.url}, Label: "interop panel", Logger: slog.New(slog.DiscardHandler),
	})
	c.show(t, server, c.file)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	got := nodesAt(t, server.Addr().String())
	onGo := b.look(page.url, server.Addr().String(), []string{"interop panel"}, nil)
	checkNodes(t, got, want)
	checkSame(t, page.name, onPython, onGo)
	checkSharp(t, onPython, onGo, c.part)
}

// checkSharp compares pixels one by one: of a scene of thin lines and points, the mean of all tells little. At most the
// given part of as many pixels as have a color may differ.
func checkSharp(t *testing.T, a, b image.Image, part float64) {
	t.Helper()
	colored, other := 0, 0
	// Without the panel, which has the address of the server.
	bounds := a.Bounds()
	bounds.Max.X = bounds.Max.X * 9 / 16
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			p, q := color.RGBAModel.Convert(a.At(x, y)).(color.RGBA), color.RGBAModel.Convert(b.At(x, y)).(color.RGBA)
			if hue(int(p.R), int(p.G), int(p.B)) != "none" {
				colored++
			}
			if max(apartBy(p.R, q.R), apartBy(p.G, q.G), apartBy(p.B, q.B)) > 40 {
				other++
			}
		}
	}
	t.Logf("mean difference %.3f of 255; %d of %d colored pixels differ", distance(a, b), other, colored)
	if colored < 2000 || float64(other) > part*float64(colored) {
		t.Errorf("%d pixels have a color, and %d differ", colored, other)
	}
}

func apartBy(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// nodesAt are the nodes that a server has.
func nodesAt(t *testing.T, addr string) map[string]node {
	t.Helper()
	c, err := rawclient.Dial(t.Context(), addr, rawclient.Stock)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	messages, err := c.Replay(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := newPage()
	for _, m := range messages {
		if _, err := p.apply(m); err != nil {
			t.Fatal(err)
		}
	}
	nodes := p.settled().Nodes
	countShapes(nodes)
	return nodes
}

// countShapes replaces the shapes of robots by their numbers in each frame: viser names them by their places in the
// file, and sends them all as meshes.
func countShapes(nodes map[string]node) {
	shapes := map[string]int{}
	for name, n := range nodes {
		if strings.HasPrefix(name, ":/robot/") && n.Type != "FrameMessage" {
			shapes[path.Dir(name)]++
			delete(nodes, name)
		}
	}
	for frame, n := range shapes {
		nodes[frame].State["shapes"] = n
	}
}

// checkNodes compares the names, kinds, poses and visibility of all nodes.
func checkNodes(t *testing.T, got, want map[string]node) {
	t.Helper()
	for name, w := range want {
		g, ok := got[name]
		switch {
		case !ok:
			t.Errorf("there is no node %q (%s)", name, w.Type)
		case g.Type != w.Type:
			t.Errorf("%s is a %s, want %s", name, g.Type, w.Type)
		case g.State["shapes"] != w.State["shapes"]:
			t.Errorf("%s has %v shapes, want %v", name, g.State["shapes"], w.State["shapes"])
		case g.State["visible"] != w.State["visible"]:
			t.Errorf("%s: visible is %v, want %v", name, g.State["visible"], w.State["visible"])
		case differ(g.State["position"].([]any), w.State["position"].([]any)) > 1e-5:
			t.Errorf("%s is at %v, want %v", name, g.State["position"], w.State["position"])
		case differ(upright(g.State["wxyz"].([]any)), upright(w.State["wxyz"].([]any))) > 1e-5:
			t.Errorf("%s is turned by %v, want %v", name, g.State["wxyz"], w.State["wxyz"])
		}
	}
	for name, g := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("node %q (%s) is not in viser's scene", name, g.Type)
		}
	}
}

// differ is the largest difference of two numbers.
func differ(a, b []any) (far float64) {
	for i := range a {
		far = max(far, math.Abs(a[i].(float64)-b[i].(float64)))
	}
	return far
}
